"""Invitations: a link by which an officer chooses a password, once and for a while.

The link is shown to the administrator once and mailed where the account has an address. An
administrator never learns the password that is chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import OfficerRow, SignInSessionRow
from db.session import reading, settings, unit_of_work
from domain.enums import AccountTokenPurpose, AddresseeKind
from domain.exceptions import FieldProblem, InvalidInput, NotFound, Refused
from domain.records.account import AccountForm, Invitation
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import audit, clock
from services.notifications import Recipient, queue_message
from services.officers import passwords, tokens
from services.officers.accounts import add_account, locked_account
from services.officers.limits import is_open
from services.officers.rules import account_rules
from services.officers.sign_in import officer_record, revoke
from services.permissions import Permission, check_can

INVITATION = AccountTokenPurpose.INVITATION
GONE = N_(
    "This invitation opens nothing any more: it was used, replaced or has run out. Ask an "
    "administrator for a new one."
)


@dataclass(frozen=True, slots=True)
class Invited:
    """Whoever opens an invitation sees whose it is."""

    username: str
    name_ka: str
    name_en: str


def invite_new_officer(*, form: AccountForm, by: Officer) -> Invitation:
    """A new account without a password, and the link by which its officer chooses one."""
    check_can(by, Permission.OFFICERS_MANAGE)
    with unit_of_work() as work:
        row = add_account(work.session, form, None, by)
        invitation = _invite(work.session, row, by)
        work.commit()
    return invitation


def invite_again(*, officer_id: int, by: Officer) -> Invitation:
    """A fresh link for a forgotten password or a lost invitation; the former one ends."""
    check_can(by, Permission.OFFICERS_MANAGE)
    with unit_of_work() as work:
        row = locked_account(work.session, officer_id)
        if row.id == by.id:
            raise Refused(N_("Change your own password under “My account”."))
        if row.disabled_at is not None:
            raise Refused(N_("The account is disabled. Enable it first."))
        invitation = _invite(work.session, row, by)
        work.commit()
    return invitation


def _invite(session: Session, row: OfficerRow, by: Officer) -> Invitation:
    tokens.end_all(session, INVITATION, row.id)
    expires_at = clock.now() + timedelta(hours=account_rules().invitation_hours)
    secret = tokens.issue(session, INVITATION, row.id, expires_at, by=by)
    address = f"{settings().public_address.rstrip('/')}/signin/invitation/{secret}"
    if row.email:
        queue_message(
            session,
            template="accounts.invitation",
            to=Recipient(AddresseeKind.OFFICER, row.id),
            values={"username": row.username, "until": expires_at, "link": address},
            key=f"account_invitation:{row.id}:{clock.now().isoformat()}",
            by=by,
        )
    audit.record(session, action="account_invited", entity="officer", entity_id=row.id, by=by)
    return Invitation(row.username, address, expires_at, row.email is not None)


def read_invitation(*, secret: str) -> Invited:
    """Whose invitation it is; NotFound for an unknown, a used and an expired one alike."""
    with reading() as session:
        row = _invited(session, secret)
        return Invited(row.username, row.name_ka, row.name_en)


def accept_invitation(*, secret: str, password: str, again: str) -> Invited:
    """The officer's own password; the link is used up, open sessions end."""
    with reading() as session:
        username = _invited(session, secret).username
    if password != again:
        problem = FieldProblem("again", Sentence(N_("The two new passwords differ.")))
        raise InvalidInput(Sentence(N_("The password was not saved.")), (problem,))
    passwords.check_new_password(password, username)
    hashed = passwords.hash_password(password)
    with unit_of_work() as work:
        row = _invited(work.session, secret, lock=True)
        row.password_hash, row.must_change_password = hashed, False
        row.password_changed_at = clock.now()
        tokens.end_all(work.session, INVITATION, row.id)
        revoke(work.session, SignInSessionRow.officer_id == row.id)
        officer = officer_record(work.session, row)
        audit.record(
            work.session,
            action="invitation_accepted",
            entity="officer",
            entity_id=row.id,
            by=officer,
        )
        work.commit()
        return Invited(row.username, row.name_ka, row.name_en)


def _invited(session: Session, secret: str, *, lock: bool = False) -> OfficerRow:
    found = tokens.find(session, INVITATION, secret, lock=lock)
    if found is None:
        raise NotFound(GONE)
    query = select(OfficerRow).where(OfficerRow.id == found.officer_id)
    row = session.scalars(query.with_for_update() if lock else query).one()
    if not is_open(row, None):
        raise NotFound(GONE)
    return row
