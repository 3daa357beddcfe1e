"""The signature sheet of a document, made when it is asked for; the same record, the same bytes."""

from __future__ import annotations

from db.session import unit_of_work
from documents.pdf import to_pdf
from documents.signature_sheet import signature_sheet_paper
from documents.speech import Speech
from domain.records.officer import Officer
from services import audit, texts
from services.official_documents.access import open_route
from services.official_documents.signatures import signatures_of
from services.official_documents.views import document_record
from services.permissions import Permission, check_can


def signature_sheet(*, document_id: int, language: str, by: Officer) -> bytes:
    """Who endorsed and signed which file, as PDF. Logged as a download."""
    check_can(by, Permission.DOCUMENTS_READ)
    with unit_of_work() as work:
        route = open_route(work.session, document_id, by)
        record = document_record(work.session, route, by)
        signatures = signatures_of(work.session, route.document)
        audit.record(
            work.session,
            action="downloaded",
            entity="official_document",
            entity_id=document_id,
            details={"file": "signature sheet"},
            by=by,
        )
        work.commit()
    return to_pdf(signature_sheet_paper(record, signatures, Speech(language, texts.show)))
