"""Sign-in by username and password, its second step, and sign-out: plain forms, no script."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from domain.exceptions import SignInRefused
from services.officers import sign_in
from services.officers.rules import account_rules
from ui import signin_page
from ui.entrance import cookies, steps_page
from ui.entrance.addresses import is_same_origin, safe_next
from ui.entrance.client import address_of, device_of

CODE = "/signin/code"


async def signin(request: Request) -> Response:
    """The sign-in form, and what becomes of it."""
    if request.method == "POST":
        return await _signed_in(request)
    wanted = safe_next(request.query_params.get("next"))
    if await run_in_threadpool(sign_in.whoami, cookies.cookie_token(request), address_of(request)):
        return RedirectResponse(wanted, 303)
    return HTMLResponse(await run_in_threadpool(signin_page.page, wanted))


async def fields(request: Request) -> dict[str, str]:
    """The first value of each field of a small form."""
    form = parse_qs(
        (await request.body()).decode("utf-8", "replace"),
        max_num_fields=10,
        keep_blank_values=True,
    )
    return {name: values[0] for name, values in form.items()}


def browser_of(request: Request) -> sign_in.Browser:
    """What is known of the browser."""
    return sign_in.Browser(address_of(request), device_of(request), cookies.cookie_token(request))


async def _signed_in(request: Request) -> Response:
    if not is_same_origin(request):
        return PlainTextResponse("403", 403)
    form = await fields(request)
    username, wanted = form.get("username", ""), safe_next(form.get("next", "/"))
    try:
        entrance = await run_in_threadpool(
            lambda: sign_in.begin_sign_in(
                username=username,
                password=form.get("password", ""),
                browser=browser_of(request),
            )
        )
    except SignInRefused as refused:
        text = await run_in_threadpool(signin_page.page, wanted, username, refused.sentence)
        return HTMLResponse(text, _status(refused))
    return let_in(entrance, wanted)


def _status(refused: SignInRefused) -> int:
    return 429 if isinstance(refused, sign_in.SignInLocked) else 401


def let_in(entrance: sign_in.Entrance, wanted: str) -> Response:
    """On to where the officer wanted to go, or to the second step before."""
    if entrance.token is not None:
        return _on_to(wanted, entrance.token)
    query = "" if wanted == "/" else f"?{urlencode({'next': wanted})}"
    answer = RedirectResponse(CODE + query, 303)
    seconds = account_rules().second_step_minutes * 60
    answer.headers.append(
        "Set-Cookie", cookies.set_cookie(entrance.step or "", cookies.STEP, seconds)
    )
    return answer


def _on_to(wanted: str, token: str, *, ends_step: bool = False) -> Response:
    answer = RedirectResponse(wanted, 303)
    if ends_step:
        answer.headers.append("Set-Cookie", cookies.end_cookie(cookies.STEP))
    answer.headers.append("Set-Cookie", cookies.set_cookie(token))
    return answer


async def second_step(request: Request) -> Response:
    """The form for the code, and what becomes of it; without a first step back to that."""
    step = cookies.cookie_token(request, cookies.STEP)
    if request.method != "POST":
        wanted = safe_next(request.query_params.get("next"))
        if not await run_in_threadpool(sign_in.is_second_step, step):
            return RedirectResponse("/signin", 303)
        return HTMLResponse(await run_in_threadpool(steps_page.code_page, wanted))
    if not is_same_origin(request):
        return PlainTextResponse("403", 403)
    form = await fields(request)
    wanted = safe_next(form.get("next", "/"))
    try:
        token = await run_in_threadpool(
            lambda: sign_in.finish_sign_in(
                step=step or "", code=form.get("code", ""), browser=browser_of(request)
            )
        )
    except sign_in.SecondStepOver as over:
        text = await run_in_threadpool(signin_page.page, wanted, "", over.sentence)
        return HTMLResponse(text, 401)
    except SignInRefused as refused:
        text = await run_in_threadpool(steps_page.code_page, wanted, refused.sentence)
        return HTMLResponse(text, _status(refused))
    return _on_to(wanted, token, ends_step=True)


async def signout(request: Request) -> Response:
    """End the session and leave nothing in the browser."""
    if not is_same_origin(request):
        return PlainTextResponse("403", 403)
    await run_in_threadpool(sign_in.sign_out, cookies.cookie_token(request))
    answer = RedirectResponse("/signin", 303)
    answer.headers.append("Set-Cookie", cookies.end_cookie())
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
