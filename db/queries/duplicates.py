"""Who may be registered twice: the register as it is compared, the pairs found, and merges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.models import (
    CandidacyEventRow,
    CandidacyRow,
    DuplicatePairRow,
    DuplicateSearchRow,
    JobseekerMergeRow,
    JobseekerRow,
    NotDuplicateRow,
    OfficerRow,
    VacancyRow,
)
from domain.enums import DuplicateStatus, JobseekerStatus
from domain.records.duplicates import DuplicateQuery

_J, _P = JobseekerRow, DuplicatePairRow
_MERGED = JobseekerStatus.MERGED
Compared = tuple[
    int, str | None, str | None, str | None, str | None, date | None, str | None, str | None, int
]


def everybody(session: Session) -> Iterator[Compared]:
    """(id, names in Georgian, names in Latin, birth date, number, phone, last change) of all."""
    query = select(
        _J.id,
        _J.first_name_ka,
        _J.last_name_ka,
        _J.first_name_lat,
        _J.last_name_lat,
        _J.birth_date,
        _J.personal_number,
        _J.phone,
        _J.changed_seq,
    ).where(_J.status != _MERGED)
    for row in session.execute(query.order_by(_J.id).execution_options(yield_per=5000)):
        yield tuple(row)  # type: ignore[misc]


def stored_pairs(session: Session) -> dict[tuple[int, int], DuplicatePairRow]:
    """All pairs by their ids."""
    return {(pair.first_id, pair.second_id): pair for pair in session.scalars(select(_P))}


def page_of_pairs(
    session: Session, query: DuplicateQuery, folded_words: Sequence[str]
) -> tuple[list[DuplicatePairRow], int]:
    """The pairs of one page, most certain first, and the total."""
    one, other = aliased(_J), aliased(_J)
    selected = (
        _joined(one, other)
        .where(*_of_status(query.status, one, other))
        .where(*_text_filter(query.text, folded_words, one, other))
    )
    if query.region:
        selected = selected.where(or_(one.region == query.region, other.region == query.region))
    total = session.scalar(select(func.count()).select_from(selected.subquery())) or 0
    page = selected.order_by(_P.score.desc(), _P.id).limit(query.limit).offset(query.offset)
    ids = [row[0] for row in session.execute(page)]
    rows = {row.id: row for row in session.scalars(select(_P).where(_P.id.in_(ids)))}
    return [rows[pair] for pair in ids], total


def count_open_pairs(session: Session) -> int:
    """Pairs that wait for an officer."""
    one, other = aliased(_J), aliased(_J)
    selected = _joined(one, other).where(*_of_status(DuplicateStatus.OPEN, one, other))
    return session.scalar(select(func.count()).select_from(selected.subquery())) or 0


def _joined(one: Any, other: Any) -> Select[int]:
    return (
        select(_P.id)
        .join(one, one.id == _P.first_id)
        .join(other, other.id == _P.second_id)
        .outerjoin(
            NotDuplicateRow,
            and_(
                NotDuplicateRow.first_id == _P.first_id, NotDuplicateRow.second_id == _P.second_id
            ),
        )
    )


def _of_status(status: DuplicateStatus, one: Any, other: Any) -> list[ColumnElement[bool]]:
    if status is DuplicateStatus.MERGED:
        # Of a pair that is one file now; one that was merged elsewhere is nobody's work any more.
        merged = select(JobseekerMergeRow.id).where(
            JobseekerMergeRow.undone_at.is_(None),
            or_(
                and_(JobseekerMergeRow.kept_id == one.id, JobseekerMergeRow.merged_id == other.id),
                and_(JobseekerMergeRow.kept_id == other.id, JobseekerMergeRow.merged_id == one.id),
            ),
        )
        return [merged.exists()]
    both = [one.status != _MERGED, other.status != _MERGED]
    judged = NotDuplicateRow.id
    if status is DuplicateStatus.OPEN:
        return [*both, judged.is_(None)]
    return [*both, judged.is_not(None)]


def _text_filter(
    text: str, folded_words: Sequence[str], one: Any, other: Any
) -> list[ColumnElement[bool]]:
    plain = text.strip()
    if not plain:
        return []
    ways: list[ColumnElement[bool]] = []
    for file in (one, other):
        ways.append(file.external_id.icontains(plain, autoescape=True))
        if folded_words:
            ways.append(
                and_(*(file.name_key.contains(word, autoescape=True) for word in folded_words))
            )
    return [or_(*ways)]


def latest_search(session: Session, *, finished: bool = False) -> DuplicateSearchRow | None:
    """The latest search; `finished`: the latest that came to its end."""
    query = select(DuplicateSearchRow).order_by(DuplicateSearchRow.id.desc()).limit(1)
    if finished:
        query = query.where(DuplicateSearchRow.finished_at.is_not(None))
    return session.scalars(query).one_or_none()


def count_changed_since(session: Session, seq: int) -> int:
    """Files that were opened or changed after an event."""
    query = select(func.count()).where(_J.changed_seq > seq, _J.status != _MERGED)
    return session.scalar(query) or 0


def candidacies_of(
    session: Session, jobseeker_id: int
) -> Sequence[Row[CandidacyRow, str, str, str | None]]:
    """A file's candidacies with the vacancy's number and titles."""
    query = (
        select(CandidacyRow, VacancyRow.number, VacancyRow.title, VacancyRow.title_ka)
        .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
        .where(CandidacyRow.jobseeker_id == jobseeker_id)
        .order_by(CandidacyRow.id)
    )
    return session.execute(query).all()


def vacancies_moved_since(
    session: Session, candidacies: Sequence[int], last_event: int
) -> list[str]:
    """Numbers of the vacancies where one of these candidacies took a step after an event."""
    query = (
        select(VacancyRow.number)
        .join(CandidacyRow, CandidacyRow.vacancy_id == VacancyRow.id)
        .join(CandidacyEventRow, CandidacyEventRow.candidacy_id == CandidacyRow.id)
        .where(CandidacyRow.id.in_(candidacies), CandidacyEventRow.id > last_event)
        .distinct()
        .order_by(VacancyRow.number)
    )
    return list(session.scalars(query))


def last_candidacy_event(session: Session) -> int:
    """The id of the newest step of any candidacy; 0 before the first."""
    return session.scalar(select(func.max(CandidacyEventRow.id))) or 0


def merges_of(
    session: Session, jobseeker_id: int
) -> Sequence[Row[JobseekerMergeRow, str, str, str, str]]:
    """(merge, kept and merged external id, who) in force for a file, newest first."""
    kept, merged = aliased(_J), aliased(_J)
    m = JobseekerMergeRow
    query = (
        select(m, kept.external_id, merged.external_id, OfficerRow.name_ka, OfficerRow.name_en)
        .join(kept, kept.id == m.kept_id)
        .join(merged, merged.id == m.merged_id)
        .outerjoin(OfficerRow, OfficerRow.id == m.merged_by)
        .where(m.undone_at.is_(None), or_(m.kept_id == jobseeker_id, m.merged_id == jobseeker_id))
        .order_by(m.id.desc())
    )
    return session.execute(query).all()


def merged_files(session: Session, jobseeker_id: int) -> list[str]:
    """External ids of the files merged into this one, and into those, and so on."""
    found: list[str] = []
    into = [jobseeker_id]
    while into:
        query = (
            select(_J.id, _J.external_id)
            .join(JobseekerMergeRow, JobseekerMergeRow.merged_id == _J.id)
            .where(JobseekerMergeRow.kept_id.in_(into), JobseekerMergeRow.undone_at.is_(None))
        )
        rows = session.execute(query).all()
        found += [row[1] for row in rows]
        into = [row[0] for row in rows]
    return found


def kept_files(session: Session, external_ids: Sequence[str]) -> dict[str, str]:
    """External id of a merged file → of the file that it leads to now."""
    kept, merged = aliased(_J), aliased(_J)
    m = JobseekerMergeRow
    query = (
        select(merged.external_id, kept.external_id)
        .join(m, m.merged_id == merged.id)
        .join(kept, kept.id == m.kept_id)
        .where(m.undone_at.is_(None))
    )
    found: dict[str, str] = {}
    for start in range(0, len(external_ids), 500):
        part = external_ids[start : start + 500]
        found |= {
            row[0]: row[1] for row in session.execute(query.where(merged.external_id.in_(part)))
        }
    if further := kept_files(session, sorted(set(found.values()))) if found else {}:
        found = {file: further.get(leads_to, leads_to) for file, leads_to in found.items()}
    return found
