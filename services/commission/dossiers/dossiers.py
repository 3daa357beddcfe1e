"""The blind file of an agenda item: what was frozen when the shortlist was sent, and no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from db.models import CandidacyRow, JobseekerRow, ShortlistCandidateRow, VacancyRow
from db.repositories import sessions as repository
from db.session import unit_of_work
from domain.enums import CandidacyStatus, CriterionStatus
from domain.records.commission import BlindCandidate, Dossier, SeenRow, VacancyFacts
from domain.records.dossier import RankChange, TakenOff
from domain.records.officer import Officer
from domain.texts import from_json
from matching.gates import flag_sentence
from services import audit, clock
from services.commission.ballot.papers import my_votes
from services.commission.dossiers.blindness import shown_person
from services.commission.dossiers.checks import check_can_read
from services.commission.dossiers.hiding import hide_people
from services.commission.sessions.sitting import Item, get_sitting_of
from services.permissions import Permission, check_can

CandidateRows = Sequence[Row[ShortlistCandidateRow, CandidacyRow, JobseekerRow]]
TakenOffRows = Sequence[Row[CandidacyRow, JobseekerRow, str | None]]


def read_dossier(*, shortlist_id: int, by: Officer) -> Dossier:
    """Open the file of an item after declaring on it; the reading is recorded."""
    check_can(by, Permission.VOTES_CAST)
    with unit_of_work() as work:
        sitting, item = get_sitting_of(work.session, shortlist_id)
        check_can_read(sitting, item, by)
        rows = repository.list_candidates(work.session, shortlist_id)
        taken_off = repository.list_taken_off(work.session, item.shortlist)
        # For the session, not for ever: of a decided item nobody needs the names any more.
        is_lifted = sitting.lifted is not None and not sitting.is_over(item)
        dossier = _dossier(item, rows, taken_off, is_lifted, by)
        audit.record(
            work.session,
            action="read",
            entity="shortlist",
            entity_id=shortlist_id,
            details={"candidates": [one.candidacy_id for one in dossier.candidates]},
            by=by,
        )
        if is_lifted:
            _record_people_read(work.session, item, rows, by)
        work.commit()
        return dossier


def _record_people_read(session: Session, item: Item, rows: CandidateRows, by: Officer) -> None:
    """A lifted file is a reading of each person's file."""
    for _, candidacy, person in rows:
        audit.record(
            session,
            action="read",
            entity="candidacy",
            entity_id=candidacy.id,
            subject=person.external_id,
            details={"shortlist": item.shortlist.id, "blindness": "lifted"},
            by=by,
        )


def _dossier(
    item: Item, rows: CandidateRows, taken_off: TakenOffRows, is_lifted: bool, by: Officer
) -> Dossier:
    people = [person for _, _, person in rows] + [person for _, person, _ in taken_off]
    candidates = tuple(_blind(seen, candidacy, people) for seen, candidacy, _ in rows)
    today = clock.today()
    return Dossier(
        shortlist_id=item.shortlist.id,
        vacancy=_facts(item.vacancy),
        message=hide_people(item.shortlist.message, people),
        parameters=next((str(row.seen["parameters"]) for row, _, _ in rows if row.seen), None),
        candidates=candidates,
        rank_changes=rank_changes(candidates),
        taken_off=_taken_off(taken_off, people),
        people=tuple(shown_person(candidacy, person, today) for _, candidacy, person in rows)
        if is_lifted
        else (),
        my_votes=my_votes(item, by),
    )


def rank_changes(candidates: Sequence[BlindCandidate]) -> tuple[RankChange, ...]:
    """Who is on the list although people ranked higher are not, and how many those are."""
    ranks = [one.rank for one in candidates if one.rank is not None]
    changes = []
    for one in candidates:
        if one.rank is None:
            continue
        left_out = one.rank - 1 - sum(rank < one.rank for rank in ranks)
        if left_out > 0:
            reason = one.against_rank_reason
            changes.append(RankChange(one.candidacy_id, one.number, one.rank, left_out, reason))
    return tuple(changes)


def _taken_off(rows: TakenOffRows, people: Sequence[JobseekerRow]) -> tuple[TakenOff, ...]:
    """Each of them once, with the reason given last."""
    last = {candidacy.id: (candidacy.rank, reason) for candidacy, _, reason in rows}
    return tuple(TakenOff(rank, hide_people(reason, people)) for rank, reason in last.values())


def _facts(vacancy: VacancyRow) -> VacancyFacts:
    return VacancyFacts(
        number=vacancy.number,
        title=vacancy.title,
        title_ka=vacancy.title_ka,
        country=vacancy.country,
        town=vacancy.town,
        positions=vacancy.positions,
        start_on=vacancy.start_on,
        end_on=vacancy.end_on,
        hours_per_week=vacancy.hours_per_week,
        pay_amount=vacancy.pay_amount,
        pay_currency=vacancy.pay_currency,
        pay_period=vacancy.pay_period,
    )


def _blind(
    row: ShortlistCandidateRow, candidacy: CandidacyRow, people: Sequence[JobseekerRow]
) -> BlindCandidate:
    return BlindCandidate(
        candidacy_id=row.candidacy_id,
        number=row.position,
        rank=row.rank,
        points=row.points,
        low=row.low,
        high=row.high,
        rows=tuple(seen_row(stored) for stored in row.seen.get("rows", [])),
        flags=tuple(flag_sentence(flag) for flag in row.seen.get("flags", [])),
        against_rank_reason=hide_people(candidacy.against_rank_reason, people),
        is_withdrawn=candidacy.status is CandidacyStatus.WITHDRAWN,
    )


def seen_row(stored: Mapping[str, Any]) -> SeenRow:
    """A line of the requirement table from what was frozen with the shortlist."""
    return SeenRow(
        criterion=str(stored["criterion"]),
        kind=str(stored.get("kind", "scored")),
        asked=from_json(stored["asked"]),
        has=from_json(stored["has"]),
        status=CriterionStatus(stored["status"]),
        known=str(stored["known"]),
        points=int(stored.get("points", 0)),
        points_max=int(stored.get("points_max", 0)),
    )
