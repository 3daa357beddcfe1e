"""A letter with its whole chain: divisions, specialists, resolutions, readers.

Loaded for one letter or for the whole register with the same few questions to the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from db.models import (
    DeadlineExtensionRow,
    LetterDepartmentRow,
    LetterEventRow,
    LetterReaderRow,
    LetterRow,
    LetterSpecialistRow,
    ResolutionExecutorRow,
    ResolutionRow,
)
from db.repositories import correspondence as repository
from domain.enums import ExecutionState, ExtensionStatus, LetterStatus, LetterStep, ResolutionStatus
from domain.exceptions import NotFound
from domain.records.officer import Officer
from domain.texts import N_
from services import clock
from services.correspondence.desks import Desk
from services.correspondence.terms import state_of

ENDED = frozenset(repository.ENDED)
PENDING = frozenset({ResolutionStatus.OPEN, ResolutionStatus.REPORTED})


@dataclass
class Order:
    """A resolution with its executors and the requests for a later day."""

    row: ResolutionRow
    executors: list[ResolutionExecutorRow] = field(default_factory=list)
    extensions: list[DeadlineExtensionRow] = field(default_factory=list)

    @property
    def responsible_id(self) -> int:
        """Who answers for it."""
        return next(one.officer_id for one in self.executors if one.is_responsible)

    @property
    def executor_ids(self) -> frozenset[int]:
        """Everybody who works on it."""
        return frozenset(one.officer_id for one in self.executors)

    @property
    def asked(self) -> DeadlineExtensionRow | None:
        """The request that nobody has answered yet."""
        waiting = (one for one in self.extensions if one.status is ExtensionStatus.ASKED)
        return next(waiting, None)

    @property
    def is_pending(self) -> bool:
        """Whether it is still to be done or to be accepted."""
        return self.row.status in PENDING

    def state(self, today: date) -> ExecutionState:
        """Traffic light; what was reported in time is not overdue while the head reads it."""
        reported = self.row.status is ResolutionStatus.REPORTED and self.row.reported_at is not None
        day = today
        if reported and self.row.reported_at is not None:
            day = clock.day_of(self.row.reported_at)
        return state_of(self.row.due_on, day, is_done=not self.is_pending)


@dataclass
class Chain:
    """One letter with everything that a rule asks about it."""

    row: LetterRow
    shares: list[LetterDepartmentRow] = field(default_factory=list)
    specialists: list[LetterSpecialistRow] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    readers: list[LetterReaderRow] = field(default_factory=list)
    is_signed: bool = False
    """Whether its route ended with a signature."""

    @property
    def departments(self) -> list[str]:
        """Divisions that have it now."""
        return [share.department_code for share in self.shares if share.ended_at is None]

    def holders(self, department: str | None = None) -> list[int]:
        """Specialists who have it now, of one division or of all."""
        found = (
            one.officer_id
            for one in self.specialists
            if one.ended_at is None and department in (None, one.department_code)
        )
        return list(dict.fromkeys(found))

    def reader(self, officer_id: int) -> LetterReaderRow | None:
        """What is known of one reader."""
        return next((one for one in self.readers if one.officer_id == officer_id), None)

    def order(self, resolution_id: int) -> Order:
        """One of its resolutions."""
        found = next((one for one in self.orders if one.row.id == resolution_id), None)
        if found is None:
            raise NotFound(N_("There is no such resolution on this letter."))
        return found

    def is_open_to(self, desk: Desk) -> bool:
        """Record-level access: the register, one's division, or one's own part in it."""
        me = desk.officer.id
        return (
            desk.sees_all
            or self.row.created_by == me
            or any(share.department_code in desk.member_of for share in self.shares)
            or any(one.officer_id == me for one in self.specialists)
            or any(me in order.executor_ids for order in self.orders)
            or any(one.officer_id == me and one.asked_at for one in self.readers)
        )

    def headed_by(self, desk: Desk) -> list[str]:
        """Divisions of the reader's that have it now."""
        return [code for code in self.departments if code in desk.heads]

    def state(self, today: date) -> ExecutionState | None:
        """The most urgent of its deadlines; without resolutions that of the letter itself."""
        if self.row.status in (LetterStatus.DRAFT, LetterStatus.VOID):
            return None
        states = [order.state(today) for order in self.orders if order.is_pending]
        if states:
            return min(states, key=list(ExecutionState).index)
        if self.row.due_on is None:
            return None
        return state_of(self.row.due_on, today, is_done=self.row.status in ENDED)

    def next_due(self) -> date | None:
        """The first deadline that is still to be kept."""
        if self.row.status is LetterStatus.VOID:
            return None
        days = [order.row.due_on for order in self.orders if order.is_pending]
        return min(days) if days else self.row.due_on


def load(session: Session, rows: Sequence[LetterRow]) -> list[Chain]:
    """The chains of the letters, in their order."""
    chains = {row.id: Chain(row) for row in rows}
    ids = list(chains)
    for share in repository.list_departments(session, ids):
        chains[share.letter_id].shares.append(share)
    for specialist in repository.list_specialists(session, ids):
        chains[specialist.letter_id].specialists.append(specialist)
    orders = {row.id: Order(row) for row in repository.list_resolutions(session, ids)}
    for order in orders.values():
        chains[order.row.letter_id].orders.append(order)
    for executor in repository.list_executors(session, ids):
        orders[executor.resolution_id].executors.append(executor)
    for extension in repository.list_extensions(session, ids):
        orders[extension.resolution_id].extensions.append(extension)
    for reader in repository.list_readers(session, ids):
        chains[reader.letter_id].readers.append(reader)
    for letter_id in repository.list_signed(session, ids):
        chains[letter_id].is_signed = True
    return list(chains.values())


def get_chain(session: Session, letter_id: int, desk: Desk, *, lock: bool = False) -> Chain:
    """One letter, as far as the reader may know of it; NotFound otherwise."""
    row = repository.get_letter(session, letter_id, lock=lock)
    chain = load(session, [row])[0] if row is not None else None
    if chain is None or not chain.is_open_to(desk):
        raise NotFound(N_("There is no such letter."))
    return chain


def note(
    session: Session,
    chain: Chain,
    step: LetterStep,
    by: Officer | None,
    *,
    department: str | None = None,
    officer_id: int | None = None,
    text: str | None = None,
    due_on: date | None = None,
) -> None:
    """Add a line to the letter's history."""
    session.add(
        LetterEventRow(
            letter_id=chain.row.id,
            step=step,
            department_code=department,
            officer_id=officer_id,
            note=text,
            due_on=due_on,
            happened_at=clock.now(),
            happened_by=by.id if by else None,
        )
    )


def ids_of(chains: Iterable[Chain]) -> set[int]:
    """Every officer whom the chains name."""
    found: set[int | None] = set()
    for chain in chains:
        found |= {chain.row.created_by, chain.row.registered_by, *chain.holders()}
        found |= {one.officer_id for one in chain.readers}
        for order in chain.orders:
            found |= {order.row.resolved_by, *order.executor_ids}
            for extension in order.extensions:
                found |= {extension.asked_by, extension.answered_by}
    return {one for one in found if one is not None}
