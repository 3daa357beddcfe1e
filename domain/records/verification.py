"""What anybody may learn of a paper that was handed to them: is it ours, and is it unchanged?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.enums import FileFormat, SignatureFinding, SignatureLevel, StepCapacity


class PaperKind(StrEnum):
    """Papers that carry a verification code."""

    MINUTES = "minutes"
    EXTRACT = "extract"
    CERTIFICATE = "certificate"


class PaperStanding(StrEnum):
    """What a reader of the paper has to know of it first."""

    SIGNED = "signed"
    NOT_SIGNED = "not_signed"
    SUPERSEDED = "superseded"
    """A newer revision exists."""
    VOID = "void"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    ISSUED = "issued"


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file of the paper, known by its hash."""

    language: str
    format: FileFormat
    sha256: str
    size: int
    is_principal: bool


@dataclass(frozen=True, slots=True)
class PaperSignature:
    """A signature under the principal file, checked now: as what somebody signed, not who."""

    capacity: StepCapacity | None
    is_by_substitute: bool
    level: SignatureLevel
    signed_on: date
    finding: SignatureFinding
    is_demonstration: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with a code, and the hashes of its files. No person and no title stands in it."""

    kind: PaperKind
    number: str
    revision: int
    code: str
    made_on: date
    standing: PaperStanding
    files: tuple[PaperFile, ...]
    signatures: tuple[PaperSignature, ...] = ()

    def file(self, sha256: str) -> PaperFile | None:
        """The file with that content."""
        return next((file for file in self.files if file.sha256 == sha256), None)
