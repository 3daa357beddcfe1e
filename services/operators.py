"""Who acts when nobody has signed in: the operator at the command line."""

from __future__ import annotations

import secrets

from sqlalchemy import select

from db.models import OfficerRow
from db.session import unit_of_work
from domain.enums import Role
from domain.exceptions import NotFound
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock, passwords
from services.sign_in import name_of, officer_record

USERNAME = "command-line"
ORGANISATION = "agency-employment"


def officer_at_command_line(*, username: str | None = None) -> Officer:
    """The officer named on the command line, else the system's own account for it.

    That account has a recruiter's rights, is disabled (nobody can sign in with it) and is made at
    its first use, so that what the command line changes has somebody behind it in the audit chain.
    """
    with unit_of_work() as work:
        query = select(OfficerRow).where(OfficerRow.username == name_of(username or USERNAME))
        row = work.session.scalars(query).one_or_none()
        if username and (row is None or (row.disabled_at and row.username != USERNAME)):
            raise NotFound(N_("There is no such officer, or the account is disabled."))
        if row is None:
            row = _new_row()
            work.session.add(row)
            work.session.flush()
            audit.record(
                work.session, action="created", entity="officer", entity_id=row.id, by=None
            )
            work.commit()
        return officer_record(work.session, row)


def _new_row() -> OfficerRow:
    now = clock.now()
    return OfficerRow(
        username=USERNAME,
        name_ka="ბრძანებათა სტრიქონი",
        name_en="Command line",
        role=Role.RECRUITER,
        organisation_code=ORGANISATION,
        password_hash=passwords.hash_password(secrets.token_hex(32)),
        must_change_password=False,
        language="en",
        disabled_at=now,
        created_at=now,
    )
