"""From the first day of work back to the last day of each step; what can still be kept.

The lengths of the steps are dated planning values. Every day counts back from one start, so a
later start leaves each step at least as much time: nothing becomes less possible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from db.models import VacancyRow
from db.queries import season_calendar as queries
from db.session import reading
from domain.enums import CandidacyStatus, SeasonMark, SeasonStep, VacancyStatus
from domain.exceptions import NotFound
from domain.records.officer import Officer
from domain.records.season_calendar import (
    CalendarStep,
    SeasonCalendar,
    StepProgress,
    VacancyCalendar,
)
from domain.texts import N_
from services import clock
from services.permissions import Permission, check_can
from services.preparation.season_rules import Durations, durations_on

S, C = SeasonStep, CandidacyStatus
BEFORE: Mapping[SeasonStep, SeasonStep | None] = {
    S.VACANCY: None,
    S.RANKING: S.VACANCY,
    S.COMMISSION: S.RANKING,
    S.CV: S.COMMISSION,
    S.CHOICE: S.CV,
    S.CONFIRMATION: S.CHOICE,
    # Orientation and papers go side by side.
    S.ORIENTATION: S.CONFIRMATION,
    S.PERMIT: S.CONFIRMATION,
    S.DEPARTURE: None,
}
SHOWN = (VacancyStatus.PUBLISHED, VacancyStatus.IN_COMMISSION, VacancyStatus.DECIDED)
REACHED = {
    S.CV: C.SENT,
    S.CHOICE: C.EMPLOYER_SELECTED,
    S.CONFIRMATION: C.CONFIRMED,
    S.PERMIT: C.PERMIT_GRANTED,
    S.DEPARTURE: C.DEPARTED,
}


def days_of(step: SeasonStep, country: str, durations: Durations) -> int:
    """How many days a step takes after what must be done before it."""
    return {
        S.VACANCY: 0,
        S.RANKING: durations.ranking_days,
        S.COMMISSION: durations.commission_days,
        S.CV: durations.cv_days,
        S.CHOICE: durations.choice_days,
        S.CONFIRMATION: durations.confirmation_days,
        S.ORIENTATION: durations.orientation_days,
        S.PERMIT: durations.permit(country),
        S.DEPARTURE: durations.departure_days,
    }[step]


def last_days(start_on: date, country: str, durations: Durations) -> dict[SeasonStep, date]:
    """The last day of each step for work to begin on that day."""

    def before(day: date, step: SeasonStep) -> date:
        return day - timedelta(days_of(step, country, durations))

    last = {S.DEPARTURE: start_on - timedelta(durations.arrival_days)}
    last[S.ORIENTATION] = last[S.PERMIT] = before(last[S.DEPARTURE], S.DEPARTURE)
    last[S.CONFIRMATION] = min(
        before(last[S.ORIENTATION], S.ORIENTATION), before(last[S.PERMIT], S.PERMIT)
    )
    for step in (S.CONFIRMATION, S.CHOICE, S.CV, S.COMMISSION, S.RANKING):
        previous = BEFORE[step]
        assert previous is not None
        last[previous] = before(last[step], step)
    return last


def earliest_days(
    today: date,
    country: str,
    progress: Mapping[SeasonStep, StepProgress],
    durations: Durations,
) -> dict[SeasonStep, date]:
    """The earliest day of each step from today on; of a step that is done, its day."""
    earliest: dict[SeasonStep, date] = {}
    for step in SeasonStep:
        done_on = progress.get(step, StepProgress()).done_on
        if done_on is not None:
            earliest[step] = done_on
            continue
        if step is S.DEPARTURE:
            begins = max(earliest[S.ORIENTATION], earliest[S.PERMIT])
        else:
            previous = BEFORE[step]
            begins = earliest[previous] if previous else today
        # Not before today, even where all before it was done long ago.
        earliest[step] = max(today, begins + timedelta(days_of(step, country, durations)))
    return earliest


def make_calendar(
    *,
    start_on: date,
    country: str,
    progress: Mapping[SeasonStep, StepProgress],
    today: date,
    durations: Durations,
) -> SeasonCalendar:
    """The calendar of one start."""
    last = last_days(start_on, country, durations)
    earliest = earliest_days(today, country, progress, durations)
    steps = tuple(
        CalendarStep(
            step=step,
            days=days_of(step, country, durations),
            last_on=last[step],
            earliest_on=earliest[step],
            mark=_mark(step, progress, (last[step] - earliest[step]).days, durations),
            progress=progress.get(step, StepProgress()),
        )
        for step in SeasonStep
    )
    return SeasonCalendar(
        start_on=start_on,
        country=country,
        today=today,
        earliest_start_on=earliest[S.DEPARTURE] + timedelta(durations.arrival_days),
        steps=steps,
        valid_from=durations.valid_from,
        reference=durations.reference,
    )


def _mark(
    step: SeasonStep,
    progress: Mapping[SeasonStep, StepProgress],
    spare: int,
    durations: Durations,
) -> SeasonMark:
    if progress.get(step, StepProgress()).done_on is not None:
        return SeasonMark.DONE
    if spare < 0:
        return SeasonMark.LATE
    return SeasonMark.TIGHT if spare < durations.tight_days else SeasonMark.IN_TIME


def calendar_for(*, start_on: date, country: str, by: Officer) -> SeasonCalendar:
    """The calendar of a vacancy that nobody has taken in yet."""
    check_can(by, Permission.VACANCIES_READ)
    today = clock.today()
    return make_calendar(
        start_on=start_on,
        country=country,
        progress={},
        today=today,
        durations=durations_on(today),
    )


def list_calendars(*, by: Officer) -> tuple[VacancyCalendar, ...]:
    """Every vacancy under way whose work has not begun; those without a first day come last."""
    check_can(by, Permission.VACANCIES_READ)
    today = clock.today()
    with reading() as session:
        rows = queries.list_vacancies(session, SHOWN)
        rows = [row for row in rows if row.start_on is None or row.start_on >= today]
        found = _calendars(session, rows, today)
    return tuple(sorted(found, key=_by_urgency))


def _by_urgency(one: VacancyCalendar) -> tuple[date, str]:
    return (one.calendar.start_on if one.calendar else date.max, one.number)


def calendar_of(*, number: str, start_on: date | None = None, by: Officer) -> VacancyCalendar:
    """One vacancy's calendar, for its own first day of work or for another one to try."""
    check_can(by, Permission.VACANCIES_READ)
    with reading() as session:
        row = queries.find_vacancy(session, number)
        if row is None:
            raise NotFound(N_("There is no vacancy {number}."), number=number)
        return _calendars(session, [row], clock.today(), start_on)[0]


def _calendars(
    session: Session, rows: Sequence[VacancyRow], today: date, start_on: date | None = None
) -> list[VacancyCalendar]:
    ids = [row.id for row in rows]
    lists = queries.shortlists(session, ids)
    people = queries.people_by_step(session, ids)
    certified = queries.certificates(session, ids)
    durations = durations_on(today)
    found = []
    for row in rows:
        progress = _progress(row, lists.get(row.id), people.get(row.id, {}), certified.get(row.id))
        start = start_on or row.start_on
        calendar = None
        if start is not None:
            calendar = make_calendar(
                start_on=start,
                country=row.country,
                progress=progress,
                today=today,
                durations=durations,
            )
        found.append(
            VacancyCalendar(
                row.number, row.title, row.title_ka, row.status, row.positions, calendar
            )
        )
    return found


def _progress(
    row: VacancyRow,
    lists: tuple[datetime | None, datetime | None] | None,
    people: Mapping[CandidacyStatus, tuple[int, datetime]],
    certified: tuple[int, datetime] | None,
) -> dict[SeasonStep, StepProgress]:
    sent, decided = lists or (None, None)
    counted = {step: people.get(status) for step, status in REACHED.items()}
    counted[S.ORIENTATION] = certified
    return {
        S.VACANCY: StepProgress(done_on=_day(row.published_at)),
        S.RANKING: StepProgress(done_on=_day(sent)),
        S.COMMISSION: StepProgress(done_on=_day(decided)),
        **{step: _of_people(told, row.positions) for step, told in counted.items()},
    }


def _of_people(told: tuple[int, datetime] | None, needed: int) -> StepProgress:
    reached, last = told or (0, None)
    return StepProgress(_day(last) if reached >= needed else None, reached, needed)


def _day(moment: datetime | None) -> date | None:
    return clock.day_of(moment) if moment else None
