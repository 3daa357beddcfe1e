"""What a text names, offered for a person to take over: nothing of it is applied by itself."""

from __future__ import annotations

from dataclasses import dataclass

from domain.enums import CefrLevel, OfferKind, RequirementKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One thing that a text names, with the words it was found in."""

    kind: OfferKind
    code: str
    """ISCO-08 unit group, skill, language or licence; empty for years."""
    quote: str
    """The words of the text."""
    start: int
    """Where in the text they begin."""
    is_likely: bool = False
    """The words make it likely; they don't say it outright."""
    score: float | None = None
    """Likeness 0–1, where names were compared."""
    label: str | None = None
    """The known name that was found."""
    level: CefrLevel | None = None
    requirement: RequirementKind | None = None
    years: float | None = None

    @property
    def key(self) -> str:
        """What tells it from the other offers of the text: "language:de"."""
        return f"{self.kind}:{self.code}"


@dataclass(frozen=True, slots=True)
class TextOffers:
    """What was found in a text; `language` None = written in a language that can't be read."""

    language: str | None
    offers: tuple[Offer, ...] = ()
