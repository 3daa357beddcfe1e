"""Which unknown facts could change who is within the places of an open vacancy, and how likely.

A question is one unknown fact of one person. It is listed when some answer to it, with everything
else as it is, would bring the person into the places of an open vacancy or out of them: by points,
or through a gate. Its worth is, added up over these vacancies, the share of the register's known
answers to the same fact that would do that: as if the person answered like somebody of the
register drawn by lot. So 1.00 is one place that changes hands as good as certainly. Nothing is
assumed of a fact of which the register knows no answer: such a question has no worth and comes
last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from domain.enums import AskedFact
from domain.records.questions import PossibleMove
from matching.engine.jit import Array
from matching.outside import NO_GATES, Outside
from matching.parameters import Parameters
from matching.pool import Pool
from matching.questions.answers import FACTS, OUTSIDE_FACTS, Said, extremes, said_in
from matching.questions.trials import Group, Someone, Tried
from matching.standing import Standing, stand
from matching.types import Requirement, Vocabulary

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, eq=False)
class OpenList:
    """A vacancy whose people are being chosen."""

    requirement: Requirement
    places: int
    """Positions × candidates per position: the line is after so many people."""
    outside: Outside = field(default_factory=lambda: NO_GATES)
    settled: frozenset[int] = NOBODY
    """People the commission has or had for this vacancy: nobody is asked about them."""


@dataclass(frozen=True, slots=True)
class Question:
    """One unknown fact of one person, and where its answer could change who is shortlisted."""

    person: int
    fact: AskedFact
    moves: tuple[PossibleMove, ...]
    worth: float | None
    """Places that change hands, by the register's known answers; None: no answer is known."""
    said: int
    """How many known answers the shares were counted on."""


@dataclass(eq=False)
class _Line:
    """The ranking of one open vacancy, and where its line is."""

    number: int
    asked: OpenList
    standing: Standing

    @cached_property
    def rising(self) -> Array:
        return -self.standing.keys

    @property
    def has_next(self) -> bool:
        return len(self.standing.order) > self.asked.places

    def crossing(self, tried: Tried, person: int, is_inside: bool) -> Array:
        """Which of the tried answers bring their person across the line."""
        if not is_inside:
            return ~tried.is_out & self._is_ahead(tried, person, self.asked.places - 1)
        if not self.has_next:
            return tried.is_out
        return tried.is_out | ~self._is_ahead(tried, person, self.asked.places)

    def _is_ahead(self, tried: Tried, person: int, place: int) -> Array:
        key = self.standing.keys[place]
        other = self.standing.person[self.standing.order[place]]
        ahead: Array = (tried.key > key) | ((tried.key == key) & (person < other))
        return ahead

    def rank_of(self, key: int, person: int, own: int) -> int:
        """The rank that a key would bring somebody who stands at place `own` now."""
        begin, end = (int(np.searchsorted(self.rising, -key, side=s)) for s in ("left", "right"))
        alike = self.standing.person[self.standing.order[begin:end]]
        ahead = begin + int((alike < person).sum())
        return ahead + 1 - int(own < ahead)


@dataclass(eq=False)
class _Case:
    """One unknown fact of somebody near the line of one vacancy."""

    line: _Line
    place: int
    person: int
    fact: AskedFact
    best: int | None = None
    """Order keys; None: excluded."""
    worst: int | None = None
    is_worst_out: bool = False
    share: float | None = None
    said: int = 0

    @property
    def is_inside(self) -> bool:
        return self.place < self.line.asked.places

    def note(self, tried: Tried) -> None:
        """Widen what is possible by some tried answers."""
        keys = tried.key[~tried.is_out]
        self.is_worst_out |= len(keys) < len(tried.key)
        if len(keys):
            best, worst = int(keys.max()), int(keys.min())
            self.best = best if self.best is None else max(self.best, best)
            self.worst = worst if self.worst is None else min(self.worst, worst)

    def move(self) -> PossibleMove:
        """The same in ranks."""
        line = self.line
        best, worst = (
            None if key is None else line.rank_of(key, self.person, self.place)
            for key in (self.best, self.worst)
        )
        return PossibleMove(
            line.asked.requirement.vacancy,
            line.asked.places,
            self.place + 1,
            best,
            None if self.is_worst_out else worst,
            self.share,
        )


def questions_worth_asking(
    pool: Pool,
    lists: Sequence[OpenList],
    vocabulary: Vocabulary,
    parameters: Parameters,
) -> tuple[Question, ...]:
    """All questions whose answer could change who is within the places, the worthiest first."""
    people = pool.copy()
    rules = (vocabulary, parameters)
    lines = [
        _Line(i, each, stand(people, each.requirement, *rules, each.outside))
        for i, each in enumerate(lists)
    ]
    near = _near_the_lines(lines)
    someone = Someone(people, np.unique(np.array([case.person for case in near], np.int64)))
    crossing = _that_can_cross(someone, near, *rules)
    if crossing:
        _count_shares(someone, crossing, said_in(people), *rules)
    return _questions([*crossing, *_outside_cases(people, lines)])


def _near_the_lines(lines: Sequence[_Line]) -> list[_Case]:
    """Everybody with unknown facts who is within the places, or whose range reaches up to them."""
    found = []
    for line in lines:
        standing, places = line.standing, line.asked.places
        unknown = standing.unknown[standing.order]
        near = unknown != 0
        if line.has_next:
            least = standing.points[standing.order[places - 1]]
            near[places:] &= standing.high[standing.order[places:]] >= least
        for place in np.flatnonzero(near).tolist():
            person, bits = int(standing.person[standing.order[place]]), int(unknown[place])
            if person not in line.asked.settled:
                facts = [fact for bit, fact in enumerate(FACTS) if bits >> bit & 1]
                found += [_Case(line, place, person, fact) for fact in facts]
    return found


def _grouped(cases: Sequence[_Case], name: Callable[[_Case], Any]) -> dict[Any, list[_Case]]:
    groups: dict[Any, list[_Case]] = {}
    for case in cases:
        groups.setdefault(name(case), []).append(case)
    return groups


def _that_can_cross(
    someone: Someone, cases: Sequence[_Case], vocabulary: Vocabulary, parameters: Parameters
) -> list[_Case]:
    """Those of which the best or the worst answer crosses the line."""
    kept = []
    for some in _grouped(cases, lambda case: case.line.number).values():
        line = some[0].line
        asked, by_fact = line.asked.requirement, _grouped(some, lambda case: case.fact)
        groups = [
            Group(
                fact,
                someone.rows_of(np.array([case.person for case in same], np.int64)),
                extremes(fact, asked, vocabulary, parameters),
            )
            for fact, same in by_fact.items()
        ]
        tried = someone.trials(groups).in_vacancy(asked, vocabulary, parameters)
        begin = 0
        for group, same in zip(groups, by_fact.values(), strict=True):
            for case in same:
                part = tried.part(slice(begin, begin + len(group.answers)))
                begin += len(group.answers)
                if line.crossing(part, case.person, case.is_inside).any():
                    case.note(part)
                    kept.append(case)
    return kept


def _count_shares(
    someone: Someone,
    cases: Sequence[_Case],
    said: Mapping[AskedFact, Said],
    vocabulary: Vocabulary,
    parameters: Parameters,
) -> None:
    """Try the register's own answers on everybody whose answer can cross a line."""
    groups, begin = [], 0
    rows_of: dict[tuple[int, AskedFact], slice] = {}
    for fact, same in _grouped(cases, lambda case: case.fact).items():
        answers = [answer for answer, _ in said[fact].answers]
        if not answers:
            continue
        persons = sorted({case.person for case in same})
        groups.append(Group(fact, someone.rows_of(np.array(persons, np.int64)), answers))
        for person in persons:
            rows_of[person, fact] = slice(begin, begin + len(answers))
            begin += len(answers)
    if not groups:
        return
    trials = someone.trials(groups)
    for some in _grouped(cases, lambda case: case.line.number).values():
        line = some[0].line
        tried = trials.in_vacancy(line.asked.requirement, vocabulary, parameters)
        for case in some:
            if (case.person, case.fact) in rows_of:
                part = tried.part(rows_of[case.person, case.fact])
                counts = said[case.fact].counts
                crossing = line.crossing(part, case.person, case.is_inside)
                case.said = int(counts.sum())
                case.share = float(counts[crossing].sum()) / case.said
                case.note(part)


def _outside_cases(pool: Pool, lines: Sequence[_Line]) -> list[_Case]:
    """People within the places of whom a gate decided outside the engine waits for a fact."""
    found = []
    for line in lines:
        order = line.standing.order[: line.asked.places]
        person = line.standing.person[order]
        for gate, fact in OUTSIDE_FACTS.items():
            if gate not in line.asked.outside or gate not in line.asked.requirement.outside_gates:
                continue
            verdicts = line.asked.outside[gate]
            known = len(pool) - len(verdicts.sorted_unknown)
            share = len(verdicts.sorted_failed) / known if known else None
            for place in np.flatnonzero(np.isin(person, verdicts.sorted_unknown)).tolist():
                key = int(line.standing.keys[place])
                who = int(person[place])
                if who in line.asked.settled:
                    continue
                found.append(_Case(line, place, who, fact, key, key, True, share, known))
    return found


def _questions(cases: Sequence[_Case]) -> tuple[Question, ...]:
    grouped: dict[tuple[int, AskedFact], list[_Case]] = {}
    for case in cases:
        grouped.setdefault((case.person, case.fact), []).append(case)
    found = [_question(some) for some in grouped.values()]
    return tuple(sorted(found, key=_place))


def _question(cases: Sequence[_Case]) -> Question:
    moves = [case.move() for case in cases]
    moves.sort(key=lambda move: (-(move.share or 0.0), move.vacancy))
    shares = [move.share for move in moves if move.share is not None]
    return Question(
        cases[0].person,
        cases[0].fact,
        tuple(moves),
        round(sum(shares), 6) if shares else None,
        max(case.said for case in cases),
    )


def _place(question: Question) -> tuple[Any, ...]:
    worth = -1.0 if question.worth is None else question.worth
    order = list(AskedFact).index(question.fact)
    return -worth, -len(question.moves), question.person, order
