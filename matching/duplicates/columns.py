"""A register of people as columns of numbers, so that millions of pairs are weighed at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from matching.duplicates.likeness import NamedPerson, phone_key
from matching.duplicates.rules import DuplicateRules
from matching.names import fold

Whole = npt.NDArray[np.int64]
Share = npt.NDArray[np.float64]

NUMBER_DIGITS = 11
ROUNDING = 1e-6
SOUNDS = 4
"""Consonants of a name that must agree where a key has the name's sounds."""
_VOWELS = re.compile(r"[aeiou\s]")


@dataclass(frozen=True, slots=True)
class PeopleColumns:
    """One row per person, in the order of the list; 0 and -1 stand for what is unknown."""

    parts: npt.NDArray[np.int32]
    """Codes of first and last name in two spellings: first, last, first, last."""
    letters: npt.NDArray[np.uint64]
    """Of each code: which letters it has, a bit each."""
    lengths: npt.NDArray[np.int32]
    sounds: npt.NDArray[np.int64]
    """Of each code: its first consonants; 0 for an empty name."""
    born: Whole
    """YYYYMMDD."""
    born_either_way: Whole
    """The same with the smaller of day and month first."""
    number: Whole
    phone: Whole

    def __len__(self) -> int:
        return len(self.born)

    def masked_numbers(self) -> Iterator[Whole]:
        """Personal numbers without one digit each, and with two neighbours in order."""
        yield from _masked(self.number, NUMBER_DIGITS, range(NUMBER_DIGITS - 1))

    def masked_birth_dates(self) -> Iterator[Whole]:
        """Birth dates without one digit each, and with two neighbours in order."""
        yield from _masked(self.born, 8, (0, 1, 2, 4, 6))

    def birth_likeness(self, a: Whole, b: Whole, rules: DuplicateRules) -> Share:
        """What `duplicate_score` finds of the birth dates, for every pair."""
        one, other = self.born[a], self.born[b]
        years = np.abs(one // 10_000 - other // 10_000)
        nearly = (self.born_either_way[a] == self.born_either_way[b]) | _one_slip(one, other, 8)
        found = np.where(nearly & (years < rules.generation_years), rules.birth_date_nearly, 0.0)
        found[one == other] = 1.0
        found[(one == 0) | (other == 0)] = rules.unknown
        return found

    def number_likeness(self, a: Whole, b: Whole, rules: DuplicateRules) -> Share:
        """What `duplicate_score` finds of the personal numbers, for every pair."""
        one, other = self.number[a], self.number[b]
        slip = _one_slip(one, other, NUMBER_DIGITS)
        found = np.where(slip, rules.personal_number_nearly, 0.0)
        found[one == other] = 1.0
        found[(one < 0) | (other < 0)] = rules.unknown
        return found

    def name_likeness_at_most(self, a: Whole, b: Whole, rules: DuplicateRules) -> Share:
        """No pair's names are more alike than this, in any spelling and either order."""
        one, other = self.parts[a], self.parts[b]
        best = np.zeros(len(a))
        for left in (0, 2):
            for right in (0, 2):
                for first, last in ((right, right + 1), (right + 1, right)):
                    given = self._part_at_most(one[:, left], other[:, first], rules)
                    family = self._part_at_most(one[:, left + 1], other[:, last], rules)
                    weaker = np.minimum(given, family)
                    best = np.maximum(best, (weaker + (given + family) / 2) / 2)
        return best

    def _part_at_most(
        self, a: npt.NDArray[np.int32], b: npt.NDArray[np.int32], rules: DuplicateRules
    ) -> Share:
        # One edit adds or removes at most one letter of the set, or exchanges two.
        exchanged = (np.bitwise_count(self.letters[a] ^ self.letters[b]).astype(np.int32) + 1) // 2
        one, other = self.lengths[a], self.lengths[b]
        edits = np.maximum(np.abs(one - other), exchanged)
        longest = np.maximum(np.maximum(one, other), 1)
        found: Share = 1.0 - edits / longest
        found[(one == 0) | (other == 0) | (found < rules.name_part_least - ROUNDING)] = 0.0
        return found


def columns_of(people: Sequence[NamedPerson]) -> PeopleColumns:
    """Fold every name once and write everybody as numbers."""
    codes = _Codes()
    parts = np.zeros((len(people), 4), dtype=np.int32)
    born, phone = (np.zeros(len(people), dtype=np.int64) for _ in range(2))
    number = np.full(len(people), -1, dtype=np.int64)
    for place, person in enumerate(people):
        parts[place] = codes.of(person)
        born[place] = _day(person.birth_date)
        number[place] = _number(person.personal_number)
        phone[place] = int(phone_key(person.phone) or 0)
    month, day = born // 100 % 100, born % 100
    either_way = born // 10_000 * 10_000 + np.minimum(month, day) * 100 + np.maximum(month, day)
    return PeopleColumns(parts, *codes.tables(), born, either_way, number, phone)


class _Codes:
    """Folded names by number; the empty name is 0."""

    def __init__(self) -> None:
        self.code_of_folded = {"": 0}
        self.code_of_written: dict[str, int] = {"": 0}

    def of(self, person: NamedPerson) -> tuple[int, int, int, int]:
        georgian = (self._code(person.first_ka), self._code(person.last_ka))
        latin = (self._code(person.first_lat), self._code(person.last_lat))
        georgian = georgian if any(georgian) else latin
        return (*georgian, *(latin if any(latin) else georgian))

    def _code(self, written: str) -> int:
        code = self.code_of_written.get(written)
        if code is None:
            code = self.code_of_folded.setdefault(fold(written), len(self.code_of_folded))
            self.code_of_written[written] = code
        return code

    def tables(
        self,
    ) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        """Letters, lengths and sounds by code."""
        names = list(self.code_of_folded)
        letters = np.array([_letters(name) for name in names], dtype=np.uint64)
        lengths = np.array([len(name) for name in names], dtype=np.int32)
        heard: dict[str, int] = {"": 0}
        sounds = [heard.setdefault(_sound(name), len(heard)) for name in names]
        return letters, lengths, np.array(sounds, dtype=np.int64)


def _letters(name: str) -> int:
    bits = 0
    for letter in name:
        bits |= 1 << (ord(letter) % 64)
    return bits


def _sound(name: str) -> str:
    # A name of vowels only, such as Ia, is its own sound.
    return _VOWELS.sub("", name)[:SOUNDS] or name[:SOUNDS]


def _day(day: date | None) -> int:
    return 0 if day is None else day.year * 10_000 + day.month * 100 + day.day


def _number(number: str | None) -> int:
    if number and len(number) == NUMBER_DIGITS and number.isascii() and number.isdecimal():
        return int(number)
    return -1


def _masked(numbers: Whole, digits: int, neighbours: Sequence[int]) -> Iterator[Whole]:
    """Keys that numbers share which differ in one digit, or by two neighbours swapped."""
    tens = [10**power for power in range(digits - 1, -1, -1)]
    size = 10**digits
    for place, ten in enumerate(tens):
        yield numbers - numbers // ten % 10 * ten + place * size
    for place in neighbours:
        left, right = tens[place], tens[place + 1]
        one, other = numbers // left % 10, numbers // right % 10
        rest = numbers - one * left - other * right
        ordered = np.minimum(one, other) * left + np.maximum(one, other) * right
        yield rest + ordered + (digits + place) * size


def _one_slip(a: Whole, b: Whole, digits: int) -> npt.NDArray[np.bool_]:
    """Whether one digit differs, or two neighbours are swapped."""
    differing = np.zeros(len(a), dtype=np.int8)
    swapped = np.zeros(len(a), dtype=bool)
    before: tuple[Whole, Whole] | None = None
    for power in range(digits - 1, -1, -1):
        one, other = a // 10**power % 10, b // 10**power % 10
        differing += one != other
        if before is not None:
            swapped |= (before[0] == other) & (before[1] == one) & (one != other)
        before = (one, other)
    slip: npt.NDArray[np.bool_] = (differing == 1) | ((differing == 2) & swapped)
    return slip
