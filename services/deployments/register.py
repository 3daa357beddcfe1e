"""The register of people abroad: who is where, and one stay with all that its page shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from db.models import CandidacyRow, DeploymentRow, FormerWorkplaceRow
from db.queries import deployments as queries
from db.queries.deployments import OVER, Placed
from db.session import reading
from domain.enums import DeploymentStatus, EndReason, PayPeriod
from domain.exceptions import NotFound
from domain.records.deployments import (
    CountryCount,
    DeploymentFilter,
    DeploymentRecord,
    DeploymentStep,
    DeploymentSummary,
    FormerWorkplace,
    Register,
    StayAbroad,
    StepChoice,
)
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from matching.names import fold
from services import clock
from services.audit import Happening
from services.dated_rules import in_force, stored_rules
from services.deployments.actions import (
    BY_OFFICERS,
    check_can_extend,
    check_can_record,
    check_can_transfer,
)
from services.deployments.checks import contract_checks, counter_checks
from services.deployments.consulates import consulate_of
from services.deployments.contracts import check_can_save, contacts_of, contract_of
from services.deployments.days import Planned, day_counters, days_of, nearest, stays_abroad
from services.once_a_day import log_once_a_day
from services.permissions import Permission, can, check_can
from services.refusals import refusal
from services.vacancies.minimum_wage import money

D = DeploymentStatus
ABROAD = frozenset(D) - {D.PLANNED, D.RETURNED, D.CANCELLED}


def read_register(*, wanted: DeploymentFilter, by: Officer) -> Register:
    """The stays that the reader wants to see, and counts of everybody who is abroad now."""
    check_can(by, Permission.DEPLOYMENTS_READ)
    with reading() as session:
        placed = queries.list_placed(session, *_conditions(wanted, by))
        rows = _summaries(session, placed, by)
        by_country = _by_country(session)
        counted = Counter[DeploymentStatus]()
        for _, status, count in queries.counts(session):
            counted[status] += count
    return Register(
        rows=tuple(sorted(rows, key=_urgency)),
        by_country=by_country,
        by_status=tuple((status, counted[status]) for status in D),
        counted_on=clock.today(),
    )


def _conditions(wanted: DeploymentFilter, by: Officer) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.countries:
        found.append(DeploymentRow.country.in_(wanted.countries))
    if wanted.statuses:
        found.append(DeploymentRow.status.in_(wanted.statuses))
    elif wanted.is_current:
        found.append(DeploymentRow.status.not_in(OVER))
    knows_people = can(by, Permission.JOBSEEKERS_READ)
    for word in wanted.text.split():
        found.append(queries.named(word, fold(word) if knows_people else None))
    return found


def _urgency(one: DeploymentSummary) -> tuple[bool, int, str]:
    """Lost contact first, then whoever is nearest to the agreed end or past it."""
    left = one.days_left if one.days_left is not None else 10_000
    return (one.status is not D.LOST_CONTACT, left, one.number)


def _summaries(session: Session, placed: list[Placed], by: Officer) -> list[DeploymentSummary]:
    knows_people = can(by, Permission.JOBSEEKERS_READ)
    since = queries.last_days(session)
    current = {one.row.jobseeker_id for one in placed if one.row.status not in OVER}
    stays = stays_abroad(session, current)
    return [_summary(one, since, stays, knows_people) for one in placed]


def _summary(
    placed: Placed,
    since: dict[int, date],
    stays: dict[int, list[StayAbroad]],
    knows_people: bool,
) -> DeploymentSummary:
    row, person = placed.row, placed.person
    counter = None
    if row.status not in OVER:
        planned = Planned(row.country, placed.vacancy.scheme_code, days_of(row), row.number)
        counter = nearest(day_counters(stays.get(person.id, []), planned))
    end = row.planned_return_on or row.ends_on
    days_left = (end - clock.today()).days if end and row.status in ABROAD else None
    soon = in_force(stored_rules("contracts"), clock.today())["ends_soon_days"]
    return DeploymentSummary(
        number=row.number,
        status=row.status,
        external_id=person.external_id,
        name_ka=_joined(person.first_name_ka, person.last_name_ka) if knows_people else None,
        name_lat=_joined(person.first_name_lat, person.last_name_lat) if knows_people else None,
        country=row.country,
        employer=placed.employer.name if placed.employer else None,
        vacancy_number=placed.vacancy.number,
        since=since.get(row.id) or clock.day_of(row.created_at),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        departed_on=row.departed_on,
        returned_on=row.returned_on,
        days_left=days_left,
        ends_soon=days_left is not None and days_left <= soon,
        counter=counter,
    )


def _joined(first: str | None, last: str | None) -> str | None:
    return " ".join(filter(None, (first, last))) or None


def _by_country(session: Session) -> tuple[CountryCount, ...]:
    """Who is abroad now, by country: the most first."""
    found: dict[str, Counter[DeploymentStatus]] = defaultdict(Counter)
    for country, status, count in queries.counts(session):
        if status in ABROAD:
            found[country][status] += count
    late = queries.count_late(session, clock.today())
    counts = [
        CountryCount(
            country,
            statuses.total(),
            statuses[D.LOST_CONTACT],
            late.get(country, 0),
            consulate_of(country, clock.today()),
        )
        for country, statuses in found.items()
    ]
    return tuple(sorted(counts, key=lambda one: (-one.abroad, one.country)))


def read_deployment(*, number: str, by: Officer) -> DeploymentRecord:
    """One stay for somebody who may read people's files; written down once a day."""
    check_can(by, Permission.DEPLOYMENTS_READ)
    check_can(by, Permission.JOBSEEKERS_READ)
    with reading() as session:
        placed = queries.find_placed(session, number)
        if placed is None:
            raise NotFound(N_("There is no stay abroad with the number {number}."), number=number)
        record = _record(session, placed, by)
    log_once_a_day(
        ("deployment", number),
        Happening("read", "deployment", number, placed.person.external_id),
        by=by,
    )
    return record


def _record(session: Session, placed: Placed, by: Officer) -> DeploymentRecord:
    row, person, vacancy = placed.row, placed.person, placed.vacancy
    stays = stays_abroad(session, [person.id]).get(person.id, [])
    planned = Planned(row.country, vacancy.scheme_code, days_of(row), row.number)
    counters = day_counters(stays, planned)
    contract = contract_of(row)
    checks = contract_checks(contract, row.country, vacancy.scheme_code)
    candidacy = session.get_one(CandidacyRow, row.candidacy_id)
    return DeploymentRecord(
        number=row.number,
        version=row.version,
        status=row.status,
        candidacy_id=row.candidacy_id,
        external_id=person.external_id,
        name_ka=_joined(person.first_name_ka, person.last_name_ka),
        name_lat=_joined(person.first_name_lat, person.last_name_lat),
        vacancy_number=vacancy.number,
        title=vacancy.title,
        title_ka=vacancy.title_ka,
        scheme_code=vacancy.scheme_code,
        country=row.country,
        employer_id=row.employer_id,
        employer=placed.employer.name if placed.employer else None,
        contract=contract,
        contacts=contacts_of(row),
        departed_on=row.departed_on,
        arrived_on=row.arrived_on,
        ended_on=row.ended_on,
        end_reason=EndReason(row.end_reason) if row.end_reason else None,
        returned_on=row.returned_on,
        checks=(*checks, *counter_checks(counters)),
        counters=counters,
        stays=tuple(stays),
        consulate=consulate_of(row.country, clock.today()),
        former=_former(session, row.id),
        steps=_steps(session, row.id),
        choices=tuple(
            StepChoice(after, refusal(check_can_record, row, candidacy, after, by))
            for after in BY_OFFICERS
        ),
        contract_refusal=refusal(check_can_save, row.status, by),
        transfer_refusal=refusal(check_can_transfer, row, by),
        extend_refusal=refusal(check_can_extend, row, by),
    )


def _former(session: Session, deployment_id: int) -> tuple[FormerWorkplace, ...]:
    return tuple(
        FormerWorkplace(
            employer, row.workplace_address, row.began_on, row.left_on, row.reason, _pay_of(row)
        )
        for row, employer in queries.former_workplaces_of(session, deployment_id)
    )


def _pay_of(row: FormerWorkplaceRow) -> Sentence | None:
    amount, period = row.terms.get("pay_amount"), row.terms.get("pay_period")
    if amount is None:
        return None
    kind = PayPeriod(period) if period else None
    return money(Decimal(amount), row.terms.get("pay_currency"), kind)


def _steps(session: Session, deployment_id: int) -> tuple[DeploymentStep, ...]:
    return tuple(
        DeploymentStep(
            step.to_status,
            step.happened_on,
            step.note,
            step.happened_at,
            officer.name_ka if officer else None,
            officer.name_en if officer else None,
        )
        for step, officer in queries.steps_of(session, deployment_id)
    )


def list_countries(*, by: Officer) -> tuple[str, ...]:
    """Countries of all stays, for the filter."""
    check_can(by, Permission.DEPLOYMENTS_READ)
    with reading() as session:
        return tuple(sorted({country for country, _, _ in queries.counts(session)}))
