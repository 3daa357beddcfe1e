"""A commission with its seats, as the register keeps it, in one step."""

from collections.abc import Mapping
from datetime import date

from db.models import CommissionRow, CommissionSeatRow
from db.session import unit_of_work
from domain.enums import SeatRole
from domain.records.officer import Officer
from services import clock

FOUNDED = date(2026, 1, 5)


def commission_of(
    chair: Officer,
    *members: Officer,
    roles: Mapping[str, SeatRole] | None = None,
    substitutes: Mapping[str, Officer] | None = None,
    code: str | None = None,
) -> str:
    """A commission of these officers; `roles` by user name, `substitutes` by the member's.

    Its rules are those that a new commission gets.
    """
    told = {chair.username: SeatRole.CHAIR, **(roles or {})}
    with unit_of_work() as work:
        code = code or f"trial-{work.session.query(CommissionRow).count() + 1}"
        row = CommissionRow(
            code=code,
            name_ka=f"საცდელი კომისია {code}",
            name_en=f"Trial commission {code}",
            order_number="000-TEST",
            ordered_on=FOUNDED,
            scope="Shortlists of the tests",
            term_from=FOUNDED,
            created_at=clock.now(),
        )
        work.session.add(row)
        work.session.flush()
        own = {
            one.username: _seat(row.id, one, told.get(one.username, SeatRole.MEMBER))
            for one in (chair, *members)
        }
        work.session.add_all(own.values())
        work.session.flush()
        for name, officer in (substitutes or {}).items():
            work.session.add(_seat(row.id, officer, SeatRole.MEMBER, own[name].id))
        work.commit()
    return code


def _seat(
    commission_id: int, officer: Officer, role: SeatRole, substitute_for_id: int | None = None
) -> CommissionSeatRow:
    return CommissionSeatRow(
        commission_id=commission_id,
        officer_id=officer.id,
        organisation_code=officer.organisation_code,
        organisation_kind=officer.organisation_kind,
        role=role,
        substitute_for_id=substitute_for_id,
        seated_from=FOUNDED,
        seated_at=clock.now(),
    )
