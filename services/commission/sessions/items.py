"""One item of an agenda: its candidates, who is recused from it, what was cast on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from db.models import AppealRow, ConflictDeclarationRow, ShortlistRow, VacancyRow, VoteRow
from domain.enums import CandidacyStatus, ConflictKind
from domain.exceptions import NotFound, Refused
from domain.records.commission import Tally
from domain.records.officer import Officer
from domain.texts import N_
from services.commission.appeals.panels import EXCLUDED
from services.commission.ballot.ballots import Ballots
from services.commission.decisions.deciding import Standing

VOTED_ALREADY = N_("You have already voted on this candidate; a vote can't be changed.")
RECUSED = N_("You declared a conflict of interest here: the file stays closed to you.")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate on the agenda, as far as voting needs to know."""

    candidacy_id: int
    number: int
    rank: int | None
    status: CandidacyStatus


@dataclass
class Item:
    """An agenda item with its rows."""

    shortlist: ShortlistRow
    vacancy: VacancyRow
    candidates: list[Candidate] = field(default_factory=list)
    declarations: dict[int, ConflictDeclarationRow] = field(default_factory=dict)
    """What counts of each member's filings: the last one before the item was decided."""
    ballots: Ballots = field(default_factory=Ballots)
    appeals: list[AppealRow] = field(default_factory=list)
    """Those that are heard on this item; none on an ordinary shortlist."""
    excluded: frozenset[int] = frozenset()
    """Members of the first vote: they have no part in hearing an appeal against it."""

    @property
    def places(self) -> int:
        """How many candidates the employer may be sent."""
        return self.shortlist.positions * self.shortlist.candidates_per_position

    @property
    def votes(self) -> list[VoteRow]:
        """Open votes in force; of a secret ballot there are none."""
        return self.ballots.votes

    @property
    def standing(self) -> list[Candidate]:
        """Who is still to be decided on: not withdrawn meanwhile."""
        return [c for c in self.candidates if c.status is CandidacyStatus.COMMISSION_REVIEW]

    def is_recused(self, officer_id: int) -> bool:
        """Whether the member declared a conflict on this item, or was in an appeal's first vote."""
        if officer_id in self.excluded:
            return True
        declared = self.declarations.get(officer_id)
        return declared is not None and declared.kind is not ConflictKind.NONE

    def check_not_excluded(self, officer_id: int) -> None:
        """Raise for whoever took part in the first vote of an appeal that is heard here."""
        if officer_id in self.excluded:
            raise Refused(EXCLUDED)

    def check_open_to(self, officer_id: int) -> None:
        """Raise for whoever is recused, saying why."""
        self.check_not_excluded(officer_id)
        if self.is_recused(officer_id):
            raise Refused(RECUSED)

    def tally(self, candidacy_id: int) -> Tally:
        """The votes on one candidate; empty while a secret ballot runs."""
        return self.ballots.tally(candidacy_id)

    def check_can_be_voted_on(self, candidacy_id: int, by: Officer) -> None:
        """Raise unless this candidate waits for this member's vote."""
        candidate = next((c for c in self.candidates if c.candidacy_id == candidacy_id), None)
        if candidate is None:
            raise NotFound(N_("This candidate is not on the shortlist."))
        if candidate.status is not CandidacyStatus.COMMISSION_REVIEW:
            raise Refused(N_("This candidate has withdrawn: there is nothing to vote on."))
        if candidacy_id in self.ballots.voted_on(by.id):
            raise Refused(VOTED_ALREADY)
        if self.ballots.attempts(by.id, candidacy_id) > 1:
            raise Refused(N_("You have voted twice on this candidate: a third vote is not taken."))

    def standings(self) -> list[Standing]:
        """What the decision rule takes."""
        return [
            Standing(c.candidacy_id, c.number, c.rank, self.tally(c.candidacy_id))
            for c in self.standing
        ]
