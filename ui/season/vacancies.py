"""The vacancies of a plan: positions, filled, fit, state; exported as shown."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from domain.records.officer import Officer
from domain.records.season import SeasonPlan, SeasonVacancy
from domain.texts import Term
from services import texts
from ui import exports, layout
from ui.language import _, language, number, term_name
from ui.tables import Column, table

FILTER = "season.filter"


def draw(plan: SeasonPlan, officer: Officer) -> SeasonVacancy | None:
    """The list under a filter; gives back the vacancy that is opened."""
    layout.section(_("Vacancies"), _("Choose one: its people and why they are there stand beside."))
    kind, rows = _filtered(plan.vacancies)
    chosen = table(
        rows,
        _columns(),
        key=f"season.vacancies.{plan.head.id}.{kind}",
        selection="single",
        row_id="number",
        selected=[rows[0].number] if rows else (),
        empty=_("No vacancy of the plan is like that: choose another filter."),
        alt=_("Vacancies of the plan with positions filled by the plan and by picking in turn"),
    )
    _export(plan, rows, officer)
    return next((one for one in plan.vacancies if chosen and one.number == chosen[0]), None)


def _filtered(vacancies: Sequence[SeasonVacancy]) -> tuple[str, list[SeasonVacancy]]:
    kinds = {
        "all": (_("All"), lambda one: True),
        "adopt": (_("To adopt"), lambda one: one.adopted_at is None and one.people > 0),
        "empty": (_("Positions stay empty"), lambda one: bool(one.why_empty)),
        "differ": (_("Differ from picking"), lambda one: one.others > 0),
    }
    counts = {name: sum(test(one) for one in vacancies) for name, (_text, test) in kinds.items()}
    chosen = st.segmented_control(
        _("Show"),
        list(kinds),
        format_func=lambda name: f"{kinds[name][0]} · {number(counts[name])}",
        default="all",
        required=True,
        key=f"{FILTER}.{language()}",
        label_visibility="collapsed",
    )
    kind = chosen or "all"
    return kind, [one for one in vacancies if kinds[kind][1](one)]


def _columns() -> list[Column]:
    return [
        Column(_("Number"), "number", width=118, pinned=True),
        Column(_("Title"), lambda one: one.title_in(language()), width="medium"),
        Column(_("State"), state, width=130),
        Column(_("To fill"), "positions", "number", width=70, help=_("To be filled by the plan.")),
        Column(
            _("Plan"),
            lambda one: one.plan.filled,
            "number",
            width=60,
            help=_("Filled by the plan."),
        ),
        Column(
            _("In turn"),
            lambda one: one.in_turn.filled,
            "number",
            width=70,
            help=_("Filled by picking vacancy by vacancy, the earliest start first."),
        ),
        Column(_("Mean score"), lambda one: one.plan.mean, "number", format="%.1f"),
        Column(
            _("Worst score"),
            "worst",
            "number",
            format="%.1f",
            help=_("Of the last person at a position."),
        ),
        Column(_("Country"), lambda one: term_name("country", one.country)),
        Column(_("Start"), "start_on", "date"),
    ]


def state(one: SeasonVacancy) -> str:
    """In two or three words where the vacancy stands."""
    if one.adopted_at is not None:
        return _("✓ adopted")
    if one.is_changed or one.has_other_rules:
        return _("! changed since")
    if not one.positions:
        return _("places taken before")
    if one.why_empty:
        return _("▽ empty: {count}").format(count=number(one.positions - one.plan.filled))
    if one.lost:
        return _("! lost since: {count}").format(count=number(one.lost))
    return _("to adopt")


def _export(plan: SeasonPlan, rows: Sequence[SeasonVacancy], officer: Officer) -> None:
    reader = language()  # the file is made outside the session
    said = {
        one.number: (state(one), " ".join(texts.render(s, reader) for s in one.why_empty))
        for one in rows
    }

    def cells() -> list[list[object]]:
        return [
            [
                one.number,
                one.title_in(reader),
                texts.term(Term("country", one.country), reader),
                one.start_on,
                one.positions,
                one.plan.filled,
                one.in_turn.filled,
                None if one.plan.mean is None else round(one.plan.mean, 1),
                one.worst,
                *said[one.number],
            ]
            for one in rows
        ]

    headings = [
        _("Number"),
        _("Title"),
        _("Country"),
        _("Start"),
        _("Positions"),
        _("Plan"),
        _("In turn"),
        _("Mean score"),
        _("Worst score"),
        _("State"),
        _("Why positions stay empty"),
    ]
    name = f"season-plan-{plan.head.id}"
    exports.download(name, headings, cells, key="season.export", by=officer)
