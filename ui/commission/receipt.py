"""The receipt of a filed declaration: a line on the screen, and a text to keep."""

from __future__ import annotations

import streamlit as st

from domain.enums import ConflictKind
from domain.records.declarations import Declaration
from ui.language import _, label, language, moment, number, term_name


def effect(filed: Declaration) -> str:
    """What a filing means for its member, in a sentence."""
    if filed.is_late:
        return _("On record and in the public register; it changes nothing else.")
    if filed.kind is ConflictKind.NONE:
        return _("No conflict: the file of this item is open to the member.")
    return _("Recused: the member neither reads nor votes on this item.")


def text_of(filed: Declaration) -> str:
    """The receipt as plain text."""
    lines = [
        _("Receipt of a conflict-of-interest declaration"),
        "",
        (_("Number"), filed.number),
        (_("Filed"), moment(filed.declared_at)),
        (_("Member"), filed.name(language())),
        (_("Organisation"), term_name("organisation", filed.organisation_code)),
        (_("Session"), filed.session_number),
        (_("Agenda item"), f"{number(filed.item_order)} ({filed.vacancy_number})"),
        (_("Conflict of interest"), label(filed.kind)),
    ]
    if filed.explanation:
        lines.append((_("In the member's words"), filed.explanation))
    if filed.amends:
        lines.append((_("Amends"), filed.amends))
    if filed.reason:
        lines.append((_("Why it was amended"), filed.reason))
    lines.append((_("What follows"), effect(filed)))
    return "\n".join(one if isinstance(one, str) else f"{one[0]}: {one[1]}" for one in lines) + "\n"


def download(filed: Declaration) -> None:
    """The button that keeps the receipt."""
    st.download_button(
        _("Download receipt {number}").format(number=filed.number),
        text_of(filed).encode("utf-8"),
        file_name=f"{filed.number}.txt",
        mime="text/plain",
        key=f"receipt.{filed.number}",
        on_click="ignore",
    )
