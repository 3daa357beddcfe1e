"""Two officers edit the same record: the second sees both versions and loses nothing.

A form is begun with what was saved then, and keeps these inputs until it is saved or the screen is
left, whatever is saved meanwhile. Saving says which version was seen; when somebody else saved
first, both versions stand side by side, and each field is taken from one or the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

import streamlit as st

from domain.exceptions import StaleVersion
from domain.versions import Difference, differences, put_together
from ui import layout, navigation
from ui.buttons import guarded_button
from ui.language import _, day, label, moment, number
from ui.messages import plain

F = TypeVar("F")
Show = Callable[[str, Any], str]
Save = Callable[[Any, int], object]


@dataclass(frozen=True)
class Editing(Generic[F]):
    """A form that this session began to edit."""

    name: str
    form: F
    version: int
    newest: F
    newest_version: int

    @property
    def is_behind(self) -> bool:
        """Somebody saved since this form was begun."""
        return self.version != self.newest_version

    @property
    def key(self) -> str:
        """For the widgets: the same until the form is begun anew."""
        return f"{self.name}.{_begun(self.name)}"


def edit(
    name: str,
    saved: F,
    version: int,
    *,
    draw: Callable[[F, str], F | None],
    act: Save,
    labels: Mapping[str, str],
    show: Show | None = None,
) -> bool:
    """Draw a form, or both versions of it; True when something was saved now.

    `saved` and `version` are what is saved at present, `draw(form, key)` draws the inputs and
    answers with what stands in them once the officer saves, `act(form, version)` saves it.
    """
    editing = begin(name, saved, version)
    settled = settle(editing, labels, act, show)
    if settled is not None:
        return settled
    form = draw(editing.form, editing.key)
    if form is None:
        return False
    save(editing, form, act)
    return True


def begin(name: str, form: F, version: int) -> Editing[F]:
    """The form as it was when this officer began; `form` and `version` are what is saved now."""
    kept = st.session_state.get(_key(name))
    if kept is None or kept[0] != navigation.visit():
        kept = st.session_state[_key(name)] = (navigation.visit(), form, version)
        st.session_state.pop(_mine(name), None)
    if kept[1] == form and kept[2] != version:
        # Saved for another reason (a status, a check): nothing of this form has changed.
        kept = st.session_state[_key(name)] = (kept[0], form, version)
    return Editing(name, kept[1], kept[2], form, version)


def start_anew(name: str) -> None:
    """The next run begins with what is saved then."""
    st.session_state.pop(_key(name), None)
    st.session_state.pop(_mine(name), None)
    st.session_state[f"{_key(name)}.begun"] = _begun(name) + 1


def save(editing: Editing[F], form: F, act: Save) -> None:
    """Save what stands in the form; when somebody saved first, show both versions instead."""
    try:
        act(form, editing.version)
    except StaleVersion:
        st.session_state[_mine(editing.name)] = form
        st.rerun()
    start_anew(editing.name)


def settle(
    editing: Editing[F], labels: Mapping[str, str], act: Save, show: Show | None = None
) -> bool | None:
    """Both versions, where somebody saved first: True when the choice was saved now, False while
    it is open (draw no form then), None when there is nothing to settle."""
    mine = st.session_state.get(_mine(editing.name))
    if mine is None:
        _tell_newer(editing)
        return None
    name = f"{editing.name}.{editing.newest_version}"
    pressed, together = compare(
        name, editing.form, editing.newest, mine, labels=labels, show=show or shown
    )
    if pressed == "drop":
        start_anew(editing.name)
        st.rerun()
    if together is None:
        return False
    try:
        act(together, editing.newest_version)
    except StaleVersion:
        st.rerun()  # a third version: it is compared anew, mine is still kept
    start_anew(editing.name)
    return True


def compare(
    name: str, before: F, theirs: F, mine: F, *, labels: Mapping[str, str], show: Show
) -> tuple[str, F | None]:
    """Both versions field by field; "save" with what was put together, "drop", or "" while open."""
    found = differences(before, theirs, mine)
    with st.container(border=True, key=f"conflict-{_safe(name)}"):
        layout.part("◐ " + _("Somebody else saved this while you were editing"))
        st.caption(
            _(
                "Nothing was overwritten and nothing of yours is lost. What only one of you "
                "changed is kept; where both did, choose. Then save."
            )
        )
        choices = {one.field: _row(name, one, labels, show) for one in found}
        if not found:
            st.markdown(_("Both versions say the same: there is nothing left to save."))
        pressed = _buttons(name, choices)
    if pressed != "save":
        return pressed, None
    taken = {field: bool(choice) for field, choice in choices.items()}
    return pressed, put_together(theirs, found, taken)


def _buttons(name: str, choices: Mapping[str, bool | None]) -> str:
    is_open = any(choice is None for choice in choices.values())
    why_not = _("Choose for each field whose version counts.") if is_open else None
    with st.container(horizontal=True):
        if choices and guarded_button(
            _("Save this version"), why_not, key=f"conflict.{name}.save", type="primary"
        ):
            return "save"
        if st.button(_("Keep what is saved, drop mine"), key=f"conflict.{name}.drop"):
            return "drop"
    return ""


def _row(name: str, one: Difference, labels: Mapping[str, str], show: Show) -> bool | None:
    """One field: before, theirs, mine; whose counts (None: not chosen yet)."""
    st.markdown(f"**{plain(labels.get(one.field, one.field))}**")
    st.caption(_("before: {value}").format(value=plain(show(one.field, one.before))))
    options = {True: _("mine"), False: _("theirs")}
    texts = {
        True: f"{options[True]}: {plain(show(one.field, one.mine))}",
        False: f"{options[False]}: {plain(show(one.field, one.theirs))}",
    }
    proposed = None if one.is_contested else (0 if one.takes_mine else 1)
    choice: bool | None = st.radio(
        labels.get(one.field, one.field),
        [True, False],
        index=proposed,
        format_func=texts.__getitem__,
        key=f"conflict.{name}.{one.field}",
        label_visibility="collapsed",
    )
    return choice


def _tell_newer(editing: Editing[Any]) -> None:
    """Somebody saved since this form was begun: say so before the officer types on."""
    if not editing.is_behind:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            "◐ " + _("Somebody saved a newer version meanwhile. When you save, you will see both.")
        )
        if st.button(_("Show the newer one"), key=f"conflict.{editing.name}.newer"):
            start_anew(editing.name)
            st.rerun()


def shown(_name: str, value: Any) -> str:
    """A value as the reader writes it."""
    match value:
        case None | "" | () | []:
            return _("not stated")
        case bool():
            return _("yes") if value else _("no")
        case StrEnum():
            return label(value)
        case Decimal() | float() | int():
            return number(value)
        case datetime():
            return moment(value)
        case date():
            return day(value)
        case tuple() | list():
            return ", ".join(shown(_name, one) for one in value)
    return str(value)


def _key(name: str) -> str:
    return f"conflict.base.{name}"


def _mine(name: str) -> str:
    return f"conflict.mine.{name}"


def _begun(name: str) -> int:
    return int(st.session_state.get(f"{_key(name)}.begun", 0))


def _safe(name: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in name)
