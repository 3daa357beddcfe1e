"""What an open tab sends: looked at message by message, for as long as it is open.

The router asks for the session at every full rerun. Parts that draw themselves, buttons' callbacks
and downloads made on demand run without it, so an ended session is stopped here: whatever such a
tab sends becomes a plain rerun, and the router says that the session has ended.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.types import Message, Receive
from streamlit.proto.BackMsg_pb2 import BackMsg

log = logging.getLogger("gate")

Alive = Callable[[bool], Awaitable[bool]]
"""Whether the session lives; told whether a person acted, which keeps it from idling."""
ASKED = frozenset({"rerun_script", "stop_script", "file_urls_request", "backend_operation_request"})
HARMLESS = frozenset({"app_heartbeat"})


def watched(receive: Receive, is_alive: Alive) -> Receive:
    """The tab's messages, without those that no screen of ours sends."""

    async def checked() -> Message:
        while True:
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            data = message.get("bytes")
            if data is None:  # no screen sends text
                return {"type": "websocket.disconnect", "code": 1003}
            try:
                asked = BackMsg.FromString(data)
            except DecodeError:
                return message  # Streamlit closes the connection
            kind = asked.WhichOneof("type")
            if kind in HARMLESS:
                return message
            if kind not in ASKED:
                # clear_cache would empty the caches of everybody.
                log.log(logging.WARNING, "a tab sent %s, which no screen does", kind)
                continue
            if await is_alive(not asked.rerun_script.is_auto_rerun):
                return message
            return {"type": "websocket.receive", "bytes": _only_redraw(asked)}

    return checked


def _only_redraw(asked: BackMsg) -> bytes:
    """The rerun that shows the page: no callback, no fragment, no answer to any other request."""
    plain = BackMsg()
    plain.rerun_script.query_string = asked.rerun_script.query_string
    plain.rerun_script.page_script_hash = asked.rerun_script.page_script_hash
    return plain.SerializeToString()
