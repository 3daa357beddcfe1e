"""Reading cases: everybody in monitoring sees number, category, urgency and state; only monitoring
officers read what was told, and every such reading is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased

from db.models import (
    CaseEventRow,
    CaseFileRow,
    CaseNoteRow,
    CaseReferralRow,
    CaseRemedyRow,
    CaseWordsRow,
    CheckInWordsRow,
    DeploymentRow,
    EmployerRow,
    JobseekerRow,
    MonitoringCaseRow,
    OfficerRow,
    PromiseComparisonRow,
    StoredFileRow,
)
from db.session import reading
from domain.enums import CaseStatus, CaseUrgency, FileFormat, PromiseTerm
from domain.exceptions import NotFound
from domain.records.monitoring import (
    CaseEvent,
    CasePhoto,
    CaseRecord,
    CaseReferral,
    CaseRemedy,
    CaseSummary,
    PromiseComparison,
)
from domain.records.officer import Officer
from domain.texts import N_, from_json
from services import once_a_day
from services.audit import Happening
from services.official_documents.files import content_of
from services.permissions import Permission, can, check_can

NO_CASE = N_("There is no such case.")
PICTURES = frozenset({FileFormat.JPG, FileFormat.PNG})
URGENCIES = list(CaseUrgency)
TERMS = list(PromiseTerm)


def list_cases(
    *,
    open_only: bool = False,
    employer_id: int | None = None,
    deployment_id: int | None = None,
    by: Officer,
) -> tuple[CaseSummary, ...]:
    """Cases, the open ones by urgency and clock first, then the closed ones by day."""
    check_can(by, Permission.MONITORING_READ)
    with reading() as session:
        query = _query()
        if open_only:
            query = query.where(MonitoringCaseRow.status != CaseStatus.CLOSED)
        if employer_id is not None:
            query = query.where(MonitoringCaseRow.employer_id == employer_id)
        if deployment_id is not None:
            query = query.where(MonitoringCaseRow.deployment_id == deployment_id)
            if not can(by, Permission.CASES_HANDLE):
                query = query.where(MonitoringCaseRow.is_anonymous.is_(False))
        found = [_shown_to(_summary(*line), by) for line in session.execute(query)]
    return tuple(sorted(found, key=_order))


def _shown_to(case: CaseSummary, by: Officer) -> CaseSummary:
    """Whose stay an anonymous complaint is about, only monitoring officers read."""
    if not case.is_anonymous or can(by, Permission.CASES_HANDLE):
        return case
    return replace(case, deployment_id=None, deployment=None)


def _order(case: CaseSummary) -> tuple[bool, bool, int, float]:
    is_closed = case.status is CaseStatus.CLOSED
    moment = -case.opened_at.timestamp() if is_closed else case.act_until.timestamp()
    return is_closed, case.started_at is not None, URGENCIES.index(case.urgency), moment


def summaries(session: Session, ids: Sequence[int]) -> tuple[CaseSummary, ...]:
    """These cases, for use cases that read within their own step."""
    query = _query().where(MonitoringCaseRow.id.in_(ids))
    return tuple(_summary(*line) for line in session.execute(query))


def get_case(*, number: str, by: Officer) -> CaseRecord:
    """The case; its text, notes and photos only for monitoring officers, and that is recorded."""
    check_can(by, Permission.MONITORING_READ)
    may_read = can(by, Permission.CASES_HANDLE)
    with reading() as session:
        record = _case(session, number, may_read=may_read)
    record = replace(record, summary=_shown_to(record.summary, by))
    if may_read:
        once_a_day.log_once_a_day(
            ("case", number),
            Happening(
                "read_case",
                "monitoring_case",
                record.summary.id,
                subject=None if record.summary.is_anonymous else record.external_id,
            ),
            by=by,
        )
    return record


def get_photo(*, photo_id: int, by: Officer) -> bytes:
    """The content of a photo or paper; for monitoring officers, and recorded."""
    check_can(by, Permission.CASES_HANDLE)
    with reading() as session:
        row = session.get(CaseFileRow, photo_id)
        if row is None:
            raise NotFound(N_("There is no such photo."))
        content = content_of(session, row.sha256)
    once_a_day.log_once_a_day(
        ("photo", photo_id), Happening("saw_photo", "monitoring_case", row.case_id), by=by
    )
    return content


def _query() -> Select[MonitoringCaseRow, str, str, str, str]:
    owner = aliased(OfficerRow)
    return (
        select(
            MonitoringCaseRow,
            DeploymentRow.number,
            EmployerRow.name,
            owner.name_ka,
            owner.name_en,
        )
        .outerjoin(DeploymentRow, DeploymentRow.id == MonitoringCaseRow.deployment_id)
        .outerjoin(EmployerRow, EmployerRow.id == MonitoringCaseRow.employer_id)
        .outerjoin(owner, owner.id == MonitoringCaseRow.owner_id)
    )


def _summary(
    row: MonitoringCaseRow,
    deployment: str | None,
    employer: str | None,
    owner_ka: str | None,
    owner_en: str | None,
) -> CaseSummary:
    return CaseSummary(
        id=row.id,
        number=row.number,
        channel=row.channel,
        category=row.category,
        urgency=row.urgency,
        status=row.status,
        is_anonymous=row.is_anonymous,
        deployment_id=row.deployment_id,
        deployment=deployment,
        employer_id=row.employer_id,
        employer=employer,
        country=row.country,
        owner_id=row.owner_id,
        owner_ka=owner_ka,
        owner_en=owner_en,
        opened_at=row.opened_at,
        act_until=row.act_until,
        started_at=row.started_at,
        escalated_at=row.escalated_at,
        closed_at=row.closed_at,
        outcome=row.outcome,
        version=row.version,
    )


def _case(session: Session, number: str, *, may_read: bool) -> CaseRecord:
    line = session.execute(_query().where(MonitoringCaseRow.number == number)).one_or_none()
    if line is None:
        raise NotFound(NO_CASE)
    row: MonitoringCaseRow = line[0]
    person, stay = _person(session, row)
    words = session.get(CaseWordsRow, row.id) if may_read else None
    return CaseRecord(
        summary=_summary(*line),
        may_read=may_read,
        text=_told(session, row, words) if may_read else None,
        complainant_name=words.complainant_name if words else None,
        complainant_contact=words.complainant_contact if words else None,
        jobseeker_id=person.id if person and may_read else None,
        external_id=person.external_id if person and may_read else None,
        check_in_id=row.check_in_id,
        comparisons=comparisons_of(session, row.check_in_id) if may_read else (),
        events=_events(session, row, may_read=may_read),
        referrals=_referrals(session, row, may_read=may_read),
        remedies=_remedies(session, row),
        photos=_photos(session, row) if may_read else (),
        satisfaction=row.satisfaction,
        deployment_status=(
            stay.status.value if stay and (may_read or not row.is_anonymous) else None
        ),
    )


def _person(
    session: Session, row: MonitoringCaseRow
) -> tuple[JobseekerRow | None, DeploymentRow | None]:
    if row.deployment_id is None:
        return None, None
    stay = session.get_one(DeploymentRow, row.deployment_id)
    return session.get_one(JobseekerRow, stay.jobseeker_id), stay


def _told(session: Session, row: MonitoringCaseRow, words: CaseWordsRow | None) -> str | None:
    by_worker = session.get(CheckInWordsRow, row.check_in_id) if row.check_in_id else None
    if by_worker is not None:
        return by_worker.told
    return words.text if words else None


def comparisons_of(session: Session, check_in_id: int | None) -> tuple[PromiseComparison, ...]:
    """The lines of the ledger of one check-in, in the order of the terms."""
    if check_in_id is None:
        return ()
    query = select(PromiseComparisonRow).where(PromiseComparisonRow.check_in_id == check_in_id)
    found = [comparison(row) for row in session.scalars(query)]
    return tuple(sorted(found, key=lambda one: TERMS.index(one.term)))


def comparison(row: PromiseComparisonRow) -> PromiseComparison:
    """A line of the ledger as a record."""
    return PromiseComparison(
        row.term,
        row.verdict,
        from_json(row.sentence),
        row.promised,
        row.told,
        row.currency,
        row.urgency,
    )


def _events(session: Session, row: MonitoringCaseRow, *, may_read: bool) -> tuple[CaseEvent, ...]:
    query = (
        select(CaseEventRow, OfficerRow.name_ka, OfficerRow.name_en, CaseNoteRow)
        .outerjoin(CaseNoteRow, CaseNoteRow.event_id == CaseEventRow.id)
        .outerjoin(OfficerRow, OfficerRow.id == CaseEventRow.happened_by)
        .where(CaseEventRow.case_id == row.id)
        .order_by(CaseEventRow.id.desc())
    )
    return tuple(
        CaseEvent(
            event.step,
            event.happened_at,
            name_ka,
            name_en,
            written.note if may_read and written else None,
            from_json(event.details) if event.details else None,
        )
        for event, name_ka, name_en, written in session.execute(query)
    )


def _referrals(
    session: Session, row: MonitoringCaseRow, *, may_read: bool
) -> tuple[CaseReferral, ...]:
    query = select(CaseReferralRow).where(CaseReferralRow.case_id == row.id)
    return tuple(
        CaseReferral(
            one.id,
            one.kind,
            one.authority,
            one.reference,
            one.referred_at,
            one.reply if may_read else None,
            one.replied_at,
        )
        for one in session.scalars(query.order_by(CaseReferralRow.id))
    )


def _remedies(session: Session, row: MonitoringCaseRow) -> tuple[CaseRemedy, ...]:
    query = select(CaseRemedyRow).where(CaseRemedyRow.case_id == row.id)
    return tuple(
        CaseRemedy(one.amount, one.currency, one.received_on)
        for one in session.scalars(query.order_by(CaseRemedyRow.id))
    )


def _photos(session: Session, row: MonitoringCaseRow) -> tuple[CasePhoto, ...]:
    of_case = CaseFileRow.case_id == row.id
    where = (
        of_case
        if row.check_in_id is None
        else or_(of_case, CaseFileRow.check_in_id == row.check_in_id)
    )
    query = (
        select(CaseFileRow, StoredFileRow.format)
        .join(StoredFileRow, StoredFileRow.sha256 == CaseFileRow.sha256)
        .where(where)
        .order_by(CaseFileRow.id)
    )
    return tuple(
        CasePhoto(file.id, file.name, form in PICTURES) for file, form in session.execute(query)
    )
