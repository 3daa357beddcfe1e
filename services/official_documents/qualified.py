"""Qualified electronic signatures: what a provider has to do for us, and which one is connected."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from cryptography import x509

from db.session import settings
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.texts import N_
from services.official_documents.demonstration_signer import DemonstrationSigner

NO_PROVIDER = N_(
    "No provider of qualified electronic signatures is connected here. Sign with your password, "
    "or on paper with a scan."
)


class QualifiedSigner(Protocol):
    """A provider of qualified electronic signatures.

    A real one asks the officer's card or telephone; `confirmed` says that the officer has just
    given their password again, which only the demonstration takes for enough.
    """

    @property
    def is_demonstration(self) -> bool:
        """Whether its signatures are for trying only, without legal force."""

    def sign(self, content: bytes, *, officer: Officer, confirmed: bool) -> bytes:
        """A detached CMS signature over exactly these bytes, in DER; Refused with a reason."""

    def anchors(self) -> tuple[x509.Certificate, ...]:
        """Authorities to which the certificates of its signers lead."""

    def belongs_to(self, certificate: x509.Certificate, officer_id: int) -> bool:
        """Whether it is a certificate of this officer."""


def connected_signer() -> QualifiedSigner | None:
    """The provider in use: in a demonstration its double, in production none until one is built."""
    if settings().environment == "production":
        return None
    return DemonstrationSigner(settings().data_dir / "demonstration-signer")


def signer() -> QualifiedSigner:
    """The provider in use; Refused where there is none."""
    found = connected_signer()
    if found is None:
        raise Refused(NO_PROVIDER)
    return found


def trust_anchors() -> tuple[x509.Certificate, ...]:
    """The authorities that the operator trusts, and those of the demonstration where it runs."""
    path = settings().signature_trust_anchors
    told = x509.load_pem_x509_certificates(Path(path).read_bytes()) if path else []
    found = connected_signer()
    return (*told, *(found.anchors() if found and not told else ()))
