"""What may be done with a letter now, and why not: raised by use cases, shown on the buttons."""

from __future__ import annotations

from domain.enums import (
    LetterDirection,
    LetterStatus,
    OfficialDocumentStatus,
    ResolutionStatus,
)
from domain.exceptions import PermissionDenied, Refused
from domain.texts import N_, Term
from services.correspondence.chains import ENDED, Chain, Order
from services.correspondence.desks import Desk
from services.permissions import Permission, check_can

AT_WORK = frozenset({LetterStatus.DISTRIBUTED, LetterStatus.IN_PROGRESS, LetterStatus.DONE})
ENDORSING = frozenset({OfficialDocumentStatus.IN_ROUTE, OfficialDocumentStatus.RETURNED})


def check_registrar(desk: Desk) -> None:
    """Only the registry gives numbers and takes in letters."""
    check_can(desk.officer, Permission.LETTERS_REGISTER)
    if not desk.is_registrar:
        raise PermissionDenied(N_("Only the registry does this: its members register letters."))


def _check_alive(chain: Chain) -> None:
    if chain.row.status in (LetterStatus.VOID, LetterStatus.CLOSED):
        raise Refused(
            N_("The letter is “{status}”: nothing more can be done with it."),
            status=Term("LetterStatus", chain.row.status.value),
        )


def _check_numbered(chain: Chain) -> None:
    _check_alive(chain)
    if chain.row.status is LetterStatus.DRAFT:
        raise Refused(N_("The letter is a draft: it first needs its number from the registry."))


def check_edit(chain: Chain, desk: Desk) -> None:
    """Drafts are changed by who wrote them; registered facts are corrected by the registry."""
    _check_alive(chain)
    if chain.row.status is LetterStatus.DRAFT:
        if chain.row.created_by != desk.officer.id and not desk.is_registrar:
            raise PermissionDenied(N_("Only who wrote the draft changes it."))
        return
    check_registrar(desk)


def check_register(
    chain: Chain, desk: Desk, document: OfficialDocumentStatus | None, scans: int
) -> None:
    """Give a draft its number: signed in its route, or on paper with the scan attached."""
    check_registrar(desk)
    if chain.row.status is not LetterStatus.DRAFT:
        raise Refused(N_("The letter has its number already."))
    if document in ENDORSING:
        raise Refused(N_("Its endorsement is under way: it gets its number once it is signed."))
    is_signed = document is OfficialDocumentStatus.SIGNED
    if chain.row.direction is LetterDirection.OUTGOING and not is_signed and not scans:
        raise Refused(
            N_("Nothing signed is there: send it for endorsement, or attach the signed scan.")
        )


def check_endorse(
    chain: Chain, desk: Desk, document: OfficialDocumentStatus | None, files: int
) -> None:
    """Send an outgoing draft into its route."""
    if chain.row.status is not LetterStatus.DRAFT or document is None:
        raise Refused(N_("Only the draft of an outgoing letter goes for endorsement."))
    if chain.row.created_by != desk.officer.id:
        raise PermissionDenied(N_("Only who wrote the draft sends it for endorsement."))
    if document is not OfficialDocumentStatus.DRAFT:
        raise Refused(N_("It was sent for endorsement already."))
    if not files:
        raise Refused(N_("Attach the letter as PDF or Word file first: that file is endorsed."))


def check_attach(chain: Chain, desk: Desk) -> None:
    """Files are added by who works on the letter, while it is not ended."""
    _check_alive(chain)
    me = desk.officer.id
    works = (
        desk.is_registrar
        or chain.row.created_by == me
        or me in chain.holders()
        or bool(chain.headed_by(desk))
        or any(me in order.executor_ids for order in chain.orders)
    )
    if not works:
        raise PermissionDenied(N_("Files are attached by the registry and by who has the letter."))


def check_distribute(chain: Chain, desk: Desk) -> None:
    """First level: the manager gives a letter to divisions."""
    check_can(desk.officer, Permission.LETTERS_DISTRIBUTE)
    if not desk.leads:
        raise PermissionDenied(N_("The manager distributes letters to divisions."))
    _check_numbered(chain)


def check_assign(chain: Chain, department: str, desk: Desk) -> None:
    """Second level: the division's head, or the manager, gives it to specialists."""
    check_can(desk.officer, Permission.LETTERS_DISTRIBUTE)
    _check_numbered(chain)
    if department not in chain.departments:
        raise Refused(N_("This division does not have the letter."))
    if not desk.leads and department not in desk.heads:
        raise PermissionDenied(N_("The head of the division gives it to specialists."))


def check_return(chain: Chain, department: str, desk: Desk) -> None:
    """A division's head gives back what is not theirs, before anybody is ordered to do it."""
    check_assign(chain, department, desk)
    members = set(chain.holders(department))
    if any(order.is_pending and order.executor_ids & members for order in chain.orders):
        raise Refused(N_("Its specialists have a resolution to execute: cancel that one first."))


def check_resolve(chain: Chain, desk: Desk) -> None:
    """Heads of the divisions that have it, and the manager, give resolutions."""
    check_can(desk.officer, Permission.LETTERS_RESOLVE)
    _check_numbered(chain)
    if not chain.departments:
        raise Refused(N_("No division has the letter: distribute it first."))
    if not desk.leads and not chain.headed_by(desk):
        raise PermissionDenied(N_("The manager and the head of a division give resolutions."))


def check_void(chain: Chain, desk: Desk) -> None:
    """Registered by mistake: the number stays taken."""
    if chain.row.status is LetterStatus.DRAFT:
        check_edit(chain, desk)
        return
    check_registrar(desk)
    if chain.row.status in ENDED:
        raise Refused(N_("The letter is ended: it can't become void."))
    if any(order.is_pending for order in chain.orders):
        raise Refused(N_("A resolution on it is not executed: cancel that one first."))


def check_close(chain: Chain, desk: Desk) -> None:
    """File the letter: nothing more is to be done."""
    check_can(desk.officer, Permission.LETTERS_READ)
    _check_numbered(chain)
    if not (desk.leads or desk.is_registrar or chain.headed_by(desk)):
        raise PermissionDenied(
            N_("The registry, the manager or the head of the division files it.")
        )
    if any(order.is_pending for order in chain.orders):
        raise Refused(N_("A resolution on it is not executed yet."))


def check_circulate(chain: Chain, desk: Desk) -> None:
    """Ask people to read the letter: heads, the manager, the registry."""
    _check_numbered(chain)
    if not (desk.leads or desk.is_registrar or chain.headed_by(desk)):
        raise PermissionDenied(N_("The registry, the manager or the head of the division asks."))


def _check_open(order: Order) -> None:
    if order.row.status is not ResolutionStatus.OPEN:
        raise Refused(
            N_("The resolution is “{status}”."),
            status=Term("ResolutionStatus", order.row.status.value),
        )


def check_report(order: Order, desk: Desk) -> None:
    """The responsible executor reports, once it is done."""
    if desk.officer.id != order.responsible_id:
        raise PermissionDenied(N_("The responsible executor reports on it."))
    _check_open(order)


def check_extend(order: Order, desk: Desk) -> None:
    """The responsible executor asks for a later day, one request at a time."""
    if desk.officer.id != order.responsible_id:
        raise PermissionDenied(N_("The responsible executor asks for a later deadline."))
    _check_open(order)
    if order.asked is not None:
        raise Refused(N_("A later deadline was asked for already: the head has to answer."))


def check_head(order: Order, desk: Desk) -> None:
    """Who gave the resolution, or the manager, decides about it."""
    check_can(desk.officer, Permission.LETTERS_RESOLVE)
    if order.row.resolved_by != desk.officer.id and not desk.leads:
        raise PermissionDenied(N_("Who gave the resolution decides about it."))


def check_answer(order: Order, desk: Desk) -> None:
    """Approve or refuse a later day."""
    check_head(order, desk)
    if order.asked is None:
        raise Refused(N_("Nobody asks for a later deadline."))
    _check_open(order)


def check_accept(order: Order, desk: Desk) -> None:
    """Accept a report, or send it back."""
    check_head(order, desk)
    if order.row.status is not ResolutionStatus.REPORTED:
        raise Refused(N_("There is no report on its execution yet."))


def check_cancel(order: Order, desk: Desk) -> None:
    """Take back what need not be done any more."""
    check_head(order, desk)
    if not order.is_pending:
        raise Refused(N_("The resolution is ended."))
