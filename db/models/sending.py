"""Packages of CVs for employers, who is held for whom, and who came next in line (stage S09)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import CvLevel, FileFormat, PackageFileKind, PackageStatus, TransferBasis


class TransferPermitRow(Base):
    """A permit to hand personal data to a country that is not on the adequacy list."""

    __tablename__ = "transfer_permits"
    __table_args__ = (who_needs_when("recorded"), who_needs_when("ended"))

    id: Mapped[serial_key]
    country: Mapped[str] = mapped_column(index=True)
    number: Mapped[str]
    issued_on: Mapped[date]
    valid_until: Mapped[date | None]
    note: Mapped[str | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class HoldRow(Base):
    """A person is with one employer, so with no other: one open hold for each person."""

    __tablename__ = "holds"
    __table_args__ = (
        Index(
            "uq_holds_one_open",
            "jobseeker_id",
            unique=True,
            sqlite_where=text("released_at IS NULL"),
            postgresql_where=text("released_at IS NULL"),
        ),
        who_needs_when("taken"),
        who_needs_when("released"),
    )

    id: Mapped[serial_key]
    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"))
    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacies.id"), index=True)
    taken_at: Mapped[datetime]
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    released_at: Mapped[datetime | None]
    released_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class PackageRow(Base):
    """CVs of some candidates of one vacancy, sent to its employer together."""

    __tablename__ = "packages"
    __table_args__ = (who_needs_when("sent"), who_needs_when("ended"))

    id: Mapped[serial_key]
    number: Mapped[str] = mapped_column(unique=True)
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancies.id"), index=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employers.id"), index=True)
    country: Mapped[str]
    status: Mapped[PackageStatus] = mapped_column(index=True)
    level: Mapped[CvLevel]
    """How much of the CVs the employer sees."""
    basis: Mapped[TransferBasis]
    permit_id: Mapped[int | None] = mapped_column(ForeignKey("transfer_permits.id"))
    answer_until: Mapped[date]
    """The last day on which the employer may answer."""
    message: Mapped[str | None]
    """The recruiter's own words in the covering letter."""
    reserve_moves_up: Mapped[bool] = mapped_column(default=False)
    """The employer allowed that its own reserve takes a free place without being asked again."""
    edition: Mapped[int] = mapped_column(default=1)
    """Goes up when somebody is taken out: the files are made anew without them."""
    zip_sha256: Mapped[str]
    """Of the ZIP of this edition, which is always put together the same way."""
    sent_at: Mapped[datetime]
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    end_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class PackageCandidateRow(Base):
    """One candidate of a package, with the CV that went and the consents it went by."""

    __tablename__ = "package_candidates"
    __table_args__ = (who_needs_when("removed"),)

    package_id: Mapped[int] = mapped_column(ForeignKey("packages.id"), primary_key=True)
    candidacy_id: Mapped[int] = mapped_column(
        ForeignKey("candidacies.id"), primary_key=True, index=True
    )
    position: Mapped[int]
    frozen_cv_id: Mapped[int] = mapped_column(ForeignKey("frozen_cvs.id"), index=True)
    employer_consent_id: Mapped[int] = mapped_column(ForeignKey("consents.id"))
    country_consent_id: Mapped[int] = mapped_column(ForeignKey("consents.id"))
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    remove_reason: Mapped[dict[str, Any] | None]
    """Why the CV is open to the employer no more, as a sentence."""


class PackageFileRow(Base):
    """The covering letter or the list of one edition, in one language and format."""

    __tablename__ = "package_files"

    package_id: Mapped[int] = mapped_column(ForeignKey("packages.id"), primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PackageFileKind] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    format: Mapped[FileFormat] = mapped_column(primary_key=True)
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"))


class PlaceOfferRow(Base):
    """A free place was looked at once: who came next in line, or that nobody could."""

    __tablename__ = "place_offers"
    __table_args__ = (who_needs_when("offered"),)

    id: Mapped[serial_key]
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancies.id"), index=True)
    left_id: Mapped[int] = mapped_column(ForeignKey("candidacies.id"), unique=True)
    """Whose place became free: it is given to one person and no more."""
    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacies.id"), index=True)
    because: Mapped[dict[str, Any]]
    offered_at: Mapped[datetime]
    offered_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
