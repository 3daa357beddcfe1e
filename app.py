"""The launcher: Streamlit behind the gate. `streamlit run app.py` or `uvicorn app:app`."""

import contextlib
import gc
import threading
from collections.abc import AsyncIterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import altair  # noqa: F401 - imported before the freeze, so that no first click waits for it
import pandas  # noqa: F401
import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from services import due_work
from services.officers import accounts
from services.operations import environment, metrics
from services.rankings import pool, ranking_start
from ui import messages, navigation
from ui.entrance.invitation import invitation
from ui.entrance.signing_in import second_step, signin, signout
from ui.entrance.single_sign_on import from_provider, to_provider
from ui.gate import Gate
from ui.operations import start
from ui.operations.access import AccessLog
from ui.operations.addresses import healthz, metrics_page, readyz
from ui.public import router as public


@contextlib.asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Load everything, then take it out of the garbage collector's sight: 90 ms a rerun."""
    start.write_logs()
    start.check_server()
    metrics.begin()
    accounts.create_demo_accounts()
    for spec in navigation.PAGES:
        if find_spec(f"pages.{spec.name}"):
            import_module(f"pages.{spec.name}")
    pool.live_pool()  # so that the first ranking of the day is as quick as the second
    # After an update the compilation takes seconds; sign-in and registers needn't wait for it.
    threading.Thread(target=ranking_start.get_ready, name="make-ready", daemon=True).start()
    stop = threading.Event()
    threading.Thread(
        target=due_work.keep_running, args=[stop], name="due-work", daemon=True
    ).start()
    gc.collect()
    gc.freeze()
    yield
    stop.set()
    environment.give_database_back()


app = st.App(
    "ui/main.py",
    lifespan=lifespan,
    on_script_error=messages.apologise,
    middleware=[Middleware(AccessLog), Middleware(Gate)],
    routes=[
        Route("/signin", signin, methods=["GET", "POST"]),
        Route("/signin/code", second_step, methods=["GET", "POST"]),
        Route("/signin/oidc", to_provider, methods=["GET"]),
        Route("/signin/oidc/callback", from_provider, methods=["GET"]),
        Route("/signin/invitation/{secret}", invitation, methods=["GET", "POST"]),
        Route("/signout", signout, methods=["POST"]),
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", metrics_page),
        Route("/public", public.serve),
        Route("/public/{path:path}", public.serve, methods=["GET", "POST"]),
    ],
)
