"""Names in Georgian and Latin script: romanising, one search key for all spellings, duplicates.

The national romanisation of 2002 marks ejectives with an apostrophe; passports leave it out, and
older papers spell the same letter in several ways. `fold` gives all of them one key.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from domain.texts import N_, Sentence

NATIONAL_2002 = {
    "ა": "a", "ბ": "b", "გ": "g", "დ": "d", "ე": "e", "ვ": "v", "ზ": "z", "თ": "t", "ი": "i",
    "კ": "k'", "ლ": "l", "მ": "m", "ნ": "n", "ო": "o", "პ": "p'", "ჟ": "zh", "რ": "r", "ს": "s",
    "ტ": "t'", "უ": "u", "ფ": "p", "ქ": "k", "ღ": "gh", "ყ": "q'", "შ": "sh", "ჩ": "ch",
    "ც": "ts", "ძ": "dz", "წ": "ts'", "ჭ": "ch'", "ხ": "kh", "ჯ": "j", "ჰ": "h",
}  # fmt: skip
"""The 33 letters in the national system of romanisation (2002)."""

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´′"), None)
_WITH_APOSTROPHES = str.maketrans(NATIONAL_2002)
_AS_IN_PASSPORT = str.maketrans({ka: lat.rstrip("'") for ka, lat in NATIONAL_2002.items()})
_FOREIGN_LETTERS = str.maketrans(
    {"š": "sh", "č": "ch", "ž": "zh", "ş": "sh", "ç": "ch", "ł": "l", "ı": "i", "ß": "ss", "æ": "e"}
)

# Applied in this order to lower-case Latin letters without marks. Longer spellings come first;
# the result keeps one letter for sounds that papers spell alike.
_SPELLINGS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"y['’‘ʼʻ`´′]", "k"),  # ყ written y'
        (r"['’‘ʼʻ`´′]", ""),
        (r"\by(?=i|[^aeiouy\W])", "k"),  # ყიფიანი as Yipiani, ყვარელი as Yvareli
        (r"\by(?=e)", ""),  # Yelena
        (r"y", "i"),
        (r"tch|tsch", "ch"),
        (r"dzh|dj|zh", "j"),  # ჯ, ჟ
        (r"ts|tz", "c"),  # ც, წ
        (r"ch", "%"),  # ჩ, ჭ
        (r"kh|x", "h"),  # ხ, ჰ
        (r"gh", "g"),
        (r"th", "t"),
        (r"ph|f", "p"),
        (r"ck|q", "k"),  # ყ, კ, ქ
        (r"sh", "$"),
        (r"w", "v"),
        (r"ou", "u"),
        (r"(.)\1+", r"\1"),
    )
)


def romanise(text: str, *, apostrophes: bool = False) -> str:
    """Write Georgian letters by the national system, as in passports or with its apostrophes."""
    return _small_letters(text).translate(_WITH_APOSTROPHES if apostrophes else _AS_IN_PASSPORT)


def romanise_name(text: str) -> str:
    """Suggest the Latin spelling of a Georgian name: as in a passport, with capitals."""
    latin = romanise(text.strip())
    return re.sub(r"(^|[\s\-])(\w)", lambda found: found[1] + found[2].upper(), latin)


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return one search key for a name in Georgian script, romanised, or as in a passport."""
    latin = unicodedata.normalize("NFC", romanise(text)).casefold().translate(_FOREIGN_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(c))
    for pattern, sound in _SPELLINGS:
        plain = pattern.sub(sound, plain)
    return " ".join(re.findall(r"[\w%$]+", plain))


def _small_letters(text: str) -> str:
    """Turn the Mtavruli capitals that some keyboards produce into ordinary letters."""
    return "".join(c.lower() if "Ა" <= c <= "Ჿ" else c for c in text)


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """What is compared to find the same person registered twice; never an input of a ranking."""

    first_ka: str = ""
    last_ka: str = ""
    first_lat: str = ""
    last_lat: str = ""
    birth_date: date | None = None
    personal_number: str | None = None

    def spellings(self) -> tuple[tuple[str, str], ...]:
        """Folded (first, last) in each script that is filled in."""
        pairs = ((self.first_ka, self.last_ka), (self.first_lat, self.last_lat))
        return tuple(dict.fromkeys((fold(f), fold(s)) for f, s in pairs if f.strip() or s.strip()))


@dataclass(frozen=True, slots=True)
class DuplicateScore:
    """How alike two registrations are, 0–100, and what makes them so."""

    score: float
    reasons: tuple[Sentence, ...]

    @property
    def is_likely(self) -> bool:
        """Whether an officer should be shown the pair; a person always decides."""
        return self.score >= LIKELY_DUPLICATE


LIKELY_DUPLICATE = 75.0
"""Shown from here: equal names and birth date reach 88, equal names alone 70, twins about 60."""

_NAME, _BIRTH, _NUMBER = 50.0, 30.0, 20.0
_UNKNOWN = 0.4
"""Share of the points that an empty field gives: an absent date is no evidence either way."""


def duplicate_score(a: NamedPerson, b: NamedPerson) -> DuplicateScore:
    """Compare names in any script and order, birth date and personal number; symmetric."""
    name, name_reason = _compare_names(a, b)
    birth, birth_reason = _compare_birth_dates(a.birth_date, b.birth_date)
    number, number_reason = _compare_numbers(a.personal_number, b.personal_number)
    score = _NAME * name + _BIRTH * birth + _NUMBER * number
    if number == 1.0:  # the state gives each number to one person
        score = max(score, 95.0)
    reasons = (number_reason, name_reason, birth_reason)
    return DuplicateScore(round(score, 1), tuple(r for r in reasons if r is not None))


def block_keys(person: NamedPerson) -> frozenset[str]:
    """Keys of which two registrations share at least one if they are worth comparing."""
    keys = set()
    for first, last in person.spellings():
        sounds = sorted(re.sub(r"[aeiou\s]", "", part)[:4] for part in (first, last))
        keys.add("name:" + "/".join(sounds))
    if person.birth_date:
        keys.add(f"born:{person.birth_date.isoformat()}")
    if person.personal_number:
        keys.add(f"number:{person.personal_number}")
    return frozenset(keys)


def _alike(a: str, b: str) -> float:
    return DamerauLevenshtein.normalized_similarity(a, b) if a and b else 0.0


def _pair_alike(a: tuple[str, str], b: tuple[str, str]) -> float:
    # The weaker part counts twice: brothers share a surname, namesakes a first name.
    parts = (_alike(a[0], b[0]), _alike(a[1], b[1]))
    return (min(parts) + sum(parts) / 2) / 2


def _compare_names(a: NamedPerson, b: NamedPerson) -> tuple[float, Sentence | None]:
    pairs = [(x, y) for x in a.spellings() for y in b.spellings()]
    straight = max((_pair_alike(x, y) for x, y in pairs), default=0.0)
    swapped = max((_pair_alike(x, (y[1], y[0])) for x, y in pairs), default=0.0)
    if swapped > straight and swapped >= 0.75:
        return swapped, Sentence(N_("First name and surname swapped"))
    if straight == 1.0:
        same = (a.first_ka.strip(), a.last_ka.strip()) == (b.first_ka.strip(), b.last_ka.strip())
        if same and a.first_ka.strip():
            return 1.0, Sentence(N_("Same name"))
        return 1.0, Sentence(N_("Same name in another spelling"))
    return straight, Sentence(N_("Similar name")) if straight >= 0.75 else None


def _compare_birth_dates(a: date | None, b: date | None) -> tuple[float, Sentence | None]:
    if a is None or b is None:
        return _UNKNOWN, None
    if a == b:
        return 1.0, Sentence(N_("Same birth date"))
    if (a.year, a.month, a.day) == (b.year, b.day, b.month):
        return 0.7, Sentence(N_("Day and month of birth swapped"))
    if DamerauLevenshtein.distance(a.isoformat(), b.isoformat()) == 1:
        return 0.7, Sentence(N_("Birth date differs by one digit"))
    return 0.0, None


def _compare_numbers(a: str | None, b: str | None) -> tuple[float, Sentence | None]:
    if not a or not b:
        return _UNKNOWN, None
    if a == b:
        return 1.0, Sentence(N_("Same personal number"))
    if DamerauLevenshtein.distance(a, b) == 1:
        return 0.6, Sentence(N_("Personal number differs by one digit"))
    return 0.0, None
