"""Between a person's stored rows and the records that screens and imports use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from db.base import Base
from db.models import (
    JobseekerDesiredCountryRow,
    JobseekerDocumentRow,
    JobseekerEducationRow,
    JobseekerLanguageRow,
    JobseekerLicenceRow,
    JobseekerOccupationRow,
    JobseekerRow,
    JobseekerSkillRow,
)
from domain.enums import JobseekerStatus
from domain.records.jobseeker import (
    DocumentEntry,
    EducationEntry,
    JobseekerForm,
    JobseekerRecord,
    JobseekerSummary,
    LanguageEntry,
    LicenceEntry,
    OccupationEntry,
    SkillEntry,
)
from domain.records.officer import Officer
from domain.values import completeness, masked
from matching.duplicates.likeness import NamedPerson
from matching.names import fold
from services import clock
from services.jobseekers.checks import in_order

ENTITY = "jobseeker"
"""What audit events call a person's file."""

LISTS: Mapping[str, tuple[type[Any], type[Base], tuple[str, ...]]] = {
    "occupations": (OccupationEntry, JobseekerOccupationRow, ()),
    "skills": (SkillEntry, JobseekerSkillRow, ("skill_id",)),
    "languages": (LanguageEntry, JobseekerLanguageRow, ("language",)),
    "licences": (LicenceEntry, JobseekerLicenceRow, ("licence",)),
    "documents": (DocumentEntry, JobseekerDocumentRow, ()),
    "education_entries": (EducationEntry, JobseekerEducationRow, ()),
}
"""Field → its entry, its table, and what names an entry there (nothing: all of it)."""

SCALARS = tuple(
    f.name for f in fields(JobseekerForm) if f.name not in {*LISTS, "desired_countries"}
)

STATED_BRIEFLY: Mapping[str, tuple[str, ...]] = {
    "occupations": ("isco", "years"),
    "skills": ("skill_id",),
    "languages": ("language", "level"),
    "licences": ("licence",),
}
"""What a file for import can say about an entry; the rest is known only here."""


def form_of(row: JobseekerRow | Any) -> JobseekerForm:
    """Everything entered about a person, as it is stored."""
    values: dict[str, Any] = {name: getattr(row, name) for name in SCALARS}
    for name, (kind, _, _) in LISTS.items():
        values[name] = in_order(_entry(kind, child) for child in getattr(row, name))
    values["desired_countries"] = tuple(sorted(d.country for d in row.desired_countries))
    return JobseekerForm(**values)


def _entry(kind: type[Any], row: Base) -> Any:
    return kind(**{f.name: getattr(row, f.name) for f in fields(kind)})


def record_of(row: JobseekerRow) -> JobseekerRecord:
    """The file as a record."""
    form = form_of(row)
    return JobseekerRecord(
        id=row.id,
        external_id=row.external_id,
        version=row.version,
        status=row.status,
        registered_on=row.registered_on,
        updated_at=row.updated_at,
        form=form,
        completeness=completeness(form),
    )


def summary_of(row: JobseekerRow | Any) -> JobseekerSummary:
    """The person as a line of a list."""
    form = form_of(row)
    return JobseekerSummary(
        id=row.id,
        external_id=row.external_id,
        name_ka=form.name_ka(),
        name_lat=form.name_lat(),
        personal_number=masked(form.personal_number),
        birth_date=form.birth_date,
        phone=form.phone,
        region=form.region,
        municipality=form.municipality,
        occupations=form.occupations,
        languages=form.languages,
        status=row.status,
        registered_on=row.registered_on,
        completeness=completeness(form).percent,
    )


def named_person(form: JobseekerForm) -> NamedPerson:
    """What is compared to find the same person registered twice."""
    return NamedPerson(
        first_ka=form.first_name_ka or "",
        last_ka=form.last_name_ka or "",
        first_lat=form.first_name_lat or "",
        last_lat=form.last_name_lat or "",
        birth_date=form.birth_date,
        personal_number=form.personal_number,
        phone=form.phone,
    )


def name_key(form: JobseekerForm) -> str:
    """`|surname,first name` for each spelling, folded, so that either script finds the person."""
    return "".join(f"|{last},{first}" for first, last in named_person(form).spellings())


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a search, folded like `name_key`."""
    return tuple(fold(text).split())


def new_row(external_id: str, by: Officer | None) -> JobseekerRow:
    """An empty active file; `by` None is the system itself."""
    now = clock.now()
    return JobseekerRow(
        external_id=external_id,
        status=JobseekerStatus.ACTIVE,
        name_key="",
        changed_seq=0,
        created_at=now,
        created_by=by.id if by else None,
        updated_at=now,
        updated_by=by.id if by else None,
        desired_countries=[],
        **{name: [] for name in LISTS},
    )


def apply_form(row: JobseekerRow, form: JobseekerForm) -> dict[str, list[Any]]:
    """Write a tidied form into the row; gives back what changed: field → [before, after]."""
    before = form_of(row)
    changed: dict[str, list[Any]] = {}
    for f in fields(JobseekerForm):
        old, new = getattr(before, f.name), getattr(form, f.name)
        if f.name == "registered_on" and new is None or old == new:
            continue
        changed[f.name] = [_plain(old), _plain(new)]
        if f.name in LISTS:
            _write_list(row, f.name, new)
        elif f.name == "desired_countries":
            _write_countries(row, new)
        else:
            setattr(row, f.name, new)
    key = name_key(form)
    if row.name_key != key:
        row.name_key = key
    return changed


def _write_list(row: JobseekerRow, name: str, entries: Iterable[Any]) -> None:
    kind, table, named_by = LISTS[name]
    children: list[Any] = getattr(row, name)
    stored = {_key(_entry(kind, child), named_by): child for child in children}
    wanted = {_key(entry, named_by): entry for entry in entries}
    for key, child in stored.items():
        if key not in wanted:
            children.remove(child)
    for key, entry in wanted.items():
        values = {f.name: getattr(entry, f.name) for f in fields(kind)}
        if key not in stored:
            children.append(table(**values))
        else:
            for attribute, value in values.items():
                setattr(stored[key], attribute, value)


def _key(entry: Any, named_by: tuple[str, ...]) -> object:
    return tuple(getattr(entry, name) for name in named_by) if named_by else entry


def _write_countries(row: JobseekerRow, countries: Iterable[str]) -> None:
    wanted = set(countries)
    for child in list(row.desired_countries):
        if child.country not in wanted:
            row.desired_countries.remove(child)
    stored = {child.country for child in row.desired_countries}
    row.desired_countries.extend(
        JobseekerDesiredCountryRow(country=country) for country in sorted(wanted - stored)
    )


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if type(value) in {kind for kind, _, _ in LISTS.values()}:
        stated = {f.name: getattr(value, f.name) for f in fields(value)}
        return {name: part for name, part in stated.items() if part is not None}
    return value


def merged(
    stored: JobseekerForm, offered: JobseekerForm, known_fields: frozenset[str] | None
) -> JobseekerForm:
    """The stored file with what another list says: silent columns and richer entries stay.

    A list that repeats "German B1" says nothing against our certificate of German B1.
    """
    names = known_fields or frozenset(f.name for f in fields(JobseekerForm))
    values = {name: getattr(offered, name) for name in names}
    for name in names & STATED_BRIEFLY.keys():
        richer = {_key(entry, STATED_BRIEFLY[name]): entry for entry in getattr(stored, name)}
        kind = LISTS[name][0]
        values[name] = in_order(
            richer.get(_key(entry, STATED_BRIEFLY[name]), entry)
            if _is_brief(kind, entry)
            else entry
            for entry in values[name]
        )
    return replace(stored, **values)


def _is_brief(kind: type[Any], entry: Any) -> bool:
    """Whether the entry says nothing beyond its first words."""
    name = next(n for n, (k, _, _) in LISTS.items() if k is kind)
    said = {attribute: getattr(entry, attribute) for attribute in STATED_BRIEFLY[name]}
    return bool(entry == kind(**said))
