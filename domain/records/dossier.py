"""What belongs to an item's file beside the blind candidates: changes of the rank, lifted
blindness with what it shows, and the reader's own notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LiftedBlindness:
    """That the chair lifted blindness for a session: when, who, and why."""

    reason: str
    lifted_at: datetime
    name_ka: str
    name_en: str

    def name(self, language: str) -> str:
        """The chair's name in the reader's script."""
        return self.name_ka if language == "ka" else self.name_en


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """All that a member sees of a person once blindness is lifted."""

    candidacy_id: int
    name_ka: str | None
    name_lat: str | None
    age: int | None
    region: str | None

    def name(self, language: str) -> str | None:
        """The name in the reader's script, where the file has it."""
        names = (self.name_ka, self.name_lat)
        return next(filter(None, names if language == "ka" else reversed(names)), None)


@dataclass(frozen=True, slots=True)
class RankChange:
    """A candidate who is on the list although people ranked higher are not."""

    candidacy_id: int
    number: int
    rank: int
    left_out: int
    """How many ranked higher are not on the list."""
    reason: str | None


@dataclass(frozen=True, slots=True)
class TakenOff:
    """Somebody whom the recruiter had chosen and took off before sending the list."""

    rank: int | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class MemberNote:
    """The reader's own words on an item, or on one candidate of it."""

    shortlist_id: int
    candidacy_id: int | None
    number: int | None
    """Of the candidate on the list; None for a note on the item as a whole."""
    text: str
    saved_at: datetime
