"""Job titles that lead to ISCO-08 codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.orm import Session

from db.models import OccupationLabelRow, OccupationRow, ReferenceFileRow

ESCO = "ESCO "
ESCO_FILES = "esco "
OWN_FILES = ("isco08.csv", "isco08_aliases.csv")


def label_set(session: Session) -> tuple[tuple[str, str], ...]:
    """What identifies the labels in use: an index over them is good as long as this is the same."""
    rows = select(ReferenceFileRow.name, ReferenceFileRow.sha256).where(
        or_(ReferenceFileRow.name.in_(OWN_FILES), ReferenceFileRow.name.startswith(ESCO_FILES))
    )
    return tuple((name, sha) for name, sha in session.execute(rows.order_by("name")))


def labels_in(session: Session, language: str) -> list[tuple[str, str]]:
    """(ISCO-08 unit group, label) of a language: official titles first, then other job titles."""
    found: list[tuple[str, str]] = []
    titles = {"en": OccupationRow.title_en, "ka": OccupationRow.title_ka}
    if language in titles:
        official = select(OccupationRow.code, titles[language]).where(OccupationRow.level == 4)
        found.extend((code, label) for code, label in session.execute(official))
    others = select(OccupationLabelRow.isco, OccupationLabelRow.label)
    others = others.where(OccupationLabelRow.lang == language)
    found.extend((code, label) for code, label in session.execute(others))
    return found


def concepts_in(session: Session, language: str) -> list[tuple[str, str]]:
    """(ESCO occupation, label) of a language: only what an ESCO file brought."""
    row = OccupationLabelRow
    query = select(row.concept_uri, row.label).where(
        row.lang == language, row.concept_uri.is_not(None)
    )
    return [(uri or "", label) for uri, label in session.execute(query)]


def replace_esco_labels(
    session: Session, labels: Iterable[Mapping[str, Any]], languages: Iterable[str]
) -> None:
    """Put the labels in the place of those of the same languages that an ESCO file brought."""
    session.execute(
        delete(OccupationLabelRow)
        .where(OccupationLabelRow.source.startswith(ESCO))
        .where(OccupationLabelRow.lang.in_(sorted(languages)))
        .execution_options(synchronize_session=False)
    )
    for part in _batched(labels, 5000):
        session.execute(insert(OccupationLabelRow), part)


def _batched(labels: Iterable[Mapping[str, Any]], size: int) -> Iterable[list[Mapping[str, Any]]]:
    part: list[Mapping[str, Any]] = []
    for label in labels:
        part.append(label)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part


def has_esco(session: Session) -> bool:
    """Whether labels of ESCO were imported."""
    row = ReferenceFileRow
    found = select(row.name).where(row.name.startswith(ESCO_FILES)).limit(1)
    return session.scalar(found) is not None
