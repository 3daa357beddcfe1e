"""Preselecting people for a vacancy, and taking them off again (S07)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from sqlalchemy.orm import Session

from db.models import CandidacyRow, JobseekerRow
from db.queries.pool import held
from db.repositories import ranking as repository
from db.session import reading, unit_of_work
from domain.enums import CandidacyStatus
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.officer import Officer
from domain.records.ranking import ShortlistPlan
from domain.records.vacancy import VacancyRecord
from domain.texts import N_
from domain.transitions import HOLDING
from matching.types import RankedCandidate
from services import audit
from services.candidacies import move_candidacy, new_candidacy
from services.duplicates.merge_rules import check_not_merged
from services.permissions import Permission, check_can
from services.rankings.ranking import person_in
from services.rankings.runs import Run, run_of
from services.shortlists.plan import (
    NOT_OPEN,
    TAKING,
    lock_vacancy,
    places_of,
    plan_of,
)
from services.vacancies.vacancies import get_vacancy

STILL_OPEN = (CandidacyStatus.PRESELECTED, CandidacyStatus.WITHDRAWN)
"""Whoever was taken off may come back; whoever the commission has or had may not."""


def check_can_preselect(vacancy: VacancyRecord, by: Officer) -> None:
    """Raise, with what would help, unless people can be preselected for this vacancy now."""
    check_can(by, Permission.CANDIDATES_PRESELECT)
    if vacancy.status not in TAKING:
        raise Refused(NOT_OPEN)


def preselect_candidates(
    *,
    run_id: int,
    external_ids: Sequence[str],
    against_rank_reason: str | None = None,
    by: Officer,
) -> ShortlistPlan:
    """Put people on the vacancy's shortlist in the making.

    Whoever is taken although somebody ranked better stays out needs a reason; it is kept and shown
    to the commission. Excluded people can't be taken; nor can anybody held for another vacancy.
    """
    check_can(by, Permission.CANDIDATES_PRESELECT)
    run = run_of(run_id, by)
    with unit_of_work() as work:
        preselect_within(work.session, run, external_ids, against_rank_reason, by)
        plan = plan_of(work.session, run.vacancy)
        work.commit()
        return plan


def preselect_within(
    session: Session,
    run: Run,
    external_ids: Sequence[str],
    against_rank_reason: str | None,
    by: Officer,
) -> None:
    """The same in the caller's transaction; all of them, or Refused."""
    check_can_preselect(run.vacancy, by)
    reason = (against_rank_reason or "").strip() or None
    lock_vacancy(session, run.vacancy.id)
    rows = repository.jobseekers_by_external_id(session, external_ids)
    _check_nobody_merged(session, rows.values())
    present = repository.candidacies_of(session, run.vacancy.id)
    chosen = [_candidate(run, external_id, rows) for external_id in external_ids]
    number_of = {row.id: row.external_id for row in rows.values()}
    _check_nobody_done(number_of, chosen, present)
    new = [c for c in chosen if _may_join(present.get(c.person))]
    _check_room(session, run, present, len(new))
    _check_nobody_held(session, run, number_of, new)
    skipped = against_rank(run, [c.person for c in new], set(present))
    if skipped and reason is None:
        raise InvalidInput(
            N_(
                "People who rank better would be passed over. Write why these are taken "
                "instead: the commission reads it."
            )
        )
    for candidate in sorted(new, key=lambda c: c.rank):
        because = reason if candidate.person in skipped else None
        before = present.get(candidate.person)
        _add(session, run, candidate, number_of[candidate.person], before, because, by)


def against_rank(run: Run, taken: Sequence[int], present: set[int]) -> frozenset[int]:
    """Those of the taken who pass over somebody ranked better and not on the list either."""
    ranked = run.ranking.places.person
    inside = np.flatnonzero(np.isin(ranked, [*taken, *present]))
    # With nobody passed over, those inside are the first of the list, without a gap.
    jumping = ranked[inside[inside > np.arange(len(inside))]]
    return frozenset(jumping.tolist()) & frozenset(taken)


def is_against_rank(*, run_id: int, external_ids: Sequence[str], by: Officer) -> bool:
    """Whether taking these people would pass somebody over: the screen then asks for a reason."""
    run = run_of(run_id, by)
    with reading() as session:
        present = set(repository.candidacies_of(session, run.vacancy.id))
    people = [person_in(run, external_id) for external_id in external_ids]
    return bool(against_rank(run, [p for p in people if p not in present], present))


def _candidate(run: Run, external_id: str, rows: dict[str, JobseekerRow]) -> RankedCandidate:
    person = person_in(run, external_id)
    found = run.candidate(person)
    if found is None or external_id not in rows:
        raise Refused(N_("Somebody excluded by a mandatory requirement can't be preselected."))
    return found


def _check_nobody_merged(session: Session, rows: Iterable[JobseekerRow]) -> None:
    """A run made before a merge still lists the file that leads elsewhere now."""
    for row in rows:
        check_not_merged(session, row)


def _check_nobody_done(
    number_of: dict[int, str], chosen: Sequence[RankedCandidate], present: dict[int, CandidacyRow]
) -> None:
    done = {
        number_of[c.person]
        for c in chosen
        if c.person in present and present[c.person].status not in STILL_OPEN
    }
    if done:
        raise Refused(
            N_("In the commission or decided for this vacancy already: {people}."),
            people=", ".join(sorted(done)),
        )


def _check_room(session: Session, run: Run, present: dict[int, CandidacyRow], more: int) -> None:
    places, reserves = places_of(run.vacancy)
    waiting = sum(1 for row in present.values() if row.status is CandidacyStatus.PRESELECTED)
    if waiting + more > places + reserves:
        raise Refused(
            N_(
                "At most {places} candidates and {reserves} reserves can go to the commission for "
                "this vacancy; {waiting} are already preselected."
            ),
            places=places,
            reserves=reserves,
            waiting=waiting,
        )


def _check_nobody_held(
    session: Session, run: Run, number_of: dict[int, str], new: Sequence[RankedCandidate]
) -> None:
    taken = {c.person for c in new}
    elsewhere = {
        person
        for person, vacancy_id in held(session, HOLDING)
        if person in taken and vacancy_id != run.vacancy.id
    }
    if elsewhere:
        raise Refused(
            N_("Held for another employer since the ranking was made: {people}. Rank again."),
            people=", ".join(sorted(number_of[person] for person in elsewhere)),
        )


def _may_join(row: CandidacyRow | None) -> bool:
    """New to the vacancy, or taken off before."""
    return row is None or row.status is CandidacyStatus.WITHDRAWN


def _add(
    session: Session,
    run: Run,
    candidate: RankedCandidate,
    subject: str,
    before: CandidacyRow | None,
    reason: str | None,
    by: Officer,
) -> None:
    row = before or new_candidacy(session, run.vacancy.id, candidate.person, reason=reason, by=by)
    if before is not None:
        move_candidacy(session, row, CandidacyStatus.PRESELECTED, reason=reason, by=by)
    row.run_id, row.rank = run.run_id, candidate.rank
    row.points, row.low, row.high = candidate.points, candidate.low, candidate.high
    row.against_rank_reason = reason
    audit.record(
        session,
        action="preselected",
        entity="candidacy",
        entity_id=run.vacancy.number,
        subject=subject,
        details={"run": run.run_id, "rank": candidate.rank, "against_rank": reason},
        by=by,
    )


def withdraw_preselection(
    *, vacancy_number: str, external_id: str, reason: str, by: Officer
) -> ShortlistPlan:
    """Take a preselected person off the shortlist in the making, with a reason that is kept."""
    check_can(by, Permission.CANDIDATES_PRESELECT)
    if not reason.strip():
        raise InvalidInput(N_("Write why this person is taken off the shortlist."))
    vacancy = get_vacancy(number=vacancy_number, by=by)
    with unit_of_work() as work:
        rows = repository.jobseekers_by_external_id(work.session, [external_id])
        present = repository.candidacies_of(work.session, vacancy.id)
        person = rows.get(external_id)
        row = present.get(person.id) if person else None
        if row is None or row.status is not CandidacyStatus.PRESELECTED:
            raise NotFound(N_("This person is not preselected for this vacancy."))
        move_candidacy(work.session, row, CandidacyStatus.WITHDRAWN, reason=reason.strip(), by=by)
        audit.record(
            work.session,
            action="withdrew",
            entity="candidacy",
            entity_id=vacancy.number,
            subject=external_id,
            details={"run": row.run_id, "reason": reason.strip()},
            by=by,
        )
        plan = plan_of(work.session, vacancy)
        work.commit()
        return plan
