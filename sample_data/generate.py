"""Writes the files of the sample again: `python -m sample_data.generate` (README.md says more).

The same program gives the same bytes: one seeded random source, nothing from clock or network.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from sample_data import person as columns
from sample_data import vacancies
from sample_data.cases import MISSES, SPELLINGS, Case, fit, forget, registered_again
from sample_data.choice import pick
from sample_data.people import ANCHOR, Trade, add_evidence, make_person, read_trades
from sample_data.person import Person
from sample_data.reference import Skills, read_skills

HERE = Path(__file__).parent
SEED = 20261122
PEOPLE = 2000
UNFINISHED = 0.15
PAIRS_PER_SPELLING = 3

# Vacancy → how many fit it, and how many miss it by which one thing.
FITTING = {
    "VAC-SAMPLE-04": 22, "VAC-SAMPLE-05": 16, "VAC-SAMPLE-08": 14, "VAC-SAMPLE-09": 14,
    "VAC-SAMPLE-10": 16, "VAC-SAMPLE-14": 10, "VAC-SAMPLE-16": 8, "VAC-SAMPLE-27": 6,
    "VAC-SAMPLE-28": 6, "VAC-SAMPLE-31": 5, "VAC-SAMPLE-32": 6, "VAC-SAMPLE-40": 10,
    "VAC-SAMPLE-42": 6, "VAC-SAMPLE-43": 5, "VAC-SAMPLE-53": 6,
}  # fmt: skip
MISSING = {
    "language one level short": ("18", "27", "28", "29", "32", "37", "41"),
    "passport expires in the season": ("14", "20", "30", "40", "46", "53"),
    "licence missing": ("16", "22", "30", "31", "35", "40", "53"),
    "available over two weeks late": (
        "14",
        "15",
        "20",
        "29",
        "36",
        "40",
        "51",
    ),
    "a year of experience short": ("16", "23", "30", "32", "48", "53"),
    "does not wish this country": ("14", "29", "40", "53"),
}
MISSES_PER_VACANCY = 3
PRIME_AGE = {(25, 34): 3.0, (35, 44): 2.0}
LATE = date(2026, 11, 20)
"""The last day on which somebody of the sample is registered."""

CASE_COLUMNS = ("external_id", "case", "about")


@dataclass(frozen=True)
class Sample:
    """The whole content of the files."""

    vacancies: Sequence[Mapping[str, str]]
    people: Sequence[Person]
    cases: Sequence[Case]


def make_sample() -> Sample:
    random = Random(SEED)
    skills = read_skills()
    offered = tuple(vacancies.make_vacancies(random, skills))
    made = [*_made_on_purpose(random, skills, {v["number"]: v for v in offered})]
    twins = PAIRS_PER_SPELLING * len(SPELLINGS)
    trades = read_trades()
    weights = {name: trade.weight for name, trade in trades.items()}
    drawn = [
        make_person(random, trades[pick(random, weights)], skills)
        for _ in range(PEOPLE - len(made) - twins)
    ]
    people = [case.person for case in made] + drawn
    _give_numbers(random, people)
    again = list(_registered_twice(random, drawn[: 10 * twins]))
    first_files = {id(case.about) for case in again}
    chosen = [p for p in drawn if id(p) not in first_files]
    unfinished = [
        Case(person, "unfinished file", forget(random, person))
        for person in random.sample(chosen, round(PEOPLE * UNFINISHED))
    ]
    people += [case.person for case in again]
    _give_file_numbers(people)
    return Sample(offered, people, [*made, *again, *unfinished])


def _made_on_purpose(
    random: Random, skills: Skills, offered: Mapping[str, Mapping[str, str]]
) -> Iterable[Case]:
    trade_of = _trade_by_occupation()

    def fitting(number: str) -> Person:
        vacancy = offered[number]
        isco = vacancy["occupations"].split(";")[0]
        # Where the season is over: to have taken part, the person came in time.
        early = date(2025, random.randint(9, 11), random.randint(1, 28))
        is_over = vacancy["start_on"] < ANCHOR.isoformat()
        person = make_person(
            random,
            trade_of[isco],
            skills,
            occupation=isco,
            ages=PRIME_AGE,
            registered=early if is_over else None,
        )
        fit(random, person, vacancy)
        add_evidence(random, person)
        return person

    for number, people in FITTING.items():
        for _ in range(people):
            yield Case(fitting(number), "fits", number)
    for miss, numbers in MISSING.items():
        for number in (f"VAC-SAMPLE-{short}" for short in numbers):
            for _ in range(MISSES_PER_VACANCY):
                person = fitting(number)
                MISSES[miss](person, offered[number])
                yield Case(person, f"near miss: {miss}", number)


def _trade_by_occupation() -> dict[str, Trade]:
    return {isco: trade for trade in read_trades().values() for isco in trade.occupations}


def _registered_twice(random: Random, candidates: list[Person]) -> Iterable[Case]:
    # Early files of people whose names the older spelling changes.
    early = [p for p in candidates if p.registered_on < date(2026, 9, 1)]
    spelled = [p for p in early if {"kh", "q", "ts"} & _digraphs(p)]
    rest = [p for p in early if p not in spelled]
    for spelling in SPELLINGS:
        source = spelled if "Latin" in spelling else rest
        for first in random.sample(source, PAIRS_PER_SPELLING):
            source.remove(first)
            yield Case(registered_again(random, first, spelling, LATE), spelling, first)


def _digraphs(person: Person) -> set[str]:
    latin = (person.last_lat or "").lower()
    return {sign for sign in ("kh", "q", "ts") if sign in latin}


def _give_numbers(random: Random, people: Sequence[Person]) -> None:
    """Personal numbers 00000…, telephone numbers outside the numbering plan, example addresses."""
    # Tens only: the file that is "one digit off" meets nobody else's number.
    for person, tail in zip(people, random.sample(range(100_000), len(people)), strict=True):
        person.personal_number = f"00000{tail:05}{random.choice('02468')}"
        person.phone = f"+995566{tail:06}"
        if random.random() < 0.7:
            first = (person.first_lat or "").lower()
            person.email = f"{first}.{tail:05}@example.ge"


def _give_file_numbers(people: list[Person]) -> None:
    people.sort(key=lambda person: person.registered_on)  # stable: the order of drawing within
    for place, person in enumerate(people, 1):
        person.external_id = f"SAMPLE-{place:04}"


def files(sample: Sample) -> dict[str, tuple[Sequence[str], Iterable[Mapping[str, str]]]]:
    """Name → columns and lines of each file."""
    people = sample.people
    cases = sorted(sample.cases, key=lambda case: (case.case, case.person.external_id))
    return {
        "jobseekers.csv": (columns.COLUMNS, [p.row() for p in people]),
        "papers.csv": (columns.PAPER_COLUMNS, [row for p in people for row in p.paper_rows()]),
        "evidence.csv": (
            columns.EVIDENCE_COLUMNS,
            [row for p in people for row in p.evidence_rows()],
        ),
        "vacancies.csv": (vacancies.COLUMNS, sample.vacancies),
        "cases.csv": (CASE_COLUMNS, [_case_row(case) for case in cases]),
    }


def _case_row(case: Case) -> dict[str, str]:
    about = case.about if isinstance(case.about, str) else case.about.external_id
    return {"external_id": case.person.external_id, "case": case.case, "about": about}


def write(folder: Path) -> None:
    for name, (header, rows) in files(make_sample()).items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    write(HERE)
