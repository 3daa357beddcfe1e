"""An employer asks for somebody by name for a new season: the fast track.

What need not be done again is a dated rule. The person stands in the ranking like everybody, and
the commission decides as always: nobody is sent abroad because an employer asked.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    DeploymentRow,
    EmployerRow,
    NamedRequestRow,
    VacancyRow,
)
from db.repositories import ranking as rankings
from db.repositories import returns as repository
from db.session import reading, unit_of_work
from domain.enums import CandidacyStatus, DeploymentStatus, FastTrackStep
from domain.exceptions import FieldProblem, InvalidInput, NotFound, Refused
from domain.records.officer import Officer
from domain.records.returns import FastTrackOffer, NamedRequest
from domain.texts import N_, Sentence, Term, from_json, to_json
from domain.values import PER_POINT
from matching.explanation import exclusion_reasons
from services import audit, clock
from services.permissions import Permission, check_can
from services.rankings.ranking import check_can_rank, rank_vacancy
from services.rankings.runs import Run, run_of
from services.returns.rules import ReturnRules, months_after, rules_on
from services.shortlists.plan import TAKING, lock_vacancy
from services.shortlists.preselection import against_rank, preselect_within
from services.vacancies.vacancies import get_vacancy

ENTITY = "named_request"


def check_can_request(status: DeploymentStatus, end_reason: str | None, by: Officer) -> None:
    """Raise, with the rule, unless an employer may ask for this person by name."""
    check_can(by, Permission.CANDIDATES_PRESELECT)
    if status is not DeploymentStatus.RETURNED:
        raise Refused(N_("Record the return first: a new season begins after the last one."))
    if end_reason in rules_on().never_after:
        raise Refused(
            N_("The last stay ended like this: “{reason}”. The rules allow no fast track then."),
            reason=Term("EndReason", end_reason or ""),
        )


def list_fast_track_offers(*, deployment_number: str, by: Officer) -> tuple[FastTrackOffer, ...]:
    """Vacancies of the former employer that take people now, with the person's place in each."""
    check_can(by, Permission.RETURNS_READ)
    check_can(by, Permission.RANKING_READ)
    with reading() as session:
        stay = _stay(session, deployment_number)
        external_id = repository.external_id_of(session, stay.jobseeker_id)
        query = select(VacancyRow.number).where(
            VacancyRow.employer_id == stay.employer_id, VacancyRow.status.in_(TAKING)
        )
        numbers = session.scalars(query.order_by(VacancyRow.start_on, VacancyRow.number)).all()
    if stay.employer_id is None:
        return ()
    return tuple(_offer(stay, external_id, number, by) for number in numbers)


def _offer(stay: DeploymentRow, external_id: str, number: str, by: Officer) -> FastTrackOffer:
    run = _run(number, by)
    person, vacancy = stay.jobseeker_id, run.vacancy
    found = run.candidate(person) if person in run.pool else None
    excluded: tuple[Sentence, ...] = ()
    if found is None and person in run.pool:
        asked = (run.requirement, run.vocabulary, run.parameters)
        excluded = exclusion_reasons(run.profile(person), *asked)
    with reading() as session:
        present = set(rankings.candidacies_of(session, vacancy.id))
    rules = rules_on()
    return FastTrackOffer(
        vacancy=number,
        title=vacancy.title,
        title_ka=vacancy.title_ka,
        start_on=vacancy.start_on,
        rank=found.rank if found else None,
        ranked=len(run.ranking.candidates),
        score=found.points / PER_POINT if found else None,
        excluded_by=excluded,
        skipped=skipped_for(stay, rules, vacancy.country),
        never_skipped=rules.never_skip,
        passes_over=found is not None and bool(against_rank(run, [person], present - {person})),
    )


def _run(number: str, by: Officer) -> Run:
    check_can_rank(get_vacancy(number=number, by=by))
    return run_of(rank_vacancy(vacancy_number=number, by=by).run_id, by)


def skipped_for(
    stay: DeploymentRow, rules: ReturnRules, country: str
) -> tuple[tuple[FastTrackStep, Sentence], ...]:
    """What need not be done again after this stay, and why."""
    last = stay.ended_on or stay.returned_on
    if last is None:
        return ()
    found: list[tuple[FastTrackStep, Sentence]] = []
    for step in rules.may_skip:
        if step is FastTrackStep.EMPLOYER_INTERVIEW:
            text = N_("has worked for this employer until {day}")
            found.append((step, Sentence(text, {"day": last})))
        elif step is FastTrackStep.FULL_ORIENTATION and _is_fresh(last, rules, stay, country):
            text = N_("was in {country} until {day}: what has changed is told instead")
            told = Sentence(text, {"country": Term("country", country), "day": last})
            found.append((step, told))
    return tuple(found)


def _is_fresh(last: date, rules: ReturnRules, stay: DeploymentRow, country: str) -> bool:
    return stay.country == country and (
        months_after(last, rules.orientation_kept_months) >= clock.today()
    )


def request_by_name(
    *,
    deployment_number: str,
    vacancy_number: str,
    asked_by_name: str,
    asked_on: date,
    by: Officer,
) -> None:
    """Preselect somebody by the fast track because the former employer asks for them by name."""
    check_can(by, Permission.CANDIDATES_PRESELECT)
    _check_request(asked_by_name, asked_on)
    with reading() as session:
        stay = _stay(session, deployment_number)
        external_id = repository.external_id_of(session, stay.jobseeker_id)
    check_can_request(stay.status, stay.end_reason, by)
    run = _run(vacancy_number, by)
    rules = rules_on()
    _check_same_employer(stay, run.vacancy.employer_id, rules)
    skipped = skipped_for(stay, rules, run.vacancy.country)
    reason = _reason(stay, asked_by_name, asked_on, skipped)
    with unit_of_work() as work:
        # Of two officers who record it in the same moment, the second one reads that it is there.
        lock_vacancy(work.session, run.vacancy.id)
        _check_new(work.session, run.vacancy.id, stay.jobseeker_id)
        preselect_within(work.session, run, [external_id], reason, by)
        candidacy = rankings.candidacies_of(work.session, run.vacancy.id)[stay.jobseeker_id]
        candidate = run.candidate(stay.jobseeker_id)
        row = NamedRequestRow(
            vacancy_id=run.vacancy.id,
            jobseeker_id=stay.jobseeker_id,
            deployment_id=stay.id,
            candidacy_id=candidacy.id,
            asked_on=asked_on,
            asked_by_name=asked_by_name.strip(),
            rank=candidate.rank if candidate else None,
            skipped=[[step.value, to_json(why)] for step, why in skipped],
            recorded_at=clock.now(),
            recorded_by=by.id,
        )
        work.session.add(row)
        work.session.flush()
        audit.record(
            work.session,
            action="registered",
            entity=ENTITY,
            entity_id=run.vacancy.number,
            subject=external_id,
            details={
                "deployment": stay.number,
                "rank": row.rank,
                "skipped": [step.value for step, _ in skipped],
            },
            by=by,
        )
        work.commit()


def _check_request(asked_by_name: str, asked_on: date) -> None:
    problems = []
    if not asked_by_name.strip():
        text = N_("Write who asked at the employer.")
        problems.append(FieldProblem("asked_by_name", Sentence(text)))
    if asked_on > clock.today():
        text = N_("The day of the request can't be in the future.")
        problems.append(FieldProblem("asked_on", Sentence(text)))
    if problems:
        raise InvalidInput(problems[0].sentence, tuple(problems))


def _check_same_employer(stay: DeploymentRow, employer_id: int | None, rules: ReturnRules) -> None:
    if stay.employer_id is None or stay.employer_id != employer_id:
        raise Refused(N_("Only the employer for whom the person worked may ask by name."))
    last = stay.ended_on or stay.returned_on
    months = rules.named_request_within_months
    if last is None or months_after(last, months) < clock.today():
        raise Refused(
            N_("An employer may ask by name within {months} months after the last stay."),
            months=months,
        )


def _check_new(session: Session, vacancy_id: int, jobseeker_id: int) -> None:
    known = session.scalars(
        select(NamedRequestRow.id).where(
            NamedRequestRow.vacancy_id == vacancy_id,
            NamedRequestRow.jobseeker_id == jobseeker_id,
        )
    ).first()
    if known is not None:
        raise Refused(N_("The employer has asked for this person for this vacancy already."))
    present = rankings.candidacies_of(session, vacancy_id).get(jobseeker_id)
    if present is not None and present.status is CandidacyStatus.PRESELECTED:
        raise Refused(N_("This person is preselected for this vacancy already."))


def _reason(
    stay: DeploymentRow,
    asked_by_name: str,
    asked_on: date,
    skipped: tuple[tuple[FastTrackStep, Sentence], ...],
) -> str:
    """What the commission reads, where somebody better ranked is passed over."""
    steps = ", ".join(step.value for step, _ in skipped)
    asked = f"{asked_by_name.strip()}, {asked_on:%d.%m.%Y}"
    return f"სახელობითი მოთხოვნა / named request ({asked}; {stay.number}; {steps or '–'})"


def requests_of(session: Session, deployment_id: int) -> tuple[NamedRequest, ...]:
    """Every time the employer asked for somebody by name after this stay; newest first."""
    query = (
        select(NamedRequestRow, VacancyRow.number, EmployerRow.name, CandidacyRow.status)
        .join(VacancyRow, VacancyRow.id == NamedRequestRow.vacancy_id)
        .join(CandidacyRow, CandidacyRow.id == NamedRequestRow.candidacy_id)
        .outerjoin(EmployerRow, EmployerRow.id == VacancyRow.employer_id)
        .where(NamedRequestRow.deployment_id == deployment_id)
        .order_by(NamedRequestRow.id.desc())
    )
    return tuple(
        NamedRequest(
            vacancy=number,
            employer=employer,
            external_id=repository.external_id_of(session, row.jobseeker_id),
            asked_on=row.asked_on,
            asked_by_name=row.asked_by_name,
            rank=row.rank,
            skipped=tuple((FastTrackStep(code), from_json(why)) for code, why in row.skipped),
            status=status,
        )
        for row, number, employer, status in session.execute(query)
    )


def fast_tracked(session: Session, vacancy_id: int) -> dict[int, tuple[FastTrackStep, ...]]:
    """By candidacy: what a named request lets skip; for the screens of the later stages."""
    query = select(NamedRequestRow).where(NamedRequestRow.vacancy_id == vacancy_id)
    return {
        row.candidacy_id: tuple(FastTrackStep(code) for code, _ in row.skipped)
        for row in session.scalars(query)
    }


def _stay(session: Session, number: str) -> DeploymentRow:
    stay = repository.find_stay(session, number)
    if stay is None:
        raise NotFound(N_("There is no stay abroad with this number."))
    return stay
