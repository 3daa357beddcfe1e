"""Words that stop the vacancy: quoted where they stand, with what can be done about each."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from domain.enums import WordsSettledBy
from domain.records.intake import Clause, ProtectedWords, SettledWords
from domain.records.officer import Officer
from domain.records.vacancy import VacancyForm
from services.vacancies import settling
from services.vacancies.intake import asks_for_more, clauses_about, protected_words
from ui import layout, messages
from ui.language import _, label, moment
from ui.messages import plain
from ui.vacancy.labels import vacancy_labels

AROUND = 90
"""Letters of the sentence shown on either side of the words."""


def panel(
    form: VacancyForm,
    settled: Sequence[SettledWords],
    officer: Officer,
    *,
    may_decide: bool,
    unsaved: bool = False,
) -> None:
    """Every finding; draws nothing where there is none. `unsaved`: as typed, not yet as kept."""
    found = protected_words(form, settled)
    if not found:
        return
    is_open = any(one.settled is None for one in found)
    layout.section(_("Words that need a decision") if is_open else _("Words decided on"))
    st.caption(
        _(
            "Age, sex, looks, family status and origin may be asked for only where the agreement "
            "says so (law on the elimination of all forms of discrimination). Change the text; or "
            "decide below, and the decision is kept and logged."
        )
    )
    for one in found:
        with st.container(border=True):
            _quote(one)
            if one.settled is not None:
                _settled(form, one, officer, may_change=may_decide and not unsaved)
            elif may_decide:
                _decide(form, one, officer, unsaved=unsaved)


def _quote(one: ProtectedWords) -> None:
    end = one.begin + len(one.words)
    before, after = one.sentence[: one.begin], one.sentence[end:]
    if len(before) > AROUND:
        before = "… " + before[-AROUND:]
    if len(after) > AROUND:
        after = after[:AROUND] + " …"
    words = one.sentence[one.begin : end]
    where = vacancy_labels()[one.field]
    st.html(
        f"<p>{escape(before)}<mark>{escape(words)}</mark>{escape(after)}</p>"
        f"<small>{escape(label(one.topic))} · {escape(where)}</small>"
    )


def _settled(form: VacancyForm, one: ProtectedWords, officer: Officer, *, may_change: bool) -> None:
    settled = one.settled
    if settled is None:
        return
    text = settled.clause if settled.settled_as is WordsSettledBy.CLAUSE else settled.reason
    st.markdown(f"✓ {plain(label(settled.settled_as))}: {plain(text or '')}")
    source = f"{settled.source} · " if settled.source else ""
    st.caption(plain(source + moment(settled.settled_at)))
    if may_change and st.button(_("Take the decision back"), key=f"vacancy.intake.back.{one.id}"):
        with messages.refusals():
            settling.take_back_decision(number=form.number or "", words=one.id, by=officer)
            st.rerun()


def _decide(form: VacancyForm, one: ProtectedWords, officer: Officer, *, unsaved: bool) -> None:
    why_not = _("Save first: there are changes that are not saved yet.") if unsaved else None
    with st.container(horizontal=True):
        with st.popover(_("Cite a clause"), disabled=unsaved, help=why_not):
            _cite(form, one, officer)
        with st.popover(_("No requirement"), disabled=unsaved, help=why_not):
            _declare(form, one, officer)


def _cite(form: VacancyForm, one: ProtectedWords, officer: Officer) -> None:
    clauses = clauses_about(form, one.topic)
    if not clauses:
        st.markdown(
            _("The vacancy's scheme has no clause about this topic: the text has to be changed.")
        )
        return
    for clause in clauses:
        _clause(form, one, clause, officer)


def _clause(form: VacancyForm, one: ProtectedWords, clause: Clause, officer: Officer) -> None:
    st.markdown(plain(clause.text))
    st.caption(plain(_("Source: {source}").format(source=clause.source)))
    is_stricter = asks_for_more(one, clause)
    if is_stricter:
        st.caption(_("The text is stricter than this clause: change the text."))
    key = f"vacancy.intake.cite.{one.id}.{clause.rule}"
    if st.button(_("Cite this clause"), key=key, disabled=is_stricter):
        with messages.refusals():
            settling.cite_clause(
                number=form.number or "", words=one.id, rule=clause.rule, by=officer
            )
            st.rerun()


def _declare(form: VacancyForm, one: ProtectedWords, officer: Officer) -> None:
    st.caption(_("For words that ask nothing of the person, such as “family farm”."))
    reason = st.text_input(_("Why it is no requirement"), key=f"vacancy.intake.why.{one.id}")
    if st.button(_("Keep this decision"), key=f"vacancy.intake.declare.{one.id}"):
        with messages.refusals():
            settling.declare_no_requirement(
                number=form.number or "", words=one.id, reason=reason, by=officer
            )
            st.rerun()
