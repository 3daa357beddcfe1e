"""Accounts of officers: made, changed and disabled by an administrator, never deleted."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import OfficerRow, OrganisationRow, SignInSessionRow
from db.session import reading, unit_of_work
from domain.enums import AccountTokenPurpose, Role
from domain.exceptions import FieldProblem, InvalidInput, NotFound, Refused
from domain.records.account import AccountForm, AccountRecord
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import audit, clock
from services.officers import limiting, listing, passwords, reviews, throttle, tokens
from services.officers.demo_accounts import create_demo_accounts, demo_accounts
from services.officers.passwords import NO_PASSWORD
from services.officers.sign_in import confirm_password, name_of, officer_record, revoke
from services.permissions import Permission, check_can
from services.texts import LANGUAGES

__all__ = ["create_demo_accounts", "demo_accounts"]

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
INCOMPLETE = N_("The account was not saved. Correct what is marked.")


def create_officer(*, form: AccountForm, password: str, by: Officer | None) -> AccountRecord:
    """A new account with a first-day password; `by` None is the operator at the command line."""
    if by is not None:
        check_can(by, Permission.OFFICERS_MANAGE)
    with unit_of_work() as work:
        row = add_account(work.session, form, password, by)
        work.commit()
        return listing.account_record(work.session, row)


def add_account(
    session: Session, form: AccountForm, password: str | None, by: Officer | None
) -> OfficerRow:
    """The new account and its audit event, in the caller's transaction; None = no password yet."""
    form = replace(
        form,
        username=name_of(form.username),
        name_ka=form.name_ka.strip(),
        name_en=form.name_en.strip(),
    )
    row = OfficerRow(
        username=form.username,
        name_ka=form.name_ka,
        name_en=form.name_en,
        role=form.role,
        organisation_code=form.organisation_code,
        language=form.language,
        password_hash=NO_PASSWORD,
        must_change_password=password is not None,
        created_at=clock.now(),
    )
    problems = [*_problems(session, form), *limiting.set_limits(session, row, form.limits)]
    if problems:
        raise InvalidInput(Sentence(INCOMPLETE), tuple(problems))
    if password is not None:
        passwords.check_new_password(password, form.username)
        row.password_hash = passwords.hash_password(password)
    session.add(row)
    session.flush()
    audit.record(
        session,
        action="created",
        entity="officer",
        entity_id=row.id,
        details={"username": [None, row.username], "role": [None, row.role.value]},
        by=by,
    )
    return row


def _problems(session: Session, form: AccountForm) -> tuple[FieldProblem, ...]:
    found: list[FieldProblem] = []
    if not USERNAME.fullmatch(form.username):
        text = N_("3 to 40 Latin letters, digits, dots or hyphens, for example n.beridze")
        found.append(FieldProblem("username", Sentence(text)))
    elif session.scalar(select(OfficerRow.id).where(OfficerRow.username == form.username)):
        found.append(FieldProblem("username", Sentence(N_("This username is taken."))))
    for field in ("name_ka", "name_en"):
        if not getattr(form, field):
            found.append(FieldProblem(field, Sentence(N_("Enter the name."))))
    if session.get(OrganisationRow, form.organisation_code) is None:
        text = N_("Choose an organisation from the list.")
        found.append(FieldProblem("organisation_code", Sentence(text)))
    return tuple(found)


def first_day_password() -> str:
    """A random password to hand over; it must be changed at the first sign-in."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    groups = ("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def list_officers(*, by: Officer | None) -> list[AccountRecord]:
    """All accounts by username, disabled ones too; `by` None is the operator."""
    if by is not None:
        check_can(by, Permission.OFFICERS_MANAGE)
    with reading() as session:
        return listing.account_records(session)


def disable_officer(*, officer_id: int, by: Officer) -> None:
    """Close the account; its open sessions end at once."""
    check_can(by, Permission.OFFICERS_MANAGE)
    with unit_of_work() as work:
        row = locked_account(work.session, officer_id)
        if row.disabled_at is not None:
            return
        _check_can_lose_administrator(work.session, row, by)
        row.disabled_at = clock.now()
        revoke(work.session, SignInSessionRow.officer_id == row.id)
        audit.record(work.session, action="disabled", entity="officer", entity_id=row.id, by=by)
        work.commit()


def enable_officer(*, officer_id: int, by: Officer) -> None:
    """Open a disabled account again, which also renews its access."""
    check_can(by, Permission.OFFICERS_MANAGE)
    with unit_of_work() as work:
        row = locked_account(work.session, officer_id)
        if row.disabled_at is None:
            return
        row.disabled_at = None
        reviews.add_review(work.session, row.id, by)
        audit.record(work.session, action="enabled", entity="officer", entity_id=row.id, by=by)
        work.commit()


def change_role(*, officer_id: int, role: Role, by: Officer) -> None:
    """Another role; it acts at the officer's next click."""
    check_can(by, Permission.OFFICERS_MANAGE)
    with unit_of_work() as work:
        row = locked_account(work.session, officer_id)
        if row.role == role:
            return
        _check_can_lose_administrator(work.session, row, by)
        details = {"role": [row.role.value, role.value]}
        row.role = role
        audit.record(
            work.session,
            action="role_changed",
            entity="officer",
            entity_id=row.id,
            details=details,
            by=by,
        )
        work.commit()


def unlock_officer(*, officer_id: int, by: Officer) -> None:
    """Forget the wrong guesses at an account: its officer need not wait any more."""
    check_can(by, Permission.OFFICERS_MANAGE)
    with unit_of_work() as work:
        row = locked_account(work.session, officer_id)
        keys = [throttle.account_key(kind, row.username) for kind in ("account", "code")]
        if not throttle.forget(work.session, *keys):
            return
        audit.record(work.session, action="unlocked", entity="officer", entity_id=row.id, by=by)
        work.commit()


def locked_account(session: Session, officer_id: int) -> OfficerRow:
    """The account's row, held until the caller's transaction ends; NotFound for none."""
    query = select(OfficerRow).where(OfficerRow.id == officer_id).with_for_update()
    row = session.scalars(query).one_or_none()
    if row is None:
        raise NotFound(N_("There is no such account."))
    return row


def _check_can_lose_administrator(session: Session, row: OfficerRow, by: Officer) -> None:
    if row.id == by.id:
        raise Refused(N_("You can't do this to your own account. Ask another administrator."))
    if row.role != Role.ADMINISTRATOR:
        return
    query = select(OfficerRow.id).where(
        OfficerRow.role == Role.ADMINISTRATOR, OfficerRow.disabled_at.is_(None)
    )
    if set(session.scalars(query.with_for_update())) <= {row.id}:
        raise Refused(N_("This is the last administrator. Appoint another one first."))


def reset_password(*, officer_id: int, by: Officer) -> str:
    """Give a first-day password, returned once to be handed over; open sessions end."""
    check_can(by, Permission.OFFICERS_MANAGE)
    password = first_day_password()
    hashed = passwords.hash_password(password)
    with unit_of_work() as work:
        row = locked_account(work.session, officer_id)
        row.password_hash, row.must_change_password = hashed, True
        row.password_changed_at = clock.now()
        tokens.end_all(work.session, AccountTokenPurpose.INVITATION, row.id)
        revoke(work.session, SignInSessionRow.officer_id == row.id)
        audit.record(
            work.session, action="password_reset", entity="officer", entity_id=row.id, by=by
        )
        work.commit()
    return password


def change_password(*, current: str, new: str, session: str | None, by: Officer) -> None:
    """The officer's own new password; every other session of theirs ends, `session` stays."""
    try:
        confirm_password(password=current, by=by)
    except InvalidInput:
        problem = FieldProblem("current_password", Sentence(N_("This is not your password.")))
        raise InvalidInput(Sentence(N_("The password was not changed.")), (problem,)) from None
    passwords.check_new_password(new, by.username)
    if new == current:
        problem = FieldProblem("new_password", Sentence(N_("Choose another one than now.")))
        raise InvalidInput(Sentence(N_("The password was not changed.")), (problem,))
    hashed = passwords.hash_password(new)
    with unit_of_work() as work:
        row = locked_account(work.session, by.id)
        row.password_hash, row.must_change_password = hashed, False
        row.password_changed_at = clock.now()
        tokens.end_all(work.session, AccountTokenPurpose.INVITATION, row.id)
        mine = SignInSessionRow.officer_id == by.id
        revoke(work.session, mine & (SignInSessionRow.token_hash != bytes.fromhex(session or "")))
        audit.record(
            work.session, action="password_changed", entity="officer", entity_id=row.id, by=by
        )
        work.commit()


def set_language(*, language: str, by: Officer) -> Officer:
    """Keep the language the officer reads; returns the officer as changed."""
    if language not in LANGUAGES:
        raise InvalidInput(N_("Choose Georgian or English."))
    with unit_of_work() as work:
        row = locked_account(work.session, by.id)
        if row.language != language:
            details = {"language": [row.language, language]}
            row.language = language
            audit.record(
                work.session,
                action="language_changed",
                entity="officer",
                entity_id=row.id,
                details=details,
                by=by,
            )
            work.commit()
        return officer_record(work.session, row)
