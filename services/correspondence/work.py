"""One use case on one letter: load and lock it, do it, write it down, commit once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.session import unit_of_work
from domain.enums import LetterStatus
from domain.exceptions import InvalidInput
from domain.records.correspondence import LetterRecord
from domain.records.officer import Officer
from domain.texts import N_
from domain.transitions import LETTER, check_can_move
from services import audit
from services.correspondence.chains import Chain, get_chain, load
from services.correspondence.desks import Desk, desk_of
from services.correspondence.forms import subject_of
from services.correspondence.views import record
from services.permissions import Permission, check_can


@dataclass
class Work:
    """The letter in hand, within its transaction."""

    session: Session
    chain: Chain
    desk: Desk

    def move(self, after: LetterStatus) -> None:
        """Bring the letter into a status, if it is not there."""
        if self.chain.row.status is not after:
            check_can_move(LETTER, self.chain.row.status, after)
            self.chain.row.status = after

    def shown(self) -> LetterRecord:
        """The letter as it is now."""
        self.session.flush()
        chain = load(self.session, [self.chain.row])[0]
        return record(self.session, chain, self.desk)


@contextmanager
def letter_work(letter_id: int, by: Officer) -> Iterator[Work]:
    """The letter, locked for a change; `finish` commits."""
    check_can(by, Permission.LETTERS_READ)
    with unit_of_work() as work:
        desk = desk_of(work.session, by)
        chain = get_chain(work.session, letter_id, desk, lock=True)
        yield Work(work.session, chain, desk)


def finish(
    work: Work, *, action: str, details: Mapping[str, object] | None = None, by: Officer
) -> LetterRecord:
    """Audit what was done, commit, and show the letter as it is now.

    `details` are numbers, days and codes, never words or names.
    """
    shown = work.shown()
    row = work.chain.row
    acting = {work.desk.acting_for.get(code) for code in work.chain.headed_by(work.desk)} - {None}
    if acting:
        details = {**(details or {}), "acting_for": sorted(filter(None, acting))}
    audit.record(
        work.session,
        action=action,
        entity="letter",
        entity_id=row.number or row.id,
        subject=subject_of(work.session, row),
        details=details,
        by=by,
    )
    work.session.commit()
    return shown


def said(text: str | None) -> str:
    """A reason or text that has to be there."""
    words = (text or "").strip()
    if not words:
        raise InvalidInput(N_("Write it in a few words: nobody understands it later without them."))
    return words
