"""Loads the reference files into their tables; a file that has not changed is left alone."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import ColumnElement, delete, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.base import Base
from db.models import (
    AdequateCountryRow,
    LicenceRow,
    MinimumWageRow,
    MunicipalityRow,
    OccupationLabelRow,
    OccupationRow,
    OrganisationRow,
    ReferenceCodeRow,
    ReferenceFileRow,
    RegionRow,
    SchemeRow,
    SkillGroupRow,
    SkillLabelRow,
    SkillOccupationRow,
    SkillRow,
)

HERE = Path(__file__).parent
OFFICERS_LANGUAGES = ("en", "ka")
ISCO = "ISCO-08"
"""Source of the official titles of unit groups."""
Row = dict[str, Any]


def load_reference(session: Session) -> tuple[str, ...]:
    """Bring every reference table up to its file; returns the names of the files that were read.

    The caller commits. Rows are updated in place, so that what people's files refer to stays.
    """
    read = []
    for name, load in FILES.items():
        content = (HERE / name).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        known = session.get(ReferenceFileRow, name)
        if known is not None and known.sha256 == digest:
            continue
        load(session, name)
        session.merge(ReferenceFileRow(name=name, sha256=digest))
        session.flush()
        read.append(name)
    return tuple(read)


def _rows(name: str) -> Iterator[Row]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            yield {key: value or None for key, value in line.items()}


def _upsert(session: Session, table: type[Base], rows: Iterable[Row]) -> None:
    keys = [column.name for column in table.__table__.primary_key]
    for names, alike in groupby(rows, key=tuple):
        statement = _dialect(session).insert(table.__table__)
        changed = {name: statement.excluded[name] for name in names if name not in keys}
        session.connection().execute(
            statement.on_conflict_do_update(index_elements=keys, set_=changed)
            if changed
            else statement.on_conflict_do_nothing(),
            list(alike),
        )


def _dialect(session: Session) -> Any:
    return sqlite if session.get_bind().dialect.name == "sqlite" else postgresql


def _plain(table: type[Base], **renamed: str) -> Callable[[Session, str], None]:
    """A loader for a file whose columns are the table's, but for those in `renamed`."""

    def load(session: Session, name: str) -> None:
        _upsert(
            session,
            table,
            ({renamed.get(key, key): value for key, value in row.items()} for row in _rows(name)),
        )

    return load


def _codes(kind: str) -> Callable[[Session, str], None]:
    def load(session: Session, name: str) -> None:
        _upsert(
            session,
            ReferenceCodeRow,
            (
                {
                    "kind": kind,
                    "code": row["code"],
                    "position": int(row.get("order") or position),
                    "label_en": row.get("label_en"),
                    "label_ka": row.get("label_ka"),
                }
                for position, row in enumerate(_rows(name))
            ),
        )

    return load


def _occupations(session: Session, name: str) -> None:
    _upsert(session, OccupationRow, ({**row, "level": int(row["level"])} for row in _rows(name)))


def _groups(session: Session, name: str) -> None:
    rows = [{**row, "level": int(row["level"])} for row in _rows(name)]
    _upsert(session, SkillGroupRow, sorted(rows, key=lambda row: row["level"]))


def _aliases(session: Session, name: str) -> None:
    session.execute(delete(OccupationLabelRow).where(OccupationLabelRow.source == "own"))
    session.add_all(
        OccupationLabelRow(isco=row["code"], lang=row["lang"], label=row["label"], source="own")
        for row in _rows(name)
    )


def _titles(session: Session, name: str) -> None:
    session.execute(delete(OccupationLabelRow).where(OccupationLabelRow.source == ISCO))
    kept = {"kind": "preferred", "source": ISCO}
    session.execute(
        insert(OccupationLabelRow),
        [
            {"isco": row["code"], "lang": row["lang"], "label": row["title"]} | kept
            for row in _rows(name)
        ],
    )


def _skills(session: Session, name: str) -> None:
    rows = list(_rows(name))
    _plain(SkillRow, group="group_code")(session, name)
    labels = [
        (row["id"], lang, row[f"label_{lang}"])
        for row in rows
        for lang in OFFICERS_LANGUAGES
        if row[f"label_{lang}"]
    ]
    _replace_labels(session, labels, SkillLabelRow.lang.in_(OFFICERS_LANGUAGES))


def _skill_labels(session: Session, name: str) -> None:
    """Further languages, for finding skills in texts."""
    labels = [(row["skill"], row["lang"], row["label"]) for row in _rows(name)]
    _replace_labels(session, labels, SkillLabelRow.lang.not_in(OFFICERS_LANGUAGES))


def _replace_labels(
    session: Session, labels: Iterable[tuple[str, str, str]], of_languages: ColumnElement[bool]
) -> None:
    session.execute(delete(SkillLabelRow).where(SkillLabelRow.source == "own", of_languages))
    names = ("skill_id", "lang", "label")
    kept = {"kind": "preferred", "source": "own"}
    session.execute(
        insert(SkillLabelRow), [dict(zip(names, row, strict=True)) | kept for row in labels]
    )


def _links(session: Session, name: str) -> None:
    """Our own judgement goes before what was counted from ESCO for the same pair."""
    session.execute(delete(SkillOccupationRow).where(SkillOccupationRow.source == "own"))
    statement = _dialect(session).insert(SkillOccupationRow)
    changed = {name: statement.excluded[name] for name in ("relation", "source")}
    session.execute(
        statement.on_conflict_do_update(index_elements=["skill_id", "isco"], set_=changed),
        [
            {
                "skill_id": row["skill"],
                "isco": row["isco"],
                "relation": row["relation"],
                "source": "own",
            }
            for row in _rows(name)
        ],
    )


def _wages(session: Session, name: str) -> None:
    session.execute(delete(MinimumWageRow))
    session.add_all(
        MinimumWageRow(
            country=row["country"],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            amount=Decimal(row["amount"]) if row["amount"] else None,
            currency=row["currency"],
            period=row["period"],
            source=row["source"],
            status=row["status"] or "stated",
        )
        for row in _rows(name)
    )


def _adequacy(session: Session, name: str) -> None:
    session.execute(delete(AdequateCountryRow))
    for row in _rows(name):
        days = {"valid_from": _day(row["valid_from"]), "valid_to": _day(row["valid_to"])}
        session.add(AdequateCountryRow(**row | days))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _schemes(session: Session, name: str) -> None:
    schemes = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))["schemes"]
    _upsert(
        session,
        SchemeRow,
        (
            {
                "code": scheme["code"],
                "country": scheme["country"],
                "title_en": scheme["title_en"],
                "title_ka": scheme["title_ka"],
                "in_force_from": scheme.get("in_force_from") or scheme.get("applies_from"),
                "in_force_to": scheme.get("in_force_to"),
                "annual_quota": (scheme.get("annual_quota") or {}).get("value"),
                "terms": _dates_as_text(scheme),
            }
            for scheme in schemes
        ),
    )


def _dates_as_text(value: Any) -> Any:
    match value:
        case dict():
            return {key: _dates_as_text(part) for key, part in value.items()}
        case list():
            return [_dates_as_text(part) for part in value]
        case date():
            return value.isoformat()
        case _:
            return value


FILES: dict[str, Callable[[Session, str], None]] = {
    "organisations.csv": _plain(OrganisationRow),
    "regions.csv": _plain(RegionRow),
    "municipalities.csv": _plain(MunicipalityRow),
    "isced.csv": _codes("education"),
    "cefr.csv": _codes("cefr"),
    "languages.csv": _codes("language"),
    "licences.csv": _plain(LicenceRow),
    "isco08.csv": _occupations,
    "isco08_aliases.csv": _aliases,
    "isco08_titles.csv": _titles,
    "skill_groups.csv": _groups,
    "skills.csv": _skills,
    "skill_labels.csv": _skill_labels,
    "skill_occupations.csv": _links,
    "minimum_wages.csv": _wages,
    "adequate_countries.csv": _adequacy,
    "schemes.yaml": _schemes,
}
"""In the order in which they refer to each other."""
