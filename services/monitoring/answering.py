"""What a worker tells, by the personal link or to an officer on the phone: kept once, compared.

The very same answer sent twice is one answer; a different one afterwards is told as a complaint.
Several differences of one answer open one case.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    CaseFileRow,
    CheckInAnswerRow,
    CheckInRow,
    CheckInWordsRow,
    MonitoringCaseRow,
    PromiseComparisonRow,
)
from db.repositories.holding import find_held
from db.session import reading, unit_of_work
from domain.enums import CaseChannel, CheckInStatus, LinkPurpose
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.monitoring import Answered, CheckInForm, OpenCheckIn, PromiseComparison
from domain.records.officer import Officer
from domain.texts import N_, to_json
from domain.transitions import CHECK_IN, check_can_move
from services import access_links, audit, clock
from services.monitoring.comparing import compare, opens_case
from services.monitoring.opening import NewCase, open_case
from services.monitoring.people import Stay, get_stay, promised_terms
from services.monitoring.rules import rules_on
from services.official_documents.attachments import CheckedFile, checked_file, store_file
from services.permissions import Permission, check_can

MOST_PAID, MOST_HOURS, MOST_WEEK = Decimal(1_000_000), 744, 168
LONGEST_TEXT = 4_000
MOST_PHOTOS = 5
Photo = tuple[str, bytes]
"""A file as it was sent: its name and its content."""


def open_check_in(*, secret: str) -> OpenCheckIn:
    """What the page behind the link shows; NotFound or Refused where the link opens nothing."""
    link = access_links.open_link(secret=secret, purpose=LinkPurpose.CHECK_IN)
    return _shown(link.subject_id)


def peek_check_in(*, secret: str) -> OpenCheckIn:
    """As `open_check_in`, without counting: for the page after a form was sent."""
    with reading() as session:
        link = access_links.check_link(session, secret=secret, purpose=LinkPurpose.CHECK_IN)
    return _shown(link.subject_id)


def _shown(check_in_id: int) -> OpenCheckIn:
    with reading() as session:
        row = session.get(CheckInRow, check_in_id)
        if row is None or row.status is CheckInStatus.CANCELLED:
            raise Refused(N_("This check-in is not needed any more."))
        stay = get_stay(session, row.deployment_id)
        answer = session.get(CheckInAnswerRow, row.id)
        return OpenCheckIn(
            check_in_id=row.id,
            deployment_id=row.deployment_id,
            first_name=stay.person.first_name_ka or stay.person.first_name_lat or "",
            due_on=row.due_on,
            is_answered=answer is not None,
            answered_at=answer.answered_at if answer else None,
            currency=stay.deployment.pay_currency,
        )


def answer_check_in(*, secret: str, form: CheckInForm, photos: Sequence[Photo]) -> Answered:
    """The worker's own answer: checked, kept, compared; a difference opens a case at once."""
    form = tidy(form)
    check_answer(form, photos)
    files = check_photos(photos)
    with unit_of_work() as work:
        link = access_links.check_link(
            work.session, secret=secret, purpose=LinkPurpose.CHECK_IN, lock=True
        )
        done = _answer(work.session, link.subject_id, form, files, None)
        work.commit()
        return done


def record_answer(*, check_in_id: int, form: CheckInForm, by: Officer) -> Answered:
    """What the worker told an officer on the phone: the same as by the link."""
    check_can(by, Permission.CHECK_INS_RECORD)
    form = tidy(form)
    check_answer(form, ())
    with unit_of_work() as work:
        done = _answer(work.session, check_in_id, form, (), by)
        work.commit()
        return done


def tidy(form: CheckInForm) -> CheckInForm:
    """Empty texts are not stated; a currency without an amount says nothing."""
    told = (form.told or "").strip() or None
    currency = form.paid_currency if form.paid_amount is not None or form.deducted else None
    return replace(form, told=told, paid_currency=currency)


def check_answer(form: CheckInForm, photos: Sequence[Photo]) -> None:
    """Raise InvalidInput where something can't be, or nothing was told."""
    if form == CheckInForm() and not photos:
        raise InvalidInput(N_("Nothing is answered yet. Answer at least one question."))
    if form.paid_amount is not None and not 0 <= form.paid_amount <= MOST_PAID:
        raise InvalidInput(N_("The amount can't be right. Write it in figures, such as 350."))
    if form.paid_amount is not None and not form.paid_currency:
        raise InvalidInput(N_("Say in which currency you were paid."))
    if form.deducted is not None and not 0 <= form.deducted <= MOST_PAID:
        raise InvalidInput(N_("The amount held back can't be right. Write it in figures."))
    if form.paid_hours is not None and not 0 < form.paid_hours <= MOST_HOURS:
        raise InvalidInput(N_("The hours that were paid can't be right."))
    if form.hours_week is not None and not 0 <= form.hours_week <= MOST_WEEK:
        raise InvalidInput(N_("A week has 168 hours: the hours a week can't be right."))
    if form.told and len(form.told) > LONGEST_TEXT:
        raise InvalidInput(N_("The text is too long: at most {limit} letters."), limit=LONGEST_TEXT)


def check_photos(photos: Sequence[Photo]) -> tuple[CheckedFile, ...]:
    """Each file as it may be kept, without hidden facts; UnusableFile says what is wrong."""
    if len(photos) > MOST_PHOTOS:
        raise InvalidInput(N_("At most {limit} photos can be sent at once."), limit=MOST_PHOTOS)
    return tuple(checked_file(name=name, content=content) for name, content in photos)


def answer_sha256(form: CheckInForm, files: Sequence[CheckedFile] = ()) -> str:
    """Of everything that was told: the same answer has the same hash."""
    told = {name: None if value is None else str(value) for name, value in asdict(form).items()}
    text = json.dumps([told, sorted(file.sha256 for file in files)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _answer(
    session: Session,
    check_in_id: int,
    form: CheckInForm,
    files: Sequence[CheckedFile],
    by: Officer | None,
) -> Answered:
    row = find_held(session, CheckInRow, check_in_id)
    if row is None:
        raise NotFound(N_("There is no such check-in."))
    digest = answer_sha256(form, files)
    known = session.get(CheckInAnswerRow, row.id)
    if known is not None:
        if known.sha256 != digest:
            raise Refused(
                N_(
                    "This check-in was answered already on {moment}. If something has changed, "
                    "write it as a complaint below: it reaches us at once."
                ),
                moment=known.answered_at,
            )
        return _came_of(session, row, is_new=False)
    check_can_move(CHECK_IN, row.status, CheckInStatus.ANSWERED)
    stay = get_stay(session, row.deployment_id)
    row.status = CheckInStatus.ANSWERED
    session.add(
        CheckInAnswerRow(
            check_in_id=row.id,
            **{name: value for name, value in asdict(form).items() if name != "told"},
            sha256=digest,
            answered_at=clock.now(),
            answered_by=by.id if by else None,
        )
    )
    if form.told:
        words = CheckInWordsRow(check_in_id=row.id)
        words.told = form.told
        session.add(words)
    keep_files(session, files, check_in_id=row.id, by=by)
    comparisons = _compared(session, row, stay, form)
    _open_for(session, row, stay, comparisons, by)
    session.flush()
    audit.record(
        session,
        action="check_in_answered",
        entity="check_in",
        entity_id=row.id,
        subject=stay.subject,
        details={"broken": [None, sum(1 for one in comparisons if one.verdict == "broken")]},
        by=by,
    )
    return _came_of(session, row, is_new=True)


def _compared(
    session: Session, row: CheckInRow, stay: Stay, form: CheckInForm
) -> tuple[PromiseComparison, ...]:
    rules = rules_on(clock.today())
    comparisons = compare(form, promised_terms(session, stay.deployment), rules)
    for one in comparisons:
        session.add(
            PromiseComparisonRow(
                check_in_id=row.id,
                term=one.term,
                verdict=one.verdict,
                promised=one.promised,
                told=one.told,
                currency=one.currency,
                sentence=to_json(one.sentence),
                urgency=one.urgency,
                rules_from=rules.valid_from,
            )
        )
    return comparisons


def _open_for(
    session: Session,
    row: CheckInRow,
    stay: Stay,
    comparisons: tuple[PromiseComparison, ...],
    by: Officer | None,
) -> None:
    found = opens_case(comparisons)
    if found is None or _case_of(session, row.id) is not None:
        return
    urgency, category = found
    open_case(
        session,
        NewCase(
            channel=CaseChannel.CHECK_IN,
            category=category,
            urgency=urgency,
            deployment_id=row.deployment_id,
            employer_id=stay.deployment.employer_id,
            check_in_id=row.id,
            country=stay.deployment.country,
            subject=stay.subject,
        ),
        by=by,
    )


def _case_of(session: Session, check_in_id: int) -> MonitoringCaseRow | None:
    query = select(MonitoringCaseRow).where(MonitoringCaseRow.check_in_id == check_in_id)
    return session.scalars(query).one_or_none()


def _came_of(session: Session, row: CheckInRow, *, is_new: bool) -> Answered:
    case = _case_of(session, row.id)
    return Answered(
        check_in_id=row.id,
        is_new=is_new,
        case=case.number if case else None,
        urgency=case.urgency if case else None,
        act_until=case.act_until if case else None,
    )


def keep_files(
    session: Session,
    files: Sequence[CheckedFile],
    *,
    check_in_id: int | None = None,
    case_id: int | None = None,
    visit_id: int | None = None,
    by: Officer | None,
) -> None:
    """Keep photos with what they belong to, in the caller's transaction."""
    for file in files:
        session.add(
            CaseFileRow(
                check_in_id=check_in_id,
                case_id=case_id,
                visit_id=visit_id,
                name=file.name,
                sha256=store_file(session, file, by),
                created_at=clock.now(),
                created_by=by.id if by else None,
            )
        )
    session.flush()
