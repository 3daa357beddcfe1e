"""Signing at one of three levels, and checking what stands under a document."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography import x509
from cryptography.x509.oid import NameOID
from sqlalchemy.orm import Session

from db.models import (
    DocumentSignatureRow,
    OfficialDocumentRow,
    RouteStepRow,
    StoredFileRow,
)
from db.repositories import routes as repository
from db.session import reading, unit_of_work
from domain.enums import FileFormat, SignatureFinding, SignatureLevel, StepKind
from domain.exceptions import InvalidInput, NotFound, Refused, UnusableFile
from domain.records.officer import Officer
from domain.records.signing import Signature, SignatureForm
from domain.texts import N_, Term
from services import audit
from services.officers.sign_in import confirm_password
from services.official_documents.access import open_route
from services.official_documents.attachments import CheckedFile, checked_file, store_file
from services.official_documents.detached import Checked, check_apart
from services.official_documents.endorsements import finish_step, is_repeated, record_act
from services.official_documents.files import content_of
from services.official_documents.qualified import connected_signer, signer, trust_anchors
from services.official_documents.route import Route
from services.official_documents.views import acting_for, person
from services.permissions import Permission, check_can

SCANS = frozenset({FileFormat.PDF, FileFormat.JPG, FileFormat.PNG})


@dataclass(frozen=True, slots=True)
class _Proof:
    """What a level leaves behind beside who, when and which file."""

    scan: CheckedFile | None = None
    detached: bytes | None = None
    is_demonstration: bool = False


def sign_document(
    *, document_id: int, step_id: int, sha256: str, form: SignatureForm, by: Officer
) -> None:
    """Sign the file with this hash. The same once more changes nothing."""
    check_can(by, Permission.DOCUMENTS_READ)
    # Asked first without a lock: a password is not typed, and a provider not rung up, for nothing.
    with reading() as session:
        route = open_route(session, document_id, by)
        step = _signature_step(route, step_id)
        if is_repeated(step, sha256, by):
            return
        route.check_can_sign(step, by)
        route.check_seen(sha256)
        _check_level(route, form.level)
        content = content_of(session, sha256)
    proof = _prove(content, form, by)
    with unit_of_work() as work:
        route = open_route(work.session, document_id, by, lock=True)
        step = _signature_step(route, step_id)
        if is_repeated(step, sha256, by):
            return
        absence = route.check_can_sign(step, by)
        finish_step(step, route.check_seen(sha256), absence, by)
        _keep(work.session, step, form, proof, by)
        route.advance()
        work.session.flush()
        record_act(work.session, "signed", route, step, by)
        work.commit()


def _signature_step(route: Route, step_id: int) -> RouteStepRow:
    step = route.step(step_id)
    if step.kind is not StepKind.SIGNATURE:
        raise Refused(N_("This step asks for something else: open the document again."))
    return step


def _check_level(route: Route, level: SignatureLevel) -> None:
    if level not in route.rules.levels:
        raise Refused(
            N_("A document of this kind can't be signed so. Possible: {levels}."),
            levels=tuple(Term("SignatureLevel", one.value) for one in route.rules.levels),
        )


def _prove(content: bytes, form: SignatureForm, by: Officer) -> _Proof:
    """What the level asks for; refused before anything is written."""
    if form.level is SignatureLevel.WET_INK:
        if not form.scan:
            raise InvalidInput(N_("Add the scan of the signed paper."))
        scan = checked_file(name=form.scan_name, content=form.scan)
        if scan.format not in SCANS:
            raise UnusableFile(N_("The scan of a paper is a PDF, JPG or PNG file."))
        return _Proof(scan=scan)
    provider = signer() if form.level is SignatureLevel.QUALIFIED else None
    confirm_password(password=form.password, by=by)
    if provider is None:
        return _Proof()
    made = provider.sign(content, officer=by, confirmed=True)
    return _Proof(detached=made, is_demonstration=provider.is_demonstration)


def _keep(
    session: Session, step: RouteStepRow, form: SignatureForm, proof: _Proof, by: Officer
) -> None:
    scan = proof.scan
    session.add(
        DocumentSignatureRow(
            step_id=step.id,
            document_id=step.document_id,
            sha256=step.sha256,
            level=form.level,
            scan_sha256=store_file(session, scan, by) if scan else None,
            scan_name=scan.name if scan else None,
            detached=proof.detached,
            is_demonstration=proof.is_demonstration,
            signed_at=step.acted_at,
            signed_by=by.id,
        )
    )


def signatures_of(session: Session, document: OfficialDocumentRow) -> tuple[Signature, ...]:
    """Signatures that stand under the document, each checked now against the file kept."""
    steps = {step.id: step for step in repository.list_steps(session, [document.id])}
    rows = repository.list_signatures(session, document.id)
    people = repository.officers(
        session, {row.signed_by for row in rows} | {step.officer_id for step in steps.values()}
    )
    absences = repository.absences(session, {steps[row.step_id].absence_id for row in rows})
    found = []
    for row in rows:
        step = steps[row.step_id]
        checked = _check(session, row)
        certificate = checked.certificate
        found.append(
            Signature(
                id=row.id,
                person=person(people[row.signed_by]),
                capacity=step.capacity,
                acting_for=acting_for(step, people, absences),
                level=row.level,
                sha256=row.sha256,
                signed_at=row.signed_at,
                scan_sha256=row.scan_sha256,
                scan_name=row.scan_name,
                has_detached=row.detached is not None,
                is_demonstration=row.is_demonstration,
                finding=checked.finding,
                certificate=_named(certificate.subject) if certificate else None,
                issuer=_named(certificate.issuer) if certificate else None,
                valid_until=certificate.not_valid_after_utc.date() if certificate else None,
            )
        )
    return tuple(found)


def _named(name: x509.Name) -> str:
    """Whom a certificate names, as people read it."""
    wanted = (NameOID.COMMON_NAME, NameOID.SERIAL_NUMBER, NameOID.ORGANIZATION_NAME)
    parts = [one.value for kind in wanted for one in name.get_attributes_for_oid(kind)]
    return ", ".join(map(str, parts)) or name.rfc4514_string()


def _check(session: Session, row: DocumentSignatureRow) -> Checked:
    """The kept file must be the signed one; a detached signature is checked over its bytes."""
    file = session.get_one(StoredFileRow, row.sha256)
    if file.removed_at is not None:
        return Checked(SignatureFinding.NOT_KEPT)
    content = file.content
    if hashlib.sha256(content).hexdigest() != row.sha256:
        return Checked(SignatureFinding.ALTERED)
    if row.level is not SignatureLevel.QUALIFIED:
        return Checked(SignatureFinding.VALID)
    checked = check_apart(content, row.detached or b"", anchors=trust_anchors(), at=row.signed_at)
    if checked.finding is not SignatureFinding.VALID or checked.certificate is None:
        return checked
    provider = connected_signer()
    if provider is None or not provider.belongs_to(checked.certificate, row.signed_by):
        return Checked(SignatureFinding.OTHER_PERSON, checked.certificate)
    return checked


def list_signatures(*, document_id: int, by: Officer) -> tuple[Signature, ...]:
    """Signatures under a document for one of its readers."""
    check_can(by, Permission.DOCUMENTS_READ)
    with reading() as session:
        return signatures_of(session, open_route(session, document_id, by).document)


def read_detached(*, document_id: int, signature_id: int, by: Officer) -> bytes:
    """The .p7s file of a signature. Logged."""
    check_can(by, Permission.DOCUMENTS_READ)
    with unit_of_work() as work:
        open_route(work.session, document_id, by)
        row = work.session.get(DocumentSignatureRow, signature_id)
        if row is None or row.document_id != document_id or row.detached is None:
            raise NotFound(N_("There is no such signature file."))
        audit.record(
            work.session,
            action="downloaded",
            entity="official_document",
            entity_id=document_id,
            details={"signature": signature_id},
            by=by,
        )
        work.commit()
        return row.detached
