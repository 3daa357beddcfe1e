"""A double of a provider of qualified signatures, for trying: it really signs, without legal force.

It has an authority of its own and a certificate for each officer, kept in a folder. Real keys
never leave a card or a provider; these are worth nothing outside the demonstration.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs7,
)
from cryptography.x509.oid import NameOID

from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.texts import N_
from services import clock

AUTHORITY = "Demonstration authority, no legal force"
AUTHORITY_DAYS, CERTIFICATE_DAYS = 3650, 730
LONGEST_NAME = 64
"""Letters of a common name in a certificate, by the standard."""


@dataclass(frozen=True)
class DemonstrationSigner:
    """Signs with keys of the demonstration that stand in `folder`."""

    folder: Path
    is_demonstration: bool = True

    def sign(self, content: bytes, *, officer: Officer, confirmed: bool) -> bytes:
        """A detached CMS signature of the officer, who has given their password again."""
        if not confirmed:
            raise Refused(N_("The signature needs your password."))
        key, certificate = self._officer(officer)
        return (
            pkcs7.PKCS7SignatureBuilder()
            .set_data(content)
            .add_signer(certificate, key, hashes.SHA256())
            .sign(
                Encoding.DER,
                # Without the second the library would change line ends before it signs.
                [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary],
            )
        )

    def anchors(self) -> tuple[x509.Certificate, ...]:
        """The demonstration's own authority, once somebody has signed."""
        path = self.folder / "authority.pem"
        return (_load(path)[1],) if path.exists() else ()

    def belongs_to(self, certificate: x509.Certificate, officer_id: int) -> bool:
        """Whether the certificate names this officer."""
        numbers = certificate.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
        return [one.value for one in numbers] == [f"OFFICER-{officer_id}"]

    def _authority(self) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
        path = self.folder / "authority.pem"
        if not path.exists():
            key = ec.generate_private_key(ec.SECP256R1())
            name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, AUTHORITY)])
            certificate = (
                _builder(name, name, key.public_key(), AUTHORITY_DAYS)
                .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
                .add_extension(_usage(signs_certificates=True), critical=True)
                .sign(key, hashes.SHA256())
            )
            _keep(path, key, certificate)
        return _load(path)

    def _officer(self, officer: Officer) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
        path = self.folder / f"officer-{officer.id}.pem"
        if not path.exists() or _load(path)[1].not_valid_after_utc < clock.now():
            issuer_key, issuer = self._authority()
            key = ec.generate_private_key(ec.SECP256R1())
            name = x509.Name(
                [
                    x509.NameAttribute(NameOID.COMMON_NAME, officer.name_en[:LONGEST_NAME]),
                    x509.NameAttribute(NameOID.SERIAL_NUMBER, f"OFFICER-{officer.id}"),
                ]
            )
            certificate = (
                _builder(name, issuer.subject, key.public_key(), CERTIFICATE_DAYS)
                .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
                .add_extension(_usage(signs_certificates=False), critical=True)
                .sign(issuer_key, hashes.SHA256())
            )
            path.unlink(missing_ok=True)
            _keep(path, key, certificate)
        return _load(path)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, days: int
) -> x509.CertificateBuilder:
    # A minute back: the moment of signing has fractions of a second, a certificate's has none.
    begins = clock.now() - timedelta(minutes=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=days))
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _keep(path: Path, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
    """Write both, unless another process was faster: then its pair is the one that counts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.{certificate.serial_number}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.write(certificate.public_bytes(Encoding.PEM))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _load(path: Path) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    content = path.read_bytes()
    key = load_pem_private_key(content, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key, x509.load_pem_x509_certificate(content)
