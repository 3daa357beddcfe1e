"""The gate: nothing passes without a live session, and nothing of the client's is believed."""

import asyncio
import base64
import hashlib
import re
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

import pytest
import streamlit
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

import db.session
from db.settings import Settings
from services.officers import accounts, passwords, sign_in
from services.officers.demo_accounts import PASSWORD
from tests.integration.ui.visiting import Answer
from ui import gate
from ui.operations import addresses
from ui.passage import headers

T = TypeVar("T")

HOST = "work.example.ge"
OURS: dict[str, Any] = {"sec-fetch-site": "same-origin", "origin": f"https://{HOST}"}


async def echo(request: Request) -> Response:
    body = await request.body()
    return JSONResponse({"headers": dict(request.headers), "size": len(body)})


async def socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.close()


APP = Starlette(
    routes=[
        Route("/signin", gate.signin, methods=["GET", "POST"]),
        Route("/signout", gate.signout, methods=["POST"]),
        Route("/healthz", addresses.healthz),
        WebSocketRoute("/_stcore/stream", socket),
        Route("/{path:path}", echo, methods=["GET", "POST", "PUT"]),
    ],
    middleware=[Middleware(gate.Gate)],
)


async def run(scope: dict[str, Any], messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []
    waiting = iter(messages)

    async def receive() -> dict[str, Any]:
        return next(waiting, {"type": "http.disconnect"})

    async def send(message: Any) -> None:
        sent.append(dict(message))

    await APP(scope, receive, send)
    return sent


def finished(asked: Coroutine[Any, Any, T]) -> T:
    """The answer, on a thread of its own: the browser tests' event loop may hold this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asked).result()


def scope_of(kind: str, path: str, headers: dict[str, str]) -> dict[str, Any]:
    path, _, query = path.partition("?")
    pairs = {"host": HOST, **headers}
    return {
        "type": kind,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in pairs.items()],
        "client": ("192.0.2.1", 1),
        "server": (HOST, 443),
        "scheme": "https" if kind == "http" else "wss",
        "root_path": "",
        "http_version": "1.1",
    }


def ask(method: str, path: str, body: bytes = b"", parts: int = 1, **headers: Any) -> Answer:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    scope = {**scope_of("http", path, names), "method": method}
    messages = [
        {"type": "http.request", "body": body, "more_body": part < parts - 1}
        for part in range(parts)
    ]
    sent = finished(run(scope, messages))
    start = sent[0]
    found = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], found, b"".join(m.get("body", b"") for m in sent[1:]))


def get(path: str, token: str | None = None, **headers: Any) -> Answer:
    cookie: dict[str, Any] = {"cookie": f"sid={token}"} if token else {}
    return ask("GET", path, **cookie, **headers)


def post(path: str, form: dict[str, str], headers: dict[str, Any] = OURS, **more: Any) -> Answer:
    return ask("POST", path, urlencode(form).encode(), **{**headers, **more})


def handshake(token: str | None, origin: str = f"https://{HOST}") -> str:
    headers = {"cookie": f"sid={token}"} if token else {}
    headers["origin"] = origin
    scope = {**scope_of("websocket", "/_stcore/stream", headers), "subprotocols": ["streamlit"]}
    return str(finished(run(scope, [{"type": "websocket.connect"}]))[0]["type"])


@pytest.fixture(autouse=True)
def token(sqlite_database: Engine) -> str:
    """A signed-in recruiter's cookie."""
    accounts.create_demo_accounts()
    return sign_in.sign_in(username="recruiter", password=PASSWORD, address="192.0.2.9")


def test_anonymous_page_leads_to_sign_in_and_back() -> None:
    answer = get("/ranking?vacancy=7&x=ა".encode().decode("latin-1"))
    assert answer.status == 303
    assert answer.headers["location"].startswith("/signin?next=/ranking%3Fvacancy%3D7")
    assert get("/").headers["location"] == "/signin"


@pytest.mark.parametrize(
    "path",
    [
        "/media/abc.csv",
        "/component/x",
        "/_stcore/host-config",
        "/_stcore/upload_file/session/file",
        "/officers/_stcore/health",
        "/app/other",
    ],
)
def test_anonymous_machine_address_is_401(path: str) -> None:
    assert get(path).status == 401


@pytest.mark.parametrize("path", ["/signin", "/healthz", "/static/x.js", "/app/static/x.ttf"])
def test_open_address_needs_no_session(path: str) -> None:
    assert get(path).status == 200


@pytest.mark.parametrize(
    "path", ["/signinx", "/signin/../officers", "/healthz/officers", "/static"]
)
def test_look_alike_of_an_open_address_is_closed(path: str) -> None:
    assert get(path).status == 303


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/mcp", "/_stcore/agent"])
def test_metrics_and_agent_are_closed_to_everybody(path: str, token: str) -> None:
    assert get(path).status == get(path, token).status == 404


def test_websocket_needs_a_live_session(token: str) -> None:
    assert handshake(None) == "websocket.close"
    assert handshake("made-up") == "websocket.close"
    assert handshake(token) == "websocket.accept"
    for elsewhere in ("", "null", "https://evil.example", f"https://{HOST}:8443"):
        assert handshake(token, origin=elsewhere) == "websocket.close"
    sign_in.sign_out(token)
    assert handshake(token) == "websocket.close"


def test_identity_comes_from_the_gate_alone(token: str) -> None:
    answer = get("/officers", token, X_App_Uid="1", x_app_sid="00", x_app_role="administrator")
    headers = re.findall(r'"(x-app-\w+)":"(\w+)"', answer.text)
    expected = sign_in.officer_of(sign_in.session_id(token))
    assert expected is not None
    assert dict(headers) == {
        "x-app-uid": str(expected.id),
        "x-app-sid": sign_in.session_id(token),
    }
    assert "x-app" not in get("/static/x.js", x_app_uid="1").text


def test_unknown_address_leads_to_our_own_sentence(token: str) -> None:
    assert get("/nowhere", token).headers["location"] == "/missing"
    assert get("/officers", token).status == get("/missing", token).status == 200


@pytest.mark.parametrize(
    "path", ["/signin", "/officers", "/media/x", "/_stcore/metrics", "/healthz"]
)
def test_every_answer_carries_the_headers(path: str, token: str) -> None:
    for answer in (get(path), get(path, token)):
        for name, value in headers.HEADERS.items():
            assert answer.headers[name.lower()] == value
        assert answer.headers["cache-control"] == "no-store"
    assert "no-store" not in get("/static/x.js").headers.get("cache-control", "")


def test_policy_admits_the_installed_inline_script_and_no_other() -> None:
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]
    assert [f"sha256-{one}" for one in hashes] == [headers.INLINE_SCRIPT]
    assert "unsafe-eval" not in headers.CONTENT_SECURITY_POLICY.replace("wasm-unsafe-eval", "")


def test_sign_in_sets_a_cookie_that_scripts_cannot_read(token: str) -> None:
    answer = post(
        "/signin", {"username": "recruiter", "password": PASSWORD, "next": "/officers?id=1"}
    )
    assert (answer.status, answer.headers["location"]) == (303, "/officers?id=1")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie
    fresh = re.match(r"sid=([^;]+)", cookie)
    assert fresh and fresh[1] != token and get("/officers", fresh[1]).status == 200


def test_cookie_behind_tls_is_bound_to_the_host(settings: Settings) -> None:
    db.session.configure(replace(settings, secure_cookies=True))
    answer = post("/signin", {"username": "recruiter", "password": PASSWORD})
    assert answer.headers["set-cookie"].startswith("__Host-sid=")
    assert "Secure" in answer.headers["set-cookie"]
    assert "strict-transport-security" in answer.headers


def test_sign_in_ends_the_session_that_the_browser_came_with(token: str) -> None:
    post("/signin", {"username": "manager", "password": PASSWORD}, cookie=f"sid={token}")
    assert sign_in.whoami(token) is None


def test_refused_sign_in_says_so_in_both_languages_and_keeps_the_name() -> None:
    answer = post("/signin", {"username": "recru<b>iter", "password": "wrong"})
    assert answer.status == 401 and "set-cookie" not in answer.headers
    assert "არასწორია" in answer.text and "is wrong" in answer.text
    assert "recru&lt;b&gt;iter" in answer.text and "<b>iter" not in answer.text
    assert ">wrong<" not in answer.text and 'value="wrong"' not in answer.text


def test_locked_account_answers_429() -> None:
    form = {"username": "recruiter", "password": "wrong"}
    statuses = [post("/signin", form).status for _ in range(passwords.rules().failures_per_account)]
    assert set(statuses) == {401}
    assert post("/signin", {**form, "password": PASSWORD}).status == 429


@pytest.mark.parametrize("path", ["/signin", "/signout"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site", "origin": f"https://{HOST}"},
        {"sec-fetch-site": "same-site", "origin": "https://other.example.ge"},
        {"sec-fetch-site": "none"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"https://{HOST}.evil.example"},
    ],
)
def test_form_from_elsewhere_is_refused(path: str, headers: dict[str, str], token: str) -> None:
    form = {"username": "recruiter", "password": PASSWORD}
    answer = post(path, form, headers, cookie=f"sid={token}")
    assert answer.status == 403 and "set-cookie" not in answer.headers
    assert sign_in.whoami(token)


def test_sign_out_leaves_nothing_in_the_browser(token: str) -> None:
    answer = post("/signout", {}, cookie=f"sid={token}")
    assert (answer.status, answer.headers["location"]) == (303, "/signin")
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert sign_in.whoami(token) is None


def test_sign_out_is_no_link(token: str) -> None:
    assert get("/signout", token).headers["location"] == "/missing"
    assert get("/signout").headers["location"].startswith("/signin")
    assert sign_in.whoami(token)


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/ranking?vacancy=7", "/ranking?vacancy=7"),
        ("/", "/"),
        ("", "/"),
        (None, "/"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/x\\..\\y", "/"),
        ("/\r\nSet-Cookie: a=b", "/"),
        ("javascript:alert(1)", "/"),
        ("/signout", "/"),
        ("/media/x.csv", "/"),
        ("/_stcore/metrics", "/"),
    ],
)
def test_way_back_stays_in_the_house(wanted: str | None, leads_to: str) -> None:
    assert gate.safe_next(wanted) == leads_to


def test_signed_in_officer_is_not_asked_again(token: str) -> None:
    assert get("/signin?next=/officers", token).headers["location"] == "/officers"


def test_body_larger_than_the_address_accepts_is_refused(token: str) -> None:
    assert post("/signin", {"username": "x" * gate.LARGEST_FORM}).status == 413
    declared = ask(
        "PUT", "/_stcore/upload_file/a/b", content_length=str(10**10), cookie=f"sid={token}"
    )
    assert declared.status == 413
    streamed = ask("POST", "/officers", b"x" * 1024, parts=20, cookie=f"sid={token}")
    assert streamed.status == 413
    upload = ask("PUT", "/_stcore/upload_file/a/b", b"x" * 1024, parts=20, cookie=f"sid={token}")
    assert upload.status == 403  # large enough, but into no window of this officer


def test_sign_in_page_shows_demo_accounts_only_in_the_demonstration(settings: Settings) -> None:
    assert PASSWORD in get("/signin").text
    db.session.configure(replace(settings, environment="production"))
    assert PASSWORD not in get("/signin").text


def test_sign_in_page_loads_nothing_from_elsewhere() -> None:
    page = get("/signin").text
    addresses = re.findall(r'(?:src|href|action|url)[=(]"([^"]+)"', page)
    assert addresses
    assert all(one.startswith(("/", "data:")) and not one.startswith("//") for one in addresses)
    assert "<script" not in page
