"""From the gate to Streamlit: what a signed-in browser may do with its own windows, and no other's.

Pure ASGI; bodies pass unread.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from services.importing.limits import limits
from services.importing.traffic import traffic_limits
from services.officers import sign_in
from ui.passage import downloads, socket, windows
from ui.passage.uploads import NoRoom, Uploads
from ui.passage.windows import Identity


class Passage:
    """Hands requests with a checked identity on to Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._uploads = Uploads()

    async def __call__(self, scope: Scope, receive: Receive, send: Send, by: Identity) -> None:
        if scope["type"] == "websocket":
            await self._open_window(scope, receive, send, by)
        elif scope["path"].startswith(windows.FOLDER) and scope["method"] != "OPTIONS":
            await self._upload(scope, receive, send, by)
        elif scope["path"].startswith(windows.MEDIA) and downloads.is_somebody_elses(
            scope["path"], by
        ):
            await PlainTextResponse("404", 404)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _open_window(self, scope: Scope, receive: Receive, send: Send, by: Identity) -> None:
        is_full = (
            len(windows.open_windows_of(by.officer_id)) >= traffic_limits().windows_per_officer
        )
        if is_full or not _is_from_our_page(scope):
            await receive()
            await send({"type": "websocket.close", "code": 4403})
            return

        async def is_alive(is_used: bool) -> bool:
            officer = await run_in_threadpool(
                lambda: sign_in.officer_of(by.session_id, is_used=is_used)
            )
            return officer is not None and officer.id == by.officer_id

        await self.app(scope, socket.watched(receive, is_alive), send)

    async def _upload(self, scope: Scope, receive: Receive, send: Send, by: Identity) -> None:
        try:
            with self._uploads.room(scope["path"], _size(scope), by):
                await self.app(scope, receive, send)
        except NoRoom as refused:
            await PlainTextResponse(str(refused.status), refused.status)(scope, receive, send)


def _size(scope: Scope) -> int:
    if scope["method"] != "PUT":
        return 0
    declared = Headers(scope=scope).get("content-length", "")
    return int(declared) if declared.isdigit() else limits().file_bytes


def _is_from_our_page(scope: Scope) -> bool:
    # Every browser says where a WebSocket comes from; a cookie is sent to all ports of a host.
    headers = Headers(scope=scope)
    return urlsplit(headers.get("origin", "")).netloc == headers.get("host", "-")
