"""A browser tab without a browser: Streamlit's own protocol, spoken by hand."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass, field
from email.message import Message
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from services.officers.demo_accounts import PASSWORD

XSRF = "_streamlit_xsrf"
PATIENCE = 20.0
CUT_OFF = 0
"""Status of what was refused while it was still being sent."""
QUIET = 0.25  # seconds after a run within which the next one has begun


@dataclass
class Reply:
    """One answer over HTTP."""

    status: int
    headers: Message
    body: bytes

    def cookie(self, name: str) -> str | None:
        for line in self.headers.get_all("Set-Cookie") or ():
            if line.startswith(f"{name}="):
                return line.partition("=")[2].partition(";")[0]
        return None


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


_opener = urllib.request.build_opener(_Stay)


def ask(url: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Reply:
    """What the address answers; redirects are not followed."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, data=body, headers=named, method=method)
    try:
        with _opener.open(request, timeout=PATIENCE) as answer:
            return Reply(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as answer:
        with answer:
            return Reply(answer.code, answer.headers, answer.read())
    except (urllib.error.URLError, ConnectionError) as broken:
        cause = broken.reason if isinstance(broken, urllib.error.URLError) else broken
        if isinstance(cause, (BrokenPipeError, ConnectionResetError)):
            return Reply(CUT_OFF, Message(), b"")
        raise


def sign_in(base: str, username: str) -> str:
    """The cookie of a new session."""
    form = urllib.parse.urlencode({"username": username, "password": PASSWORD}).encode()
    reply = ask(f"{base}/signin", "POST", form, Origin=base)
    assert reply.status == 303, reply.status
    sid = reply.cookie("sid")
    assert sid
    return sid


def sign_out(base: str, sid: str) -> None:
    assert ask(f"{base}/signout", "POST", b"", Origin=base, Cookie=f"sid={sid}").status == 303


@dataclass
class Tab:
    """An open tab; `sid` is the cookie of its session."""

    base: str
    sid: str | None
    takes_over: str | None = None
    origin: str | None = ""
    session: str = ""
    open: ExitStack = field(default_factory=ExitStack)
    messages: list[ForwardMsg] = field(default_factory=list)

    def __enter__(self) -> Self:
        first = ask(f"{self.base}/_stcore/health", Cookie=self.cookies)
        self.xsrf = first.cookie(XSRF) or ""
        wanted = ["streamlit", self.xsrf or "PLACEHOLDER_AUTH_TOKEN"]
        if self.takes_over:
            wanted.append(self.takes_over)
        opened = connect(
            self.base.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=wanted,  # type: ignore[arg-type]
            origin=(self.base if self.origin == "" else self.origin),  # type: ignore[arg-type]
            additional_headers={"Cookie": f"{self.cookies}; {XSRF}={self.xsrf}"},
            max_size=None,
            open_timeout=PATIENCE,
        )
        self.socket: ClientConnection = self.open.enter_context(opened)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.open.close()

    @property
    def cookies(self) -> str:
        return f"sid={self.sid}" if self.sid else "none=none"

    def send(self, message: BackMsg) -> None:
        self.socket.send(message.SerializeToString())

    def run(self, page: str = "", query: str = "", asked: BackMsg | None = None) -> str:
        """Rerun a screen, and all text that it then shows."""
        message = asked or BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        self.send(message)
        return self.read()

    def read(self) -> str:
        """Everything up to the end of the last run that follows at once, as text."""
        self.messages, patience = [], PATIENCE
        while True:
            try:
                received = self.socket.recv(patience)
            except TimeoutError:
                assert patience == QUIET, "the run has no end"
                return "\n".join(str(one) for one in self.messages)
            assert isinstance(received, bytes)
            message = ForwardMsg.FromString(received)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.messages.clear()
                self.session = message.new_session.initialize.session_id or self.session
            self.messages.append(message)
            if kind == "script_finished":
                patience = QUIET
            elif kind == "new_session":
                patience = PATIENCE

    def widget(self, label: str, kind: str) -> str:
        """Id of the first widget of this kind with this label on the screen."""
        for message in self.messages:
            element = message.delta.new_element
            if element.WhichOneof("type") == kind and getattr(element, kind).label == label:
                return str(getattr(element, kind).id)
        raise AssertionError(f"no {kind} is called “{label}”")

    def take_back(self, window: str, file_id: str) -> None:
        """Take an uploaded file out of memory again."""
        address = f"{self.base}/_stcore/upload_file/{window}/{file_id}"
        cookies = f"{self.cookies}; {XSRF}={self.xsrf}"
        assert ask(address, "DELETE", Cookie=cookies, X_Xsrftoken=self.xsrf).status == 204

    def upload(self, window: str, file_id: str, content: bytes, name: str = "a.csv") -> int:
        """Status of sending a file into a window."""
        edge = "----edge"
        head = f'--{edge}\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        return ask(
            f"{self.base}/_stcore/upload_file/{window}/{file_id}",
            "PUT",
            body,
            Cookie=f"{self.cookies}; {XSRF}={self.xsrf}",
            X_Xsrftoken=self.xsrf,
            Content_Type=f"multipart/form-data; boundary={edge}",
        ).status
