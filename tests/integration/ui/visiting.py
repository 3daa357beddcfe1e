"""A visitor without a browser: asks the application behind the gate, in this process."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from ui import gate
from ui.public import router

HOST = "work.example.ge"
BOUNDARY = "a-boundary"
APP = Starlette(
    routes=[
        Route("/public", router.serve),
        Route("/public/{path:path}", router.serve, methods=["GET", "POST"]),
    ],
    middleware=[Middleware(gate.Gate)],
)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def visit(path: str, **query: str) -> Answer:
    """GET a page."""
    return _finished("GET", path, urlencode(query), b"", {})


def send_file(path: str, content: bytes, name: str = "a.pdf", **query: str) -> Answer:
    """POST a form with one file."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    return send(path, body, **query)


def send(path: str, body: bytes, **query: str) -> Answer:
    """POST a body as a multipart form."""
    headers = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
    return _finished("POST", path, urlencode(query), body, headers)


def fill_in(path: str, fields: dict[str, str], **query: str) -> Answer:
    """POST the fields of a form as a browser does without files."""
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return _finished("POST", path, urlencode(query), urlencode(fields).encode(), headers)


def _finished(method: str, path: str, query: str, body: bytes, headers: dict[str, str]) -> Answer:
    # On a thread of its own: the browser tests' event loop may hold this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _ask(method, path, query, body, headers)).result()


async def _ask(method: str, path: str, query: str, body: bytes, headers: dict[str, str]) -> Answer:
    pairs = {"host": HOST, "content-length": str(len(body)), **headers}
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in pairs.items()],
        "client": ("192.0.2.1", 1),
        "server": (HOST, 443),
        "scheme": "https",
        "root_path": "",
        "http_version": "1.1",
    }
    waiting = iter([{"type": "http.request", "body": body, "more_body": False}])
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return next(waiting, {"type": "http.disconnect"})

    async def take(message: Any) -> None:
        sent.append(dict(message))

    await APP(scope, receive, take)
    found = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], found, b"".join(m.get("body", b"") for m in sent[1:]))
