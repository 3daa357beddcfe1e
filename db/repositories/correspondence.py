"""Rows of letters and what hangs on them. Callers commit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.models import (
    DeadlineExtensionRow,
    LetterDepartmentRow,
    LetterEventRow,
    LetterFileRow,
    LetterReaderRow,
    LetterRow,
    LetterSpecialistRow,
    ResolutionExecutorRow,
    ResolutionRow,
    StoredFileRow,
)
from domain.enums import LetterStatus, ResolutionStatus

ENDED = (LetterStatus.DONE, LetterStatus.CLOSED, LetterStatus.VOID)


def get_letter(session: Session, letter_id: int, *, lock: bool = False) -> LetterRow | None:
    """One letter, locked for a change."""
    return session.get(LetterRow, letter_id, with_for_update=lock or None)


def list_letters(session: Session) -> Sequence[LetterRow]:
    """All letters, the newest first."""
    query = select(LetterRow).order_by(
        func.coalesce(LetterRow.registered_at, LetterRow.created_at).desc(), LetterRow.id.desc()
    )
    return session.scalars(query).all()


def list_open_letters(session: Session) -> Sequence[LetterRow]:
    """Letters that somebody may still have to do something with."""
    ended = (LetterStatus.CLOSED, LetterStatus.VOID)
    query = select(LetterRow).where(LetterRow.status.not_in(ended)).order_by(LetterRow.id)
    return session.scalars(query).all()


def _of(row: Any, ids: Sequence[int]) -> Select[Any]:
    return select(row).where(row.letter_id.in_(ids))


def list_departments(session: Session, ids: Sequence[int]) -> Sequence[LetterDepartmentRow]:
    """Divisions that have or had the letters, in the order of distribution."""
    query = _of(LetterDepartmentRow, ids).order_by(LetterDepartmentRow.id)
    return session.scalars(query).all()


def list_specialists(session: Session, ids: Sequence[int]) -> Sequence[LetterSpecialistRow]:
    """Specialists who have or had the letters."""
    query = _of(LetterSpecialistRow, ids).order_by(LetterSpecialistRow.id)
    return session.scalars(query).all()


def list_resolutions(session: Session, ids: Sequence[int]) -> Sequence[ResolutionRow]:
    """Resolutions on the letters, in the order in which they were given."""
    return session.scalars(_of(ResolutionRow, ids).order_by(ResolutionRow.id)).all()


def list_executors(session: Session, ids: Sequence[int]) -> Sequence[ResolutionExecutorRow]:
    """Executors of the resolutions on the letters, the responsible ones first."""
    query = (
        select(ResolutionExecutorRow)
        .join(ResolutionRow, ResolutionRow.id == ResolutionExecutorRow.resolution_id)
        .where(ResolutionRow.letter_id.in_(ids))
        .order_by(ResolutionExecutorRow.is_responsible.desc(), ResolutionExecutorRow.officer_id)
    )
    return session.scalars(query).all()


def list_extensions(session: Session, ids: Sequence[int]) -> Sequence[DeadlineExtensionRow]:
    """Requests for later deadlines on the letters' resolutions, in their order."""
    query = (
        select(DeadlineExtensionRow)
        .join(ResolutionRow, ResolutionRow.id == DeadlineExtensionRow.resolution_id)
        .where(ResolutionRow.letter_id.in_(ids))
        .order_by(DeadlineExtensionRow.id)
    )
    return session.scalars(query).all()


def list_readers(session: Session, ids: Sequence[int]) -> Sequence[LetterReaderRow]:
    """Who opened the letters, or has to."""
    return session.scalars(_of(LetterReaderRow, ids).order_by(LetterReaderRow.officer_id)).all()


def list_files(session: Session, letter_id: int) -> list[tuple[LetterFileRow, int]]:
    """The letter's files with their sizes."""
    query = (
        select(LetterFileRow, StoredFileRow.size)
        .join(StoredFileRow, StoredFileRow.sha256 == LetterFileRow.sha256)
        .where(LetterFileRow.letter_id == letter_id)
        .order_by(LetterFileRow.id)
    )
    return [(row, size) for row, size in session.execute(query)]


def list_events(session: Session, letter_id: int) -> Sequence[LetterEventRow]:
    """The letter's history, the first step first."""
    return session.scalars(_of(LetterEventRow, [letter_id]).order_by(LetterEventRow.id)).all()


def count_open(session: Session) -> dict[int, int]:
    """How many letters each specialist has in hand."""
    query = (
        select(
            LetterSpecialistRow.officer_id,
            func.count(LetterSpecialistRow.letter_id.distinct()),
        )
        .join(LetterRow, LetterRow.id == LetterSpecialistRow.letter_id)
        .where(LetterSpecialistRow.ended_at.is_(None), LetterRow.status.not_in(ENDED))
        .group_by(LetterSpecialistRow.officer_id)
    )
    return {officer_id: count for officer_id, count in session.execute(query)}  # noqa: C416 - rows


def list_open_deadlines(session: Session) -> list[tuple[int, Any]]:
    """Officer and day of each resolution that is still to be done."""
    query = (
        select(ResolutionExecutorRow.officer_id, ResolutionRow.due_on)
        .join(ResolutionRow, ResolutionRow.id == ResolutionExecutorRow.resolution_id)
        .where(ResolutionRow.status == ResolutionStatus.OPEN)
    )
    return [(officer_id, due_on) for officer_id, due_on in session.execute(query)]
