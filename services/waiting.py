"""Papers waiting for me: what each officer has to do next, on their first screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy.orm import Session

from db.session import reading
from domain.enums import ExecutionState
from domain.records.officer import Officer
from domain.records.waiting import WaitingPaper
from services.appeals.waiting import waiting_appeals
from services.correspondence.waiting import waiting_letters
from services.official_documents.waiting import waiting_documents

SOURCES: tuple[Callable[[Session, Officer], Iterator[WaitingPaper]], ...] = (
    waiting_documents,
    waiting_letters,
    waiting_appeals,
)
"""Each part of the system that has papers adds its lines; each checks the role itself."""


def list_waiting(*, by: Officer) -> tuple[WaitingPaper, ...]:
    """What waits for the officer, what is late first; empty where nothing does."""
    with reading() as session:
        found = [paper for source in SOURCES for paper in source(session, by)]
    return tuple(sorted(found, key=lambda paper: list(ExecutionState).index(paper.state)))
