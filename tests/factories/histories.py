"""Small histories of the process that can be counted by hand, written as rows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from db.models import (
    CandidacyEventRow,
    CandidacyRow,
    CommissionSessionRow,
    DecisionRow,
    JobseekerDesiredCountryRow,
    JobseekerOccupationRow,
    JobseekerRow,
    ShortlistRow,
    VacancyRow,
)
from db.session import unit_of_work
from domain.enums import (
    CandidacyStatus,
    DecisionOutcome,
    DecisionReason,
    JobseekerStatus,
    SessionStatus,
    VacancyStatus,
)
from tests.factories.officers import officer

NUMBERS = count(1)


def at(day: str, hour: int = 12) -> datetime:
    """That hour of the day by UTC."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=hour)


def person(
    region: str | None = "GE-KA",
    registered_on: str = "2026-01-10",
    *,
    work: tuple[tuple[str, float | None], ...] = (),
    wishes: tuple[str, ...] = (),
    status: JobseekerStatus = JobseekerStatus.ACTIVE,
) -> int:
    """A registered person without a name."""
    number = next(NUMBERS)
    with unit_of_work() as session_of:
        row = JobseekerRow(
            external_id=f"H-{number:05d}",
            name_key="",
            region=region,
            status=status,
            registered_on=date.fromisoformat(registered_on),
            created_at=at(registered_on),
            updated_at=at(registered_on),
            occupations=[JobseekerOccupationRow(isco=isco, years=years) for isco, years in work],
            desired_countries=[JobseekerDesiredCountryRow(country=code) for code in wishes],
        )
        session_of.session.add(row)
        session_of.commit()
        return row.id


def people(how_many: int, region: str | None = "GE-KA", **more: object) -> list[int]:
    """So many people of one region."""
    return [person(region, **more) for _ in range(how_many)]  # type: ignore[arg-type]


def vacancy(
    country: str = "DE",
    positions: int = 2,
    *,
    scheme: str | None = None,
    published: str | None = "2026-02-01",
    status: VacancyStatus = VacancyStatus.PUBLISHED,
    **more: object,
) -> int:
    """A vacancy of any status."""
    number = next(NUMBERS)
    with unit_of_work() as work:
        row = VacancyRow(
            number=f"V-{number:05d}",
            title="Harvest helper",
            country=country,
            scheme_code=scheme,
            positions=positions,
            status=status,
            published_at=at(published) if published else None,
            created_at=at("2026-01-05"),
            updated_at=at("2026-01-05"),
            **more,
        )
        work.session.add(row)
        work.commit()
        return row.id


def candidacy(jobseeker_id: int, vacancy_id: int, *steps: tuple[str, str]) -> int:
    """A candidacy that took these steps: ("preselected", "2026-02-03"), …"""
    with unit_of_work() as work:
        row = CandidacyRow(
            vacancy_id=vacancy_id,
            jobseeker_id=jobseeker_id,
            status=CandidacyStatus(steps[-1][0]),
            created_at=at(steps[0][1]),
        )
        work.session.add(row)
        work.session.flush()
        before = None
        for status, day in steps:
            work.session.add(
                CandidacyEventRow(
                    candidacy_id=row.id,
                    from_status=before,
                    to_status=CandidacyStatus(status),
                    happened_at=at(day),
                )
            )
            work.session.flush()
            before = CandidacyStatus(status)
        work.commit()
        return row.id


def decided(
    vacancy_id: int,
    day: str,
    *outcomes: tuple[int, DecisionOutcome, DecisionReason | None],
) -> str:
    """A closed session that decided these candidacies; returns its number."""
    number = f"S-{next(NUMBERS):05d}"
    chair = officer(username=f"chair-{number}")
    with unit_of_work() as work:
        held = CommissionSessionRow(
            number=number,
            planned_at=at(day),
            chair_id=chair.id,
            status=SessionStatus.CLOSED,
            rules={},
            created_at=at(day),
        )
        work.session.add(held)
        work.session.flush()
        shortlist = ShortlistRow(
            vacancy_id=vacancy_id,
            session_id=held.id,
            agenda_order=1,
            positions=1,
            candidates_per_position=1,
            sent_at=at(day),
            decided_at=at(day),
        )
        work.session.add(shortlist)
        work.session.flush()
        for candidacy_id, outcome, reason in outcomes:
            work.session.add(
                DecisionRow(
                    shortlist_id=shortlist.id,
                    candidacy_id=candidacy_id,
                    outcome=outcome,
                    reason_code=reason,
                    votes_for=3,
                    votes_against=0,
                    votes_abstain=0,
                    decided_at=at(day),
                )
            )
        work.commit()
    return number
