"""Closing an item: the decisions by the rule, confirmed by the chair, written for good."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from db.models import CandidacyRow, DecisionRow, JobseekerRow
from db.repositories import sessions as repository
from db.repositories.decisions import lock_vacancy_of
from db.repositories.jobseekers import note_change
from db.session import unit_of_work
from domain.enums import CandidacyStatus, DecisionOutcome, VacancyStatus
from domain.exceptions import VotesCameIn
from domain.records.commission import AgendaItem
from domain.records.decisions import ChairRuling, Count, CountedCandidate
from domain.records.officer import Officer
from domain.texts import N_
from domain.transitions import VACANCY, check_can_move
from services import audit, clock
from services.candidacies import move_candidacy
from services.commission.appeals.settling import settle_appeals
from services.commission.ballot.checks import check_can_count, check_tally_is_read
from services.commission.decisions.counting import check_ruling, counted
from services.commission.decisions.reasons import (
    candidate_texts,
    reasons_of,
    report_texts,
    unless_edited,
    version_on,
)
from services.commission.sessions.sitting import Item, get_sitting_of
from services.commission.sessions.views import agenda_item
from services.permissions import Permission, check_can
from services.sending.letting_go import let_go_of_waiting
from services.sending.next_in_line import OVER

STATUS_AFTER = {
    DecisionOutcome.APPROVED: CandidacyStatus.APPROVED,
    DecisionOutcome.RESERVE: CandidacyStatus.RESERVE,
    DecisionOutcome.NOT_APPROVED: CandidacyStatus.NOT_APPROVED,
}


def close_item(
    *,
    shortlist_id: int,
    votes_seen: int,
    rulings: Mapping[int, ChairRuling],
    places_seen: int | None = None,
    by: Officer,
) -> AgendaItem:
    """Decide an item by the votes, as the chair saw them, with the chair's rulings.

    `votes_seen` is `Count.votes`, `places_seen` is `Count.places`: when others voted meanwhile,
    another decision took a place, or somebody withdrew whom a ruling names, the chair has to look
    again.
    """
    check_can(by, Permission.VOTES_CAST)
    with unit_of_work() as work:
        # The vacancy before the session, as whoever sends a shortlist holds them.
        lock_vacancy_of(work.session, shortlist_id)
        sitting, item = get_sitting_of(work.session, shortlist_id, lock=True)
        check_can_count(sitting, item, by)
        check_tally_is_read(sitting, item)
        casting = {
            candidacy_id: ruling.approve_tie
            for candidacy_id, ruling in rulings.items()
            if ruling.approve_tie is not None
        }
        count = counted(work.session, sitting, item, casting)
        if count.votes != votes_seen:
            raise VotesCameIn(N_("Votes came in after you looked: look at the count again."))
        if places_seen is not None and count.places != places_seen:
            raise VotesCameIn(
                N_("Another decision took a place after you looked: look at the count again.")
            )
        if not rulings.keys() <= {one.candidacy_id for one in count.candidates}:
            raise VotesCameIn(N_("A candidate withdrew after you looked: look at the count again."))
        for one in count.candidates:
            check_ruling(one, rulings.get(one.candidacy_id, ChairRuling()))
        _write(work.session, item, count, rulings, by)
        work.commit()
        return agenda_item(sitting, item, by)


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
    if vacancy.status is VacancyStatus.IN_COMMISSION and not repository.count_undecided(
        session, vacancy.id
    ):
        check_can_move(VACANCY, vacancy.status, VacancyStatus.DECIDED)
        vacancy.status, vacancy.updated_at, vacancy.updated_by = VacancyStatus.DECIDED, now, by.id
    if vacancy.status in OVER:
        # An appeal was heard after the vacancy was closed: nobody is kept for it.
        let_go_of_waiting(session, vacancy.id, by=by)
    settle_appeals(session, item, counted, by)
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
    row = DecisionRow(
        shortlist_id=item.shortlist.id,
        candidacy_id=candidacy.id,
        outcome=outcome,
        reserve_order=counted.reserve_order,
        votes_for=counted.tally.votes_for,
        votes_against=counted.tally.votes_against,
        votes_abstain=counted.tally.votes_abstain,
        scored=counted.tally.scored or None,
        score_sums=dict(counted.tally.score_sums) or None,
        by_casting=counted.needs_casting,
        decided_at=clock.now(),
        decided_by=by.id,
    )
    if outcome is DecisionOutcome.NOT_APPROVED:
        _give_reasons(row, ruling)
    session.add(row)
    move_candidacy(
        session,
        candidacy,
        STATUS_AFTER[outcome],
        reason=row.reason,
        reason_code=row.reason_code,
        by=by,
    )
    candidacy.reserve_order = counted.reserve_order


def _give_reasons(row: DecisionRow, ruling: ChairRuling) -> None:
    """The codes with what the chair wrote beside them; the list's own texts stay in the list."""
    row.reason_code, row.reason = ruling.reason_code, (ruling.reason or "").strip() or None
    if not ruling.codes:
        return
    found = reasons_of(ruling.codes)
    codes = [one.code for one in found]
    row.reason_code, row.reason_codes = found[0].group, list(codes)
    row.reasons_version = version_on(clock.today())
    standard = report_texts(codes)
    # Kept in Georgian where the chair left it: journals and lists have only this one text.
    row.reason = unless_edited(ruling.reason, standard) or standard["ka"]
    row.candidate_text = unless_edited(ruling.candidate_text, candidate_texts(codes))


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
            "casting_vote": one.needs_casting,
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
