"""Opens a screen as an officer: `open_page(officer, "vacancies")`, through the router."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import ui.language
from db.models import OfficerRow, SignInSessionRow
from db.session import reading, unit_of_work
from domain.records.officer import Officer
from services import clock
from services.officers import accounts, sign_in

ROUTER = Path(__file__).parents[2] / "ui" / "main.py"
OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def packages_looked_through_once() -> Iterator[None]:
    """Streamlit looks for components in every installed package: a server once, AppTest each time.

    That took a quarter of the time of all tests of screens.
    """
    with pytest.MonkeyPatch.context() as patched:
        once = cache(manifest_scanner.scan_component_manifests)
        patched.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture
def officers(sqlite_database: Engine) -> dict[str, Officer]:
    """The demonstration's officers by username: recruiter, chair, member.ngo, manager, admin, …"""
    accounts.create_demo_accounts()
    with reading() as session:
        rows = session.scalars(select(OfficerRow))
        return {row.username: sign_in.officer_record(session, row) for row in rows}


@pytest.fixture
def open_page(officers: dict[str, Officer], monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Run a screen as an officer; `open_page(officers["recruiter"], "vacancy", id=7, lang="en")`.

    `lang` is the officer's language (English unless told); everything else goes into the address.
    """

    def opened(
        officer: Officer, page: str | None = None, *, lang: str = "en", **query: Any
    ) -> AppTest:
        accounts.set_language(language=lang, by=officer)
        # AppTest asks the options' names outside a rerun, where no reader is known.
        monkeypatch.setattr(ui.language, "OUTSIDE_A_RERUN", lang)
        at = AppTest.from_file(str(ROUTER), default_timeout=20)
        at.user = {"uid": str(officer.id), "sid": session_of(officer)}
        for name, value in query.items():
            at.query_params[name] = str(value)
        if page:
            at._page_hash = calc_hash(page)  # the public way knows pages that are files only
        return at.run()

    return opened


def session_of(officer: Officer) -> str:
    """A live sign-in session of the officer, without a password."""
    token = f"token-of-{officer.id}-{clock.now().timestamp()}"
    with unit_of_work() as work:
        work.session.add(
            SignInSessionRow(
                token_hash=sign_in.token_hash(token),
                officer_id=officer.id,
                created_at=clock.now(),
                last_seen_at=clock.now(),
            )
        )
        work.commit()
    return sign_in.session_id(token)


@pytest.fixture
def texts_of() -> Callable[[AppTest], str]:
    """Everything that the screen says, in one string."""

    def said(at: AppTest) -> str:
        kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error")
        parts = [element.value for kind in kinds for element in getattr(at, kind)]
        parts += [element.proto.body for element in at.get("html")]
        return "\n".join(str(part) for part in parts)

    return said


@pytest.fixture
def select_rows() -> Callable[[AppTest, str, Sequence[int]], AppTest]:
    """Select rows by place in the table with that key, as a click does."""

    def selected(at: AppTest, key: str, places: Sequence[int]) -> AppTest:
        names = [str(name) for name, _ in at.session_state.items()]
        widget = next(n for n in names if n.startswith(f"{key}.") and not n.endswith(".selected"))
        at.session_state[widget] = {"selection": {"rows": list(places), "columns": [], "cells": []}}
        return at.run()

    return selected
