"""Publishing a session's decisions without people, withdrawing them, and reading them as anybody.

What is published is frozen: its text and files stay. A corrected one is a new edition.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import (
    CommissionSessionRow,
    JobseekerRow,
    OfficialDocumentRow,
    PublishedExtractFileRow,
    PublishedExtractRow,
)
from db.repositories.sessions import list_candidates
from db.session import reading, unit_of_work
from documents.extract import extract_paper, heads, rows
from documents.pdf import to_pdf
from documents.speech import Speech
from domain.enums import (
    FileFormat,
    OfficialDocumentKind,
    OfficialDocumentStatus,
    SeatRole,
    SessionStatus,
)
from domain.exceptions import InvalidInput, NotFound, PermissionDenied, Refused
from domain.records.extracts import (
    Extract,
    ExtractSummary,
    PublishedExtract,
    SessionExtract,
)
from domain.records.minutes import PaperFileName
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock, texts
from services.commission.dossiers.hiding import hide_people
from services.commission.sessions.sitting import Sitting, get_sitting
from services.dated_rules import in_force, stored_rules
from services.exports import to_csv
from services.official_documents.canonical import record_sha256
from services.official_documents.codes import code_of, written
from services.official_documents.extract_record import from_content, make_extract, to_content
from services.official_documents.files import MadeFile, content_of, keep
from services.official_documents.minutes import LANGUAGES, foot
from services.permissions import Permission, can, check_can
from services.refusals import refusal
from services.statistics.dashboard import rules_on as counting_on

NOT_PUBLISHED = N_("Nothing is published of a session with this number.")


def publish_extract(*, number: str, by: Officer) -> SessionExtract:
    """Publish what anybody may know of a closed session's decisions."""
    check_can(by, Permission.SESSIONS_READ)
    with unit_of_work() as work:
        sitting = get_sitting(work.session, number, lock=True)
        newest = _newest(work.session, sitting.row.id)
        check_can_publish(work.session, sitting, newest, by)
        edition = newest.edition + 1 if newest else 1
        least = counting_on(clock.today()).small_number_below
        extract = make_extract(work.session, sitting, edition, least)
        row = PublishedExtractRow(
            session_id=sitting.row.id,
            edition=edition,
            content=to_content(extract),
            code=code_of(record_sha256(extract)),
            published_at=clock.now(),
            published_by=by.id,
        )
        work.session.add(row)
        work.session.flush()
        for file in made_files(extract, row.code):
            name = file_name(extract, file.language, file.format)
            work.session.add(
                PublishedExtractFileRow(
                    extract_id=row.id,
                    language=file.language,
                    format=file.format,
                    sha256=keep(work.session, file, name, by),
                )
            )
        work.session.flush()
        audit.record(
            work.session,
            action="published_extract",
            entity="commission_session",
            entity_id=number,
            details={"edition": edition, "code": row.code},
            by=by,
        )
        work.commit()
        return _sheet(work.session, sitting, row, by)


def withdraw_extract(*, number: str, reason: str, by: Officer) -> SessionExtract:
    """Take the published extract back; the reason is published in its place."""
    check_can(by, Permission.SESSIONS_READ)
    with unit_of_work() as work:
        sitting = get_sitting(work.session, number, lock=True)
        newest = _newest(work.session, sitting.row.id)
        check_can_withdraw(sitting, newest, by)
        assert newest is not None
        text = " ".join((reason or "").split())
        if len(text) < _rules()["withdrawal_reason_letters"]:
            raise InvalidInput(N_("Write in a sentence why it is withdrawn: the public reads it."))
        newest.withdrawn_at, newest.withdrawn_by = clock.now(), by.id
        newest.withdrawal_reason = hide_people(text, _people_of(work.session, sitting))
        audit.record(
            work.session,
            action="withdrew_extract",
            entity="commission_session",
            entity_id=number,
            details={"edition": newest.edition, "reason": newest.withdrawal_reason},
            by=by,
        )
        work.commit()
        return _sheet(work.session, sitting, newest, by)


def _people_of(session: Session, sitting: Sitting) -> list[JobseekerRow]:
    items = (list_candidates(session, item.shortlist.id) for item in sitting.items)
    return [person for rows in items for _, _, person in rows]


def get_session_extract(*, number: str, by: Officer) -> SessionExtract:
    """What is published of a session, for its screen."""
    check_can(by, Permission.SESSIONS_READ)
    with reading() as session:
        sitting = get_sitting(session, number)
        return _sheet(session, sitting, _newest(session, sitting.row.id), by)


def list_extracts() -> tuple[ExtractSummary, ...]:
    """The newest edition of every session's extract, the latest session first. Open to anybody."""
    newest = (
        select(PublishedExtractRow.session_id, func.max(PublishedExtractRow.edition).label("last"))
        .group_by(PublishedExtractRow.session_id)
        .subquery()
    )
    query = (
        select(PublishedExtractRow, CommissionSessionRow)
        .join(CommissionSessionRow, CommissionSessionRow.id == PublishedExtractRow.session_id)
        .join(
            newest,
            (newest.c.session_id == PublishedExtractRow.session_id)
            & (newest.c.last == PublishedExtractRow.edition),
        )
        .order_by(CommissionSessionRow.opened_at.desc(), CommissionSessionRow.id.desc())
    )
    with reading() as session:
        return tuple(
            ExtractSummary(
                held.number,
                clock.day_of(held.opened_at or held.planned_at),
                clock.day_of(extract.published_at),
                clock.day_of(extract.withdrawn_at) if extract.withdrawn_at else None,
            )
            for extract, held in session.execute(query)
        )


def read_extract(number: str) -> PublishedExtract:
    """What is published of a session; also a withdrawn one, which says so. Open to anybody."""
    with reading() as session:
        return _published(_public_row(session, number))


def read_extract_file(number: str, language: str, form: FileFormat) -> bytes:
    """A file of the published extract; NotFound once it is withdrawn. Open to anybody."""
    with reading() as session:
        row = _public_row(session, number)
        if row.withdrawn_at is not None:
            raise NotFound(N_("This extract was withdrawn; its files are not handed out any more."))
        file = session.get(PublishedExtractFileRow, (row.id, language, form))
        if file is None:
            raise NotFound(NOT_PUBLISHED)
        return content_of(session, file.sha256)


def made_files(extract: Extract, code: str) -> tuple[MadeFile, ...]:
    """Georgian and English, PDF and CSV: always the same bytes for the same extract."""
    files = []
    for language in LANGUAGES:
        say = Speech(language, texts.show)
        pdf = to_pdf(extract_paper(extract, say, foot(code, language)))
        files.append(MadeFile(language, FileFormat.PDF, pdf))
        files.append(MadeFile(language, FileFormat.CSV, to_csv(heads(say), rows(extract, say))))
    return tuple(files)


def file_name(extract: Extract, language: str, form: FileFormat) -> str:
    """As a browser saves it."""
    return f"{extract.session_number}-extract-{extract.edition}-{language}.{form.value}"


def check_can_publish(
    session: Session, sitting: Sitting, newest: PublishedExtractRow | None, by: Officer
) -> None:
    """Raise unless the officer may publish the extract now."""
    _check_hand(sitting, by)
    if sitting.row.status is not SessionStatus.CLOSED:
        raise Refused(N_("An extract is published when the session is closed."))
    if newest is not None and newest.withdrawn_at is None:
        raise Refused(N_("The extract is published already."))
    if _rules()["extract_after"] == "signed" and not _is_signed(session, sitting):
        raise Refused(N_("First the minutes have to be signed: then the extract can be published."))


def check_can_withdraw(sitting: Sitting, newest: PublishedExtractRow | None, by: Officer) -> None:
    """Raise unless the officer may take back what is published."""
    _check_hand(sitting, by)
    if newest is None or newest.withdrawn_at is not None:
        raise Refused(N_("Nothing is published of this session."))


def _check_hand(sitting: Sitting, by: Officer) -> None:
    seat = sitting.member(by.id)
    is_secretary = seat is not None and seat.role is SeatRole.SECRETARY
    chairs = {sitting.row.chair_id, sitting.row.presiding_id}
    if not is_secretary and not (by.id in chairs and can(by, Permission.SESSIONS_CHAIR)):
        raise PermissionDenied(N_("The chair or the secretary of the session publishes extracts."))


def _rules() -> Mapping[str, Any]:
    return in_force(stored_rules("publishing"), clock.today())


def _is_signed(session: Session, sitting: Sitting) -> bool:
    query = select(OfficialDocumentRow.id).where(
        OfficialDocumentRow.session_id == sitting.row.id,
        OfficialDocumentRow.kind == OfficialDocumentKind.MINUTES,
        OfficialDocumentRow.status == OfficialDocumentStatus.SIGNED,
    )
    return session.scalar(query) is not None


def _newest(session: Session, session_id: int) -> PublishedExtractRow | None:
    return session.scalars(
        select(PublishedExtractRow)
        .where(PublishedExtractRow.session_id == session_id)
        .order_by(PublishedExtractRow.edition.desc())
        .limit(1)
    ).one_or_none()


def _public_row(session: Session, number: str) -> PublishedExtractRow:
    query = select(CommissionSessionRow.id).where(CommissionSessionRow.number == number)
    session_id = session.scalar(query)
    row = _newest(session, session_id) if session_id is not None else None
    if row is None:
        raise NotFound(NOT_PUBLISHED)
    return row


def _published(row: PublishedExtractRow) -> PublishedExtract:
    return PublishedExtract(
        extract=from_content(row.content),
        code=written(row.code),
        published_on=clock.day_of(row.published_at),
        withdrawn_on=clock.day_of(row.withdrawn_at) if row.withdrawn_at else None,
        withdrawal_reason=row.withdrawal_reason,
    )


def _sheet(
    session: Session, sitting: Sitting, row: PublishedExtractRow | None, by: Officer
) -> SessionExtract:
    published = _published(row) if row else None
    return SessionExtract(
        session_number=sitting.row.number,
        published=published,
        files=_files(session, row, published) if row and published else (),
        may_publish=refusal(_check_hand, sitting, by) is None,
        publish_refusal=refusal(check_can_publish, session, sitting, row, by),
        withdraw_refusal=refusal(check_can_withdraw, sitting, row, by),
    )


def _files(
    session: Session, row: PublishedExtractRow, published: PublishedExtract
) -> tuple[PaperFileName, ...]:
    query = (
        select(PublishedExtractFileRow)
        .where(PublishedExtractFileRow.extract_id == row.id)
        .order_by(PublishedExtractFileRow.language.desc(), PublishedExtractFileRow.format.desc())
    )
    return tuple(
        PaperFileName(
            file.language,
            file.format,
            file_name(published.extract, file.language, file.format),
            file.sha256,
        )
        for file in session.scalars(query)
    )
