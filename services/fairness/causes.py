"""Which requirement a difference comes from: the ratios without it, against those with all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.enums import RateVerdict
from domain.records.fairness import Alert, FairnessRules, Removed
from domain.records.statistics import Hidden
from services.fairness.rates import Compared
from services.fairness.removal import Effects, Without

Effect = tuple[Without, int, Effects]
"""A requirement taken away, how many meet the others, and how the groups compare."""


def with_cause(
    alert: Alert, base: Effects, effects: Sequence[Effect], rules: FairnessRules
) -> Alert:
    """The alert with the requirement without which the group comes nearest to the others."""
    key, group = (alert.step, alert.trait), alert.row.group
    if key not in base:
        return alert
    before = base[key][group].ratio or 0.0
    after = [
        (each[key][group].ratio or 0.0, place)
        for place, (_, _, each) in enumerate(effects)
        if group in each[key]
    ]
    best, place = max(after, key=lambda found: (found[0], -found[1]), default=(0.0, 0))
    if best - before < rules.least_change * (rules.ratio_below - before):
        return alert
    without, _, compared = effects[place]
    is_told = alert.row.ratio is not None and _may_show(compared[key][group], rules)
    return replace(
        alert,
        cause=without.removed,
        clause=without.clause,
        without=best if is_told else None,
        is_whole=best >= rules.ratio_below,
    )


def removed_of(effect: Effect, rules: FairnessRules) -> Removed:
    """What is shown of a requirement taken away."""
    without, eligible, effects = effect
    ratios = {
        key: {
            group: row.ratio
            for group, row in compared.items()
            if row.ratio is not None
            and row.verdict is not RateVerdict.NOT_COMPARED
            and _may_show(row, rules)
        }
        for key, compared in effects.items()
    }
    few = 0 < eligible < rules.small_number_below
    return Removed(without.removed, without.clause, Hidden.FEW if few else eligible, ratios)


def _may_show(row: Compared, rules: FairnessRules) -> bool:
    """Whether a ratio tells nothing about few people."""
    counts = (row.count.selected, row.count.people - row.count.selected)
    return not any(0 < count < rules.small_number_below for count in counts)
