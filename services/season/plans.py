"""Plans that were made: the list of them, one with its vacancies, the people of a vacancy."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from db.models import (
    OfficerRow,
    SeasonPlanRow,
    SeasonPlanVacancyRow,
    VacancyRow,
)
from db.queries import season as queries
from db.queries.pool import PersonFacts, people_shown
from db.queries.season import PlannedPerson, PlannedVacancy
from db.session import reading
from domain.enums import CandidacyStatus, JobseekerStatus, PlanLayer, PlannedState, VacancyStatus
from domain.exceptions import NotFound
from domain.records.officer import Officer
from domain.records.season import (
    Doer,
    Filling,
    SeasonPerson,
    SeasonPlan,
    SeasonPlanHead,
    SeasonVacancy,
)
from domain.texts import N_
from domain.values import PER_POINT
from services import clock
from services.audit import Happening
from services.once_a_day import log_once_a_day
from services.permissions import Permission, check_can
from services.policy.versions import parameters_at
from services.season.rooms import SPOKEN_FOR
from services.season.words import score, why_empty, why_here

NO_SUCH_PLAN = N_("There is no season plan with this number.")
LOST = frozenset({PlannedState.ELSEWHERE, PlannedState.GONE})
Standing = Mapping[int, Mapping[int, CandidacyStatus]]
"""By person: the status on each vacancy."""


def list_season_plans(*, by: Officer) -> tuple[SeasonPlanHead, ...]:
    """All plans, the newest first."""
    check_can(by, Permission.RANKING_READ)
    with reading() as session:
        return tuple(_head(row) for row in queries.heads(session))


def _head(row: tuple[Any, ...]) -> SeasonPlanHead:
    plan, officer, vacancies, positions, filled, points, picked, picked_points, adopted = row
    return SeasonPlanHead(
        id=plan.id,
        made_at=plan.made_at,
        made_by=_doer(officer),
        parameters=plan.parameters_version,
        inputs_sha256=plan.inputs_sha256,
        pool=plan.pool_size,
        is_exact=plan.is_exact,
        seconds=plan.seconds,
        vacancies=vacancies,
        positions=int(positions),
        plan=Filling(int(filled), int(points) / PER_POINT),
        in_turn=Filling(int(picked), int(picked_points) / PER_POINT),
        adopted=int(adopted),
    )


def _doer(officer: OfficerRow | None) -> Doer | None:
    return Doer(officer.name_ka, officer.name_en) if officer else None


def get_season_plan(*, plan_id: int, by: Officer) -> SeasonPlan:
    """A plan with its vacancies, and what has changed since it was made."""
    check_can(by, Permission.RANKING_READ)
    with reading() as session:
        found = queries.heads(session, plan_id)
        if not found:
            raise NotFound(NO_SUCH_PLAN)
        plan: SeasonPlanRow = found[0][0]
        people = queries.people_of(session, plan_id)
        standing = standing_of(session, plan_id)
        rows = queries.vacancies_of(session, plan_id)
        of_vacancy: dict[int, list[PlannedPerson]] = defaultdict(list)
        for row in people:
            of_vacancy[row.vacancy_id].append(row)
        at_positions = [row for row in people if row.layer is PlanLayer.POSITION]
        in_turn = [row.picked_vacancy_id for row in at_positions if _is_other(row)]
        return SeasonPlan(
            head=_head(found[0]),
            vacancies=tuple(
                _vacancy(row, of_vacancy.get(row[0].vacancy_id, []), plan, standing) for row in rows
            ),
            moved=sum(vacancy is not None for vacancy in in_turn),
            only_here=sum(vacancy is None for vacancy in in_turn),
        )


def _is_other(row: PlannedPerson) -> bool:
    return row.picked_vacancy_id != row.vacancy_id


def _vacancy(
    row: PlannedVacancy, people: Sequence[PlannedPerson], plan: SeasonPlanRow, standing: Standing
) -> SeasonVacancy:
    planned, vacancy, officer = row
    own = [each for each in people if each.layer is PlanLayer.POSITION]
    states = Counter(state_of(each, plan.seq, standing) for each in people)
    return SeasonVacancy(
        number=vacancy.number,
        title=vacancy.title,
        title_ka=vacancy.title_ka,
        country=vacancy.country,
        start_on=vacancy.start_on,
        taken=planned.taken,
        positions=planned.positions,
        people=len(people),
        eligible=planned.eligible,
        plan=Filling(planned.filled, planned.points / PER_POINT),
        in_turn=Filling(planned.picked, planned.picked_points / PER_POINT),
        worst=min((score(each.points) for each in own), default=None),
        others=sum(_is_other(each) for each in own),
        why_empty=why_empty(planned),
        is_changed=is_changed(planned, vacancy),
        has_other_rules=plan.parameters_version != parameters_at(clock.today()).version,
        lost=sum(states[state] for state in LOST),
        changed=states[PlannedState.CHANGED],
        adopted_at=planned.adopted_at,
        adopted_by=_doer(officer),
        adopted_people=planned.adopted_people,
    )


def is_changed(planned: SeasonPlanVacancyRow, vacancy: VacancyRow) -> bool:
    """Whether the vacancy is another one by now, or takes nobody."""
    return planned.version != vacancy.version or vacancy.status is not VacancyStatus.PUBLISHED


def standing_of(session: Session, plan_id: int) -> Standing:
    """Where the people of a plan are in the process now."""
    found: dict[int, dict[int, CandidacyStatus]] = defaultdict(dict)
    for person, vacancy, status in queries.candidacies_of_planned(session, plan_id):
        found[person][vacancy] = status
    return found


def state_of(row: PlannedPerson, seq: int, standing: Standing) -> PlannedState:
    """Whether this person can still be taken as the plan has it."""
    own = standing.get(row.jobseeker_id, {})
    here = own.get(row.vacancy_id)
    if here in SPOKEN_FOR:
        return PlannedState.HERE
    if here is not None or row.status is not JobseekerStatus.ACTIVE:
        return PlannedState.GONE
    if any(other in SPOKEN_FOR for other in own.values()):
        return PlannedState.ELSEWHERE
    return PlannedState.CHANGED if row.changed_seq > seq else PlannedState.FREE


def list_planned_people(
    *, plan_id: int, vacancy_number: str, by: Officer
) -> tuple[SeasonPerson, ...]:
    """The people whom a plan has for a vacancy, positions first, and why each is there.

    Who looked is logged, once a day for each list.
    """
    check_can(by, Permission.RANKING_READ)
    people = _people(plan_id, vacancy_number)
    details = {"vacancy": vacancy_number, "people": len(people)}
    happening = Happening(action="read", entity="season_plan", entity_id=plan_id, details=details)
    log_once_a_day((plan_id, vacancy_number), happening, by=by)
    return people


def _people(plan_id: int, vacancy_number: str) -> tuple[SeasonPerson, ...]:
    with reading() as session:
        plan = session.get(SeasonPlanRow, plan_id)
        vacancies = {row[1].id: row[1].number for row in queries.vacancies_of(session, plan_id)}
        vacancy_id = next((i for i, number in vacancies.items() if number == vacancy_number), None)
        if plan is None or vacancy_id is None:
            raise NotFound(NO_SUCH_PLAN)
        rows = queries.people_of(session, plan_id, vacancy_id)
        facts = people_shown(session, [row.jobseeker_id for row in rows])
        standing = standing_of(session, plan_id)
        return tuple(
            _person(row, facts[row.jobseeker_id], plan.seq, standing, vacancies) for row in rows
        )


def _person(
    row: PlannedPerson, facts: PersonFacts, seq: int, standing: Standing, numbers: Mapping[int, str]
) -> SeasonPerson:
    turn = row.picked_vacancy_id
    return SeasonPerson(
        external_id=facts.external_id,
        name_ka=facts.name_ka,
        name_lat=facts.name_lat,
        region=facts.region,
        layer=row.layer,
        score=score(row.points),
        why=why_here(row, numbers),
        in_turn=numbers[turn] if turn is not None else None,
        state=state_of(row, seq, standing),
    )
