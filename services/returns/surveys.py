"""The survey after the return: by a personal link on a phone, or as told to an officer."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import DeploymentRow, EmployerRow, ExitSurveyRow, ReturnRow
from db.repositories import returns as repository
from db.session import reading, unit_of_work
from domain.enums import LinkPurpose, PayAsPromised, ReturnNeed
from domain.exceptions import FieldProblem, InvalidInput, NotFound, Refused
from domain.records.officer import Officer
from domain.records.returns import ExitAnswers, SurveyForm, SurveyPage, SurveyRecord
from domain.texts import N_, Sentence
from services import access_links, audit, clock
from services.due_cases import settle_each
from services.notifications import Recipient, queue_message
from services.permissions import Permission, check_can
from services.returns.rules import rules_on
from services.returns.signals import open_cases
from services.vacancies.form import is_currency

ENTITY = "exit_survey"
PATH = "exit"
"""Where the page stands: /public/exit/<secret>."""
TEMPLATE = "returns.exit_survey"
MOST_RECOMMENDS = 10
MOST_FEE = Decimal(10_000_000)


def check_can_send_survey(is_recorded: bool, has_survey: bool, by: Officer) -> None:
    """Raise, with what would help, unless a link to the survey can be sent now."""
    check_can(by, Permission.RETURNS_EDIT)
    if not is_recorded:
        raise Refused(N_("Record the return first: the survey is about the whole stay."))
    if has_survey:
        raise Refused(N_("The survey is answered already."))


def send_survey(*, deployment_number: str, by: Officer) -> str:
    """Send a new personal link and call back the older ones; the address, shown this once."""
    check_can(by, Permission.RETURNS_EDIT)
    with unit_of_work() as work:
        stay, back = _of(work.session, deployment_number)
        has_survey = back is not None and repository.find_survey(work.session, back.id) is not None
        check_can_send_survey(back is not None, has_survey, by)
        assert back is not None
        address = _send(work.session, stay, back, by)
        work.commit()
        return address


def send_exit_surveys() -> int:
    """Send the link to everybody who came back lately and was not asked yet; how many."""
    since = clock.today() - timedelta(rules_on().survey_days_open)
    with reading() as session:
        waiting = [
            row.id
            for row in session.scalars(select(ReturnRow).where(ReturnRow.returned_on >= since))
            if not _was_asked(session, row.id)
        ]
    return settle_each("surveys", waiting, lambda one: _send_once(one))


def _send_once(return_id: int) -> int:
    with unit_of_work() as work:
        back = work.session.get_one(ReturnRow, return_id, with_for_update=True)
        if _was_asked(work.session, return_id):
            return 0
        _send(work.session, work.session.get_one(DeploymentRow, back.deployment_id), back, None)
        work.commit()
        return 1


def _was_asked(session: Session, return_id: int) -> bool:
    links = access_links.list_links(session, purpose=LinkPurpose.EXIT_SURVEY, subject_id=return_id)
    return bool(links) or repository.find_survey(session, return_id) is not None


def _send(session: Session, stay: DeploymentRow, back: ReturnRow, by: Officer | None) -> str:
    until = clock.today() + timedelta(rules_on().survey_days_open)
    secret, link = access_links.renew_link(
        session, purpose=LinkPurpose.EXIT_SURVEY, subject_id=back.id, last_day=until, by=by
    )
    address = access_links.link_address(PATH, secret)
    queue_message(
        session,
        template=TEMPLATE,
        to=Recipient.jobseeker(stay.jobseeker_id),
        values={"until": until, "link": address},
        key=f"exit_survey:{back.id}:{link.id}",
        by=by,
    )
    audit.record(
        session,
        action="sent",
        entity=ENTITY,
        entity_id=stay.number,
        subject=repository.external_id_of(session, stay.jobseeker_id),
        details={"open_until": until},
        by=by,
    )
    return address


def open_survey(*, secret: str) -> SurveyPage:
    """What the page behind the link says; NotFound or Refused where the link opens nothing."""
    link = access_links.open_link(secret=secret, purpose=LinkPurpose.EXIT_SURVEY)
    with reading() as session:
        back = session.get_one(ReturnRow, link.subject_id)
        stay = session.get_one(DeploymentRow, back.deployment_id)
        employer = session.get(EmployerRow, stay.employer_id) if stay.employer_id else None
        survey = repository.find_survey(session, back.id)
        return SurveyPage(
            country=stay.country,
            employer=employer.name if employer else None,
            returned_on=back.returned_on,
            open_until=clock.day_of(link.expires_at - timedelta(seconds=1)),
            answered_on=clock.day_of(survey.answered_at) if survey else None,
        )


def answer_survey(*, secret: str, form: SurveyForm) -> None:
    """Keep what the person behind the link answers, once; InvalidInput names the field."""
    with unit_of_work() as work:
        link = access_links.check_link(
            work.session, secret=secret, purpose=LinkPurpose.EXIT_SURVEY, lock=True
        )
        back = work.session.get_one(ReturnRow, link.subject_id, with_for_update=True)
        _answer(work.session, back, form, None)
        work.commit()


def record_survey(*, deployment_number: str, form: SurveyForm, by: Officer) -> None:
    """Write down what the person said by phone or in the office; open links end with it."""
    check_can(by, Permission.RETURNS_EDIT)
    with unit_of_work() as work:
        _, back = _of(work.session, deployment_number)
        has_survey = back is not None and repository.find_survey(work.session, back.id) is not None
        check_can_send_survey(back is not None, has_survey, by)
        assert back is not None
        _answer(work.session, back, form, by)
        access_links.revoke_links(
            work.session,
            purpose=LinkPurpose.EXIT_SURVEY,
            subject_id=back.id,
            reason="answered by phone",
            by=by,
        )
        work.commit()


def _answer(session: Session, back: ReturnRow, form: SurveyForm, by: Officer | None) -> None:
    known = repository.find_survey(session, back.id)
    if known is not None:
        raise Refused(
            N_("You have answered already, on {day}. Thank you; call us to correct something."),
            day=clock.day_of(known.answered_at),
        )
    form = _checked(form)
    session.add(
        ExitSurveyRow(
            return_id=back.id,
            fee_paid=form.fee_paid,
            fee_amount=form.fee_amount,
            fee_currency=form.fee_currency,
            fee_to=form.fee_to or None,
            pay_as_promised=form.pay_as_promised,
            recommends=form.recommends,
            wants_again=form.wants_again,
            needs=[need.value for need in form.needs],
            comment=form.comment or None,
            answered_at=clock.now(),
            answered_by=by.id if by else None,
        )
    )
    session.flush()
    stay = session.get_one(DeploymentRow, back.deployment_id)
    cases = open_cases(session, stay, form, by=by)
    audit.record(
        session,
        action="answered",
        entity=ENTITY,
        entity_id=stay.number,
        subject=repository.external_id_of(session, back.jobseeker_id),
        details={"fee_paid": form.fee_paid, "cases": list(cases)},
        by=by,
    )


def _checked(form: SurveyForm) -> SurveyForm:
    """The form without what does not belong together; InvalidInput names every wrong field."""
    if not form.fee_paid:
        form = _without_fee(form)
    problems = []
    if form == SurveyForm():
        text = N_("Answer at least one question.")
        problems.append(FieldProblem("fee_paid", Sentence(text)))
    if form.fee_amount is not None and not 0 < form.fee_amount <= MOST_FEE:
        text = N_("Write the amount as a number above zero.")
        problems.append(FieldProblem("fee_amount", Sentence(text)))
    if form.fee_amount is not None and not (form.fee_currency and is_currency(form.fee_currency)):
        text = N_("Say in which currency it was paid.")
        problems.append(FieldProblem("fee_currency", Sentence(text)))
    if form.recommends is not None and not 0 <= form.recommends <= MOST_RECOMMENDS:
        text = N_("Choose a number from 0 to 10.")
        problems.append(FieldProblem("recommends", Sentence(text)))
    if problems:
        raise InvalidInput(N_("Some answers need a correction: see beside them."), tuple(problems))
    return form


def _without_fee(form: SurveyForm) -> SurveyForm:
    return SurveyForm(
        fee_paid=form.fee_paid,
        pay_as_promised=form.pay_as_promised,
        recommends=form.recommends,
        wants_again=form.wants_again,
        needs=form.needs,
        comment=form.comment,
    )


def record_of(row: ExitSurveyRow) -> SurveyRecord:
    """The answers as they were kept."""
    return SurveyRecord(
        fee_paid=row.fee_paid,
        fee_amount=row.fee_amount,
        fee_currency=row.fee_currency,
        fee_to=row.fee_to or "",
        pay_as_promised=row.pay_as_promised,
        recommends=row.recommends,
        wants_again=row.wants_again,
        needs=tuple(ReturnNeed(need) for need in row.needs),
        comment=row.comment or "",
        answered_at=row.answered_at,
        by_officer=row.answered_by is not None,
    )


def link_open_until(session: Session, return_id: int) -> date | None:
    """Until when a link to the survey of a return is open; None: none is."""
    links = access_links.list_links(session, purpose=LinkPurpose.EXIT_SURVEY, subject_id=return_id)
    open_ones = [x.expires_at for x in links if x.revoked_at is None and x.expires_at > clock.now()]
    return clock.day_of(max(open_ones) - timedelta(seconds=1)) if open_ones else None


def exit_answers_of(session: Session, employer_id: int) -> ExitAnswers:
    """What former workers said of an employer; each figure with how many answered that question."""
    returned = session.scalars(
        select(ReturnRow.id)
        .join(DeploymentRow, DeploymentRow.id == ReturnRow.deployment_id)
        .where(DeploymentRow.employer_id == employer_id)
    ).all()
    query = select(ExitSurveyRow).where(ExitSurveyRow.return_id.in_(returned))
    answers = session.scalars(query).all()
    fees = [survey.fee_paid for survey in answers if survey.fee_paid is not None]
    pay = [survey.pay_as_promised for survey in answers if survey.pay_as_promised is not None]
    marks = [survey.recommends for survey in answers if survey.recommends is not None]
    return ExitAnswers(
        returned=len(returned),
        answered=len(answers),
        fee_answers=len(fees),
        fees_paid=sum(fees),
        pay_answers={kind: pay.count(kind) for kind in PayAsPromised if kind in pay},
        recommend_answers=len(marks),
        recommends_mean=sum(marks) / len(marks) if marks else None,
    )


def _of(session: Session, deployment_number: str) -> tuple[DeploymentRow, ReturnRow | None]:
    stay = repository.find_stay(session, deployment_number)
    if stay is None:
        raise NotFound(N_("There is no stay abroad with this number."))
    return stay, repository.find_return(session, stay.id, lock=True)
