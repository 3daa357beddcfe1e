"""The router: who is it, may they, in which language; then one screen draws itself.

Every screen is registered for everybody, hidden where the role does not open it, so that an
address opened by hand shows one polite sentence and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import streamlit as st

from domain.records.officer import Officer
from domain.texts import N_
from services.moment import one_moment
from ui import language, layout, messages, navigation, orders, session
from ui.incidents import clock as incident_clock
from ui.language import _
from ui.navigation import PageSpec
from ui.operations import timing

TITLE = N_("Temporary lawful employment abroad")
ICON = "🧭"


def main() -> None:
    """One full rerun."""
    st.set_page_config(page_title=_(TITLE), page_icon=ICON, layout="wide")
    layout.styles()
    officer = session.current_officer()
    if officer is None:
        signed_out()
        return
    session.claim(officer)
    language.read_in(officer)
    layout.environment()
    chosen = st.navigation(menu(officer), position="top")
    layout.bar(officer)
    incident_clock.draw(officer)
    pending = st.container(key="messages")
    with pending:
        messages.show_pending()
    chosen.run()
    with pending:
        messages.show_pending()


def signed_out() -> None:
    """The session ended while the page stood open."""
    session.forget(keep=(language.KEY,))
    layout.environment()
    st.navigation([st.Page(lambda: None, title=_("Sign in"), url_path="home")], position="hidden")
    st.warning(_("Your session has ended. Sign in again to go on; what was saved is kept."))
    st.link_button(_("Sign in"), "/signin", type="primary")


def menu(officer: Officer) -> dict[str, list[Any]]:
    """Streamlit's pages by section; also makes them known to `navigation.open_page`."""
    home = st.Page(
        lambda: go_home(officer),
        title=_(TITLE),
        icon=ICON,
        url_path=navigation.HOME,
        default=True,
        visibility="hidden",
    )
    missing = st.Page(
        no_such_page,
        title=_("Not found"),
        icon=ICON,
        url_path=navigation.MISSING,
        visibility="hidden",
    )
    sections: dict[str, list[Any]] = {"": [home, missing]}
    pages: dict[str, Any] = {}
    for spec in navigation.PAGES:
        pages[spec.name] = made = streamlit_page(spec, officer)
        is_listed = spec.visible and navigation.may_open(officer, spec)
        sections.setdefault(_(spec.section) if is_listed else "", []).append(made)
    navigation.remember_pages(pages)
    return sections


def streamlit_page(spec: PageSpec, officer: Officer) -> Any:
    """The registered screen as Streamlit wants it, with the guard before it."""
    is_listed = spec.visible and navigation.may_open(officer, spec)
    return st.Page(
        guarded(spec, officer),
        title=_(spec.title),
        icon=spec.icon,
        url_path=spec.name,
        visibility="visible" if is_listed else "hidden",
    )


def guarded(spec: PageSpec, officer: Officer) -> Callable[[], None]:
    """Draws the screen, or the sentence that says why not; nothing of it runs in that case."""

    def draw() -> None:
        navigation.note_visit(spec.name)
        if officer.is_held_back and spec.name != "account":
            navigation.open_page("account")
        if not navigation.may_open(officer, spec):
            no_right()
        elif find_spec(f"pages.{spec.name}") is None:
            no_such_page()
        else:
            with one_moment(), orders.taking_orders(officer), messages.refusals():
                import_module(f"pages.{spec.name}").render(officer)

    def drawn() -> None:
        with timing.timed(spec.name, officer):
            draw()

    return drawn


def go_home(officer: Officer) -> None:
    """The address "/" leads to the officer's first screen."""
    first = "account" if officer.is_held_back else navigation.first_screen(officer)
    navigation.open_page(first)


def no_right() -> None:
    """What somebody without the right sees: a sentence, nothing else."""
    st.warning(_("This screen is not part of your role. Ask an administrator if you need it."))


def no_such_page() -> None:
    """What an unknown address shows."""
    st.info(_("There is no such screen. Choose one from the menu at the top."))


main()
