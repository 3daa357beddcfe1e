"""How a mark of the season calendar looks: sign, word and colour together."""

from __future__ import annotations

from collections.abc import Mapping

from domain.enums import SeasonMark
from ui.language import label

SIGNS: Mapping[SeasonMark, tuple[str, str]] = {
    SeasonMark.DONE: ("✓", "met"),
    SeasonMark.IN_TIME: ("→", "accent"),
    SeasonMark.TIGHT: ("◐", "partly"),
    SeasonMark.LATE: ("✕", "not_met"),
}


def marked(mark: SeasonMark) -> str:
    """Sign and word, for a table's cell."""
    return f"{SIGNS[mark][0]} {label(mark)}"


def tone(mark: SeasonMark) -> str:
    """The colour's name."""
    return SIGNS[mark][1]
