"""One board: every candidacy from the commission to the return, with time at its step.

Two queries whatever the number of people: where everybody stands, and who the shown ones are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from db.queries import road as queries
from db.session import reading
from domain.enums import CandidacyStatus as C
from domain.records.officer import Officer
from domain.records.road import (
    NextAction,
    RoadBoard,
    RoadChoices,
    RoadQuery,
    RoadRow,
    RoadStep,
    RoadTask,
)
from domain.texts import N_
from services import clock
from services.dated_rules import in_force, stored_rules
from services.permissions import Permission, check_can

STEPS = (
    C.COMMISSION_REVIEW,
    C.APPROVED,
    C.RESERVE,
    C.SENT,
    C.EMPLOYER_RESERVE,
    C.EMPLOYER_SELECTED,
    C.CONFIRMED,
    C.ORIENTATION,
    C.PERMIT_PENDING,
    C.PERMIT_GRANTED,
    C.DEPARTED,
    C.WORKING,
    C.RETURNED,
)
"""In the order of the road; who left it on the way is on the vacancy's own board."""

# What comes next at each step, and the screen on which it is done.
NEXT: Mapping[C, tuple[str, str]] = {
    C.COMMISSION_REVIEW: (N_("See the session"), "sessions"),
    C.APPROVED: (N_("Send to the employer"), "sending"),
    C.RESERVE: (N_("See who is next in line"), "sending"),
    C.SENT: (N_("Get the employer's answer"), "sending"),
    C.EMPLOYER_RESERVE: (N_("See who is next in line"), "sending"),
    C.EMPLOYER_SELECTED: (N_("Get the candidate's answer"), "sending"),
    C.CONFIRMED: (N_("Invite to orientation"), "preparation"),
    C.ORIENTATION: (N_("Open the permit file"), "preparation"),
    C.PERMIT_PENDING: (N_("See which papers are missing"), "preparation"),
    C.PERMIT_GRANTED: (N_("Confirm the departure"), "preparation"),
    C.DEPARTED: (N_("Note the arrival"), "deployment"),
    C.WORKING: (N_("See the stay abroad"), "deployment"),
    C.RETURNED: (N_("See the stay abroad"), "deployment"),
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one candidacy stands."""

    id: int
    status: C
    since: date
    due_on: date | None
    is_late: bool

    @property
    def order(self) -> tuple[bool, date, date, int]:
        """Late ones first, then by what is due first, then by who waits longest."""
        return (not self.is_late, self.due_on or date.max, self.since, self.id)


def limits_on(day: date) -> Mapping[C, int]:
    """Days at a step before it counts as late (dated); steps without a limit are not in it."""
    found = in_force(stored_rules("road"), day)
    return {status: int(found[status.value]) for status in STEPS if status.value in found}


def get_board(
    *, wanted: RoadQuery, tasks: Iterable[RoadTask] = (), limit: int = 200, by: Officer
) -> RoadBoard:
    """The board: counts of every step, and the people asked for, what is late first.

    A task of `tasks` that is about one candidacy is that candidacy's next action.
    """
    check_can(by, Permission.ROAD_READ)
    today = clock.today()
    limits = limits_on(today)
    with reading() as session:
        found = queries.where_they_stand(session, wanted, STEPS, by.id)
        places = [_place(row, limits, today) for row in found]
        chosen = [
            place
            for place in places
            if wanted.step in (None, place.status) and (place.is_late or not wanted.late_only)
        ]
        chosen.sort(key=lambda place: place.order)
        rows = _rows(session, chosen[:limit], tasks, today)
    return RoadBoard(
        _steps(places, limits), rows, len(chosen), sum(place.is_late for place in places)
    )


def list_choices(*, by: Officer) -> RoadChoices:
    """Vacancies, employers and countries that have somebody on the road."""
    check_can(by, Permission.ROAD_READ)
    with reading() as session:
        found = queries.vacancies_on_the_road(session, STEPS)
    return RoadChoices(
        {number: title_ka or title for number, title_ka, title, *_ in found},
        {employer_id: name for *_, employer_id, name in found if employer_id},
        tuple(sorted({country for _, _, _, country, *_ in found})),
    )


def _place(row: Any, limits: Mapping[C, int], today: date) -> _Place:
    candidacy_id, status, since_at = row
    since = clock.day_of(since_at)
    days = limits.get(status)
    due_on = since + timedelta(days) if days is not None else None
    return _Place(candidacy_id, status, since, due_on, due_on is not None and due_on < today)


def _steps(places: Iterable[_Place], limits: Mapping[C, int]) -> tuple[RoadStep, ...]:
    people: Counter[C] = Counter()
    late: Counter[C] = Counter()
    for place in places:
        people[place.status] += 1
        late[place.status] += place.is_late
    return tuple(
        RoadStep(status, people[status], late[status], limits.get(status)) for status in STEPS
    )


def _rows(
    session: Session, places: list[_Place], tasks: Iterable[RoadTask], today: date
) -> tuple[RoadRow, ...]:
    known = queries.who_they_are(session, [place.id for place in places])
    # The most urgent task of a candidacy comes first and is the one that is kept.
    first: dict[int, RoadTask] = {}
    for task in tasks:
        if task.candidacy_id is not None:
            first.setdefault(task.candidacy_id, task)
    return tuple(_row(place, known[place.id], first.get(place.id), today) for place in places)


def _row(place: _Place, who: Any, task: RoadTask | None, today: date) -> RoadRow:
    return RoadRow(
        id=place.id,
        jobseeker=who.external_id,
        name_ka=" ".join(filter(None, (who.first_name_ka, who.last_name_ka))),
        name_lat=" ".join(filter(None, (who.first_name_lat, who.last_name_lat))),
        vacancy=who.number,
        title_ka=who.title_ka,
        title_en=who.title,
        country=who.country,
        employer=who.employer,
        status=place.status,
        since=place.since,
        days=(today - place.since).days,
        due_on=place.due_on,
        is_late=place.is_late,
        action=_action(place, who, task),
    )


def _action(place: _Place, who: Any, task: RoadTask | None) -> NextAction:
    if task is not None:
        return NextAction(task.action, task.page, task.query)
    text, page = NEXT[place.status]
    if page == "deployment":
        query = {"deployment": who.deployment} if who.deployment else {}
    elif page == "preparation":
        query = {"candidacy": str(place.id)}
    else:
        query = {"vacancy": who.number} if page == "sending" else {}
    return NextAction(text, page, query)
