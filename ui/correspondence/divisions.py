"""The divisions: who heads them, who works there and how much they have in hand."""

from __future__ import annotations

from functools import partial

import streamlit as st

from domain.enums import Role
from domain.records.correspondence import Division, Workload
from domain.records.officer import Officer
from services.correspondence import distribution, divisions
from ui import layout, messages
from ui.correspondence.words import name
from ui.language import _, language
from ui.tables import Column, table

NEW = ""


def draw(officer: Officer) -> None:
    """Workload of everybody; the manager changes divisions."""
    known = distribution.list_divisions(by=officer)
    with st.expander(_("Divisions and workload")):
        _workloads(known, distribution.list_workloads(by=officer))
        if officer.role is Role.MANAGER:
            _edit(known, officer)


def _workloads(known: tuple[Division, ...], loads: tuple[Workload, ...]) -> None:
    names = {one.code: one.name(language()) for one in known}
    heads = {one.head.id for one in known if one.head}
    table(
        loads,
        [
            Column(_("Specialist"), lambda row: name(row.officer), width=190, pinned=True),
            Column(_("Division"), lambda row: ", ".join(names[c] for c in row.departments)),
            Column(_("Head"), lambda row: "✓" if row.officer.id in heads else "–", width=80),
            Column(_("Letters in hand"), "letters", "number"),
            Column(_("Due soon"), "due", "number"),
            Column(_("Overdue"), "overdue", "number"),
        ],
        key="correspondence.workload",
        row_id=lambda row: row.officer.id,
        empty=_("There is no division yet. The manager sets up the registry first."),
        alt=_("What every specialist has in hand, who has least first"),
    )
    st.caption(
        _(
            "Letters in hand: not yet done. Due soon and overdue: resolutions to execute, in "
            "working days. Give the next letter to who has least."
        )
    )


def _edit(known: tuple[Division, ...], officer: Officer) -> None:
    layout.part(_("Change a division"))
    by_code = {one.code: one for one in known}
    names = {NEW: _("new division"), **{one.code: one.name(language()) for one in known}}
    code = st.selectbox(
        _("Division"),
        list(names),
        format_func=names.__getitem__,
        key="divisions.code",
    )
    chosen = by_code.get(code or NEW)
    key = f"divisions.{code or 'new'}"
    new_code = chosen.code if chosen else st.text_input(_("Code"), key=f"{key}.code", max_chars=30)
    left, right = st.columns(2)
    name_ka = left.text_input(
        _("Name in Georgian"), chosen.name_ka if chosen else "", key=f"{key}.ka", max_chars=120
    )
    name_en = right.text_input(
        _("Name in English"), chosen.name_en if chosen else "", key=f"{key}.en", max_chars=120
    )
    members, head = _people(chosen, key, officer)
    is_registry = st.checkbox(
        _("Registry: registers letters and sees the whole register"),
        chosen.is_registry if chosen else not known,
        key=f"{key}.registry",
    )
    if st.button(_("Save the division"), key=f"{key}.save", type="primary"):
        with messages.refusals():
            _save(
                partial(
                    divisions.save_division,
                    code=new_code,
                    name_ka=name_ka,
                    name_en=name_en,
                    head_id=head,
                    member_ids=members,
                    is_registry=is_registry,
                    by=officer,
                )
            )


def _people(chosen: Division | None, key: str, officer: Officer) -> tuple[list[int], int | None]:
    """Members and head of the division."""
    people = {
        int(one.id): one.name(language()) for one in divisions.list_possible_members(by=officer)
    }
    members = st.multiselect(
        _("Members"),
        list(people),
        default=[int(m.id) for m in chosen.members if m.id in people] if chosen else [],
        format_func=people.__getitem__,
        key=f"{key}.members",
        placeholder=_("choose"),
        select_all=False,
    )
    head_now = int(chosen.head.id) if chosen and chosen.head else None
    head = st.selectbox(
        _("Head"),
        list(people),
        index=list(people).index(head_now) if head_now in people else None,
        format_func=people.__getitem__,
        key=f"{key}.head",
        placeholder=_("choose"),
    )
    return members, head


def _save(change: partial[tuple[Division, ...]]) -> None:
    change()
    messages.success(_("The division is saved."))
    st.rerun()
