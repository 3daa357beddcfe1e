"""Reading the register: lists, files and what happened to them. Opening a file is audited."""

from __future__ import annotations

from typing import Any

from db.models import AuditEventRow, CandidacyEventRow
from db.queries.duplicates import merged_files
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
from services.jobseekers.fields import FIELDS
from services.jobseekers.files import ENTITY, folded_words, record_of, summary_of
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
        files = [external_id, *merged_files(session, row.id)]
        told = [
            HistoryEntry(
                event.happened_at, *_told_of(event, external_id, details), name_ka, name_en
            )
            for event, details, name_ka, name_en in audit_about(session, files, HISTORY_LENGTH)
            if event.subject == external_id or "kept_file" not in (details or {})
        ]
        told += [
            HistoryEntry(step.happened_at, "candidacy", _step(step, number), name_ka, name_en)
            for step, number, name_ka, name_en in candidacy_steps(session, row.id)
        ]
    return tuple(sorted(told, key=lambda entry: entry.happened_at, reverse=True))


def _told_of(
    event: AuditEventRow, external_id: str, details: dict[str, Any] | None
) -> tuple[str, Sentence]:
    """What happened; of a file that was merged into this one, with its number."""
    kind, sentence = _told_of_vacancies(event) or _told(event.action, details)
    if event.subject == external_id:
        return kind, sentence
    text = N_("In {file}: {sentence}")
    return kind, Sentence(text, {"file": event.subject, "sentence": sentence})


def _told_of_vacancies(event: AuditEventRow) -> tuple[str, Sentence] | None:
    """Who looked where the person stands, and took it out; None for other events."""
    values = {"number": event.entity_id}
    match event.entity, event.action:
        case "requirement_table", "exported":
            return "change", Sentence(N_("Sheet of the reasons for vacancy {number}"), values)
        case "requirement_table", _:
            return "read", Sentence(N_("Read the requirement table for vacancy {number}"), values)
        case "vacancies_for_person", _:
            return "read", Sentence(N_("Looked for vacancies that fit"))
        case _:
            return None


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
        case "merged" if "merged_file" in (details or {}):
            return "change", _about_other(N_("{file} was merged into this file"), details)
        case "merged":
            return "change", _about_other(N_("Merged into {file}"), details)
        case "merge_undone" if "merged_file" in (details or {}):
            return "change", _about_other(N_("Merge undone: {file} stands by itself"), details)
        case "merge_undone":
            return "change", _about_other(N_("Merge into {file} undone"), details)
        case "judged_different":
            return "change", _about_other(N_("Found to be another person than {file}"), details)
        case "judgement_taken_back":
            text = N_("No longer held to be another person than {file}")
            return "change", _about_other(text, details)
        case "revealed":
            return "read", Sentence(N_("Looked at the personal number"))
        case "compared":
            return "read", Sentence(N_("Compared as a possible duplicate"))
        case _:
            return "read", Sentence(N_("Opened the file"))


def _about_other(text: str, details: dict[str, Any] | None) -> Sentence:
    """A sentence about the other of two files, whose number the event has."""
    found = [(details or {}).get(name) for name in ("merged_file", "kept_file", "other_file")]
    named = [part for both in found if both for part in both if part]
    return Sentence(text, {"file": named[0] if named else "–"})


def _step(step: CandidacyEventRow, number: str) -> Sentence:
    values = {"number": number, "status": Term("CandidacyStatus", step.to_status.value)}
    if step.reason:
        text = N_("Vacancy {number}: {status} ({reason})")
        return Sentence(text, {**values, "reason": step.reason})
    return Sentence(N_("Vacancy {number}: {status}"), values)
