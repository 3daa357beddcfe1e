"""What was decided on an item, with its reasons, and how far it agrees with the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from db.models import DecisionRow, JobseekerRow, ShortlistCandidateRow
from db.session import reading
from domain.enums import DecisionOutcome, SessionStatus
from domain.records.ballots import Tally
from domain.records.decisions import DecisionRecord, ItemAgreement
from domain.records.officer import Officer
from services.commission.decisions.reasons import candidate_texts, in_both, report_texts
from services.commission.dossiers.hiding import hide_people, people_unknown_to
from services.commission.sessions.sitting import (
    SEES_OWN_SESSIONS_ONLY,
    Item,
    Sitting,
    get_sitting_of,
)
from services.permissions import Permission, check_can


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
        people = people_unknown_to(session, shortlist_id, by)
        records = [
            _covered(decision_record(row, seen), people) for row, seen in session.execute(query)
        ]
    return tuple(sorted(records, key=_as_listed))


def _covered(record: DecisionRecord, people: Sequence[JobseekerRow]) -> DecisionRecord:
    if not people:
        return record
    told, kind = (
        texts and {language: hide_people(text, people) or "" for language, text in texts.items()}
        for texts in (record.reason_texts, record.candidate_texts)
    )
    reason = hide_people(record.reason, people)
    return replace(record, reason=reason, reason_texts=told, candidate_texts=kind)


def decision_record(row: DecisionRow, seen: ShortlistCandidateRow) -> DecisionRecord:
    """A stored decision as it is read, its coded reasons in words."""
    tally = tally_of(row)
    return DecisionRecord(
        candidacy_id=row.candidacy_id,
        number=seen.position,
        rank=seen.rank,
        points=seen.points,
        outcome=row.outcome,
        reserve_order=row.reserve_order,
        reason_code=row.reason_code,
        reason=row.reason,
        tally=tally,
        by_chair=tally.is_tie if row.by_casting is None else row.by_casting,
        reason_codes=tuple(row.reason_codes or ()),
        reason_texts=told_in_report(row),
        candidate_texts=told_to_candidate(row),
    )


def tally_of(row: DecisionRow) -> Tally:
    """The votes that a stored decision follows from."""
    sums = {code: int(points) for code, points in (row.score_sums or {}).items()}
    return Tally(row.votes_for, row.votes_against, row.votes_abstain, row.scored or 0, sums)


def told_in_report(row: DecisionRow) -> dict[str, str] | None:
    """The reasons as minutes and reports say them, by language; None where there are none."""
    codes = row.reason_codes or ()
    standard = report_texts(codes, row.reasons_version) if codes else None
    return in_both(row.reason, standard)


def told_to_candidate(row: DecisionRow) -> dict[str, str] | None:
    """The reasons as the candidate is told, by language; None before there was a list of them."""
    codes = row.reason_codes or ()
    standard = candidate_texts(codes, row.reasons_version) if codes else None
    return in_both(row.candidate_text, standard)


def _as_listed(one: DecisionRecord) -> tuple[float, ...]:
    return (
        list(DecisionOutcome).index(one.outcome),
        one.reserve_order or 0,
        -float(one.tally.score_mean or 0),
        -one.tally.votes_for,
        one.rank or 0,
        one.number,
    )


def check_can_read_decisions(sitting: Sitting, item: Item, by: Officer) -> None:
    """Raise for members of other sessions, and for a member recused while the session runs."""
    if by.role in SEES_OWN_SESSIONS_ONLY:
        sitting.check_member(by)
    if sitting.row.status is not SessionStatus.CLOSED:
        item.check_open_to(by.id)


def agreement_of(decisions: Sequence[DecisionRecord]) -> ItemAgreement | None:
    """How many of the approved the engine had among its first so many; None without a choice.

    The first so many are as many as were approved, of those who were decided on.
    """
    approved = [one for one in decisions if one.outcome is DecisionOutcome.APPROVED]
    if not approved or len(approved) == len(decisions):
        return None
    by_rank = sorted(decisions, key=lambda one: (one.rank is None, one.rank or 0, one.number))
    first = by_rank[: len(approved)]
    instead = [one for one in by_rank if one in approved and one not in first]
    passed = [one for one in first if one not in approved]
    return ItemAgreement(
        approved=len(approved),
        same=len(approved) - len(instead),
        chosen_instead=tuple((one.number, one.rank) for one in instead),
        passed_over=tuple((one.number, one.rank) for one in passed),
    )
