"""Retention: whose period is over, what keeps data although it is, and the job that acts on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func, or_, select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyEventRow,
    CandidacyRow,
    DepersonalisationRow,
    JobseekerRow,
    LegalHoldRow,
    OfficerRow,
    PrivacyRequestRow,
)
from db.repositories import jobseekers
from db.session import engine, reading, unit_of_work
from domain.enums import JobseekerStatus
from domain.exceptions import FieldProblem, InvalidInput, NotFound, Refused
from domain.records.officer import Officer
from domain.records.privacy import DueFile, LegalHold, RetentionPreview, Tombstone
from domain.texts import N_, Sentence, from_json
from domain.values import months_after
from services import audit, clock
from services.due_cases import settle_each
from services.permissions import Permission, check_can
from services.privacy.depersonalising import depersonalise_one
from services.privacy.obstacles import ENDED_FILES, last_stay, obstacles_of
from services.privacy.rules import rules_on

INACTIVE, AFTER_STAY = "inactive", "after_stay"
OPEN_FILES = (JobseekerStatus.ACTIVE, JobseekerStatus.SUSPENDED, JobseekerStatus.PLACED)
SHOWN = 200
_nobody_on: WeakKeyDictionary[Engine, date] = WeakKeyDictionary()


def preview(*, by: Officer) -> RetentionPreview:
    """What the next runs would depersonalise, and what is kept and why; changes nothing."""
    check_can(by, Permission.PRIVACY_READ)
    rules, today = rules_on(clock.today()), clock.today()
    with reading() as session:
        due: list[DueFile] = []
        kept: list[DueFile] = []
        for row, last in _over(session, ENDED_FILES):
            obstacles = obstacles_of(session, row)
            one = DueFile(row.external_id, _rule(session, row.id), last, obstacles)
            (kept if obstacles else due).append(one)
        silent = len(_over(session, OPEN_FILES))
    return RetentionPreview(
        tuple(due),
        tuple(kept),
        silent,
        months_after(today, -rules.inactive_months),
        months_after(today, -rules.after_stay_months),
    )


def _over(session: Session, statuses: Sequence[JobseekerStatus]) -> list[tuple[JobseekerRow, date]]:
    """Files without any change or step for the whole period, the longest silent first."""
    j, e = JobseekerRow, CandidacyEventRow
    before = clock.beginning(months_after(clock.today(), -rules_on(clock.today()).inactive_months))
    steps = (
        select(CandidacyRow.jobseeker_id, func.max(e.happened_at).label("last"))
        .join(e, e.candidacy_id == CandidacyRow.id)
        .group_by(CandidacyRow.jobseeker_id)
        .subquery()
    )
    query = (
        select(j, steps.c.last)
        .outerjoin(steps, steps.c.jobseeker_id == j.id)
        .where(
            j.depersonalised_at.is_(None),
            j.status.in_(statuses),
            j.updated_at < before,
            or_(steps.c.last.is_(None), steps.c.last < before),
        )
        .order_by(j.updated_at, j.id)
    )
    return [
        (row, clock.day_of(max(row.updated_at, last or row.updated_at)))
        for row, last in session.execute(query)
    ]


def _rule(session: Session, jobseeker_id: int) -> str:
    return INACTIVE if last_stay(session, jobseeker_id) is None else AFTER_STAY


def depersonalise_due() -> int:
    """Due work: depersonalise some of those whose period is over; how many.

    A process that found nobody looks again on the next day.
    """
    if _nobody_on.get(engine()) == clock.today():
        return 0
    with reading() as session:
        waiting = [
            row.id for row, _ in _over(session, ENDED_FILES) if not obstacles_of(session, row)
        ][: rules_on(clock.today()).most_a_run]
        rule_of = {id_: _rule(session, id_) for id_ in waiting}
    if not waiting:
        _nobody_on[engine()] = clock.today()
    return settle_each("depersonalisation", waiting, lambda id_: _settle(id_, rule_of[id_]))


def _settle(jobseeker_id: int, rule: str) -> int:
    depersonalise_one(jobseeker_id, rule=rule, by=None)
    return 1


def list_tombstones(*, by: Officer) -> tuple[Tombstone, ...]:
    """The register of what was depersonalised, newest first."""
    check_can(by, Permission.PRIVACY_READ)
    d = DepersonalisationRow
    query = (
        select(d, JobseekerRow.external_id, OfficerRow, PrivacyRequestRow.number)
        .join(JobseekerRow, JobseekerRow.id == d.jobseeker_id)
        .outerjoin(OfficerRow, OfficerRow.id == d.done_by)
        .outerjoin(PrivacyRequestRow, PrivacyRequestRow.id == d.request_id)
        .order_by(d.id.desc())
        .limit(SHOWN)
    )
    with reading() as session:
        return tuple(
            Tombstone(
                id=row.id,
                external_id=external_id,
                rule=row.rule,
                request=number,
                rules_version=row.rules_version,
                done_at=row.done_at,
                by_ka=officer.name_ka if officer else None,
                by_en=officer.name_en if officer else None,
                counts=row.counts,
                kept=tuple(from_json(one) for one in row.kept),
            )
            for row, external_id, officer, number in session.execute(query)
        )


def list_holds(*, by: Officer) -> tuple[LegalHold, ...]:
    """Legal holds, those in force first."""
    check_can(by, Permission.PRIVACY_READ)
    h = LegalHoldRow
    query = (
        select(h, JobseekerRow.external_id, OfficerRow)
        .join(JobseekerRow, JobseekerRow.id == h.jobseeker_id)
        .outerjoin(OfficerRow, OfficerRow.id == h.held_by)
        .order_by(h.ended_at.is_not(None), h.id.desc())
        .limit(SHOWN)
    )
    with reading() as session:
        return tuple(
            LegalHold(
                row.id,
                external_id,
                row.reason,
                row.held_at,
                officer.name_ka if officer else None,
                officer.name_en if officer else None,
                row.ended_at,
                row.end_reason,
            )
            for row, external_id, officer in session.execute(query)
        )


def place_hold(*, external_id: str, reason: str, by: Officer) -> None:
    """Keep a person's data as they are, whatever period ends: a court, an inspection, a claim."""
    check_can(by, Permission.PRIVACY_MANAGE)
    _check_reason(reason)
    with unit_of_work() as work:
        session = work.session
        jobseekers.lock_register(session)
        row = jobseekers.find_jobseeker(session, external_id.strip(), to_change=True)
        if row is None or row.depersonalised_at is not None:
            raise NotFound(N_("There is no file with this number."))
        if _open_hold(session, row.id) is not None:
            raise Refused(N_("These data are held already."))
        hold = LegalHoldRow(
            jobseeker_id=row.id, reason=reason.strip(), held_at=clock.now(), held_by=by.id
        )
        session.add(hold)
        session.flush()
        _audit(session, "data_held", hold, row.external_id, by)
        work.commit()


def lift_hold(*, hold_id: int, reason: str, by: Officer) -> None:
    """End a legal hold: the periods count again."""
    check_can(by, Permission.PRIVACY_MANAGE)
    _check_reason(reason)
    with unit_of_work() as work:
        session = work.session
        hold = session.get(LegalHoldRow, hold_id, with_for_update=True)
        if hold is None:
            raise NotFound(N_("There is no such hold."))
        if hold.ended_at is not None:
            raise Refused(N_("This hold was lifted already."))
        hold.ended_at, hold.ended_by, hold.end_reason = clock.now(), by.id, reason.strip()
        session.flush()
        person = session.get_one(JobseekerRow, hold.jobseeker_id)
        _audit(session, "hold_lifted", hold, person.external_id, by)
        work.commit()


def _open_hold(session: Session, jobseeker_id: int) -> LegalHoldRow | None:
    query = select(LegalHoldRow).where(
        LegalHoldRow.jobseeker_id == jobseeker_id, LegalHoldRow.ended_at.is_(None)
    )
    return session.scalars(query).one_or_none()


def _check_reason(reason: str) -> None:
    if not reason.strip():
        text = N_("A reason is needed: it is kept with the hold.")
        raise InvalidInput(text, (FieldProblem("reason", Sentence(text)),))


def _audit(
    session: Session, action: str, hold: LegalHoldRow, external_id: str, by: Officer
) -> None:
    audit.record(
        session, action=action, entity="legal_hold", entity_id=hold.id, subject=external_id, by=by
    )
