"""The coder of job titles: what there is to learn from, how good each version is, which is used."""

from __future__ import annotations

import streamlit as st

from domain.records.coding import CoderState, CoderVersion
from domain.records.officer import Officer
from services.coding import coder_versions
from ui import layout, messages
from ui.buttons import guarded_button
from ui.language import _, moment, number, term_name
from ui.messages import plain
from ui.tables import Column, table


def render(officer: Officer) -> None:
    """What serves now, training, and the versions."""
    layout.header(
        _("Coder of job titles"),
        subtitle=_(
            "Learns from the codes that people confirmed. It suggests; a person always confirms."
        ),
    )
    state = coder_versions.coder_state(by=officer)
    _now(state)
    _train(state, officer)
    layout.section(_("Versions"))
    chosen = table(
        state.versions,
        _columns(),
        key="coders.versions",
        selection="single",
        row_id="number",
        empty=_("No version was trained yet: suggestions come from known job titles alone."),
        alt=_("Versions of the coder with their share of right first suggestions"),
    )
    if chosen:
        _one(next(one for one in state.versions if one.number == int(chosen[0])), officer)


def _now(state: CoderState) -> None:
    used = state.in_use
    layout.facts(
        {
            _("In use"): _("version {number}").format(number=used.number)
            if used
            else _("known job titles alone"),
            _("Confirmed decisions"): number(state.decisions),
            _("Right at the first suggestion"): _share(used.accuracy)
            if used
            else _("not measured"),
        }
    )


def _train(state: CoderState, officer: Officer) -> None:
    missing = state.needed - state.decisions
    why_not = None
    if missing > 0:
        text = _("At least {needed} confirmed decisions are needed to learn; there are {count}.")
        why_not = text.format(needed=number(state.needed), count=number(state.decisions))
    with st.container(horizontal=True, vertical_alignment="center"):
        wanted = guarded_button(
            _("Train a new version"), why_not, key="coders.train", type="primary"
        )
        st.caption(
            why_not
            or _("Takes about a minute. The new version is compared first and not used yet.")
        )
    if wanted:
        with messages.refusals(), st.spinner(_("Learning from decisions…")):
            made = coder_versions.train_coder(by=officer)
            messages.success(
                _("Version {number} is trained: compare it below, then use it or not.").format(
                    number=made.number
                )
            )
            st.rerun()


def _columns() -> list[Column]:
    return [
        Column(_("Version"), "number", "number", width=80),
        Column(_("State"), lambda one: _("✓ in use") if one.is_in_use else "", width=130),
        Column(_("Trained"), "trained_at", kind="moment"),
        Column(_("Decisions"), "decisions", "number"),
        Column(_("Right first"), _interval, width="medium"),
        Column(_("Titles alone"), lambda one: _share(one.accuracy_of_labels)),
        Column(_("Version used then"), lambda one: _share(one.accuracy_in_use)),
        Column(_("Compared on"), "held_out", "number"),
    ]


def _share(value: float | None) -> str:
    return "–" if value is None else f"{number(round(value * 100))} %"


def _interval(one: CoderVersion) -> str:
    low, high = number(round(one.accuracy_low * 100)), number(round(one.accuracy_high * 100))
    text = _("{share} (95 %: {low} to {high})")
    return text.format(share=_share(one.accuracy), low=low, high=high)


def _one(one: CoderVersion, officer: Officer) -> None:
    """Whether it is better, and the buttons."""
    with st.container(border=True):
        layout.part(_("Version {number}").format(number=one.number))
        st.markdown(plain(_verdict(one)))
        languages = ", ".join(term_name("language", code) for code in one.languages)
        st.caption(
            plain(
                _("Codes: {codes} · languages: {languages} · SHA-256 {sha}").format(
                    codes=number(one.codes), languages=languages or "–", sha=one.sha256[:12]
                )
            )
        )
        if one.is_in_use:
            if one.activated_at:
                st.caption(_("In use since {moment}.").format(moment=moment(one.activated_at)))
            if st.button(_("Let known job titles alone serve"), key="coders.retire"):
                with messages.refusals():
                    coder_versions.retire_coder(by=officer)
                    messages.success(_("Suggestions come from known job titles alone again."))
                    st.rerun()
        elif st.button(_("Use this version"), key="coders.activate", type="primary"):
            with messages.refusals():
                coder_versions.activate_coder(number=one.number, by=officer)
                text = _("Version {number} is in use: the next suggestions come from it.")
                messages.success(text.format(number=one.number))
                st.rerun()


def _verdict(one: CoderVersion) -> str:
    """In words, against what was in use when it was trained."""
    if not one.held_out:
        return _("There were no decisions left to compare it on.")
    other = one.accuracy_of_labels if one.accuracy_in_use is None else one.accuracy_in_use
    if one.accuracy_low > other:
        text = _("Better than what served then: {share} against {other}, beyond chance.")
    elif one.accuracy_high < other:
        text = _("Worse than what served then: {share} against {other}, beyond chance.")
    else:
        text = _("No difference beyond chance: {share} against {other} of what served then.")
    return text.format(share=_share(one.accuracy), other=_share(other))
