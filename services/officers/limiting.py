"""Setting the limits of an account: days, networks, and the address of its officer."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import OfficerRow, SignInSessionRow
from db.session import unit_of_work
from domain.exceptions import FieldProblem, InvalidInput, NotFound, Refused
from domain.records.account import AccountLimits
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import audit
from services.officers.limits import read_networks
from services.officers.sign_in import revoke
from services.permissions import Permission, check_can

EMAIL = re.compile(r"[^@\s,;<>\"'\\]+@[^@\s,;<>\"'\\]+\.[^@\s.,;<>\"'\\]+")
LONGEST_EMAIL = 254


def change_limits(*, officer_id: int, limits: AccountLimits, by: Officer) -> None:
    """Other days, networks or mail address; open sessions end where the limits grow narrower."""
    check_can(by, Permission.OFFICERS_MANAGE)
    if officer_id == by.id:
        raise Refused(N_("You can't do this to your own account. Ask another administrator."))
    with unit_of_work() as work:
        query = select(OfficerRow).where(OfficerRow.id == officer_id).with_for_update()
        row = work.session.scalars(query).one_or_none()
        if row is None:
            raise NotFound(N_("There is no such account."))
        before = _shown(row)
        problems = set_limits(work.session, row, limits)
        if problems:
            work.session.rollback()
            raise InvalidInput(
                Sentence(N_("The limits were not saved. Correct what is marked.")), tuple(problems)
            )
        after = _shown(row)
        changed = {
            name: [before[name], after[name]] for name in after if before[name] != after[name]
        }
        if not changed:
            return
        if changed.keys() & {"networks", "valid_from", "valid_until"}:
            revoke(work.session, SignInSessionRow.officer_id == row.id)
        audit.record(
            work.session,
            action="limits_changed",
            entity="officer",
            entity_id=row.id,
            details=changed,
            by=by,
        )
        work.commit()


def _shown(row: OfficerRow) -> dict[str, str | None]:
    return {
        "email": row.email,
        "valid_from": row.valid_from.isoformat() if row.valid_from else None,
        "valid_until": row.valid_until.isoformat() if row.valid_until else None,
        "networks": ", ".join(row.allowed_networks or ()) or None,
    }


def set_limits(session: Session, row: OfficerRow, limits: AccountLimits) -> list[FieldProblem]:
    """Put the limits into the row, in the caller's transaction; what can't be accepted."""
    networks, problems = read_networks(limits.networks)
    found = list(problems)
    email = limits.email.strip().casefold()
    if email and (len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email)):
        text = N_("This is no e-mail address: write one such as n.beridze@example.ge.")
        found.append(FieldProblem("email", Sentence(text)))
    elif email and _is_taken(session, email, row.id):
        found.append(FieldProblem("email", Sentence(N_("Another account has this address."))))
    first, last = limits.valid_from, limits.valid_until
    if first and last and last < first:
        text = N_("The last day lies before the first one.")
        found.append(FieldProblem("valid_until", Sentence(text)))
    if not found:
        row.email = email or None
        row.valid_from, row.valid_until = first, last
        row.allowed_networks = list(networks) or None
    return found


def _is_taken(session: Session, email: str, officer_id: int | None) -> bool:
    with session.no_autoflush:
        owner = session.scalar(select(OfficerRow.id).where(OfficerRow.email == email))
    return owner is not None and owner != officer_id
