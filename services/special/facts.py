"""Facts about health, disability, convictions …: recorded for a purpose, opened for a reason.

What a fact says is encrypted and shown one by one; each opening asks why and stands in the audit
log. A list shows no more than that there is something.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.models import JobseekerMergeRow, JobseekerRow, OfficerRow, SpecialFactRow
from db.session import reading, unit_of_work
from domain.exceptions import FieldProblem, InvalidInput, NotFound, Refused
from domain.records.officer import Officer
from domain.records.special import SpecialFact, SpecialForm
from domain.texts import N_, Sentence
from services import audit, clock
from services.dated_rules import limits_in_force
from services.due_cases import settle_each
from services.permissions import Permission, check_can
from services.written import unwritten

NO_FACT = N_("There is no such fact.")
LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class SpecialRules:
    """One entry of `services/parameters/special_data.yaml`."""

    longest_days: int
    shortest_reason: int


def rules() -> SpecialRules:
    """The rules in force today."""
    return limits_in_force(SpecialRules, "special_data", clock.today())


def list_facts(*, external_id: str, by: Officer) -> tuple[SpecialFact, ...]:
    """That facts are kept about a person, without what they say; the newest first."""
    check_can(by, Permission.SPECIAL_READ)
    with reading() as session:
        person = _person(session, external_id)
        files = (person.id, *_merged_into(session, person.id))
        query = _query().where(SpecialFactRow.jobseeker_id.in_(files))
        found = session.execute(query.order_by(SpecialFactRow.id.desc())).all()
    return tuple(_fact(*line) for line in found)


def record_fact(*, external_id: str, form: SpecialForm, by: Officer) -> SpecialFact:
    """Keep a fact, encrypted, until the day to which the work needs it."""
    check_can(by, Permission.SPECIAL_EDIT)
    _check(form)
    with unit_of_work() as work:
        person = _person(work.session, external_id)
        row = SpecialFactRow(
            jobseeker_id=person.id,
            kind=form.kind,
            basis=form.basis,
            purpose=form.purpose.strip(),
            needed_until=form.needed_until,
            recorded_at=clock.now(),
            recorded_by=by.id,
        )
        work.session.add(row)
        work.session.flush()
        row.content = form.content.strip()
        audit.record(
            work.session,
            action="special_recorded",
            entity="special_fact",
            entity_id=row.id,
            subject=external_id,
            details={"basis": [None, form.basis.value]},
            by=by,
        )
        work.commit()
        return _shown(work.session, row.id)


def _check(form: SpecialForm) -> None:
    problems = unwritten(form, ("purpose", "content"), LONGEST_TEXT)
    latest = clock.today() + timedelta(days=rules().longest_days)
    if not clock.today() <= form.needed_until <= latest:
        told = Sentence(N_("Choose a day from today to {day}."), {"day": latest})
        problems.append(FieldProblem("needed_until", told))
    if problems:
        raise InvalidInput(N_("The fact was not kept yet."), tuple(problems))


def check_can_open(fact: SpecialFact, by: Officer) -> None:
    """Raise unless this officer may open the fact now."""
    check_can(by, Permission.SPECIAL_READ)
    if fact.erased_at is not None:
        raise Refused(N_("What this fact said was erased: only its line stays."))


def open_fact(*, fact_id: int, reason: str, by: Officer) -> str:
    """What the fact says. Each opening, and why, stands in the audit log."""
    check_can(by, Permission.SPECIAL_READ)
    reason = reason.strip()
    if len(reason) < rules().shortest_reason:
        raise InvalidInput(N_("Write for what you need it: it is kept with your name."))
    with unit_of_work() as work:
        fact = _shown(work.session, fact_id)
        check_can_open(fact, by)
        content = work.session.get_one(SpecialFactRow, fact_id).content
        audit.record(
            work.session,
            action="revealed",
            entity="special_fact",
            entity_id=fact_id,
            subject=fact.external_id,
            details={"reason": reason[:LONGEST_TEXT]},
            by=by,
        )
        work.commit()
    return content or ""


def erase_fact(*, fact_id: int, by: Officer) -> SpecialFact:
    """Erase what a fact says because it is not needed any more; its line stays."""
    check_can(by, Permission.SPECIAL_EDIT)
    with unit_of_work() as work:
        check_can_open(_shown(work.session, fact_id), by)
        _erase(work.session, fact_id, by)
        work.commit()
        return _shown(work.session, fact_id)


def erase_overdue_facts() -> int:
    """Erase facts whose last day is over: due work."""
    with reading() as session:
        due = session.scalars(
            select(SpecialFactRow.id).where(
                SpecialFactRow.needed_until < clock.today(), SpecialFactRow.erased_at.is_(None)
            )
        ).all()
    return settle_each("special facts past their day", due, _erase_when_overdue)


def _erase_when_overdue(fact_id: int) -> int:
    """Erase one of them, unless somebody was first."""
    with unit_of_work() as work:
        row = work.session.get_one(SpecialFactRow, fact_id, with_for_update=True)
        if row.erased_at is not None or row.needed_until >= clock.today():
            return 0
        _erase(work.session, fact_id, None)
        work.commit()
        return 1


def _erase(session: Session, fact_id: int, by: Officer | None) -> None:
    row = session.get_one(SpecialFactRow, fact_id, with_for_update=True)
    row.content = None
    row.erased_at, row.erased_by = clock.now(), by.id if by else None
    audit.record(
        session,
        action="special_erased",
        entity="special_fact",
        entity_id=fact_id,
        subject=session.get_one(JobseekerRow, row.jobseeker_id).external_id,
        by=by,
    )


def _person(session: Session, external_id: str) -> JobseekerRow:
    query = select(JobseekerRow).where(JobseekerRow.external_id == external_id)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound(N_("There is no such file."))
    return found


def _merged_into(session: Session, jobseeker_id: int) -> tuple[int, ...]:
    """Files that lead to this one, since somebody was registered twice."""
    query = select(JobseekerMergeRow.merged_id).where(
        JobseekerMergeRow.kept_id == jobseeker_id, JobseekerMergeRow.undone_at.is_(None)
    )
    direct = tuple(session.scalars(query))
    return direct + tuple(found for one in direct for found in _merged_into(session, one))


def _query() -> Select[SpecialFactRow, str, str, str]:
    return (
        select(SpecialFactRow, JobseekerRow.external_id, OfficerRow.name_ka, OfficerRow.name_en)
        .join(JobseekerRow, JobseekerRow.id == SpecialFactRow.jobseeker_id)
        .outerjoin(OfficerRow, OfficerRow.id == SpecialFactRow.recorded_by)
    )


def _shown(session: Session, fact_id: int) -> SpecialFact:
    line = session.execute(_query().where(SpecialFactRow.id == fact_id)).one_or_none()
    if line is None:
        raise NotFound(NO_FACT)
    return _fact(*line)


def _fact(
    row: SpecialFactRow, external_id: str, name_ka: str | None, name_en: str | None
) -> SpecialFact:
    return SpecialFact(
        id=row.id,
        external_id=external_id,
        kind=row.kind,
        basis=row.basis,
        purpose=row.purpose,
        needed_until=row.needed_until,
        recorded_at=row.recorded_at,
        recorded_by_ka=name_ka,
        recorded_by_en=name_en,
        erased_at=row.erased_at,
    )
