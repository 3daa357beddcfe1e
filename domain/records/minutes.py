"""The minutes (ოქმი) of a closed session: all that the paper says, frozen, in no language yet.

Candidates are known by number and register id. Names stand with the approved and the reserve only:
their résumés go to the employer. Nothing else of a person is here but what the commission saw.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from domain.enums import (
    ConflictKind,
    DecisionOutcome,
    DecisionReason,
    FileFormat,
    OfficialDocumentStatus,
    OrganisationKind,
    SeatRole,
    SessionMode,
    VoteValue,
)
from domain.records.ballots import Tally
from domain.records.commission import SeenRow
from domain.texts import Sentence, Term


@dataclass(frozen=True, slots=True)
class Named:
    """A name in both languages."""

    ka: str
    en: str

    def of(self, language: str) -> str:
        """The name as this language writes it."""
        return self.ka if language == "ka" else self.en


@dataclass(frozen=True, slots=True)
class MinutesMember:
    """Somebody with a seat in the session."""

    name: Named
    organisation: Named
    kind: OrganisationKind
    role: SeatRole
    attended_at: datetime | None
    substitute_for: Named | None

    @property
    def votes(self) -> bool:
        """Whether the seat counts for the quorum."""
        return self.role.votes


@dataclass(frozen=True, slots=True)
class MinutesRecusal:
    """A member who took no part in an item."""

    name: Named
    kind: ConflictKind | None
    """None for whoever took part in the first vote of an appeal: no conflict is declared then."""
    declaration: str | None
    """Number of the declaration, under which its text is kept."""


@dataclass(frozen=True, slots=True)
class MinutesVote:
    """An open vote: by name."""

    name: Named
    value: VoteValue | None
    """None where points were given instead."""
    scores: tuple[tuple[str, int], ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class MinutesCandidate:
    """A candidate with what the commission saw, how it voted and what it decided."""

    number: int
    register_id: str
    name: Named | None
    rank: int | None
    points: int | None
    low: int | None
    high: int | None
    rows: tuple[SeenRow, ...]
    flags: tuple[Sentence, ...]
    against_rank_reason: str | None
    tally: Tally
    votes: tuple[MinutesVote, ...]
    votes_withdrawn: int
    outcome: DecisionOutcome | None
    """None for a candidate who withdrew before the decision."""
    reserve_order: int | None
    reason_code: DecisionReason | None
    reason: Named | None
    by_casting: bool


@dataclass(frozen=True, slots=True)
class MinutesDissent:
    """A member's dissenting opinion."""

    name: Named
    text: str
    filed_at: datetime


@dataclass(frozen=True, slots=True)
class MinutesRun:
    """The ranking from which the shortlist was made."""

    id: int
    made_at: datetime
    parameters_version: str
    inputs_sha256: str
    pool_size: int
    ranked: int


@dataclass(frozen=True, slots=True)
class MinutesItem:
    """An agenda item."""

    order: int
    vacancy_number: str
    title: Named
    country: Term
    occupation: Term | None
    positions: int
    places: int
    run: MinutesRun | None
    is_secret: bool
    rule: tuple[Sentence, ...]
    """How it was decided, as it was read above the count."""
    members: int
    """Members with a vote who were not recused."""
    present: int
    needed: int
    recusals: tuple[MinutesRecusal, ...]
    candidates: tuple[MinutesCandidate, ...]
    decided_at: datetime | None
    decided_by: Named | None
    agreement: Sentence | None
    dissents: tuple[MinutesDissent, ...]
    hears_appeal: str | None
    """Number of the appeal that this item decides; None for an ordinary one."""


@dataclass(frozen=True, slots=True)
class MinutesRules:
    """By what rules it was decided."""

    version: str
    quorum_more_than: Fraction
    decision: Term
    tie: Term
    score_criteria: tuple[tuple[str, Named], ...]
    score_threshold: Fraction | None


@dataclass(frozen=True, slots=True)
class MinutesLifting:
    """The chair's lifting of blindness."""

    lifted_at: datetime
    by: Named | None
    reason: str


@dataclass(frozen=True, slots=True)
class MinutesRecord:
    """A closed session as its minutes tell it."""

    number: str
    """Of the document."""
    session_number: str
    commission: Named
    order_number: str | None
    ordered_on: date | None
    place: str | None
    mode: SessionMode
    opened_at: datetime
    closed_at: datetime
    chair: Named
    presiding: Named
    secretary: Named | None
    members: tuple[MinutesMember, ...]
    quorum: Sentence
    rules: MinutesRules
    lifting: MinutesLifting | None
    items: tuple[MinutesItem, ...]
    left_out: tuple[Named, ...] = ()
    """Members of the commission with a vote who had no seat in this session."""


@dataclass(frozen=True, slots=True)
class PaperFileName:
    """A file that the reader may download."""

    language: str
    format: FileFormat
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SessionMinutes:
    """The minutes of a session for its screen, and what may be done about them."""

    session_number: str
    document_id: int | None
    """None while there are no minutes yet."""
    number: str | None
    revision: int
    status: OfficialDocumentStatus | None
    made_at: datetime | None
    code: str | None
    files: tuple[PaperFileName, ...]
    may_generate: bool
    """Whether making them is this reader's task at all, now or later."""
    generate_refusal: Sentence | None
    """Why the reader can't have them made now; None when it is possible."""
