"""Registering people, keeping their files and finding them (stage S07)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from db.models import JobseekerRow
from db.queries.jobseekers import open_candidacies
from db.repositories import jobseekers
from db.session import unit_of_work
from domain.enums import CandidacyStatus, JobseekerStatus
from domain.exceptions import FieldProblem, InvalidInput, Refused, StaleVersion
from domain.records.jobseeker import (
    JobseekerForm,
    JobseekerRecord,
    PossibleDuplicate,
)
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from domain.transitions import HOLDING, JOBSEEKER, check_can_move
from matching.names import romanise_name
from services import audit, clock
from services.candidacies import move_candidacy
from services.duplicates.merge_rules import check_not_merged
from services.duplicates.of_form import LikelyDuplicates, likely_duplicates, store_judgements
from services.jobseekers.bulk_registration import upsert_jobseekers
from services.jobseekers.checks import find_problems, tidied
from services.jobseekers.files import ENTITY, apply_form, name_key, new_row, record_of
from services.jobseekers.register import (
    find_jobseekers,
    get_jobseeker,
    list_history,
    reveal_personal_number,
)
from services.permissions import Permission, check_can

__all__ = [
    "LikelyDuplicates",
    "change_file",
    "check_form",
    "find_jobseekers",
    "find_possible_duplicates",
    "get_jobseeker",
    "list_history",
    "reactivate_jobseeker",
    "register_jobseeker",
    "reveal_personal_number",
    "suggest_latin",
    "update_jobseeker",
    "upsert_jobseekers",
    "withdraw_jobseeker",
]
IN_PROGRESS = HOLDING | {CandidacyStatus.EMPLOYER_RESERVE}
"""Whose CV an employer may have: it has to be taken out there first."""


def _stale(saved: JobseekerRecord, offered: JobseekerForm) -> StaleVersion:
    return StaleVersion(
        N_(
            "Somebody else saved this file while you were editing. Nothing was overwritten:"
            " compare both versions and save again."
        ),
        yours=offered,
        theirs=saved,
    )


def check_form(form: JobseekerForm) -> JobseekerForm:
    """The tidied form; InvalidInput names every field that can't be accepted."""
    plain = tidied(form)
    if problems := find_problems(plain):
        raise InvalidInput(N_("Some fields need another look: see beside them."), problems)
    return plain


def suggest_latin(name_ka: str | None) -> str:
    """The passport spelling of a Georgian name by the national romanisation, to be confirmed."""
    return romanise_name(name_ka or "")


def register_jobseeker(
    *, form: JobseekerForm, confirmed_not_duplicates: tuple[str, ...] = (), by: Officer
) -> JobseekerRecord:
    """Open a file; LikelyDuplicates unless an officer judged every likely one (external ids)."""
    check_can(by, Permission.JOBSEEKERS_EDIT)
    plain = check_form(form)
    with unit_of_work() as work:
        jobseekers.lock_register(work.session)
        likely = _judged_duplicates(work.session, plain, confirmed_not_duplicates)
        external_id = jobseekers.next_external_id(work.session, clock.today().year)
        row = new_row(external_id, by)
        changed = apply_form(
            row, replace(plain, registered_on=plain.registered_on or clock.today())
        )
        jobseekers.add_jobseeker(work.session, row)
        work.session.flush()
        store_judgements(work.session, row, likely, by)
        _record_change(work.session, "registered", row, changed, by)
        work.commit()
        return record_of(row)


def _judged_duplicates(
    session: Session,
    form: JobseekerForm,
    confirmed: tuple[str, ...],
    but: int | None = None,
) -> tuple[PossibleDuplicate, ...]:
    """The likely duplicates when all are judged, else LikelyDuplicates."""
    likely = likely_duplicates(session, form, but=but)
    unjudged = tuple(
        found
        for found in likely
        if found.has_same_number or found.record.external_id not in confirmed
    )
    if unjudged:
        raise LikelyDuplicates(unjudged)
    return likely


def _record_change(
    session: Session, action: str, row: JobseekerRow, details: dict[str, Any], by: Officer | None
) -> None:
    seq = audit.record(
        session,
        action=action,
        entity=ENTITY,
        entity_id=row.id,
        subject=row.external_id,
        details=details,
        by=by,
    )
    jobseekers.note_change(session, {row.id: seq})


def update_jobseeker(
    *,
    external_id: str,
    form: JobseekerForm,
    version: int,
    confirmed_not_duplicates: tuple[str, ...] = (),
    by: Officer,
) -> JobseekerRecord:
    """Save a changed file; StaleVersion, with both versions, if somebody saved first."""
    check_can(by, Permission.JOBSEEKERS_EDIT)
    plain = check_form(form)
    with unit_of_work() as work:
        jobseekers.lock_register(work.session)
        row = jobseekers.get_jobseeker(work.session, external_id, to_change=True)
        if change_file(work.session, row, plain, version, confirmed_not_duplicates, by):
            work.commit()
        return record_of(row)


def change_file(
    session: Session,
    row: JobseekerRow,
    form: JobseekerForm,
    version: int,
    confirmed_not_duplicates: tuple[str, ...],
    by: Officer,
) -> bool:
    """Write a checked form into a file in the caller's transaction; whether anything changed.

    The caller has locked the register. StaleVersion, with both versions, if somebody saved first.
    """
    if row.version != version:
        raise _stale(record_of(row), form)
    check_not_merged(session, row)
    is_renamed = name_key(form) != row.name_key or (
        (form.birth_date, form.personal_number) != (row.birth_date, row.personal_number)
    )
    if is_renamed:
        likely = _judged_duplicates(session, form, confirmed_not_duplicates, row.id)
        store_judgements(session, row, likely, by)
    changed = apply_form(row, form)
    if changed:
        row.updated_at, row.updated_by = clock.now(), by.id
        session.flush()
        _record_change(session, "updated", row, changed, by)
    return bool(changed)


def find_possible_duplicates(
    *, form: JobseekerForm, external_id: str | None = None, by: Officer
) -> tuple[PossibleDuplicate, ...]:
    """Registered people to compare with the form before saving; being compared is audited.

    `external_id`: the form's own file, when a known person is edited.
    """
    check_can(by, Permission.JOBSEEKERS_EDIT)
    with unit_of_work() as work:
        own = jobseekers.get_jobseeker(work.session, external_id).id if external_id else None
        likely = likely_duplicates(work.session, tidied(form), but=own)
        for found in likely:
            audit.record(
                work.session,
                action="compared",
                entity=ENTITY,
                entity_id=found.record.id,
                subject=found.record.external_id,
                by=by,
            )
        work.commit()
        return likely


def withdraw_jobseeker(
    *, external_id: str, reason: str, version: int, by: Officer
) -> JobseekerRecord:
    """Take a person off the register at their wish; open preselections end with it."""
    return _moved(external_id, JobseekerStatus.WITHDRAWN, "withdrawn", reason, version, by)


def reactivate_jobseeker(
    *, external_id: str, reason: str, version: int, by: Officer
) -> JobseekerRecord:
    """Put a withdrawn or suspended person back on the register."""
    return _moved(external_id, JobseekerStatus.ACTIVE, "reactivated", reason, version, by)


def _moved(
    external_id: str,
    status: JobseekerStatus,
    action: str,
    reason: str,
    version: int,
    by: Officer,
) -> JobseekerRecord:
    check_can(by, Permission.JOBSEEKERS_EDIT)
    if not reason.strip():
        sentence = Sentence(N_("Give a reason: the person may ask for it later."))
        raise InvalidInput(sentence, (FieldProblem(field="reason", sentence=sentence),))
    with unit_of_work() as work:
        row = jobseekers.get_jobseeker(work.session, external_id, to_change=True)
        saved = record_of(row)
        if row.version != version:
            raise _stale(saved, saved.form)
        check_not_merged(work.session, row)
        check_can_move(JOBSEEKER, row.status, status)
        if status is JobseekerStatus.WITHDRAWN:
            _end_candidacies(work.session, row, reason, by)
        row.status, row.updated_at, row.updated_by = status, clock.now(), by.id
        work.session.flush()
        details = {"status": [saved.status, status], "reason": reason.strip()}
        _record_change(work.session, action, row, details, by)
        work.commit()
        return record_of(row)


def _end_candidacies(session: Session, row: JobseekerRow, reason: str, by: Officer) -> None:
    found = open_candidacies(session, row.id)
    held = [number for candidacy, number in found if candidacy.status in IN_PROGRESS]
    if held:
        raise Refused(
            N_(
                "This person is a candidate in progress for {vacancies}: record the withdrawal"
                " there first, so that the place goes to the next in line."
            ),
            vacancies=tuple(held),
        )
    for candidacy, _ in found:
        if candidacy.status in {CandidacyStatus.PRESELECTED, CandidacyStatus.RESERVE}:
            move_candidacy(
                session, candidacy, CandidacyStatus.WITHDRAWN, reason=reason.strip(), by=by
            )
