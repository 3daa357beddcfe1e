"""Many people at once, inside a caller's transaction: imports and sample data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from db.models import JobseekerRow
from db.queries.duplicates import kept_files
from db.repositories import jobseekers
from domain.enums import JobseekerStatus
from domain.exceptions import FieldProblem, InvalidInput, Refused
from domain.records.jobseeker import JobseekerForm
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock
from services.jobseekers.checks import find_problems, tidied
from services.jobseekers.files import ENTITY, apply_form, form_of, merged, new_row
from services.permissions import Permission, check_can


def upsert_jobseekers(
    session: Session,
    forms: Sequence[tuple[str, JobseekerForm]],
    by: Officer | None,
    *,
    known_fields: frozenset[str] | None = None,
) -> tuple[int, int, int]:
    """Create or update by external id inside the caller's transaction: (created, updated, same).

    `known_fields`: the fields that the source has columns for; others stay as they are. `by` None
    is the system itself. Raises InvalidInput or Refused before anything is written.
    """
    if by is not None:
        check_can(by, Permission.JOBSEEKERS_EDIT)
    plain = [(external_id, tidied(form)) for external_id, form in forms]
    _check_all(session, plain)
    jobseekers.lock_register(session)
    rows = {
        row.external_id: row
        for row in jobseekers.list_jobseekers(session, [key for key, _ in plain])
    }
    _check_none_merged(session, rows)
    happened: dict[str, tuple[str, dict[str, Any]]] = {}
    created = same = 0
    for external_id, form in plain:
        row = rows.get(external_id)
        if row is None:
            rows[external_id] = row = new_row(external_id, by)
            day = form.registered_on or clock.today()
            happened[external_id] = (
                "registered",
                apply_form(row, replace(form, registered_on=day)),
            )
            created += 1
        elif changed := apply_form(row, merged(form_of(row), form, known_fields)):
            row.updated_at, row.updated_by = clock.now(), by.id if by else None
            happened[external_id] = ("updated", changed)
        else:
            same += 1
    _record_all(session, rows, happened, by)
    return created, len(plain) - created - same, same


def _check_all(session: Session, forms: Sequence[tuple[str, JobseekerForm]]) -> None:
    problems = tuple(
        FieldProblem(f"{external_id}.{problem.field}", problem.sentence)
        for external_id, form in forms
        for problem in find_problems(form)
    )
    if problems:
        raise InvalidInput(
            N_("{count} values can't be accepted; nothing was saved."),
            problems,
            count=len(problems),
        )
    taken = find_number_conflicts(session, forms)
    if taken:
        raise Refused(
            N_("These files carry a personal number that belongs to another file: {files}."),
            files=tuple(sorted(taken)),
        )


def _check_none_merged(session: Session, rows: Mapping[str, JobseekerRow]) -> None:
    if any(row.status is JobseekerStatus.MERGED for row in rows.values()):
        raise Refused(
            N_("These files were merged into others, use the numbers of those: {files}."),
            files=tuple(f"{file} → {kept}" for file, kept in kept_files(session, [*rows]).items()),
        )


def find_number_conflicts(
    session: Session, forms: Sequence[tuple[str, JobseekerForm]]
) -> dict[str, str]:
    """External id → the other external id that has the same personal number already."""
    numbers = {
        external_id: number
        for external_id, form in forms
        if (number := tidied(form).personal_number)
    }
    owners = jobseekers.holders_of(session, sorted(set(numbers.values())))
    conflicts: dict[str, str] = {}
    for external_id, number in numbers.items():
        owner = owners.setdefault(number, external_id)
        if owner != external_id:
            conflicts[external_id] = owner
    return conflicts


def _record_all(
    session: Session,
    rows: Mapping[str, JobseekerRow],
    happened: Mapping[str, tuple[str, dict[str, Any]]],
    by: Officer | None,
) -> None:
    if not happened:
        return
    session.add_all(rows[external_id] for external_id in happened)
    session.flush()
    events = [
        audit.Happening(action, ENTITY, rows[external_id].id, external_id, details)
        for external_id, (action, details) in happened.items()
    ]
    seqs = audit.record_all(session, events, by=by)
    ids = [rows[external_id].id for external_id in happened]
    jobseekers.note_change(session, dict(zip(ids, seqs, strict=True)))
