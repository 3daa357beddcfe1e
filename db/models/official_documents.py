"""Official documents: what is registered, endorsed, signed and published, and its files."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import FileFormat, OfficialDocumentKind, OfficialDocumentStatus


class StoredFileRow(Base):
    """Content of a file, known by its hash: written once, never changed."""

    __tablename__ = "stored_files"
    __table_args__ = (who_needs_when("created"),)

    sha256: Mapped[str] = mapped_column(primary_key=True)
    format: Mapped[FileFormat]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
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
