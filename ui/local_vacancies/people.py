"""Who fits a vacancy in Georgia: the ranked list, one person's requirement table, recommending."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from domain.enums import ConsentGiven, DeploymentStatus, LocalPool
from domain.records.local_vacancies import (
    Away,
    LocalExplanation,
    LocalRankedRow,
    LocalRanking,
    LocalVacancyRecord,
)
from domain.records.officer import Officer
from services import clock
from services.local_vacancies.ranking import (
    check_can_rank_local,
    explain_local_candidate,
    rank_local_vacancy,
)
from services.local_vacancies.referrals import check_can_refer, refer_person
from services.permissions import Permission, can
from services.refusals import refusal
from ui import forms, layout, marks, messages, requirements
from ui.buttons import guarded_button
from ui.language import _, day, label, language, number, say, term_name
from ui.messages import plain
from ui.navigation import page_link
from ui.returns.listing import person_name
from ui.tables import HEADER_HEIGHT, ROW_HEIGHT, widget_key

KEY = "local_vacancy.people"
PAGE = 50
TALLEST = 14 * ROW_HEIGHT + HEADER_HEIGHT


def draw(vacancy: LocalVacancyRecord, officer: Officer) -> None:
    """The list on the left, the chosen person on the right."""
    why_not = refusal(check_can_rank_local, vacancy, officer)
    if why_not is not None:
        messages.empty(say(why_not))
        return
    pools = list(LocalPool)
    names = {pool: label(pool) for pool in pools}
    among = st.segmented_control(
        _("Among"),
        pools,
        format_func=names.__getitem__,
        default=LocalPool.RETURNEES,
        key=f"{KEY}.among.{language()}",
        required=True,
        label_visibility="collapsed",
    )
    key = widget_key(f"{KEY}.page", [vacancy.number, among])
    place = st.session_state.get(key, 1)
    found = rank_local_vacancy(
        number=vacancy.number,
        among=among or LocalPool.RETURNEES,
        offset=(place - 1) * PAGE,
        limit=PAGE,
        by=officer,
    )
    _summary(found)
    if not found.rows:
        messages.empty(
            _("Nobody fits among these people. Look in the whole register, or ask for less.")
        )
        return
    left, right = layout.list_and_detail()
    with left:
        chosen = _list(found)
        if found.ranked > PAGE:
            st.pagination(-(-found.ranked // PAGE), key=key)
    with right:
        _person(vacancy, chosen, officer)


def _summary(found: LocalRanking) -> None:
    st.caption(
        plain(
            _("{ranked} of {people} people fit; rules {version}.").format(
                ranked=number(found.ranked),
                people=number(found.people),
                version=found.parameters,
            )
        )
    )
    if found.excluded:
        marks.show(
            *(
                marks.tag(f"{number(group.people)} · {say(group.sentence)}")
                for group in found.excluded
            )
        )


def away_text(away: Away | None, *, is_late: bool = False) -> str:
    """From which day somebody who is abroad is free."""
    if away is None:
        return ""
    sign = "▽ " if is_late else ""
    if away.status is DeploymentStatus.PLANNED:
        text = _("departs to {country}; free from {day}")
    else:
        text = _("abroad ({country}); free from {day}")
    free = day(away.free_from) if away.free_from else _("no data")
    return sign + text.format(country=term_name("country", away.country), day=free)


def _when(row: LocalRankedRow) -> str:
    if row.away is not None:
        return away_text(row.away, is_late=row.comes_after_start)
    if row.in_process is not None:
        return _("in progress for work abroad: {status}").format(status=label(row.in_process))
    if row.returned_on is not None:
        return _("back since {day}").format(day=day(row.returned_on))
    return _("at home")


def _list(found: LocalRanking) -> LocalRankedRow:
    rows = found.rows
    ids = [row.external_id for row in rows]
    frame = pd.DataFrame(
        {
            "rank": [row.rank for row in rows],
            "person": [person_name(row.name_ka, row.name_lat) for row in rows],
            "score": [row.score for row in rows],
            "why": [_why(row) for row in rows],
            "when": [_when(row) for row in rows],
            "referral": [label(row.referral) if row.referral else "" for row in rows],
            "region": [term_name("region", row.region) for row in rows],
        }
    )
    c = st.column_config
    answer = st.dataframe(
        frame,
        key=widget_key(f"{KEY}.list", ids),
        hide_index=True,
        height=min(HEADER_HEIGHT + ROW_HEIGHT * len(ids), TALLEST),
        column_config={
            "rank": c.NumberColumn("#", width=40, pinned=True),
            "person": c.TextColumn(_("Person"), width=150, pinned=True),
            "score": c.ProgressColumn(
                _("Score"), min_value=0, max_value=100, format="%.0f", width=80
            ),
            "why": c.TextColumn(_("Why"), width=240),
            "when": c.TextColumn(
                _("When free"),
                width=220,
                help=_("▽: only after the first day of work; agree on a later start."),
            ),
            "referral": c.TextColumn(_("Recommended"), width=170),
            "region": c.TextColumn(_("Region"), width=110),
        },
        on_select="rerun",
        selection_mode="single-cell",
        alt=_("People in the order in which they fit the vacancy; click one to see why"),
    )
    cells = [cell[0] for cell in answer["selection"]["cells"] if cell[0] < len(ids)]
    return rows[cells[0]] if cells else rows[0]


def _why(row: LocalRankedRow) -> str:
    return " · ".join(marks.signed(reason.status, say(reason.sentence)) for reason in row.reasons)


def _person(vacancy: LocalVacancyRecord, row: LocalRankedRow, officer: Officer) -> None:
    told = explain_local_candidate(number=vacancy.number, external_id=row.external_id, by=officer)
    with st.container(border=True):
        st.markdown(f"**{plain(person_name(row.name_ka, row.name_lat))}**")
        st.caption(plain(_when(row)))
        st.html(marks.score_bar(told.score, told.low, told.high))
        _questions(told)
        if can(officer, Permission.JOBSEEKERS_READ):
            page_link("jobseeker", _("The person's file"), jobseeker=row.external_id)
        _refer(vacancy, row, officer)
    requirements.show_table(told.table)


def _questions(told: LocalExplanation) -> None:
    if told.questions:
        st.caption(plain("? " + " · ".join(say(sentence) for sentence in told.questions)))


def _refer(vacancy: LocalVacancyRecord, row: LocalRankedRow, officer: Officer) -> None:
    if not can(officer, Permission.RETURNS_EDIT):
        return
    if row.referral is not None:
        st.markdown("✓ " + plain(label(row.referral)))
        return
    sentence = refusal(check_can_refer, vacancy, officer)
    key = f"{KEY}.refer.{row.external_id}"
    consent = forms.choose_member(
        _("The person agreed that the file goes to this employer"),
        ConsentGiven,
        key=f"{key}.consent",
        placeholder=_("how was it said?"),
    )
    on = forms.date_input(_("Agreed on"), clock.today(), key=f"{key}.on", latest=clock.today())
    why_not = say(sentence) if sentence else None
    if why_not is None and consent is None:
        why_not = _("Ask the person first: without consent nothing goes to an employer.")
    if (
        guarded_button(_("Recommend to the employer"), why_not, key=f"{key}.save", type="primary")
        and consent
    ):
        with messages.refusals():
            refer_person(
                number=vacancy.number,
                external_id=row.external_id,
                consent=consent,
                consented_on=on or clock.today(),
                by=officer,
            )
            messages.success(_("Recommended. Write down the employer's reply when it comes."))
            st.rerun()
