"""Foreign employers and their vacancies."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import CefrLevel, EmployerStatus, PayPeriod, RequirementKind, VacancyStatus


class EmployerRow(Base):
    """A foreign employer."""

    __tablename__ = "employers"

    id: Mapped[serial_key]
    name: Mapped[str] = mapped_column(unique=True)
    country: Mapped[str | None]
    town: Mapped[str | None]
    registration_number: Mapped[str | None]
    sector: Mapped[str | None]
    contact_name: Mapped[str | None]
    contact_email: Mapped[str | None]
    contact_phone: Mapped[str | None]
    came_through: Mapped[str | None]
    """Partner service or person through which the contact came (stage S06)."""
    notes: Mapped[str | None]
    status: Mapped[EmployerStatus]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    updated_at: Mapped[datetime]
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    __mapper_args__ = {"version_id_col": version}


class VacancyRow(Base):
    """A vacancy of a foreign employer."""

    __tablename__ = "vacancies"
    __table_args__ = (
        CheckConstraint("positions >= 1", name="positions_at_least_one"),
        who_needs_when("published"),
    )

    id: Mapped[serial_key]
    number: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    title_ka: Mapped[str | None]
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employers.id"), index=True)
    scheme_code: Mapped[str | None] = mapped_column(ForeignKey("schemes.code"))
    country: Mapped[str] = mapped_column(index=True)
    town: Mapped[str | None]
    positions: Mapped[int]
    education_min: Mapped[int | None]
    experience_years_min: Mapped[float | None]
    start_on: Mapped[date | None]
    end_on: Mapped[date | None]
    hours_per_week: Mapped[float | None]
    pay_amount: Mapped[Decimal | None]
    pay_currency: Mapped[str | None]
    pay_period: Mapped[PayPeriod | None]
    housing: Mapped[str | None]
    closes_on: Mapped[date | None]
    description: Mapped[str | None]
    status: Mapped[VacancyStatus] = mapped_column(index=True)
    published_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    updated_at: Mapped[datetime]
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    __mapper_args__ = {"version_id_col": version}

    employer: Mapped[EmployerRow | None] = relationship(lazy="raise")
    occupations: Mapped[list[VacancyOccupationRow]] = relationship(
        cascade="all, delete-orphan", lazy="raise", order_by="VacancyOccupationRow.position"
    )
    skills: Mapped[list[VacancySkillRow]] = relationship(
        cascade="all, delete-orphan", lazy="raise", order_by="VacancySkillRow.skill_id"
    )
    languages: Mapped[list[VacancyLanguageRow]] = relationship(
        cascade="all, delete-orphan", lazy="raise", order_by="VacancyLanguageRow.language"
    )
    licences: Mapped[list[VacancyLicenceRow]] = relationship(
        cascade="all, delete-orphan", lazy="raise", order_by="VacancyLicenceRow.licence"
    )


class VacancyOccupationRow(Base):
    """An ISCO-08 unit group the vacancy asks for, confirmed by a person."""

    __tablename__ = "vacancy_occupations"
    __table_args__ = (who_needs_when("confirmed"),)

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancies.id"), primary_key=True)
    isco: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    suggested_score: Mapped[float | None]
    """Similarity of the suggestion that was confirmed; empty when the code was given."""
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class VacancySkillRow(Base):
    """A skill the vacancy asks for."""

    __tablename__ = "vacancy_skills"

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancies.id"), primary_key=True)
    skill_id: Mapped[str] = mapped_column(ForeignKey("skills.id"), primary_key=True)
    is_essential: Mapped[bool]


class VacancyLanguageRow(Base):
    """A language level the vacancy asks for."""

    __tablename__ = "vacancy_languages"

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancies.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[CefrLevel]
    kind: Mapped[RequirementKind]


class VacancyLicenceRow(Base):
    """A licence the vacancy asks for."""

    __tablename__ = "vacancy_licences"

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancies.id"), primary_key=True)
    licence: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[RequirementKind]
