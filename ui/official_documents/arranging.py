"""A draft's route, arranged by hand or by the template; sending it, taking it back."""

from __future__ import annotations

import streamlit as st

from domain.enums import OfficialDocumentStatus, StepKind, StepStatus
from domain.records.officer import Officer
from domain.records.signing import DocumentRecord, NewStep, RouteStep
from services.official_documents import absences, routes
from ui import forms, layout, messages
from ui.buttons import guarded_button
from ui.language import _, label, language, number, say
from ui.messages import plain
from ui.official_documents.words import person


def show(record: DocumentRecord, officer: Officer) -> None:
    """What the author does now: arrange and send, or take back."""
    _returned(record)
    if record.may_edit_route:
        _send(record, officer)
        _arrange(record, officer)
    elif record.take_back_refusal is None:
        _take_back(record, officer)


def _returned(record: DocumentRecord) -> None:
    """The remark with which it came back stands on top."""
    if record.status is not OfficialDocumentStatus.RETURNED:
        return
    for step in record.steps:
        if step.status is StepStatus.RETURNED and step.acted_by:
            st.warning(
                _("Returned by {name}: {remark}").format(
                    name=plain(step.acted_by.name(language())), remark=plain(step.remark or "")
                )
            )
    if record.session_number:
        st.caption(
            _(
                "What the minutes say comes from the session: correct it there and make them "
                "again. If the file is right, take it back and send it once more."
            )
        )


def _send(record: DocumentRecord, officer: Officer) -> None:
    refusal = say(record.send_refusal) if record.send_refusal else None
    with st.container(border=True):
        layout.part(_("Send it into its route"))
        st.caption(
            plain(refusal)
            if refusal
            else _("Whoever stands first is asked at once. The route can't be changed after that.")
        )
        if guarded_button(
            _("Send into route"), refusal, type="primary", key="document.send", width="stretch"
        ):
            with messages.refusals():
                routes.send_into_route(document_id=record.id, by=officer)
                messages.success(_("The document is on its way."))
                st.rerun()


def _arrange(record: DocumentRecord, officer: Officer) -> None:
    with st.expander(_("Arrange the route"), expanded=not record.steps):
        if st.button(
            _("Lay out by the template"),
            key="document.template",
            width="stretch",
            help=_("The usual steps for this kind of document, instead of those it has now."),
        ):
            with messages.refusals():
                routes.propose_route(document_id=record.id, by=officer)
                st.rerun()
        for step in record.steps:
            _row(record, step, officer)
        _add(record, officer)


def _row(record: DocumentRecord, step: RouteStep, officer: Officer) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        place = st.number_input(
            _("Order of {name}").format(name=step.person.name(language())),
            min_value=1,
            max_value=routes.PLACES[-1],
            value=step.place,
            key=f"document.place.{step.id}",
            label_visibility="collapsed",
            width=80,
        )
        st.markdown(
            f"{plain(label(step.kind))}: {plain(step.person.name(language()))}", width="stretch"
        )
        removed = st.button(
            "✕", key=f"document.remove.{step.id}", help=_("Take this step out"), type="tertiary"
        )
    with messages.refusals():
        if removed:
            routes.remove_step(document_id=record.id, step_id=step.id, by=officer)
            st.rerun()
        if place != step.place:
            routes.move_step(document_id=record.id, step_id=step.id, place=int(place), by=officer)
            st.rerun()


def _add(record: DocumentRecord, officer: Officer) -> None:
    people = {one.officer_id: one for one in absences.list_possible_substitutes(by=officer)}
    names = {key: person(one) for key, one in people.items()}
    with st.form("document.add", border=False):
        kind = forms.choose_member(_("What is asked for"), StepKind, key="document.new_kind")
        who = st.selectbox(
            _("Of whom"),
            list(people),
            index=None,
            format_func=names.__getitem__,
            key="document.new_officer",
            placeholder=_("choose or type"),
        )
        last = max((step.place for step in record.steps), default=0)
        place = st.number_input(
            _("Place in the route"),
            min_value=1,
            max_value=routes.PLACES[-1],
            value=min(last + 1, routes.PLACES[-1]),
            key=f"document.new_place.{last}",
        )
        if not st.form_submit_button(_("Add the step"), width="stretch"):
            return
    if kind is None or who is None:
        st.error(_("Say what is asked, and of whom."))
        return
    with messages.refusals():
        routes.add_step(document_id=record.id, step=NewStep(int(place), kind, who), by=officer)
        st.rerun()


def _take_back(record: DocumentRecord, officer: Officer) -> None:
    done = sum(step.status is StepStatus.DONE for step in record.steps)
    with st.expander(_("Take it back"), expanded=record.status is OfficialDocumentStatus.RETURNED):
        st.caption(
            _(
                "It becomes a draft with the same route. Steps done on this file count no more: "
                "{count}. A new revision of the file does the same by itself."
            ).format(count=number(done))
        )
        if st.button(_("Take it back to draft"), key="document.take_back", width="stretch"):
            with messages.refusals():
                routes.take_back(document_id=record.id, by=officer)
                messages.success(_("The document is a draft again."))
                st.rerun()
