"""Rows of letters and what hangs on them. Callers commit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from db.models import (
    DeadlineExtensionRow,
    LetterDepartmentRow,
    LetterEventRow,
    LetterFileRow,
    LetterReaderRow,
    LetterRow,
    LetterSpecialistRow,
    OfficialDocumentFileRow,
    OfficialDocumentRow,
    ResolutionExecutorRow,
    ResolutionRow,
    StoredFileRow,
)
from domain.enums import (
    ExecutionState,
    LetterStatus,
    OfficialDocumentStatus,
    ResolutionStatus,
)
from domain.records.correspondence import LetterFilter

ENDED = (LetterStatus.DONE, LetterStatus.CLOSED, LetterStatus.VOID)


def get_letter(session: Session, letter_id: int, *, lock: bool = False) -> LetterRow | None:
    """One letter, locked for a change."""
    return session.get(LetterRow, letter_id, with_for_update=lock or None)


def find_letters(
    session: Session, wanted: LetterFilter, reader: tuple[int, Collection[str]] | None, most: int
) -> tuple[Sequence[LetterRow], int]:
    """The newest `most` letters that fit, and how many there are.

    `reader` is an officer with the divisions whose letters the officer may know of; None for who
    sees all. The traffic light is not asked here: it is computed of what is open.
    """
    where = [*_asked(wanted), *([_open_to(*reader)] if reader else [])]
    newest = func.coalesce(LetterRow.registered_at, LetterRow.created_at).desc()
    query = select(LetterRow).where(*where).order_by(newest, LetterRow.id.desc())
    total = session.scalar(select(func.count()).select_from(LetterRow).where(*where)) or 0
    return session.scalars(query.limit(most)).all(), total


def _asked(wanted: LetterFilter) -> Iterator[ColumnElement[bool]]:
    row = LetterRow
    if wanted.direction is not None:
        yield row.direction == wanted.direction
    if wanted.status is not None:
        yield row.status == wanted.status
    if wanted.state is ExecutionState.DONE:
        yield row.status.in_((LetterStatus.DONE, LetterStatus.CLOSED))
    elif wanted.state is not None:
        yield row.status.not_in((*ENDED, LetterStatus.DRAFT))
    if wanted.is_open:
        yield row.status.not_in((LetterStatus.CLOSED, LetterStatus.VOID))
    if wanted.year is not None:
        yield or_(row.year == wanted.year, row.status.not_in(ENDED))
    for word in wanted.text.split():
        texts = (row.number, row.subject, row.organisation, row.person)
        yield or_(*(text.icontains(word, autoescape=True) for text in texts))
    if wanted.department is not None:
        share = LetterDepartmentRow
        yield row.id.in_(
            select(share.letter_id).where(
                share.department_code == wanted.department, share.ended_at.is_(None)
            )
        )
    if wanted.officer_id is not None:
        held, ordered = _held_by(wanted.officer_id), _ordered_to(wanted.officer_id)
        yield or_(
            row.id.in_(held.where(LetterSpecialistRow.ended_at.is_(None))), row.id.in_(ordered)
        )


def _held_by(officer_id: int) -> Select[int]:
    return select(LetterSpecialistRow.letter_id).where(LetterSpecialistRow.officer_id == officer_id)


def _ordered_to(officer_id: int) -> Select[int]:
    executor = ResolutionExecutorRow
    return (
        select(ResolutionRow.letter_id)
        .join(executor, executor.resolution_id == ResolutionRow.id)
        .where(executor.officer_id == officer_id)
    )


def _open_to(officer_id: int, departments: Collection[str]) -> ColumnElement[bool]:
    """The same as `Chain.is_open_to`, said in SQL."""
    share, reader = LetterDepartmentRow, LetterReaderRow
    mine = select(share.letter_id).where(share.department_code.in_(departments))
    asked = select(reader.letter_id).where(
        reader.officer_id == officer_id, reader.asked_at.is_not(None)
    )
    row = LetterRow
    return or_(
        row.created_by == officer_id,
        *(
            row.id.in_(part)
            for part in (mine, _held_by(officer_id), _ordered_to(officer_id), asked)
        ),
    )


def list_years(session: Session) -> Sequence[int]:
    """Years in which numbers were given."""
    query = select(LetterRow.year).where(LetterRow.year.is_not(None)).distinct()
    return [year for year in session.scalars(query) if year is not None]


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


def list_signed(session: Session, ids: Sequence[int]) -> Sequence[int]:
    """Which of the letters are signed in their route."""
    query = (
        select(LetterRow.id)
        .join(OfficialDocumentRow, OfficialDocumentRow.id == LetterRow.document_id)
        .where(LetterRow.id.in_(ids), OfficialDocumentRow.status == OfficialDocumentStatus.SIGNED)
    )
    return session.scalars(query).all()


def list_files(session: Session, letter_id: int) -> list[tuple[LetterFileRow, int]]:
    """The letter's files with their sizes."""
    query = (
        select(LetterFileRow, StoredFileRow.size)
        .join(StoredFileRow, StoredFileRow.sha256 == LetterFileRow.sha256)
        .where(LetterFileRow.letter_id == letter_id)
        .order_by(LetterFileRow.id)
    )
    return [(row, size) for row, size in session.execute(query)]


def count_scans(session: Session, letter_id: int) -> int:
    """Files of a letter beside those that are its own text: the signed scan is one."""
    texts = (
        select(OfficialDocumentFileRow.sha256)
        .join(LetterRow, LetterRow.document_id == OfficialDocumentFileRow.document_id)
        .where(LetterRow.id == letter_id)
    )
    query = select(func.count()).where(
        LetterFileRow.letter_id == letter_id, LetterFileRow.sha256.not_in(texts)
    )
    return session.scalar(query) or 0


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
