"""The letters' lines in the block "Papers waiting for me"."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from db.repositories import correspondence as repository
from domain.enums import ExecutionState
from domain.records.officer import Officer
from domain.records.waiting import WaitingPaper
from domain.texts import N_, Sentence
from services.correspondence.chains import load
from services.correspondence.desks import desk_of
from services.correspondence.todo import LINES, Todo, todos
from services.permissions import Permission, can

LATE = frozenset({Todo.EXECUTE_OVERDUE, Todo.CONTROL_OVERDUE})
SOON = frozenset({Todo.EXECUTE_DUE, Todo.REPORT_RETURNED, Todo.ANSWER_EXTENSION})


def waiting_letters(session: Session, by: Officer) -> Iterator[WaitingPaper]:
    """One line for each kind of next step; a single letter is one click away."""
    if not can(by, Permission.LETTERS_READ):
        return
    desk = desk_of(session, by)
    found: dict[Todo, list[int]] = {}
    for chain in load(session, repository.list_open_letters(session)):
        if chain.is_open_to(desk):
            for todo in todos(chain, desk):
                found.setdefault(todo, []).append(chain.row.id)
    for todo in sorted(found, key=list(Todo).index):
        letters = found[todo]
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
