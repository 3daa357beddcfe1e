"""Where people are in the process, and where it is slow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from db.queries import statistics as queries
from db.queries.statistics import Scope
from domain.enums import CandidacyStatus as C
from domain.enums import FunnelStage
from domain.records.statistics import (
    Funnel,
    FunnelStep,
    Hidden,
    Wait,
    Waits,
    said,
)
from domain.texts import N_, Sentence, Term
from services.small_numbers import hide_few

WAITING = (
    C.PRESELECTED,
    C.COMMISSION_REVIEW,
    C.APPROVED,
    C.SENT,
    C.EMPLOYER_SELECTED,
    C.EMPLOYER_RESERVE,
    C.CONFIRMED,
    C.ORIENTATION,
    C.PERMIT_PENDING,
    C.PERMIT_GRANTED,
)
"""Stages in which somebody waits for the next step; being abroad is not waiting."""


def funnel(session: Session, scope: Scope, least: int) -> Funnel:
    """People by the furthest stage they reached; small counts hidden."""
    registered, left = queries.count_registered(session, scope)
    reached, waiting, dropped, reasons = _by_stage(
        queries.count_people_by_stage(session, scope), registered, left
    )
    steps: list[FunnelStep] = []
    is_total_hidden = False
    for place, stage in enumerate(FunnelStage):
        further = reached[place + 1] if place + 1 < len(reached) else 0
        counts = {"went_on": further, "waiting": waiting[place], "dropped": dropped[place]}
        parts = hide_few(counts, least, keep="went_on")
        why = hide_few(reasons[place], least)
        if isinstance(parts["dropped"], Hidden):
            why = {}
        total = hide_few({"all": reached[place]}, least)["all"]
        if is_total_hidden and isinstance(total, int) and total:
            total = Hidden.PROTECTING
        is_total_hidden = isinstance(parts["went_on"], Hidden)
        steps.append(FunnelStep(stage, total, **parts, reasons=tuple(why.items())))
    return Funnel(_funnel_finding(steps, least), tuple(steps))


def _by_stage(
    rows: Sequence[tuple[int, int, C, int]], registered: int, left: int
) -> tuple[list[int], list[int], list[int], list[dict[C, int]]]:
    size = len(FunnelStage)
    waiting, dropped = [0] * size, [0] * size
    reasons: list[dict[C, int]] = [defaultdict(int) for _ in range(size)]
    for stage, live, last, people in rows:
        (waiting if live else dropped)[stage] += people
        if not live:
            reasons[stage][last] += people
    began = sum(waiting) + sum(dropped)
    dropped[0], waiting[0] = left, max(registered - began - left, 0)
    if left:
        reasons[0][C.WITHDRAWN] = left
    totals = [waiting[place] + dropped[place] for place in range(size)]
    reached = [sum(totals[place:]) for place in range(size)]
    return reached, waiting, dropped, reasons


def _funnel_finding(steps: Sequence[FunnelStep], least: int) -> Sentence:
    of = {step.stage: step for step in steps}
    registered, started = of[FunnelStage.REGISTERED].reached, of[FunnelStage.PRESELECTED].reached
    if registered == 0:
        return Sentence(N_("Nobody is registered under this filter yet"))
    if started is Hidden.PROTECTING:
        return Sentence(N_("Too few people are in the process under this filter to be told"))
    if started == 0:
        text = N_("Registered: {registered} people; nobody was preselected in this period")
        return Sentence(text, {"registered": said(registered, least)})
    lost = [step for step in steps[1:] if isinstance(step.dropped, int) and step.dropped]
    values: dict[str, object] = {
        "preselected": said(started, least),
        "departed": said(of[FunnelStage.DEPARTED].reached, least),
    }
    if not lost:
        text = N_("Of {preselected} preselected people {departed} departed; nobody dropped out")
        if any(isinstance(step.dropped, Hidden) for step in steps[1:]):
            text = N_("Of {preselected} preselected people {departed} departed")
        return Sentence(text, values)
    most = max(lost, key=lambda step: step.dropped if isinstance(step.dropped, int) else 0)
    values |= {"stage": Term("FunnelStage", most.stage.value), "lost": said(most.dropped, least)}
    text = N_(
        "Of {preselected} preselected people {departed} departed; most drop-outs came after "
        "“{stage}”: {lost}"
    )
    return Sentence(text, values)


def waits(session: Session, scope: Scope, least: int) -> Waits:
    """Days in each stage: the median and what nine of ten need, of waits that ended."""
    ended, going = queries.count_days(session, scope, WAITING)
    finished, waiting = _histograms(ended), _histograms(going)
    rows = []
    for status in WAITING:
        days, open_days = finished[status], waiting[status]
        done, still = sum(days.values()), sum(open_days.values())
        hides_done = 0 < done < least
        hides_open = 0 < still < least
        rows.append(
            Wait(
                status,
                Hidden.FEW if hides_done else done,
                None if hides_done else quantile_mid(days),
                None if hides_done else nearest_rank(days, 9, 10),
                Hidden.FEW if hides_open else still,
                None if hides_open else max(open_days, default=None),
            )
        )
    return Waits(_waits_finding(rows), tuple(rows))


def _histograms(rows: Sequence[tuple[C, int, int]]) -> dict[C, dict[int, int]]:
    found: dict[C, dict[int, int]] = defaultdict(dict)
    for status, days, count in rows:
        found[status][days] = count
    return found


def nearest_rank(histogram: Mapping[int, int], part: int, of: int) -> int | None:
    """The least number of days within which `part` of `of` were done; None of nothing."""
    needed, seen = -(-sum(histogram.values()) * part // of), 0
    for days in sorted(histogram):
        seen += histogram[days]
        if seen >= needed:
            return days
    return None


def quantile_mid(histogram: Mapping[int, int]) -> float | None:
    """The median of values with their counts; None of nothing."""
    total = sum(histogram.values())
    if not total:
        return None
    upper = nearest_rank(histogram, total // 2 + 1, total) or 0
    lower = nearest_rank(histogram, (total + 1) // 2, total) or 0
    return (lower + upper) / 2


def _waits_finding(rows: Sequence[Wait]) -> Sentence:
    known = [row for row in rows if row.median is not None]
    if not known:
        return Sentence(N_("No step was finished in this period"))
    slowest = max(known, key=lambda row: (row.median or 0, row.nine_of_ten or 0))
    text = N_("Most time goes at “{stage}”: median {median} days, nine of ten within {ninth} days")
    return Sentence(
        text,
        {
            "stage": Term("CandidacyStatus", slowest.status.value),
            "median": _short(slowest.median or 0),
            "ninth": slowest.nine_of_ten,
        },
    )


def _short(days: float) -> float | int:
    return int(days) if days == int(days) else days
