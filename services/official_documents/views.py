"""Rows of a route as the records that screens show, with what the reader may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.models import (
    AbsenceRow,
    CommissionSessionRow,
    LetterRow,
    OfficerRow,
    OfficialDocumentFileRow,
    RouteStepRow,
)
from db.repositories import routes as repository
from domain.enums import StepKind, StepStatus
from domain.records.officer import Officer
from domain.records.signing import (
    ActingFor,
    DocumentFile,
    DocumentRecord,
    DocumentSummary,
    Person,
    RouteStep,
)
from services.official_documents.route import Route
from services.refusals import refusal


def person(row: OfficerRow) -> Person:
    """An officer as a paper names one."""
    return Person(row.id, row.name_ka, row.name_en, row.organisation_code)


def acting_for(
    step: RouteStepRow, people: Mapping[int, OfficerRow], absences: Mapping[int, AbsenceRow]
) -> ActingFor | None:
    """For whom somebody did the step, where it was not their own."""
    absence = absences.get(step.absence_id) if step.absence_id is not None else None
    return _absent(absence, people) if absence else None


def _absent(absence: AbsenceRow, people: Mapping[int, OfficerRow]) -> ActingFor:
    who = person(people[absence.officer_id])
    return ActingFor(who, absence.reason, absence.from_on, absence.until_on)


def document_record(session: Session, route: Route, by: Officer) -> DocumentRecord:
    """The document as its reader sees it."""
    document = route.document
    absences = repository.absences(
        session, {step.absence_id for step in (*route.steps, *route.former)}
    )
    files = tuple(_file(row) for row in repository.list_files(session, document.id))
    principals = [one for one in files if one.is_principal and one.revision == document.revision]
    sitting = session.get(CommissionSessionRow, document.session_id or 0)
    author = route.people.get(document.created_by or 0)
    return DocumentRecord(
        id=document.id,
        kind=document.kind,
        number=document.number,
        title=document.title,
        session_number=sitting.number if sitting else None,
        status=document.status,
        revision=document.revision,
        created_at=document.created_at,
        author=person(author) if author else None,
        files=files,
        principal=principals[0] if principals else None,
        steps=tuple(_step(route, step, absences, by) for step in route.steps),
        former=tuple(_step(route, step, absences, by) for step in route.former),
        missing=tuple(person(route.people[step.officer_id]) for step in route.missing()),
        levels=route.rules.levels,
        rules_version=route.rules.version,
        may_edit_route=refusal(lambda: route.check_can_edit(by)) is None,
        send_refusal=refusal(lambda: route.check_can_send(by)),
        take_back_refusal=refusal(lambda: route.check_can_take_back(by)),
        letter_id=session.scalar(select(LetterRow.id).where(LetterRow.document_id == document.id)),
    )


def _file(found: Row[OfficialDocumentFileRow, int]) -> DocumentFile:
    row, size = found
    return DocumentFile(
        revision=row.revision,
        language=row.language,
        format=row.format,
        name=row.name,
        sha256=row.sha256,
        size=size,
        is_principal=row.is_principal,
    )


def _step(
    route: Route, step: RouteStepRow, absences: Mapping[int, AbsenceRow], by: Officer
) -> RouteStep:
    is_open = step.status in {StepStatus.WAITING, StepStatus.ASKED}
    absence = route.attendance.absence_of(step.officer_id) if is_open else None
    stand_in = route.substitute(step) if is_open else None
    check = route.check_can_sign if step.kind is StepKind.SIGNATURE else route.check_can_act
    return RouteStep(
        id=step.id,
        round=step.round,
        place=step.place,
        kind=step.kind,
        capacity=step.capacity,
        person=person(route.people[step.officer_id]),
        status=step.status,
        asked_at=step.asked_at,
        acted_at=step.acted_at,
        acted_by=person(route.people[step.acted_by]) if step.acted_by else None,
        acting_for=acting_for(step, route.people, absences),
        sha256=step.sha256,
        remark=step.remark,
        absent=_absent(absence, route.people) if absence else None,
        substitute=person(route.people[stand_in]) if stand_in else None,
        is_mine=route.is_asked_of(step, by),
        refusal=refusal(lambda: check(step, by)),
    )


def document_summary(route: Route, by: Officer) -> DocumentSummary:
    """A line of the list, with what the reader is asked for."""
    document = route.document
    mine: Sequence[RouteStepRow] = [s for s in route.steps if route.is_asked_of(s, by)]
    asked = mine[0] if mine else None
    is_for_another = asked is not None and asked.officer_id != by.id
    return DocumentSummary(
        id=document.id,
        kind=document.kind,
        number=document.number,
        title=document.title,
        status=document.status,
        revision=document.revision,
        created_at=document.created_at,
        is_mine=document.created_by == by.id,
        asked=asked.kind if asked else None,
        asked_at=asked.asked_at if asked else None,
        acting_for=person(route.people[asked.officer_id]) if asked and is_for_another else None,
        steps_done=sum(step.status is StepStatus.DONE for step in route.steps),
        steps=len(route.steps),
    )
