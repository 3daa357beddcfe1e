"""Who filled the positions, and how long a shortlist takes."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.queries import quality as queries
from db.queries.statistics import Scope
from domain.records.quality import Filled, MonthDays, TimeToShortlist
from domain.texts import N_, Sentence
from services.statistics.process import nearest_rank, quantile_mid
from services.statistics.quality_rules import Rules, share_of


@dataclass(slots=True)
class _Vacancy:
    """Of one vacancy: its positions, and who went."""

    positions: int = 0
    top: int = 0
    others: int = 0
    going: int = 0

    def parts(self) -> tuple[int, int, int, int]:
        """Filled from the top, by others, on the way, not filled: all positions, none twice."""
        top = min(self.top, self.positions)
        others = min(self.others, self.positions - top)
        going = min(self.going, self.positions - top - others)
        return top, others, going, self.positions - top - others - going


def filled(session: Session, scope: Scope, rules: Rules) -> Filled:
    """Positions of the vacancies decided in the period, by the rank of who departed for them."""
    found: dict[int, _Vacancy] = defaultdict(_Vacancy)
    for vacancy, positions, per_position, rank, departed, going in queries.list_placed(
        session, scope
    ):
        one = found[vacancy]
        one.positions = max(one.positions, positions)
        is_top = rank is not None and rank <= positions * per_position
        one.top += departed and is_top
        one.others += departed and not is_top
        one.going += going
    sums = [sum(part) for part in zip(*(one.parts() for one in found.values()), strict=True)]
    top, others, going, rest = sums or (0, 0, 0, 0)
    positions = top + others + going + rest
    return Filled(
        finding=_filled_finding(top, top + others, positions),
        vacancies=len(found),
        positions=positions,
        from_top=top,
        by_others=others,
        on_the_way=going,
        not_filled=rest,
        share=share_of(top, top + others, rules),
    )


def _filled_finding(top: int, taken: int, positions: int) -> Sentence:
    if not positions:
        return Sentence(N_("No vacancy was decided in this period"))
    values = {"taken": taken, "positions": positions, "top": top}
    if not taken:
        return Sentence(N_("None of {positions} decided positions is filled yet"), values)
    text = N_("{taken} of {positions} positions are filled, {top} of them from the top")
    return Sentence(text, values)


def time_to_shortlist(session: Session, scope: Scope, rules: Rules) -> TimeToShortlist:
    """Median days from publishing to the first shortlist, whole and by month."""
    rows = [(month, days) for month, days in queries.days_to_shortlist(session, scope) if days >= 0]
    days = Counter(length for _, length in rows)
    months: dict[str, Counter[int]] = defaultdict(Counter)
    for month, length in rows:
        months[month][length] += 1
    median = quantile_mid(days)
    before = rules.days_to_shortlist_before
    return TimeToShortlist(
        finding=_time_finding(median, len(rows)),
        saved_finding=_saved_finding(median, before),
        median=median,
        nine_of_ten=nearest_rank(days, 9, 10),
        vacancies=len(rows),
        before=before,
        months=tuple(
            MonthDays(month, quantile_mid(lengths) or 0.0, lengths.total())
            for month, lengths in sorted(months.items())
        ),
    )


def _time_finding(median: float | None, vacancies: int) -> Sentence:
    if median is None:
        return Sentence(N_("No shortlist was sent in this period"))
    text = N_("Half of the shortlists were sent within {median} days of publishing ({vacancies})")
    return Sentence(text, {"median": _short(median), "vacancies": vacancies})


def _saved_finding(median: float | None, before: float | None) -> Sentence:
    if before is None:
        return Sentence(
            N_(
                "Time saved: no data, because nobody has measured the time before this system. "
                "Once measured, it is recorded as a dated parameter."
            )
        )
    if median is None:
        return Sentence(N_("Time saved: no data for this period."))
    values = {"days": _short(abs(before - median)), "before": _short(before)}
    if median <= before:
        return Sentence(N_("Time saved: {days} days against {before} before the system."), values)
    return Sentence(N_("Longer by {days} days than the {before} before the system."), values)


def _short(days: float) -> float | int:
    return int(days) if days == int(days) else round(days, 1)
