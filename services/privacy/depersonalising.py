"""Depersonalising: what says who somebody was goes, what statistics count stays.

All files of one person are done in one unit of work, in which a row of `depersonalisations` is
open: only then may personal columns of records that are never changed be emptied. What stays is
what figures rest on (region, month of birth, occupations, dates, decisions), the audit chain
without its readable details, and the number of the file, which then points to nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import case, delete, null, select, update
from sqlalchemy.orm import Session

from db.models import DepersonalisationRow, JobseekerRow, MessageRow
from db.repositories import jobseekers
from db.session import unit_of_work
from domain.enums import AddresseeKind, MessageStatus
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.records.privacy import DepersonalisedFile
from domain.texts import N_, Sentence, to_json
from services import audit, clock
from services.permissions import Permission, check_can
from services.privacy import leftovers, stored
from services.privacy.obstacles import obstacles_of, united_files
from services.privacy.rules import rules_on
from services.privacy.table_map import Mapped, Person, is_worded, rows_of, table_map
from services.vacancies.publishing import joined

MARK = "—"
BY_REQUEST = "request"
UNSENT = (MessageStatus.WAITING, MessageStatus.SENDING, MessageStatus.KEPT, MessageStatus.FAILED)
STAYS = (
    N_("Number of the file, region and municipality, month of birth, sex, occupations, skills and "
       "languages: statistics count them, and nothing leads from them to a person."),
    N_("Dates and outcomes of candidacies, decisions, stays and returns, without their texts."),
    N_("The audit chain: who did what to this file number and when, without the readable details."),
    N_("Frozen rankings: numbers only; they go when the ranking's own period is over."),
)  # fmt: skip


def depersonalise(
    session: Session,
    jobseeker_id: int,
    *,
    rule: str,
    request_id: int | None = None,
    by: Officer | None,
) -> DepersonalisedFile:
    """Depersonalise a person in the caller's transaction; Refused while the data are needed."""
    if by is not None:
        check_can(by, Permission.PRIVACY_MANAGE)
    jobseekers.lock_register(session)
    row = session.get_one(JobseekerRow, jobseeker_id, with_for_update=True)
    if obstacles := obstacles_of(session, row, but_request=request_id):
        raise Refused(joined(obstacles))
    person = person_of(session, row)
    traces = leftovers.traces_of(session, person)
    tombstone = _open(session, jobseeker_id, rule, request_id, by)
    papers = stored.minutes_naming(session, person)
    _cancel_messages(session, person)
    counts: dict[str, int] = {}
    for mapped in table_map().values():
        if mapped.is_about_a_person and mapped.erase:
            counts[mapped.name] = _erase(session, mapped, person)
    session.expire_all()
    counts["files"] = stored.empty_files(session, person)
    counts["free_text"] = leftovers.cover(session, traces)
    session.expire_all()
    counts["minutes"] = stored.make_minutes_anew(session, papers, by)
    _finish(session, tombstone, person, {name: many for name, many in counts.items() if many}, by)
    return DepersonalisedFile(row.external_id, rule, counts)


def depersonalise_one(
    jobseeker_id: int, *, rule: str, request_id: int | None = None, by: Officer | None
) -> DepersonalisedFile:
    """The same in a unit of work of its own; `by` None is due work."""
    if by is not None:
        check_can(by, Permission.PRIVACY_MANAGE)
    with unit_of_work() as work:
        done = depersonalise(work.session, jobseeker_id, rule=rule, request_id=request_id, by=by)
        work.commit()
        return done


def person_of(session: Session, row: JobseekerRow) -> Person:
    """The file and all that were united with it, one step or more."""
    files = united_files(session, row.id)
    names = select(JobseekerRow.external_id).where(JobseekerRow.id.in_(files))
    return Person(files, tuple(sorted(session.scalars(names))))


def _open(
    session: Session, jobseeker_id: int, rule: str, request_id: int | None, by: Officer | None
) -> DepersonalisationRow:
    row = DepersonalisationRow(
        jobseeker_id=jobseeker_id,
        rule=rule,
        rules_version=str(rules_on(clock.today()).valid_from),
        request_id=request_id,
        counts={},
        kept=[to_json(Sentence(text)) for text in STAYS],
        done_at=clock.now(),
        done_by=by.id if by else None,
        opening=0,
    )
    session.add(row)
    session.flush()
    return row


def _finish(
    session: Session,
    tombstone: DepersonalisationRow,
    person: Person,
    counts: Mapping[str, int],
    by: Officer | None,
) -> None:
    tombstone.counts, tombstone.opening = dict(counts), None
    session.execute(
        update(JobseekerRow)
        .where(JobseekerRow.id.in_(person.ids))
        .values(depersonalised_at=clock.now(), version=JobseekerRow.version + 1)
        .execution_options(synchronize_session=False)
    )
    session.flush()
    session.expire_all()
    wanted = select(JobseekerRow.id, JobseekerRow.external_id)
    rows = session.execute(wanted.where(JobseekerRow.id.in_(person.ids))).all()
    names: dict[int, str] = {row.id: row.external_id for row in rows}
    seq_of = {}
    for id_ in person.ids:
        seq_of[id_] = audit.record(
            session,
            action="depersonalised",
            entity="jobseeker",
            entity_id=id_,
            subject=names[id_],
            details={"rule": tombstone.rule},
            by=by,
        )
    jobseekers.note_change(session, seq_of)


def _cancel_messages(session: Session, person: Person) -> None:
    """What was not sent yet is told to nobody any more."""
    session.execute(
        update(MessageRow)
        .where(
            MessageRow.recipient_kind == AddresseeKind.JOBSEEKER,
            MessageRow.recipient_id.in_(person.ids),
            MessageRow.status.in_(UNSENT),
        )
        .values(status=MessageStatus.CANCELLED, cancelled_at=clock.now(), next_try_at=None)
        .execution_options(synchronize_session=False)
    )


def _erase(session: Session, mapped: Mapped, person: Person) -> int:
    """Empty the personal columns of the person's rows of a table; how many rows."""
    table, where = mapped.table, rows_of(mapped.name, person)
    if "rows" in mapped.erase.values():
        return int(session.execute(delete(table).where(where)).rowcount)  # type: ignore[attr-defined]
    values: dict[str, Any] = {}
    for column, action in mapped.erase.items():
        if action == "month":
            _to_month(session, person)
        elif action != "file":
            values[column] = _emptied(mapped, column, action)
    if not values:
        return 0
    done = session.execute(update(table).where(where).values(values))
    return int(done.rowcount)  # type: ignore[attr-defined]


def _emptied(mapped: Mapped, column: str, action: str) -> Any:
    own = mapped.table.c[column]
    if action == "mark" and is_worded(mapped.table, column):
        return case((own.is_not(None), MARK), else_=None)
    if action == "none":
        return {}
    return null()


def _to_month(session: Session, person: Person) -> None:
    """A birth date becomes the first day of its month: age groups stay, the day goes."""
    born = select(JobseekerRow.id, JobseekerRow.birth_date).where(
        JobseekerRow.id.in_(person.ids), JobseekerRow.birth_date.is_not(None)
    )
    for id_, day in session.execute(born).all():
        assert day is not None
        change = update(JobseekerRow).where(JobseekerRow.id == id_)
        session.execute(
            change.values(birth_date=day.replace(day=1)).execution_options(
                synchronize_session=False
            )
        )
