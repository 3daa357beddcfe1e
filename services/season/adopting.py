"""Adopting a plan for one vacancy: an officer preselects the people whom it has for it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import SeasonPlanRow, SeasonPlanVacancyRow, VacancyRow
from db.queries import season as queries
from db.queries.season import PlannedPerson
from db.repositories.ranking import jobseekers_by_external_id
from db.session import unit_of_work
from domain.enums import PlannedState
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.officer import Officer
from domain.records.season import Adopted, LeftOut, SeasonVacancy
from domain.texts import N_, Sentence
from services import audit, clock
from services.permissions import Permission, check_can
from services.rankings.ranking import rank_vacancy
from services.rankings.runs import Run, run_of
from services.season.plans import NO_SUCH_PLAN, is_changed, standing_of, state_of
from services.season.rooms import Process, room
from services.shortlists.plan import lock_vacancy
from services.shortlists.preselection import preselect_within

ADOPTED = N_("The plan was adopted for this vacancy already.")
CHANGED = N_("The vacancy was changed, or is not open any more: make a new plan.")
OTHER_RULES = N_("The ranking rules have changed since the plan was made: make a new plan.")
NOBODY = N_("Nobody of the plan can be taken for this vacancy any more: make a new plan.")
WHY_NOT = {
    PlannedState.HERE: N_("In the process for this vacancy already."),
    PlannedState.ELSEWHERE: N_("Preselected or held for another vacancy since."),
    PlannedState.GONE: N_("Not available for this vacancy any more."),
}
EXCLUDED = N_("Does not pass the mandatory requirements any more.")
NO_ROOM = N_("The places of this vacancy are taken.")


def adoption_reason(plan_id: int) -> Sentence:
    """Why people are taken although others rank better: a proposal for the officer to confirm."""
    return Sentence(
        N_(
            "Season plan No {number}: people who rank better are planned for other vacancies, "
            "so that more positions are filled in all."
        ),
        {"number": plan_id},
    )


def check_can_adopt(vacancy: SeasonVacancy, by: Officer) -> None:
    """Raise, with what would help, unless the plan can be adopted for this vacancy now."""
    check_can(by, Permission.CANDIDATES_PRESELECT)
    if vacancy.adopted_at is not None:
        raise Refused(ADOPTED)
    if vacancy.is_changed:
        raise Refused(CHANGED)
    if vacancy.has_other_rules:
        raise Refused(OTHER_RULES)
    if vacancy.people <= vacancy.lost:
        raise Refused(NOBODY)


def adopt_vacancy(*, plan_id: int, vacancy_number: str, reason: str, by: Officer) -> Adopted:
    """Preselect the people whom the plan has for a vacancy, positions first.

    Whoever can't be taken any more is left out, with the reason. `reason` is kept with everybody
    who passes over somebody ranked better, and shown to the commission.
    """
    check_can(by, Permission.CANDIDATES_PRESELECT)
    if not reason.strip():
        raise InvalidInput(N_("Write the reason: the commission reads it."))
    run = run_of(rank_vacancy(vacancy_number=vacancy_number, by=by).run_id, by)
    with unit_of_work() as work:
        lock_vacancy(work.session, run.vacancy.id)
        planned, seq = _planned(work.session, plan_id, run)
        rows = queries.people_of(work.session, plan_id, planned.vacancy_id)
        # Whoever takes one of them for another vacancy waits, or has committed before we look.
        jobseekers_by_external_id(work.session, [row.external_id for row in rows])
        left = room(run.vacancy, _taken(work.session, run)).total
        taken, left_out = _chosen(work.session, run, rows, seq, left)
        if not taken:
            raise Refused(NOBODY)
        preselect_within(work.session, run, taken, reason, by)
        planned.adopted_at, planned.adopted_by = clock.now(), by.id
        planned.adopted_people = len(taken)
        audit.record(
            work.session,
            action="adopted",
            entity="season_plan",
            entity_id=plan_id,
            details={
                "vacancy": vacancy_number,
                "people": len(taken),
                "left_out": len(left_out),
                "reason": reason.strip(),
            },
            by=by,
        )
        work.commit()
        return Adopted(tuple(taken), tuple(left_out))


def _planned(session: Session, plan_id: int, run: Run) -> tuple[SeasonPlanVacancyRow, int]:
    row = SeasonPlanVacancyRow
    query = (
        select(row, SeasonPlanRow, VacancyRow)
        .join(SeasonPlanRow, SeasonPlanRow.id == row.plan_id)
        .join(VacancyRow, VacancyRow.id == row.vacancy_id)
        .where(row.plan_id == plan_id, row.vacancy_id == run.vacancy.id)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        raise NotFound(NO_SUCH_PLAN)
    planned, plan, vacancy = found
    if planned.adopted_at is not None:
        raise Refused(ADOPTED)
    if is_changed(planned, vacancy):
        raise Refused(CHANGED)
    if plan.parameters_version != run.parameters.version:
        raise Refused(OTHER_RULES)
    return planned, plan.seq


def _taken(session: Session, run: Run) -> int:
    return Process.of(queries.all_candidacies(session)).taken.get(run.vacancy.id, 0)


def _chosen(
    session: Session, run: Run, rows: Sequence[PlannedPerson], seq: int, left: int
) -> tuple[list[str], list[LeftOut]]:
    """Whom to preselect, in the order of the plan, and who is left out."""
    standing = standing_of(session, rows[0].plan_id) if rows else {}
    taken: list[str] = []
    left_out: list[LeftOut] = []
    for row in rows:
        why = WHY_NOT.get(state_of(row, seq, standing))
        if why is None and run.candidate(row.jobseeker_id) is None:
            why = EXCLUDED
        if why is None and len(taken) >= left:
            why = NO_ROOM
        if why is None:
            taken.append(row.external_id)
        else:
            left_out.append(LeftOut(row.external_id, Sentence(why)))
    return taken, left_out
