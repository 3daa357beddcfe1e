"""Free text in which somebody may have named a person: looked for and covered.

Looked for are numbers, addresses and the full name in either script, and the surname alone if
nobody else bears it. What another person in the register shares (a family's telephone, a namesake)
is not looked for: it would cover what is said of somebody else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Table,
    Text,
    cast,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    CvRow,
    DeploymentRow,
    JobseekerDocumentRow,
    JobseekerRow,
    OfficerRow,
    PermitFileRow,
)
from services.commission.dossiers.hiding import HIDDEN, hide_people
from services.privacy.table_map import Person, table_map

LEAST = 5
"""Letters or digits from which on a trace is looked for: shorter ones are in many words."""
NATIONAL = 9
NEVER_CHANGED = frozenset({"conflict_declarations", "lifted_blindness", "case_events", "votes"})
NEVER_CHANGED |= {"candidacy_events", "deployment_events", "employer_answers", "cv_signoffs"}
NEVER_CHANGED |= {"former_workplaces", "frozen_cv_files", "local_referral_events", "return_gains"}
NEVER_CHANGED |= {"package_files"}
"""There a whole text becomes a dash: their triggers let nothing else through."""
MARK = "—"
NAMING = (
    *("personal_number", "phone", "email"),
    *("first_name_ka", "last_name_ka", "first_name_lat", "last_name_lat"),
)


@dataclass(frozen=True)
class Traces:
    """What says who somebody is, before it goes."""

    words: tuple[str, ...]
    people: tuple[JobseekerRow, ...]
    """As they were, apart from the session."""


def traces_of(session: Session, person: Person) -> Traces:
    """Numbers, addresses and names of a person that nobody else in the register shares."""
    rows = session.scalars(select(JobseekerRow).where(JobseekerRow.id.in_(person.ids))).all()
    found: set[str] = set()
    for row in rows:
        found.update(_shared_by_nobody(session, row, person))
        found.update(_names(session, row, person))
    found.update(_papers(session, person))
    people = tuple(_apart(row) for row in rows)
    words = {word.strip() for word in found if len(word.strip()) >= LEAST}
    return Traces(tuple(sorted(words, key=len, reverse=True)), people)


def _apart(row: JobseekerRow) -> JobseekerRow:
    return JobseekerRow(**{name: getattr(row, name) for name in NAMING})


def _shared_by_nobody(session: Session, row: JobseekerRow, person: Person) -> Iterator[str]:
    if row.personal_number:
        yield row.personal_number
    for column in (JobseekerRow.phone, JobseekerRow.email):
        value = getattr(row, column.key)
        if not value or _is_anybody_elses(session, column == value, person):
            continue
        yield value
        if column is JobseekerRow.phone:
            yield from _spellings(value)


def _spellings(phone: str) -> tuple[str, ...]:
    """A telephone number as people write it: whole, national, in groups."""
    digits = re.sub(r"\D", "", phone)[-NATIONAL:]
    if len(digits) < NATIONAL:
        return ()
    a, b, c, d = digits[:3], digits[3:5], digits[5:7], digits[7:]
    return (digits, f"{a} {b} {c} {d}", f"{a}-{b}-{c}-{d}", f"{a} {b}{c}{d}", f"{a} {b}{c} {d}")


def _names(session: Session, row: JobseekerRow, person: Person) -> Iterator[str]:
    for first, last, of in (
        (row.first_name_ka, row.last_name_ka, JobseekerRow.last_name_ka),
        (row.first_name_lat, row.last_name_lat, JobseekerRow.last_name_lat),
    ):
        if not last:
            continue
        first_of = JobseekerRow.first_name_ka if of is JobseekerRow.last_name_ka else None
        first_of = JobseekerRow.first_name_lat if first_of is None else first_of
        is_namesake = (of == last) & (first_of == first)
        if first and not _is_anybody_elses(session, is_namesake, person):
            yield f"{first} {last}"
            yield f"{last} {first}"
        officers = or_(OfficerRow.name_ka.contains(last), OfficerRow.name_en.contains(last))
        is_borne = _is_anybody_elses(session, of == last, person)
        if not is_borne and not session.scalar(select(func.count()).where(officers)):
            yield last


def _is_anybody_elses(session: Session, where: ColumnElement[bool], person: Person) -> bool:
    query = select(func.count()).select_from(JobseekerRow)
    return bool(session.scalar(query.where(where, JobseekerRow.id.not_in(person.ids))))


def _papers(session: Session, person: Person) -> Iterator[str]:
    """Numbers of passports, permits and contracts; names as the passport prints them."""
    for column, owner in (
        (JobseekerDocumentRow.number, JobseekerDocumentRow.jobseeker_id),
        (DeploymentRow.phone_abroad, DeploymentRow.jobseeker_id),
    ):
        yield from filter(None, session.scalars(select(column).where(owner.in_(person.ids))))
    names = select(CvRow.given_names, CvRow.surname).where(CvRow.jobseeker_id.in_(person.ids))
    for given, surname in session.execute(names):
        if given and surname:
            yield f"{given} {surname}"
            yield f"{surname} {given}"
    mine = select(CandidacyRow.id).where(CandidacyRow.jobseeker_id.in_(person.ids))
    permits = select(PermitFileRow.permit_number).where(PermitFileRow.candidacy_id.in_(mine))
    yield from filter(None, session.scalars(permits))


def cover(session: Session, traces: Traces) -> int:
    """Cover every place in free text that has one of the traces; how many places."""
    if not traces.words:
        return 0
    return sum(
        _cover_column(session, mapped.table, column, traces)
        for mapped in table_map().values()
        for column in mapped.searched()
    )


def find(session: Session, traces: Traces) -> list[str]:
    """Columns, as table.column, in which a trace still stands."""
    return [
        f"{mapped.name}.{column}"
        for mapped in table_map().values()
        for column in mapped.searched()
        if session.scalar(
            select(func.count())
            .select_from(mapped.table)
            .where(_has(mapped.table.c[column], traces.words))
        )
    ]


def _has(column: Column[Any], words: Sequence[str]) -> ColumnElement[bool]:
    text = func.lower(cast(column, Text))
    is_json = isinstance(column.type, JSON)
    looked_for = [json.dumps(word)[1:-1] if is_json else word for word in words]
    return or_(*(text.contains(word.lower(), autoescape=True) for word in looked_for))


def _cover_column(session: Session, table: Table, name: str, traces: Traces) -> int:
    column = table.c[name]
    keys = list(table.primary_key.columns)
    found = session.execute(select(*keys, column).where(_has(column, traces.words))).all()
    for *key, value in found:
        where = [own == at for own, at in zip(keys, key, strict=True)]
        if table.name == "audit_details":
            session.execute(delete(table).where(*where))
            continue
        covered = _covered(value, traces, whole=table.name in NEVER_CHANGED)
        session.execute(update(table).where(*where).values({name: covered}))
    return len(found)


def _covered(value: Any, traces: Traces, *, whole: bool) -> Any:
    if isinstance(value, dict):
        return {} if whole else {k: _covered(v, traces, whole=False) for k, v in value.items()}
    if isinstance(value, list):
        return [] if whole else [_covered(one, traces, whole=False) for one in value]
    if not isinstance(value, str):
        return value
    if whole:
        return MARK
    text = value
    for word in traces.words:
        text = re.sub(re.escape(word), HIDDEN, text, flags=re.IGNORECASE)
    return text if text == value else hide_people(text, traces.people)
