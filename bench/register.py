"""Fills a migrated database with the made-up people, to measure starting, changing and storing.

Rows go in as a bulk import of another system would put them, past the use cases, and everybody is
packed straight from the columns: the step of `migrate` would read the tables again, person by
person. A test compares both. 300,000 people take about a minute.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Connection

from bench.people import BROADER, GROUPS, Facts, People, Taxonomy, people, taxonomy
from db.features import LISTS, STATUSES, pack
from db.session import unit_of_work
from domain.enums import CefrLevel, Evidence, JobseekerStatus
from services import audit

REGIONS = ("GE-TB", "GE-AJ", "GE-IM", "GE-KA", "GE-KK", "GE-MM", "GE-RL", "GE-SZ", "GE-SJ", "GE-GU")
FIRST = (("ნინო", "Nino"), ("გიორგი", "Giorgi"), ("მარიამ", "Mariam"), ("ლევან", "Levan"))
LAST = (("ბერიძე", "Beridze"), ("კაპანაძე", "Kapanadze"), ("გელაშვილი", "Gelashvili"))
CITIZENSHIP = ("GE", "GE", "GE", "GE", "GE", "GE", "GE", "GE", "AM", None)
STATUS = ("active", "active", "active", "active", "active", "active", "placed", "withdrawn")
NOW = "2026-01-01 00:00:00"
EVIDENCE = [evidence.value for evidence in Evidence]
LEVELS = ["", *(level.value for level in CefrLevel)]
Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True)
class Filled:
    """What was put in, and the seconds that writing and packing took."""

    people: int
    writing: float
    packing: float


def fill(size: int, *, seed: int = 2) -> Filled:
    """Put `size` people into the process's empty, migrated database."""
    words = taxonomy()
    register = people(size, words, seed)
    started = time.perf_counter()
    with unit_of_work() as work:
        connection = work.session.connection()
        _write_words(connection, words)
        seq = audit.record(work.session, action="imported", entity="file", by=None)
        _write_people(connection, register, seq)
        packing = time.perf_counter()
        _write_packed(connection, register, seq)
        packing = time.perf_counter() - packing
        work.commit()
    with unit_of_work() as work:
        work.session.connection().exec_driver_sql("ANALYZE")
        work.commit()
    return Filled(size, time.perf_counter() - started - packing, packing)


def _write_words(connection: Connection, words: Taxonomy) -> None:
    groups = [
        (f"g{i:03d}", 3, f"b{of:02d}", "-", "own", False)
        for i, of in enumerate(words.broader.tolist())
    ]
    groups += [(f"b{i:02d}", 2, None, "-", "own", False) for i in range(BROADER)]
    names = "code level parent label_en source is_vanished"
    _put(connection, "skill_groups", names, groups)
    assert len(groups) == GROUPS + BROADER
    _put(
        connection,
        "skills",
        "id group_code label_en label_lang source is_vanished",
        [
            (name, f"g{group:03d}", name, "en", "own", False)
            for name, group in zip(words.skill_names, words.group.tolist(), strict=True)
        ],
    )
    essential = {
        (words.skill_names[skill], code)
        for code, some in zip(words.codes, words.essential, strict=True)
        for skill in some.tolist()
    }
    rows = [(skill, code, "essential", "own") for skill, code in sorted(essential)]
    _put(connection, "skill_occupations", "skill_id isco relation source", rows)


def _write_people(connection: Connection, register: People, seq: int) -> None:
    _put(connection, "jobseekers", COLUMNS, _people(register, seq))
    months = register.occupations.value
    years = np.where(months < 0, np.nan, months / 12).tolist()
    _put(
        connection,
        "jobseeker_occupations",
        "jobseeker_id isco evidence years",
        zip(*_named(register.occupations), [None if y != y else y for y in years], strict=True),
    )
    _put(
        connection,
        "jobseeker_skills",
        "jobseeker_id skill_id evidence",
        zip(*_named(register.skills), strict=True),
    )
    level = [LEVELS[value] for value in register.languages.value.tolist()]
    _put(
        connection,
        "jobseeker_languages",
        "jobseeker_id language evidence level",
        zip(*_named(register.languages), level, strict=True),
    )
    _put(
        connection,
        "jobseeker_licences",
        "jobseeker_id licence evidence",
        zip(*_named(register.licences), strict=True),
    )
    person, country, _ = _named(register.desired_countries)
    _put(
        connection,
        "jobseeker_desired_countries",
        "jobseeker_id country",
        zip(person, country, strict=True),
    )
    until = register.passport_valid_until
    known = np.flatnonzero(until >= 0)
    _put(
        connection,
        "jobseeker_documents",
        "jobseeker_id kind valid_until evidence",
        [
            (person, "passport", _day(day), "stated")
            for person, day in zip(
                register.person[known].tolist(), until[known].tolist(), strict=True
            )
        ],
    )


COLUMNS = (
    "id external_id personal_number first_name_ka last_name_ka first_name_lat last_name_lat"
    " name_key birth_date citizenship region education available_from available_to status"
    " registered_on changed_seq version created_at updated_at"
)


def _births(register: People) -> list[int]:
    rng = np.random.default_rng(7)
    found: list[int] = (
        date(1960, 1, 1).toordinal() + rng.integers(0, 17_000, len(register))
    ).tolist()
    return found


def _people(register: People, seq: int) -> Rows:
    born = _births(register)
    numbers = [
        getattr(register, name).tolist()
        for name in ("person", "education", "available_from", "available_to", "registered")
    ]
    for (i, education, begins, ends, registered), birth in zip(
        zip(*numbers, strict=True), born, strict=True
    ):
        (first_ka, first), (last_ka, last) = FIRST[i % 4], LAST[i % 3]
        yield (
            i,
            f"JS-2026-{i:05d}",
            f"{i:011d}",
            first_ka,
            last_ka,
            first,
            last,
            f"|{last.lower()},{first.lower()}",
            _day(birth),
            CITIZENSHIP[i % 10],
            REGIONS[i % 10],
            None if education < 0 else education,
            _day(begins),
            _day(ends),
            STATUS[i % 8],
            _day(registered),
            seq,
            1,
            NOW,
            NOW,
        )


def _write_packed(connection: Connection, register: People, seq: int) -> None:
    number: dict[tuple[str, str], int] = {}
    lists = [_words_of(register, name, kind, number) for name, kind in KINDS.items()]
    for code in CITIZENSHIP:
        if code:
            number.setdefault(("citizenship", code), len(number) + 1)
    names = [(i, kind, name) for (kind, name), i in number.items()]
    _put(connection, "feature_names", "id kind name", names)
    columns = [
        getattr(register, name).tolist()
        for name in (
            *("person", "registered", "education"),
            *("available_from", "available_to", "passport_valid_until"),
        )
    ]
    rows = zip(*columns, _births(register), zip(*lists, strict=True), strict=True)
    _put(
        connection,
        "jobseeker_features",
        "jobseeker_id seq packed",
        ((values[0], seq, _packed_person(values, number)) for values in rows),
    )


def _packed_person(values: Sequence[Any], number: dict[tuple[str, str], int]) -> bytes:
    *stated, birth, words = values
    country = CITIZENSHIP[stated[0] % 10]
    return pack(
        [
            *(None if value < 0 else value for value in stated),
            birth,
            number["citizenship", country] if country else None,
            STATUSES.index(JobseekerStatus(STATUS[stated[0] % 8])),
        ],
        words,
    )


def _words_of(
    register: People, name: str, kind: str, number: dict[tuple[str, str], int]
) -> list[list[int]]:
    """The packed words of one list, for each person."""
    facts: Facts = getattr(register, name)
    places = np.array(
        [number.setdefault((kind, code), len(number) + 1) for code in facts.names], np.int64
    )
    heads = places[facts.name] << 3 | (facts.evidence if name != "desired_countries" else 0)
    words = heads
    if LISTS[name] == 2:
        value = facts.value.astype(np.int64) + (name == "occupations")
        order = np.lexsort((value, heads, facts.row))
        words = np.stack([heads, value], axis=1)[order].reshape(-1)
    else:
        words = heads[np.lexsort((heads, facts.row))]
    ends = np.searchsorted(facts.row, np.arange(len(register) + 1)) * LISTS[name]
    flat, bounds = words.tolist(), ends.tolist()
    return [flat[a:b] for a, b in zip(bounds, bounds[1:], strict=False)]


KINDS = {
    "occupations": "occupation",
    "skills": "skill",
    "languages": "language",
    "licences": "licence",
    "desired_countries": "country",
}


def _named(facts: Facts) -> tuple[list[int], list[str], list[str]]:
    """Person, code and evidence of each fact; ids are rows + 1."""
    return (
        (facts.row + 1).tolist(),
        [facts.names[i] for i in facts.name.tolist()],
        [EVIDENCE[i] for i in facts.evidence.tolist()],
    )


def _day(ordinal: int) -> str | None:
    return None if ordinal < 0 else date.fromordinal(ordinal).isoformat()


def _put(connection: Connection, table: str, names: str, rows: Rows) -> None:
    raw: Any = connection.connection.driver_connection
    columns = names.split()
    cursor = raw.cursor()
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
        return
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        part: list[str] = []
        for row in rows:
            part.append("\t".join(_copied(value) for value in row))
            if len(part) == 10_000:
                copy.write("\n".join(part) + "\n")
                part.clear()
        if part:
            copy.write("\n".join(part) + "\n")
    if "id" in columns and table in ("jobseekers", "feature_names"):
        cursor.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")


def _copied(value: object) -> str:
    if value is None:
        return "\\N"
    return f"\\\\x{value.hex()}" if isinstance(value, bytes) else str(value)
