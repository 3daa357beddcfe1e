"""What a commission decides on an item: the count, the chair's rulings, reasons, dissent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.enums import DecisionOutcome, DecisionReason
from domain.records.ballots import Tally
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class CodedReason:
    """Why somebody is not approved: a code with its texts by language ("ka", "en")."""

    code: str
    group: DecisionReason
    name: Mapping[str, str]
    candidate: Mapping[str, str]
    """Told to the person: kind, without blame, with what can help."""
    report: Mapping[str, str]
    """Written into minutes and reports."""


@dataclass(frozen=True, slots=True)
class ReasonTexts:
    """What several codes say together, by language."""

    candidate: Mapping[str, str]
    report: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CountedCandidate:
    """A candidate's votes before the chair closes the item, and what the rule makes of them."""

    candidacy_id: int
    number: int
    rank: int | None
    tally: Tally
    outcome: DecisionOutcome | None
    """None for a tie that the chair has still to decide."""
    reserve_order: int | None
    reasons_against: tuple[str, ...]
    needs_casting: bool
    """A tie that the rule leaves to the chair, decided meanwhile or not."""


@dataclass(frozen=True, slots=True)
class Count:
    """The votes on one item as the chair saw them."""

    shortlist_id: int
    votes: int
    candidates: tuple[CountedCandidate, ...]
    places: int
    """Still free: those given away by other decisions on the vacancy are taken off."""
    rule: tuple[Sentence, ...]
    """The rule in sentences, as it is shown above the count."""


@dataclass(frozen=True, slots=True)
class ChairRuling:
    """What the chair adds to the count of one candidate: a tie's outcome, a refusal's reasons."""

    approve_tie: bool | None = None
    reason_code: DecisionReason | None = None
    """The group, where no codes are given."""
    reason: str | None = None
    """For the report; without it, the texts of the codes."""
    codes: tuple[str, ...] = ()
    candidate_text: str | None = None
    """For the candidate; without it, the texts of the codes."""


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """What the commission decided about one candidate."""

    candidacy_id: int
    number: int
    rank: int | None
    points: int | None
    outcome: DecisionOutcome
    reserve_order: int | None
    reason_code: DecisionReason | None
    reason: str | None
    tally: Tally
    by_chair: bool
    """Whether the chair's casting vote decided."""
    reason_codes: tuple[str, ...] = ()
    reason_texts: Mapping[str, str] | None = None
    """For the report, by language; the same in both where the chair wrote it."""
    candidate_texts: Mapping[str, str] | None = None
    """For the candidate, by language."""


@dataclass(frozen=True, slots=True)
class Dissent:
    """A member's dissenting opinion on the decision of an item."""

    officer_id: int
    name_ka: str
    name_en: str
    text: str
    filed_at: datetime

    def name(self, language: str) -> str:
        """The member's name in the reader's script."""
        return self.name_ka if language == "ka" else self.name_en


@dataclass(frozen=True, slots=True)
class Dissents:
    """The dissenting opinions on an item, and why the reader can't file one; None if possible."""

    filed: tuple[Dissent, ...]
    refusal: Sentence | None


@dataclass(frozen=True, slots=True)
class ItemAgreement:
    """Of the approved, how many the engine had among its first so many; and where they differ."""

    approved: int
    same: int
    chosen_instead: tuple[tuple[int, int | None], ...]
    """(number, rank) of the approved whom the engine had further down."""
    passed_over: tuple[tuple[int, int | None], ...]
    """(number, rank) of those whom the engine had among the first and who were not approved."""
