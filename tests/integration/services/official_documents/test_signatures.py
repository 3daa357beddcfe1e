"""Three levels of signature; the strongest really signs and is really checked."""

import hashlib
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import text

from db.models import DocumentSignatureRow, SignInAttemptRow, StoredFileRow
from db.session import configure, reading, settings, unit_of_work
from domain.enums import OfficialDocumentKind, OfficialDocumentStatus, SignatureFinding
from domain.enums import SignatureLevel as Level
from domain.exceptions import InvalidInput, Refused, UnusableFile
from domain.records.signing import SignatureForm
from services import clock
from services.officers import passwords, sign_in
from services.official_documents import documents, qualified, signatures
from services.official_documents.demonstration_signer import DemonstrationSigner
from services.official_documents.detached import check_detached
from services.official_documents.sheet import signature_sheet
from tests.factories import papers
from tests.integration.services.official_documents.desk import (
    MANDATORY,
    PASSWORD,
    SIGNATURE,
    Desk,
)

F = SignatureFinding
CONTENT = b"minutes\r\nof the session\n\x00\xff"


def picture(kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(file, kind)
    return file.getvalue()


@pytest.fixture
def ready(desk: Desk) -> Desk:
    """Minutes that only wait for the chair's signature."""
    desk.begin((1, MANDATORY, desk.secretary), (2, SIGNATURE, desk.chair))
    desk.endorse(desk.secretary)
    return desk


def given(desk: Desk):
    (one,) = signatures.list_signatures(document_id=desk.document, by=desk.chair)
    return one


def test_simple_signature_asks_for_the_password_again(ready):
    for wrong in ("", "another password"):
        with pytest.raises(InvalidInput, match="not confirmed"):
            ready.sign(form=SignatureForm(Level.SIMPLE, wrong))
    assert signatures.list_signatures(document_id=ready.document, by=ready.chair) == ()
    ready.sign()
    assert (given(ready).level, given(ready).finding) == (Level.SIMPLE, F.VALID)


def test_guessing_a_password_at_a_signature_locks_the_account_everywhere(ready):
    for _ in range(passwords.rules().failures_per_account):
        with pytest.raises(InvalidInput):
            ready.sign(form=SignatureForm(Level.SIMPLE, "another password"))
    with pytest.raises(sign_in.SignInLocked):
        ready.sign()
    with pytest.raises(sign_in.SignInLocked):
        sign_in.sign_in(username=ready.chair.username, password=PASSWORD, address="192.0.2.1")
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        ready.sign()
    with reading() as session:
        assert session.query(SignInAttemptRow).filter_by(succeeded=False).count() == 0


def test_password_is_not_asked_where_signing_is_impossible_anyway(desk):
    desk.begin((1, MANDATORY, desk.secretary), (2, SIGNATURE, desk.chair))
    with pytest.raises(Refused):
        desk.sign(form=SignatureForm(Level.SIMPLE, "another password"))
    with reading() as session:
        assert session.query(SignInAttemptRow).count() == 0


@pytest.mark.parametrize("kind", ["PNG", "PDF"])
def test_scan_of_the_signed_paper_is_kept_with_its_hash(ready, kind):
    scan = picture(kind)
    name = f"scan.{kind.lower()}"
    ready.sign(form=SignatureForm(Level.WET_INK, scan=scan, scan_name=name))
    one = given(ready)
    kept = documents.read_file(document_id=ready.document, sha256=one.scan_sha256, by=ready.chair)
    assert hashlib.sha256(kept).hexdigest() == one.scan_sha256
    assert kept[:4] == scan[:4] and one.scan_name == name
    assert one.sha256 == ready.hash() != one.scan_sha256


@pytest.mark.parametrize(
    "scan",
    [b"MZ a programme", b"%PDF-1.7 nothing more", picture("GIF")],
)
def test_scan_is_told_by_its_content_and_refused_when_it_is_none(ready, scan):
    with pytest.raises(UnusableFile):
        ready.sign(form=SignatureForm(Level.WET_INK, scan=scan, scan_name="scan.pdf"))
    assert ready.read(ready.chair).status is OfficialDocumentStatus.IN_ROUTE


def test_scan_that_is_missing_or_too_large_is_refused(ready):
    with pytest.raises(InvalidInput, match="Add the scan"):
        ready.sign(form=SignatureForm(Level.WET_INK))
    large = b"%PDF-" + bytes(10 * 1024 * 1024)
    with pytest.raises(UnusableFile):
        ready.sign(form=SignatureForm(Level.WET_INK, scan=large, scan_name="large.pdf"))


def test_order_is_not_signed_by_password_alone(desk):
    desk.document = papers.paper(desk.secretary, kind=OfficialDocumentKind.ORDER)
    desk.begin((1, MANDATORY, desk.secretary), (2, SIGNATURE, desk.manager))
    desk.endorse(desk.secretary)
    with pytest.raises(Refused, match="can't be signed so"):
        desk.sign(desk.manager)


def test_qualified_signature_is_detached_and_holds_over_the_very_bytes(ready):
    ready.sign(form=SignatureForm(Level.QUALIFIED, PASSWORD))
    one = given(ready)
    assert (one.finding, one.is_demonstration) == (F.VALID, True)
    assert f"OFFICER-{ready.chair.id}" in one.certificate and "no legal force" in one.issuer
    file = signatures.read_detached(document_id=ready.document, signature_id=one.id, by=ready.chair)
    assert papers.CONTENT not in file
    assert len(pkcs7.load_der_pkcs7_certificates(file)) == 1


def test_qualified_signature_needs_the_password_too(ready):
    with pytest.raises(InvalidInput, match="not confirmed"):
        ready.sign(form=SignatureForm(Level.QUALIFIED, "another password"))


def test_tampered_file_is_found_at_every_level(ready):
    ready.sign(form=SignatureForm(Level.QUALIFIED, PASSWORD))
    with unit_of_work() as work:
        row = work.session.get_one(StoredFileRow, ready.hash())
        row.content = row.content + b" "
        work.commit()
    assert given(ready).finding is F.ALTERED


def test_signature_of_another_officer_does_not_stand_for_the_chair(ready):
    ready.sign(form=SignatureForm(Level.QUALIFIED, PASSWORD))
    other = qualified.signer().sign(papers.CONTENT, officer=ready.agency, confirmed=True)
    with unit_of_work() as work:
        work.session.query(DocumentSignatureRow).one().detached = other
        work.commit()
    assert given(ready).finding is F.OTHER_PERSON


def test_signature_sheet_is_a_file_of_its_own_and_names_hash_and_people(ready):
    before = ready.hash()
    ready.sign(form=SignatureForm(Level.QUALIFIED, PASSWORD))
    sheets = [
        signature_sheet(document_id=ready.document, language="en", by=ready.chair) for _ in range(2)
    ]
    assert sheets[0] == sheets[1] and ready.hash() == before
    said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(sheets[0])).pages)
    assert before[:8] in said and "no legal force" in said and "the signature holds" in said


def test_production_has_no_double(ready):
    configure(replace(settings(), environment="production"))
    with pytest.raises(Refused, match="No provider"):
        ready.sign(form=SignatureForm(Level.QUALIFIED, PASSWORD))
    ready.sign()


def test_signed_row_can_not_stand_without_its_step(ready):
    ready.sign()
    with unit_of_work() as work, pytest.raises(Exception, match="FOREIGN KEY|UNIQUE"):
        work.session.execute(text("UPDATE document_signatures SET step_id = 999"))


def test_rsa_signature_holds_as_well():
    key = rsa.generate_private_key(65537, 2048)
    assert finding(TRUSTED.signed(own=key)) is F.VALID
    assert finding(TRUSTED.signed(own=key), b"other") is F.ALTERED


class Authority:
    """A certificate authority of the test's own."""

    def __init__(self, name: str = "Authority", *, is_ca: bool = True, issuer=None) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = self._make(
            name, self.key, issuer or self, is_ca=is_ca, usage=True, since=NOW - timedelta(900)
        )

    def _make(self, name, key, issuer, *, is_ca, usage, since, days=1800):
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        by = (
            subject
            if issuer is self and not hasattr(self, "certificate")
            else (issuer.certificate.subject)
        )
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(by)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(since)
            .not_valid_after(since + timedelta(days))
            .add_extension(x509.BasicConstraints(is_ca, None), critical=True)
        )
        builder = builder.add_extension(
            x509.KeyUsage(usage, False, False, False, False, is_ca, False, False, False), True
        )
        return builder.sign(issuer.key, hashes.SHA256())

    def signed(
        self,
        content=CONTENT,
        *,
        own=None,
        usage=True,
        since=None,
        days=365,
        key=None,
        options=(),
        extra=(),
    ):
        own = own or ec.generate_private_key(ec.SECP256R1())
        certificate = self._make(
            "Signer",
            own,
            self,
            is_ca=False,
            usage=usage,
            since=since or NOW - timedelta(30),
            days=days,
        )
        builder = pkcs7.PKCS7SignatureBuilder().set_data(content)
        builder = builder.add_signer(certificate, key or own, hashes.SHA256())
        for one in extra:
            builder = builder.add_certificate(one)
        wanted = [*(options or (pkcs7.PKCS7Options.DetachedSignature,)), pkcs7.PKCS7Options.Binary]
        return builder.sign(Encoding.DER, wanted)


NOW = datetime.now(UTC).replace(microsecond=0)
TRUSTED = Authority()


def finding(signature: bytes, content: bytes = CONTENT, anchors=None, at=NOW):
    trusted = [TRUSTED.certificate] if anchors is None else anchors
    return check_detached(content, signature, anchors=trusted, at=at).finding


def test_right_signature_holds():
    assert finding(TRUSTED.signed()) is F.VALID


def test_one_other_byte_and_other_line_ends_are_another_file():
    signature = TRUSTED.signed()
    assert finding(signature, CONTENT + b" ") is F.ALTERED
    assert finding(signature, CONTENT.replace(b"\r\n", b"\n")) is F.ALTERED


def test_signature_made_with_another_key_is_forged():
    assert finding(TRUSTED.signed(key=ec.generate_private_key(ec.SECP256R1()))) is F.FORGED


def test_changed_digest_in_the_signature_does_not_help_a_forger():
    signature, other = TRUSTED.signed(), b"I approve everybody"
    digest = hashes.Hash(hashes.SHA256())
    digest.update(CONTENT)
    forged = hashes.Hash(hashes.SHA256())
    forged.update(other)
    changed = signature.replace(digest.finalize(), forged.finalize())
    assert changed != signature and finding(changed, other) is F.FORGED


def test_certificate_of_an_unknown_authority_counts_for_nothing():
    stranger = Authority()  # of the same name, with another key
    assert finding(stranger.signed()) is F.UNTRUSTED
    assert finding(stranger.signed(extra=[stranger.certificate])) is F.UNTRUSTED
    assert finding(TRUSTED.signed(), anchors=[]) is F.UNTRUSTED


def test_certificate_in_between_is_followed_to_the_authority():
    between = Authority("Between", issuer=TRUSTED)
    assert finding(between.signed(extra=[between.certificate])) is F.VALID
    assert finding(between.signed()) is F.UNTRUSTED


def test_signers_certificate_is_no_authority_for_others():
    officer = Authority("Officer", is_ca=False, issuer=TRUSTED)
    assert finding(officer.signed(extra=[officer.certificate])) is F.UNTRUSTED


@pytest.mark.parametrize(
    ("day", "result"), [(-31, F.OUT_OF_DATE), (0, F.VALID), (340, F.OUT_OF_DATE)]
)
def test_certificate_had_to_be_valid_when_it_was_signed(day, result):
    assert finding(TRUSTED.signed(), at=NOW + timedelta(day)) is result


def test_authority_had_to_be_valid_too():
    signature = TRUSTED.signed(since=NOW + timedelta(600), days=900)
    assert finding(signature, at=NOW + timedelta(700)) is F.VALID
    assert finding(signature, at=NOW + timedelta(1000)) is F.OUT_OF_DATE


def test_certificate_that_is_not_for_signing_is_refused():
    assert finding(TRUSTED.signed(usage=False)) is F.NOT_FOR_SIGNING


def test_signature_with_the_content_inside_or_without_attributes_is_not_read():
    inside = (pkcs7.PKCS7Options.NoCapabilities,)
    assert finding(TRUSTED.signed(options=inside)) is F.UNREADABLE
    bare = (pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.NoAttributes)
    assert finding(TRUSTED.signed(options=bare)) is F.UNREADABLE
    no_certificate = (pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.NoCerts)
    assert finding(TRUSTED.signed(options=no_certificate)) is F.UNREADABLE


def test_damaged_signature_is_a_finding_and_no_crash():
    signature = TRUSTED.signed()
    assert finding(b"") is F.UNREADABLE
    assert finding(signature + b"\x00") is F.UNREADABLE
    for cut in range(0, len(signature), 7):
        assert finding(signature[:cut]) is F.UNREADABLE
    for place in range(0, len(signature), 5):
        changed = bytearray(signature)
        changed[place] ^= 0x55
        assert finding(bytes(changed)) in set(F)


def test_no_flipped_bit_of_what_is_signed_passes():
    signature = TRUSTED.signed()
    start = signature.index(bytes.fromhex("06092a864886f70d010904")) - 80
    passed = []
    for place in range(start, len(signature)):
        changed = bytearray(signature)
        changed[place] ^= 0x01
        if finding(bytes(changed)) is F.VALID:
            passed.append(place)
    assert passed == []


def test_demonstration_keeps_one_authority_and_private_files(tmp_path: Path, ready):
    first = DemonstrationSigner(tmp_path / "keys")
    first.sign(CONTENT, officer=ready.chair, confirmed=True)
    again = DemonstrationSigner(tmp_path / "keys")
    again.sign(CONTENT, officer=ready.agency, confirmed=True)
    assert first.anchors() == again.anchors() and len(first.anchors()) == 1
    files = sorted((tmp_path / "keys").iterdir())
    assert len(files) == 3 and {file.stat().st_mode & 0o077 for file in files} == {0}
    with pytest.raises(Refused):
        first.sign(CONTENT, officer=ready.chair, confirmed=False)
