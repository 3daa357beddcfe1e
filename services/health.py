"""What the outermost layer asks before anybody has signed in."""

from __future__ import annotations

from db.session import settings


def secure_cookies() -> bool:
    """Whether the app stands behind TLS."""
    return settings().secure_cookies


def trusted_proxies() -> str:
    """Networks of the proxies whose word on a browser's address counts."""
    return settings().trusted_proxies
