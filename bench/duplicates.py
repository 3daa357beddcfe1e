"""Finding people registered twice: time, memory, recall and precision on an invented register.

`python -m bench.duplicates --people 300000` prints the table and writes
`bench/results/duplicates.json`; `measure(people)` gives the same rows to whoever asks.
The register is invented: given names of the sample, surnames of random syllables with Georgian
endings, and files entered twice in the ways that paper forms and hurried clerks produce.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from bench.results import REFERENCE, Row, markdown_table, print_table, provenance, read, write
from matching.duplicates.likeness import NamedPerson
from matching.duplicates.pairs import Search, find_likely_pairs
from matching.duplicates.rules import duplicate_rules_at
from matching.names import NATIONAL_2002, romanise_name
from sample_data.names import names_by_language

DAY = date(2026, 11, 22)
TWICE = 0.02
"""Share of the register that is entered a second time."""
NUMBER_KNOWN = 0.9
SHARED_PHONE = 0.6
_ENDINGS = ("ძე", "შვილი", "ია", "უა", "იანი", "ავა", "ელი", "ური")
_CONSONANTS, _VOWELS = "ბგდვზთკლმნპრსტფქღყშჩცძწჭხჯ", "აეიოუ"
_IN_PASSPORTS = (("kh", "x"), ("q", "k"), ("ts", "tz"), ("gh", "g"), ("zh", "j"), ("v", "w"))
APART = "different people: "
HEAD = """<!-- Made by `python -m bench.duplicates`; run it anew instead of editing. -->

# Finding duplicates, measured

An invented register in which it is known who is entered twice, and how the second file differs;
how the search works is in [One person, one file](../explanation/one-person-one-file.md).

"""
NOTES = """
But for the last two kinds the second file has no personal number; 60 in a hundred have the same
phone. With neither number nor birth date only the phone speaks for one person, and without it
nobody is shown: a name alone is no evidence. A wrong digit of the year may make two generations,
which is no evidence either.
"""
COLUMNS = (
    *("kind", "people", "planted", "found", "recall", "precision"),
    *("seconds", "cpu_seconds", "memory_mb"),
)


@dataclass
class Register:
    """Invented people, and which of them are one person entered twice."""

    people: list[NamedPerson] = field(default_factory=list)
    twice: dict[tuple[int, int], str] = field(default_factory=dict)
    """Places of both files → how the second one differs."""
    apart: dict[tuple[int, int], str] = field(default_factory=dict)
    """Places of two people who look alike → why."""

    def add(self, person: NamedPerson) -> int:
        self.people.append(person)
        return len(self.people) - 1


def invent_register(size: int, seed: int = 2026) -> Register:
    """A register of about that many files, the same for the same seed."""
    random = Random(seed)
    made = Register()
    surnames = _surnames(random, max(200, min(8000, size // 20)))
    weights = [1 / (place + 12) for place in range(len(surnames))]
    drawn = iter(random.choices(surnames, weights, k=size))
    kinds = list(TWICE_AS)
    for number in range(int(size * (1 - TWICE))):
        place = made.add(_person(random, next(drawn), number))
        if random.random() < TWICE:
            kind = kinds[len(made.twice) % len(kinds)]
            again = TWICE_AS[kind](random, _registered_again(random, made.people[place]))
            made.twice[place, made.add(again)] = kind
        elif random.random() < TWICE / 2:
            kind = ("twins", "father and son", "siblings")[number % 3]
            other = _relative(random, made.people[place], kind)
            made.apart[place, made.add(other)] = kind
    return made


def _surnames(random: Random, how_many: int) -> list[str]:
    found = dict.fromkeys(names_by_language()["ka"].surnames)
    while len(found) < how_many:
        syllables = random.choice((2, 2, 2, 3))
        stem = "".join(
            random.choice(_CONSONANTS) + random.choice(_VOWELS) for _ in range(syllables)
        )
        found[stem[: -random.choice((0, 1))] + random.choice(_ENDINGS)] = None
    return list(found)


def _person(random: Random, surname: str, number: int) -> NamedPerson:
    names = names_by_language()["ka"]
    first = random.choice(random.choice((names.men, names.women)))
    return NamedPerson(
        first,
        surname,
        romanise_name(first),
        romanise_name(surname),
        date(1962, 1, 1) + timedelta(days=random.randrange(46 * 365)),
        f"{random.randrange(10**11):011d}" if random.random() < NUMBER_KNOWN else None,
        f"+9955{number:08d}",
    )


def _registered_again(random: Random, person: NamedPerson) -> NamedPerson:
    """Another office, another day: the number left out, the phone another one, as it happens."""
    phone = (
        person.phone if random.random() < SHARED_PHONE else f"+9957{random.randrange(10**8):08d}"
    )
    return replace(person, personal_number=None, phone=phone)


def _relative(random: Random, person: NamedPerson, kind: str) -> NamedPerson:
    names = names_by_language()["ka"]
    men = person.first_ka in names.men
    others = [name for name in (names.men if men else names.women) if name != person.first_ka]
    first = random.choice(others)
    born = person.birth_date or DAY
    if kind == "father and son":
        first, born = person.first_ka, born.replace(year=born.year - random.randint(18, 40), day=1)
    elif kind == "siblings":
        born = born + timedelta(days=random.randint(300, 3000))
    number = person.personal_number and f"{(int(person.personal_number) + 1) % 10**11:011d}"
    return replace(
        person,
        first_ka=first,
        first_lat=romanise_name(first),
        birth_date=born,
        personal_number=number if kind == "twins" else f"{random.randrange(10**11):011d}",
    )


def _same(random: Random, person: NamedPerson) -> NamedPerson:
    return person


def _latin_only(random: Random, person: NamedPerson) -> NamedPerson:
    return replace(person, first_ka="", last_ka="")


def _passport(random: Random, person: NamedPerson) -> NamedPerson:
    first, last = person.first_lat.lower(), person.last_lat.lower()
    for usual, older in _IN_PASSPORTS:
        first, last = first.replace(usual, older), last.replace(usual, older)
    return replace(person, first_ka="", last_ka="", first_lat=first.title(), last_lat=last.title())


def _typo(random: Random, person: NamedPerson) -> NamedPerson:
    if random.random() < 0.5:
        last = _mistyped(random, person.last_ka)
        return replace(person, last_ka=last, last_lat=romanise_name(last))
    first = _mistyped(random, person.first_ka)
    return replace(person, first_ka=first, first_lat=romanise_name(first))


def _mistyped(random: Random, word: str) -> str:
    at = random.randrange(len(word) - 1)
    letter = random.choice(list(NATIONAL_2002))
    return random.choice(
        (
            word[:at] + letter + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


def _swapped_names(random: Random, person: NamedPerson) -> NamedPerson:
    return replace(
        person,
        first_ka=person.last_ka,
        last_ka=person.first_ka,
        first_lat=person.last_lat,
        last_lat=person.first_lat,
    )


def _day_and_month(random: Random, person: NamedPerson) -> NamedPerson:
    born = person.birth_date or DAY
    born = born.replace(day=random.randint(1, 12))
    return replace(person, birth_date=date(born.year, born.day, born.month))


def _date_digit(random: Random, person: NamedPerson) -> NamedPerson:
    text = (person.birth_date or DAY).isoformat()
    while True:
        at = random.choice((2, 3, 6, 8, 9))
        changed = text[:at] + random.choice("0123456789") + text[at + 1 :]
        try:
            if changed != text and date.fromisoformat(changed).year < DAY.year - 16:
                return replace(person, birth_date=date.fromisoformat(changed))
        except ValueError:
            continue


def _no_date(random: Random, person: NamedPerson) -> NamedPerson:
    return replace(person, birth_date=None)


def _typo_and_swap(random: Random, person: NamedPerson) -> NamedPerson:
    return _swapped_names(random, _typo(random, person))


def _typo_and_date(random: Random, person: NamedPerson) -> NamedPerson:
    return _date_digit(random, _typo(random, person))


def _two_typos(random: Random, person: NamedPerson) -> NamedPerson:
    first, last = _mistyped(random, person.first_ka), _mistyped(random, person.last_ka)
    return replace(person, first_ka=first, last_ka=last, first_lat="", last_lat="")


TWICE_AS: dict[str, Callable[[Random, NamedPerson], NamedPerson]] = {
    "the same again": _same,
    "Latin letters only": _latin_only,
    "passport spelling": _passport,
    "typo in a name": _typo,
    "typos in both names": _two_typos,
    "names swapped": _swapped_names,
    "typo and names swapped": _typo_and_swap,
    "day and month swapped": _day_and_month,
    "digit of the birth date": _date_digit,
    "typo and digit of the date": _typo_and_date,
    "no birth date, no number": _no_date,
    "digit of the number": _same,
    "digit of the number, no date": _no_date,
}
"""How a second file differs; the number is left out but in the last two kinds."""


def with_number_slips(made: Register, seed: int = 2026) -> Register:
    """Give the second files that should have one a number with one wrong digit."""
    random = Random(seed + 1)
    for (first, second), kind in made.twice.items():
        person, again = made.people[first], made.people[second]
        if kind == "day and month swapped":
            # The first file has the same day, so that the two dates are one date swapped.
            born = again.birth_date or DAY
            made.people[first] = replace(person, birth_date=date(born.year, born.day, born.month))
        if kind.startswith("digit of the number"):
            number = person.personal_number or f"{random.randrange(10**11):011d}"
            at = random.randrange(11)
            digit = str((int(number[at]) + random.randint(1, 9)) % 10)
            made.people[first] = replace(person, personal_number=number)
            slipped = number[:at] + digit + number[at + 1 :]
            made.people[second] = replace(again, personal_number=slipped)
    return made


def measure(people: int = 300_000, seed: int = 2026) -> list[Row]:
    """A row per kind of mistake and one for the whole search."""
    made = with_number_slips(invent_register(people, seed), seed)
    begun, worked = time.perf_counter(), time.process_time()
    found = find_likely_pairs(made.people, duplicate_rules_at(DAY))
    cpu_seconds = time.process_time() - worked
    rows = rows_of(made, found, time.perf_counter() - begun)
    rows[-1]["cpu_seconds"] = round(cpu_seconds, 2)
    return rows


def rows_of(made: Register, found: Search, seconds: float) -> list[Row]:
    """Recall by kind of mistake, how many relatives were taken for one, and the total."""
    pairs = {(pair.first, pair.second) for pair in found.pairs}
    rows: list[Row] = []
    for kind in TWICE_AS:
        planted = {pair for pair, of in made.twice.items() if of == kind}
        rows.append(_row(kind, len(made.people), planted, planted & pairs))
    for kind in ("twins", "father and son", "siblings"):
        alike = {pair for pair, of in made.apart.items() if of == kind}
        rows.append(_row(f"{APART}{kind}", len(made.people), alike, alike & pairs))
    total = _row("all", len(made.people), set(made.twice), set(made.twice) & pairs)
    total |= {
        "precision": len(set(made.twice) & pairs) / max(len(pairs), 1),
        "shown": len(pairs),
        "compared": found.compared,
        "cut_blocks": found.cut_blocks,
        "seconds": round(seconds, 2),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    return [*rows, total]


def _row(kind: str, people: int, planted: set[tuple[int, int]], found: set[tuple[int, int]]) -> Row:
    recall = len(found) / len(planted) if planted else None
    return {
        "kind": kind,
        "people": people,
        "planted": len(planted),
        "found": len(found),
        "recall": recall,
        "precision": None,
        "seconds": None,
        "memory_mb": None,
    }


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=300_000)
    rows = measure(parser.parse_args(arguments).people)
    print_table(rows, COLUMNS)
    write("duplicates", rows, packages=("numpy", "rapidfuzz"))
    document = read("duplicates")
    assert document is not None
    (REFERENCE / "duplicates.md").write_text(page(document), encoding="utf-8")


def page(document: dict[str, Any]) -> str:
    """The page of the docs about the last measurement."""
    *kinds, total = document["rows"]
    twice = [row for row in kinds if not row["kind"].startswith(APART)]
    apart = [row | {"kind": row["kind"].removeprefix(APART)} for row in kinds if row not in twice]
    return "".join(
        (
            HEAD,
            provenance(document),
            f"\n**{total['people']:,} people in {total['cpu_seconds']:.0f} seconds of one core** "
            f"({total['seconds']:.0f} by the clock, beside whatever else ran) with "
            f"{total['memory_mb']:,} MB at most; {total['compared']:,} pairs scored in full. "
            f"Found: {total['recall']:.1%} of those registered twice. "
            f"{total['precision']:.1%} of the pairs shown are one person; the others are namesakes "
            "born on the same day.\n\n## Registered twice, by what differs\n\n",
            markdown_table(twice, ("kind", "planted", "found", "recall"), {"planted": "pairs"}),
            "\n## Not the same person, and how many were shown\n\n",
            markdown_table(apart, ("kind", "planted", "found"), {"planted": "pairs"}),
            NOTES,
        )
    )


if __name__ == "__main__":
    main()
