"""The register of recusals for anybody: who took no part in which item, and not why."""

from __future__ import annotations

from starlette.responses import Response

from domain.records.declarations import Recusal
from domain.texts import N_, Term
from services.clock import TBILISI
from services.commission import public_register
from ui.public.page import Reader, page, table

TITLE = N_("Register of recusals")
ABOUT = N_(
    "Before a member of the commission reads the file of an agenda item, the member declares "
    "whether there is a conflict of interest. Whoever has one neither reads the file nor votes on "
    "the item. Here stands who was recused from which item of each closed session. Why, and "
    "because of whom, is not published: it could point at a person."
)
BEFORE, AFTER = N_("before the vote"), N_("after the vote")
HEADS = (
    N_("Session"),
    N_("Held on"),
    N_("Agenda item"),
    N_("Member"),
    N_("Organisation"),
    N_("When declared"),
)


def list_page(reader: Reader) -> Response:
    """All recusals of closed sessions, the latest session first."""
    title = reader.say(TITLE)
    body = f"<h1>{title}</h1><p>{reader.say(ABOUT)}</p>"
    lines = public_register()
    if not lines:
        nothing = reader.say(N_("Nobody has been recused in a closed session yet."))
        return page(reader, title, f'{body}<div class="card">{nothing}</div>')
    heads = [reader.say(head) for head in HEADS]
    rows = [_row(reader, one) for one in lines]
    note = reader.say(
        N_(
            "“After the vote” means that a member declared a conflict when the vote could not be "
            "taken back any more: it is on record, and the decision stands unless it is appealed."
        )
    )
    return page(reader, title, f"{body}{table(heads, rows, title, numbers=(2,))}<p>{note}</p>")


def _row(reader: Reader, one: Recusal) -> tuple[str, ...]:
    return (
        reader.show(one.session_number),
        reader.show(one.held_at.astimezone(TBILISI).date()),
        reader.show(one.item_order),
        reader.show(one.member(reader.language)),
        reader.show(Term("organisation", one.organisation_code)),
        reader.say(AFTER if one.is_late else BEFORE),
    )
