"""Job-seekers and everything their file says, each fact with how it is known."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.types import serial_key
from domain.enums import CefrLevel, DocumentKind, Evidence, JobseekerStatus, Sex


class JobseekerRow(Base):
    """A registered person."""

    __tablename__ = "jobseekers"

    id: Mapped[serial_key]
    external_id: Mapped[str] = mapped_column(unique=True)
    personal_number: Mapped[str | None] = mapped_column(unique=True)
    first_name_ka: Mapped[str | None]
    last_name_ka: Mapped[str | None]
    first_name_lat: Mapped[str | None]
    last_name_lat: Mapped[str | None]
    name_key: Mapped[str] = mapped_column(index=True)
    """Both names folded so that either script finds the person (`matching.names.fold`)."""
    birth_date: Mapped[date | None] = mapped_column(index=True)
    sex: Mapped[Sex | None]
    citizenship: Mapped[str | None]
    region: Mapped[str | None] = mapped_column(index=True)
    municipality: Mapped[str | None]
    address: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    education: Mapped[int | None]
    available_from: Mapped[date | None]
    available_to: Mapped[date | None]
    wishes: Mapped[str | None]
    status: Mapped[JobseekerStatus] = mapped_column(index=True)
    registered_on: Mapped[date]
    changed_seq: Mapped[int] = mapped_column(index=True, default=0)
    """Audit sequence number of the last change that matters to ranking: what a pool asks for."""
    depersonalised_at: Mapped[datetime | None]
    """Since then nothing here says who it was; what remains serves statistics."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    updated_at: Mapped[datetime]
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    __mapper_args__ = {"version_id_col": version}

    occupations: Mapped[list[JobseekerOccupationRow]] = relationship(
        cascade="all, delete-orphan", lazy="raise", order_by="JobseekerOccupationRow.id"
    )
    skills: Mapped[list[JobseekerSkillRow]] = relationship(
        cascade="all, delete-orphan", lazy="raise", order_by="JobseekerSkillRow.skill_id"
    )
    languages: Mapped[list[JobseekerLanguageRow]] = relationship(
        cascade="all, delete-orphan", lazy="raise", order_by="JobseekerLanguageRow.language"
    )
    licences: Mapped[list[JobseekerLicenceRow]] = relationship(
        cascade="all, delete-orphan", lazy="raise", order_by="JobseekerLicenceRow.licence"
    )
    documents: Mapped[list[JobseekerDocumentRow]] = relationship(
        cascade="all, delete-orphan", lazy="raise", order_by="JobseekerDocumentRow.id"
    )
    education_entries: Mapped[list[JobseekerEducationRow]] = relationship(
        cascade="all, delete-orphan", lazy="raise", order_by="JobseekerEducationRow.id"
    )
    desired_countries: Mapped[list[JobseekerDesiredCountryRow]] = relationship(
        cascade="all, delete-orphan", lazy="raise", order_by="JobseekerDesiredCountryRow.country"
    )


class JobseekerOccupationRow(Base):
    """Work experience: an occupation, how long, where."""

    __tablename__ = "jobseeker_occupations"

    id: Mapped[serial_key]
    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"), index=True)
    isco: Mapped[str] = mapped_column(index=True)
    years: Mapped[float | None]
    employer_name: Mapped[str | None]
    country: Mapped[str | None]
    last_year: Mapped[int | None]
    evidence: Mapped[Evidence] = mapped_column(default=Evidence.STATED)


class JobseekerSkillRow(Base):
    """A skill the person holds."""

    __tablename__ = "jobseeker_skills"

    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"), primary_key=True)
    skill_id: Mapped[str] = mapped_column(ForeignKey("skills.id"), primary_key=True)
    evidence: Mapped[Evidence] = mapped_column(default=Evidence.STATED)


class JobseekerLanguageRow(Base):
    """A language and its level."""

    __tablename__ = "jobseeker_languages"

    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[CefrLevel]
    evidence: Mapped[Evidence] = mapped_column(default=Evidence.STATED)


class JobseekerLicenceRow(Base):
    """A licence the person holds."""

    __tablename__ = "jobseeker_licences"

    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"), primary_key=True)
    licence: Mapped[str] = mapped_column(primary_key=True)
    valid_until: Mapped[date | None]
    evidence: Mapped[Evidence] = mapped_column(default=Evidence.STATED)


class JobseekerDocumentRow(Base):
    """A paper in the file: number and dates, not its image."""

    __tablename__ = "jobseeker_documents"

    id: Mapped[serial_key]
    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"), index=True)
    kind: Mapped[DocumentKind]
    number: Mapped[str | None]
    issued_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    evidence: Mapped[Evidence] = mapped_column(default=Evidence.STATED)


class JobseekerEducationRow(Base):
    """A finished education."""

    __tablename__ = "jobseeker_education"

    id: Mapped[serial_key]
    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"), index=True)
    level: Mapped[int]
    institution: Mapped[str | None]
    field: Mapped[str | None]
    country: Mapped[str | None]
    year_completed: Mapped[int | None]


class JobseekerDesiredCountryRow(Base):
    """A country the person wishes to work in."""

    __tablename__ = "jobseeker_desired_countries"

    jobseeker_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"), primary_key=True)
    country: Mapped[str] = mapped_column(primary_key=True)


class NotDuplicateRow(Base):
    """Two files that an officer looked at and found to be two people."""

    __tablename__ = "not_duplicates"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        Index("ix_not_duplicates_second_id", "second_id"),
    )

    id: Mapped[serial_key]
    first_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("jobseekers.id"))
    judged_at: Mapped[datetime]
    judged_by: Mapped[int] = mapped_column(ForeignKey("officers.id"))
