"""Versions of the coder of job titles, and what their training says of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderVersion:
    """A trained coder: from what, how good on decisions it never saw, whether it is in use."""

    number: int
    trained_at: datetime
    decisions: int
    languages: tuple[str, ...]
    codes: int
    held_out: int
    accuracy: float
    accuracy_low: float
    accuracy_high: float
    accuracy_of_labels: float
    accuracy_in_use: float | None
    sha256: str
    bytes: int
    is_in_use: bool
    activated_at: datetime | None


@dataclass(frozen=True, slots=True)
class CoderState:
    """What there is to learn from, and all versions, the newest first."""

    decisions: int
    needed: int
    versions: tuple[CoderVersion, ...]

    @property
    def in_use(self) -> CoderVersion | None:
        """The version that suggestions come from; None = labels alone."""
        return next((version for version in self.versions if version.is_in_use), None)


@dataclass(frozen=True, slots=True)
class TakenDecisions:
    """What an import of coded titles brought."""

    taken: int
    rejected: tuple[tuple[int, str], ...] = ()
    """Line number, and what hinders it."""
