"""What an officer has to do next with a letter: for lists, filters and the first screen."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from domain.enums import ExecutionState, LetterStatus, ResolutionStatus
from domain.texts import N_, Sentence
from services import clock
from services.correspondence.chains import Chain, Order
from services.correspondence.desks import Desk


class Todo(StrEnum):
    """Kinds of next step, the most urgent first; also the filter in the register's address."""

    EXECUTE_OVERDUE = "execute_overdue"
    EXECUTE_DUE = "execute_due"
    REPORT_RETURNED = "report_returned"
    ANSWER_EXTENSION = "answer_extension"
    ACCEPT_REPORT = "accept_report"
    CONTROL_OVERDUE = "control_overdue"
    REGISTER = "register"
    DISTRIBUTE = "distribute"
    ASSIGN = "assign"
    RESOLVE = "resolve"
    EXECUTE = "execute"
    READ = "read"
    CLOSE = "close"


STEPS = {
    Todo.EXECUTE_OVERDUE: N_("Execute (overdue)"),
    Todo.EXECUTE_DUE: N_("Execute (due soon)"),
    Todo.REPORT_RETURNED: N_("Execute (the report came back)"),
    Todo.ANSWER_EXTENSION: N_("Answer the request for a later deadline"),
    Todo.ACCEPT_REPORT: N_("Accept the report"),
    Todo.CONTROL_OVERDUE: N_("Control (overdue)"),
    Todo.REGISTER: N_("Give the number and send"),
    Todo.DISTRIBUTE: N_("Distribute"),
    Todo.ASSIGN: N_("Give it to a specialist"),
    Todo.RESOLVE: N_("Give a resolution"),
    Todo.EXECUTE: N_("Execute"),
    Todo.READ: N_("Read and confirm"),
    Todo.CLOSE: N_("File it"),
}
LINES = {
    Todo.EXECUTE_OVERDUE: N_("Resolutions that you have to execute: {count}"),
    Todo.EXECUTE_DUE: N_("Resolutions that you have to execute: {count}"),
    Todo.REPORT_RETURNED: N_("Reports that came back to you: {count}"),
    Todo.ANSWER_EXTENSION: N_("Later deadlines that you are asked for: {count}"),
    Todo.ACCEPT_REPORT: N_("Reports on execution that you have to accept: {count}"),
    Todo.CONTROL_OVERDUE: N_("Resolutions under your control, not executed in time: {count}"),
    Todo.REGISTER: N_("Signed letters that wait for their number: {count}"),
    Todo.DISTRIBUTE: N_("Letters to distribute to divisions: {count}"),
    Todo.ASSIGN: N_("Letters of your division without a specialist: {count}"),
    Todo.RESOLVE: N_("Letters of your division without a resolution: {count}"),
    Todo.EXECUTE: N_("Resolutions that you have to execute: {count}"),
    Todo.READ: N_("Letters that you are asked to read: {count}"),
    Todo.CLOSE: N_("Executed letters that can be filed: {count}"),
}


def todos(chain: Chain, desk: Desk) -> list[Todo]:
    """Everything that the officer has to do with the letter, the most urgent first."""
    if chain.row.status in (LetterStatus.VOID, LetterStatus.CLOSED):
        return []
    found = {*_of_orders(chain, desk), *_of_letter(chain, desk)}
    return sorted(found, key=list(Todo).index)


def next_step(chain: Chain, desk: Desk) -> Sentence | None:
    """The most urgent of it, in words."""
    found = todos(chain, desk)
    return Sentence(STEPS[found[0]]) if found else None


def _of_orders(chain: Chain, desk: Desk) -> Iterator[Todo]:
    today, me = clock.today(), desk.officer.id
    for order in chain.orders:
        if not order.is_pending:
            continue
        if order.row.status is ResolutionStatus.OPEN and me in order.executor_ids:
            yield _execute(order, order.state(today))
        is_mine = order.row.resolved_by == me
        if is_mine and order.asked is not None:
            yield Todo.ANSWER_EXTENSION
        if is_mine and order.row.status is ResolutionStatus.REPORTED:
            yield Todo.ACCEPT_REPORT
        elif is_mine or (desk.leads and order.row.is_controlled):
            is_late = order.state(today) is ExecutionState.OVERDUE
            if is_late and order.responsible_id != me:
                yield Todo.CONTROL_OVERDUE


def _execute(order: Order, state: ExecutionState) -> Todo:
    if state is ExecutionState.OVERDUE:
        return Todo.EXECUTE_OVERDUE
    if order.row.remark:
        return Todo.REPORT_RETURNED
    return Todo.EXECUTE_DUE if state is ExecutionState.DUE else Todo.EXECUTE


def _of_letter(chain: Chain, desk: Desk) -> Iterator[Todo]:
    reader, status = chain.reader(desk.officer.id), chain.row.status
    if reader is not None and reader.asked_at and not reader.acquainted_at:
        yield Todo.READ
    needs_work = chain.row.due_on is not None
    if desk.leads and status in (LetterStatus.REGISTERED, LetterStatus.RETURNED) and needs_work:
        yield Todo.DISTRIBUTE
    headed = chain.headed_by(desk)
    if headed and status in (LetterStatus.DISTRIBUTED, LetterStatus.IN_PROGRESS):
        if any(not chain.holders(code) for code in headed):
            yield Todo.ASSIGN
        elif not chain.orders:
            yield Todo.RESOLVE
    if status is LetterStatus.DRAFT and chain.is_signed and desk.is_registrar:
        yield Todo.REGISTER
    if status is LetterStatus.DONE and desk.is_registrar:
        yield Todo.CLOSE
