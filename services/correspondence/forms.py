"""What is entered of a letter: checked, and turned into its columns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import CandidacyRow, CommissionSessionRow, JobseekerRow, LetterRow, VacancyRow
from db.repositories import correspondence as repository
from domain.enums import LetterDirection
from domain.exceptions import FieldProblem, InvalidInput
from domain.records.correspondence import LetterForm
from domain.texts import N_, Sentence
from services import clock
from services.correspondence.terms import due_day

LONGEST = {"subject": 300, "organisation": 300, "person": 200, "their_number": 60, "text": 20_000}


def cleaned(form: LetterForm) -> LetterForm:
    """The form without blanks around its texts; InvalidInput names what is missing or wrong."""
    texts: dict[str, Any] = {name: (getattr(form, name) or "").strip() or None for name in LONGEST}
    form = replace(form, **{**texts, "subject": texts["subject"] or ""})
    problems = [FieldProblem(name, Sentence(text, values)) for name, text, values in _wrong(form)]
    if problems:
        raise InvalidInput(N_("Some fields can't be accepted:"), tuple(problems))
    return form


def _wrong(form: LetterForm) -> list[tuple[str, str, dict[str, object]]]:
    found: list[tuple[str, str, dict[str, object]]] = []
    if not form.subject:
        found.append(("subject", N_("Write what the letter is about."), {}))
    for name, limit in LONGEST.items():
        if len(getattr(form, name) or "") > limit:
            found.append((name, N_("At most {limit} characters."), {"limit": limit}))
    if form.direction is not LetterDirection.INTERNAL and not (form.organisation or form.person):
        found.append(("organisation", N_("Name the organisation or the person."), {}))
    if form.direction is LetterDirection.INCOMING and form.dated_on is None:
        found.append(("dated_on", N_("Say on which day it came in."), {}))
    if form.dated_on is not None and form.dated_on > clock.today():
        found.append(("dated_on", N_("This day has not come yet."), {}))
    if form.their_date is not None and form.their_date > clock.today():
        found.append(("their_date", N_("This day has not come yet."), {}))
    if form.due_on is not None and form.due_on < (form.dated_on or clock.today()):
        found.append(("due_on", N_("The deadline lies before the letter."), {}))
    return found


def columns(session: Session, form: LetterForm) -> dict[str, Any]:
    """The letter's columns; InvalidInput where a link leads nowhere."""
    return {
        "direction": form.direction,
        "kind": form.kind,
        "subject": form.subject,
        "text": form.text,
        "organisation": form.organisation,
        "person": form.person,
        "their_number": form.their_number,
        "their_date": form.their_date,
        "channel": form.channel,
        "dated_on": form.dated_on,
        "due_on": _due(form),
        "vacancy_id": _linked(session, VacancyRow, form.vacancy, "vacancy"),
        "session_id": _linked(session, CommissionSessionRow, form.session, "session"),
        "candidacy_id": _candidacy(session, form.candidacy_id),
        "reply_to_id": _answered(session, form.reply_to_id),
    }


def _due(form: LetterForm) -> date | None:
    if form.due_on is not None or form.direction is LetterDirection.OUTGOING:
        return form.due_on
    return due_day(form.kind, form.dated_on or clock.today())


def _linked(
    session: Session, row: type[VacancyRow | CommissionSessionRow], number: str | None, field: str
) -> int | None:
    if not number:
        return None
    found = session.scalars(select(row.id).where(row.number == number)).one_or_none()
    if found is None:
        raise _nothing_there(field)
    return int(found)


def _candidacy(session: Session, candidacy_id: int | None) -> int | None:
    if candidacy_id is not None and session.get(CandidacyRow, candidacy_id) is None:
        raise _nothing_there("candidacy_id")
    return candidacy_id


def _answered(session: Session, letter_id: int | None) -> int | None:
    if letter_id is not None and repository.get_letter(session, letter_id) is None:
        raise _nothing_there("reply_to_id")
    return letter_id


def _nothing_there(field: str) -> InvalidInput:
    problem = FieldProblem(field, Sentence(N_("There is nothing with this number.")))
    return InvalidInput(N_("Some fields can't be accepted:"), (problem,))


def subject_of(session: Session, row: LetterRow) -> str | None:
    """External id of the job-seeker whom the letter is linked with, for the audit."""
    if row.candidacy_id is None:
        return None
    query = (
        select(JobseekerRow.external_id)
        .join(CandidacyRow, CandidacyRow.jobseeker_id == JobseekerRow.id)
        .where(CandidacyRow.id == row.candidacy_id)
    )
    return session.scalars(query).one_or_none()
