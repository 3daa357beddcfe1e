"""S08 to S15 on one board: where everybody stands, for how long, and what I must do today.

`?step=sent`, `?vacancy=`, `?country=` narrow it.
"""

from __future__ import annotations

from domain.records.officer import Officer
from services.road.todo import list_todo
from ui import layout
from ui.language import _
from ui.road import board, filters, today


def render(officer: Officer) -> None:
    """What waits for me on top; below it the steps of the road, and who stands there."""
    layout.header(
        _("One board"),
        _("S08–S15 · From the commission to the return"),
        _(
            "Everybody whom a commission reviews or approved, at the step where they stand. Late "
            "is who stands there longer than the dated limit of the step."
        ),
    )
    tasks = list_todo(by=officer)
    today.block(tasks)
    wanted = filters.draw(officer)
    board.draw(wanted, tasks, officer)
