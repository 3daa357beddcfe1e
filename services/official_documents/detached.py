"""Checking a detached CMS signature: over exactly these bytes, by whom, trusted then or not.

The library writes such signatures but does not check them. What is read here is RFC 5652, the
one shape that signers produce: one signer, signed attributes, SHA-256, no content inside.
Revocation is not asked for: nothing here may depend on a network.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from domain.enums import SignatureFinding
from services.incoming_files.apart import ReadingEnded, read_apart
from services.incoming_files.limits import FileKind
from services.official_documents.der import Element, oid, read

SIGNED_DATA, DATA = "1.2.840.113549.1.7.2", "1.2.840.113549.1.7.1"
CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
SHA256 = "2.16.840.1.101.3.4.2.1"
LONGEST_CHAIN = 4
BROKEN = (
    ValueError,
    IndexError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)
"""What reading a damaged signature or certificate ends in."""
ECDSA, RSA = {"1.2.840.10045.4.3.2"}, {"1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11"}
SEQUENCE, SET, OCTETS, CONTEXT_0 = 0x30, 0x31, 0x04, 0xA0
VERSION_1, NULL = b"\x02\x01\x01", b"\x05\x00"


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of checking, and the signer's certificate where one was found."""

    finding: SignatureFinding
    certificate: x509.Certificate | None = None


class _Unreadable(ValueError):
    """Not a signature of the shape that is read here."""


@dataclass(frozen=True, slots=True)
class _Signed:
    """The parts of a signature that checking needs."""

    certificates: list[x509.Certificate]
    signer: x509.Certificate
    digest: bytes
    attributes: bytes
    algorithm: str
    signature: bytes


def check_detached(
    content: bytes, signature: bytes, *, anchors: Sequence[x509.Certificate], at: datetime
) -> Checked:
    """Whether the signature stands under exactly this content and was trusted at that moment."""
    try:
        return _checked(content, _read(signature), anchors, at)
    except BROKEN:
        return Checked(SignatureFinding.UNREADABLE)


def check_apart(
    content: bytes, signature: bytes, *, anchors: Sequence[x509.Certificate], at: datetime
) -> Checked:
    """`check_detached` in a process of its own: signatures come from outside too."""
    told = {"anchors": [_bytes(one).hex() for one in anchors], "at": at.isoformat()}
    try:
        found = next(read_apart(FileKind.SIGNATURE, [content, signature], told))
    except ReadingEnded:
        return Checked(SignatureFinding.UNREADABLE)
    certificate = found["certificate"]
    return Checked(
        SignatureFinding(found["finding"]),
        x509.load_der_x509_certificate(bytes.fromhex(certificate)) if certificate else None,
    )


def answer(files: Sequence[BinaryIO], arguments: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the reading process says of a content and a signature."""
    content, signature = (file.read() for file in files)
    anchors = [x509.load_der_x509_certificate(bytes.fromhex(a)) for a in arguments["anchors"]]
    at = datetime.fromisoformat(arguments["at"])
    found = check_detached(content, signature, anchors=anchors, at=at)
    certificate = _bytes(found.certificate).hex() if found.certificate else None
    yield {"finding": found.finding.value, "certificate": certificate}


def _checked(
    content: bytes, signed: _Signed, anchors: Sequence[x509.Certificate], at: datetime
) -> Checked:
    certificate = signed.signer
    if signed.digest != hashlib.sha256(content).digest():
        return Checked(SignatureFinding.ALTERED, certificate)
    if not _is_made_by(certificate, signed):
        return Checked(SignatureFinding.FORGED, certificate)
    return Checked(_standing(certificate, signed.certificates, anchors, at), certificate)


def _read(signature: bytes) -> _Signed:
    outer = read(signature)
    kind, wrapped = _children(outer, SEQUENCE)[:2]
    if oid(kind) != SIGNED_DATA:
        raise _Unreadable
    parts = _children(_children(wrapped, CONTEXT_0)[0], SEQUENCE)
    inner = _children(parts[2], SEQUENCE)
    if oid(inner[0]) != DATA or len(inner) != 1:
        raise _Unreadable
    certificates = [
        x509.load_der_x509_certificate(one.raw)
        for part in parts[3:-1]
        if part.tag == CONTEXT_0
        for one in part.children()
    ]
    signers = _children(parts[-1], SET)
    if len(signers) != 1:
        raise _Unreadable
    return _signer(_children(signers[0], SEQUENCE), certificates)


def _signer(parts: list[Element], certificates: list[x509.Certificate]) -> _Signed:
    issuer, serial = _children(parts[1], SEQUENCE)
    if parts[0].raw != VERSION_1 or _algorithm(parts[2]) != SHA256 or parts[3].tag != CONTEXT_0:
        raise _Unreadable
    attributes: dict[str, list[Element]] = {}
    for attribute in parts[3].children():
        name, values = _children(attribute, SEQUENCE)
        if oid(name) in attributes:
            raise _Unreadable
        attributes[oid(name)] = _children(values, SET)
    (digest,), (kind,) = attributes.get(MESSAGE_DIGEST, []), attributes.get(CONTENT_TYPE, [])
    if digest.tag != OCTETS or oid(kind) != DATA or parts[5].tag != OCTETS:
        raise _Unreadable
    number = int.from_bytes(serial.content, "big", signed=True)
    found = [
        one
        for one in certificates
        if one.serial_number == number and one.issuer.public_bytes() == issuer.raw
    ]
    if not found:
        raise _Unreadable
    # What is signed is the attributes as a SET, not with the tag that stands in the message.
    return _Signed(
        certificates=certificates,
        signer=found[0],
        digest=digest.content,
        attributes=bytes([SET]) + parts[3].raw[1:],
        algorithm=_algorithm(parts[4]),
        signature=parts[5].content,
    )


def _children(element: Element, tag: int) -> list[Element]:
    if element.tag != tag:
        raise _Unreadable
    return element.children()


def _algorithm(element: Element) -> str:
    name, *options = _children(element, SEQUENCE)
    if [option.raw for option in options] not in ([], [NULL]):
        raise _Unreadable
    return oid(name)


def _is_made_by(certificate: x509.Certificate, signed: _Signed) -> bool:
    key = certificate.public_key()
    try:
        if isinstance(key, ec.EllipticCurvePublicKey) and signed.algorithm in ECDSA:
            key.verify(signed.signature, signed.attributes, ec.ECDSA(hashes.SHA256()))
        elif isinstance(key, rsa.RSAPublicKey) and signed.algorithm in RSA:
            key.verify(signed.signature, signed.attributes, padding.PKCS1v15(), hashes.SHA256())
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _standing(
    certificate: x509.Certificate,
    others: Sequence[x509.Certificate],
    anchors: Sequence[x509.Certificate],
    at: datetime,
) -> SignatureFinding:
    """Whether the certificate is for signing, and leads to an anchor by links valid then."""
    chain = _chain(certificate, others, anchors)
    if chain is None:
        return SignatureFinding.UNTRUSTED
    if any(not one.not_valid_before_utc <= at <= one.not_valid_after_utc for one in chain):
        return SignatureFinding.OUT_OF_DATE
    if not _is_for_signing(certificate):
        return SignatureFinding.NOT_FOR_SIGNING
    return SignatureFinding.VALID


def _chain(
    certificate: x509.Certificate,
    others: Sequence[x509.Certificate],
    anchors: Sequence[x509.Certificate],
) -> list[x509.Certificate] | None:
    chain = [certificate]
    trusted = {_bytes(one) for one in anchors}
    while len(chain) <= LONGEST_CHAIN:
        possible = [one for one in (*anchors, *others) if _may_issue(one, len(chain) - 1)]
        issuer = _issuer(chain[-1], possible)
        if issuer is None:
            return None
        chain.append(issuer)
        if _bytes(issuer) in trusted:
            return chain
    return None


def _issuer(
    certificate: x509.Certificate, possible: Sequence[x509.Certificate]
) -> x509.Certificate | None:
    for one in possible:
        if one == certificate:
            continue
        try:
            certificate.verify_directly_issued_by(one)
        except (ValueError, TypeError, InvalidSignature):
            continue
        return one
    return None


def _may_issue(certificate: x509.Certificate, authorities_below: int) -> bool:
    try:
        limits = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        return False
    return limits.ca and (limits.path_length is None or authorities_below <= limits.path_length)


def _is_for_signing(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return usage.digital_signature or usage.content_commitment


def _bytes(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)
