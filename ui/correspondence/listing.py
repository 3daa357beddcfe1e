"""The register: what waits for me, filters, the list, and its export."""

from __future__ import annotations

from typing import Any

import streamlit as st

from domain.enums import ExecutionState, LetterDirection, LetterStatus
from domain.records.correspondence import LetterFilter, LetterSummary
from domain.records.officer import Officer
from services.correspondence import distribution, register
from services.correspondence.todo import STEPS, Todo
from services.correspondence.waiting import count_todos
from ui import exports, forms, layout, marks, navigation
from ui.correspondence.words import light, names
from ui.language import _, day, label, language, number, say
from ui.tables import Column, clear_selection, heading, table

TABLE = "correspondence.table"


def draw(officer: Officer) -> None:
    """Counters and filters on top, then the list; a click opens the letter."""
    todo = _todo(officer)
    wanted = _filters(officer)
    page = register.find_letters(wanted=wanted, todo=todo, by=officer)
    rows = page.rows
    _counters(rows)
    if page.total > len(rows):
        text = _("The newest {shown} of {total}: narrow the filters to see older ones.")
        st.caption(text.format(shown=number(len(rows)), total=number(page.total)))
    columns = _columns()
    chosen = table(
        rows,
        columns,
        key=TABLE,
        selection="single",
        empty=_nothing(wanted, todo),
        alt=_("Letters, the newest first; select one to open it"),
    )
    if chosen:
        clear_selection(TABLE)
        navigation.open_page("letter", letter=chosen[0])
    if rows:
        _export(rows, columns, officer)


def _todo(officer: Officer) -> Todo | None:
    """What waits for me, as pills with counts; also `?todo=` of the address."""
    counts = count_todos(by=officer)
    asked = navigation.query("todo")
    given = Todo(asked) if asked in set(Todo) else None
    if not counts:
        return given
    texts = {todo: f"{_(STEPS[todo])} · {number(count)}" for todo, count in counts.items()}
    options = list(texts) if given in (None, *texts) else [*texts, given]
    chosen = st.pills(
        _("Papers waiting for me"),
        options,
        default=given,
        format_func=lambda todo: texts.get(todo, _(STEPS[todo])),
        key=f"correspondence.todo.{given}",
    )
    if chosen != given:
        navigation.keep_query(todo=chosen.value if chosen else None)
        st.rerun()
    return chosen


def _filters(officer: Officer) -> LetterFilter:
    known = distribution.list_divisions(by=officer)
    codes = {one.code: one.name(language()) for one in known}
    people = {int(m.id): m.name(language()) for one in known for m in one.members}
    with layout.filters(6):
        first, second, third = st.columns(3)
        with first:
            text = st.text_input(
                _("Search"),
                key="correspondence.text",
                placeholder=_("number, subject or sender"),
            )
            direction = forms.choose_member(
                _("Direction"), LetterDirection, key="correspondence.direction"
            )
        with second:
            state = forms.choose_member(_("Deadline"), ExecutionState, key="correspondence.state")
            status = forms.choose_member(_("Status"), LetterStatus, key="correspondence.status")
        with third:
            department = _one_of(_("Division"), codes, "correspondence.department")
            officer_id = _one_of(_("Specialist"), people, "correspondence.officer")
        years = register.list_years(by=officer)
        year = st.selectbox(
            _("Year; what is not ended stands in every year"),
            years,
            index=0,
            format_func=str,
            key="correspondence.year",
            width=360,
        )
    return LetterFilter(direction, status, state, department, officer_id, text or "", year)


def _one_of(title: str, options: dict[Any, str], key: str) -> Any:
    return st.selectbox(
        title,
        list(options),
        index=None,
        format_func=options.__getitem__,
        key=key,
        placeholder=_("choose"),
    )


def _counters(rows: tuple[LetterSummary, ...]) -> None:
    states = [row.state for row in rows]
    marks.counters(
        {
            _("letters shown"): len(rows),
            _("overdue"): states.count(ExecutionState.OVERDUE),
            _("due soon"): states.count(ExecutionState.DUE),
            _("in time"): states.count(ExecutionState.OPEN),
        }
    )


def _columns() -> list[Column]:
    return [
        Column(_("Number"), lambda row: row.number or "–", width=110, pinned=True),
        Column(_("Deadline"), lambda row: light(row.state), width=170),
        Column(_("Subject"), "subject", width=260),
        Column(_("Until"), lambda row: day(row.due_on), width=95),
        Column(_("From / to"), "other_side", width=200),
        Column(_("Next step"), lambda row: say(row.waits) if row.waits else "–", width=190),
        Column(_("Status"), lambda row: label(row.status), width=190),
        Column(_("Division"), lambda row: names(row.departments) or "–", width=170),
        Column(_("Specialists"), lambda row: names(row.specialists) or "–", width=160),
        Column(_("Date"), lambda row: day(row.dated_on), width=95),
        Column(_("Kind"), lambda row: label(row.kind), width=170),
        Column(_("Direction"), lambda row: label(row.direction), width=100),
    ]


def _export(rows: tuple[LetterSummary, ...], columns: list[Column], officer: Officer) -> None:
    shown = [
        [
            column.value(row) if callable(column.value) else getattr(row, column.value)
            for column in columns
        ]
        for row in rows
    ]
    headings = [heading(column.title) for column in columns]
    exports.download("letters", headings, lambda: shown, key="correspondence", by=officer)


def _nothing(wanted: LetterFilter, todo: Todo | None) -> str:
    if todo is not None or wanted != LetterFilter(year=wanted.year):
        return _("No letter fits these filters. Empty them to see the others.")
    return _("No letter is here yet. The registry takes in the first one below.")
