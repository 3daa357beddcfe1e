"""Employers in Georgia: taken in by the nine digits of their identification code."""

from __future__ import annotations

import re
from dataclasses import fields, replace

from sqlalchemy.orm import Session

from db.models import LocalEmployerRow
from db.repositories import local_vacancies as repository
from db.session import reading, unit_of_work
from domain.exceptions import FieldProblem, InvalidInput, NotFound, StaleVersion
from domain.records.local_vacancies import LocalEmployerForm, LocalEmployerRecord
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from domain.values import email_problem
from services import audit, clock
from services.permissions import Permission, check_can
from services.reference import reference

FIELDS = tuple(f.name for f in fields(LocalEmployerForm))
ENTITY = "local_employer"
ID_CODE = re.compile(r"[0-9]{9}")
PHONE = re.compile(r"\+?[0-9 ()\-]{6,20}")


def create_local_employer(*, form: LocalEmployerForm, by: Officer) -> LocalEmployerRecord:
    """Take in an employer in Georgia; its identification code must be new."""
    check_can(by, Permission.RETURNS_EDIT)
    form = _checked(form)
    with unit_of_work() as work:
        _check_code_free(work.session, form.id_code, None)
        now = clock.now()
        row = LocalEmployerRow(
            **{name: getattr(form, name) for name in FIELDS},
            created_at=now,
            created_by=by.id,
            updated_at=now,
            updated_by=by.id,
        )
        work.session.add(row)
        work.session.flush()
        audit.record(
            work.session,
            action="created",
            entity=ENTITY,
            entity_id=row.id,
            details={"id_code": form.id_code, "name": form.name},
            by=by,
        )
        work.commit()
        return _record(row)


def update_local_employer(
    *, employer_id: int, form: LocalEmployerForm, version: int, by: Officer
) -> LocalEmployerRecord:
    """Change an employer; StaleVersion with both versions if somebody else saved first."""
    check_can(by, Permission.RETURNS_EDIT)
    form = _checked(form)
    with unit_of_work() as work:
        row = repository.find_employer(work.session, employer_id, lock=True)
        if row is None:
            raise NotFound(N_("There is no such employer."))
        if row.version != version:
            raise StaleVersion(
                N_("Somebody else saved this employer before you. Nothing was overwritten."),
                yours=form,
                theirs=_record(row),
            )
        _check_code_free(work.session, form.id_code, row.id)
        changed = [name for name in FIELDS if getattr(row, name) != getattr(form, name)]
        for name in changed:
            setattr(row, name, getattr(form, name))
        if changed:
            row.updated_at, row.updated_by = clock.now(), by.id
            work.session.flush()
            audit.record(
                work.session,
                action="updated",
                entity=ENTITY,
                entity_id=row.id,
                details={"fields": changed},
                by=by,
            )
            work.commit()
        return _record(row)


def list_local_employers(*, by: Officer) -> tuple[LocalEmployerRecord, ...]:
    """All employers in Georgia by name."""
    check_can(by, Permission.RETURNS_READ)
    with reading() as session:
        return tuple(_record(*found) for found in repository.list_employers(session))


def _checked(form: LocalEmployerForm) -> LocalEmployerForm:
    """The tidied form; InvalidInput names every field that can't be accepted."""
    trimmed = {name: " ".join((getattr(form, name) or "").split()) or None for name in FIELDS}
    trimmed |= {name: trimmed[name] or "" for name in ("id_code", "name")}
    tidy = replace(form, **trimmed)  # type: ignore[arg-type]
    problems = []
    if not ID_CODE.fullmatch(tidy.id_code):
        text = N_("The identification code of a legal entity has 9 digits. Check it.")
        problems.append(FieldProblem("id_code", Sentence(text)))
    if not tidy.name:
        problems.append(FieldProblem("name", Sentence(N_("Give the employer's name."))))
    if tidy.region and tidy.region not in reference().names["region"]:
        problems.append(FieldProblem("region", Sentence(N_("Choose a region from the list."))))
    if tidy.contact_email and (wrong := email_problem(tidy.contact_email)):
        problems.append(FieldProblem("contact_email", wrong))
    if tidy.contact_phone and not PHONE.fullmatch(tidy.contact_phone):
        text = N_("This is not a phone number. Begin with + and the code of the country.")
        problems.append(FieldProblem("contact_phone", Sentence(text)))
    if problems:
        raise InvalidInput(N_("Nothing was saved: some fields need a correction."), tuple(problems))
    return tidy


def _check_code_free(session: Session, id_code: str, own_id: int | None) -> None:
    known = repository.employer_of_code(session, id_code)
    if known is not None and known.id != own_id:
        sentence = Sentence(
            N_("This code belongs to an employer on the list already: {name}."),
            {"name": known.name},
        )
        raise InvalidInput(sentence, (FieldProblem("id_code", sentence),))


def _record(row: LocalEmployerRow, vacancies: int = 0, hired: int = 0) -> LocalEmployerRecord:
    return LocalEmployerRecord(
        **{name: getattr(row, name) for name in FIELDS},
        id=row.id,
        version=row.version,
        vacancies=vacancies,
        hired=hired,
    )
