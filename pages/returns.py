"""S15: who is expected back, who is back, and whom to ask how they are.

`?shown=expected|back|ask` keeps the list that is open.
"""

from __future__ import annotations

from domain.records.officer import Officer
from services.returns.reading import get_returns_board
from ui import layout
from ui.language import _
from ui.returns import listing


def render(officer: Officer) -> None:
    """The figures, then one of three lists; a line opens the person's return."""
    layout.header(
        _("Returns"),
        _("S15 · Return assistance"),
        _(
            "People abroad are reminded of the end of their stay by messages. Record each return: "
            "it frees the person for work in Georgia, and for the next season."
        ),
    )
    board = get_returns_board(by=officer)
    listing.figures(board)
    listing.draw(board)
