"""One line for each request, and a number that finds it again; the outermost layer of all."""

from __future__ import annotations

import logging
import secrets
import time
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.operations import logs, metrics

log = logging.getLogger("access")

QUIET = ("/healthz", "/readyz", "/metrics", "/_stcore/health", "/static/", "/app/static/")
"""Asked by machines all the time: counted, not written down."""


class AccessLog:
    """Times what the app answers. Pure ASGI: it never reads a body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        number = secrets.token_hex(6)
        with logs.told_apart(request=number):
            answer = self._websocket if scope["type"] == "websocket" else self._http
            await answer(scope, receive, send, number)

    async def _http(self, scope: Scope, receive: Receive, send: Send, number: str) -> None:
        began, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                named = (b"x-request-id", number.encode())
                message["headers"] = [*message.get("headers", ()), named]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            metrics.count_request(status)
            _write(scope, scope["method"], status, began)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send, _number: str) -> None:
        began, is_open = time.perf_counter(), False

        async def noted(message: Message) -> None:
            nonlocal is_open
            if message["type"] == "websocket.accept" and not is_open:
                is_open = True
                metrics.tab_opened()
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            if is_open:
                metrics.tab_closed()
            _write(scope, "WEBSOCKET", 101 if is_open else 403, began)


def _write(scope: Scope, method: str, status: int, began: float) -> None:
    path: Any = scope["path"]
    if path.startswith(QUIET) and status < 400:
        return
    ms = round((time.perf_counter() - began) * 1000)
    # The query is left out: it holds ids, and on public pages a code.
    values = {"method": method, "path": path, "status": status, "ms": ms}
    log.log(logging.INFO, "answered", extra=values)
