"""Job-seekers with their whole file; never commits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from sqlalchemy import Table, bindparam, func, select, text, update
from sqlalchemy.orm import Session, selectinload

from db.models import JobseekerRow, NotDuplicateRow
from db.repositories.features import keep_features
from domain.exceptions import NotFound
from domain.texts import N_

WHOLE_FILE = tuple(
    selectinload(part)
    for part in (
        JobseekerRow.occupations,
        JobseekerRow.skills,
        JobseekerRow.languages,
        JobseekerRow.licences,
        JobseekerRow.documents,
        JobseekerRow.education_entries,
        JobseekerRow.desired_countries,
    )
)
_CHUNK = 500
_PEOPLE = cast(Table, JobseekerRow.__table__)
NOTE_CHANGE = (
    update(_PEOPLE).where(_PEOPLE.c.id == bindparam("person")).values(changed_seq=bindparam("seq"))
)


def lock_register(session: Session) -> None:
    """Let one transaction at a time add or rename people: numbers and duplicates stay exact.

    On SQLite every writing transaction already has that place (BEGIN IMMEDIATE).
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext('jobseekers'))"))


def find_jobseeker(
    session: Session, external_id: str, *, to_change: bool = False, whole: bool = True
) -> JobseekerRow | None:
    query = select(JobseekerRow).where(JobseekerRow.external_id == external_id)
    if to_change:
        query = query.with_for_update()
    if whole:
        query = query.options(*WHOLE_FILE)
    return session.scalars(query).one_or_none()


def get_jobseeker(
    session: Session, external_id: str, *, to_change: bool = False, whole: bool = True
) -> JobseekerRow:
    """The person's file; not `whole`: without its lists, each of which is a query of its own."""
    row = find_jobseeker(session, external_id, to_change=to_change, whole=whole)
    if row is None:
        raise NotFound(N_("There is no job-seeker with this number. Search by name instead."))
    return row


def list_jobseekers(session: Session, external_ids: Sequence[str]) -> list[JobseekerRow]:
    found: list[JobseekerRow] = []
    for start in range(0, len(external_ids), _CHUNK):
        part = external_ids[start : start + _CHUNK]
        query = select(JobseekerRow).where(JobseekerRow.external_id.in_(part))
        found.extend(session.scalars(query.options(*WHOLE_FILE)))
    return found


def holders_of(session: Session, personal_numbers: Sequence[str]) -> dict[str, str]:
    """Personal number → external id, of those already in the register."""
    found: dict[str, str] = {}
    for start in range(0, len(personal_numbers), _CHUNK):
        part = personal_numbers[start : start + _CHUNK]
        query = select(JobseekerRow.personal_number, JobseekerRow.external_id)
        for number, external_id in session.execute(
            query.where(JobseekerRow.personal_number.in_(part))
        ):
            found[str(number)] = external_id
    return found


def add_jobseeker(session: Session, row: JobseekerRow) -> None:
    session.add(row)


def next_external_id(session: Session, year: int) -> str:
    """The next free `JS-YYYY-NNNNN`; call `lock_register` first."""
    start = f"JS-{year}-"
    digits = func.length(JobseekerRow.external_id)
    query = select(JobseekerRow.external_id).where(
        JobseekerRow.external_id.startswith(start, autoescape=True), digits >= len(start) + 5
    )
    # Longer numbers are higher ones: 100000 follows 99999.
    for last in session.scalars(query.order_by(digits.desc(), JobseekerRow.external_id.desc())):
        if last[len(start) :].isdecimal():
            return f"{start}{int(last[len(start) :]) + 1:05d}"
    return f"{start}00001"


def note_change(session: Session, seq_of: Mapping[int, int]) -> None:
    """Set `changed_seq` of each person id without counting as another version, and pack them."""
    session.flush()
    session.connection().execute(
        NOTE_CHANGE,
        [{"person": person, "seq": seq} for person, seq in seq_of.items()],
    )
    keep_features(session, seq_of)


def list_not_duplicates(session: Session, jobseeker_id: int) -> set[int]:
    """Ids of the people whom an officer found to be somebody else."""
    query = select(NotDuplicateRow).where(
        (NotDuplicateRow.first_id == jobseeker_id) | (NotDuplicateRow.second_id == jobseeker_id)
    )
    pairs: Iterable[NotDuplicateRow] = session.scalars(query)
    return {p.second_id if p.first_id == jobseeker_id else p.first_id for p in pairs}
