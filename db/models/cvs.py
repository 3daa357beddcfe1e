"""English CVs: what people wrote beside the file, who signed it off, and what was sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import CvLevel, CvSigner, CvSignoffChannel, CvStatus, FileFormat


class CvRow(Base):
    """A person's English CV. Coded facts come from the file; here stands what the file lacks."""

    __tablename__ = "cvs"
    __table_args__ = (who_needs_when("created"), who_needs_when("name_confirmed"))

    id: Mapped[serial_key]
    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"), unique=True)
    status: Mapped[CvStatus]
    content_sha256: Mapped[str | None]
    """The content that the status was given to: other content is a draft."""
    revision: Mapped[int]
    """Counts the changes made here: a sign-off of an earlier one does not come back."""
    given_names: Mapped[str | None]
    surname: Mapped[str | None]
    """Both as the passport prints them."""
    name_confirmed_at: Mapped[datetime | None]
    name_confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    __mapper_args__ = {"version_id_col": version}


class CvTextRow(Base):
    """A free text of a CV in Georgian and English; a draft until the translator signs it off."""

    __tablename__ = "cv_texts"
    __table_args__ = (UniqueConstraint("cv_id", "place"), who_needs_when("written"))

    id: Mapped[serial_key]
    cv_id: Mapped[int] = mapped_column(ForeignKey("cvs.id"))
    place: Mapped[str]
    """Which text it is: "about", or "work.9211.1a2b3c4d.tasks" of one entry of the file."""
    source_ka: Mapped[str | None]
    english: Mapped[str | None]
    is_draft: Mapped[bool]
    written_at: Mapped[datetime]
    written_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class CvSignoffRow(Base):
    """Somebody's yes or no to exactly one content of a CV; never changed."""

    __tablename__ = "cv_signoffs"
    __table_args__ = (who_needs_when("signed"),)

    id: Mapped[serial_key]
    cv_id: Mapped[int] = mapped_column(ForeignKey("cvs.id"), index=True)
    revision: Mapped[int]
    content_sha256: Mapped[str]
    signer: Mapped[CvSigner]
    is_approved: Mapped[bool]
    channel: Mapped[CvSignoffChannel]
    note: Mapped[str | None]
    """What the candidate wants changed, or how the officer heard it."""
    signed_at: Mapped[datetime]
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    """The officer; None when the candidate answered by the personal link."""


class FrozenCvRow(Base):
    """What a recipient was shown of a CV, for one candidacy; never changed."""

    __tablename__ = "frozen_cvs"
    __table_args__ = (who_needs_when("frozen"),)

    id: Mapped[serial_key]
    cv_id: Mapped[int] = mapped_column(ForeignKey("cvs.id"), index=True)
    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacies.id"), index=True)
    level: Mapped[CvLevel]
    rules_version: Mapped[str]
    """Of the dated rule that says which fields the level shows."""
    content_sha256: Mapped[str]
    """Of the whole content that was signed off."""
    record: Mapped[dict[str, Any]]
    """What the level shows of it, and nothing else."""
    sha256: Mapped[str]
    """Of the record."""
    translator_signoff_id: Mapped[int] = mapped_column(ForeignKey("cv_signoffs.id"))
    candidate_signoff_id: Mapped[int] = mapped_column(ForeignKey("cv_signoffs.id"))
    frozen_at: Mapped[datetime]
    frozen_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class FrozenCvFileRow(Base):
    """A file of a frozen CV; never changed."""

    __tablename__ = "frozen_cv_files"

    frozen_cv_id: Mapped[int] = mapped_column(ForeignKey("frozen_cvs.id"), primary_key=True)
    format: Mapped[FileFormat] = mapped_column(primary_key=True)
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"), index=True)
