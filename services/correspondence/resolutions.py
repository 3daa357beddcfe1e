"""Resolutions: given, executed, reported on, accepted; later deadlines asked for and answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.models import DeadlineExtensionRow, ResolutionExecutorRow, ResolutionRow
from domain.enums import ExtensionStatus, LetterStatus, LetterStep, ResolutionStatus
from domain.exceptions import InvalidInput
from domain.records.correspondence import LetterRecord
from domain.records.officer import Officer
from domain.texts import N_
from domain.transitions import EXTENSION, RESOLUTION, check_can_move
from services import clock
from services.correspondence import checks
from services.correspondence.chains import Order, note
from services.correspondence.desks import divisions
from services.correspondence.distribution import give_to
from services.correspondence.work import Work, finish, letter_work, said
from services.correspondence.working_days import is_working_day
from services.permissions import Permission, check_can


def give_resolution(
    *,
    letter_id: int,
    text: str,
    responsible_id: int,
    co_executor_ids: Sequence[int] = (),
    due_on: date,
    is_controlled: bool = False,
    by: Officer,
) -> LetterRecord:
    """Order something on a letter; executors who do not have it yet get it with this."""
    check_can(by, Permission.LETTERS_RESOLVE)
    words = said(text)
    with letter_work(letter_id, by) as work:
        checks.check_resolve(work.chain, work.desk)
        _check_day(due_on)
        executors = list(dict.fromkeys([responsible_id, *co_executor_ids]))
        _bring_in(work, executors)
        row = ResolutionRow(
            letter_id=letter_id,
            text=words,
            due_on=due_on,
            is_controlled=is_controlled,
            status=ResolutionStatus.OPEN,
            resolved_at=clock.now(),
            resolved_by=by.id,
        )
        work.session.add(row)
        work.session.flush()
        work.session.add_all(
            ResolutionExecutorRow(
                resolution_id=row.id, officer_id=one, is_responsible=one == responsible_id
            )
            for one in executors
        )
        work.move(LetterStatus.IN_PROGRESS)
        step = LetterStep.RESOLVED
        note(work.session, work.chain, step, by, officer_id=responsible_id, due_on=due_on)
        details = {"resolution": row.id, "executors": executors, "due_on": due_on}
        return finish(work, action="resolved", details=details, by=by)


def _check_day(day: date) -> None:
    if day < clock.today():
        raise InvalidInput(N_("This day has passed already."))
    if not is_working_day(day):
        raise InvalidInput(N_("Nobody works on this day: choose a working day."))


def _bring_in(work: Work, executors: Sequence[int]) -> None:
    """Executors sit in divisions that have the letter, of the head's own where a head orders."""
    codes = work.chain.departments if work.desk.leads else work.chain.headed_by(work.desk)
    here = {one.code: one for one in divisions(work.session) if one.code in codes}
    for officer_id in executors:
        homes = [code for code, one in here.items() if officer_id in {m.id for m in one.members}]
        if not homes:
            raise InvalidInput(N_("Executors sit in the divisions that have the letter."))
        if officer_id not in work.chain.holders():
            give_to(work, homes[0], [officer_id])


def report_execution(
    *, letter_id: int, resolution_id: int, report: str, by: Officer
) -> LetterRecord:
    """Say what was done; the head accepts it or sends it back."""
    check_can(by, Permission.LETTERS_READ)
    words = said(report)
    with letter_work(letter_id, by) as work:
        order = work.chain.order(resolution_id)
        checks.check_report(order, work.desk)
        _move(order, ResolutionStatus.REPORTED)
        order.row.report, order.row.remark = words, None
        order.row.reported_at, order.row.reported_by = clock.now(), by.id
        note(work.session, work.chain, LetterStep.REPORTED, by, text=words)
        return finish(work, action="reported", details={"resolution": resolution_id}, by=by)


def accept_report(*, letter_id: int, resolution_id: int, by: Officer) -> LetterRecord:
    """What was ordered is done; the letter is, when nothing else is pending on it."""
    check_can(by, Permission.LETTERS_RESOLVE)
    with letter_work(letter_id, by) as work:
        order = work.chain.order(resolution_id)
        checks.check_accept(order, work.desk)
        _end(work, order, ResolutionStatus.DONE)
        step, executor = LetterStep.ACCEPTED, order.responsible_id
        note(work.session, work.chain, step, by, officer_id=executor)
        return finish(work, action="accepted", details={"resolution": resolution_id}, by=by)


def return_report(*, letter_id: int, resolution_id: int, remark: str, by: Officer) -> LetterRecord:
    """The report is not enough: the resolution is open again, with the remark."""
    check_can(by, Permission.LETTERS_RESOLVE)
    why = said(remark)
    with letter_work(letter_id, by) as work:
        order = work.chain.order(resolution_id)
        checks.check_accept(order, work.desk)
        _move(order, ResolutionStatus.OPEN)
        order.row.remark = why
        step, executor = LetterStep.REPORT_RETURNED, order.responsible_id
        note(work.session, work.chain, step, by, officer_id=executor, text=why)
        return finish(work, action="report_returned", details={"resolution": resolution_id}, by=by)


def cancel_resolution(
    *, letter_id: int, resolution_id: int, reason: str, by: Officer
) -> LetterRecord:
    """Take back what need not be done any more."""
    check_can(by, Permission.LETTERS_RESOLVE)
    why = said(reason)
    with letter_work(letter_id, by) as work:
        order = work.chain.order(resolution_id)
        checks.check_cancel(order, work.desk)
        order.row.remark = why
        _end(work, order, ResolutionStatus.CANCELLED)
        note(work.session, work.chain, LetterStep.RESOLUTION_CANCELLED, by, text=why)
        return finish(work, action="cancelled", details={"resolution": resolution_id}, by=by)


def _move(order: Order, after: ResolutionStatus) -> None:
    check_can_move(RESOLUTION, order.row.status, after)
    order.row.status = after


def _end(work: Work, order: Order, after: ResolutionStatus) -> None:
    _move(order, after)
    order.row.ended_at, order.row.ended_by = clock.now(), work.desk.officer.id
    orders = work.chain.orders
    is_executed = any(one.row.status is ResolutionStatus.DONE for one in orders)
    if is_executed and not any(one.is_pending for one in orders):
        work.move(LetterStatus.DONE)


def ask_extension(
    *, letter_id: int, resolution_id: int, wanted_on: date, reason: str, by: Officer
) -> LetterRecord:
    """Ask the head for a later day, with the reason."""
    check_can(by, Permission.LETTERS_READ)
    why = said(reason)
    with letter_work(letter_id, by) as work:
        order = work.chain.order(resolution_id)
        checks.check_extend(order, work.desk)
        _check_day(wanted_on)
        if wanted_on <= order.row.due_on:
            raise InvalidInput(N_("Ask for a day after the present deadline."))
        asked = DeadlineExtensionRow(
            resolution_id=resolution_id,
            before_on=order.row.due_on,
            wanted_on=wanted_on,
            reason=why,
            status=ExtensionStatus.ASKED,
            asked_at=clock.now(),
            asked_by=by.id,
        )
        work.session.add(asked)
        order.extensions.append(asked)
        step = LetterStep.EXTENSION_ASKED
        note(work.session, work.chain, step, by, due_on=wanted_on, text=why)
        details = {"resolution": resolution_id, "wanted_on": wanted_on}
        return finish(work, action="extension_asked", details=details, by=by)


def answer_extension(
    *, letter_id: int, resolution_id: int, is_approved: bool, answer: str | None = None, by: Officer
) -> LetterRecord:
    """Grant the later day, or refuse it with a reason; the request stays in the history."""
    check_can(by, Permission.LETTERS_RESOLVE)
    words = (answer or "").strip() or None
    if not is_approved:
        words = said(answer)
    with letter_work(letter_id, by) as work:
        order = work.chain.order(resolution_id)
        checks.check_answer(order, work.desk)
        asked = order.asked
        assert asked is not None
        answer = ExtensionStatus.APPROVED if is_approved else ExtensionStatus.REFUSED
        check_can_move(EXTENSION, asked.status, answer)
        asked.status = answer
        asked.answer, asked.answered_at, asked.answered_by = words, clock.now(), by.id
        step = LetterStep.EXTENSION_REFUSED
        if is_approved:
            step, order.row.due_on = LetterStep.EXTENSION_APPROVED, asked.wanted_on
        note(work.session, work.chain, step, by, due_on=order.row.due_on, text=words)
        details = {"resolution": resolution_id, "due_on": order.row.due_on}
        if is_approved:
            return finish(work, action="extended", details=details, by=by)
        return finish(work, action="extension_refused", details=details, by=by)
