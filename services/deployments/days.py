"""Days abroad of a person, and how they stand to the dated rules; earlier stays entered by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from db.models import DeploymentRow, EarlierStayRow, JobseekerRow
from db.queries import deployments as queries
from db.session import unit_of_work
from domain.enums import CriterionStatus, DeploymentStatus
from domain.exceptions import InvalidInput, NotFound
from domain.records.deployments import DayCounter, EarlierStayForm, StayAbroad
from domain.records.officer import Officer
from domain.stays import (
    Stay,
    Window,
    days_used,
    first_day_over,
    first_day_possible,
    most_days_used,
    united,
)
from domain.texts import N_, Sentence
from services import audit, clock
from services.dated_rules import in_force, stored_rules
from services.permissions import Permission, check_can

TITLES = {
    "schengen-90-180": N_("90 days in any 180, Schengen area"),
    "bg-seasonal-9-12": N_("9 months in any 12, seasonal work in Bulgaria"),
    "seasonal-directive": N_("Months in any 12, seasonal work in the European Union"),
}


@dataclass(frozen=True, slots=True)
class Planned:
    """The stay in question: where, in which scheme, from when to when if known."""

    country: str
    scheme: str | None
    days: Stay | None
    deployment: str | None


def days_of(row: DeploymentRow) -> Stay | None:
    """First and last day of a stay: as they were, else as agreed; None where not known."""
    first = row.departed_on or row.planned_departure_on or row.starts_on
    last = row.returned_on or row.planned_return_on or row.ends_on
    if row.departed_on is not None and row.returned_on is None:
        last = max(last or clock.today(), clock.today())
    if first is None or last is None:
        return None
    return Stay(first, max(first, last))


def stays_abroad(session: Session, jobseeker_ids: Collection[int]) -> dict[int, list[StayAbroad]]:
    """Stays of the register and those entered by hand, by person, in order."""
    found: dict[int, list[StayAbroad]] = defaultdict(list)
    for row in queries.stays_of(session, jobseeker_ids):
        days = days_of(row)
        if days is not None:
            is_open = row.status is not DeploymentStatus.RETURNED
            found[row.jobseeker_id].append(
                StayAbroad(row.country, days.first, days.last, row.number, None, None, is_open)
            )
    for one in queries.earlier_stays_of(session, jobseeker_ids):
        found[one.jobseeker_id].append(
            StayAbroad(
                one.country, one.entered_on, one.left_on, None, one.id, one.note, is_open=False
            )
        )
    return {id_: sorted(stays, key=lambda one: one.first) for id_, stays in found.items()}


def day_counters(stays: Sequence[StayAbroad], planned: Planned) -> tuple[DayCounter, ...]:
    """One counter for each rule in force whose area holds the country of the stay."""
    rules = in_force(stored_rules("stay_limits"), clock.today())
    return tuple(
        _counter(rule, rules, stays, planned)
        for rule in rules["rules"]
        if planned.country in rule["area"]
    )


def _counter(
    rule: Mapping[str, Any],
    rules: Mapping[str, Any],
    stays: Sequence[StayAbroad],
    planned: Planned,
) -> DayCounter:
    window = Window(days=rule.get("window_days"), months=rule.get("window_months"))
    months = rule.get("limit_months")
    limit = rule.get("limit_days") or (months * rules["days_per_month"] if months else None)
    others = [
        part
        for one in stays
        if one.deployment is None or one.deployment != planned.deployment
        for part in _in_area(one, rule["area"])
    ]
    own = planned.days
    everything = united([*others, *([own] if own else [])])
    most, on = most_days_used(others, own, window) if own else (None, None)
    over = first_day_over(others, own, window, limit) if own and limit else None
    binds = planned.scheme in rule["schemes"]
    status = _status(most, limit, binds, rules["close_percent"])
    possible = None
    if own and limit and over is not None:
        length = (own.last - own.first).days + 1
        possible = first_day_possible(others, length, own.first, window, limit)
    return DayCounter(
        code=rule["code"],
        title=Sentence(TITLES[rule["code"]]),
        limit=limit,
        today=days_used(everything, clock.today(), window),
        most=most,
        most_on=on,
        over_from=over,
        possible_from=possible,
        binds=binds,
        status=status,
        sentence=_sentence(most, limit, over, possible, binds),
        source=rule["source"],
    )


def _in_area(stay: StayAbroad, area: Mapping[str, date]) -> list[Stay]:
    """The days of a stay since its country belongs to the area."""
    since = area.get(stay.country)
    if since is None or stay.last < since:
        return []
    return [Stay(max(stay.first, since), stay.last)]


def _status(most: int | None, limit: int | None, binds: bool, close: int) -> CriterionStatus:
    if most is None or limit is None:
        return CriterionStatus.UNKNOWN
    if most > limit:
        return CriterionStatus.NOT_MET if binds else CriterionStatus.SHORT
    return CriterionStatus.PARTLY if most * 100 > limit * close else CriterionStatus.MET


def _sentence(
    most: int | None, limit: int | None, over: date | None, possible: date | None, binds: bool
) -> Sentence:
    if limit is None:
        return Sentence(N_("No data: the limit of this country is not in the tables. Ask there."))
    if most is None:
        return Sentence(N_("State the dates of the stay: without them its days can't be counted."))
    values: dict[str, object] = {"most": most, "limit": limit, "over": over}
    if over is None:
        return Sentence(N_("{most} of {limit} days at most during this stay."), values)
    if not binds:
        text = N_(
            "{most} of {limit} days: over the limit from {over}. Lawful only with a long-stay visa"
            " or a residence permit: check it."
        )
        return Sentence(text, values)
    if possible is None:
        text = N_(
            "{most} of {limit} days: over the limit from {over}. The stay itself is too long:"
            " shorten it."
        )
        return Sentence(text, values)
    text = N_(
        "{most} of {limit} days: over the limit from {over}. The whole stay is possible from"
        " {possible}, or end it before {over}."
    )
    return Sentence(text, {**values, "possible": possible})


def nearest(counters: Sequence[DayCounter]) -> DayCounter | None:
    """The counter that leaves least of those that bind the stay; None where none does."""
    known = [one for one in counters if one.binds and one.limit is not None]
    return min(known, key=lambda one: (one.limit or 0) - (one.most or one.today), default=None)


def add_earlier_stay(*, external_id: str, form: EarlierStayForm, by: Officer) -> None:
    """Note days abroad that no deployment tells of."""
    check_can(by, Permission.DEPLOYMENTS_EDIT)
    if form.entered_on > form.left_on:
        raise InvalidInput(N_("The day of exit can't be before the day of entry."))
    if form.left_on > clock.today():
        raise InvalidInput(N_("An earlier stay is over: its last day can't be in the future."))
    with unit_of_work() as work:
        person = _person(work.session, external_id)
        row = EarlierStayRow(
            jobseeker_id=person.id,
            country=form.country,
            entered_on=form.entered_on,
            left_on=form.left_on,
            note=(form.note or "").strip() or None,
            recorded_at=clock.now(),
            recorded_by=by.id,
        )
        work.session.add(row)
        work.session.flush()
        _audit(work.session, "added_earlier_stay", person, row, by)
        work.commit()


def remove_earlier_stay(*, external_id: str, earlier_id: int, by: Officer) -> None:
    """Take back an earlier stay that was entered by mistake; it stays in the table, struck out."""
    check_can(by, Permission.DEPLOYMENTS_EDIT)
    with unit_of_work() as work:
        person = _person(work.session, external_id)
        row = work.session.get(EarlierStayRow, earlier_id, with_for_update=True)
        if row is None or row.jobseeker_id != person.id or row.removed_at is not None:
            raise NotFound(N_("This earlier stay is not there any more."))
        row.removed_at, row.removed_by = clock.now(), by.id
        _audit(work.session, "removed_earlier_stay", person, row, by)
        work.commit()


def _person(session: Session, external_id: str) -> JobseekerRow:
    person = session.query(JobseekerRow).filter_by(external_id=external_id).one_or_none()
    if person is None:
        raise NotFound(N_("There is no such file."))
    return person


def _audit(
    session: Session, action: str, person: JobseekerRow, row: EarlierStayRow, by: Officer
) -> None:
    days = [row.entered_on.isoformat(), row.left_on.isoformat()]
    audit.record(
        session,
        action=action,
        entity="jobseeker",
        entity_id=person.id,
        subject=person.external_id,
        details={"country": row.country, "days": days},
        by=by,
    )
