"""Vacancies from intake to their end (stages S06 to S10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from db.models import VacancyRow
from db.queries import vacancies as queries
from db.repositories import vacancies as repository
from db.session import reading, unit_of_work
from domain.enums import CandidacyStatus, VacancyStatus
from domain.exceptions import InvalidInput, LabourMigrationError, Refused, StaleVersion
from domain.records.officer import Officer
from domain.records.vacancy import (
    UpsertedVacancies,
    VacancyFilter,
    VacancyForm,
    VacancyList,
    VacancyRecord,
)
from domain.texts import N_
from domain.transitions import HOLDING, VACANCY, check_can_move
from services import audit, clock
from services.coding.decisions import note_decisions
from services.permissions import Permission, check_can
from services.sending.letting_go import let_go_of_waiting
from services.vacancies.employers import ensure_employers
from services.vacancies.form import check_vacancy_form, tidy_vacancy
from services.vacancies.publishing import joined
from services.vacancies.records import (
    as_dict,
    changes,
    found,
    read_vacancy,
    vacancy_record,
)

V = VacancyStatus
IN_PROCESS = HOLDING | {CandidacyStatus.RESERVE}


def create_vacancy(
    *, form: VacancyForm, similarity: Mapping[str, float] | None = None, by: Officer
) -> VacancyRecord:
    """Take in a vacancy as a draft; an employer of a new name is taken in with it.

    `similarity` belongs to those occupations that the officer confirmed from suggestions.
    """
    check_can(by, Permission.VACANCIES_EDIT)
    form = tidy_vacancy(form)
    check_vacancy_form(form)
    with unit_of_work() as work:
        number = form.number or repository.next_number(work.session, clock.today().year)
        if repository.find_vacancy(work.session, number) is not None:
            raise InvalidInput(N_("There is a vacancy {number} already."), number=number)
        form = replace(form, number=number)
        row = VacancyRow(number=number, status=V.DRAFT, created_at=clock.now(), created_by=by.id)
        _write(row, form, similarity or {}, by)
        row.employer_id = _employer_id(work.session, form, by)
        work.session.add(row)
        _note_codes(work.session, row, frozenset(), similarity, by)
        _save(work.session, row, "created", dict(changes(None, form)), by)
        work.commit()
    return get_vacancy(number=number, by=by)


def check_can_edit(vacancy: VacancyRecord, by: Officer) -> None:
    """Raise unless this officer may now change what the vacancy asks for."""
    check_can(by, Permission.VACANCIES_EDIT)
    if vacancy.status is not V.DRAFT:
        raise Refused(
            N_("Only a draft can be changed: return the vacancy to draft first, then publish again")
        )


def can_edit(vacancy: VacancyRecord, by: Officer) -> bool:
    """Whether `check_can_edit` would pass."""
    return _passes(check_can_edit, vacancy, by)


def update_vacancy(
    *,
    number: str,
    form: VacancyForm,
    version: int,
    similarity: Mapping[str, float] | None = None,
    by: Officer,
) -> VacancyRecord:
    """Change a draft; StaleVersion with both versions if somebody else saved first."""
    check_can(by, Permission.VACANCIES_EDIT)
    form = replace(tidy_vacancy(form), number=number)
    with unit_of_work() as work:
        row, before = _locked(work.session, number)
        _check_version(before, version, yours=form)
        check_can_edit(before, by)
        check_vacancy_form(form)
        changed = dict(changes(before.form(), form))
        if changed:
            row.employer_id = _employer_id(work.session, form, by)
            _write(row, form, similarity or {}, by)
            _note_codes(work.session, row, frozenset(before.occupations), similarity, by)
            _save(work.session, row, "updated", changed, by)
            work.commit()
    return get_vacancy(number=number, by=by)


def check_can_publish(vacancy: VacancyRecord, by: Officer) -> None:
    """Raise unless this officer may now publish; names all obstacles together."""
    check_can(by, Permission.VACANCIES_PUBLISH)
    check_can_move(VACANCY, vacancy.status, V.PUBLISHED)
    if vacancy.status is not V.DRAFT:
        raise Refused(N_("Only a draft can be published."))
    if vacancy.obstacles:
        reasons = joined(tuple(check.sentence for check in vacancy.obstacles))
        raise Refused(N_("This vacancy can't be published yet. {reasons}."), reasons=reasons)


def can_publish(vacancy: VacancyRecord, by: Officer) -> bool:
    """Whether `check_can_publish` would pass."""
    return _passes(check_can_publish, vacancy, by)


def publish_vacancy(*, number: str, version: int | None = None, by: Officer) -> VacancyRecord:
    """Open the vacancy for ranking and preselection."""
    return _step(number, version, check_can_publish, V.PUBLISHED, "published", None, by)


def check_can_return_to_draft(vacancy: VacancyRecord, by: Officer) -> None:
    """Raise unless this officer may now take the vacancy back to be changed."""
    check_can(by, Permission.VACANCIES_PUBLISH)
    check_can_move(VACANCY, vacancy.status, V.DRAFT)
    _check_nobody_in(vacancy, IN_PROCESS)


def can_return_to_draft(vacancy: VacancyRecord, by: Officer) -> bool:
    """Whether `check_can_return_to_draft` would pass."""
    return _passes(check_can_return_to_draft, vacancy, by)


def return_to_draft(*, number: str, version: int | None = None, by: Officer) -> VacancyRecord:
    """Take a published vacancy back to be changed."""
    check = check_can_return_to_draft
    return _step(number, version, check, V.DRAFT, "returned_to_draft", None, by)


def check_can_close(vacancy: VacancyRecord, by: Officer) -> None:
    """Raise unless this officer may now close the vacancy."""
    check_can(by, Permission.VACANCIES_PUBLISH)
    check_can_move(VACANCY, vacancy.status, V.CLOSED)


def can_close(vacancy: VacancyRecord, by: Officer) -> bool:
    """Whether `check_can_close` would pass."""
    return _passes(check_can_close, vacancy, by)


def close_vacancy(*, number: str, version: int | None = None, by: Officer) -> VacancyRecord:
    """End the intake of candidates. Whoever an employer has the CV of goes on; whoever still waits
    could be sent nowhere from here and is free for other work."""
    return _step(number, version, check_can_close, V.CLOSED, "closed", None, by)


def check_can_cancel(vacancy: VacancyRecord, by: Officer) -> None:
    """Raise unless this officer may now cancel the vacancy."""
    check_can(by, Permission.VACANCIES_PUBLISH)
    check_can_move(VACANCY, vacancy.status, V.CANCELLED)
    _check_nobody_in(vacancy, IN_PROCESS)


def can_cancel(vacancy: VacancyRecord, by: Officer) -> bool:
    """Whether `check_can_cancel` would pass."""
    return _passes(check_can_cancel, vacancy, by)


def cancel_vacancy(
    *, number: str, reason: str, version: int | None = None, by: Officer
) -> VacancyRecord:
    """Give the vacancy up for good; the reason is kept."""
    check_can(by, Permission.VACANCIES_PUBLISH)
    if not reason.strip():
        raise InvalidInput(N_("Give a reason: it is kept with the vacancy."))
    return _step(number, version, check_can_cancel, V.CANCELLED, "cancelled", reason, by)


def get_vacancy(*, number: str, by: Officer) -> VacancyRecord:
    """The vacancy with its publishing checks, or NotFound."""
    check_can(by, Permission.VACANCIES_READ)
    with reading() as session:
        return read_vacancy(session, number)


def list_vacancies(
    *, wanted: VacancyFilter | None = None, offset: int = 0, limit: int | None = None, by: Officer
) -> VacancyList:
    """Vacancies of a filter, newest first."""
    check_can(by, Permission.VACANCIES_READ)
    with reading() as session:
        return queries.list_vacancies(
            session, wanted or VacancyFilter(), offset=offset, limit=limit
        )


def upsert_vacancies(
    session: Session, forms: Sequence[VacancyForm], *, by: Officer
) -> UpsertedVacancies:
    """Bring in numbered vacancies within the caller's transaction.

    What a form leaves empty stays as it is; a vacancy that is no longer a draft is not touched.
    """
    check_can(by, Permission.FILES_IMPORT)
    tidied = {form.number or "": tidy_vacancy(form) for form in forms}
    for form in tidied.values():
        check_vacancy_form(form)
    employers = {f.employer: f.country for f in tidied.values() if f.employer}
    ids, events = ensure_employers(session, employers, by=by)
    rows = repository.find_vacancies(session, tidied)
    result: dict[str, list[str]] = {"created": [], "updated": [], "unchanged": [], "kept": []}
    now = clock.now()
    for number, form in tidied.items():
        row = rows.get(number)
        before = repository.form_of(row) if row else None
        after = _merged(before, form) if before else form
        changed = changes(before, after)
        if row is None:
            row = VacancyRow(number=number, status=V.DRAFT, created_at=now, created_by=by.id)
            session.add(row)
            outcome = "created"
        else:
            outcome = "unchanged" if not changed else "updated" if row.status is V.DRAFT else "kept"
        result[outcome].append(number)
        if outcome in ("created", "updated"):
            row.employer_id = ids.get(after.employer or "", row.employer_id)
            repository.fill(row, after, at=now, by=by.id)
            events.append(audit.Happening(outcome, "vacancy", number, details=changed))
    session.flush()
    if events:
        audit.record_all(session, events, by=by)
    return UpsertedVacancies(**{name: tuple(numbers) for name, numbers in result.items()})


def _merged(before: VacancyForm, form: VacancyForm) -> VacancyForm:
    stated = {name: value for name, value in as_dict(form).items() if value not in (None, ())}
    return tidy_vacancy(replace(before, **stated))


def _write(
    row: VacancyRow, form: VacancyForm, similarity: Mapping[str, float], by: Officer
) -> None:
    known = {occupation.isco for occupation in row.occupations}
    repository.fill(row, form, at=clock.now(), by=by.id)
    for occupation in row.occupations:
        if occupation.isco not in known:
            occupation.suggested_score = similarity.get(occupation.isco)


def _note_codes(
    session: Session,
    row: VacancyRow,
    before: frozenset[str],
    similarity: Mapping[str, float] | None,
    by: Officer,
) -> None:
    """The codes that are new are decisions that a coder learns from."""
    codes = {x.isco: (similarity or {}).get(x.isco) for x in row.occupations}
    fresh = {isco: score for isco, score in codes.items() if isco not in before}
    note_decisions(
        session, number=row.number, title=row.title, country=row.country, codes=fresh, by=by
    )


def _employer_id(session: Session, form: VacancyForm, by: Officer) -> int | None:
    if form.employer is None:
        return None
    ids, new = ensure_employers(session, {form.employer: form.country}, by=by)
    if new:
        audit.record_all(session, new, by=by)
    return ids[form.employer]


def _locked(session: Session, number: str) -> tuple[VacancyRow, VacancyRecord]:
    row = found(repository.find_vacancy(session, number, lock=True))
    return row, vacancy_record(session, row)


def _check_version(kept: VacancyRecord, version: int, *, yours: object) -> None:
    if kept.version != version:
        raise StaleVersion(
            N_("Somebody else saved this vacancy before you. Nothing was overwritten."),
            yours=yours,
            theirs=kept,
        )


def _check_nobody_in(vacancy: VacancyRecord, statuses: frozenset[CandidacyStatus]) -> None:
    people = sum(vacancy.candidacies.get(status, 0) for status in statuses)
    if people:
        raise Refused(
            N_("People in the process of this vacancy: {count}. First finish or withdraw them."),
            count=people,
        )


def _step(
    number: str,
    version: int | None,
    check: Callable[[VacancyRecord, Officer], None],
    after: VacancyStatus,
    action: str,
    reason: str | None,
    by: Officer,
) -> VacancyRecord:
    check_can(by, Permission.VACANCIES_PUBLISH)
    with unit_of_work() as work:
        row, before = _locked(work.session, number)
        if version is not None:
            _check_version(before, version, yours=None)
        check(before, by)
        move_vacancy(work.session, row, after, action=action, reason=reason, by=by)
        if after is V.CLOSED:
            let_go_of_waiting(work.session, row.id, by=by)
        work.commit()
    return get_vacancy(number=number, by=by)


def move_vacancy(
    session: Session,
    row: VacancyRow,
    after: VacancyStatus,
    *,
    action: str,
    reason: str | None = None,
    by: Officer,
) -> None:
    """One step of the life cycle within the caller's transaction, with its audit event."""
    check_can_move(VACANCY, row.status, after)
    now = clock.now()
    changed: dict[str, list[object]] = {"status": [row.status, after]}
    if reason:
        changed["reason"] = [None, reason]
    if after is V.PUBLISHED and row.status is V.DRAFT:
        row.published_at, row.published_by = now, by.id
    row.status, row.updated_at, row.updated_by = after, now, by.id
    _save(session, row, action, changed, by)


def _save(
    session: Session, row: VacancyRow, action: str, changed: dict[str, list[object]], by: Officer
) -> None:
    session.flush()
    audit.record(
        session, action=action, entity="vacancy", entity_id=row.number, details=changed, by=by
    )


def _passes(check: Callable[[VacancyRecord, Officer], None], v: VacancyRecord, by: Officer) -> bool:
    try:
        check(v, by)
    except LabourMigrationError:
        return False
    return True
