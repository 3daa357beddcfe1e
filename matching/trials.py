"""Tries changes of one person out on one vacancy: what is not touched is not assessed again."""

from __future__ import annotations

from matching.parameters import Parameters
from matching.ranking_rules import CRITERIA, Criterion, points_by_criterion
from matching.types import Profile, Requirement, Vocabulary

Part = tuple[int, int, int]
"""Points, low, high of one criterion."""


class Trials:
    """Points of a person, and of the same person changed, before one vacancy; gates aside."""

    def __init__(
        self,
        profile: Profile,
        requirement: Requirement,
        vocabulary: Vocabulary,
        parameters: Parameters,
    ) -> None:
        self.profile = profile
        self._asked = (requirement, vocabulary, parameters)
        budget = points_by_criterion(requirement, parameters)
        self._criteria = [(each, budget[each.name]) for each in CRITERIA if each.name in budget]
        self._own = [self._assessed(profile, *each) for each in self._criteria]

    def points_and_low(self, changed: Profile) -> tuple[int, int]:
        """Points, and points if all that is unknown turns out bad."""
        parts = [
            own if self._is_untouched(changed, criterion) else self._assessed(changed, criterion, n)
            for own, (criterion, n) in zip(self._own, self._criteria, strict=True)
        ]
        return sum(points for points, *_ in parts), sum(low for _, low, _ in parts)

    @property
    def sums(self) -> tuple[int, int, int]:
        """Points, low and high of the person as they are."""
        points, low, high = (sum(part[place] for part in self._own) for place in range(3))
        return points, low, high

    def _is_untouched(self, changed: Profile, criterion: Criterion) -> bool:
        # `dataclasses.replace` keeps the very objects of what it does not replace.
        return all(getattr(changed, f) is getattr(self.profile, f) for f in criterion.facts)

    def _assessed(self, profile: Profile, criterion: Criterion, budget: int) -> Part:
        requirement, vocabulary, parameters = self._asked
        rows = criterion.assess(profile, requirement, budget, vocabulary, parameters)
        points, low = sum(row.points for row in rows), sum(row.low for row in rows)
        return points, low, sum(row.high for row in rows)
