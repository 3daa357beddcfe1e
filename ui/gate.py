"""The gate before everything: who may pass, which headers go out.

Pure ASGI, over HTTP and WebSocket: middleware that reads bodies would break uploads. Streamlit's
scripts can't set cookies, and its page file, uploads and downloads are open to anybody without
this.
"""

from __future__ import annotations

import logging
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.importing.limits import limits
from services.officers import sign_in
from ui import navigation
from ui.entrance.addresses import (
    OPEN_FOLDERS,
    OPEN_PATHS,
    is_for_machines,
    is_invitation,
    safe_next,
)
from ui.entrance.client import address_of
from ui.entrance.cookies import cookie_token
from ui.entrance.signing_in import signin, signout
from ui.passage.headers import with_headers
from ui.passage.passing import Passage
from ui.passage.windows import Identity

__all__ = ["Gate", "safe_next", "signin", "signout"]

log = logging.getLogger("gate")

PUBLIC_FOLDER = "/public/"
CLOSED_TO_ALL = (
    "/_stcore/metrics",
    "/_stcore/agent",
    "/_stcore/script-health-check",
    "/auth/",  # Streamlit's own sign-in: a session that nobody can end
    "/oauth2callback",
)
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
        asking = HTTPConnection(scope)
        token = cookie_token(asking)
        officer = await run_in_threadpool(sign_in.whoami, token, address_of(asking))
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
    is_open = path in OPEN_PATHS or is_invitation(path)
    return is_open or path.startswith((*OPEN_FOLDERS, PUBLIC_FOLDER))


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
    if scope["type"] == "websocket" or is_for_machines(path):
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
    if scope["type"] != "http" or is_for_machines(path):
        return False
    name = path.strip("/")
    return name not in navigation.names() | {"", navigation.MISSING} and "." not in name


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
