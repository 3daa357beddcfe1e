"""How alike two registrations are: names in any script and order, birth date, number, phone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import DamerauLevenshtein

from domain.texts import N_, Sentence
from matching.duplicates.rules import DuplicateRules
from matching.names import fold

PHONE_DIGITS = 9
"""A number in Georgia without the country's code, which papers leave out."""
_NO_DIGITS = re.compile(r"[^0-9]+")


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """What is compared to find the same person registered twice; never an input of a ranking."""

    first_ka: str = ""
    last_ka: str = ""
    first_lat: str = ""
    last_lat: str = ""
    birth_date: date | None = None
    personal_number: str | None = None
    phone: str | None = None

    def spellings(self) -> tuple[tuple[str, str], ...]:
        """Folded (first, last) in each script that is filled in."""
        pairs = ((self.first_ka, self.last_ka), (self.first_lat, self.last_lat))
        return tuple(dict.fromkeys((fold(f), fold(s)) for f, s in pairs if f.strip() or s.strip()))


@dataclass(frozen=True, slots=True)
class DuplicateScore:
    """How alike two registrations are, 0–100, and what makes them so."""

    score: float
    reasons: tuple[Sentence, ...]
    is_likely: bool
    """Whether an officer should be shown the pair; a person always decides."""


def duplicate_score(a: NamedPerson, b: NamedPerson, rules: DuplicateRules) -> DuplicateScore:
    """Compare names in any script and order, birth date, personal number and phone; symmetric."""
    name, name_reason = _compare_names(a, b, rules)
    birth, birth_reason = _compare_birth_dates(a.birth_date, b.birth_date, rules)
    number, number_reason = _compare_numbers(a.personal_number, b.personal_number, rules)
    score = (
        rules.weight_name * name
        + rules.weight_birth_date * birth
        + rules.weight_personal_number * number
    )
    phone_reason = None
    if same_phone(a.phone, b.phone):
        score, phone_reason = min(score + rules.same_phone, 100.0), Sentence(N_("Same phone"))
    if number == 1.0:  # the state gives each number to one person
        score = max(score, rules.same_number)
    reasons = (number_reason, name_reason, birth_reason, phone_reason)
    score = round(score, 1)
    return DuplicateScore(score, tuple(r for r in reasons if r is not None), score >= rules.likely)


def same_phone(a: str | None, b: str | None) -> bool:
    """Whether two phones end in the same digits; an empty one is like no other."""
    return bool(a and b) and phone_key(a) == phone_key(b) != ""


def phone_key(phone: str | None) -> str:
    """The last nine digits; empty for fewer."""
    digits = _NO_DIGITS.sub("", phone or "")
    return digits[-PHONE_DIGITS:] if len(digits) >= PHONE_DIGITS else ""


def _alike(a: str, b: str) -> float:
    return DamerauLevenshtein.normalized_similarity(a, b) if a and b else 0.0


def _part_alike(a: str, b: str, rules: DuplicateRules) -> float:
    likeness = _alike(a, b)
    return likeness if likeness >= rules.name_part_least else 0.0


def _given_alike(a: str, b: str, rules: DuplicateRules) -> float:
    return 0.0 if rules.are_two_names(a, b) else _part_alike(a, b, rules)


def _pair_alike(given: float, family: float) -> float:
    # The weaker part counts twice: brothers share a surname, namesakes a first name.
    return (min(given, family) + (given + family) / 2) / 2


def _straight(a: tuple[str, str], b: tuple[str, str], rules: DuplicateRules) -> float:
    return _pair_alike(_given_alike(a[0], b[0], rules), _part_alike(a[1], b[1], rules))


def _swapped(a: tuple[str, str], b: tuple[str, str], rules: DuplicateRules) -> float:
    # Which of the two files has the given name first is not known.
    return _pair_alike(_given_alike(a[0], b[1], rules), _given_alike(a[1], b[0], rules))


def _compare_names(
    a: NamedPerson, b: NamedPerson, rules: DuplicateRules
) -> tuple[float, Sentence | None]:
    pairs = [(x, y) for x in a.spellings() for y in b.spellings()]
    straight = max((_straight(x, y, rules) for x, y in pairs), default=0.0)
    swapped = max((_swapped(x, y, rules) for x, y in pairs), default=0.0)
    if swapped > straight and swapped >= rules.name_similar:
        return swapped, Sentence(N_("First name and surname swapped"))
    if straight == 1.0:
        same = (a.first_ka.strip(), a.last_ka.strip()) == (b.first_ka.strip(), b.last_ka.strip())
        if same and a.first_ka.strip():
            return 1.0, Sentence(N_("Same name"))
        return 1.0, Sentence(N_("Same name in another spelling"))
    return straight, Sentence(N_("Similar name")) if straight >= rules.name_similar else None


def _compare_birth_dates(
    a: date | None, b: date | None, rules: DuplicateRules
) -> tuple[float, Sentence | None]:
    if a is None or b is None:
        return rules.unknown, None
    if a == b:
        return 1.0, Sentence(N_("Same birth date"))
    if abs(a.year - b.year) >= rules.generation_years:
        return 0.0, None
    if (a.year, a.month, a.day) == (b.year, b.day, b.month):
        return rules.birth_date_nearly, Sentence(N_("Day and month of birth swapped"))
    if DamerauLevenshtein.distance(a.isoformat(), b.isoformat()) == 1:
        return rules.birth_date_nearly, Sentence(N_("Birth date differs by one digit"))
    return 0.0, None


def _compare_numbers(
    a: str | None, b: str | None, rules: DuplicateRules
) -> tuple[float, Sentence | None]:
    if not a or not b:
        return rules.unknown, None
    if a == b:
        return 1.0, Sentence(N_("Same personal number"))
    if DamerauLevenshtein.distance(a, b) == 1:
        return rules.personal_number_nearly, Sentence(N_("Personal number differs by one digit"))
    return 0.0, None
