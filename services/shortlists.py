"""From the ranking to the commission: preselecting people and sending the shortlist (S07 → S08)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyEventRow,
    CandidacyRow,
    CommissionSessionRow,
    JobseekerRow,
    ShortlistCandidateRow,
    ShortlistRow,
    VacancyRow,
)
from db.queries.pool import held
from db.repositories import ranking as repository
from db.session import reading, unit_of_work
from domain.enums import CandidacyStatus, SessionStatus, VacancyStatus
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.officer import Officer
from domain.records.ranking import Preselected, ShortlistPlan
from domain.records.vacancy import VacancyRecord
from domain.texts import N_, to_json
from domain.transitions import CANDIDACY, HOLDING, VACANCY, check_can_move
from matching.explanation import requirement_table
from matching.parameters import parameters_at
from matching.types import RankedCandidate, RequirementRow
from services import audit, clock
from services.permissions import Permission, check_can
from services.ranking import person_in, run_of
from services.ranking_runs import Run
from services.vacancies import get_vacancy

PARAMETERS = Path(__file__).parent / "parameters" / "shortlist.yaml"
TAKING = frozenset({VacancyStatus.PUBLISHED, VacancyStatus.DECIDED})
GONE = frozenset(
    {CandidacyStatus.WITHDRAWN, CandidacyStatus.NOT_APPROVED, CandidacyStatus.EMPLOYER_REJECTED}
)

NOT_OPEN = N_(
    "People are preselected while a vacancy is published: publish it, or wait for the commission."
)
NOBODY_YET = N_("Preselect at least one person first.")


@cache
def _versions() -> tuple[dict[str, object], ...]:
    return tuple(yaml.safe_load(PARAMETERS.read_text(encoding="utf-8")))


def reserves_per_position() -> int:
    """How many reserves may go along for each position, by the version in force today."""
    begun = [v for v in _versions() if str(v["valid_from"]) <= clock.today().isoformat()]
    return int(str(max(begun, key=lambda v: str(v["valid_from"]))["reserves_per_position"]))


def check_can_preselect(vacancy: VacancyRecord, by: Officer) -> None:
    """Raise, with what would help, unless people can be preselected for this vacancy now."""
    check_can(by, Permission.CANDIDATES_PRESELECT)
    if vacancy.status not in TAKING:
        raise Refused(NOT_OPEN)


def check_can_send(vacancy: VacancyRecord, plan: ShortlistPlan, by: Officer) -> None:
    """Raise, with what would help, unless the vacancy's shortlist can be sent now."""
    check_can(by, Permission.SHORTLISTS_SEND)
    if vacancy.status not in TAKING:
        raise Refused(NOT_OPEN)
    if not plan.preselected:
        raise Refused(NOBODY_YET)


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
    run = run_of(run_id, by)
    check_can_preselect(run.vacancy, by)
    reason = (against_rank_reason or "").strip() or None
    with unit_of_work() as work:
        _lock_vacancy(work.session, run.vacancy.id)
        rows = repository.jobseekers_by_external_id(work.session, external_ids)
        present = repository.candidacies_of(work.session, run.vacancy.id)
        chosen = [_candidate(run, external_id, rows) for external_id in external_ids]
        new = [c for c in chosen if c.person not in present]
        _check_room(work.session, run, present, len(new))
        _check_nobody_held(work.session, run, new)
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
            _add(work.session, run, candidate, because, by)
        plan = _plan(work.session, run.vacancy)
        work.commit()
        return plan


def against_rank(run: Run, taken: Sequence[int], present: set[int]) -> frozenset[int]:
    """Those of the taken who pass over somebody ranked better and not on the list either."""
    inside = set(taken) | present
    against: set[int] = set()
    passed_over = False
    for candidate in run.ranking.candidates:
        if candidate.person not in inside:
            passed_over = True
        elif passed_over and candidate.person in set(taken):
            against.add(candidate.person)
        if len(against) == len(taken):
            break
    return frozenset(against)


def is_against_rank(*, run_id: int, external_ids: Sequence[str], by: Officer) -> bool:
    """Whether taking these people would pass somebody over: the screen then asks for a reason."""
    run = run_of(run_id, by)
    with reading() as session:
        present = set(repository.candidacies_of(session, run.vacancy.id))
    people = [person_in(run, external_id) for external_id in external_ids]
    return bool(against_rank(run, [p for p in people if p not in present], present))


def _candidate(run: Run, external_id: str, rows: dict[str, JobseekerRow]) -> RankedCandidate:
    person = person_in(run, external_id)
    found = next((c for c in run.ranking.candidates if c.person == person), None)
    if found is None or external_id not in rows:
        raise Refused(N_("Somebody excluded by a mandatory requirement can't be preselected."))
    return found


def _lock_vacancy(session: Session, vacancy_id: int) -> VacancyRow:
    query = select(VacancyRow).where(VacancyRow.id == vacancy_id).with_for_update()
    row = session.scalars(query.execution_options(populate_existing=True)).one()
    if row.status not in TAKING:
        raise Refused(NOT_OPEN)
    return row


def _check_room(session: Session, run: Run, present: dict[int, CandidacyRow], more: int) -> None:
    places, reserves = _places(run.vacancy)
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


def _check_nobody_held(session: Session, run: Run, new: Sequence[RankedCandidate]) -> None:
    taken = {c.person for c in new}
    elsewhere = {
        person
        for person, vacancy_id in held(session, HOLDING)
        if person in taken and vacancy_id != run.vacancy.id
    }
    if elsewhere:
        raise Refused(
            N_("Held for another employer since the ranking was made: {people}. Rank again."),
            people=", ".join(sorted(run.facts[person].external_id for person in elsewhere)),
        )


def _add(
    session: Session, run: Run, candidate: RankedCandidate, reason: str | None, by: Officer
) -> None:
    now = clock.now()
    row = CandidacyRow(
        vacancy_id=run.vacancy.id,
        jobseeker_id=candidate.person,
        run_id=run.run_id,
        rank=candidate.rank,
        points=candidate.points,
        low=candidate.low,
        high=candidate.high,
        against_rank_reason=reason,
        status=CandidacyStatus.PRESELECTED,
        created_at=now,
        created_by=by.id,
    )
    session.add(row)
    session.flush()
    session.add(
        CandidacyEventRow(
            candidacy_id=row.id,
            from_status=None,
            to_status=CandidacyStatus.PRESELECTED,
            reason=reason,
            happened_at=now,
            happened_by=by.id,
        )
    )
    audit.record(
        session,
        action="preselected",
        entity="candidacy",
        entity_id=run.vacancy.number,
        subject=run.facts[candidate.person].external_id,
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
        move_candidacy(work.session, row, CandidacyStatus.WITHDRAWN, reason.strip(), by)
        audit.record(
            work.session,
            action="withdrew",
            entity="candidacy",
            entity_id=vacancy.number,
            subject=external_id,
            details={"reason": reason.strip()},
            by=by,
        )
        plan = _plan(work.session, vacancy)
        work.commit()
        return plan


def move_candidacy(
    session: Session,
    row: CandidacyRow,
    after: CandidacyStatus,
    reason: str | None,
    by: Officer | None,
) -> None:
    """One step of a candidacy and its event, in the caller's transaction."""
    check_can_move(CANDIDACY, row.status, after)
    session.add(
        CandidacyEventRow(
            candidacy_id=row.id,
            from_status=row.status,
            to_status=after,
            reason=reason,
            happened_at=clock.now(),
            happened_by=by.id if by else None,
        )
    )
    row.status = after


def get_shortlist_plan(*, vacancy_number: str, by: Officer) -> ShortlistPlan:
    """Who is preselected for a vacancy, and how many more may be."""
    check_can(by, Permission.RANKING_READ)
    vacancy = get_vacancy(number=vacancy_number, by=by)
    with reading() as session:
        return _plan(session, vacancy)


def _places(vacancy: VacancyRecord) -> tuple[int, int]:
    per_position = parameters_at(clock.today()).candidates_per_position
    return vacancy.positions * per_position, vacancy.positions * reserves_per_position()


def _plan(session: Session, vacancy: VacancyRecord) -> ShortlistPlan:
    session.flush()
    query = (
        select(CandidacyRow, JobseekerRow)
        .join(JobseekerRow, JobseekerRow.id == CandidacyRow.jobseeker_id)
        .where(
            CandidacyRow.vacancy_id == vacancy.id,
            CandidacyRow.status == CandidacyStatus.PRESELECTED,
        )
        .order_by(CandidacyRow.rank, CandidacyRow.id)
    )
    places, reserves = _places(vacancy)
    preselected = tuple(
        Preselected(
            external_id=person.external_id,
            name_ka=_full(person.first_name_ka, person.last_name_ka),
            name_lat=_full(person.first_name_lat, person.last_name_lat),
            rank=row.rank,
            score=None if row.points is None else row.points / 10_000,
            status=row.status,
            against_rank_reason=row.against_rank_reason,
        )
        for row, person in session.execute(query)
    )
    return ShortlistPlan(preselected, places, reserves)


def _full(first: str | None, last: str | None) -> str | None:
    return " ".join(part for part in (first, last) if part) or None


@dataclass(frozen=True, slots=True)
class SentShortlist:
    """What was sent: how many as candidates and how many as reserves, to which session."""

    session_number: str
    candidates: int
    reserves: int


def send_shortlist(
    *, run_id: int, session_number: str, message: str | None = None, by: Officer
) -> SentShortlist:
    """Send the preselected people to a planned commission session, with everything that was seen.

    What the commission reads is frozen here, blind: the requirement table, range, flags and the
    reason of whoever was taken against the rank. From now on these people are held.
    """
    run = run_of(run_id, by)
    check_can(by, Permission.SHORTLISTS_SEND)
    with unit_of_work() as work:
        vacancy = _lock_vacancy(work.session, run.vacancy.id)
        sitting = _planned_session(work.session, session_number)
        present = repository.candidacies_of(work.session, vacancy.id)
        rows = [r for r in present.values() if r.status is CandidacyStatus.PRESELECTED]
        if not rows:
            raise Refused(NOBODY_YET)
        shortlist = _shortlist(work.session, run, sitting, message, by)
        by_person = {c.person: c for c in run.ranking.candidates}
        rows.sort(key=lambda r: _standing(r, by_person))
        for position, row in enumerate(rows, start=1):
            _send_one(work.session, run, shortlist, position, row, by_person, by)
        check_can_move(VACANCY, vacancy.status, VacancyStatus.IN_COMMISSION)
        vacancy.status = VacancyStatus.IN_COMMISSION
        places, _ = _places(run.vacancy)
        sent = SentShortlist(session_number, min(len(rows), places), max(len(rows) - places, 0))
        audit.record(
            work.session,
            action="sent",
            entity="shortlist",
            entity_id=run.vacancy.number,
            details={"session": session_number, "people": len(rows), "run": run.run_id},
            by=by,
        )
        work.commit()
        return sent


def _standing(row: CandidacyRow, ranked: dict[int, RankedCandidate]) -> tuple[int, int]:
    now = ranked.get(row.jobseeker_id)
    return (now.rank if now else 1_000_000_000, row.id)


def _planned_session(session: Session, number: str) -> CommissionSessionRow:
    query = select(CommissionSessionRow).where(CommissionSessionRow.number == number)
    sitting = session.scalars(query.with_for_update()).one_or_none()
    if sitting is None:
        raise NotFound(N_("There is no commission session with this number."))
    if sitting.status is not SessionStatus.PLANNED:
        raise Refused(N_("Choose a session that is still planned: this one has begun or ended."))
    return sitting


def _shortlist(
    session: Session,
    run: Run,
    sitting: CommissionSessionRow,
    message: str | None,
    by: Officer,
) -> ShortlistRow:
    last = session.scalar(
        select(func.max(ShortlistRow.agenda_order)).where(ShortlistRow.session_id == sitting.id)
    )
    row = ShortlistRow(
        vacancy_id=run.vacancy.id,
        session_id=sitting.id,
        run_id=run.run_id,
        agenda_order=(last or 0) + 1,
        positions=run.vacancy.positions,
        candidates_per_position=run.parameters.candidates_per_position,
        message=(message or "").strip() or None,
        sent_at=clock.now(),
        sent_by=by.id,
    )
    session.add(row)
    session.flush()
    return row


def _send_one(
    session: Session,
    run: Run,
    shortlist: ShortlistRow,
    position: int,
    row: CandidacyRow,
    ranked: dict[int, RankedCandidate],
    by: Officer,
) -> None:
    candidate = ranked.get(row.jobseeker_id)
    if candidate is None:
        raise Refused(
            N_(
                "{person} no longer passes the mandatory requirements: take them off the "
                "shortlist, or correct the file."
            ),
            person=run.facts[row.jobseeker_id].external_id,
        )
    row.run_id, row.rank = run.run_id, candidate.rank
    row.points, row.low, row.high = candidate.points, candidate.low, candidate.high
    session.add(
        ShortlistCandidateRow(
            shortlist_id=shortlist.id,
            candidacy_id=row.id,
            position=position,
            rank=candidate.rank,
            points=candidate.points,
            low=candidate.low,
            high=candidate.high,
            seen=_seen(run, candidate),
        )
    )
    move_candidacy(session, row, CandidacyStatus.COMMISSION_REVIEW, None, by)
    seq = audit.record(
        session,
        action="sent",
        entity="candidacy",
        entity_id=run.vacancy.number,
        subject=run.facts[row.jobseeker_id].external_id,
        details={"position": position, "rank": candidate.rank},
        by=by,
    )
    person = session.get_one(JobseekerRow, row.jobseeker_id)
    person.changed_seq = seq


def _seen(run: Run, candidate: RankedCandidate) -> dict[str, object]:
    profile = run.pool.profile(candidate.person)
    rows = requirement_table(profile, run.requirement, run.vocabulary, run.parameters)
    return {
        "rows": [_row_to_json(row) for row in rows],
        "flags": list(candidate.flags),
        "parameters": run.parameters.version,
    }


def _row_to_json(row: RequirementRow) -> dict[str, object]:
    return {
        "criterion": row.criterion,
        "kind": row.kind,
        "asked": to_json(row.asked),
        "has": to_json(row.has),
        "status": row.status.value,
        "known": row.known,
        "points": row.points,
        "low": row.low,
        "high": row.high,
        "points_max": row.points_max,
    }
