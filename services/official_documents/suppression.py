"""What of a session's counts may be published: nothing tells of fewer people than the least.

Per item and for the session together, so that totals minus what is shown give nothing back.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from domain.enums import DecisionOutcome, DecisionReason
from domain.records.statistics import Figure, Hidden
from services.small_numbers import gives_away, hide_parts

K = TypeVar("K", bound=Hashable)
Reason = DecisionReason | None
"""Group of a refusal's reason; None where none was coded."""


@dataclass(frozen=True, slots=True)
class Counts:
    """True counts of one item."""

    outcomes: Mapping[DecisionOutcome, int]
    reasons: Mapping[Reason, int]
    """Of those not approved."""

    @property
    def candidates(self) -> int:
        """All who were decided on."""
        return sum(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of counts."""

    candidates: Figure
    outcomes: Mapping[DecisionOutcome, Figure]
    reasons: Mapping[Reason, Figure]


def shown_item(counts: Counts, least: int) -> Shown:
    """What is shown of one item."""
    total = counts.candidates
    if 0 < total < least:
        return Shown(Hidden.FEW, _hidden(counts.outcomes), _hidden(counts.reasons))
    outcomes = hide_parts(counts.outcomes, least)
    is_open = not isinstance(outcomes[DecisionOutcome.NOT_APPROVED], Hidden)
    reasons = hide_parts(counts.reasons, least) if is_open else _hidden(counts.reasons)
    return Shown(total, outcomes, reasons)


def shown_total(items: Sequence[Counts], least: int) -> Shown:
    """What is shown of the items together, beside `shown_item` of each."""
    shown = [shown_item(counts, least) for counts in items]
    outcomes = _added([counts.outcomes for counts in items], list(DecisionOutcome))
    reasons = _added([counts.reasons for counts in items], [*DecisionReason, None])
    few = [
        counts.candidates
        for counts, seen in zip(items, shown, strict=True)
        if isinstance(seen.candidates, Hidden)
    ]
    total = sum(outcomes.values())
    if (0 < total < least) or not _hides(few, least):
        return Shown(Hidden.PROTECTING, _hidden(outcomes), _hidden(reasons))
    shown_outcomes = _together(
        outcomes,
        [
            counts.outcomes
            for counts, seen in zip(items, shown, strict=True)
            if _is_hidden(seen.outcomes)
        ],
        least,
    )
    if _is_hidden(shown_outcomes):
        return Shown(total, shown_outcomes, _hidden(reasons))
    shown_reasons = _together(
        reasons,
        [
            counts.reasons
            for counts, seen in zip(items, shown, strict=True)
            if _is_hidden(seen.reasons)
        ],
        least,
    )
    return Shown(total, shown_outcomes, shown_reasons)


def _hidden(parts: Mapping[K, int]) -> dict[K, Figure]:
    return dict.fromkeys(parts, Hidden.PROTECTING)


def _is_hidden(parts: Mapping[K, Figure]) -> bool:
    return any(isinstance(figure, Hidden) for figure in parts.values())


def _added(parts: Sequence[Mapping[K, int]], keys: Sequence[K]) -> dict[K, int]:
    return {key: sum(one.get(key, 0) for one in parts) for key in keys}


def _hides(few: Sequence[int], least: int) -> bool:
    """Whether small totals stay unknown although what they add up to can be computed."""
    bounds = dict.fromkeys(range(len(few)), (1, least - 1))
    return not few or (sum(few) >= least and not gives_away(bounds, sum(few)))


def _together(
    total: Mapping[K, int], kept_back: Sequence[Mapping[K, int]], least: int
) -> dict[K, Figure]:
    """Added parts: shown if neither they nor what the kept back items add to them are few.

    Twice the least, because once leaves sessions in which only one set of numbers fits.
    """
    rest = _added(kept_back, list(total))
    is_safe = all(count == 0 or count >= 2 * least for count in rest.values())
    if kept_back and (len(kept_back) < 2 or not is_safe):
        return _hidden(total)
    return hide_parts(total, least)
