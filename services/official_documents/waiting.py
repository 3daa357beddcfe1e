"""The documents' lines in the block "Papers waiting for me"."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from db.repositories import routes
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
RETURNED = N_("Your documents that came back with a remark: {count}")


def waiting_documents(session: Session, by: Officer) -> Iterator[WaitingPaper]:
    """One line for each kind of step, and one for what came back to its author."""
    if not can(by, Permission.DOCUMENTS_READ):
        return
    waiting = waiting_for(session, by)
    for kind, line in LINES.items():
        yield from _papers(line, [one.id for one in waiting if one.asked is kind])
    yield from _papers(RETURNED, [row.id for row in routes.list_returned(session, by.id)])


def _papers(line: str, found: list[int]) -> Iterator[WaitingPaper]:
    """One line for all of them; a single document is one click away."""
    what = Sentence(line, {"count": len(found)})
    if len(found) == 1:
        query = {"document": found[0]}
        yield WaitingPaper(what, N_("Open the document"), "document", query)
    elif found:
        yield WaitingPaper(what, N_("Open the list"), "documents")
