"""The agenda of a session: its order, and items that go to another session."""

from __future__ import annotations

from db.repositories import sessions as repository
from db.repositories.ballots import remove_secret_ballot
from db.session import unit_of_work
from domain.enums import SessionStatus
from domain.exceptions import Refused
from domain.records.commission import SessionRecord
from domain.records.officer import Officer
from domain.texts import N_
from services.commission.appeals.panels import check_can_hear
from services.commission.sessions.log import record_step
from services.commission.sessions.sitting import get_sitting, get_sitting_of, load
from services.commission.sessions.stages import check_can_rearrange
from services.commission.sessions.views import session_record
from services.permissions import Permission, check_can


def postpone_item(*, shortlist_id: int, to_number: str, by: Officer) -> SessionRecord:
    """Move an item on which nobody has voted to the agenda of another planned session."""
    check_can(by, Permission.SESSIONS_READ)
    with unit_of_work() as work:
        # In the order of their numbers: two chairs may postpone to each other in one moment.
        here = repository.find_session_number(work.session, shortlist_id)
        for number in sorted({to_number, here or to_number}):
            repository.find_session(work.session, number, lock=True)
        sitting, item = get_sitting_of(work.session, shortlist_id, lock=True)
        check_can_rearrange(sitting, by)
        if item.ballots.happened or item.shortlist.decided_at:
            raise Refused(N_("Votes were cast on this item: it has to be decided in this session."))
        target = get_sitting(work.session, to_number, lock=True)
        if target.row.status is not SessionStatus.PLANNED or target.row.id == sitting.row.id:
            raise Refused(N_("An item can be postponed only to a session that is still planned."))
        if any(other.vacancy.id == item.vacancy.id for other in target.items):
            raise Refused(N_("That session has a shortlist for this vacancy already."))
        if item.appeals:
            check_can_hear(target, item.excluded, item.vacancy.id)
        item.shortlist.agenda_order = repository.last_agenda_order(work.session, target.row.id) + 1
        item.shortlist.session_id = target.row.id
        # The other session may have other rules: its chair chooses the ballot anew.
        remove_secret_ballot(work.session, shortlist_id)
        work.session.flush()
        details: dict[str, object] = {"shortlist": shortlist_id, "to": to_number}
        record_step(work.session, "postponed", sitting.row.number, details, by)
        work.commit()
        return session_record(load(work.session, [sitting.row])[0], by)


def move_item(*, shortlist_id: int, to_place: int, by: Officer) -> SessionRecord:
    """Put an item at another place of the agenda, from 1; the others keep their order."""
    check_can(by, Permission.SESSIONS_READ)
    with unit_of_work() as work:
        sitting, item = get_sitting_of(work.session, shortlist_id, lock=True)
        check_can_rearrange(sitting, by)
        others = [other for other in sitting.items if other is not item]
        place = min(max(to_place, 1), len(sitting.items))
        for order, each in enumerate([*others[: place - 1], item, *others[place - 1 :]], start=1):
            each.shortlist.agenda_order = order
        work.session.flush()
        details: dict[str, object] = {"shortlist": shortlist_id, "place": place}
        record_step(work.session, "moved_item", sitting.row.number, details, by)
        work.commit()
        return session_record(load(work.session, [sitting.row])[0], by)
