"""How an account's state is said: a sign and a word, and what has to be done about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain.enums import AccountState as S
from domain.records.account import AccountRecord
from ui.language import _, day, label, moment

SIGNS: Mapping[S, str] = {
    S.IN_USE: "✓",
    S.INVITED: "…",
    S.PASSWORD_TO_CHANGE: "…",
    S.NOT_YET: "…",
    S.EXPIRED: "✕",
    S.DISABLED: "✕",
}
TONES: Mapping[S, str] = {
    S.IN_USE: "met",
    S.INVITED: "accent",
    S.PASSWORD_TO_CHANGE: "accent",
    S.NOT_YET: "accent",
    S.EXPIRED: "not_met",
    S.DISABLED: "not_met",
}


def state(one: AccountRecord) -> str:
    """The state with its sign."""
    return f"{SIGNS[one.state]} {label(one.state)}"


def second_factor(one: AccountRecord) -> str:
    """Whether there is a second factor, and whether there has to be one."""
    if one.has_second_factor:
        return "✓ " + _("set up")
    return "✕ " + _("needed") if one.needs_second_factor else "–"


def is_due(one: AccountRecord, today: date) -> bool:
    """Whether the access has to be renewed by now."""
    return one.renewal_due_on is not None and one.renewal_due_on <= today


def concerns(one: AccountRecord, today: date) -> list[str]:
    """What an administrator should look at, a sentence each."""
    found = []
    if is_due(one, today):
        found.append(
            _(
                "The access was to be renewed by {due}. If the officer still needs it, renew it; "
                "otherwise it closes after {closes}."
            ).format(due=day(one.renewal_due_on), closes=day(one.closes_on))
        )
    if one.waits_until:
        found.append(
            _(
                "After wrong guesses whoever tries from an unknown place waits until {until}. "
                "Where the officer signed in before, nobody has to wait."
            ).format(until=moment(one.waits_until))
        )
    if one.needs_second_factor and not one.has_second_factor:
        found.append(_("The role needs a second factor: it is asked for at the next sign-in."))
    return found
