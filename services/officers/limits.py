"""When and from where an account opens: its days, its networks, and whether it is disabled."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from datetime import date, timedelta

from db.models import OfficerRow
from domain.exceptions import FieldProblem
from domain.texts import N_, Sentence
from services import clock
from services.officers.rules import account_rules

NARROWEST = {4: 8, 6: 16}
"""A network wider than this is the whole world by another name."""


def is_open(row: OfficerRow, address: str | None) -> bool:
    """Whether the account opens today, and from this address; None asks for the day alone."""
    today = clock.today()
    if row.disabled_at is not None or not is_within(row.valid_from, row.valid_until, today):
        return False
    return address is None or is_inside(row.allowed_networks, address)


def is_within(first: date | None, last: date | None, day: date) -> bool:
    """Whether a day lies between two days, both included."""
    return (first is None or first <= day) and (last is None or day <= last)


def is_inside(networks: Sequence[str] | None, address: str) -> bool:
    """Whether an address lies in one of the networks; no networks = everywhere."""
    if not networks:
        return True
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None) or found
    return any(mapped in ipaddress.ip_network(network) for network in networks)


def read_networks(text: str) -> tuple[tuple[str, ...], tuple[FieldProblem, ...]]:
    """(networks, problems) of what was entered: networks or addresses, apart by blanks."""
    found, problems = [], []
    for word in text.replace(",", " ").replace(";", " ").split():
        try:
            network = ipaddress.ip_network(word, strict=False)
        except ValueError:
            sentence = Sentence(
                N_("“{text}” is no network: write 203.0.113.0/24 or 2001:db8::/32."),
                {"text": word[:60]},
            )
            problems.append(FieldProblem("networks", sentence))
            continue
        if network.prefixlen < NARROWEST[network.version]:
            sentence = Sentence(
                N_("{network} is nearly the whole internet: leave the field empty instead."),
                {"network": str(network)},
            )
            problems.append(FieldProblem("networks", sentence))
            continue
        found.append(str(network))
    return tuple(dict.fromkeys(found)), tuple(problems)


def is_password_old(row: OfficerRow) -> bool:
    """Whether the rules ask for a new password by age; they do where the state has set an age."""
    days = account_rules().password_age_days
    if days <= 0:
        return False
    return clock.now() - (row.password_changed_at or row.created_at) > timedelta(days=days)
