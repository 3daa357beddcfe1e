"""Declaring a conflict of interest: the gate before the file, the receipt, the amendment."""

from __future__ import annotations

import streamlit as st

from domain.enums import ConflictKind
from domain.records.commission import AgendaItem, AgendaState
from domain.records.declarations import Declaration, DeclarationDraft
from domain.records.officer import Officer
from services import commission
from ui import marks, messages
from ui.commission import desk, receipt
from ui.language import _, label, moment
from ui.messages import plain

LONGEST = 500


def declare_first(item: AgendaItem, officer: Officer) -> None:
    """The gate before the file: a declaration, and what follows from it."""
    st.subheader(_("Before the file opens"), anchor=False)
    st.markdown(
        _(
            "Declare whether you have a conflict of interest with this vacancy, its employer or "
            "anybody who may be a candidate. With a conflict you neither read nor vote on this "
            "item and do not count for its quorum."
        )
    )
    st.caption(
        _(
            "A declaration is filed under a number and stays as it is; you can amend it later. The "
            "public register shows your name and the item's number where you are recused, never "
            "the kind of conflict or your words."
        )
    )
    draft = commission.get_declaration_draft(shortlist_id=item.shortlist_id, by=officer)
    with st.form(f"commission.declare.{item.shortlist_id}"):
        kind = _kind(_("My conflict of interest"), draft.kind if draft else None)
        explanation = _words(draft.explanation if draft else None)
        _say_saved(draft)
        is_filed, is_kept = _buttons(_("Declare"))
    if is_kept:
        _keep(item, kind, explanation, None, officer)
    if is_filed:
        if kind is None:
            st.error(_("Choose what applies to you."))
            return
        with messages.refusals():
            after = commission.declare_conflict(
                shortlist_id=item.shortlist_id, kind=kind, explanation=explanation, by=officer
            )
            _say_filed(after)


def filed(item: AgendaItem, officer: Officer) -> None:
    """The reader's own filings on the item, their receipts, and the form of an amendment."""
    if item.my_declaration is None:
        return
    title = _("My declaration: {kind} · receipt {number}").format(
        kind=label(item.my_declaration), number=item.my_receipt
    )
    with st.expander(title, expanded=item.state is AgendaState.RECUSED):
        mine = commission.list_my_declarations(shortlist_id=item.shortlist_id, by=officer)
        for one in mine:
            line(one)
            receipt.download(one)
        if mine:
            _amend(item, mine[0], officer)


def line(one: Declaration) -> None:
    """One filing: number, status, kind, the member's words, and what it means."""
    st.markdown(
        f"**{one.number}** · {plain(label(one.kind))}"
        + (f"  \n{plain(one.explanation)}" if one.explanation else "")
        + (
            "  \n" + _("Amends {number}.").format(number=plain(one.amends)) + " "
            if one.amends
            else ""
        )
        + (plain(one.reason) if one.reason else "")
    )
    tags = [marks.tag(label(one.status), "quiet"), marks.tag(moment(one.declared_at), "quiet")]
    marks.show(*tags, marks.tag(receipt.effect(one), "partly" if one.is_late else "quiet"))


def _amend(item: AgendaItem, last: Declaration, officer: Officer) -> None:
    st.markdown("**" + _("Amend it") + "**")
    st.caption(_what_an_amendment_does(item))
    draft = commission.get_declaration_draft(shortlist_id=item.shortlist_id, by=officer)
    with st.form(f"commission.amend.{item.shortlist_id}", border=False):
        kind = _kind(_("My conflict of interest now"), draft.kind if draft else last.kind)
        explanation = _words(draft.explanation if draft else last.explanation)
        reason = st.text_input(
            _("Why I amend it (required to withdraw a conflict, and after the decision)"),
            value=(draft.reason if draft else None) or "",
            max_chars=LONGEST,
        )
        _say_saved(draft)
        is_filed, is_kept = _buttons(_("File the amendment"))
    if is_kept:
        _keep(item, kind, explanation, reason, officer)
    if is_filed and kind is not None:
        with messages.refusals():
            after = commission.amend_declaration(
                shortlist_id=item.shortlist_id,
                kind=kind,
                explanation=explanation,
                reason=reason,
                by=officer,
            )
            desk.put_file_back(item.shortlist_id)
            _say_filed(after)


def _what_an_amendment_does(item: AgendaItem) -> str:
    if item.is_past_amending:
        return _(
            "The item is decided, or you have voted secretly: an amendment goes on record and into "
            "the public register, and changes neither the votes nor the decision."
        )
    if item.my_declaration is not ConflictKind.NONE:
        return _(
            "A conflict can be withdrawn, with the reason, until the first vote on this item is "
            "cast; after that you stay recused."
        )
    if item.my_votes:
        return _(
            "If you declare a conflict now, your votes on this item are taken back and kept as "
            "withdrawn, the file closes to you and you leave its quorum."
        )
    return _(
        "If you declare a conflict now, the file closes to you and you leave this item's quorum "
        "and vote."
    )


def _kind(title: str, chosen: ConflictKind | None) -> ConflictKind | None:
    kinds = list(ConflictKind)
    return st.radio(
        title,
        kinds,
        format_func=desk.named(ConflictKind, label),
        index=kinds.index(chosen) if chosen else None,
        horizontal=True,
    )


def _words(text: str | None) -> str:
    return st.text_area(
        _("In a few words (where there is a conflict; required for another one)"),
        value=text or "",
        height=80,
        max_chars=LONGEST,
        help=_("Read by you, the chair and an auditor. Name no third person if you can avoid it."),
    )


def _buttons(text: str) -> tuple[bool, bool]:
    with st.container(horizontal=True):
        is_filed = st.form_submit_button(text, type="primary")
        is_kept = st.form_submit_button(_("Save as a draft"))
    return is_filed, is_kept


def _say_saved(draft: DeclarationDraft | None) -> None:
    if draft is not None:
        st.caption(
            _("Draft of {moment}: only you see it, and it counts for nothing yet.").format(
                moment=moment(draft.saved_at)
            )
        )


def _keep(
    item: AgendaItem,
    kind: ConflictKind | None,
    explanation: str,
    reason: str | None,
    officer: Officer,
) -> None:
    with messages.refusals():
        commission.save_declaration_draft(
            shortlist_id=item.shortlist_id,
            kind=kind,
            explanation=explanation,
            reason=reason,
            by=officer,
        )
        messages.success(_("The draft is saved. It counts only once you file it."))
        st.rerun()


def _say_filed(after: AgendaItem) -> None:
    messages.success(
        _("Your declaration is filed. Receipt: {number}.").format(number=after.my_receipt),
        _("My declarations"),
        "declarations",
    )
    st.rerun()
