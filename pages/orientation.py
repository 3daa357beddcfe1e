"""One orientation session: who is invited, who came, the quiz, the certificates (stage S11).

`?session=ORI-2026-0001`
"""

from __future__ import annotations

from domain.exceptions import NotFound
from domain.records.officer import Officer
from services.preparation.sessions import get_orientation
from ui import layout, messages
from ui.language import _
from ui.navigation import page_link, query
from ui.preparation import attendance, session_head, session_person


def render(officer: Officer) -> None:
    """What, when and where on top; people on the left, one of them on the right."""
    layout.header(_("Orientation session"), _("S11 · Pre-departure orientation and visa documents"))
    page_link("orientations", _("All orientation sessions"), icon="↩️")
    try:
        session = get_orientation(number=query("session") or "", by=officer)
    except NotFound as error:
        messages.show(error)
        return
    session_head.draw(session, officer)
    left, right = layout.list_and_detail()
    with left:
        chosen = attendance.draw(session, officer)
    with right:
        if chosen is not None:
            session_person.draw(session, chosen, officer)
        elif session.places:
            messages.empty(_("Choose a person to enter the quiz or issue the certificate."))
