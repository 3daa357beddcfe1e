"""The screens of coming back: the board, and one person's return."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from db.models import CandidacyRow, FollowUpRow, JobseekerRow, VacancyRow
from db.queries import returns as queries
from db.queries.returns import StayFacts
from db.repositories import returns as repository
from db.session import reading
from domain.enums import DeploymentStatus, ReturnNeed
from domain.exceptions import NotFound
from domain.records.officer import Officer
from domain.records.returns import FollowUp, GainRecord, ReturnDetail, ReturnsBoard, StayEnding
from domain.texts import N_
from services import clock
from services.audit import Happening
from services.once_a_day import log_once_a_day
from services.permissions import Permission, check_can
from services.returns.recording import expected_on, form_of
from services.returns.reminders import reminders_of
from services.returns.requests import requests_of
from services.returns.rules import rules_on
from services.returns.surveys import link_open_until, record_of


def get_returns_board(*, by: Officer) -> ReturnsBoard:
    """Who is expected within the period of the rules, who is back, and whom to ask now."""
    check_can(by, Permission.RETURNS_READ)
    with reading() as session:
        counts = _Counts(session)
        away = [counts.told(x) for x in queries.stays_in(session, repository.AWAY)]
        returned = queries.stays_in(session, [DeploymentStatus.RETURNED])
        back = [counts.told(x) for x in returned]
        due = tuple(_follow_up(*row) for row in queries.follow_ups(session, open_only=True))
    soon = rules_on().shown_before_days
    expected = [x for x in away if x.days_left is not None and x.days_left <= soon]
    surveys = [x.survey for x in returned if x.survey is not None]
    return ReturnsBoard(
        expected=tuple(sorted(expected, key=lambda x: (x.days_left or 0, x.deployment))),
        overdue=sum(x.days_left is not None and x.days_left < 0 for x in away),
        unknown_end=sum(x.expected_on is None for x in away),
        back=tuple(sorted(back, key=lambda x: x.returned_on or date.min, reverse=True)),
        due=due,
        surveys=len(surveys),
        fees_paid=sum(survey.fee_paid is True for survey in surveys),
        hired=sum(x.is_hired for x in back),
        shown_before_days=soon,
    )


class _Counts:
    """What is counted once for a whole list."""

    def __init__(self, session: Session) -> None:
        self.reminders = queries.last_reminders(session)
        self.gains = queries.counted_gains(session)
        self.referrals = queries.counted_referrals(session)

    def told(self, facts: StayFacts) -> StayEnding:
        """One stay as a line of a list."""
        stay, person, back = facts.stay, facts.person, facts.back
        expected = expected_on(stay)
        referrals, is_hired = self.referrals.get(person.id, (0, False))
        is_back = stay.status is DeploymentStatus.RETURNED
        return StayEnding(
            deployment=stay.number,
            external_id=person.external_id,
            name_ka=_full(person.first_name_ka, person.last_name_ka),
            name_lat=_full(person.first_name_lat, person.last_name_lat),
            country=stay.country,
            employer=facts.employer,
            status=stay.status,
            expected_on=expected,
            days_left=None if is_back or expected is None else (expected - clock.today()).days,
            reminded=self.reminders.get((stay.id, expected)) if expected else None,
            returned_on=back.returned_on if back else stay.returned_on,
            is_on_time=back.is_on_time if back else None,
            reason=back.reason if back else None,
            needs=tuple(ReturnNeed(need) for need in back.needs) if back else (),
            has_survey=facts.survey is not None,
            gains=self.gains.get(back.id, 0) if back else 0,
            referrals=referrals,
            is_hired=is_hired,
            is_recorded=back is not None,
        )


def get_return(*, deployment_number: str, by: Officer) -> ReturnDetail:
    """One person's coming back; who opened it is audited, once a day."""
    check_can(by, Permission.RETURNS_READ)
    with reading() as session:
        facts = queries.find_stay_facts(session, deployment_number)
        if facts is None:
            raise NotFound(N_("There is no stay abroad with this number."))
        detail = _detail(session, facts)
    happening = Happening("read", "return", deployment_number, detail.stay.external_id)
    log_once_a_day(("return", deployment_number), happening, by=by)
    return detail


def _detail(session: Session, facts: StayFacts) -> ReturnDetail:
    stay, back, survey = facts.stay, facts.back, facts.survey
    candidacy = session.get_one(CandidacyRow, stay.candidacy_id)
    tasks = queries.follow_ups(session, return_id=back.id) if back else []
    referrals = queries.referrals_of(session, stay.jobseeker_id)
    return ReturnDetail(
        stay=_Counts(session).told(facts),
        stay_from=stay.arrived_on or stay.departed_on,
        end_reason=stay.end_reason,
        candidacy_vacancy=session.get_one(VacancyRow, candidacy.vacancy_id).number,
        version=back.version if back else None,
        form=form_of(back) if back else None,
        recorded_at=back.recorded_at if back else None,
        reminders=reminders_of(session, stay),
        gains=_gains(session, back.id) if back else (),
        survey=record_of(survey) if survey else None,
        survey_open_until=link_open_until(session, back.id) if back else None,
        follow_ups=tuple(_follow_up(*row) for row in tasks),
        requests=requests_of(session, stay.id),
        referrals=tuple((number, status.value) for number, status in referrals),
    )


def _gains(session: Session, return_id: int) -> tuple[GainRecord, ...]:
    return tuple(
        GainRecord(
            kind=row.kind,
            code=row.code,
            detail=row.detail or "",
            valid_until=row.valid_until,
            evidence=row.evidence,
            evidence_note=row.evidence_note or "",
            recorded_at=row.recorded_at,
        )
        for row in repository.gains_of(session, return_id)
    )


def _follow_up(
    row: FollowUpRow, person: JobseekerRow, stay: str | None, vacancy: str | None
) -> FollowUp:
    return FollowUp(
        id=row.id,
        months=row.months,
        due_on=row.due_on,
        outcome=row.outcome,
        note=row.note,
        done_at=row.done_at,
        external_id=person.external_id,
        name_ka=_full(person.first_name_ka, person.last_name_ka),
        name_lat=_full(person.first_name_lat, person.last_name_lat),
        deployment=stay,
        local_vacancy=vacancy,
    )


def _full(first: str | None, last: str | None) -> str | None:
    return " ".join(part for part in (first, last) if part) or None
