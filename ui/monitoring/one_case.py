"""One case: how it stands, what was told and compared, photos, referrals, the story."""

from __future__ import annotations

import streamlit as st

from domain.records.monitoring import CaseEvent, CaseRecord
from domain.records.officer import Officer
from services.monitoring.cases import get_photo
from ui import layout, marks, tables
from ui.language import _, label, language, moment, number, say, term_name
from ui.messages import plain
from ui.monitoring import ledger, words
from ui.navigation import page_link


def head(case: CaseRecord) -> None:
    """Urgency, status and clock in chips; who, where, with whom."""
    one = case.summary
    marks.show(
        words.chip(words.URGENCY, one.urgency),
        words.chip(words.CASE, one.status),
        marks.tag(words.clock_text(one), "quiet"),
    )
    layout.facts(
        {
            _("About"): label(one.category),
            _("Came by"): label(one.channel),
            _("Opened"): moment(one.opened_at),
            _("Owner"): words.owner(one),
            _("Country"): term_name("country", one.country) if one.country else _("no data"),
            _("Employer"): one.employer or _("no data"),
            _("Outcome"): label(one.outcome) if one.outcome else _("not yet"),
        }
    )
    with st.container(horizontal=True):
        page_link("cases", _("Cases abroad"), icon="↩️")
        if one.deployment:
            page_link("deployment", _("The stay abroad"), icon="✈️", deployment=one.deployment)
        if one.employer_id is not None:
            page_link(
                "employer_trust",
                _("The employer's trust file"),
                icon="🏢",
                employer=one.employer_id,
            )
        if case.external_id:
            page_link("jobseeker", _("The person's file"), icon="🧑‍🌾", jobseeker=case.external_id)


def told(case: CaseRecord, officer: Officer) -> None:
    """What was told, for monitoring officers; everybody else reads why it is not shown."""
    layout.section(_("What is told"))
    if not case.may_read:
        st.caption(
            _(
                "Only monitoring officers read what is told. You see number, kind, urgency and "
                "state of the case."
            )
        )
        return
    if case.comparisons:
        ledger.lines(case.comparisons)
    if case.text:
        with st.container(border=True):
            st.markdown(plain(case.text))
    elif not case.comparisons:
        st.caption(_("No words came with it: call the person."))
    if case.summary.is_anonymous:
        st.caption(_("Whoever told it wants no name known: try nothing to find out who it is."))
    facts = {
        _("Told by"): case.complainant_name or "",
        _("How to reach them"): case.complainant_contact or "",
    }
    if any(facts.values()):
        layout.facts(facts)
    _photos(case, officer)


def _photos(case: CaseRecord, officer: Officer) -> None:
    for photo in case.photos:
        with st.expander(plain(photo.name)):
            if not st.toggle(_("Show it (is recorded)"), key=f"case.photo.{photo.id}"):
                continue
            content = get_photo(photo_id=photo.id, by=officer)
            if photo.is_picture:
                st.image(content)
            else:
                st.download_button(_("Download"), content, photo.name, key=f"case.file.{photo.id}")


def story(case: CaseRecord) -> None:
    """Referrals, money that came back, and every step, the last one on top."""
    if case.referrals:
        layout.section(_("Handed to authorities"))
        for one in case.referrals:
            reply = one.reply or (_("answered") if one.replied_at else _("no answer yet"))
            st.markdown(
                f"**{plain(one.authority)}** · {label(one.kind)} · {moment(one.referred_at)}  \n"
                f"{plain(reply)}"
            )
    if case.remedies:
        layout.section(_("Money that came back"))
        for remedy in case.remedies:
            shown = f"{number(remedy.amount)} {remedy.currency}"
            st.markdown(f"✓ {plain(shown)} · {remedy.received_on:%d.%m.%Y}")
    layout.section(_("What happened"))
    tables.table(
        case.events,
        [
            tables.Column(_("When"), "at", "moment"),
            tables.Column(_("Event"), lambda one: label(one.step)),
            tables.Column(_("What"), _what, width="large"),
            tables.Column(_("Who"), _who),
        ],
        key="case.story",
        row_id="at",
        alt=_("Steps of the case, the last one first"),
    )


def _what(event: CaseEvent) -> str:
    parts = [say(event.details) if event.details else "", event.note or ""]
    return " · ".join(part for part in parts if part)


def _who(event: CaseEvent) -> str:
    name = event.by_ka if language() == "ka" else event.by_en
    return name or _("the system")
