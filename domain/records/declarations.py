"""Conflict declarations as they are filed, and what the public register says of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.enums import ConflictKind, DeclarationStatus, OrganisationKind


@dataclass(frozen=True, slots=True)
class Declaration:
    """One filing of a member on an agenda item: what was declared first, or an amendment."""

    number: str
    """The receipt's number, for example DEC-2026-00001."""
    shortlist_id: int
    session_number: str
    item_order: int
    vacancy_number: str
    officer_id: int
    name_ka: str
    name_en: str
    organisation_code: str
    revision: int
    kind: ConflictKind
    explanation: str | None
    reason: str | None
    """Why it amends the filing before."""
    is_late: bool
    """Filed after the decision, or after a secret vote: on record, changing nothing."""
    declared_at: datetime
    status: DeclarationStatus
    amends: str | None
    """The number of the filing that this one amends."""

    def name(self, language: str) -> str:
        """The member's name in the reader's script."""
        return self.name_ka if language == "ka" else self.name_en


@dataclass(frozen=True, slots=True)
class DeclarationDraft:
    """What a member has written and not filed yet."""

    shortlist_id: int
    kind: ConflictKind | None
    explanation: str | None
    reason: str | None
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Recusal:
    """A line of the public register: that a member was recused, not why.

    With the occupation and country of the item, which are public too, the kind of conflict may
    point at a relative.
    """

    session_number: str
    held_at: datetime
    item_order: int
    member_ka: str
    member_en: str
    organisation_code: str
    organisation_kind: OrganisationKind
    is_late: bool
    """Declared when the member's vote could not be taken out any more."""
    declared_at: datetime

    def member(self, language: str) -> str:
        """The member's name in the reader's script."""
        return self.member_ka if language == "ka" else self.member_en
