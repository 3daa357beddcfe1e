"""One request about personal data: identity, what to do, the answer.

`?request=DSR-2026-0001` names it.
"""

from __future__ import annotations

from domain.exceptions import NotFound
from domain.records.officer import Officer
from services.privacy import requests
from ui import layout, messages
from ui.language import _, label
from ui.messages import plain
from ui.navigation import page_link, query
from ui.privacy import one


def render(officer: Officer) -> None:
    """The next step on the left; the facts on the right."""
    page_link("privacy_requests", _("All requests"), icon="↩️")
    number = query("request")
    if number is None:
        layout.header(_("Request about personal data"))
        messages.empty(_("Choose a request from the list."))
        return
    try:
        request = requests.get_request(number=number, by=officer)
    except NotFound as nothing:
        layout.header(_("Request about personal data"))
        messages.show(nothing)
        return
    layout.header(plain(f"{request.number} · {label(request.kind)}"), _("Personal data"))
    one.status_line(request)
    left, right = layout.list_and_detail()
    with left:
        one.steps(request, officer)
    with right:
        one.facts(request)
