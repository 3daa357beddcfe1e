"""Absences of officers, and who stands in for them meanwhile."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import AbsenceRow, AbsenceSubstituteRow, OfficerRow
from db.repositories import routes as repository
from db.session import reading, unit_of_work
from domain.exceptions import FieldProblem, InvalidInput, NotFound, PermissionDenied, Refused
from domain.records.officer import Officer
from domain.records.signing import AbsenceForm, AbsenceRecord, Person
from domain.texts import N_, Sentence
from services import audit, clock
from services.official_documents.views import person
from services.permissions import MATRIX, Permission, can, check_can

READERS = tuple(role for role, rights in MATRIX.items() if Permission.DOCUMENTS_READ in rights)
SHOWN_DAYS = 90
"""How long an absence that is over stays in the list."""


def list_possible_substitutes(*, by: Officer) -> tuple[Person, ...]:
    """Officers who may stand in for others: those who deal with documents, by name."""
    check_can(by, Permission.ABSENCES_RECORD)
    with reading() as session:
        return tuple(person(row) for row in _possible(session))


def _possible(session: Session) -> list[OfficerRow]:
    query = (
        select(OfficerRow)
        .where(OfficerRow.role.in_(READERS), OfficerRow.disabled_at.is_(None))
        .order_by(OfficerRow.name_ka, OfficerRow.id)
    )
    return list(session.scalars(query))


def list_absences(*, by: Officer) -> tuple[AbsenceRecord, ...]:
    """The officer's own absences, or everybody's for who looks after them; the latest first."""
    check_can(by, Permission.ABSENCES_RECORD)
    own = None if can(by, Permission.ABSENCES_MANAGE) else by.id
    with reading() as session:
        since = clock.today() - timedelta(days=SHOWN_DAYS)
        rows = repository.list_absences(session, officer_id=own, until=since)
        return _records(session, list(rows), by)


def _records(session: Session, rows: list[AbsenceRow], by: Officer) -> tuple[AbsenceRecord, ...]:
    substitutes = repository.list_substitutes(session, [row.id for row in rows])
    ids = {row.officer_id for row in rows} | {row.recorded_by for row in rows}
    ids |= {row.officer_id for row in substitutes}
    people = repository.officers(session, {one for one in ids if one is not None})
    today = clock.today()
    return tuple(
        AbsenceRecord(
            id=row.id,
            person=person(people[row.officer_id]),
            from_on=row.from_on,
            until_on=row.until_on,
            reason=row.reason,
            substitutes=tuple(
                person(people[one.officer_id]) for one in substitutes if one.absence_id == row.id
            ),
            recorded_by=person(people[row.recorded_by]) if row.recorded_by else None,
            ended_at=row.ended_at,
            is_now=row.ended_at is None and row.from_on <= today <= row.until_on,
            end_refusal=_end_refusal(row, by),
        )
        for row in rows
    )


def record_absence(*, form: AbsenceForm, by: Officer) -> AbsenceRecord:
    """Note days on which an officer is not there: their own word, or a manager's for them."""
    check_can(by, Permission.ABSENCES_RECORD)
    if form.officer_id != by.id and not can(by, Permission.ABSENCES_MANAGE):
        raise PermissionDenied(N_("You can record your own absence only. Ask a manager."))
    with unit_of_work() as work:
        # Two absences of one officer at the same moment: the second one waits and is refused.
        query = select(OfficerRow).where(OfficerRow.id == form.officer_id).with_for_update()
        officer = work.session.scalars(query).one_or_none()
        problems = _problems(work.session, form, officer, by)
        if problems:
            raise InvalidInput(Sentence(N_("The absence was not recorded.")), problems)
        row = AbsenceRow(
            officer_id=form.officer_id,
            from_on=form.from_on,
            until_on=form.until_on,
            reason=form.reason,
            recorded_at=clock.now(),
            recorded_by=by.id,
        )
        work.session.add(row)
        work.session.flush()
        work.session.add_all(
            AbsenceSubstituteRow(absence_id=row.id, place=place, officer_id=one)
            for place, one in enumerate(form.substitutes, start=1)
        )
        work.session.flush()
        audit.record(
            work.session,
            action="absence_recorded",
            entity="absence",
            entity_id=row.id,
            details={
                "officer": form.officer_id,
                "from": form.from_on,
                "until": form.until_on,
                "substitutes": list(form.substitutes),
            },
            by=by,
        )
        work.commit()
        return _records(work.session, [row], by)[0]


def _problems(
    session: Session, form: AbsenceForm, officer: OfficerRow | None, by: Officer
) -> tuple[FieldProblem, ...]:
    found: list[tuple[str, Sentence]] = []
    if officer is None or officer.disabled_at is not None:
        found.append(("officer", Sentence(N_("Choose an officer whose account is open."))))
    if form.until_on < form.from_on:
        found.append(("until", Sentence(N_("The last day is before the first."))))
    elif form.until_on < clock.today():
        found.append(("until", Sentence(N_("These days are over: nobody can stand in any more."))))
    elif other := _overlapping(session, form):
        text = N_("An absence from {first} to {last} is recorded already. End it first.")
        values = {"first": other.from_on, "last": other.until_on}
        found.append(("from", Sentence(text, values)))
    found += [("substitutes", one) for one in _wrong_substitutes(session, form, by)]
    return tuple(FieldProblem(name, sentence) for name, sentence in found)


def _overlapping(session: Session, form: AbsenceForm) -> AbsenceRow | None:
    of = AbsenceRow
    query = select(of).where(
        of.officer_id == form.officer_id,
        of.ended_at.is_(None),
        of.from_on <= form.until_on,
        of.until_on >= form.from_on,
    )
    return session.scalars(query.limit(1)).one_or_none()


def _wrong_substitutes(session: Session, form: AbsenceForm, by: Officer) -> list[Sentence]:
    found = []
    if form.officer_id in form.substitutes:
        found.append(Sentence(N_("Nobody is their own substitute.")))
    if len(set(form.substitutes)) < len(form.substitutes):
        found.append(Sentence(N_("A substitute stands in the list once.")))
    if by.id in form.substitutes and by.id != form.officer_id:
        found.append(Sentence(N_("Who records somebody else's absence can't be the substitute.")))
    if set(form.substitutes) - {row.id for row in _possible(session)}:
        found.append(Sentence(N_("A substitute has an open account and deals with documents.")))
    return found


def end_absence(*, absence_id: int, by: Officer) -> None:
    """The officer is back, or stays: from now on nobody stands in. Done steps stay as they are."""
    check_can(by, Permission.ABSENCES_RECORD)
    with unit_of_work() as work:
        query = select(AbsenceRow).where(AbsenceRow.id == absence_id).with_for_update()
        row = work.session.scalars(query).one_or_none()
        if row is None or (row.officer_id != by.id and not can(by, Permission.ABSENCES_MANAGE)):
            raise NotFound(N_("There is no such absence."))
        if row.ended_at is not None:
            return
        refusal = _end_refusal(row, by)
        if refusal:
            raise Refused(refusal)
        row.ended_at, row.ended_by = clock.now(), by.id
        audit.record(
            work.session,
            action="absence_ended",
            entity="absence",
            entity_id=row.id,
            details={"officer": row.officer_id},
            by=by,
        )
        work.commit()


def _end_refusal(row: AbsenceRow, by: Officer) -> Sentence | None:
    if row.ended_at is not None:
        return Sentence(N_("This absence was ended."))
    if row.until_on < clock.today():
        return Sentence(N_("This absence is over."))
    if row.officer_id != by.id and not can(by, Permission.ABSENCES_MANAGE):
        return Sentence(N_("Only the officer and a manager end an absence."))
    return None
