"""Counting the votes on an item and closing it: outcomes by the rule, confirmed by the chair."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    DecisionRow,
    JobseekerRow,
    ShortlistCandidateRow,
)
from db.repositories import commission as repository
from db.repositories.jobseekers import note_change
from db.session import reading, unit_of_work
from domain.enums import (
    CandidacyStatus,
    DecisionOutcome,
    SessionStatus,
    VacancyStatus,
    VoteValue,
)
from domain.exceptions import InvalidInput, Refused, VotesCameIn
from domain.records.commission import (
    AgendaItem,
    ChairRuling,
    Count,
    CountedCandidate,
    DecisionRecord,
    Tally,
)
from domain.records.officer import Officer
from domain.texts import N_
from domain.transitions import VACANCY, check_can_move
from services import audit, clock
from services.candidacies import move_candidacy
from services.commission.rules import decide
from services.commission.sitting import (
    RECUSED,
    SEES_OWN_SESSIONS_ONLY,
    Item,
    Sitting,
    get_sitting_of,
)
from services.commission.views import agenda_item
from services.permissions import Permission, check_can

STATUS_AFTER = {
    DecisionOutcome.APPROVED: CandidacyStatus.APPROVED,
    DecisionOutcome.RESERVE: CandidacyStatus.RESERVE,
    DecisionOutcome.NOT_APPROVED: CandidacyStatus.NOT_APPROVED,
}


def count_votes(
    *, shortlist_id: int, casting: Mapping[int, bool] | None = None, by: Officer
) -> Count:
    """The votes on an item that can be closed, and what the rule makes of them.

    `casting` are the chair's intended decisions on ties, by candidacy.
    """
    check_can(by, Permission.VOTES_CAST)
    with reading() as session:
        sitting, item = get_sitting_of(session, shortlist_id)
        sitting.check_can_count(item, by)
        sitting.check_tally_is_read(item)
        return _count(item, casting or {})


def _count(item: Item, casting: Mapping[int, bool]) -> Count:
    standings = item.standings()
    places = item.shortlist.positions * item.shortlist.candidates_per_position
    outcomes = decide(standings, places, casting)
    counted = []
    for one in standings:
        outcome = outcomes[one.candidacy_id]
        reasons = [
            vote.reason
            for vote in item.votes
            if vote.candidacy_id == one.candidacy_id
            and vote.value is VoteValue.AGAINST
            and vote.reason
        ]
        counted.append(
            CountedCandidate(
                one.candidacy_id,
                one.number,
                one.rank,
                one.tally,
                outcome[0] if outcome else None,
                outcome[1] if outcome else None,
                tuple(reasons),
            )
        )
    return Count(item.shortlist.id, item.ballots.happened, tuple(counted))


def close_item(
    *, shortlist_id: int, votes_seen: int, rulings: Mapping[int, ChairRuling], by: Officer
) -> AgendaItem:
    """Decide an item by the votes, as the chair saw them, with the chair's rulings.

    `votes_seen` is `Count.votes`: when others voted meanwhile, the chair has to look again.
    """
    check_can(by, Permission.VOTES_CAST)
    with unit_of_work() as work:
        sitting, item = get_sitting_of(work.session, shortlist_id, lock=True)
        sitting.check_can_count(item, by)
        sitting.check_tally_is_read(item)
        if item.ballots.happened != votes_seen:
            raise VotesCameIn(N_("Votes came in after you looked: look at the count again."))
        casting = {
            candidacy_id: ruling.approve_tie
            for candidacy_id, ruling in rulings.items()
            if ruling.approve_tie is not None
        }
        count = _count(item, casting)
        for counted in count.candidates:
            check_ruling(counted, rulings.get(counted.candidacy_id, ChairRuling()))
        _write(work.session, item, count, rulings, by)
        work.commit()
        return agenda_item(sitting, item, by)


def check_ruling(counted: CountedCandidate, ruling: ChairRuling) -> None:
    """Raise unless the chair said all that this candidate's outcome needs."""
    number = f"{counted.number:02d}"
    if counted.outcome is None:
        raise InvalidInput(
            N_("Candidate {number} has as many votes for as against: the chair has to decide."),
            number=number,
        )
    if counted.outcome is DecisionOutcome.NOT_APPROVED and (
        ruling.reason_code is None or not (ruling.reason or "").strip()
    ):
        raise InvalidInput(
            N_("Candidate {number} is not approved: choose what the reason is and write it."),
            number=number,
        )


def _write(
    session: Session, item: Item, count: Count, rulings: Mapping[int, ChairRuling], by: Officer
) -> None:
    now = clock.now()
    counted = {one.candidacy_id: one for one in count.candidates}
    people: dict[int, JobseekerRow] = {}
    for _, candidacy, person in repository.list_candidates(session, item.shortlist.id):
        if candidacy.id in counted:
            ruling = rulings.get(candidacy.id, ChairRuling())
            _write_decision(session, item, candidacy, counted[candidacy.id], ruling, by)
            people[candidacy.id] = person
    item.shortlist.decided_at, item.shortlist.decided_by = now, by.id
    session.flush()
    item.candidates = [
        type(c)(c.candidacy_id, c.number, c.rank, STATUS_AFTER[outcome])
        if c.candidacy_id in counted and (outcome := counted[c.candidacy_id].outcome)
        else c
        for c in item.candidates
    ]
    vacancy = item.vacancy
    # Two sessions may decide two shortlists of one vacancy at once: the later sees the earlier.
    session.refresh(vacancy, with_for_update=True)
    if vacancy.status is VacancyStatus.IN_COMMISSION and not repository.count_undecided(
        session, vacancy.id
    ):
        check_can_move(VACANCY, vacancy.status, VacancyStatus.DECIDED)
        vacancy.status, vacancy.updated_at, vacancy.updated_by = VacancyStatus.DECIDED, now, by.id
    _record_decisions(session, item, counted, people, by)


def _write_decision(
    session: Session,
    item: Item,
    candidacy: CandidacyRow,
    counted: CountedCandidate,
    ruling: ChairRuling,
    by: Officer,
) -> None:
    outcome = counted.outcome
    assert outcome is not None
    is_refusal = outcome is DecisionOutcome.NOT_APPROVED
    reason_code = ruling.reason_code if is_refusal else None
    reason = (ruling.reason or "").strip() if is_refusal else None
    session.add(
        DecisionRow(
            shortlist_id=item.shortlist.id,
            candidacy_id=candidacy.id,
            outcome=outcome,
            reserve_order=counted.reserve_order,
            reason_code=reason_code,
            reason=reason,
            votes_for=counted.tally.votes_for,
            votes_against=counted.tally.votes_against,
            votes_abstain=counted.tally.votes_abstain,
            decided_at=clock.now(),
            decided_by=by.id,
        )
    )
    move_candidacy(
        session, candidacy, STATUS_AFTER[outcome], reason=reason, reason_code=reason_code, by=by
    )
    candidacy.reserve_order = counted.reserve_order


def _record_decisions(
    session: Session,
    item: Item,
    counted: Mapping[int, CountedCandidate],
    people: Mapping[int, JobseekerRow],
    by: Officer,
) -> None:
    for candidacy_id, one in counted.items():
        assert one.outcome is not None
        tally, person = one.tally, people[candidacy_id]
        details: dict[str, object] = {
            "shortlist": item.shortlist.id,
            "outcome": one.outcome.value,
            "votes": [tally.votes_for, tally.votes_against, tally.votes_abstain],
            "casting_vote": tally.is_tie,
        }
        seq = audit.record(
            session,
            action="decided",
            entity="candidacy",
            entity_id=candidacy_id,
            subject=person.external_id,
            details=details,
            by=by,
        )
        # Held or free again: the ranking's pool has to look. Not an edit of the file, so the
        # version that a recruiter may have open stays.
        note_change(session, {person.id: seq})
    audit.record(session, action="closed", entity="shortlist", entity_id=item.shortlist.id, by=by)


def list_decisions(*, shortlist_id: int, by: Officer) -> tuple[DecisionRecord, ...]:
    """The decisions on an item: approved, then the reserve in order, then the others."""
    check_can(by, Permission.SESSIONS_READ)
    with reading() as session:
        sitting, item = get_sitting_of(session, shortlist_id)
        check_can_read_decisions(sitting, item, by)
        query = (
            select(DecisionRow, ShortlistCandidateRow)
            .join(
                ShortlistCandidateRow,
                (ShortlistCandidateRow.shortlist_id == DecisionRow.shortlist_id)
                & (ShortlistCandidateRow.candidacy_id == DecisionRow.candidacy_id),
            )
            .where(DecisionRow.shortlist_id == shortlist_id)
        )
        records = [
            DecisionRecord(
                candidacy_id=row.candidacy_id,
                number=seen.position,
                rank=seen.rank,
                points=seen.points,
                outcome=row.outcome,
                reserve_order=row.reserve_order,
                reason_code=row.reason_code,
                reason=row.reason,
                tally=Tally(row.votes_for, row.votes_against, row.votes_abstain),
            )
            for row, seen in session.execute(query)
        ]
    order = list(DecisionOutcome)
    records.sort(
        key=lambda one: (
            order.index(one.outcome),
            one.reserve_order or 0,
            -one.tally.votes_for,
            one.rank or 0,
            one.number,
        )
    )
    return tuple(records)


def check_can_read_decisions(sitting: Sitting, item: Item, by: Officer) -> None:
    """Raise for members of other sessions, and for a member recused while the session runs."""
    if by.role in SEES_OWN_SESSIONS_ONLY:
        sitting.check_member(by)
    if item.is_recused(by.id) and sitting.row.status is not SessionStatus.CLOSED:
        raise Refused(RECUSED)
