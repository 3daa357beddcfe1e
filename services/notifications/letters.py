"""A message as it is sent: in the recipient's language, to the address of the moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.models import EmployerRow, JobseekerRow, MessageRow, OfficerRow
from domain.enums import AddresseeKind, MessageChannel
from domain.texts import from_json
from services.notifications.templates import Template, template
from services.texts import show

BLOTTED = "•••••"
NO_MAIL = "@"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Where somebody can be reached now, and in which language."""

    language: str
    addresses: Mapping[MessageChannel, str]


@dataclass(frozen=True, slots=True)
class Letter:
    """What a channel sends."""

    public_id: str
    channel: MessageChannel
    address: str
    subject: str
    body: str

    def __repr__(self) -> str:
        """Neither address nor text: a letter may end up in a log."""
        return f"Letter({self.public_id!r}, {self.channel.value!r})"


def addressee(session: Session, row: MessageRow) -> Addressee:
    """Where the recipient can be reached; nowhere if there is no such file any more."""
    return _FIND[row.recipient_kind](session, row.recipient_id)


def _jobseeker(session: Session, jobseeker_id: int) -> Addressee:
    person = session.get(JobseekerRow, jobseeker_id)
    found = {
        MessageChannel.SMS: person.phone if person else None,
        MessageChannel.EMAIL: person.email if person else None,
    }
    return Addressee("ka", _stated(found))


def _employer(session: Session, employer_id: int) -> Addressee:
    employer = session.get(EmployerRow, employer_id)
    found = {
        MessageChannel.EMAIL: employer.contact_email if employer else None,
        MessageChannel.SMS: employer.contact_phone if employer else None,
    }
    return Addressee("en", _stated(found))


def _officer(session: Session, officer_id: int) -> Addressee:
    officer = session.get(OfficerRow, officer_id)
    is_open = officer is not None and officer.disabled_at is None
    found = {
        MessageChannel.SCREEN: officer.username if officer and is_open else None,
        MessageChannel.EMAIL: officer.email if officer and is_open else None,
    }
    return Addressee(officer.language if officer else "ka", _stated(found))


_FIND = {
    AddresseeKind.JOBSEEKER: _jobseeker,
    AddresseeKind.EMPLOYER: _employer,
    AddresseeKind.OFFICER: _officer,
}


def _stated(found: Mapping[MessageChannel, str | None]) -> dict[MessageChannel, str]:
    return {channel: address for channel, address in found.items() if address}


def channel_of(wording: Template, to: Addressee) -> MessageChannel | None:
    """The template's first channel for which there is an address."""
    return next((channel for channel in wording.channels if channel in to.addresses), None)


def compose(row: MessageRow, channel: MessageChannel, to: Addressee) -> Letter:
    """The whole text, with its links: for the channel alone."""
    subject, body = words(row, channel, to.language, row.secrets or {})
    return Letter(row.public_id, channel, to.addresses[channel], subject, body)


def words(
    row: MessageRow, channel: MessageChannel, language: str, secrets: Mapping[str, str]
) -> tuple[str, str]:
    """(subject, text) in that language; a link that `secrets` lacks is blotted out."""
    wording = template(row.template)
    facts = from_json({"text": "", "values": row.facts}).values
    values = dict.fromkeys(wording.placeholders, BLOTTED)
    values |= {name: show(value, language) for name, value in facts.items()}
    values |= secrets
    text = wording.sms if channel is MessageChannel.SMS else wording.body
    assert text is not None, row.template
    # An SMS has none.
    titled = wording.subject if channel is not MessageChannel.SMS else None
    subject = titled[language].format(**values) if titled else ""
    return " ".join(subject.split()), text[language].format(**values).strip()


def masked(channel: MessageChannel | None, address: str | None) -> str | None:
    """An address of which only so much is left that two can be told apart."""
    if not address or channel is MessageChannel.SCREEN:
        return address
    if channel is MessageChannel.EMAIL:
        name, _, house = address.partition(NO_MAIL)
        return f"{name[:1]}•••@{house}"
    return f"{address[:4]}•••{address[-2:]}"
