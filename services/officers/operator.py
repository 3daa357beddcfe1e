"""The officer on whose behalf commands at the terminal run: an account nobody can sign in to."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from db.models import OfficerRow, OrganisationRow
from db.session import reading, unit_of_work
from domain.enums import Role
from domain.exceptions import NotFound
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock
from services.officers.passwords import NO_PASSWORD
from services.officers.sign_in import name_of, officer_record

USERNAME = "operator"
ORGANISATION = "agency-employment"


def operator() -> Officer:
    """The terminal's officer, made at first use; whoever can run commands can read the database."""
    with unit_of_work() as work:
        query = select(OfficerRow).where(OfficerRow.username == USERNAME)
        row = work.session.scalars(query).one_or_none()
        if row is None:
            row = OfficerRow(
                username=USERNAME,
                name_ka="ბრძანებათა ხაზი",
                name_en="Command line",
                role=Role.RECRUITER,
                organisation_code=ORGANISATION,
                password_hash=NO_PASSWORD,
                must_change_password=False,
                disabled_at=clock.now(),
                created_at=clock.now(),
            )
            work.session.add(row)
            work.session.flush()
            audit.record(
                work.session, action="created", entity="officer", entity_id=row.id, by=None
            )
        kind = work.session.get_one(OrganisationRow, row.organisation_code).kind
        officer = Officer(
            row.id,
            row.username,
            row.name_ka,
            row.name_en,
            row.role,
            row.organisation_code,
            kind,
        )
        work.commit()
        return officer


def trainer() -> Officer:
    """The terminal's officer where it trains the coder: whoever can run commands may."""
    return replace(operator(), role=Role.ADMINISTRATOR)


def auditor() -> Officer:
    """The terminal's officer where it looks after the log of rankings."""
    return replace(operator(), role=Role.MANAGER)


def officer_named(username: str) -> Officer:
    """An officer named on the command line (`--as`), with the rights of their role."""
    with reading() as session:
        query = select(OfficerRow).where(OfficerRow.username == name_of(username))
        row = session.scalars(query).one_or_none()
        if row is None or row.disabled_at is not None:
            raise NotFound(N_("There is no such officer, or the account is disabled."))
        return officer_record(session, row)
