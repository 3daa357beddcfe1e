"""What the commission decided, and what changed since last month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import sqrt

from sqlalchemy.orm import Session

from db.queries import statistics as queries
from db.queries.statistics import DROPPED, Scope
from domain.enums import CandidacyStatus as C
from domain.enums import DecisionOutcome, DecisionReason, Measure
from domain.records.statistics import Change, Changes, DecidedRow, Decisions, Figure
from domain.texts import N_, Sentence, Term
from services.small_numbers import hide_few


def decisions(session: Session, scope: Scope, least: int) -> Decisions:
    """Outcomes by month and by session, and the reasons of those not approved."""
    months: dict[str, dict[DecisionOutcome, int]] = {}
    sessions: dict[str, dict[DecisionOutcome, int]] = {}
    reasons: dict[DecisionReason | None, int] = defaultdict(int)
    for month, number, outcome, reason, count in queries.count_decisions(session, scope):
        for table, name in ((months, month), (sessions, number)):
            line = table.setdefault(name, dict.fromkeys(DecisionOutcome, 0))
            line[outcome] += count
        if outcome is DecisionOutcome.NOT_APPROVED:
            reasons[reason] += count
    ordered = dict(sorted(reasons.items(), key=lambda pair: (-pair[1], str(pair[0]))))
    why = hide_few(ordered, least)
    return Decisions(
        _decisions_finding(months, least),
        _reason_finding(reasons, least),
        _decided(months, least),
        _decided(sessions, least),
        tuple(why.items()),
    )


def _decided(
    table: Mapping[str, Mapping[DecisionOutcome, int]], least: int
) -> tuple[DecidedRow, ...]:
    return tuple(DecidedRow(name, hide_few(line, least)) for name, line in table.items())


def _decisions_finding(months: Mapping[str, Mapping[DecisionOutcome, int]], least: int) -> Sentence:
    total = sum(sum(line.values()) for line in months.values())
    if not total:
        return Sentence(N_("The commission decided nothing in this period"))
    approved = sum(line[DecisionOutcome.APPROVED] for line in months.values())
    if not _is_told(approved, total, least):
        return Sentence(N_("The decisions on people under this filter are too few to be told"))
    values = {"approved": approved, "decided": total}
    return Sentence(N_("The commission approved {approved} of {decided} candidates"), values)


def _is_told(part: int, total: int, least: int) -> bool:
    """Whether neither the part nor the rest is few; nobody and everybody may be told."""
    return (
        part in (0, total)
        if total < least
        else all(one == 0 or one >= least for one in (part, total - part))
    )


def _reason_finding(reasons: Mapping[DecisionReason | None, int], least: int) -> Sentence:
    coded = {reason: count for reason, count in reasons.items() if reason is not None}
    if not sum(reasons.values()):
        return Sentence(N_("Nobody was refused by the commission in this period"))
    if coded and max(coded.values(), default=0) < least:
        return Sentence(N_("The decisions on people under this filter are too few to be told"))
    if not coded:
        return Sentence(N_("No reason was coded for those who were not approved"))
    most = max(coded, key=lambda reason: coded[reason])
    values = {"reason": Term("DecisionReason", most.value), "count": coded[most]}
    return Sentence(N_("The most frequent reason against a candidate: {reason} ({count})"), values)


STEP_OF = {
    Measure.PRESELECTED: (C.PRESELECTED,),
    Measure.COMMISSION: (C.COMMISSION_REVIEW,),
    Measure.APPROVED: (C.APPROVED,),
    Measure.SENT: (C.SENT,),
    Measure.SELECTED: (C.EMPLOYER_SELECTED,),
    Measure.DEPARTED: (C.DEPARTED,),
    Measure.RETURNED: (C.RETURNED,),
    Measure.DROPPED: DROPPED,
}


def changes(session: Session, earlier: Scope, later: Scope, least: int) -> Changes:
    """Every measure in the later span beside the earlier one of the same length."""
    before, now = _measures(session, earlier), _measures(session, later)
    rows = []
    for measure in Measure:
        sides: list[Figure] = [before[measure], now[measure]]
        if measure not in (Measure.VACANCIES, Measure.POSITIONS):
            sides = [hide_few({"": count}, least)[""] for count in (before[measure], now[measure])]
        rows.append(Change(measure, *sides))
    days = (later.until - later.since).days + 1
    return Changes(_changes_finding(rows, days), tuple(rows), days, later.since)


def _measures(session: Session, scope: Scope) -> dict[Measure, int]:
    people, vacancies, positions = queries.count_new(session, scope)
    steps = queries.count_steps(session, scope)
    found = {
        Measure.REGISTERED: people,
        Measure.VACANCIES: vacancies,
        Measure.POSITIONS: positions,
    }
    for measure, statuses in STEP_OF.items():
        found[measure] = sum(steps.get(status, 0) for status in statuses)
    return found


def _changes_finding(rows: Sequence[Change], days: int) -> Sentence:
    known = [row for row in rows if row.difference]
    if not known:
        return Sentence(N_("Nothing changed against the {days} days before"), {"days": days})
    most = max(known, key=_weight)
    text = (
        N_("The largest rise: {measure}, from {before} to {now}")
        if (most.difference or 0) > 0
        else N_("The largest fall: {measure}, from {before} to {now}")
    )
    values = {
        "measure": Term("Measure", most.measure.value),
        "before": most.before,
        "now": most.now,
    }
    return Sentence(text, values)


def _weight(row: Change) -> float:
    """How remarkable: the difference beside what chance alone moves such a count."""
    assert isinstance(row.before, int) and isinstance(row.now, int)
    return abs(row.now - row.before) / sqrt(row.now + row.before)
