"""Signed-in browsers, one a line, each with a button that signs it out."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from domain.records.account import OpenSession
from ui.language import _, moment
from ui.messages import plain


def table_of(found: Sequence[OpenSession], key: str) -> str | None:
    """Draw them; the id of the one that shall be signed out, if a button was pressed."""
    if not found:
        st.caption(_("No browser is signed in."))
    ended = None
    for place, one in enumerate(found):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(_line(one), width="stretch")
            if one.is_this_one:
                st.caption(_("this browser"), width="content")
            elif st.button(_("Sign out"), key=f"{key}.{place}"):
                ended = one.id
    return ended


def _line(one: OpenSession) -> str:
    ways = [_("password")] if not one.by_provider else [_("single sign-on")]
    if one.has_second_factor:
        ways.append(_("code"))
    seen = _("since {since}, last seen {seen}").format(
        since=moment(one.since), seen=moment(one.last_seen_at)
    )
    device = plain(one.device or _("unknown browser"))
    return f"**{device}** · {plain(one.address or '–')}  \n{seen} · {' + '.join(ways)}"
