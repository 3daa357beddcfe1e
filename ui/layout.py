"""Where things stand on a screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from domain.records.officer import Officer
from services.operations.environment import banner
from ui.language import _, label, language, switch
from ui.messages import plain
from ui.navigation import first_screen, page_link, spec

STYLES = Path(__file__).parent / "theme.css"


def styles() -> None:
    """Called by the router: the few rules that Streamlit's theme has no option for."""
    st.html(_style_sheet(st.context.theme.type or "light dark"))


@st.cache_resource(show_spinner=False)
def _style_sheet(scheme: str) -> str:
    # Menus and dialogs stand outside the app's element and know its theme only from the root.
    root = f":root {{ color-scheme: {scheme}; }}"
    return f"<style>{root}\n{STYLES.read_text(encoding='utf-8')}</style>"


def environment() -> None:
    """Called by the router: outside production every screen says that it is none."""
    if said := banner():
        st.html(f'<div class="environment" role="note">{escape(_(said))}</div>')


def bar(officer: Officer) -> None:
    """Called by the router: language switch, and the officer's menu with sign-out."""
    with st.container(key="officer_bar", horizontal=True, horizontal_alignment="right"):
        switch()
        with st.popover(plain(officer.name(language())), type="tertiary"):
            st.markdown(f"**{plain(officer.name(language()))}**  \n{plain(label(officer.role))}")
            # Streamlit draws no menu for a role with one screen: here is the way back to it.
            home = spec(first_screen(officer))
            page_link(home.name, _(home.title))
            if home.name != "account":
                page_link("account", _("My account"))
            leave = _("Sign out")
            st.html(
                '<form method="post" action="/signout">'
                f'<button class="signout" type="submit">{leave}</button></form>'
            )


def header(title: str, stage: str | None = None, subtitle: str | None = None) -> None:
    """The screen's title; above it the stage it belongs to ("S07"), below it what it is about.

    All three are the project's own words or already made safe with `plain`.
    """
    with st.container(key="page_header"):
        if stage:
            st.caption(stage)
        st.title(title, anchor=False)
        if subtitle:
            st.caption(subtitle)


def section(title: str, caption: str | None = None) -> None:
    """A heading inside a screen, with its distance to what stands above."""
    st.subheader(title, anchor=False)
    if caption:
        st.caption(caption)


def list_and_detail() -> tuple[Any, Any]:
    """Two columns, list (60 %) and detail (40 %); on a phone the detail follows the list."""
    left, right = st.columns([3, 2], gap="medium")
    return left, right


def part(title: str) -> None:
    """A small heading within a card or a form."""
    st.markdown(f"**{title}**")


@contextmanager
def filters(count: int = 1) -> Iterator[None]:
    """One row of filters on top of a list, folded when there are more than five."""
    if count > 5:
        with st.expander(_("Filters")):
            yield
    else:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            yield


def facts(rows: dict[str, str]) -> None:
    """Label and value, one pair a line: a small file card. Values are made safe here."""
    pairs = "".join(
        f"<dt>{escape(title)}</dt><dd>{escape(value) or '–'}</dd>" for title, value in rows.items()
    )
    st.html(f'<dl class="facts">{pairs}</dl>')
