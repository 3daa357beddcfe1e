"""Reading the register: lists, files and what happened to them. Opening a file is audited."""

from __future__ import annotations

from typing import Any

from db.models import CandidacyEventRow
from db.queries.jobseekers import SORTS, audit_about, candidacy_steps, page_of_jobseekers
from db.repositories.jobseekers import get_jobseeker as get_row
from db.session import reading, unit_of_work
from domain.exceptions import InvalidInput
from domain.records.jobseeker import (
    HistoryEntry,
    JobseekerPage,
    JobseekerQuery,
    JobseekerRecord,
)
from domain.records.officer import Officer
from domain.texts import N_, Sentence, Term
from services import audit
from services.jobseeker_fields import FIELDS
from services.jobseeker_files import ENTITY, folded_words, record_of, summary_of
from services.permissions import Permission, check_can

HISTORY_LENGTH = 500


def find_jobseekers(*, query: JobseekerQuery, by: Officer) -> JobseekerPage:
    """A page of the register; personal numbers are masked."""
    check_can(by, Permission.JOBSEEKERS_READ)
    if query.sort not in SORTS:
        raise InvalidInput(N_("The list can't be sorted by “{column}”."), column=query.sort)
    with reading() as session:
        rows, total = page_of_jobseekers(session, query, folded_words(query.text))
        return JobseekerPage(tuple(summary_of(row) for row in rows), total)


def get_jobseeker(*, external_id: str, by: Officer) -> JobseekerRecord:
    """A person's whole file; who opened it is audited."""
    return _opened(external_id, "read", by)


def reveal_personal_number(*, external_id: str, by: Officer) -> str | None:
    """The personal number in full; who asked is audited."""
    return _opened(external_id, "revealed", by).form.personal_number


def _opened(external_id: str, action: str, by: Officer) -> JobseekerRecord:
    check_can(by, Permission.JOBSEEKERS_READ)
    with unit_of_work() as work:
        row = get_row(work.session, external_id)
        audit.record(
            work.session,
            action=action,
            entity=ENTITY,
            entity_id=row.id,
            subject=external_id,
            by=by,
        )
        work.commit()
        return record_of(row)


def list_history(*, external_id: str, by: Officer) -> tuple[HistoryEntry, ...]:
    """What happened to a file and its candidacies, and who looked; newest first."""
    check_can(by, Permission.JOBSEEKERS_READ)
    with reading() as session:
        row = get_row(session, external_id)
        told = [
            HistoryEntry(event.happened_at, *_told(event.action, details), name_ka, name_en)
            for event, details, name_ka, name_en in audit_about(
                session, external_id, HISTORY_LENGTH
            )
        ]
        told += [
            HistoryEntry(step.happened_at, "candidacy", _step(step, number), name_ka, name_en)
            for step, number, name_ka, name_en in candidacy_steps(session, row.id)
        ]
    return tuple(sorted(told, key=lambda entry: entry.happened_at, reverse=True))


def _told(action: str, details: dict[str, Any] | None) -> tuple[str, Sentence]:
    """The kind of an audit event, and the sentence that tells it."""
    match action:
        case "registered":
            return "change", Sentence(N_("Registered"))
        case "updated":
            fields = tuple(Sentence(FIELDS[name]) for name in details or {} if name in FIELDS)
            return "change", Sentence(N_("Changed: {fields}"), {"fields": fields})
        case "withdrawn":
            reason = (details or {}).get("reason", "")
            return "change", Sentence(
                N_("Withdrawn from the register: {reason}"), {"reason": reason}
            )
        case "reactivated":
            reason = (details or {}).get("reason", "")
            return "change", Sentence(N_("Back on the register: {reason}"), {"reason": reason})
        case "revealed":
            return "read", Sentence(N_("Looked at the personal number"))
        case "compared":
            return "read", Sentence(N_("Compared as a possible duplicate"))
        case _:
            return "read", Sentence(N_("Opened the file"))


def _step(step: CandidacyEventRow, number: str) -> Sentence:
    values = {"number": number, "status": Term("CandidacyStatus", step.to_status.value)}
    if step.reason:
        text = N_("Vacancy {number}: {status} ({reason})")
        return Sentence(text, {**values, "reason": step.reason})
    return Sentence(N_("Vacancy {number}: {status}"), values)
