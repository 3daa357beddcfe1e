"""An employer's trust file: counts of what is known, each with what it means; no score."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import (
    CaseRemedyRow,
    CheckInRow,
    DeploymentRow,
    EmployerRow,
    MonitoringCaseRow,
    PromiseComparisonRow,
)
from db.session import reading
from domain.enums import CaseOutcome, DeploymentStatus, PromiseTerm, PromiseVerdict, VisitStatus
from domain.exceptions import NotFound
from domain.records.monitoring import CaseSummary, TrustFigure, TrustFile, VisitRecord
from domain.records.officer import Officer
from domain.texts import N_, Sentence, Term
from services import clock
from services.monitoring.cases import summaries
from services.monitoring.rules import rules_on
from services.monitoring.suspensions import list_suspensions, suspension_refusal
from services.monitoring.visits import visits_of
from services.permissions import Permission, check_can
from services.returns.surveys import exit_answers_of

TERMS = (
    PromiseTerm.PAY,
    PromiseTerm.PAY_ON_TIME,
    PromiseTerm.HOURS,
    PromiseTerm.HOUSING,
    PromiseTerm.DOCUMENTS,
)
FOUNDED = frozenset({CaseOutcome.FOUNDED, CaseOutcome.PARTLY})


def trust_file(*, employer_id: int, by: Officer) -> TrustFile:
    """Everything that promises, cases, visits and surveys say of one employer."""
    check_can(by, Permission.MONITORING_READ)
    small = rules_on(clock.today()).small_number
    with reading() as session:
        employer = session.get(EmployerRow, employer_id)
        if employer is None:
            raise NotFound(N_("There is no such employer."))
        query = select(MonitoringCaseRow.id).where(MonitoringCaseRow.employer_id == employer_id)
        cases = summaries(session, session.scalars(query).all())
        visits = visits_of(session, employer_id)
        figures = (
            *_stays(session, employer_id),
            *_promises(session, employer_id, small),
            *_cases(cases),
            *_visits(visits),
            *_surveys(session, employer_id, small),
        )
        return TrustFile(
            employer_id=employer_id,
            employer=employer.name,
            country=employer.country,
            status=employer.status.value,
            refusal=suspension_refusal(session, employer_id),
            figures=figures,
            recovered=_recovered(session, employer_id),
            suspensions=list_suspensions(session, employer_id),
            cases=tuple(sorted(cases, key=lambda case: case.opened_at, reverse=True)),
            visits=visits,
        )


def _figure(
    text: str, count: int, of: int | None, meaning: str, small: int = 0, **values: object
) -> TrustFigure:
    is_small = of is not None and of < small
    return TrustFigure(Sentence(text, values), count, of, is_small, Sentence(meaning))


def _stays(session: Session, employer_id: int) -> list[TrustFigure]:
    query = (
        select(DeploymentRow.status, func.count())
        .where(DeploymentRow.employer_id == employer_id)
        .group_by(DeploymentRow.status)
    )
    by_status = {line[0]: line[1] for line in session.execute(query)}
    not_gone = (DeploymentStatus.PLANNED, DeploymentStatus.CANCELLED)
    gone = sum(count for status, count in by_status.items() if status not in not_gone)
    lost = by_status.get(DeploymentStatus.LOST_CONTACT, 0)
    return [
        _figure(N_("People who went"), gone, None, N_("Stays with this employer in the register.")),
        _figure(
            N_("Contact lost now"), lost, gone, N_("People who went and can't be reached today.")
        ),
    ]


def _promises(session: Session, employer_id: int, small: int) -> list[TrustFigure]:
    query = (
        select(PromiseComparisonRow.term, PromiseComparisonRow.verdict, func.count())
        .join(CheckInRow, CheckInRow.id == PromiseComparisonRow.check_in_id)
        .join(DeploymentRow, DeploymentRow.id == CheckInRow.deployment_id)
        .where(
            DeploymentRow.employer_id == employer_id,
            PromiseComparisonRow.verdict != PromiseVerdict.UNKNOWN,
        )
        .group_by(PromiseComparisonRow.term, PromiseComparisonRow.verdict)
    )
    broken: Counter[PromiseTerm] = Counter()
    told: Counter[PromiseTerm] = Counter()
    for term, verdict, count in session.execute(query):
        told[term] += count
        broken[term] += count if verdict is PromiseVerdict.BROKEN else 0
    meaning = N_("Check-ins that tell otherwise than the contract, of those where both are known.")
    return [
        _figure(
            N_("Promise not kept: {term}"),
            broken[term],
            told[term],
            meaning,
            small,
            term=Term("PromiseTerm", term.value),
        )
        for term in TERMS
    ]


def _cases(cases: tuple[CaseSummary, ...]) -> list[TrustFigure]:
    closed = [case for case in cases if case.outcome is not None]
    founded = sum(1 for case in closed if case.outcome in FOUNDED)
    return [
        _figure(N_("Cases"), len(cases), None, N_("Cases and complaints about this employer.")),
        _figure(
            N_("Founded, wholly or partly"),
            founded,
            len(closed),
            N_("Cases that were closed as founded, of all that were closed."),
        ),
    ]


def _visits(visits: tuple[VisitRecord, ...]) -> list[TrustFigure]:
    done = [one for one in visits if one.status in (VisitStatus.CARRIED_OUT, VisitStatus.CLOSED)]
    findings = [finding for one in done for finding in one.findings if finding.severity]
    still = sum(1 for finding in findings if finding.corrected_at is None)
    return [
        _figure(N_("Visits"), len(done), None, N_("Visits that were carried out.")),
        _figure(
            N_("Findings not yet put right"),
            still,
            len(findings),
            N_("Findings of severity 1 to 4 that wait for the employer, of all of them."),
        ),
    ]


def _surveys(session: Session, employer_id: int, small: int) -> list[TrustFigure]:
    told = exit_answers_of(session, employer_id)
    return [
        _figure(
            N_("Paid somebody for the job"),
            told.fees_paid,
            told.fee_answers,
            N_("People who came back and say that they paid, of those who answered."),
            small,
        )
    ]


def _recovered(session: Session, employer_id: int) -> tuple[tuple[str, Decimal], ...]:
    query = (
        select(CaseRemedyRow.currency, func.sum(CaseRemedyRow.amount))
        .join(MonitoringCaseRow, MonitoringCaseRow.id == CaseRemedyRow.case_id)
        .where(MonitoringCaseRow.employer_id == employer_id)
        .group_by(CaseRemedyRow.currency)
        .order_by(CaseRemedyRow.currency)
    )
    return tuple((currency, Decimal(amount)) for currency, amount in session.execute(query))
