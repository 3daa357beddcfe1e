"""To the identity provider and back."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from domain.exceptions import SignInRefused
from services.officers import provider, single_sign_on
from services.officers.rules import account_rules
from ui import signin_page
from ui.entrance import cookies
from ui.entrance.addresses import safe_next
from ui.entrance.client import address_of
from ui.entrance.signing_in import browser_of, let_in
from ui.public import throttle


async def to_provider(request: Request) -> Response:
    """Send the browser to the identity provider."""
    if throttle.is_too_much(address_of(request)):
        return PlainTextResponse("429", 429)
    if not provider.is_configured():
        return RedirectResponse("/signin", 303)
    wanted = safe_next(request.query_params.get("next"))
    try:
        address, kept = await run_in_threadpool(
            lambda: single_sign_on.begin_at_provider(wanted=wanted)
        )
    except SignInRefused as refused:
        return await _refused(refused, wanted)
    answer = RedirectResponse(address, 303)
    seconds = account_rules().second_step_minutes * 60
    answer.headers.append("Set-Cookie", cookies.set_cookie(kept, cookies.PROVIDER, seconds))
    return answer


async def from_provider(request: Request) -> Response:
    """The browser comes back with the provider's answer."""
    if throttle.is_too_much(address_of(request)):
        return PlainTextResponse("429", 429)
    if not provider.is_configured():
        return RedirectResponse("/signin", 303)
    kept = cookies.cookie_token(request, cookies.PROVIDER)
    browser = browser_of(request)
    try:
        entrance, wanted = await run_in_threadpool(
            lambda: single_sign_on.enter_from_provider(
                kept=kept, answer=dict(request.query_params), browser=browser
            )
        )
    except SignInRefused as refused:
        return await _refused(refused, "/")
    answer = let_in(entrance, safe_next(wanted))
    answer.headers.append("Set-Cookie", cookies.end_cookie(cookies.PROVIDER))
    return answer


async def _refused(refused: SignInRefused, wanted: str) -> Response:
    text = await run_in_threadpool(signin_page.page, wanted, "", refused.sentence)
    answer = HTMLResponse(text, 401)
    answer.headers.append("Set-Cookie", cookies.end_cookie(cookies.PROVIDER))
    return answer
