"""Who decides on an appeal: a panel without anybody who took part in the first vote."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from db.models import CommissionSessionRow
from db.repositories import appeals as repository
from domain.enums import OrganisationKind, SessionStatus
from domain.exceptions import Refused
from domain.texts import N_, Term
from services import clock
from services.commission.appeals.limits import limits_on
from services.commission.sessions.quorum import VotingSeat, quorum_of
from services.commission.sessions.seating import voting_seats

if TYPE_CHECKING:
    from services.commission.sessions.sitting import Item, Sitting

EXCLUDED = N_(
    "You took part in the first decision on this appeal: another panel hears it, and the file "
    "stays closed to you."
)

Loader = Callable[[Session, Sequence[CommissionSessionRow]], "list[Sitting]"]


def first_panel(sitting: Sitting, item: Item) -> frozenset[int]:
    """Members who took part in deciding an item: voted, could vote, or confirmed the decision."""
    able = {
        seat.officer_id
        for seat, _ in sitting.members
        if (seat.attended_at or seat.officer_id in item.declarations)
        and not item.is_recused(seat.officer_id)
    }
    decided_by = item.shortlist.decided_by
    return frozenset(able | item.ballots.participants | ({decided_by} if decided_by else set()))


def exclude_first_panels(session: Session, items: Mapping[int, Item], load: Loader) -> None:
    """Tell each item on which appeals are heard who may not sit in judgement on it again."""
    sessions = {item.shortlist.session_id for item in items.values()}
    appeals = repository.list_hearings(session, list(sessions))
    if not appeals:
        return
    firsts = load(session, repository.sessions_of(session, [one.shortlist_id for one in appeals]))
    panels = {
        item.shortlist.id: first_panel(sitting, item)
        for sitting in firsts
        for item in sitting.items
    }
    for appeal in appeals:
        assert appeal.hearing_id is not None
        item = items[appeal.hearing_id]
        item.appeals.append(appeal)
        item.excluded |= panels[appeal.shortlist_id]


def check_can_hear(sitting: Sitting, excluded: frozenset[int], vacancy_id: int) -> None:
    """Raise unless enough members of this planned session took no part in the first vote."""
    if sitting.row.status is not SessionStatus.PLANNED:
        raise Refused(N_("Choose a session that is still planned: this one has begun or ended."))
    if any(item.vacancy.id == vacancy_id and not item.appeals for item in sitting.items):
        raise Refused(
            N_("This session decides on a shortlist of the same vacancy: choose another one.")
        )
    seats = sitting.voting_seats()
    free = [seat for _, seat in free_seats(sitting, excluded)]
    barred = [seat for officer_id, seat in seats if officer_id in excluded]
    needed = limits_on(clock.today()).hearing_members_min
    if len(free) < needed:
        raise Refused(
            N_(
                "{barred} of the {members} members took part in the first vote ({kinds}): "
                "{free} may hear the appeal, at least {needed} are needed. Choose a session of "
                "other members."
            ),
            barred=len(barred),
            members=len(seats),
            kinds=_kinds(barred) or "–",
            free=len(free),
            needed=needed,
        )
    composed = quorum_of([VotingSeat(one.kind, True) for one in free], sitting.rules)
    if not composed.holds:
        raise Refused(
            N_(
                "Without those of the first vote ({barred}) the panel has {kinds} only: kinds of "
                "organisation that the rules ask for are missing."
            ),
            barred=_kinds(barred) or "–",
            kinds=_kinds(free),
        )


def free_seats(sitting: Sitting, excluded: frozenset[int]) -> list[tuple[int, VotingSeat]]:
    """The seats with a vote for whoever took no part in the first vote, substitutes included."""
    return voting_seats([one for one in sitting.members if one[0].officer_id not in excluded])


def _kinds(seats: Sequence[VotingSeat]) -> tuple[Term, ...]:
    kinds = {seat.kind for seat in seats}
    return tuple(Term("OrganisationKind", kind.value) for kind in OrganisationKind if kind in kinds)
