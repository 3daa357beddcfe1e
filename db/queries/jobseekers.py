"""Lists of people, possible duplicates and a person's history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Table, and_, func, or_, select
from sqlalchemy.orm import Session

from db.models import (
    AuditDetailsRow,
    AuditEventRow,
    CandidacyEventRow,
    CandidacyRow,
    JobseekerDesiredCountryRow,
    JobseekerDocumentRow,
    JobseekerEducationRow,
    JobseekerLanguageRow,
    JobseekerLicenceRow,
    JobseekerOccupationRow,
    JobseekerRow,
    JobseekerSkillRow,
    OfficerRow,
    VacancyRow,
)
from db.repositories.jobseekers import WHOLE_FILE
from db.session import kept_in
from domain.enums import CefrLevel, JobseekerStatus
from domain.records.jobseeker import JobseekerQuery

_J = JobseekerRow
_PEOPLE = cast(Table, JobseekerRow.__table__)
_LISTS: Mapping[str, tuple[Table, str]] = {
    name: (cast(Table, kind.__table__), order)
    for name, kind, order in (
        ("occupations", JobseekerOccupationRow, "id"),
        ("skills", JobseekerSkillRow, "skill_id"),
        ("languages", JobseekerLanguageRow, "language"),
        ("licences", JobseekerLicenceRow, "licence"),
        ("documents", JobseekerDocumentRow, "id"),
        ("education_entries", JobseekerEducationRow, "id"),
        ("desired_countries", JobseekerDesiredCountryRow, "country"),
    )
}
"""The lists of a file and what each is ordered by, as the relationships of a row have them."""
PAGE = "page of the register"

SORTS: Mapping[str, tuple[Any, ...]] = {
    "name": (
        func.coalesce(_J.last_name_ka, _J.last_name_lat),
        func.coalesce(_J.first_name_ka, _J.first_name_lat),
    ),
    "registered_on": (_J.registered_on,),
    "region": (_J.region,),
    "status": (_J.status,),
    "birth_date": (_J.birth_date,),
    "external_id": (_J.external_id,),
}
"""What a list may be sorted by; everything else is refused."""


def page_of_jobseekers(
    session: Session, query: JobseekerQuery, folded_words: Sequence[str]
) -> tuple[list[Any], int]:
    """One page and the total. `folded_words`: the searched text, folded like `name_key`.

    A line has the columns and the lists of a `JobseekerRow`, to be read only: fifty files as rows
    of the session's own would take three times as long to put together.
    """
    asked = [*_filters(query), *_text_filter(query.text, folded_words)]
    total = _total(session, query, asked)
    if query.limit == 0:
        return [], total
    columns = SORTS[query.sort]
    order = [c.desc() if query.descending else c.asc() for c in columns]
    page = (
        select(*_PEOPLE.c)
        .where(*asked)
        .order_by(*order, _J.id.desc() if query.descending else _J.id.asc())
        .limit(query.limit)
        .offset(query.offset)
    )
    return _with_lists(session, session.execute(page).all()), total


def _total(session: Session, query: JobseekerQuery, asked: Sequence[ColumnElement[bool]]) -> int:
    """How many there are; a screen asks for it before the page, to know how many pages."""
    kept, of = kept_in(session), replace(query, limit=0, offset=0, sort="", descending=False)
    if kept is not None and (PAGE, of) in kept:
        return int(kept[PAGE, of])
    total = session.scalar(select(func.count()).select_from(_PEOPLE).where(*asked)) or 0
    if kept is not None:
        kept[PAGE, of] = total
    return total


def _with_lists(session: Session, rows: Sequence[Row[Any]]) -> list[Any]:
    files = [SimpleNamespace(**row._mapping, **{name: [] for name in _LISTS}) for row in rows]
    if not files:
        return files
    by_id = {file.id: file for file in files}
    for name, (table, order) in _LISTS.items():
        query = select(*table.c).where(table.c.jobseeker_id.in_(by_id)).order_by(table.c[order])
        for entry in session.execute(query):
            getattr(by_id[entry.jobseeker_id], name).append(entry)
    return files


def _filters(query: JobseekerQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.region:
        found.append(_J.region == query.region)
    if query.status:
        found.append(_J.status == query.status)
    else:
        # Not a person of the register any more; still found by the number on old papers.
        asked = func.lower(_J.external_id) == query.text.strip().lower()
        found.append(or_(_J.status != JobseekerStatus.MERGED, asked))
    if query.occupation:
        isco = JobseekerOccupationRow.isco.startswith(query.occupation, autoescape=True)
        found.append(_J.id.in_(select(JobseekerOccupationRow.jobseeker_id).where(isco)))
    if query.language:
        reached = [
            level for level in CefrLevel if not query.level or level.order >= query.level.order
        ]
        spoken = select(JobseekerLanguageRow.jobseeker_id).where(
            JobseekerLanguageRow.language == query.language,
            JobseekerLanguageRow.level.in_(reached),
        )
        found.append(_J.id.in_(spoken))
    return found


def _text_filter(text: str, folded_words: Sequence[str]) -> list[ColumnElement[bool]]:
    """Each word of a name in either script, a personal number, a file number or a phone."""
    plain = text.strip()
    if not plain:
        return []
    ways: list[ColumnElement[bool]] = [_J.external_id.icontains(plain, autoescape=True)]
    if folded_words:
        ways.append(and_(*(_J.name_key.contains(word, autoescape=True) for word in folded_words)))
    digits = "".join(c for c in plain if c.isdecimal())
    if len(digits) >= 4 and not any(c.isalpha() for c in plain):
        # The last four digits are what a masked number still shows.
        ways.append(_J.personal_number.startswith(digits, autoescape=True))
        ways.append(_J.personal_number.endswith(digits, autoescape=True))
        ways.append(_J.phone.contains(digits, autoescape=True))
    return [or_(*ways)]


def block_of_possible_duplicates(
    session: Session,
    *,
    folded_names: Sequence[tuple[str, str]],
    birth_dates: Sequence[date],
    personal_number: str | None,
    phone: str | None,
    but: int | None,
    limit: int = 1000,
) -> list[JobseekerRow]:
    """The few people worth comparing: same number, phone or day of birth, or a similar name.

    `folded_names` are (first name, surname) of each spelling; a surname's first four sounds and a
    first name's first one select, in either order, because forms are often filled in that way.
    """
    ways: list[ColumnElement[bool]] = []
    if personal_number:
        ways.append(_J.personal_number == personal_number)
    if phone:
        ways.append(_J.phone == phone)
    if birth_dates:
        ways.append(_J.birth_date.in_(birth_dates))
    for first, last in folded_names:
        for one, other in ((first, last), (last, first)):
            if len(other) >= 2:
                ways.append(_J.name_key.like(_name_pattern(one, other), escape="/"))
    if not ways:
        return []
    query = select(_J).where(or_(*ways), _J.status != JobseekerStatus.MERGED)
    if but is not None:
        query = query.where(_J.id != but)
    return list(session.scalars(query.order_by(_J.id).limit(limit).options(*WHOLE_FILE)))


def _name_pattern(first: str, last: str) -> str:
    escaped = [
        text.replace("/", "//").replace("%", "/%").replace("_", "/_")
        for text in (last[:4], first[:1])
    ]
    return f"%|{escaped[0]}%,{escaped[1]}%"


ABOUT_A_PERSON = ("jobseeker", "requirement_table", "vacancies_for_person")
"""Entities of events of a person: who opened the file, or looked where the person stands."""


def audit_about(
    session: Session, external_ids: Sequence[str], limit: int
) -> Sequence[Row[AuditEventRow, dict[str, Any], str, str]]:
    """Events of a person's own files, newest first, with the names of who acted."""
    query = (
        select(AuditEventRow, AuditDetailsRow.details, OfficerRow.name_ka, OfficerRow.name_en)
        .outerjoin(AuditDetailsRow, AuditDetailsRow.seq == AuditEventRow.seq)
        .outerjoin(OfficerRow, OfficerRow.id == AuditEventRow.actor_id)
        .where(AuditEventRow.subject.in_(external_ids), AuditEventRow.entity.in_(ABOUT_A_PERSON))
        .order_by(AuditEventRow.seq.desc())
        .limit(limit)
    )
    return session.execute(query).all()


def candidacy_steps(
    session: Session, jobseeker_id: int
) -> Sequence[Row[CandidacyEventRow, str, str, str]]:
    """Steps of all candidacies of a person, newest first, with the vacancy's number."""
    query = (
        select(CandidacyEventRow, VacancyRow.number, OfficerRow.name_ka, OfficerRow.name_en)
        .join(CandidacyRow, CandidacyRow.id == CandidacyEventRow.candidacy_id)
        .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
        .outerjoin(OfficerRow, OfficerRow.id == CandidacyEventRow.happened_by)
        .where(CandidacyRow.jobseeker_id == jobseeker_id)
        .order_by(CandidacyEventRow.happened_at.desc(), CandidacyEventRow.id.desc())
    )
    return session.execute(query).all()


def open_candidacies(session: Session, jobseeker_id: int) -> Sequence[Row[CandidacyRow, str]]:
    """A person's candidacies with the vacancy's number."""
    query = (
        select(CandidacyRow, VacancyRow.number)
        .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
        .where(CandidacyRow.jobseeker_id == jobseeker_id)
        .order_by(CandidacyRow.id)
    )
    return session.execute(query).all()
