"""The middle of the story: people are preselected, sessions sit, members vote, decisions fall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any

from domain.enums import (
    ConflictKind,
    DecisionOutcome,
    InvitationAnswer,
    SessionMode,
    VoteValue,
)
from domain.records.ballots import BallotPaper
from domain.records.commission import AgendaItem, ChairRuling
from domain.records.officer import Officer
from sample_data.choice import pick
from sample_data.forms import Days
from sample_data.papers import Minutes
from sample_data.timeline import Timeline
from services import clock, commission
from services.rankings.ranking import explain_candidate, list_candidates, rank_vacancy
from services.shortlists import preselect_candidates, send_shortlist, withdraw_preselection

Cast = dict[str, Officer]
Decided = Callable[[str, int, Timeline], None]

MEMBERS = ("chair", "member.agency", "member.io", "member.ngo")
MISTAKEN = "სხვა დამსაქმებელთან ავურიე"
REMEMBERED = "კავშირი მხოლოდ სხდომის შემდეგ გავიგე"
VOTE = 40
"""Progress of an agenda item with its votes, in people registered."""

VOTES: dict[str, tuple[int, dict[VoteValue, int]]] = {
    "convincing": (74, {VoteValue.FOR: 94, VoteValue.ABSTAIN: 4, VoteValue.AGAINST: 2}),
    "doubtful": (16, {VoteValue.FOR: 58, VoteValue.ABSTAIN: 17, VoteValue.AGAINST: 25}),
    "weak": (10, {VoteValue.FOR: 14, VoteValue.ABSTAIN: 14, VoteValue.AGAINST: 72}),
}
"""How often a candidate is taken how, and how members then vote."""


class Sitting:
    """One session of the story, from the invitation to its close."""

    def __init__(
        self,
        told: dict[str, Any],
        *,
        days: Days,
        story: dict[str, Any],
        cast: Cast,
        random: Random,
        decided: Decided,
    ) -> None:
        self.told, self.story, self.cast, self.random = told, story, cast, random
        self.decided, self.days = decided, days
        self.called_on = days.moved(told["called_on"])
        self.sits_on = days.moved(told["planned_for"])
        self.number = ""

    def tell(self, timeline: Timeline) -> None:
        timeline.add(self.called_on, 10, self.call)
        timeline.add(self.called_on + timedelta(3), 9, self.answer)
        if "cancelled_on" in self.told:
            timeline.add(self.cancelled_on(), 12, self.cancel)
            return
        for place, item in enumerate(self.told["agenda"]):
            chosen_on = self.called_on + timedelta(1)
            timeline.add(chosen_on, 10 + place, partial(self.choose, item), weight=VOTE)
        if self.told["state"] != "planned":
            timeline.add(self.sits_on, 10, partial(self.sit, timeline))

    def call(self) -> None:
        starts = datetime.combine(self.sits_on, time(10), clock.TBILISI)
        session = commission.plan_session(
            commission=self.story["commission"]["code"],
            planned_at=starts,
            mode=SessionMode(self.told.get("mode", "on_site")),
            place=self.told["place"],
            by=self.cast["recruiter"],
        )
        self.number = session.number

    def answer(self) -> None:
        """Some of the invited say whether they come."""
        for name, answer in self.told.get("answers", {}).items():
            commission.answer_invitation(
                number=self.number, answer=InvitationAnswer(answer), by=self.cast[name]
            )

    def cancelled_on(self) -> date:
        return self.days.moved(self.told["cancelled_on"])

    def cancel(self) -> None:
        reason = self.told["cancel_reason"]
        commission.cancel_session(number=self.number, reason=reason, by=self.cast["secretary"])

    def choose(self, item: dict[str, Any]) -> None:
        """Rank, preselect the best and send them to the session."""
        run_id = preselect_best(item, self.cast["recruiter"])
        send_shortlist(
            run_id=run_id,
            session_number=self.number,
            message=item.get("message"),
            by=self.cast["recruiter"],
        )
        if item.get("secret"):
            items = commission.get_session(number=self.number, by=self.cast["chair"]).items
            commission.choose_ballot(
                shortlist_id=items[-1].shortlist_id, is_secret=True, by=self.cast["chair"]
            )

    def sit(self, timeline: Timeline) -> None:
        """Members attend, the chair opens, then one agenda item follows the other."""
        for name in MEMBERS:
            commission.mark_attendance(
                number=self.number,
                officer_id=self.cast[name].id,
                is_present=True,
                by=self.cast[name],
            )
        session = commission.open_session(number=self.number, by=self.cast["chair"])
        if reason := self.told.get("lifted"):
            commission.lift_blindness(number=self.number, reason=reason, by=self.cast["chair"])
        commission.start_voting(number=self.number, by=self.cast["chair"])
        items = {item.vacancy_number: item for item in session.items}
        closing = self.told["state"] == "closed"
        for place, told in enumerate(self.told["agenda"]):
            item = items[told["vacancy"]]
            hour = 10.25 + place / 2
            timeline.add(self.sits_on, hour, partial(self.declare, told, item))
            timeline.add(self.sits_on, hour + 0.1, partial(self.vote, told, item), weight=VOTE)
            if closing:
                timeline.add(self.sits_on, hour + 0.4, partial(self.decide, item, timeline))
        if closing:
            timeline.add(self.sits_on, 17, self.close)
            Minutes(lambda: self.number, self.sits_on, self.told["minutes"], self.cast).tell(
                timeline
            )

    def declare(self, told: dict[str, Any], item: AgendaItem) -> None:
        conflicts, mistaken = told.get("conflict", {}), told.get("mistaken", {})
        for name in told.get("voted", MEMBERS):
            if name not in (conflicts | mistaken):
                commission.declare_conflict(
                    shortlist_id=item.shortlist_id,
                    kind=ConflictKind.NONE,
                    explanation=None,
                    by=self.cast[name],
                )
        for name, kind in (conflicts | mistaken).items():
            commission.declare_conflict(
                shortlist_id=item.shortlist_id,
                kind=ConflictKind(kind),
                explanation=None,
                by=self.cast[name],
            )
        for name in mistaken:
            self.amend(item, name, ConflictKind.NONE, MISTAKEN)
        for name, kind in told.get("drafted", {}).items():
            commission.save_declaration_draft(
                shortlist_id=item.shortlist_id,
                kind=ConflictKind(kind),
                explanation=None,
                by=self.cast[name],
            )

    def amend(self, item: AgendaItem, name: str, kind: ConflictKind, reason: str) -> None:
        commission.amend_declaration(
            shortlist_id=item.shortlist_id,
            kind=kind,
            explanation=None,
            reason=reason,
            by=self.cast[name],
        )

    def vote(self, told: dict[str, Any], item: AgendaItem) -> None:
        voters = [
            name for name in told.get("voted", MEMBERS) if name not in told.get("conflict", {})
        ]
        weights = {impression: share for impression, (share, _) in VOTES.items()}
        impressions: dict[int, str] = {}
        for name in voters:
            dossier = commission.read_dossier(shortlist_id=item.shortlist_id, by=self.cast[name])
            paper = commission.read_ballot(shortlist_id=item.shortlist_id, by=self.cast[name])
            for candidate in dossier.candidates:
                key = candidate.candidacy_id
                impression = impressions.setdefault(key, pick(self.random, weights))
                self.cast_vote(name, paper, key, VOTES[impression][1])
        for name, words in told.get("notes", {}).items():
            commission.save_note(
                shortlist_id=item.shortlist_id,
                candidacy_id=next(iter(impressions)),
                text=words,
                by=self.cast[name],
            )

    def cast_vote(
        self, name: str, paper: BallotPaper, candidacy_id: int, chances: dict[VoteValue, int]
    ) -> None:
        value = pick(self.random, chances)
        line = paper.paper(candidacy_id)
        departs = line is not None and line.departure is not None and value is VoteValue.FOR
        reason = self.story["departure_reason"] if departs else None
        if value is VoteValue.AGAINST:
            reason = self.random.choice(self.story["against_reasons"])
        commission.cast_vote(
            shortlist_id=paper.shortlist_id,
            candidacy_id=candidacy_id,
            value=value,
            reason=reason,
            by=self.cast[name],
        )

    def decide(self, item: AgendaItem, timeline: Timeline) -> None:
        """The chair counts, breaks ties for the candidate, and says why somebody is refused."""
        chair = self.cast["chair"]
        if self.told_of(item).get("secret"):
            commission.end_secret_ballot(shortlist_id=item.shortlist_id, by=chair)
        seen = commission.count_votes(shortlist_id=item.shortlist_id, by=chair)
        ties = {one.candidacy_id: True for one in seen.candidates if one.outcome is None}
        count = commission.count_votes(shortlist_id=item.shortlist_id, casting=ties, by=chair)
        rulings = {one: ChairRuling(approve_tie=True) for one in ties}
        for candidate in count.candidates:
            if candidate.outcome is DecisionOutcome.NOT_APPROVED:
                codes = self.random.choice(self.story["refusal_reasons"])
                rulings[candidate.candidacy_id] = ChairRuling(codes=tuple(codes))
        commission.close_item(
            shortlist_id=item.shortlist_id, votes_seen=count.votes, rulings=rulings, by=chair
        )
        self.decided(item.vacancy_number, item.shortlist_id, timeline)
        for name, kind in self.told_of(item).get("late", {}).items():
            self.amend(item, name, ConflictKind(kind), REMEMBERED)
        for name, text in self.told_of(item).get("dissent", {}).items():
            commission.file_dissent(shortlist_id=item.shortlist_id, text=text, by=self.cast[name])

    def told_of(self, item: AgendaItem) -> dict[str, Any]:
        """What the story says of an agenda item."""
        agenda: list[dict[str, Any]] = self.told["agenda"]
        return next(one for one in agenda if one["vacancy"] == item.vacancy_number)

    def close(self) -> None:
        commission.close_session(number=self.number, by=self.cast["chair"])


def preselect_best(item: dict[str, Any], recruiter: Officer) -> int:
    """Preselect so many of the ranking; the last one against the rank where a reason is told.

    Whoever takes somebody against the rank has read why the others stand before. Where it is told
    why somebody is `taken_off`, one more is preselected, and the first one taken off again.
    """
    run = rank_vacancy(vacancy_number=item["vacancy"], by=recruiter)
    wanted, reason, taken_off = item["people"], item.get("against_rank"), item.get("taken_off")
    wanted += 1 if taken_off else 0
    skipped = 2 if reason else 0
    page = list_candidates(run_id=run.run_id, limit=wanted + skipped, by=recruiter)
    best = [row.external_id for row in page.rows]
    chosen = best[: wanted - 1] + best[-1:] if reason else best
    for external_id in best[-1 - skipped :] if reason else best[:1]:
        explain_candidate(run_id=run.run_id, external_id=external_id, by=recruiter)
    preselect_candidates(
        run_id=run.run_id, external_ids=chosen, against_rank_reason=reason, by=recruiter
    )
    if taken_off:
        withdraw_preselection(
            vacancy_number=item["vacancy"], external_id=best[0], reason=taken_off, by=recruiter
        )
    return run.run_id
