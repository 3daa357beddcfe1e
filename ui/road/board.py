"""The steps of the road with their counts, and the people at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from domain.enums import CandidacyStatus
from domain.records.officer import Officer
from domain.records.road import RoadBoard, RoadQuery, RoadRow, RoadStep, RoadTask
from services.road.board import get_board
from services.road.calling import ask_to_call, calling_refusal
from ui import layout, marks, messages, navigation
from ui.buttons import guarded_button
from ui.language import _, day, label, language, number, say, term_name
from ui.messages import plain
from ui.navigation import page_link
from ui.tables import Column, table

TABLE, STEP = "road.table", "road.step"


def draw(wanted: RoadQuery, tasks: Sequence[RoadTask], officer: Officer) -> None:
    """Steps on top; the list on the left, the chosen one with its next action on the right."""
    chosen_step = st.session_state.get(STEP, wanted.step)
    board = get_board(wanted=replace(wanted, step=chosen_step), tasks=tasks, by=officer)
    if not any(step.people for step in board.steps):
        messages.empty(
            _(
                "Nobody stands on the road here. People come onto it when a shortlist is sent to "
                "the commission; widen the filters to see others."
            )
        )
        return
    _steps(board, chosen_step)
    left, right = layout.list_and_detail()
    with left:
        row = _list(board)
    with right:
        if row is None:
            messages.empty(_("Choose a person to see their next step and to go there."))
        else:
            _one(row, officer)


def _steps(board: RoadBoard, chosen: CandidacyStatus | None) -> None:
    """Each step as a pill with its count; how many of them are late, in red."""
    shown = {step.status: step for step in board.steps if step.people or step.status is chosen}
    st.pills(
        _("Steps of the road: people, of them late"),
        list(shown),
        default=chosen if STEP not in st.session_state else None,
        format_func=lambda status: _step_text(shown[status]),
        key=STEP,
    )
    step = st.session_state.get(STEP)
    navigation.keep_query(step=step.value if step else None)
    limit = shown[step].limit_days if step in shown else None
    if step in shown:
        st.caption(
            _("Limit of this step in days: {days} (a proposal of the product).").format(
                days=number(limit)
            )
            if limit is not None
            else _("This step has no limit of its own.")
        )


def _step_text(step: RoadStep) -> str:
    text = f"{label(step.status)} {number(step.people)}"
    return f"{text} · :red[✕ {number(step.late)}]" if step.late else text


def _list(board: RoadBoard) -> RoadRow | None:
    text = _("People: {count}, of them late: {late}")
    if board.total > len(board.rows):
        text = _("People: {count}. The first {shown} are listed: narrow the board to see others")
    late, shown = sum(row.is_late for row in board.rows), len(board.rows)
    st.caption(text.format(count=number(board.total), late=number(late), shown=number(shown)))
    chosen = table(
        board.rows,
        [
            Column(_("Person"), lambda row: row.name(language()), width=185, pinned=True),
            Column(_("Stage"), _status, width=260),
            Column(
                _("Days"),
                "days",
                "number",
                width=60,
                help=_("Calendar days since the person came to this step."),
            ),
            Column(
                _("Until"),
                _limit,
                width=245,
                help=_("The last day by the dated limit of the step."),
            ),
            Column(_("Vacancy"), _vacancy, width=190),
            Column(_("Next"), lambda row: _(row.action.text), width=230),
            Column(_("Employer"), lambda row: row.employer or "–", width=180),
        ],
        key=TABLE,
        selection="single",
        empty=_("Nobody matches. Choose another step, or widen the filters."),
        alt=_("People on the road, late ones first; select one to see the next step"),
    )
    return next((row for row in board.rows if chosen and row.id == chosen[0]), None)


def _status(row: RoadRow) -> str:
    return f"✕ {label(row.status)}" if row.is_late else label(row.status)


def _limit(row: RoadRow) -> str:
    if row.due_on is None:
        return "–"
    return f"{day(row.due_on)} ✕ {_('late')}" if row.is_late else day(row.due_on)


def _vacancy(row: RoadRow) -> str:
    return f"{row.vacancy} · {term_name('country', row.country)}"


def _one(row: RoadRow, officer: Officer) -> None:
    with st.container(border=True):
        st.markdown(f"**{plain(row.name(language()))}**")
        tone = "not_met" if row.is_late else "accent"
        sign = "✕" if row.is_late else "→"
        marks.show(marks.tag(f"{sign} {label(row.status)}", tone))
        st.caption(_standing(row))
        page_link(row.action.page, _(row.action.text), icon="➡️", **row.action.query)
        layout.facts(
            {
                _("Vacancy"): f"{row.vacancy} · {row.title(language())}",
                _("Country"): term_name("country", row.country),
                _("Employer"): row.employer or "–",
                _("At this step since"): day(row.since),
                _("Until"): day(row.due_on) if row.due_on else _("no limit"),
            }
        )
        page_link("jobseeker", _("The person's file"), jobseeker=row.jobseeker)
        page_link("vacancy", _("The vacancy"), vacancy=row.vacancy)
        _call(row, officer)


def _call(row: RoadRow, officer: Officer) -> None:
    why_not = calling_refusal(candidacy_id=row.id, by=officer)
    key = f"road.call.{row.id}"
    if guarded_button(_("Ask to call back"), say(why_not) if why_not else None, key=key):
        with messages.refusals():
            ask_to_call(candidacy_id=row.id, by=officer)
            messages.success(
                _("The message is written and goes out within a minute."),
                _("See the messages"),
                "messages",
            )
            st.rerun()


def _standing(row: RoadRow) -> str:
    values = {"days": number(row.days)}
    if row.is_late and row.due_on is not None:
        text = _("Days at this step: {days}, more than its limit. The next step comes first.")
        return text.format(**values)
    return _("Days at this step: {days}.").format(**values)
