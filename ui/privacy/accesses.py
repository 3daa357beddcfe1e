"""Who looked at one person's data."""

from __future__ import annotations

import streamlit as st

from domain.exceptions import NotFound
from domain.records.officer import Officer
from domain.records.privacy import Access
from services.privacy import accesses
from ui import messages
from ui.audit_words import what_happened
from ui.language import _, label, language, number
from ui.navigation import keep_query
from ui.tables import Column, table


def draw(external_id: str | None, officer: Officer) -> None:
    """A field for the number of the file, then the list."""
    asked = st.text_input(
        _("Number of the file"),
        value=external_id or "",
        key=f"accesses.file.{external_id}",
        placeholder="JS-2026-00001",
    ).strip()
    if not asked:
        messages.empty(_("Enter the number of a file: it stands on every paper about the person."))
        return
    if asked != external_id:
        keep_query(jobseeker=asked)
        st.rerun()
    changes = st.toggle(_("Changes too, not only readings"), key="accesses.changes")
    try:
        found = accesses.list_accesses(external_id=asked, with_changes=changes, by=officer)
    except NotFound as nothing:
        messages.show(nothing)
        return
    people = {one.name_en for one in found if one.name_en}
    st.caption(
        _("Entries: {count}, officers: {people}; the newest first.").format(
            count=number(len(found)), people=number(len(people))
        )
    )
    table(
        found,
        (
            Column(_("When"), "happened_at", kind="moment", pinned=True),
            Column(_("Officer"), _name, width="medium"),
            Column(_("Organisation"), _organisation, width="medium"),
            Column(_("Role"), lambda one: label(one.role) if one.role else "–"),
            Column(_("What"), _what, width="large"),
        ),
        key="accesses.table",
        row_id="happened_at",
        empty=_("Nobody has opened this file yet."),
        alt=_("Who looked at the data, the newest first"),
    )


def _what(one: Access) -> str:
    return what_happened(one.action, one.entity, language())


def _name(one: Access) -> str:
    named = one.name_ka if language() == "ka" else one.name_en
    return named or _("by itself")


def _organisation(one: Access) -> str:
    named = one.organisation_ka if language() == "ka" else one.organisation_en
    return named or "–"
