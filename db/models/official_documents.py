"""Official documents: what is registered, endorsed, signed and published, and its files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import FileFormat, OfficialDocumentKind, OfficialDocumentStatus


class StoredFileRow(Base):
    """Content of a file, known by its hash: written once; emptied when it has to go."""

    __tablename__ = "stored_files"
    __table_args__ = (who_needs_when("created"),)

    sha256: Mapped[str] = mapped_column(primary_key=True)
    format: Mapped[FileFormat]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    removed_at: Mapped[datetime | None]
    """Since then the content is empty: it named somebody whose data are gone."""
    replacement: Mapped[str | None]
    """The same paper made anew without that name."""
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class OfficialDocumentRow(Base):
    """A document of the agency or a commission; its text stands in the files of its revisions."""

    __tablename__ = "official_documents"
    __table_args__ = (who_needs_when("created"),)

    id: Mapped[serial_key]
    kind: Mapped[OfficialDocumentKind] = mapped_column(index=True)
    number: Mapped[str | None] = mapped_column(unique=True)
    title: Mapped[str]
    session_id: Mapped[int | None] = mapped_column(ForeignKey("commission_sessions.id"), index=True)
    """The session whose minutes it is."""
    status: Mapped[OfficialDocumentStatus] = mapped_column(index=True)
    revision: Mapped[int]
    """The newest one: what was endorsed before stands on an older file and counts no more."""
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class OfficialDocumentFileRow(Base):
    """A file of one revision. What is endorsed and signed is the principal one."""

    __tablename__ = "official_document_files"
    __table_args__ = (
        UniqueConstraint("document_id", "revision", "language", "format"),
        who_needs_when("created"),
    )

    id: Mapped[serial_key]
    document_id: Mapped[int] = mapped_column(ForeignKey("official_documents.id"))
    revision: Mapped[int]
    language: Mapped[str]
    """Of the text: ka or en."""
    format: Mapped[FileFormat]
    name: Mapped[str]
    """As it is called when somebody downloads it."""
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"), index=True)
    is_principal: Mapped[bool]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class OfficialDocumentRevisionRow(Base):
    """What a revision was made from: the hash of its record, and the code printed in its files.

    A file can't hold its own hash; the code leads from the paper to the hashes of the files.
    """

    __tablename__ = "official_document_revisions"
    __table_args__ = (who_needs_when("created"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("official_documents.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    record_sha256: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class PublishedExtractRow(Base):
    """What anybody may read of a session's decisions: no person, and no small number."""

    __tablename__ = "published_extracts"
    __table_args__ = (
        UniqueConstraint("session_id", "edition"),
        who_needs_when("published"),
        who_needs_when("withdrawn"),
    )

    id: Mapped[serial_key]
    session_id: Mapped[int] = mapped_column(ForeignKey("commission_sessions.id"))
    edition: Mapped[int]
    content: Mapped[dict[str, Any]]
    """What is shown, small numbers hidden already: the true ones are not kept here."""
    code: Mapped[str] = mapped_column(unique=True)
    published_at: Mapped[datetime]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    withdrawal_reason: Mapped[str | None]


class PublishedExtractFileRow(Base):
    """A file of an extract, in one language and format."""

    __tablename__ = "published_extract_files"

    extract_id: Mapped[int] = mapped_column(ForeignKey("published_extracts.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    format: Mapped[FileFormat] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"), index=True)
