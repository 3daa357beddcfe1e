"""Days abroad of a person by each rule, the stays they come from, and earlier ones by hand."""

from __future__ import annotations

import streamlit as st

from domain.records.deployments import DayCounter, DeploymentRecord, EarlierStayForm, StayAbroad
from domain.records.officer import Officer
from services import clock
from services.deployments import days
from services.permissions import Permission, can
from ui import forms, layout, marks, messages, tables
from ui.language import _, day, number, say, term_name
from ui.messages import plain


def draw(stay: DeploymentRecord, officer: Officer) -> None:
    """Counters first; then the stays that are counted."""
    st.caption(
        _(
            "The days of entry and of exit are days abroad. Every day in the area is counted; days"
            " on a long-stay visa or a residence permit would not count."
        )
    )
    if not stay.counters:
        messages.empty(_("No data: no rule about days abroad is known for this country."))
    for counter in stay.counters:
        _counter(counter)
    layout.part(_("What is counted"))
    _stays(stay)
    if can(officer, Permission.DEPLOYMENTS_EDIT):
        left, right = st.columns(2)
        with left:
            _add(stay, officer)
        with right:
            _remove(stay, officer)


def _counter(counter: DayCounter) -> None:
    with st.container(border=True):
        limit = number(counter.limit) if counter.limit is not None else _("no data")
        st.markdown(f"**{plain(say(counter.title))}**")
        marks.show(marks.chip(counter.status, say(counter.sentence)))
        layout.facts(
            {
                _("Today"): _("{days} of {limit} days").format(
                    days=number(counter.today), limit=limit
                ),
                _("Most during this stay"): _most(counter),
                _("Kept to by the scheme"): _("yes: nobody departs beyond it")
                if counter.binds
                else _("no: a warning"),
            }
        )
        st.caption(plain(_("Source: {source}").format(source=counter.source)))


def _most(counter: DayCounter) -> str:
    if counter.most is None:
        return _("not stated")
    return _("{days} days, on {day}").format(days=number(counter.most), day=day(counter.most_on))


def _stays(stay: DeploymentRecord) -> None:
    tables.table(
        stay.stays,
        [
            tables.Column(_("Country"), lambda one: term_name("country", one.country)),
            tables.Column(_("Entered on"), "first", "date"),
            tables.Column(_("Left on"), "last", "date"),
            tables.Column(_("Days"), lambda one: (one.last - one.first).days + 1, "number"),
            tables.Column(_("How known"), _origin),
            tables.Column(_("Note"), lambda one: one.note or ""),
        ],
        key="deployment.stays",
        row_id=lambda one: (one.first, one.deployment, one.earlier_id),
        empty=_("No dates are known: state them in the contract, or add earlier stays."),
        alt=_("Stays abroad that are counted"),
    )


def _origin(one: StayAbroad) -> str:
    if one.deployment is None:
        return _("entered by hand")
    return f"{one.deployment}, {_('agreed days')}" if one.is_open else one.deployment


def _add(stay: DeploymentRecord, officer: Officer) -> None:
    with (
        st.expander(_("Add an earlier stay")),
        st.form("deployment.earlier", clear_on_submit=False, enter_to_submit=False),
    ):
        country = forms.country(_("Country"), key="deployment.earlier.country")
        today = clock.today()
        first = forms.date_input(_("Entered on"), key="deployment.earlier.first", latest=today)
        last = forms.date_input(_("Left on"), key="deployment.earlier.last", latest=today)
        note = st.text_input(
            _("How it is known"),
            key="deployment.earlier.note",
            max_chars=200,
            placeholder=_("stamps in the passport, the person's word"),
        )
        if not st.form_submit_button(_("Add")):
            return
        if country is None or first is None or last is None:
            st.error(_("State the country and both days."))
            return
        with messages.refusals():
            form = EarlierStayForm(country, first, last, note)
            days.add_earlier_stay(external_id=stay.external_id, form=form, by=officer)
            messages.success(_("The earlier stay is counted from now on."))
            st.rerun()


def _remove(stay: DeploymentRecord, officer: Officer) -> None:
    by_hand = {one.earlier_id: one for one in stay.stays if one.earlier_id is not None}
    if not by_hand:
        return
    with st.expander(_("Take back an earlier stay")):
        names = {
            id_: f"{term_name('country', one.country)} {day(one.first)} – {day(one.last)}"
            for id_, one in by_hand.items()
        }
        chosen = st.selectbox(
            _("Entered by mistake"), list(names), format_func=names.__getitem__,
            key="deployment.earlier.chosen",
        )  # fmt: skip
        if st.button(_("Take back"), key="deployment.earlier.remove") and chosen is not None:
            with messages.refusals():
                days.remove_earlier_stay(
                    external_id=stay.external_id, earlier_id=chosen, by=officer
                )
                messages.success(_("The earlier stay is not counted any more."))
                st.rerun()
