"""What can be done with the list: compare, preselect, take off; sending and export beside it."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from domain.records.ranking import RankingSummary, ShortlistPlan
from domain.records.vacancy import VacancyRecord
from services import shortlists
from services.permissions import Permission, can
from ui import messages
from ui.language import _, language, number, say
from ui.ranking import opened
from ui.ranking.comparison import compare_button
from ui.ranking.export import export_button
from ui.ranking.people import Shown, untick
from ui.ranking.sending import send_button

AGAINST = "ranking.against"


def draw(vacancy: VacancyRecord, ranked: RankingSummary, shown: Shown, officer: Officer) -> None:
    """The row of buttons under the list, each saying why it can't be pressed now."""
    plan = shortlists.get_shortlist_plan(vacancy_number=vacancy.number, by=officer)
    _room(plan)
    with st.container(horizontal=True, key="ranking_actions"):
        compare_button(ranked, shown, officer)
        _preselect_button(vacancy, ranked, shown, plan, officer)
        send_button(vacancy, ranked, plan, officer)
        export_button(ranked, shown, officer)
    _against_rank(ranked, officer)
    _preselected(vacancy, plan, officer)


def _room(plan: ShortlistPlan) -> None:
    st.caption(
        _("{chosen} of {places} candidates preselected, and up to {reserves} reserves").format(
            chosen=number(min(len(plan.preselected), plan.places)),
            places=number(plan.places),
            reserves=number(plan.reserves),
        )
    )


def _preselect_button(
    vacancy: VacancyRecord,
    ranked: RankingSummary,
    shown: Shown,
    plan: ShortlistPlan,
    officer: Officer,
) -> None:
    inside = {each.external_id for each in plan.preselected}
    wanted = tuple(x for x in shown.ticked or ((shown.opened,) if shown.opened else ()) if x)
    new = tuple(x for x in wanted if x not in inside)
    refusal = messages.refusal_of(lambda: shortlists.check_can_preselect(vacancy, officer))
    if shown.gate:
        new = ()
    help_text = say(refusal) if refusal else None
    if shown.gate and help_text is None:
        help_text = _("Somebody excluded by a mandatory requirement can't be preselected.")
    elif not new and help_text is None:
        help_text = _("Tick people, or open one, who are not preselected yet.")
    if st.button(
        _("Preselect {count}").format(count=len(new)) if new else _("Preselect"),
        type="primary",
        disabled=refusal is not None or not new,
        help=help_text,
        shortcut="Ctrl+Enter",
    ):
        with messages.refusals():
            if shortlists.is_against_rank(run_id=ranked.run_id, external_ids=new, by=officer):
                st.session_state[AGAINST] = (ranked.run_id, new)
            else:
                _preselect(ranked, new, None, officer)


def _preselect(
    ranked: RankingSummary, people: tuple[str, ...], reason: str | None, officer: Officer
) -> None:
    shortlists.preselect_candidates(
        run_id=ranked.run_id, external_ids=people, against_rank_reason=reason, by=officer
    )
    _changed()
    messages.success(
        _("{count} preselected. When the list is complete, send it to the commission.").format(
            count=number(len(people))
        )
    )
    st.rerun()


def _changed() -> None:
    opened.forget()
    untick()
    st.session_state.pop(AGAINST, None)


def _against_rank(ranked: RankingSummary, officer: Officer) -> None:
    """Passing somebody over: the reason is asked for here, and the commission reads it."""
    run_id, people = st.session_state.get(AGAINST, (None, ()))
    if run_id != ranked.run_id or not people:
        return
    with st.form("ranking.against_form"):
        st.markdown(_("People who rank better are passed over. Why are these taken instead?"))
        reason = st.text_area(_("Reason, as the commission will read it"), max_chars=500)
        with st.container(horizontal=True):
            go = st.form_submit_button(_("Preselect against the rank"), type="primary")
            stop = st.form_submit_button(_("Cancel"))
    if stop:
        st.session_state.pop(AGAINST, None)
        st.rerun()
    if go:
        with messages.refusals():
            _preselect(ranked, people, reason, officer)


def _preselected(vacancy: VacancyRecord, plan: ShortlistPlan, officer: Officer) -> None:
    if not plan.preselected:
        return
    title = _("Preselected ({count})").format(count=len(plan.preselected))
    with st.expander(title, key="ranking.preselected"):
        for place, each in enumerate(plan.preselected, start=1):
            role = "" if place <= plan.places else " · " + _("reserve")
            reason = f" · {each.against_rank_reason}" if each.against_rank_reason else ""
            text = f"{place}. {each.name(language())} · {_('rank {rank}').format(rank=each.rank)}"
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(messages.plain(text + role + reason), width="stretch")
                _take_off(vacancy, each.external_id, officer)


def _take_off(vacancy: VacancyRecord, external_id: str, officer: Officer) -> None:
    if not can(officer, Permission.CANDIDATES_PRESELECT):
        return
    # With a key of its own it closes with its person; else the next one would take it over.
    with st.popover(_("Take off"), key=f"ranking.off.open.{external_id}"):
        reason = st.text_input(_("Reason"), key=f"ranking.off.{external_id}")
        if st.button(_("Take off the shortlist"), key=f"ranking.off.go.{external_id}"):
            with messages.refusals():
                shortlists.withdraw_preselection(
                    vacancy_number=vacancy.number,
                    external_id=external_id,
                    reason=reason,
                    by=officer,
                )
                _changed()
                messages.success(_("Taken off the shortlist; the reason is kept."))
                st.rerun()
