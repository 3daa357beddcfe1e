"""Papers that wait for somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.enums import ExecutionState
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class WaitingPaper:
    """One line of the block "Papers waiting for me"."""

    what: Sentence
    action: str
    """An English message: what the click does."""
    page: str
    query: Mapping[str, object] = field(default_factory=dict)
    state: ExecutionState = ExecutionState.OPEN
