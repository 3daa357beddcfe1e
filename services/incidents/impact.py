"""Impact assessments: one for each processing that may harm people much, before it begins."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import ImpactAssessmentRow, OfficerRow
from db.session import reading, unit_of_work
from domain.enums import AssessmentStatus
from domain.exceptions import FieldProblem, InvalidInput, NotFound, Refused
from domain.records.incidents import Assessment, AssessmentForm
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import audit, clock
from services.permissions import Permission, check_can
from services.written import unwritten

WRITTEN = ("processing", "description", "necessity", "risks", "measures")
LONGEST_TEXT = 8000


def list_assessments(*, by: Officer) -> tuple[Assessment, ...]:
    """All of them, by processing, the newest edition first."""
    check_can(by, Permission.IMPACT_READ)
    with reading() as session:
        return _list(session)


def check_can_approve(one: Assessment, by: Officer) -> None:
    """Raise unless the assessment is a draft that this officer may approve."""
    check_can(by, Permission.IMPACT_EDIT)
    if one.status is not AssessmentStatus.DRAFT:
        raise Refused(N_("Only a draft is approved."))


def write_assessment(*, form: AssessmentForm, by: Officer) -> int:
    """A draft: the first edition of a processing, or the next one; its id."""
    check_can(by, Permission.IMPACT_EDIT)
    _check(form)
    with unit_of_work() as work:
        of_it = ImpactAssessmentRow.processing == form.processing.strip()
        last = work.session.scalar(select(func.max(ImpactAssessmentRow.edition)).where(of_it)) or 0
        values = {field.name: getattr(form, field.name) for field in fields(form)}
        row = ImpactAssessmentRow(
            **{name: value.strip() if name in WRITTEN else value for name, value in values.items()},
            edition=last + 1,
            status=AssessmentStatus.DRAFT,
            written_at=clock.now(),
            written_by=by.id,
        )
        work.session.add(row)
        work.session.flush()
        _record(work.session, row, "assessment_written", by)
        work.commit()
        return row.id


def approve_assessment(*, assessment_id: int, by: Officer) -> None:
    """Bring an assessment into force; the former edition is replaced, and stays to be read."""
    check_can(by, Permission.IMPACT_EDIT)
    with unit_of_work() as work:
        row = work.session.get(ImpactAssessmentRow, assessment_id, with_for_update=True)
        if row is None:
            raise NotFound(N_("There is no such assessment."))
        shown = next(one for one in _list(work.session) if one.id == assessment_id)
        check_can_approve(shown, by)
        for former in work.session.scalars(
            select(ImpactAssessmentRow).where(
                ImpactAssessmentRow.processing == row.processing,
                ImpactAssessmentRow.status == AssessmentStatus.APPROVED,
            )
        ):
            former.status = AssessmentStatus.REPLACED
        row.status, row.approved_at, row.approved_by = AssessmentStatus.APPROVED, clock.now(), by.id
        _record(work.session, row, "assessment_approved", by)
        work.commit()


def _check(form: AssessmentForm) -> None:
    problems = unwritten(form, WRITTEN, LONGEST_TEXT)
    if form.review_on <= clock.today():
        told = Sentence(N_("Choose a day after today."))
        problems.append(FieldProblem("review_on", told))
    if problems:
        raise InvalidInput(N_("The assessment was not kept yet."), tuple(problems))


def _record(session: Session, row: ImpactAssessmentRow, action: str, by: Officer) -> None:
    audit.record(
        session,
        action=action,
        entity="impact_assessment",
        entity_id=row.id,
        details={"processing": row.processing, "edition": row.edition},
        by=by,
    )


def _list(session: Session) -> tuple[Assessment, ...]:
    query = (
        select(ImpactAssessmentRow, OfficerRow.name_ka, OfficerRow.name_en)
        .outerjoin(OfficerRow, OfficerRow.id == ImpactAssessmentRow.written_by)
        .order_by(ImpactAssessmentRow.processing, ImpactAssessmentRow.edition.desc())
    )
    return tuple(
        Assessment(
            id=row.id,
            edition=row.edition,
            status=row.status,
            form=AssessmentForm(
                **{field.name: getattr(row, field.name) for field in fields(AssessmentForm)}
            ),
            written_at=row.written_at,
            writer_ka=name_ka,
            writer_en=name_en,
            approved_at=row.approved_at,
            version=row.version,
        )
        for row, name_ka, name_en in session.execute(query)
    )
