"""Appeals of the story: one late, one that waits for a hearing, one heard by another panel."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from typing import Any

from domain.enums import AppealChannel, ConflictKind, DecisionOutcome, VoteValue
from domain.records.appeals import AppealForm
from domain.records.commission import ChairRuling
from domain.records.officer import Officer
from sample_data.forms import Days
from sample_data.timeline import Timeline
from services import appeals, clock, commission

PANEL = ("deputy", "member.ministry", "substitute.agency", "substitute.ngo")
"""Who hears appeals: nobody of those who sit in the other sessions of the story."""


class Appeals:
    """What refused candidates of the story do about it."""

    def __init__(self, *, days: Days, story: dict[str, Any], cast: dict[str, Officer]) -> None:
        self.days, self.cast = days, cast
        self.told: list[dict[str, Any]] = story["appeals"]

    def decided(self, vacancy: str, shortlist_id: int, timeline: Timeline) -> None:
        """Put on the timeline the appeals against the decisions on a shortlist."""
        refused = [
            decision.candidacy_id
            for decision in commission.list_decisions(
                shortlist_id=shortlist_id, by=self.cast["chair"]
            )
            if decision.outcome is DecisionOutcome.NOT_APPROVED
        ]
        told = [one for one in self.told if one["vacancy"] == vacancy]
        for one, candidacy_id in zip(told, refused, strict=False):
            come = partial(self.come, one, shortlist_id, candidacy_id, timeline)
            timeline.add(self.days.moved(one["received"]), 11, come)

    def come(
        self, told: dict[str, Any], shortlist_id: int, candidacy_id: int, timeline: Timeline
    ) -> None:
        """The recruiter writes the appeal down; a hearing follows where one is told."""
        form = AppealForm(clock.today(), AppealChannel(told["channel"]), told["text"])
        appeal = appeals.register_appeal(
            shortlist_id=shortlist_id,
            candidacy_id=candidacy_id,
            form=form,
            by=self.cast["recruiter"],
        )
        if hearing := told.get("hearing"):
            call = partial(self.call, appeal.number, hearing, timeline)
            timeline.add(self.days.moved(hearing["called_on"]), 12, call)

    def call(self, number: str, told: dict[str, Any], timeline: Timeline) -> None:
        """A session without those of the first vote, with the appeal on its agenda."""
        sits_on = self.days.moved(told["sits_on"])
        session = appeals.plan_hearing_session(
            number=number,
            planned_at=datetime.combine(sits_on, time(15), clock.TBILISI),
            place=told["place"],
            by=self.cast["recruiter"],
        )
        appeal = appeals.schedule_appeal(
            number=number, session_number=session.number, by=self.cast["recruiter"]
        )
        assert appeal.hearing_id is not None
        hear = partial(self.hear, session.number, appeal.hearing_id, told)
        timeline.add(sits_on, 15, hear)

    def hear(self, session: str, shortlist_id: int, told: dict[str, Any]) -> None:
        """The other panel declares, votes and decides."""
        deputy = self.cast["deputy"]
        for name in PANEL:
            officer = self.cast[name]
            commission.mark_attendance(
                number=session, officer_id=officer.id, is_present=True, by=officer
            )
        commission.open_session(number=session, by=deputy)
        commission.start_voting(number=session, by=deputy)
        for name in PANEL:
            commission.declare_conflict(
                shortlist_id=shortlist_id,
                kind=ConflictKind.NONE,
                explanation=None,
                by=self.cast[name],
            )
        for name in PANEL:
            self.vote(shortlist_id, name, told.get("against", {}).get(name))
        count = commission.count_votes(shortlist_id=shortlist_id, by=deputy)
        rulings = {
            one.candidacy_id: ChairRuling(codes=tuple(told["codes"]))
            for one in count.candidates
            if one.outcome is DecisionOutcome.NOT_APPROVED
        }
        commission.close_item(
            shortlist_id=shortlist_id, votes_seen=count.votes, rulings=rulings, by=deputy
        )
        commission.close_session(number=session, by=deputy)

    def vote(self, shortlist_id: int, name: str, against: str | None) -> None:
        """For, unless the story says why against."""
        dossier = commission.read_dossier(shortlist_id=shortlist_id, by=self.cast[name])
        for candidate in dossier.candidates:
            commission.cast_vote(
                shortlist_id=shortlist_id,
                candidacy_id=candidate.candidacy_id,
                value=VoteValue.AGAINST if against else VoteValue.FOR,
                reason=against,
                by=self.cast[name],
            )
