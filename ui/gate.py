"""The gate before everything: who may pass, which headers go out, sign-in and sign-out.

Pure ASGI, over HTTP and WebSocket: middleware that reads bodies would break uploads. Streamlit's
scripts can't set cookies, and its page file, uploads and downloads are open to anybody without
this.
"""

from __future__ import annotations

import logging
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.exceptions import SignInRefused
from services.health import secure_cookies
from services.importing.limits import limits
from services.officers import sign_in
from ui import navigation, signin_page
from ui.passage.headers import with_headers
from ui.passage.passing import Passage
from ui.passage.windows import Identity

log = logging.getLogger("gate")

OPEN_PATHS = frozenset(
    {
        "/signin",
        "/signout",
        "/healthz",
        "/readyz",
        "/metrics",
        "/_stcore/health",
        "/favicon.png",
        "/public",
    }
)
OPEN_FOLDERS = ("/static/", "/app/static/")
PUBLIC_FOLDER = "/public/"
CLOSED_TO_ALL = (
    "/_stcore/metrics",
    "/_stcore/agent",
    "/_stcore/script-health-check",
    "/auth/",  # Streamlit's own sign-in: a session that nobody can end
    "/oauth2callback",
)
MACHINE_FOLDERS = ("/media", "/component", "/app/")
LARGEST_FORM = 16 * 1024
LARGEST_UPLOAD = limits().file_bytes + 1024 * 1024
"""A file somewhat too large still comes through, to be refused with a sentence and not with 413."""
LARGEST_CHECKED = 11 * 1024 * 1024
"""To a public page; what is over 10 MB is refused there with a sentence."""
IDENTITY = b"x-app-"


class TooLarge(Exception):
    """The body is larger than the address accepts."""


class Gate:
    """Lets signed-in officers pass, with their identity in headers that no client can send."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._passage = Passage(app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] == "http":
            send = with_headers(
                send,
                is_public=scope["path"].startswith(PUBLIC_FOLDER),
                is_kept=scope["path"].startswith(OPEN_FOLDERS),
            )
            if _declared_size(scope) > _largest(scope["path"]):
                await PlainTextResponse("413", 413)(scope, receive, send)
                return
            receive = _limited(receive, _largest(scope["path"]))
        try:
            await self._pass(scope, receive, send)
        except TooLarge:
            await PlainTextResponse("413", 413)(scope, receive, send)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path.startswith(CLOSED_TO_ALL):
            await _refuse(scope, receive, send, 404)
            return
        if scope["type"] == "http" and _is_open(scope):
            await self.app(without_identity(scope), receive, send)
            return
        token = cookie_token(HTTPConnection(scope))
        officer = await run_in_threadpool(sign_in.whoami, token)
        if officer is None or token is None:
            await _turn_away(scope, receive, send)
        elif _is_unknown_page(scope):
            await RedirectResponse(f"/{navigation.MISSING}", 303)(scope, receive, send)
        else:
            identity = Identity(officer.id, sign_in.session_id(token))
            await self._passage(_with_identity(scope, identity), receive, send, identity)


def _is_open(scope: Scope) -> bool:
    path = scope["path"]
    if path == "/signout" and scope["method"] != "POST":
        return False
    return path in OPEN_PATHS or path.startswith((*OPEN_FOLDERS, PUBLIC_FOLDER))


def cookie_name() -> str:
    """Behind TLS the name itself forbids other hosts and plain HTTP to set it."""
    return "__Host-sid" if secure_cookies() else "sid"


def cookie_token(connection: HTTPConnection) -> str | None:
    """The session token that the browser sent."""
    return connection.cookies.get(cookie_name()) or None


def without_identity(scope: Scope) -> Scope:
    """The request without headers that only the gate may set."""
    kept = [pair for pair in scope["headers"] if not pair[0].lower().startswith(IDENTITY)]
    return {**scope, "headers": kept}


def _with_identity(scope: Scope, known: Identity) -> Scope:
    clean = without_identity(scope)
    identity = [
        (b"x-app-uid", str(known.officer_id).encode()),
        (b"x-app-sid", known.session_id.encode()),
    ]
    return {**clean, "headers": clean["headers"] + identity}


async def _turn_away(scope: Scope, receive: Receive, send: Send) -> None:
    path = scope["path"]
    if scope["type"] == "websocket" or _is_for_machines(path):
        await _refuse(scope, receive, send, 401)
        return
    query = scope["query_string"].decode("latin-1")
    wanted = quote(path + (f"?{query}" if query else ""), safe="/")
    address = "/signin" if wanted == "/" else f"/signin?next={wanted}"
    await RedirectResponse(address, 303)(scope, receive, send)


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 4401})
        return
    await PlainTextResponse(str(status), status)(scope, receive, send)


def _is_unknown_page(scope: Scope) -> bool:
    path = scope["path"]
    if scope["type"] != "http" or _is_for_machines(path):
        return False
    name = path.strip("/")
    return name not in navigation.names() | {"", navigation.MISSING} and "." not in name


def _is_for_machines(path: str) -> bool:
    # Streamlit's page also looks for its endpoints below the address of the screen.
    return path.startswith(MACHINE_FOLDERS) or "/_stcore" in path


def _declared_size(scope: Scope) -> int:
    declared = Headers(scope=scope).get("content-length", "0")
    return int(declared) if declared.isascii() and declared.isdigit() else 0


def _largest(path: str) -> int:
    if path.startswith(PUBLIC_FOLDER):
        return LARGEST_CHECKED
    return LARGEST_UPLOAD if path.startswith("/_stcore/upload_file") else LARGEST_FORM


def _limited(receive: Receive, largest: int) -> Receive:
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > largest:
            raise TooLarge
        return message

    return counted


def is_same_origin(request: Request) -> bool:
    """Whether the form was sent from one of our own pages."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    if origin is not None:
        return urlsplit(origin).netloc == request.headers.get("host")
    return site == "same-origin"


def safe_next(wanted: str | None) -> str:
    """An address of our own to go on to after sign-in; anything else leads to the first screen."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return "/"
    if any(ord(sign) < 32 or sign == "\\" for sign in wanted):
        return "/"
    path = urlsplit(wanted).path
    if path in OPEN_PATHS or path.startswith(OPEN_FOLDERS) or _is_for_machines(path):
        return "/"
    return quote(wanted, safe="/?&=%-._~")


async def signin(request: Request) -> Response:
    """The sign-in form, and what becomes of it."""
    if request.method == "POST":
        return await _signed_in(request)
    wanted = safe_next(request.query_params.get("next"))
    if await run_in_threadpool(sign_in.whoami, cookie_token(request)):
        return RedirectResponse(wanted, 303)
    return HTMLResponse(await run_in_threadpool(signin_page.page, wanted))


async def _signed_in(request: Request) -> Response:
    if not is_same_origin(request):
        return PlainTextResponse("403", 403)
    form = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=10)
    username, password = form.get("username", [""])[0], form.get("password", [""])[0]
    wanted = safe_next(form.get("next", ["/"])[0])
    address = request.client.host if request.client else ""
    try:
        token = await run_in_threadpool(
            lambda: sign_in.sign_in(
                username=username,
                password=password,
                address=address,
                replaces=cookie_token(request),
            )
        )
    except SignInRefused as refused:
        status = 429 if isinstance(refused, sign_in.SignInLocked) else 401
        text = await run_in_threadpool(signin_page.page, wanted, username, refused.sentence)
        return HTMLResponse(text, status)
    answer = RedirectResponse(wanted, 303)
    answer.headers["Set-Cookie"] = _cookie(token)
    return answer


async def signout(request: Request) -> Response:
    """End the session and leave nothing in the browser."""
    if not is_same_origin(request):
        return PlainTextResponse("403", 403)
    await run_in_threadpool(sign_in.sign_out, cookie_token(request))
    answer = RedirectResponse("/signin", 303)
    answer.headers["Set-Cookie"] = _cookie("", ends=True)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _cookie(token: str, *, ends: bool = False) -> str:
    cookie: SimpleCookie = SimpleCookie({cookie_name(): token})
    made: Any = cookie[cookie_name()]
    made["path"], made["httponly"], made["samesite"] = "/", True, "Lax"
    made["secure"] = secure_cookies()
    if ends:
        made["max-age"] = "0"
    return str(made.OutputString())
