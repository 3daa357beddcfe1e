"""A commission session as its members see it: agenda, quorum, blind candidates, votes, decisions.

`BlindCandidate` is the whole of what a member may know of a person. It has no name, photo, sex,
age, address, region or contact on purpose; a test walks its fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from domain.enums import (
    ConflictKind,
    CriterionStatus,
    InvitationAnswer,
    OrganisationKind,
    PayPeriod,
    SeatRole,
    SessionMode,
    SessionStatus,
)
from domain.records.ballots import MyVote as MyVote
from domain.records.ballots import Tally as Tally
from domain.records.decisions import ChairRuling as ChairRuling
from domain.records.decisions import Count as Count
from domain.records.decisions import CountedCandidate as CountedCandidate
from domain.records.decisions import DecisionRecord as DecisionRecord
from domain.records.dossier import LiftedBlindness, RankChange, ShownPerson, TakenOff
from domain.texts import Sentence


class AgendaState(StrEnum):
    """Where an agenda item stands for the reader."""

    WAITING = "waiting"
    """Nothing for this reader to do: the session is not open, or the reader is no member."""
    TO_DECLARE = "to_declare"
    TO_VOTE = "to_vote"
    VOTED = "voted"
    RECUSED = "recused"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class PossibleMember:
    """An officer who may get a seat in a commission, or has one."""

    officer_id: int
    name_ka: str
    name_en: str
    organisation_code: str
    organisation_kind: OrganisationKind
    may_chair: bool
    may_vote: bool = True

    def name(self, language: str) -> str:
        """The name in the reader's script."""
        return self.name_ka if language == "ka" else self.name_en


@dataclass(frozen=True, slots=True)
class SessionMember:
    """A member of one session, with the organisation represented then."""

    officer_id: int
    name_ka: str
    name_en: str
    organisation_code: str
    organisation_kind: OrganisationKind
    attended_at: datetime | None
    is_chair: bool
    """Whether this member presides: the chair, or a deputy in the chair's absence."""
    role: SeatRole = SeatRole.MEMBER
    substitute_for_id: int | None = None
    """The officer in whose absence this one sits."""
    has_vote: bool = True
    """Whether the seat votes and counts now: observers never, substitutes for who is absent."""
    invited_at: datetime | None = None
    answer: InvitationAnswer | None = None
    answered_at: datetime | None = None

    def name(self, language: str) -> str:
        """The name in the reader's script."""
        return self.name_ka if language == "ka" else self.name_en


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether enough members of enough kinds of organisation are present, and a sentence on it."""

    members: int
    """Those who count: recused members do not."""
    needed: int
    present: int
    kinds_present: tuple[OrganisationKind, ...]
    kinds_needed: int
    kinds_missing: tuple[OrganisationKind, ...]
    """Required kinds of which nobody is present."""
    holds: bool
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A shortlist on the agenda: the vacancy, how far it is, and what may be done with it now."""

    shortlist_id: int
    order: int
    vacancy_number: str
    title: str
    title_ka: str | None
    country: str
    positions: int
    candidates_per_position: int
    candidates: int
    """How many still stand: withdrawn ones are not voted on."""
    my_declaration: ConflictKind | None
    my_receipt: str | None
    """The number under which it was filed."""
    is_past_amending: bool
    """Whether an amendment of the reader's declaration could only go on record."""
    my_votes: int
    votes: int
    votes_expected: int
    """Present members who are not recused, times candidates."""
    recused: int
    quorum: Quorum
    state: AgendaState
    decided_at: datetime | None
    acting_chair_id: int | None
    """Who closes this item: the chair, or another member when the chair is recused from it."""
    vote_refusal: Sentence | None
    """Why the reader can't vote on it now; None when it is possible."""
    close_refusal: Sentence | None
    is_secret: bool = False
    is_ballot_ended: bool = False
    """Of a secret ballot: nobody votes any more, the tally can be read."""
    secret_refusal: Sentence | None = None
    """Why the reader can't choose between an open and a secret ballot now."""
    appeals: tuple[str, ...] = ()
    """Numbers of the appeals that are heard here; none on an ordinary shortlist."""
    closed_to_me: Sentence | None = None
    """Why the reader is recused; None for whoever is not."""

    @property
    def places(self) -> int:
        """How many candidates the employer may be sent."""
        return self.positions * self.candidates_per_position


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A session with its members and agenda."""

    id: int
    number: str
    commission_code: str | None
    commission_ka: str | None
    commission_en: str | None
    planned_at: datetime
    mode: SessionMode
    place: str | None
    """The room, or the address of the online meeting."""
    status: SessionStatus
    cancel_reason: str | None
    chair_id: int
    presiding_id: int
    """Who chairs, now or when it ended: the chair, or a deputy in the chair's absence."""
    members: tuple[SessionMember, ...]
    items: tuple[AgendaItem, ...]
    quorum: Quorum
    rules_version: str
    opened_at: datetime | None
    voting_at: datetime | None
    closed_at: datetime | None
    i_am_member: bool
    i_attend: bool
    i_am_chair: bool
    """Whether the reader presides."""
    lifted: LiftedBlindness | None
    """That blindness was lifted, and why; None while files are blind."""
    lift_refusal: Sentence | None
    my_role: SeatRole | None
    my_answer: InvitationAnswer | None
    i_have_substitute: bool
    open_refusal: Sentence | None
    voting_refusal: Sentence | None
    close_refusal: Sentence | None
    cancel_refusal: Sentence | None
    plan_refusal: Sentence | None
    """Why the reader can't change the members."""
    agenda_refusal: Sentence | None
    """Why the reader can't mark attendance and rearrange the agenda."""

    def commission(self, language: str) -> str | None:
        """The commission's name in the reader's language."""
        return self.commission_ka if language == "ka" else self.commission_en


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """A line of the list of sessions."""

    number: str
    commission_ka: str | None
    commission_en: str | None
    planned_at: datetime
    mode: SessionMode
    place: str | None
    status: SessionStatus
    members: int
    items: int
    decided: int
    i_am_member: bool
    i_am_chair: bool
    waits_for_me: int
    """Agenda items on which the reader has still to declare or to vote."""
    awaits_my_answer: bool = False
    """Whether the reader was invited and has not answered."""

    def commission(self, language: str) -> str | None:
        """The commission's name in the reader's language."""
        return self.commission_ka if language == "ka" else self.commission_en


@dataclass(frozen=True, slots=True)
class SeenRow:
    """A line of the requirement table, as it was frozen when the shortlist was sent."""

    criterion: str
    kind: str
    asked: Sentence
    has: Sentence
    status: CriterionStatus
    known: str
    points: int
    points_max: int


@dataclass(frozen=True, slots=True)
class BlindCandidate:
    """All that a commission member may know of a person."""

    candidacy_id: int
    number: int
    rank: int | None
    points: int | None
    low: int | None
    high: int | None
    rows: tuple[SeenRow, ...]
    flags: tuple[Sentence, ...]
    """What is unknown of the person and should be asked."""
    against_rank_reason: str | None
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class VacancyFacts:
    """What the job is, for those who judge who fits it."""

    number: str
    title: str
    title_ka: str | None
    country: str
    town: str | None
    positions: int
    start_on: date | None
    end_on: date | None
    hours_per_week: float | None
    pay_amount: Decimal | None
    pay_currency: str | None
    pay_period: PayPeriod | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """An agenda item's blind file."""

    shortlist_id: int
    vacancy: VacancyFacts
    message: str | None
    parameters: str | None
    candidates: tuple[BlindCandidate, ...]
    rank_changes: tuple[RankChange, ...]
    taken_off: tuple[TakenOff, ...]
    people: tuple[ShownPerson, ...]
    """Who the candidates are: empty unless the chair has lifted blindness."""
    my_votes: tuple[MyVote, ...]
