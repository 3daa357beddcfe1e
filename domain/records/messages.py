"""What is told to whom, and how far it got."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.enums import AddresseeKind, MessageChannel, MessageStatus
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who a message is for. The address and the language are theirs at the moment of sending."""

    kind: AddresseeKind
    id: int

    @classmethod
    def jobseeker(cls, jobseeker_id: int) -> Recipient:
        """A registered person: by SMS or e-mail, in Georgian."""
        return cls(AddresseeKind.JOBSEEKER, jobseeker_id)

    @classmethod
    def employer(cls, employer_id: int) -> Recipient:
        """An employer's contact: by e-mail, in English first."""
        return cls(AddresseeKind.EMPLOYER, employer_id)

    @classmethod
    def officer(cls, officer_id: int) -> Recipient:
        """An officer: on the screen, in the language of their account."""
        return cls(AddresseeKind.OFFICER, officer_id)


@dataclass(frozen=True, slots=True)
class MessageQuery:
    """Which messages to list; None: all of them."""

    status: MessageStatus | None = None
    template: str | None = None
    to: AddresseeKind | None = None


@dataclass(frozen=True, slots=True)
class MessageSummary:
    """One line of the outbox: the address is masked, the text is not in it."""

    id: int
    template: str
    kind: AddresseeKind
    code: str | None
    """Code of the file, of the account; None for an employer."""
    name_ka: str
    name_en: str
    status: MessageStatus
    channel: MessageChannel | None
    sent_to: str | None
    attempts: int
    queued_at: datetime
    sent_at: datetime | None
    next_try_at: datetime | None
    problem: Sentence | None

    def name(self, language: str) -> str:
        """The recipient in the reader's script, the other one where that is empty."""
        own, other = self.name_ka, self.name_en
        if language != "ka":
            own, other = other, own
        return own or other or (self.code or "–")


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """A message with its text, links blotted out."""

    summary: MessageSummary
    subject: str
    body: str
    public_id: str
    has_links: bool
    """Whether it still holds a personal link, which is shown to nobody."""


@dataclass(frozen=True, slots=True)
class MessagePage:
    """Some of the messages that were asked for, the latest first."""

    messages: tuple[MessageSummary, ...]
    total: int
    counts: Mapping[MessageStatus, int]
    """Of all messages, whatever was asked for."""
    templates: tuple[str, ...]
