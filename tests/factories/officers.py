"""Officers of each role, as the database knows them."""

from db.models import OfficerRow
from db.session import unit_of_work
from domain.enums import OrganisationKind, Role
from domain.records.officer import Officer
from services import clock


def officer(role: Role = Role.RECRUITER, username: str = "") -> Officer:
    """A new officer of the employment agency who has signed in before."""
    with unit_of_work() as work:
        row = OfficerRow(
            username=username or f"{role.value}-test",
            name_ka="ნინო ტესტაძე",
            name_en="Nino Testadze",
            role=role,
            organisation_code="agency-employment",
            password_hash="-",
            must_change_password=False,
            created_at=clock.now(),
        )
        work.session.add(row)
        work.commit()
        return Officer(
            id=row.id,
            username=row.username,
            name_ka=row.name_ka,
            name_en=row.name_en,
            role=role,
            organisation_code=row.organisation_code,
            organisation_kind=OrganisationKind.AGENCY,
        )
