"""Extracts of the register of people abroad for other organisations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.enums import RecipientKind, SharingBasis
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class RecipientRule:
    """What a kind of organisation may be given, by the dated list."""

    kind: RecipientKind
    version: str
    bases: tuple[SharingBasis, ...]
    fields: tuple[str, ...]
    keep_days_max: int
    needs_one_country: bool
    source: str


@dataclass(frozen=True, slots=True)
class ShareForm:
    """An extract as it is asked for."""

    kind: RecipientKind
    recipient: str
    purpose: str
    basis: SharingBasis
    basis_text: str
    fields: tuple[str, ...]
    expires_on: date
    countries: tuple[str, ...] = ()
    is_current: bool = True
    """Only those who are abroad now; else everybody who ever departed."""


@dataclass(frozen=True, slots=True)
class SharePreview:
    """What would go out: how many people, the first rows, and who is left out and why."""

    people: int
    headings: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    left_out: int
    refusal: Sentence | None


@dataclass(frozen=True, slots=True)
class ShareRecord:
    """An extract that was handed over."""

    number: str
    kind: RecipientKind
    recipient: str
    purpose: str
    basis: SharingBasis
    basis_text: str
    rules_version: str
    fields: tuple[str, ...]
    countries: tuple[str, ...]
    people: int
    file_name: str
    sha256: str
    expires_on: date
    is_expired: bool
    shared_at: datetime
    officer_ka: str
    officer_en: str
