"""The sample's people many times over, so that the register holds as many as a state's.

Each copy has the facts of the one it was made of and a number of its own; what a person is in (a
ranking, a session, a road abroad) is not copied. Rows go in past the use cases, as an import of
another system would put them.
"""

from __future__ import annotations

import zlib
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from db.base import Base
from db.session import unit_of_work

PEOPLE = "jobseekers"
FACTS = (
    "jobseeker_occupations",
    "jobseeker_skills",
    "jobseeker_languages",
    "jobseeker_licences",
    "jobseeker_documents",
    "jobseeker_education",
    "jobseeker_desired_countries",
)
PACKED = "jobseeker_features"
FIRST_NUMBER = 30_000_000_000
"""Of the personal numbers of copies: no real one begins so."""


def grow(size: int) -> int:
    """Copy the people of the process's database until there are `size`; how many there are."""
    with unit_of_work() as work:
        connection = work.session.connection()
        people = _table(PEOPLE)
        there, last = connection.execute(select(func.count(), func.max(people.c.id))).one()
        originals = [dict(row) for row in connection.execute(select(people)).mappings()]
        facts = {name: _rows(connection, name) for name in (*FACTS, PACKED)}
        while there < size:
            some = originals[: size - there]
            _copy(connection, some, facts, shift=last)
            there, last = there + len(some), last + max(row["id"] for row in originals)
        connection.exec_driver_sql("ANALYZE")
        work.commit()
    return int(there)


def colleagues(username: str, count: int) -> tuple[str, ...]:
    """The officer and so many copies with the same password: one has only so many windows."""
    officers = _table("officers")
    with unit_of_work() as work:
        connection = work.session.connection()
        row = dict(
            connection.execute(select(officers).where(officers.c.username == username))
            .mappings()
            .one()
        )
        names = [f"{username}.{number}" for number in range(1, count + 1)]
        del row["id"]
        connection.execute(insert(officers), [{**row, "username": name} for name in names])
        work.commit()
    return (username, *names)


def _copy(
    connection: Connection,
    originals: list[dict[str, Any]],
    facts: dict[str, list[dict[str, Any]]],
    shift: int,
) -> None:
    chosen = {row["id"] for row in originals}
    connection.execute(
        insert(_table(PEOPLE)),
        [
            {
                **row,
                "id": row["id"] + shift,
                "external_id": f"COPY-{row['id'] + shift:07d}",
                "personal_number": str(FIRST_NUMBER + row["id"] + shift),
            }
            for row in originals
        ],
    )
    for name, rows in facts.items():
        copies = [
            _of_another(row, row["jobseeker_id"] + shift)
            for row in rows
            if row["jobseeker_id"] in chosen
        ]
        if copies:
            connection.execute(insert(_table(name)), copies)


def _of_another(row: dict[str, Any], person: int) -> dict[str, Any]:
    copy = {key: value for key, value in row.items() if key != "id"} | {"jobseeker_id": person}
    if "packed" in copy:
        words = bytearray(copy["packed"][:-4])
        words[4:8] = (person + 1).to_bytes(4, "little")  # see db.features.person_in
        copy["packed"] = bytes(words) + zlib.crc32(words).to_bytes(4, "little")
    return copy


def _rows(connection: Connection, name: str) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(_table(name))).mappings()]


def _table(name: str) -> Table:
    return Base.metadata.tables[name]
