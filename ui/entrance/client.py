"""Where a request comes from: the address, through trusted proxies only, and the browser."""

from __future__ import annotations

import ipaddress
import re
from functools import cache

from starlette.requests import HTTPConnection

from services.health import trusted_proxies

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

BROWSERS = (
    ("Edge", r"\bEdg(?:e|A|iOS)?/"),
    ("Opera", r"\bOPR/"),
    ("Firefox", r"\b(?:Firefox|FxiOS)/"),
    ("Chrome", r"(?:Chrome|CriOS|Chromium)/"),
    ("Safari", r"\bSafari/"),
)
SYSTEMS = (
    ("Android", r"\bAndroid\b"),
    ("iPhone", r"\b(?:iPhone|iPod)\b"),
    ("iPad", r"\biPad\b"),
    ("Windows", r"\bWindows\b"),
    ("macOS", r"\bMac OS X\b"),
    ("Linux", r"\bLinux\b"),
)
MOST_HOPS = 20


@cache
def _networks(text: str) -> tuple[Network, ...]:
    words = text.replace(",", " ").split()
    return tuple(ipaddress.ip_network(word, strict=False) for word in words)


def address_of(connection: HTTPConnection) -> str:
    """The address of the browser; what a proxy says of it counts only from a trusted one."""
    trusted = _networks(trusted_proxies())
    address = connection.client.host if connection.client else ""
    if not trusted or not _is_in(address, trusted):
        return address
    hops = ",".join(connection.headers.getlist("x-forwarded-for")).split(",")
    # From our own proxy outwards: the first one that is not ours is the browser.
    for hop in reversed(hops[-MOST_HOPS:]):
        if not _is_address(hop.strip()):
            break
        address = hop.strip()
        if not _is_in(address, trusted):
            break
    return address


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_in(address: str, networks: tuple[Network, ...]) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in networks)


def device_of(connection: HTTPConnection) -> str | None:
    """Browser and system in two words, so that an officer knows the own ones again."""
    agent = connection.headers.get("user-agent", "")[:400]
    found = [
        next((name for name, pattern in known if re.search(pattern, agent)), None)
        for known in (BROWSERS, SYSTEMS)
    ]
    return " · ".join(name for name in found if name) or None
