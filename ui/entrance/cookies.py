"""The cookies: who is signed in, and who stands between two steps of signing in."""

from __future__ import annotations

from http.cookies import SimpleCookie
from typing import Any

from starlette.requests import HTTPConnection

from services.health import secure_cookies

SESSION, STEP, PROVIDER = "sid", "step", "oidc"


def cookie_name(kind: str = SESSION) -> str:
    """Behind TLS the name itself forbids other hosts and plain HTTP to set it."""
    return f"__Host-{kind}" if secure_cookies() else kind


def cookie_token(connection: HTTPConnection, kind: str = SESSION) -> str | None:
    """What the browser sent under that name."""
    return connection.cookies.get(cookie_name(kind)) or None


def set_cookie(token: str, kind: str = SESSION, seconds: int | None = None) -> str:
    """The header that gives a cookie; no script reads it, no foreign form sends it along."""
    cookie: SimpleCookie = SimpleCookie({cookie_name(kind): token})
    made: Any = cookie[cookie_name(kind)]
    made["path"], made["httponly"], made["samesite"] = "/", True, "Lax"
    made["secure"] = secure_cookies()
    if seconds is not None:
        made["max-age"] = str(seconds)
    return str(made.OutputString())


def end_cookie(kind: str = SESSION) -> str:
    """The header that takes a cookie away."""
    return set_cookie("", kind, 0)
