"""The reference tables as one immutable picture, kept per database."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.models import (
    LicenceRow,
    MinimumWageRow,
    MunicipalityRow,
    OccupationRow,
    OrganisationRow,
    ReferenceCodeRow,
    ReferenceFileRow,
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
    own_skills: frozenset[str] = frozenset()
    """Those of the project's own table; the others are ESCO's."""
    vanished: frozenset[str] = frozenset()
    """Skills that the newest imported version of ESCO has no more; files may still name them."""
    concept_uri: Mapping[str, str] = field(default_factory=dict)
    """The ESCO concept of a skill, for own ones too where one means exactly the same."""
    essential_skills: Mapping[str, frozenset[str]] = field(default_factory=dict)
    own_essential_skills: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Those of the project's own table alone: what ESCO adds must not change their rarity."""
    optional_skills: Mapping[str, frozenset[str]] = field(default_factory=dict)
    municipality_region: Mapping[str, str] = field(default_factory=dict)
    minimum_wages: tuple[MinimumWage, ...] = ()
    schemes: Mapping[str, Scheme] = field(default_factory=dict)

    def unit_groups(self) -> tuple[str, ...]:
        """The 436 four-digit ISCO-08 codes, in order."""
        return tuple(sorted(c for c, level in self.occupation_levels.items() if level == 4))


FRESH_SECONDS = 2.0
"""How long a picture serves before the database is asked whether a file was loaded since."""

Loaded = tuple[tuple[str, str], ...]
_kept: WeakKeyDictionary[Engine, tuple[Loaded, float, Reference]] = WeakKeyDictionary()


def reference() -> Reference:
    """The picture of the current database; also an import of another process is soon in it."""
    current = engine()
    kept = _kept.get(current)
    now = time.monotonic()
    if kept is not None and now - kept[1] < FRESH_SECONDS:
        return kept[2]
    with reading() as session:
        loaded = loaded_files(session)
        known = kept[2] if kept is not None and kept[0] == loaded else _read(session)
    _kept[current] = (loaded, now, known)
    return known


def loaded_files(session: Session) -> Loaded:
    """What names the state of the reference tables: each loaded file with its SHA-256."""
    rows = select(ReferenceFileRow.name, ReferenceFileRow.sha256)
    return tuple((name, sha) for name, sha in session.execute(rows.order_by("name")))


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
    links: Iterable[tuple[str, str, str, str]], relation: str, *sources: str
) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for skill, isco, related, source in links:
        if related == relation and (not sources or source in sources):
            found.setdefault(isco, set()).add(skill)
    return {isco: frozenset(skills) for isco, skills in found.items()}


def _named(label: str | None, language: str, label_ka: str | None) -> dict[str, str]:
    """Names by language, without the languages that have none."""
    return ({language: label} if label else {}) | ({"ka": label_ka} if label_ka else {})


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


def _read(session: Session) -> Reference:
    occupations = session.scalars(select(OccupationRow)).all()
    # Columns instead of rows: with ESCO there are 14,800 skills and as many relations.
    skills = session.execute(
        select(
            SkillRow.id,
            SkillRow.group_code,
            SkillRow.label_en,
            SkillRow.label_lang,
            SkillRow.label_ka,
            SkillRow.concept_uri,
            SkillRow.source,
            SkillRow.is_vanished,
        ).order_by(SkillRow.id)
    ).all()
    groups = session.scalars(select(SkillGroupRow)).all()
    ranks_as = {g.code: g.ranks_as or g.code for g in groups}
    licences = session.scalars(select(LicenceRow)).all()
    regions = session.scalars(select(RegionRow)).all()
    municipalities = session.scalars(select(MunicipalityRow)).all()
    codes = session.scalars(select(ReferenceCodeRow).order_by(ReferenceCodeRow.position)).all()
    organisations = session.scalars(select(OrganisationRow)).all()
    schemes = session.scalars(select(SchemeRow)).all()
    link = SkillOccupationRow
    links = [
        (skill, isco, relation, source)
        for skill, isco, relation, source in session.execute(
            select(link.skill_id, link.isco, link.relation, link.source)
        )
    ]
    return Reference(
        names={
            "occupation": {o.code: {"ka": o.title_ka, "en": o.title_en} for o in occupations},
            "skill": {s.id: _named(s.label_en, s.label_lang, s.label_ka) for s in skills},
            "skill_group": {g.code: _named(g.label_en, "en", g.label_ka) for g in groups},
            "licence": {x.code: {"ka": x.label_ka, "en": x.label_en} for x in licences},
            "region": {r.code: {"ka": r.name_ka, "en": r.name_en} for r in regions},
            "municipality": {m.code: {"ka": m.name_ka, "en": m.name_en} for m in municipalities},
            "education": _labels(codes, "education"),
            "cefr": _labels(codes, "cefr"),
            "scheme": {s.code: {"ka": s.title_ka, "en": s.title_en} for s in schemes},
            "organisation": {o.code: {"ka": o.name_ka, "en": o.name_en} for o in organisations},
        },
        languages=tuple(c.code for c in codes if c.kind == "language"),
        occupation_levels={o.code: o.level for o in occupations},
        skill_group={s.id: ranks_as.get(s.group_code, s.group_code) for s in skills},
        broader_group={g.code: ranks_as.get(g.parent, g.parent) for g in groups if g.parent},
        own_skills=frozenset(s.id for s in skills if s.source == "own"),
        vanished=frozenset(s.id for s in skills if s.is_vanished),
        concept_uri={s.id: s.concept_uri for s in skills if s.concept_uri},
        essential_skills=_skills_by_occupation(links, "essential"),
        own_essential_skills=_skills_by_occupation(links, "essential", "own"),
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
