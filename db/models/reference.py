"""Reference tables: loaded from files, read-only for the use cases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import serial_key


class OccupationRow(Base):
    """An ISCO-08 group of any of the four levels."""

    __tablename__ = "occupations"

    code: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[int]
    parent: Mapped[str | None]
    title_en: Mapped[str]
    title_ka: Mapped[str]


class OccupationLabelRow(Base):
    """A job title in some language that means an ISCO-08 unit group."""

    __tablename__ = "occupation_labels"
    __table_args__ = (Index("ix_occupation_labels_lang", "lang"),)

    id: Mapped[serial_key]
    isco: Mapped[str]
    lang: Mapped[str]
    label: Mapped[str]
    concept_uri: Mapped[str | None]
    source: Mapped[str]
    """own, or the imported classification and its version."""


class SkillGroupRow(Base):
    """Level-2 and level-3 groups of skills."""

    __tablename__ = "skill_groups"

    code: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[int]
    parent: Mapped[str | None]
    label_en: Mapped[str]
    label_ka: Mapped[str]


class SkillRow(Base):
    """A skill of the vocabulary in use."""

    __tablename__ = "skills"

    id: Mapped[str] = mapped_column(primary_key=True)
    group_code: Mapped[str] = mapped_column(ForeignKey("skill_groups.code"))
    label_en: Mapped[str]
    label_ka: Mapped[str]


class SkillOccupationRow(Base):
    """A skill that is essential or optional to an ISCO-08 unit group."""

    __tablename__ = "skill_occupations"

    skill_id: Mapped[str] = mapped_column(ForeignKey("skills.id"), primary_key=True)
    isco: Mapped[str] = mapped_column(primary_key=True)
    relation: Mapped[str]


class ReferenceCodeRow(Base):
    """A short closed list from outside: kind "education" (ISCED), "cefr" or "language"."""

    __tablename__ = "reference_codes"

    kind: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    label_en: Mapped[str | None]
    label_ka: Mapped[str | None]


class LicenceRow(Base):
    """A driving category, welding process or other certificate a vacancy may ask for."""

    __tablename__ = "licences"

    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    label_en: Mapped[str]
    label_ka: Mapped[str]


class RegionRow(Base):
    """A region of Georgia, ISO 3166-2."""

    __tablename__ = "regions"

    code: Mapped[str] = mapped_column(primary_key=True)
    name_ka: Mapped[str]
    name_en: Mapped[str]


class MunicipalityRow(Base):
    """A municipality; `status` is controlled or occupied."""

    __tablename__ = "municipalities"

    code: Mapped[str] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    name_ka: Mapped[str]
    name_en: Mapped[str]
    status: Mapped[str]


class MinimumWageRow(Base):
    """A statutory minimum wage from a date on; `amount` is empty where none was found."""

    __tablename__ = "minimum_wages"

    id: Mapped[serial_key]
    country: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    amount: Mapped[Decimal | None]
    currency: Mapped[str | None]
    period: Mapped[str | None]
    source: Mapped[str]
    status: Mapped[str]


class SchemeRow(Base):
    """A bilateral scheme: its rules as data, each with its clause."""

    __tablename__ = "schemes"

    code: Mapped[str] = mapped_column(primary_key=True)
    country: Mapped[str]
    title_en: Mapped[str]
    title_ka: Mapped[str]
    in_force_from: Mapped[date | None]
    in_force_to: Mapped[date | None]
    annual_quota: Mapped[int | None]
    terms: Mapped[dict[str, Any]]


class ReferenceFileRow(Base):
    """Which version of a reference file is loaded."""

    __tablename__ = "reference_files"

    name: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str]
