"""The little of Streamlit's websocket protocol that measuring needs."""

from __future__ import annotations

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

SUBPROTOCOLS = ("streamlit", "PLACEHOLDER_AUTH_TOKEN")
Payload = str | bytes


def is_rerun(frame: bytes) -> bool:
    """Whether the browser asks for a screen or answers a click."""
    return _sent(frame).WhichOneof("type") == "rerun_script"


def asks_again(frame: bytes) -> bool:
    """Whether the browser asks by itself, because the screen is alive."""
    return bool(_sent(frame).rerun_script.is_auto_rerun)


def interval_of(payload: Payload) -> float | None:
    """Seconds between two questions of a living screen, if this message says so."""
    said = received(payload)
    if said.WhichOneof("type") != "auto_rerun":
        return None
    return float(said.auto_rerun.interval)


def is_last(payload: Payload) -> bool:
    """Whether with this message the answer to a click is whole."""
    return received(payload).WhichOneof("type") == "script_finished"


def failed(payload: Payload) -> bool:
    """Whether this message shows an exception instead of the screen."""
    said = received(payload)
    if said.WhichOneof("type") != "delta" or said.delta.WhichOneof("type") != "new_element":
        return False
    return said.delta.new_element.WhichOneof("type") == "exception"


def received(payload: Payload) -> ForwardMsg:
    """A message from the server."""
    message = ForwardMsg()
    message.ParseFromString(payload if isinstance(payload, bytes) else payload.encode())
    return message


def _sent(frame: bytes) -> BackMsg:
    message = BackMsg()
    message.ParseFromString(frame)
    return message
