"""Choosing skills: our own from a list, and those of ESCO by searching, beneath the same field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from services.coding.skill_search import has_imported_skills, search_skills
from services.esco.importing import ATTRIBUTION
from services.reference import reference
from ui.forms import choose_several
from ui.language import _, by_name, language, term_name
from ui.messages import plain

SEARCH = "search"


def skills(
    title: str,
    *,
    key: str,
    value: Sequence[str] = (),
    occupations: Sequence[str] = (),
    **options: Any,
) -> list[str]:
    """Several skills; those of the given occupations come first.

    The list holds our own skills and those of the occupations: all 14,800 with ESCO's would be
    sent to the browser at every click. The others are found by typing a part of their name.
    """
    known = reference()
    near: set[str] = set()
    for code in occupations:
        near |= known.essential_skills.get(code, frozenset())
        near |= known.optional_skills.get(code, frozenset()) & known.own_skills
    near -= known.vanished
    ordered = by_name(near, "skill") + by_name(known.own_skills - near, "skill")
    # What was found by searching is chosen already, but not in the list.
    taken = dict.fromkeys((*value, *st.session_state.get(key, ())))
    ordered += [code for code in taken if code not in set(ordered)]
    chosen = choose_several(title, ordered, "skill", key=key, value=value, ordered=True, **options)
    if has_imported_skills():
        _search(key, chosen)
    return chosen


def _search(key: str, chosen: Sequence[str]) -> None:
    typed = st.text_input(
        _("Search all skills of ESCO"),
        key=f"{key}.{SEARCH}",
        type="search",
        live=True,
        placeholder=_("type a part of a name"),
        help=_(ATTRIBUTION),
    )
    if len((typed or "").strip()) <= 1:
        return
    found = search_skills(text=typed or "", language=language(), without=chosen)
    if not found:
        st.caption(_("No skill has a name like this. Try another word."))
        return
    with st.container(horizontal=True):
        for skill in found:
            st.button(
                skill_text(skill),
                key=f"{key}.add.{skill}",
                icon=":material/add:",
                wrap=True,
                on_click=_add,
                args=(key, skill, tuple(chosen)),
            )
    st.caption(_(ATTRIBUTION))


def skill_text(skill: str) -> str:
    """ "prune vines · Vineyards, orchards and tea": the name and its group."""
    group = reference().skill_group.get(skill)
    return plain(f"{term_name('skill', skill)} · {term_name('skill_group', group)}")


def _add(key: str, skill: str, chosen: tuple[str, ...]) -> None:
    st.session_state[key] = [*chosen, skill]
