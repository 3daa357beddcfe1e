"""That two files are of two people: remembered, and taken back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from db.models import JobseekerRow, NotDuplicateRow
from db.repositories import jobseekers
from db.session import unit_of_work
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.texts import N_
from services.duplicates.merge_rules import (
    check_not_merged,
)
from services.duplicates.merge_steps import both_files, judgement_row, record_about
from services.permissions import Permission, check_can


def judge_different(*, one: str, other: str, by: Officer) -> None:
    """Remember that two files are of two people: the pair is not shown again."""
    check_can(by, Permission.JOBSEEKERS_MERGE)
    with unit_of_work() as work:
        jobseekers.lock_register(work.session)
        rows = both_files(work.session, one, other)
        for row in rows:
            check_not_merged(work.session, row)
        if rows[1].id in jobseekers.list_not_duplicates(work.session, rows[0].id):
            raise Refused(N_("These files are judged to be of different people already."))
        work.session.add(judgement_row(sorted(row.id for row in rows), by))
        work.session.flush()
        record_about(work.session, "judged_different", _named(rows), by)
        work.commit()


def take_back_judgement(*, one: str, other: str, by: Officer) -> None:
    """Forget that two files are of two people: the pair is shown again."""
    check_can(by, Permission.JOBSEEKERS_MERGE)
    with unit_of_work() as work:
        jobseekers.lock_register(work.session)
        rows = both_files(work.session, one, other)
        first, second = sorted(row.id for row in rows)
        query = select(NotDuplicateRow).where(
            NotDuplicateRow.first_id == first, NotDuplicateRow.second_id == second
        )
        found = work.session.scalars(query).one_or_none()
        if found is None:
            raise Refused(N_("Nobody has judged these files to be of different people."))
        work.session.delete(found)
        work.session.flush()
        record_about(work.session, "judgement_taken_back", _named(rows), by)
        work.commit()


def _named(rows: tuple[JobseekerRow, JobseekerRow]) -> dict[JobseekerRow, dict[str, Any]]:
    one, other = rows
    return {
        one: {"other_file": [None, other.external_id]},
        other: {"other_file": [None, one.external_id]},
    }
