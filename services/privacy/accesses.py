"""Who looked at a person's data, out of the audit chain: by role and organisation."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import AuditEventRow, JobseekerRow, OfficerRow, OrganisationRow
from db.repositories import jobseekers
from db.session import reading
from domain.enums import Role
from domain.exceptions import NotFound
from domain.records.officer import Officer
from domain.records.privacy import Access
from domain.texts import N_
from services.audit import Happening
from services.once_a_day import log_once_a_day
from services.permissions import Permission, check_can
from services.privacy.depersonalising import person_of
from services.privacy.table_map import Person

SEEING = frozenset(
    {
        *("read", "downloaded", "exported", "shared", "revealed", "opened", "link_opened"),
        *("compared", "listed", "special_read", "handed_out", "package_sent", "package_sent_again"),
    }
)
"""Actions by which somebody sees data or hands them on; the others change them."""
MOST = 500


def list_accesses(
    *, external_id: str, with_changes: bool = False, by: Officer
) -> tuple[Access, ...]:
    """Who saw this person's data, newest first; asking is logged once a day."""
    check_can(by, Permission.PRIVACY_READ)
    with reading() as session:
        row = jobseekers.find_jobseeker(session, external_id)
        if row is None:
            raise NotFound(N_("There is no file with this number."))
        found = accesses_of(session, person_of(session, row), with_changes=with_changes)
    happening = Happening("listed", "access_of_person", None, external_id)
    log_once_a_day(("accesses", external_id), happening, by=by)
    return found


def accesses_of(
    session: Session, person: Person, *, with_changes: bool = False
) -> tuple[Access, ...]:
    """The same within a session: at most the newest five hundred."""
    e = AuditEventRow
    query = (
        select(e, OfficerRow, OrganisationRow)
        .outerjoin(OfficerRow, OfficerRow.id == e.actor_id)
        .outerjoin(OrganisationRow, OrganisationRow.code == OfficerRow.organisation_code)
        .where(e.subject.in_(person.external_ids))
        .order_by(e.seq.desc())
        .limit(MOST)
    )
    if not with_changes:
        query = query.where(e.action.in_(SEEING))
    return tuple(_access(*row) for row in session.execute(query))


def _access(
    event: AuditEventRow, officer: OfficerRow | None, organisation: OrganisationRow | None
) -> Access:
    return Access(
        happened_at=event.happened_at,
        name_ka=officer.name_ka if officer else None,
        name_en=officer.name_en if officer else None,
        organisation_ka=organisation.name_ka if organisation else None,
        organisation_en=organisation.name_en if organisation else None,
        role=Role(event.actor_role) if event.actor_role in set(Role) else None,
        action=event.action,
        entity=event.entity,
    )


def person_by_number(session: Session, external_id: str) -> tuple[JobseekerRow, Person]:
    """The file of that number and everything united with it; NotFound where there is none."""
    row = jobseekers.find_jobseeker(session, external_id)
    if row is None:
        raise NotFound(N_("There is no file with this number."))
    return row, person_of(session, row)
