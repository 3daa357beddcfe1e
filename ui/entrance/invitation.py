"""An invitation: the officer's personal link, behind which a password is chosen."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from domain.exceptions import InvalidInput, NotFound
from services.officers import invitations
from ui.entrance import steps_page
from ui.entrance.addresses import is_same_origin
from ui.entrance.client import address_of
from ui.entrance.signing_in import fields
from ui.public import throttle


async def invitation(request: Request) -> Response:
    """The form for a password; afterwards the way to the sign-in."""
    if throttle.is_too_much(address_of(request)):
        return PlainTextResponse("429", 429)
    secret = str(request.path_params["secret"])[:60]
    if request.method != "POST":
        return await run_in_threadpool(_shown, secret)
    if not is_same_origin(request):
        return PlainTextResponse("403", 403)
    form = await fields(request)
    return await run_in_threadpool(_accepted, secret, form)


def _shown(secret: str) -> Response:
    try:
        return HTMLResponse(steps_page.password_page(invitations.read_invitation(secret=secret)))
    except NotFound as gone:
        return HTMLResponse(steps_page.gone_page(gone.sentence), 404)


def _accepted(secret: str, form: dict[str, str]) -> Response:
    try:
        invited = invitations.accept_invitation(
            secret=secret, password=form.get("password", ""), again=form.get("again", "")
        )
    except NotFound as gone:
        return HTMLResponse(steps_page.gone_page(gone.sentence), 404)
    except InvalidInput as problem:
        found = problem.problems[0].sentence if problem.problems else problem.sentence
        known = invitations.read_invitation(secret=secret)
        return HTMLResponse(steps_page.password_page(known, found), 400)
    return HTMLResponse(steps_page.welcome_page(invited))
