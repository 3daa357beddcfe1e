"""The documents' lines in the block "Papers waiting for me"."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from domain.enums import StepKind
from domain.records.officer import Officer
from domain.records.waiting import WaitingPaper
from domain.texts import N_, Sentence
from services.official_documents.documents import waiting_for
from services.permissions import Permission, can

LINES = {
    StepKind.SIGNATURE: N_("Documents that wait for your signature: {count}"),
    StepKind.MANDATORY_ENDORSEMENT: N_(
        "Documents that can't be signed without your endorsement: {count}"
    ),
    StepKind.ENDORSEMENT: N_("Documents that wait for your endorsement: {count}"),
    StepKind.ACQUAINTANCE: N_("Documents to get acquainted with: {count}"),
}


def waiting_documents(session: Session, by: Officer) -> Iterator[WaitingPaper]:
    """One line for each kind of step; a single document is one click away."""
    if not can(by, Permission.DOCUMENTS_READ):
        return
    waiting = waiting_for(session, by)
    for kind, line in LINES.items():
        found = [one.id for one in waiting if one.asked is kind]
        if not found:
            continue
        what = Sentence(line, {"count": len(found)})
        if len(found) == 1:
            query = {"document": found[0]}
            yield WaitingPaper(what, N_("Open the document"), "document", query)
        else:
            yield WaitingPaper(what, N_("Open the list"), "documents")
