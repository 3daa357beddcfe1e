"""The reference tables as one immutable picture, kept per database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select

from db.models import (
    LicenceRow,
    MinimumWageRow,
    MunicipalityRow,
    OccupationRow,
    OrganisationRow,
    ReferenceCodeRow,
    RegionRow,
    SchemeRow,
    SkillGroupRow,
    SkillOccupationRow,
    SkillRow,
)
from db.session import engine, reading

Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class MinimumWage:
    """A dated statutory minimum wage; `amount` None means that no figure was found."""

    country: str
    valid_from: date | None
    valid_to: date | None
    amount: Decimal | None
    currency: str | None
    period: str | None
    source: str


@dataclass(frozen=True)
class Scheme:
    """A bilateral scheme with its rules, each citing its clause."""

    code: str
    country: str
    titles: Mapping[str, str]
    in_force_from: date | None
    in_force_to: date | None
    annual_quota: int | None
    terms: Mapping[str, Any]


@dataclass(frozen=True)
class Reference:
    """Everything in the reference tables. `names[kind][code][language]` are the labels."""

    names: Mapping[str, Names] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    """ISO 639-1 codes, the ones offered first in front."""
    occupation_levels: Mapping[str, int] = field(default_factory=dict)
    skill_group: Mapping[str, str] = field(default_factory=dict)
    broader_group: Mapping[str, str] = field(default_factory=dict)
    essential_skills: Mapping[str, frozenset[str]] = field(default_factory=dict)
    optional_skills: Mapping[str, frozenset[str]] = field(default_factory=dict)
    municipality_region: Mapping[str, str] = field(default_factory=dict)
    minimum_wages: tuple[MinimumWage, ...] = ()
    schemes: Mapping[str, Scheme] = field(default_factory=dict)

    def unit_groups(self) -> tuple[str, ...]:
        """The 436 four-digit ISCO-08 codes, in order."""
        return tuple(sorted(c for c, level in self.occupation_levels.items() if level == 4))


_kept: WeakKeyDictionary[Engine, Reference] = WeakKeyDictionary()


def reference() -> Reference:
    """The picture of the current database, read once per process."""
    current = engine()
    if current not in _kept:
        _kept[current] = _read()
    return _kept[current]


def forget() -> None:
    """Read the tables again at the next call: after a reference import."""
    _kept.pop(engine(), None)


def _labels(codes: Sequence[ReferenceCodeRow], kind: str) -> Names:
    return {
        c.code: {"ka": c.label_ka or c.code, "en": c.label_en or c.code}
        for c in codes
        if c.kind == kind
    }


def _skills_by_occupation(
    links: Sequence[SkillOccupationRow], relation: str
) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for link in links:
        if link.relation == relation:
            found.setdefault(link.isco, set()).add(link.skill_id)
    return {isco: frozenset(skills) for isco, skills in found.items()}


def _scheme(row: SchemeRow) -> Scheme:
    return Scheme(
        row.code,
        row.country,
        {"ka": row.title_ka, "en": row.title_en},
        row.in_force_from,
        row.in_force_to,
        row.annual_quota,
        row.terms,
    )


def _read() -> Reference:
    with reading() as session:
        occupations = session.scalars(select(OccupationRow)).all()
        skills = session.scalars(select(SkillRow)).all()
        groups = session.scalars(select(SkillGroupRow)).all()
        licences = session.scalars(select(LicenceRow)).all()
        regions = session.scalars(select(RegionRow)).all()
        municipalities = session.scalars(select(MunicipalityRow)).all()
        codes = session.scalars(select(ReferenceCodeRow).order_by(ReferenceCodeRow.position)).all()
        organisations = session.scalars(select(OrganisationRow)).all()
        schemes = session.scalars(select(SchemeRow)).all()
        links = session.scalars(select(SkillOccupationRow)).all()
        return Reference(
            names={
                "occupation": {o.code: {"ka": o.title_ka, "en": o.title_en} for o in occupations},
                "skill": {s.id: {"ka": s.label_ka, "en": s.label_en} for s in skills},
                "skill_group": {g.code: {"ka": g.label_ka, "en": g.label_en} for g in groups},
                "licence": {x.code: {"ka": x.label_ka, "en": x.label_en} for x in licences},
                "region": {r.code: {"ka": r.name_ka, "en": r.name_en} for r in regions},
                "municipality": {
                    m.code: {"ka": m.name_ka, "en": m.name_en} for m in municipalities
                },
                "education": _labels(codes, "education"),
                "cefr": _labels(codes, "cefr"),
                "scheme": {s.code: {"ka": s.title_ka, "en": s.title_en} for s in schemes},
                "organisation": {o.code: {"ka": o.name_ka, "en": o.name_en} for o in organisations},
            },
            languages=tuple(c.code for c in codes if c.kind == "language"),
            occupation_levels={o.code: o.level for o in occupations},
            skill_group={s.id: s.group_code for s in skills},
            broader_group={g.code: g.parent for g in groups if g.parent},
            essential_skills=_skills_by_occupation(links, "essential"),
            optional_skills=_skills_by_occupation(links, "optional"),
            municipality_region={m.code: m.region for m in municipalities},
            minimum_wages=tuple(
                MinimumWage(
                    w.country, w.valid_from, w.valid_to, w.amount, w.currency, w.period, w.source
                )
                for w in session.scalars(select(MinimumWageRow))
            ),
            schemes={s.code: _scheme(s) for s in schemes},
        )
