"""Foreign employers: taken in, checked, suspended (stage S06)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields

from sqlalchemy.orm import Session

from db.models import EmployerRow
from db.repositories import employers as repository
from db.session import reading, unit_of_work
from domain.enums import EmployerStatus
from domain.exceptions import InvalidInput, NotFound, Refused, StaleVersion
from domain.records.officer import Officer
from domain.records.vacancy import EmployerForm, EmployerRecord
from domain.texts import N_
from services import audit, clock
from services.permissions import Permission, check_can
from services.vacancies.form import check_employer_form, tidy_employer

FIELDS = tuple(f.name for f in fields(EmployerForm))


def create_employer(*, form: EmployerForm, by: Officer) -> EmployerRecord:
    """Take in an employer; its name must be new."""
    check_can(by, Permission.VACANCIES_EDIT)
    form = tidy_employer(form)
    check_employer_form(form)
    with unit_of_work() as work:
        _check_name_free(work.session, form.name, None)
        row = _new_row(form, by)
        work.session.add(row)
        work.session.flush()
        audit.record(
            work.session,
            action="created",
            entity="employer",
            entity_id=row.id,
            details=_stated(row),
            by=by,
        )
        work.commit()
        return _record(row, 0)


def update_employer(
    *, employer_id: int, form: EmployerForm, version: int, by: Officer
) -> EmployerRecord:
    """Change an employer; StaleVersion with both versions if somebody else saved first."""
    check_can(by, Permission.VACANCIES_EDIT)
    form = tidy_employer(form)
    check_employer_form(form)
    with unit_of_work() as work:
        row = _locked(work.session, employer_id)
        if row.version != version:
            raise StaleVersion(
                N_("Somebody else saved this employer before you. Nothing was overwritten."),
                yours=form,
                theirs=_read(work.session, row),
            )
        _check_name_free(work.session, form.name, employer_id)
        changed = {
            name: [getattr(row, name), getattr(form, name)]
            for name in FIELDS
            if getattr(row, name) != getattr(form, name)
        }
        for name, (_, after) in changed.items():
            setattr(row, name, after)
        if changed:
            _save(work.session, row, "updated", changed, by)
            work.commit()
        return _read(work.session, row)


def check_can_verify(employer: EmployerRecord, by: Officer) -> None:
    """Raise unless this officer may now declare the employer verified."""
    check_can(by, Permission.VACANCIES_PUBLISH)
    if employer.status is EmployerStatus.VERIFIED:
        raise Refused(N_("This employer is verified already."))
    if not employer.country:
        raise Refused(N_("State the employer's country before it is verified."))


def verify_employer(*, employer_id: int, by: Officer) -> EmployerRecord:
    """Declare that the employer was checked: its vacancies may be published."""
    check_can(by, Permission.VACANCIES_PUBLISH)
    with unit_of_work() as work:
        row = _locked(work.session, employer_id)
        check_can_verify(_record(row), by)
        changed = {"status": [row.status, EmployerStatus.VERIFIED]}
        row.status = EmployerStatus.VERIFIED
        _save(work.session, row, "verified", changed, by)
        work.commit()
        return _read(work.session, row)


def check_can_suspend(employer: EmployerRecord, by: Officer) -> None:
    """Raise unless this officer may now suspend the employer."""
    check_can(by, Permission.VACANCIES_PUBLISH)
    if employer.status is EmployerStatus.SUSPENDED:
        raise Refused(N_("This employer is suspended already."))


def suspend_employer(*, employer_id: int, reason: str, by: Officer) -> EmployerRecord:
    """Stop new vacancies of the employer from being published; a reason is kept."""
    check_can(by, Permission.VACANCIES_PUBLISH)
    if not reason.strip():
        raise InvalidInput(N_("Give a reason: it is kept with the employer."))
    with unit_of_work() as work:
        row = _locked(work.session, employer_id)
        check_can_suspend(_record(row), by)
        changed = {"status": [row.status, EmployerStatus.SUSPENDED], "reason": [None, reason]}
        row.status = EmployerStatus.SUSPENDED
        _save(work.session, row, "suspended", changed, by)
        work.commit()
        return _read(work.session, row)


def get_employer(*, employer_id: int, by: Officer) -> EmployerRecord:
    """The employer, or NotFound."""
    check_can(by, Permission.VACANCIES_READ)
    with reading() as session:
        row = repository.find_employer(session, employer_id)
        if row is None:
            raise NotFound(N_("There is no such employer."))
        return _read(session, row)


def list_employers(*, by: Officer) -> tuple[EmployerRecord, ...]:
    """All employers by name."""
    check_can(by, Permission.VACANCIES_READ)
    with reading() as session:
        return tuple(_record(row, count) for row, count in repository.list_employers(session))


def ensure_employers(
    session: Session, countries_by_name: Mapping[str, str | None], *, by: Officer
) -> tuple[dict[str, int], list[audit.Happening]]:
    """Ids by name, and what to audit: those not known yet are added as new. The caller commits."""
    found = repository.find_employers_named(session, countries_by_name)
    new = sorted(set(countries_by_name) - set(found))
    for name in new:
        row = _new_row(EmployerForm(name=name, country=countries_by_name[name]), by)
        session.add(row)
        found[name] = row
    session.flush()
    happenings = [
        audit.Happening("created", "employer", found[name].id, details=_stated(found[name]))
        for name in new
    ]
    return {name: row.id for name, row in found.items()}, happenings


def _stated(row: EmployerRow) -> dict[str, list[object]]:
    values = {name: getattr(row, name) for name in FIELDS}
    return {name: [None, value] for name, value in values.items() if value}


def _new_row(form: EmployerForm, by: Officer) -> EmployerRow:
    now = clock.now()
    return EmployerRow(
        **{name: getattr(form, name) for name in FIELDS},
        status=EmployerStatus.NEW,
        created_at=now,
        created_by=by.id,
        updated_at=now,
        updated_by=by.id,
    )


def _locked(session: Session, employer_id: int) -> EmployerRow:
    row = repository.find_employer(session, employer_id, lock=True)
    if row is None:
        raise NotFound(N_("There is no such employer."))
    return row


def _save(
    session: Session, row: EmployerRow, action: str, changed: Mapping[str, object], by: Officer
) -> None:
    row.updated_at, row.updated_by = clock.now(), by.id
    session.flush()
    audit.record(
        session, action=action, entity="employer", entity_id=row.id, details=changed, by=by
    )


def _check_name_free(session: Session, name: str, own_id: int | None) -> None:
    known: Iterable[EmployerRow] = repository.find_employers_named(session, [name]).values()
    if any(row.id != own_id for row in known):
        raise InvalidInput(
            N_("There is an employer of this name already: {name}. Open that one."), name=name
        )


def _read(session: Session, row: EmployerRow) -> EmployerRecord:
    return _record(row, repository.count_vacancies(session, row.id))


def _record(row: EmployerRow, vacancies: int = 0) -> EmployerRecord:
    return EmployerRecord(
        **{name: getattr(row, name) for name in FIELDS},
        id=row.id,
        status=row.status,
        version=row.version,
        vacancies=vacancies,
        updated_at=row.updated_at,
    )
