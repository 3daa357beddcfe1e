"""A ranking that somebody worked with: parts shown, tables read, changes by hand, a shortlist."""

from dataclasses import dataclass
from datetime import timedelta

from domain.enums import Role
from domain.records.officer import Officer
from domain.records.ranking import CandidateFilter
from services import clock, commission, shortlists
from services.rankings import ranking
from tests.factories.commissions import commission_of
from tests.factories.officers import officer
from tests.factories.rankings import register_pickers
from tests.factories.vacancies import published_vacancy

ILLNESS = "ნინოს, Kipiani, ავადმყოფობა"
REASON = "=The employer asks for last year's worker"


@dataclass(frozen=True)
class Worked:
    """Whoever worked with it, and what they got in hand."""

    recruiter: Officer
    manager: Officer
    run_id: int
    vacancy: str
    ids: tuple[str, ...]
    """File numbers, best first."""


def worked_ranking(people: int = 40) -> Worked:
    """Rank, look at two parts, read a table twice, take the third against the rank, one off."""
    recruiter, manager = officer(), officer(Role.MANAGER)
    register_pickers(people, recruiter)
    vacancy = published_vacancy(recruiter, positions=2)
    run_id = ranking.rank_vacancy(vacancy_number=vacancy.number, by=recruiter).run_id
    rows = ranking.list_candidates(run_id=run_id, limit=10, by=recruiter).rows
    ids = tuple(row.external_id for row in rows)
    searched = CandidateFilter(text=ids[4], regions=("GE-KA", "GE-IM", "GE-SZ"))
    ranking.list_candidates(run_id=run_id, chosen=searched, by=recruiter)
    for _ in range(2):
        ranking.explain_candidate(run_id=run_id, external_id=ids[2], by=recruiter)
    take(run_id, recruiter, ids[0])
    take(run_id, recruiter, ids[2], reason=REASON)
    shortlists.withdraw_preselection(
        vacancy_number=vacancy.number, external_id=ids[0], reason=ILLNESS, by=recruiter
    )
    return Worked(recruiter, manager, run_id, vacancy.number, ids)


def take(run_id: int, by: Officer, *ids: str, reason: str | None = None) -> None:
    """Preselect these."""
    shortlists.preselect_candidates(
        run_id=run_id, external_ids=ids, against_rank_reason=reason, by=by
    )


def send(worked: Worked) -> str:
    """Send the shortlist to a session planned for it; returns the session's number."""
    members = [officer(Role.COMMISSION_MEMBER, f"member-{n}") for n in range(3)]
    chair = officer(Role.CHAIR)
    session = commission.plan_session(
        commission=commission_of(chair, *members),
        planned_at=clock.now() + timedelta(days=3),
        place=None,
        by=worked.recruiter,
    )
    shortlists.send_shortlist(
        run_id=worked.run_id, session_number=session.number, by=worked.recruiter
    )
    return session.number
