"""What a survey says of broken promises goes to the monitoring officers as a case."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import DeploymentRow
from db.repositories.returns import external_id_of
from domain.enums import CaseCategory, CaseChannel, PayAsPromised
from domain.records.officer import Officer
from domain.records.returns import SurveyForm
from services.monitoring.complaints import urgency_of
from services.monitoring.opening import NewCase, open_case


def open_cases(
    session: Session, stay: DeploymentRow, form: SurveyForm, *, by: Officer | None
) -> tuple[str, ...]:
    """Cases for a fee that was paid, and for pay much below the promise; their numbers.

    In the transaction that keeps the survey: what the person wrote stands in the case, where only
    monitoring officers read it.
    """
    found = []
    if form.fee_paid:
        found.append((CaseCategory.FEE, _fee(form)))
    if form.pay_as_promised is PayAsPromised.NO:
        found.append((CaseCategory.WAGE, form.comment))
    return tuple(
        open_case(
            session,
            NewCase(
                channel=CaseChannel.LINK if by is None else CaseChannel.HOTLINE,
                category=category,
                urgency=urgency_of(category, in_danger=False),
                deployment_id=stay.id,
                employer_id=stay.employer_id,
                country=stay.country,
                text=text or None,
                subject=external_id_of(session, stay.jobseeker_id),
            ),
            by=by,
        ).number
        for category, text in found
    )


def _fee(form: SurveyForm) -> str:
    amount = f"{form.fee_amount} {form.fee_currency}" if form.fee_amount else ""
    return "\n\n".join(part for part in (f"{amount} {form.fee_to}".strip(), form.comment) if part)
