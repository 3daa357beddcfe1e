"""What was found in a text: a value, the words it was found in, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.enums import CefrLevel, RequirementKind


class Certainty(StrEnum):
    """Whether the text says it outright, or a word only makes it likely."""

    NAMED = "named"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where in the text: `text[start:end]` are the words."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LanguageFound:
    """A language, with the level where one is said; `kind` None = neither must nor preferred."""

    language: str
    span: Span
    level: CefrLevel | None = None
    certainty: Certainty = Certainty.NAMED
    """Of the level."""
    kind: RequirementKind | None = None


@dataclass(frozen=True, slots=True)
class YearsFound:
    """Years of experience: the lower end of what is said."""

    years: float
    span: Span
    certainty: Certainty = Certainty.NAMED
    kind: RequirementKind | None = None


@dataclass(frozen=True, slots=True)
class LicenceFound:
    """A licence or certificate, as a code of the reference table."""

    licence: str
    span: Span
    certainty: Certainty = Certainty.NAMED
    kind: RequirementKind | None = None


@dataclass(frozen=True, slots=True)
class SkillFound:
    """A skill of the vocabulary: how much of which label is in the words, 0–1."""

    skill: str
    span: Span
    score: float
    label: str
    kind: RequirementKind | None = None
