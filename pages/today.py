"""Today: what waits for the recruiter, most urgent first, each line one click from its action."""

from __future__ import annotations

import streamlit as st

from domain.enums import Urgency
from domain.records.officer import Officer
from domain.records.today import Task, Today
from services import today
from services.permissions import Permission, can
from services.road.todo import list_todo
from ui import layout, marks, messages
from ui import waiting as papers
from ui.language import _, day, label, language, number, say, term_name
from ui.messages import plain
from ui.navigation import page_link

_ROWS = 12


def render(officer: Officer) -> None:
    """Counters, then the list."""
    waiting = today.get_today(by=officer)
    layout.header(_("Today"), subtitle=day(waiting.day))
    papers.block(officer)
    _after_the_commission(officer)
    marks.counters(
        {
            _("late"): waiting.late,
            _("due this week"): waiting.due,
            _("shortlists in commission"): waiting.in_commission,
            _("questions that could change a rank"): waiting.questions,
        }
    )
    if not waiting.tasks:
        _nothing_waits(waiting)
    for urgency in Urgency:
        _part(urgency, [task for task in waiting.tasks if task.urgency is urgency])


def _after_the_commission(officer: Officer) -> None:
    """What waits from the CV to the return: how much, and the way to the board that lists it."""
    tasks = list_todo(by=officer) if can(officer, Permission.ROAD_READ) else ()
    if not tasks:
        return
    late = sum(task.urgency is Urgency.LATE for task in tasks)
    text = _("From the CV to the return: {count} things to do, {late} of them late")
    said = plain(text.format(count=number(len(tasks)), late=number(late)))
    with st.container(border=True, key="road_waiting", gap=None):
        page_link("road", f":red[**✕**] {said}" if late else said, icon="🛤️", help=_("One board"))


def _nothing_waits(waiting: Today) -> None:
    if waiting.is_empty_system:
        messages.empty(
            _(
                "Nothing is entered yet. Register the first job-seekers and take in the first "
                "vacancy; what waits for you then stands here."
            )
        )
    else:
        messages.empty(
            _(
                "Nothing waits for you today. New vacancies, closing dates and passports that run "
                "out will stand here."
            )
        )
    with st.container(horizontal=True):
        page_link("jobseekers", _("Job-seekers"), icon="🧑‍🌾")
        page_link("vacancies", _("Vacancies"), icon="📋")


def _part(urgency: Urgency, tasks: list[Task]) -> None:
    if not tasks:
        return
    layout.section(f"{label(urgency)} · {number(len(tasks))}")
    key = f"today.all.{urgency.value}"
    shown = tasks if st.session_state.get(key) else tasks[:_ROWS]
    with st.container(key=f"today_{urgency.value}", gap=None):
        for place, task in enumerate(shown):
            with st.container(key=f"task_{urgency.value}_{place}"):
                _line(task)
    if len(tasks) > len(shown):
        st.button(
            _("Show all {count}").format(count=number(len(tasks))),
            key=f"{key}.button",
            on_click=st.session_state.__setitem__,
            args=(key, True),
        )


def _line(task: Task) -> None:
    when, who, what, action = st.columns([1.1, 3.2, 4.4, 2.1], vertical_alignment="center")
    if task.due:
        sign = ":red[**!**] " if task.urgency is Urgency.LATE else ""
        when.markdown(sign + day(task.due))
    who.markdown(_subject(task))
    what.markdown(plain(say(task.what)))
    with action:
        page_link(task.page, _(task.action), icon="➡️", **task.query)


def _subject(task: Task) -> str:
    """Name in bold, number and country in small beneath; a topic where several are meant."""
    name = task.name(language()) or task.code
    if task.code is None or name is None:
        return f"**{_(task.topic)}**" if task.topic else ""
    country = f" · {plain(term_name('country', task.country))}" if task.country else ""
    return f"**{plain(name)}**  \n:small[:gray[{plain(task.code)}{country}]]"
