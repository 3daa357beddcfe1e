"""Reference tables: loaded from files, read-only for the use cases."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, false
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
    """The ESCO occupation of that name."""
    kind: Mapped[str] = mapped_column(server_default="alternative")
    """preferred, alternative or hidden (misspelt or outdated, for searching only)."""
    source: Mapped[str]
    """own, ISCO-08, or the imported classification and its version."""


class EscoOccupationRow(Base):
    """An occupation of ESCO, within an ISCO-08 unit group; its names are occupation labels."""

    __tablename__ = "esco_occupations"

    uri: Mapped[str] = mapped_column(primary_key=True)
    isco: Mapped[str] = mapped_column(index=True)
    code: Mapped[str | None]
    version: Mapped[str]
    is_vanished: Mapped[bool] = mapped_column(server_default=false())
    """The newest imported version has it no more."""


class EscoOccupationSkillRow(Base):
    """A skill that ESCO calls essential or optional to one of its occupations."""

    __tablename__ = "esco_occupation_skills"

    occupation_uri: Mapped[str] = mapped_column(
        ForeignKey("esco_occupations.uri"), primary_key=True
    )
    skill_id: Mapped[str] = mapped_column(ForeignKey("skills.id"), primary_key=True)
    relation: Mapped[str]


class EscoImportRow(Base):
    """One import of ESCO archives: what came in, and what it changed."""

    __tablename__ = "esco_imports"

    id: Mapped[serial_key]
    version: Mapped[str]
    languages: Mapped[list[Any]]
    imported_at: Mapped[datetime]
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    counts: Mapped[dict[str, Any]]
    changes: Mapped[list[Any]]


class SkillGroupRow(Base):
    """Level-2 and level-3 groups of skills; those of ESCO have their URI as code."""

    __tablename__ = "skill_groups"

    code: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[int]
    parent: Mapped[str | None]
    label_en: Mapped[str]
    label_ka: Mapped[str | None]
    source: Mapped[str] = mapped_column(server_default="own")
    ranks_as: Mapped[str | None]
    """The own group that stands for an ESCO group in the ranking: most linked skills are its."""
    is_vanished: Mapped[bool] = mapped_column(server_default=false())


class SkillRow(Base):
    """A skill of the vocabulary in use: of our own (S0001), or of ESCO (its URI)."""

    __tablename__ = "skills"

    id: Mapped[str] = mapped_column(primary_key=True)
    group_code: Mapped[str] = mapped_column(ForeignKey("skill_groups.code"))
    label_en: Mapped[str]
    """In another language where ESCO was imported without English: `label_lang` says which."""
    label_ka: Mapped[str | None]
    label_lang: Mapped[str] = mapped_column(server_default="en")
    concept_uri: Mapped[str | None] = mapped_column(index=True, unique=True)
    """The ESCO concept it is; of an own skill, where it means exactly the same."""
    source: Mapped[str] = mapped_column(server_default="own")
    """own, or esco: and the version that last had it."""
    is_vanished: Mapped[bool] = mapped_column(server_default=false())
    """The newest imported version has it no more: it stays for those who have it."""


class SkillLabelRow(Base):
    """A name of a skill in some language: our own and those that ESCO brought."""

    __tablename__ = "skill_labels"

    id: Mapped[serial_key]
    skill_id: Mapped[str] = mapped_column(ForeignKey("skills.id"), index=True)
    lang: Mapped[str] = mapped_column(index=True)
    label: Mapped[str]
    kind: Mapped[str]
    """preferred, alternative or hidden (misspelt or outdated, for searching only)."""
    source: Mapped[str]


class SkillOccupationRow(Base):
    """A skill that is essential or optional to an ISCO-08 unit group."""

    __tablename__ = "skill_occupations"

    skill_id: Mapped[str] = mapped_column(ForeignKey("skills.id"), primary_key=True)
    isco: Mapped[str] = mapped_column(primary_key=True)
    relation: Mapped[str]
    source: Mapped[str] = mapped_column(server_default="own")
    """own, or esco: counted from the occupations of the unit group."""


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


class AdequateCountryRow(Base):
    """Whether a country is on the list of those with adequate safeguards, from a date on."""

    __tablename__ = "adequate_countries"

    id: Mapped[serial_key]
    country: Mapped[str] = mapped_column(index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    status: Mapped[str]
    """`listed`, or `not_confirmed`: nobody has seen the country on the list."""
    source: Mapped[str]


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
