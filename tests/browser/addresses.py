"""Every address under which the app answers: its own routes, Streamlit's, and its screens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import streamlit
from starlette.routing import WebSocketRoute
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

from app import app
from ui.entrance.addresses import OPEN_PATHS
from ui.navigation import PAGES

STATIC = Path(streamlit.__file__).parent / "static"
OPEN = OPEN_PATHS | {"/public/x", "/static/x", "/app/static/x"}
"""What answers strangers: signing in, health, fonts and scripts, and pages for everybody."""


def every_address() -> list[tuple[str, str]]:
    """Method and address, with `x` for whatever a route leaves open."""
    found = {*_routes(), *((("GET", f"/{page.name}")) for page in PAGES)}
    found |= {("GET", f"/{page.name}/_stcore/host-config") for page in PAGES}
    found |= {("GET", f"/{path.name}") for path in STATIC.iterdir() if path.is_file()}
    return sorted(found)


def _routes() -> Iterator[tuple[str, str]]:
    for route in all_routes():
        if isinstance(route, WebSocketRoute):
            continue
        path = re.sub(r"\{[^}]*\}", "x", getattr(route, "path", ""))
        for method in sorted(getattr(route, "methods", None) or {"GET"}):
            if method not in ("HEAD", "OPTIONS"):
                yield method, path or "/"


def all_routes() -> list[Any]:
    """The routes of the app as a server gets them: ours first, then Streamlit's."""
    parts = (
        "stats_mgr",
        "media_file_mgr",
        "uploaded_file_mgr",
        "component_registry",
        "bidi_component_registry",
    )
    runtime: Any = SimpleNamespace(**dict.fromkeys(parts, SimpleNamespace(_storage=None)))
    return [*app._user_routes, *create_streamlit_routes(runtime)]
