"""Reads and keeps what officers decided on words of vacancies; never commits."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import SettledWordsRow
from domain.records.intake import SettledWords

CHUNK = 500


def settled_words(
    session: Session, vacancy_ids: Collection[int]
) -> dict[int, tuple[SettledWords, ...]]:
    """Everything decided on these vacancies, by their ids."""
    found: dict[int, tuple[SettledWords, ...]] = {}
    ids = sorted(vacancy_ids)
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        query = select(SettledWordsRow).where(SettledWordsRow.vacancy_id.in_(some))
        for row in session.scalars(query.order_by(SettledWordsRow.id)):
            found[row.vacancy_id] = (*found.get(row.vacancy_id, ()), _record(row))
    return found


def find_settled(session: Session, vacancy_id: int, sha256: str) -> SettledWordsRow | None:
    """The decision on one sentence, if there is one."""
    query = select(SettledWordsRow).where(
        SettledWordsRow.vacancy_id == vacancy_id, SettledWordsRow.sha256 == sha256
    )
    return session.scalar(query)


def _record(row: SettledWordsRow) -> SettledWords:
    return SettledWords(
        row.sha256,
        row.settled_as,
        row.settled_at,
        row.reason,
        row.scheme_code,
        row.clause,
        row.source,
    )
