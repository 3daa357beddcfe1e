"""What the closed lists about letters and their execution are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.LetterDirection: {
        "incoming": N_("incoming"),
        "outgoing": N_("outgoing"),
        "internal": N_("internal"),
    },
    enums.LetterKind: {
        "letter": N_("letter of an organisation"),
        "statement": N_("statement of a person"),
        "complaint": N_("complaint"),
        "public_information": N_("request for public information"),
        "personal_data": N_("request on personal data"),
        "memo": N_("memo"),
    },
    enums.LetterChannel: {
        "email": N_("e-mail"),
        "post": N_("post"),
        "by_hand": N_("by hand"),
        "exchange": N_("electronic exchange of documents"),
    },
    enums.LetterStatus: {
        "draft": N_("draft"),
        "registered": N_("registered under its number"),
        "distributed": N_("distributed"),
        "in_progress": N_("in progress"),
        "done": N_("done"),
        "returned": N_("returned by the division"),
        "closed": N_("filed"),
        "void": N_("void"),
    },
    enums.LetterStep: {
        "drafted": N_("draft written"),
        "registered": N_("registered under its number"),
        "corrected": N_("corrected"),
        "attached": N_("file attached"),
        "distributed": N_("distributed to a division"),
        "assigned": N_("given to a specialist"),
        "reassigned": N_("taken from a specialist"),
        "returned": N_("returned by the division"),
        "resolved": N_("resolution given"),
        "extension_asked": N_("later deadline asked for"),
        "extension_approved": N_("deadline extended"),
        "extension_refused": N_("extension refused"),
        "reported": N_("execution reported"),
        "report_returned": N_("report returned"),
        "accepted": N_("execution accepted"),
        "resolution_cancelled": N_("resolution cancelled"),
        "acquaintance_asked": N_("asked to read it"),
        "acquainted": N_("read and confirmed"),
        "sent_for_endorsement": N_("sent for endorsement"),
        "closed": N_("filed"),
        "voided": N_("declared void"),
    },
    enums.ResolutionStatus: {
        "open": N_("to be done"),
        "reported": N_("reported"),
        "done": N_("done"),
        "cancelled": N_("cancelled"),
    },
    enums.ExtensionStatus: {
        "asked": N_("asked for"),
        "approved": N_("granted"),
        "refused": N_("not granted"),
    },
    enums.ExecutionState: {
        "overdue": N_("overdue"),
        "due": N_("due soon"),
        "open": N_("in time"),
        "done": N_("done"),
    },
}
