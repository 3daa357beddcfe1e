"""The dated rules of accounts: how long invitations last, who needs a second factor."""

from __future__ import annotations

from dataclasses import dataclass

from db.session import settings
from domain.enums import Role
from services import clock
from services.dated_rules import in_force, stored_rules
from services.permissions import MATRIX


@dataclass(frozen=True, slots=True)
class AccountRules:
    """The rules in force on a day; their reasons and sources stand in the file."""

    invitation_hours: int
    password_age_days: int
    access_review_months: int
    access_review_grace_days: int
    second_step_minutes: int
    recovery_codes: int
    second_factor_permissions: frozenset[str]


def account_rules() -> AccountRules:
    """The rules in force today."""
    entry = in_force(stored_rules("accounts"), clock.today())
    numbers = {name: int(entry[name]) for name in AccountRules.__slots__[:-1]}
    return AccountRules(**numbers, second_factor_permissions=_listed(entry))


def _listed(entry: object) -> frozenset[str]:
    return frozenset(str(entry["second_factor_permissions"]).split())  # type: ignore[index]


def needs_second_factor(role: Role) -> bool:
    """Whether a role may come in with two factors only: in production, by what it may do."""
    if settings().environment != "production":
        return False
    return bool({str(one) for one in MATRIX[role]} & account_rules().second_factor_permissions)
