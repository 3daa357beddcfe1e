"""The letters' lines in the block "Papers waiting for me"."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from db.repositories import correspondence as repository
from db.session import reading
from domain.enums import ExecutionState
from domain.records.officer import Officer
from domain.records.waiting import WaitingPaper
from domain.texts import N_, Sentence
from services.correspondence.chains import load
from services.correspondence.desks import desk_of
from services.correspondence.todo import LINES, Todo, todos
from services.permissions import Permission, can, check_can

LATE = frozenset({Todo.EXECUTE_OVERDUE, Todo.CONTROL_OVERDUE})
SOON = frozenset({Todo.EXECUTE_DUE, Todo.REPORT_RETURNED, Todo.ANSWER_EXTENSION})


def waiting_letters(session: Session, by: Officer) -> Iterator[WaitingPaper]:
    """One line for each kind of next step; a single letter is one click away."""
    if not can(by, Permission.LETTERS_READ):
        return
    for todo, letters in _found(session, by).items():
        what = Sentence(LINES[todo], {"count": len(letters)})
        state = ExecutionState.OPEN
        if todo in LATE:
            state = ExecutionState.OVERDUE
        elif todo in SOON:
            state = ExecutionState.DUE
        if len(letters) == 1:
            yield WaitingPaper(what, N_("Open the letter"), "letter", {"letter": letters[0]}, state)
        else:
            query = {"todo": todo.value}
            yield WaitingPaper(what, N_("Open the list"), "correspondence", query, state)


def count_todos(*, by: Officer) -> dict[Todo, int]:
    """How many letters wait for each next step of the officer's, the most urgent first."""
    check_can(by, Permission.LETTERS_READ)
    with reading() as session:
        return {todo: len(letters) for todo, letters in _found(session, by).items()}


def _found(session: Session, by: Officer) -> dict[Todo, list[int]]:
    desk = desk_of(session, by)
    found: dict[Todo, list[int]] = {}
    for chain in load(session, repository.list_open_letters(session)):
        if chain.is_open_to(desk):
            for todo in todos(chain, desk):
                found.setdefault(todo, []).append(chain.row.id)
    return {todo: found[todo] for todo in Todo if todo in found}
