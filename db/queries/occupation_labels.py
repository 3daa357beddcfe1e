"""Job titles that lead to ISCO-08 codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from db.models import OccupationLabelRow, ReferenceFileRow

ESCO = "ESCO "
ESCO_FILES = "esco "
OWN_FILES = ("isco08.csv", "isco08_aliases.csv")


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
