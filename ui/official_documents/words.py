"""How documents, steps and people are told on screen."""

from __future__ import annotations

from domain.enums import OfficialDocumentStatus, StepKind, StepStatus
from domain.records.signing import ActingFor, DocumentRecord, DocumentSummary, Person
from domain.texts import N_, Term
from ui.language import _, day, label, language, name

SIGNS = {
    StepStatus.WAITING: "○",
    StepStatus.ASKED: "●",
    StepStatus.DONE: "✓",
    StepStatus.RETURNED: "↩",
    StepStatus.LAPSED: "–",
    StepStatus.RESET: "✕",
}
TONES = {
    StepStatus.WAITING: "quiet",
    StepStatus.ASKED: "accent",
    StepStatus.DONE: "met",
    StepStatus.RETURNED: "short",
    StepStatus.LAPSED: "quiet",
    StepStatus.RESET: "quiet",
}
DOCUMENT_TONES = {
    OfficialDocumentStatus.DRAFT: "quiet",
    OfficialDocumentStatus.IN_ROUTE: "accent",
    OfficialDocumentStatus.RETURNED: "short",
    OfficialDocumentStatus.SIGNED: "met",
    OfficialDocumentStatus.VOID: "not_met",
}
DONE = {
    StepKind.ENDORSEMENT: N_("endorsed"),
    StepKind.MANDATORY_ENDORSEMENT: N_("endorsed"),
    StepKind.SIGNATURE: N_("signed"),
    StepKind.ACQUAINTANCE: N_("acquainted"),
}
ASKED = {
    StepKind.ENDORSEMENT: N_("Your endorsement is asked for"),
    StepKind.MANDATORY_ENDORSEMENT: N_("Your endorsement is mandatory"),
    StepKind.SIGNATURE: N_("Your signature is asked for"),
    StepKind.ACQUAINTANCE: N_("Get acquainted with it"),
}


def person(one: Person) -> str:
    """Name and organisation."""
    return f"{one.name(language())}, {name(Term('organisation', one.organisation_code))}"


def short_hash(sha256: str) -> str:
    """The first signs of a hash: enough to compare by eye."""
    return f"{sha256[:8]}…{sha256[-4:]}"


def heading(record: DocumentRecord | DocumentSummary) -> str:
    """Kind and number: "Minutes MIN-2026-001"."""
    said = label(record.kind)
    kind = said[:1].upper() + said[1:] if said.isascii() else said
    return f"{kind} {record.number}" if record.number else kind


def acting(one: ActingFor) -> str:
    """For whom somebody acts, and because of what."""
    return _("acting for {name} because of {reason} ({first} – {last})").format(
        name=one.person.name(language()),
        reason=label(one.reason),
        first=day(one.from_on),
        last=day(one.until_on),
    )
