"""Parting two united files again, and what hinders it."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import CandidacyRow, JobseekerMergeRow, JobseekerRow, NotDuplicateRow
from db.queries import duplicates as queries
from db.repositories import jobseekers
from db.repositories.deployments import follow_candidacy
from db.session import reading, unit_of_work
from domain.enums import JobseekerStatus
from domain.exceptions import Refused
from domain.records.duplicates import Merge
from domain.records.jobseeker import JobseekerForm, JobseekerRecord
from domain.records.officer import Officer
from domain.texts import N_
from domain.transitions import JOBSEEKER, check_can_move
from services import clock
from services.consents.of_file import carry
from services.duplicates.merge_rules import (
    undo_obstacles,
)
from services.duplicates.merge_steps import record_about, touch
from services.jobseekers.files import apply_form, form_of, record_of
from services.jobseekers.form_snapshots import form_from_json
from services.permissions import Permission, check_can
from services.vacancies.publishing import joined


def list_merges(*, external_id: str, by: Officer) -> tuple[Merge, ...]:
    """The merges in force that a file is part of, newest first, with what hinders undoing each."""
    check_can(by, Permission.JOBSEEKERS_READ)
    with reading() as session:
        row = jobseekers.get_jobseeker(session, external_id)
        return tuple(
            Merge(
                merge.id,
                kept,
                merged,
                merge.merged_at,
                name_ka,
                name_en,
                _undo_obstacles(session, merge, kept, merged),
            )
            for merge, kept, merged, name_ka, name_en in queries.merges_of(session, row.id)
        )


def _undo_obstacles(session: Session, merge: JobseekerMergeRow, kept: str, merged: str) -> Any:
    rows = [jobseekers.get_jobseeker(session, file) for file in (kept, merged)]
    return undo_obstacles(session, merge, *rows)


def undo_merge(*, merged: str, by: Officer) -> JobseekerRecord:
    """Part two files again: each as it was, but for what was changed since in other fields."""
    check_can(by, Permission.JOBSEEKERS_MERGE)
    with unit_of_work() as work:
        jobseekers.lock_register(work.session)
        row = jobseekers.get_jobseeker(work.session, merged, to_change=True)
        query = select(JobseekerMergeRow).where(
            JobseekerMergeRow.merged_id == row.id, JobseekerMergeRow.undone_at.is_(None)
        )
        merge = work.session.scalars(query.with_for_update()).one_or_none()
        if merge is None:
            raise Refused(N_("{file} is not merged: there is nothing to undo."), file=merged)
        owner = work.session.get_one(JobseekerRow, merge.kept_id)
        kept = jobseekers.get_jobseeker(work.session, owner.external_id, to_change=True)
        if obstacles := undo_obstacles(work.session, merge, kept, row):
            raise Refused(joined(obstacles))
        _part(work.session, merge, kept, row, by)
        work.commit()
        return record_of(row)


def _part(
    session: Session,
    merge: JobseekerMergeRow,
    kept: JobseekerRow,
    merged: JobseekerRow,
    by: Officer,
) -> None:
    before = merge.before
    changed = apply_form(kept, _form_before(before, form_of(kept)))
    touch(kept, by)
    session.flush()  # the number is free again before the merged file takes it back
    status = JobseekerStatus(before["status"])
    check_can_move(JOBSEEKER, merged.status, status)
    merged.status, merged.personal_number = status, before["personal_number"]
    touch(merged, by)
    for candidacy_id in before["candidacies"]:
        session.get_one(CandidacyRow, candidacy_id).jobseeker_id = merged.id
        follow_candidacy(session, candidacy_id, merged.id)
    carry(
        session,
        consents=before.get("consents", ()),
        candidacies=before["candidacies"],
        earlier_stays=before.get("earlier_stays", ()),
        jobseeker_id=merged.id,
    )
    for first, second in before["judgements"]:
        query = select(NotDuplicateRow).where(
            NotDuplicateRow.first_id == first, NotDuplicateRow.second_id == second
        )
        for judgement in session.scalars(query):
            session.delete(judgement)
    merge.undone_at, merge.undone_by = clock.now(), by.id
    session.flush()
    parted = {"merged_file": [merged.external_id, None], **changed}
    back = {"kept_file": [kept.external_id, None], "status": ["merged", status]}
    record_about(session, "merge_undone", {kept: parted, merged: back}, by)


def _form_before(before: dict[str, Any], now: JobseekerForm) -> JobseekerForm:
    """What the merge had set goes back; what it had left alone stays as it is today."""
    was, after = form_from_json(before["kept"]), form_from_json(before["after"])
    names = [f.name for f in fields(JobseekerForm)]
    return replace(
        now,
        **{n: getattr(was, n) for n in names if getattr(was, n) != getattr(after, n)},
    )
