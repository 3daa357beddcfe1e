"""Which steps the people of the sample take after the commission, and when."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from sqlalchemy import select

from db.models import VacancyRow
from db.session import unit_of_work
from domain.enums import CandidacyStatus as C
from domain.enums import DecisionOutcome, DecisionReason
from domain.enums import VacancyStatus as V
from domain.records.officer import Officer
from sample_data.afterwards import answers, cvs
from sample_data.afterwards.abroad import tell_of_stay
from sample_data.afterwards.steps import Step, take
from sample_data.forms import Days
from sample_data.timeline import Timeline
from services import clock
from services.commission import list_decisions
from services.vacancies.vacancies import close_vacancy, move_vacancy

ROAD = (
    C.SENT,
    C.EMPLOYER_SELECTED,
    C.CONFIRMED,
    C.ORIENTATION,
    C.PERMIT_PENDING,
    C.PERMIT_GRANTED,
    C.DEPARTED,
    C.WORKING,
    C.RETURNED,
)
"""The way of somebody for whom all goes well, from the commission's approval on."""

LEAVES_FROM = {
    C.EMPLOYER_REJECTED: C.SENT,
    C.EMPLOYER_RESERVE: C.SENT,
    C.DECLINED: C.EMPLOYER_SELECTED,
    C.NO_ANSWER: C.EMPLOYER_SELECTED,
    C.CANCELLED: C.EMPLOYER_SELECTED,
    C.PERMIT_REFUSED: C.PERMIT_PENDING,
    C.NO_SHOW: C.PERMIT_GRANTED,
}
ANSWERS = (C.EMPLOYER_SELECTED, C.EMPLOYER_RESERVE, C.EMPLOYER_REJECTED)
"""An employer answers about everybody in one go, in this order: the places are given first."""
TOGETHER = frozenset({C.SENT, *ANSWERS, C.DEPARTED, C.WORKING, C.RETURNED})
LATEST = 3
"""Days by which a person's step may follow the day that the story names."""
DAYS_TO_CVS = 2
DAYS_TO_REPLY = {C.CONFIRMED: 2, C.DECLINED: 1, C.NO_ANSWER: 6}
"""Days from the selection to the reply, before a person's own delay."""
DAYS_FROM_PERMIT_TO_DEPARTURE = 4


def road_to(status: C, after: C | None) -> tuple[C, ...]:
    """The steps from approval to that status; `after`: where somebody leaves the road."""
    leaves = LEAVES_FROM.get(status, after)
    if leaves is C.APPROVED:
        return (status,)
    end = ROAD.index(leaves or status) + 1
    return (*ROAD[:end], status) if leaves else ROAD[:end]


def told_day(step: C, days: dict[str, date]) -> date:
    """The day the story names for a step; two steps follow from their neighbours' days."""
    if step.value in days:
        return days[step.value]
    if step in ANSWERS:
        return days["employer_selected"]
    if step in DAYS_TO_REPLY:
        return days["employer_selected"] + timedelta(DAYS_TO_REPLY[step])
    assert step is C.PERMIT_GRANTED, step
    return days["departed"] - timedelta(DAYS_FROM_PERMIT_TO_DEPARTURE)


class Afterwards:
    """What becomes of those whom the commission approved."""

    def __init__(
        self, *, days: Days, story: dict[str, Any], cast: dict[str, Officer], seed: int
    ) -> None:
        self.days, self.seed, self.cast = days, seed, cast
        self.recruiter, self.chair = cast["recruiter"], cast["chair"]
        self.told = {entry["vacancy"]: entry for entry in story["afterwards"]}
        self.reasons = {
            C(status): (DecisionReason(why["code"]), why["text"])
            for status, why in story["reasons"].items()
        }

    def decided(self, vacancy: str, shortlist_id: int, timeline: Timeline) -> None:
        """Put on the timeline what follows the decisions on a shortlist."""
        told = self.told.get(vacancy)
        if told is None:
            return
        approved = [
            decision.candidacy_id
            for decision in list_decisions(shortlist_id=shortlist_id, by=self.chair)
            if decision.outcome is DecisionOutcome.APPROVED
        ]
        steps: dict[tuple[date, float, C, bool], list[int]] = defaultdict(list)
        # Each vacancy has chance of its own: a step more or less changes no other vacancy's story.
        random = Random(f"{self.seed} {vacancy}")
        together = {status: random.uniform(9, 17) for status in sorted(TOGETHER)}
        for place, answer in enumerate(ANSWERS):
            together[answer] = together[ANSWERS[0]] + place / 100
        for end in told["ends"]:
            count = len(approved) if end["people"] == "rest" else end["people"]
            for candidacy_id in approved[:count]:
                for key in self.steps_of(told["days"], end, together, random):
                    steps[key].append(candidacy_id)
            approved = approved[count:]
        if approved:
            # Who is not sent yet: their CVs are in preparation.
            day = clock.today() + timedelta(DAYS_TO_CVS)
            timeline.add(day, 11, partial(cvs.begin, tuple(approved), self.recruiter))
        for (day, hour, status, is_told), ids in steps.items():
            reason = self.reasons.get(status) if is_told else None
            step = Step(vacancy, status, tuple(ids), reason, self.cast)
            timeline.add(self.days.moved(day), hour, partial(take, step))
        for event in told.get("abroad", ()):
            tell = partial(tell_of_stay, vacancy, event, self.cast)
            timeline.add(self.days.moved(event["day"]), 12, tell)
        if "talks_on" in told:
            day = self.days.moved(told["talks_on"])
            timeline.add(day, 15, partial(answers.invite, vacancy, self.recruiter))
        if "filled_on" in told:
            day = self.days.moved(told["filled_on"])
            timeline.add(day, 17, partial(self.fill, vacancy))
        if "closed_on" in told:
            day = self.days.moved(told["closed_on"])
            timeline.add(day, 17, partial(self.close, vacancy))

    def steps_of(
        self, days: dict[str, date], end: dict[str, Any], together: dict[C, float], random: Random
    ) -> list[tuple[date, float, C, bool]]:
        """(day, hour, step, whether its reason is told) of one person."""
        status = C(end["status"])
        after = C(end["after"]) if "after" in end else None
        # The chosen ones travel together; everything else takes each person's own time.
        late = random.randint(0, LATEST)
        found = []
        for step in road_to(status, after):
            is_end = step is status
            day = end["day"] if is_end and "day" in end else told_day(step, days)
            hour = random.uniform(9, 17) + 24 * late
            is_told = (
                is_end
                and step in self.reasons
                and (step is not C.RETURNED or end.get("early", False))
            )
            found.append((day, together.get(step, hour), step, is_told))
        return found

    def fill(self, number: str) -> None:
        with unit_of_work() as work:
            row = work.session.scalars(select(VacancyRow).where(VacancyRow.number == number)).one()
            move_vacancy(work.session, row, V.FILLED, action="filled", by=self.recruiter)
            work.commit()

    def close(self, number: str) -> None:
        close_vacancy(number=number, by=self.recruiter)
