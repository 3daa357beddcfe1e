"""Officers: who may sign in, in which role; new accounts, resets, disabling."""

from __future__ import annotations

from domain.records.officer import Officer
from ui import layout
from ui.language import _


def render(officer: Officer) -> None:
    """The list on the left, one account on the right."""
    layout.header(_("Officers"))
