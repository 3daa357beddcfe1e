"""Which addresses need no session, and where a way back may lead."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from starlette.requests import Request

ENTRANCE = "/signin/"
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
    | {f"{ENTRANCE}{name}" for name in ("code", "oidc", "oidc/callback")}
)
INVITATION = f"{ENTRANCE}invitation/"
OPEN_FOLDERS = ("/static/", "/app/static/")
MACHINE_FOLDERS = ("/media", "/component", "/app/")


def is_for_machines(path: str) -> bool:
    """Whether a program asks here, and no person who could be led to the sign-in."""
    # Streamlit's page also looks for its endpoints below the address of the screen.
    return path.startswith(MACHINE_FOLDERS) or "/_stcore" in path


def is_invitation(path: str) -> bool:
    """Whether the address is a personal invitation."""
    return path.startswith(INVITATION) and "/" not in path.removeprefix(INVITATION)


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
    is_ours = path in OPEN_PATHS or path.startswith((*OPEN_FOLDERS, ENTRANCE))
    if is_ours or is_for_machines(path):
        return "/"
    return quote(wanted, safe="/?&=%-._~")
