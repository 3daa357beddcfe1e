"""Groups at each step of the process: what is shown, what is kept back, and what alerts."""

from __future__ import annotations

from collections.abc import Mapping, Set

from domain.enums import RateVerdict, SelectionStep, Trait
from domain.records.fairness import Alert, FairnessRules, Group, GroupRate, StepRates
from domain.records.statistics import Figure, Hidden
from services.fairness.groups import Groups, Ints
from services.fairness.rates import Compared, Count, compare
from services.small_numbers import gives_away, hide_few

OF_THE_ELIGIBLE = (SelectionStep.RANK, SelectionStep.PRESELECTION)
"""Steps to which those come who came through the first one."""

ANY = 10**9
"""A bound that no number of people reaches."""

Came = Mapping[SelectionStep, tuple[Ints, Ints]]
"""For each step, rows of the people who came to it and of those who came through."""


def steps_of(
    groups: Groups, came: Came, rules: FairnessRules
) -> tuple[tuple[StepRates, ...], tuple[Alert, ...]]:
    """Every trait at every step, and the alerts, the gravest first."""
    steps: list[StepRates] = []
    alerts: list[Alert] = []
    for trait in Trait:
        kept_back: set[Group] = set()
        for step, (people, selected) in came.items():
            counts = groups.count(trait, people, selected)
            if counts and step in OF_THE_ELIGIBLE:
                # A row that is missing would tell that it is empty.
                counts |= {group: Count(0, 0) for group in kept_back if group not in counts}
            rates = step_rates(step, trait, counts, rules, kept_back)
            if step is SelectionStep.GATE:
                # They are the people of the next step: kept back here, kept back there.
                kept_back = {row.group for row in rates.groups if isinstance(row.selected, Hidden)}
            steps.append(rates)
            alerts += alerts_of(rates, compare(counts, rules))
    return tuple(steps), tuple(sorted(alerts, key=_gravest))


def _gravest(alert: Alert) -> tuple[float, int, int, str]:
    steps, traits = list(SelectionStep), list(Trait)
    place = (steps.index(alert.step), traits.index(alert.trait))
    return (-alert.missing, *place, str(alert.row.group))


def step_rates(
    step: SelectionStep,
    trait: Trait,
    counts: Mapping[Group, Count],
    rules: FairnessRules,
    kept_back: Set[Group] = frozenset(),
) -> StepRates:
    """The groups of one trait at one step; `kept_back`: whose number of people must not show."""
    compared = compare(counts, rules)
    shown = _shown(counts, rules.small_number_below, kept_back)
    rows = tuple(_row(group, shown[group], compared[group]) for group in counts)
    return StepRates(
        step,
        trait,
        _total({row.group: (counts[row.group].people, row.people) for row in rows}, rules),
        _total({row.group: (counts[row.group].selected, row.selected) for row in rows}, rules),
        rows,
    )


def _row(group: Group, figures: tuple[Figure, Figure], compared: Compared) -> GroupRate:
    people, selected = figures
    told = not isinstance(people, Hidden) and not isinstance(selected, Hidden)
    return GroupRate(
        group,
        people,
        selected,
        compared.rate if told else None,
        compared.low if told else None,
        compared.high if told else None,
        compared.ratio if told else None,
        compared.verdict,
        compared.against,
    )


def _shown(
    counts: Mapping[Group, Count], least: int, kept_back: Set[Group]
) -> dict[Group, tuple[Figure, Figure]]:
    """People and selected of each group, small ones hidden and whatever would give them away.

    The selected and the others of a group are hidden together: its people are their sum.
    """
    people = hide_few({group: count.people for group, count in counts.items()}, least)
    for group in kept_back & people.keys():
        if not isinstance(people[group], Hidden):
            people[group] = Hidden.PROTECTING
    hidden: dict[Group, Hidden] = {}
    for group, count in counts.items():
        if 0 < count.selected < least:
            hidden[group] = Hidden.FEW
        elif 0 < count.people - count.selected < least or isinstance(people[group], Hidden):
            hidden[group] = Hidden.PROTECTING
    others = sorted(
        (count.selected, str(group), group)
        for group, count in counts.items()
        if group not in hidden and count.selected >= least
    )
    while others and _is_told(counts, people, hidden, least):
        hidden[others.pop(0)[2]] = Hidden.PROTECTING
    return {
        group: (people[group], hidden.get(group, count.selected)) for group, count in counts.items()
    }


def _is_told(
    counts: Mapping[Group, Count],
    people: Mapping[Group, Figure],
    hidden: Mapping[Group, Hidden],
    least: int,
) -> bool:
    """Whether the sum of the selected tells how many of a hidden group were."""

    def most(group: Group) -> int:
        figure = people[group]
        if isinstance(figure, Hidden):
            return least - 1 if figure is Hidden.FEW else ANY
        return figure

    bounds = {
        group: (1, min(least - 1, most(group))) if figure is Hidden.FEW else (0, most(group))
        for group, figure in hidden.items()
    }
    return gives_away(bounds, sum(counts[group].selected for group in hidden))


def _total(figures: Mapping[Group, tuple[int, Figure]], rules: FairnessRules) -> Figure:
    """The sum of all groups, unless it gives a hidden one away."""
    few = (1, rules.small_number_below - 1)
    hidden: dict[Group, tuple[int, int]] = {
        group: few if figure is Hidden.FEW else (0, ANY)
        for group, (_, figure) in figures.items()
        if isinstance(figure, Hidden)
    }
    is_told = gives_away(hidden, sum(figures[group][0] for group in hidden))
    return Hidden.PROTECTING if is_told else sum(count for count, _ in figures.values())


def alerts_of(rates: StepRates, compared: Mapping[Group, Compared]) -> list[Alert]:
    """The alerts of one trait at one step."""
    of = {row.group: row for row in rates.groups}
    return [
        Alert(rates.step, rates.trait, row, of[row.against].rate, compared[row.group].missing)
        for row in rates.groups
        if row.verdict is RateVerdict.ALERT
    ]
