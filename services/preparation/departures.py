"""The departure itself: planned, confirmed once nothing mandatory is open, or not taken."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from db.models import DeploymentRow
from db.repositories import preparation as repository
from db.repositories.preparation import Traveller
from db.session import unit_of_work
from domain.enums import CandidacyStatus, DeploymentStatus
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.officer import Officer
from domain.records.preparation import DeparturePlan
from domain.texts import N_, Sentence
from domain.transitions import CANDIDACY, check_can_move
from services import audit, clock
from services.answers.following import fill_place
from services.candidacies import move_candidacy
from services.deployments import move_deployment, plan_deployment
from services.permissions import Permission, check_can
from services.preparation.obstacles import (
    BEFORE_DEPARTURE,
    NO_SUCH_CANDIDACY,
    departure_obstacles,
    get_traveller,
    listed,
)
from services.preparation.rules import rules_on
from services.preparation.telling import tell_traveller

C = CandidacyStatus
NOT_PREPARING = N_("This person does not prepare a departure.")
WRITE_WHY = N_("Write in a sentence why.")


def plan_departure(*, candidacy_id: int, plan: DeparturePlan, by: Officer) -> None:
    """Set the days of departure and return, and whom to call in an emergency."""
    check_can(by, Permission.PREPARATION_EDIT)
    with unit_of_work() as work:
        traveller = locked_traveller(work.session, candidacy_id)
        check_can_plan(traveller, by)
        _check_plan(plan)
        row = stay_of(work.session, traveller, by)
        before = planned(row)
        row.planned_departure_on, row.planned_return_on = plan.departure_on, plan.return_on
        row.emergency_name = _tidy(plan.emergency_name)
        row.emergency_phone = _tidy(plan.emergency_phone)
        row.updated_at, row.updated_by = clock.now(), by.id
        work.session.flush()
        seq = audit.record(
            work.session,
            action="departure_planned",
            entity="candidacy",
            entity_id=candidacy_id,
            subject=traveller.person.external_id,
            details={
                "departure": [before.departure_on, plan.departure_on],
                "return": [before.return_on, plan.return_on],
                "emergency_named": [bool(before.emergency_name), bool(row.emergency_name)],
            },
            by=by,
        )
        if plan.departure_on is not None and plan.departure_on != before.departure_on:
            said = {"day": plan.departure_on}
            tell_traveller(
                work.session, traveller.candidacy, "departure_planned", key=seq, by=by, **said
            )
        work.commit()


def check_can_plan(traveller: Traveller, by: Officer) -> None:
    """Raise unless this officer may now plan the departure."""
    check_can(by, Permission.PREPARATION_EDIT)
    if traveller.candidacy.status not in BEFORE_DEPARTURE:
        raise Refused(NOT_PREPARING)


def planned(row: DeploymentRow | None) -> DeparturePlan:
    """The plan as it stands in the register of stays."""
    if row is None:
        return DeparturePlan()
    return DeparturePlan(
        row.planned_departure_on, row.planned_return_on, row.emergency_name, row.emergency_phone
    )


def _check_plan(plan: DeparturePlan) -> None:
    today = clock.today()
    latest = today + timedelta(rules_on(today).plan_days_ahead_max)
    if plan.departure_on and plan.departure_on > latest:
        raise InvalidInput(
            N_("A departure can be planned until {latest}: check the year."), latest=latest
        )
    if plan.departure_on and plan.return_on and plan.return_on <= plan.departure_on:
        raise InvalidInput(N_("The return must come after the departure."))
    if bool(_tidy(plan.emergency_name)) != bool(_tidy(plan.emergency_phone)):
        raise InvalidInput(
            N_("Who is called in an emergency needs both a name and a phone number.")
        )


def _tidy(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None


def locked_traveller(session: Session, candidacy_id: int) -> Traveller:
    """The candidacy held against others, with its person, vacancy and stay."""
    if repository.lock_candidacy(session, candidacy_id) is None:
        raise NotFound(NO_SUCH_CANDIDACY)
    return get_traveller(session, candidacy_id)


def stay_of(session: Session, traveller: Traveller, by: Officer) -> DeploymentRow:
    """The person's stay abroad; planned now where nobody has."""
    return traveller.deployment or plan_deployment(session, traveller.candidacy, by=by)


def confirm_departure(*, candidacy_id: int, on: date, note: str | None = None, by: Officer) -> None:
    """Write down that the person has departed; Refused with every reason while one is open."""
    check_can(by, Permission.PREPARATION_EDIT)
    with unit_of_work() as work:
        traveller = locked_traveller(work.session, candidacy_id)
        check_can_confirm(work.session, traveller, by)
        if on > clock.today():
            raise InvalidInput(N_("The departure can be confirmed once the person has gone."))
        row = stay_of(work.session, traveller, by)
        move_deployment(
            work.session, row, DeploymentStatus.DEPARTED, on=on, note=_tidy(note), by=by
        )
        audit.record(
            work.session,
            action="departure_confirmed",
            entity="candidacy",
            entity_id=candidacy_id,
            subject=traveller.person.external_id,
            details={"on": on},
            by=by,
        )
        work.commit()


def check_can_confirm(session: Session, traveller: Traveller, by: Officer) -> None:
    """Raise unless nothing mandatory is open any more; names every reason."""
    check_can(by, Permission.PREPARATION_EDIT)
    reasons = departure_obstacles(session, traveller.candidacy.id)
    if reasons:
        raise Refused(
            N_("The departure can't be confirmed yet. {reasons}"), reasons=listed(reasons)
        )
    check_can_move(CANDIDACY, traveller.candidacy.status, C.DEPARTED)


def record_no_show(*, candidacy_id: int, reason: str, by: Officer) -> None:
    """Write down that somebody with everything in hand did not depart, and why."""
    check_can(by, Permission.PREPARATION_EDIT)
    with unit_of_work() as work:
        traveller = locked_traveller(work.session, candidacy_id)
        check_can_record_no_show(traveller, by)
        why = _tidy(reason)
        if why is None or len(why) < rules_on(clock.today()).reason_letters:
            raise InvalidInput(WRITE_WHY)
        before = traveller.candidacy.status
        move_candidacy(work.session, traveller.candidacy, C.NO_SHOW, reason=why, by=by)
        because = Sentence(N_("The person did not depart."))
        fill_place(work.session, traveller.candidacy, because, by=by)
        audit.record(
            work.session,
            action=C.NO_SHOW.value,
            entity="candidacy",
            entity_id=candidacy_id,
            subject=traveller.person.external_id,
            details={"status": [before.value, C.NO_SHOW.value], "reason": [None, why]},
            by=by,
        )
        work.commit()


def check_can_record_no_show(traveller: Traveller, by: Officer) -> None:
    """Raise unless the day of departure has come and the person could have gone."""
    check_can(by, Permission.PREPARATION_EDIT)
    check_can_move(CANDIDACY, traveller.candidacy.status, C.NO_SHOW)
    day = planned(traveller.deployment).departure_on
    if day is not None and day > clock.today():
        raise Refused(
            N_("The departure is planned for {day}: whether the person goes is known then."),
            day=day,
        )
