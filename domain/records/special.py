"""Special categories of personal data, as screens see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.enums import SpecialBasis, SpecialKind


@dataclass(frozen=True, slots=True)
class SpecialForm:
    """A fact as it is entered."""

    kind: SpecialKind
    basis: SpecialBasis
    purpose: str
    """What the work needs it for."""
    content: str
    needed_until: date


@dataclass(frozen=True, slots=True)
class SpecialFact:
    """That a fact is kept, why and until when; what it says is read one by one."""

    id: int
    external_id: str
    kind: SpecialKind
    basis: SpecialBasis
    purpose: str
    needed_until: date
    recorded_at: datetime
    recorded_by_ka: str | None
    recorded_by_en: str | None
    erased_at: datetime | None
