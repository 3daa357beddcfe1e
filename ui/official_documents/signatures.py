"""What stands under a document: each signature with its proof, checked at this moment."""

from __future__ import annotations

import streamlit as st

from domain.enums import FileFormat, SignatureFinding, SignatureLevel
from domain.records.officer import Officer
from domain.records.signing import DocumentRecord, Signature
from services.official_documents import signatures
from services.official_documents.attachments import MIME
from services.official_documents.sheet import signature_sheet
from ui import layout, marks
from ui.language import _, day, label, language, moment
from ui.official_documents.files import content
from ui.official_documents.words import acting, person, short_hash


def show(record: DocumentRecord, officer: Officer) -> None:
    """One card for each signature; nothing where nobody has signed."""
    found = signatures.list_signatures(document_id=record.id, by=officer)
    if not found:
        return
    layout.section(
        _("Signatures"),
        _("Each is checked now against the bytes of the file that is kept."),
    )
    for one in found:
        with st.container(border=True):
            _signature(record, one, officer)
    lang = language()
    st.download_button(
        _("Signature sheet (PDF)"),
        data=lambda: signature_sheet(document_id=record.id, language=lang, by=officer),
        file_name=f"{record.number or record.id}-signatures-{lang}.pdf",
        mime=MIME[FileFormat.PDF],
        help=_("A file of its own: what is signed stays as it is, byte for byte."),
        on_click="ignore",
        key="document.sheet",
    )


def _signature(record: DocumentRecord, one: Signature, officer: Officer) -> None:
    holds = one.finding is SignatureFinding.VALID
    tags = [
        marks.tag(f"{'✓' if holds else '✕'} {label(one.finding)}", "met" if holds else "not_met")
    ]
    if one.is_demonstration:
        tags.append(marks.tag(_("demonstration, no legal force"), "partly"))
    marks.show(*tags)
    facts = {
        _("Signed by"): person(one.person),
        _("In the capacity of"): label(one.capacity) if one.capacity else "",
        _("Acting for"): acting(one.acting_for) if one.acting_for else "",
        _("When"): moment(one.signed_at),
        _("How"): label(one.level),
        _("On the file"): short_hash(one.sha256),
        _("Certificate"): one.certificate or "",
        _("Issued by"): one.issuer or "",
        _("Valid until"): day(one.valid_until) if one.valid_until else "",
        _("Scan"): short_hash(one.scan_sha256) if one.scan_sha256 else "",
    }
    layout.facts({title: value for title, value in facts.items() if value})
    if one.level is SignatureLevel.QUALIFIED:
        st.download_button(
            _("Signature file (.p7s)"),
            data=lambda: signatures.read_detached(
                document_id=record.id, signature_id=one.id, by=officer
            ),
            file_name=f"{record.number or record.id}-{one.id}.p7s",
            mime="application/pkcs7-signature",
            on_click="ignore",
            key=f"document.p7s.{one.id}",
        )
    if one.scan_sha256 and one.scan_name:
        extension = one.scan_name.rpartition(".")[2].lower().replace("jpeg", "jpg")
        st.download_button(
            _("Scan of the signed paper"),
            data=content(record.id, one.scan_sha256, officer),
            file_name=one.scan_name,
            mime=MIME[FileFormat(extension)],
            on_click="ignore",
            key=f"document.scan.{one.id}",
        )
