"""Sending the shortlist to a planned session of the commission (S07 → S08)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    CommissionSessionRow,
    JobseekerRow,
    ShortlistCandidateRow,
    ShortlistRow,
)
from db.repositories import ranking as repository
from db.repositories import sessions
from db.repositories.jobseekers import note_change
from db.session import unit_of_work
from domain.enums import CandidacyStatus, SessionStatus, VacancyStatus
from domain.exceptions import NotFound, Refused
from domain.records.officer import Officer
from domain.records.ranking import ShortlistPlan
from domain.records.vacancy import VacancyRecord
from domain.texts import N_, to_json
from domain.transitions import VACANCY, check_can_move
from matching.explanation import requirement_table
from matching.types import RankedCandidate, RequirementRow
from services import audit, clock
from services.candidacies import move_candidacy
from services.permissions import Permission, check_can
from services.rankings.runs import Run, run_of
from services.shortlists.plan import NOT_OPEN, TAKING, lock_vacancy, places_of

NOBODY_YET = N_("Preselect at least one person first.")


def check_can_send(vacancy: VacancyRecord, plan: ShortlistPlan, by: Officer) -> None:
    """Raise, with what would help, unless the vacancy's shortlist can be sent now."""
    check_can(by, Permission.SHORTLISTS_SEND)
    if vacancy.status not in TAKING:
        raise Refused(NOT_OPEN)
    if not plan.preselected:
        raise Refused(NOBODY_YET)


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
    check_can(by, Permission.SHORTLISTS_SEND)
    run = run_of(run_id, by)
    with unit_of_work() as work:
        vacancy = lock_vacancy(work.session, run.vacancy.id)
        sitting = _planned_session(work.session, session_number)
        present = repository.candidacies_of(work.session, vacancy.id)
        rows = [r for r in present.values() if r.status is CandidacyStatus.PRESELECTED]
        if not rows:
            raise Refused(NOBODY_YET)
        shortlist = _shortlist(work.session, run, sitting, message, by)
        by_person = {
            r.jobseeker_id: c for r in rows if (c := run.candidate(r.jobseeker_id)) is not None
        }
        rows.sort(key=lambda r: _standing(r, by_person))
        for position, row in enumerate(rows, start=1):
            _send_one(work.session, run, shortlist, position, row, by_person, by)
        check_can_move(VACANCY, vacancy.status, VacancyStatus.IN_COMMISSION)
        vacancy.status = VacancyStatus.IN_COMMISSION
        places, _ = places_of(run.vacancy)
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
    sitting = sessions.find_session(session, number, lock=True)
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
    row = ShortlistRow(
        vacancy_id=run.vacancy.id,
        session_id=sitting.id,
        run_id=run.run_id,
        agenda_order=sessions.last_agenda_order(session, sitting.id) + 1,
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
    person = session.get_one(JobseekerRow, row.jobseeker_id)
    if candidate is None:
        raise Refused(
            N_(
                "{person} no longer passes the mandatory requirements: take them off the "
                "shortlist, or correct the file."
            ),
            person=person.external_id,
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
    move_candidacy(session, row, CandidacyStatus.COMMISSION_REVIEW, by=by)
    seq = audit.record(
        session,
        action="sent",
        entity="candidacy",
        entity_id=run.vacancy.number,
        subject=person.external_id,
        details={"position": position, "rank": candidate.rank},
        by=by,
    )
    note_change(session, {person.id: seq})


def _seen(run: Run, candidate: RankedCandidate) -> dict[str, object]:
    profile = run.profile(candidate.person)
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
