"""Retention on the screen: the preview, legal holds, the register of what went."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from domain.records.privacy import DueFile, LegalHold, Tombstone
from services.permissions import Permission, can
from services.privacy import retention
from ui import layout, marks, messages
from ui.language import _, day, language, moment, number, say
from ui.messages import plain
from ui.privacy.words import RULES
from ui.tables import Column, table


def preview(officer: Officer) -> None:
    """What the next run would do; nothing is changed by looking."""
    found = retention.preview(by=officer)
    layout.section(
        _("What the next run does"),
        _(
            "Only looked up: nothing changes here. Ended registrations without a step since {day} "
            "are depersonalised by themselves; after work abroad, those that ended before {stays}."
        ).format(day=day(found.before), stays=day(found.stays_before)),
    )
    marks.counters(
        {
            _("to be depersonalised"): len(found.due),
            _("kept for a reason"): len(found.kept),
            _("open although silent"): found.silent,
        }
    )
    if found.silent:
        st.caption(
            _("Open registrations are not touched: an officer asks the person, or ends them first.")
        )
    _files(found.due, "retention.due", _("Nobody's period is over."))
    if found.kept:
        layout.part(_("Kept although the period is over"))
        _files(found.kept, "retention.kept", "")


def _files(rows: tuple[DueFile, ...], key: str, empty: str) -> None:
    table(
        rows,
        (
            Column(_("File"), "external_id", pinned=True),
            Column(_("Last step"), "last_on", kind="date"),
            Column(_("Rule"), lambda one: _(RULES[one.rule]), width="medium"),
            Column(
                _("What stands against it"),
                lambda one: " ".join(say(why) for why in one.obstacles) or "–",
                width="large",
            ),
        ),
        key=key,
        row_id="external_id",
        empty=empty,
    )


def holds(officer: Officer) -> None:
    """Legal holds, and placing one."""
    layout.section(
        _("Legal holds"),
        _("While a hold stands, nothing of the person's data is depersonalised: a court, a claim."),
    )
    may = can(officer, Permission.PRIVACY_MANAGE)
    found = retention.list_holds(by=officer)
    if not found:
        messages.empty(_("No hold is in force."))
    for one in found:
        _hold(one, officer, may=may)
    if may:
        _place(officer)


def _hold(one: LegalHold, officer: Officer, *, may: bool) -> None:
    with st.container(border=True):
        layout.part(plain(one.external_id))
        marks.show(
            marks.tag("✕ " + _("lifted"), "quiet")
            if one.ended_at
            else marks.tag("■ " + _("in force"), "partly")
        )
        name = one.by_ka if language() == "ka" else one.by_en
        st.caption(
            _("since {moment}, by {officer}").format(
                moment=moment(one.held_at), officer=plain(name or "–")
            )
        )
        st.markdown(plain(one.reason))
        if one.ended_at:
            text = _("Lifted {moment}: {reason}").format(
                moment=moment(one.ended_at), reason=plain(one.end_reason or "")
            )
            st.caption(text)
        elif may:
            reason = st.text_input(
                _("Why it is lifted"), key=f"retention.lift.reason.{one.id}", max_chars=500
            )
            if st.button(_("Lift the hold"), key=f"retention.lift.{one.id}"):
                with messages.refusals():
                    retention.lift_hold(hold_id=one.id, reason=reason, by=officer)
                    messages.success(_("The hold is lifted; the periods count again."))
                    st.rerun()


def _place(officer: Officer) -> None:
    with st.expander(_("Place a hold")):
        external_id = st.text_input(
            _("Number of the file"), key="retention.hold.file", placeholder="JS-2026-00001"
        )
        reason = st.text_input(_("Reason"), key="retention.hold.reason", max_chars=500)
        if st.button(_("Hold these data"), key="retention.hold", type="primary"):
            with messages.refusals():
                retention.place_hold(external_id=external_id, reason=reason, by=officer)
                messages.success(_("The data are held."))
                st.rerun()


def register(officer: Officer) -> None:
    """What was depersonalised: by which rule, how much, what stays."""
    layout.section(
        _("Register of depersonalised files"),
        _("Nothing here says who it was; the number of a file points to nobody any more."),
    )
    found = retention.list_tombstones(by=officer)
    table(
        found,
        (
            Column(_("File"), "external_id", pinned=True),
            Column(_("When"), "done_at", kind="moment"),
            Column(_("Why"), _because, width="medium"),
            Column(_("By"), _who),
            Column(_("Rules of"), "rules_version"),
            Column(_("Rows"), lambda one: number(sum(one.counts.values()))),
            Column(_("Files emptied"), lambda one: number(one.counts.get("files", 0))),
        ),
        key="retention.register",
        empty=_("Nothing was depersonalised yet."),
    )
    if found:
        with st.expander(_("What stays of a depersonalised file, and why")):
            st.markdown("\n".join(f"- {plain(say(text))}" for text in found[0].kept))


def _because(one: Tombstone) -> str:
    said = _(RULES.get(one.rule, one.rule))
    return f"{said} ({one.request})" if one.request else said


def _who(one: Tombstone) -> str:
    name = one.by_ka if language() == "ka" else one.by_en
    return name or _("by itself")
