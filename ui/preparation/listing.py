"""Everybody before departure, the earliest first, with what is still open."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from domain.enums import PermitStatus
from domain.records.preparation import PreparationSummary
from services import clock
from services.preparation.rules import rules_on
from ui import layout, marks
from ui.language import _, by_name, day, label, language, number, say, term_name
from ui.preparation.words import PERMIT, in_days, signed
from ui.tables import Column, table

TABLE = "preparation.table"


def draw(found: Sequence[PreparationSummary]) -> int | None:
    """Counters, filters, the list; the candidacy that was clicked."""
    if found:
        _counters(found)
    shown = _filtered(found)
    chosen = table(
        shown,
        [
            Column(_("Person"), _name, pinned=True),
            Column(_("Departure"), _departure),
            Column(_("Papers"), _papers, help=_("Mandatory papers that are not in order.")),
            Column(_("Next step"), lambda one: say(one.next_step), width="large"),
            Column(_("Visa or permit"), _permit),
            Column(_("Orientation"), lambda one: _("✓ certificate") if one.is_oriented else "–"),
            Column(_("Country"), lambda one: term_name("country", one.country)),
            Column(_("Vacancy"), "vacancy_number"),
        ],
        key=TABLE,
        selection="single",
        row_id="candidacy_id",
        empty=_(
            "Nobody prepares to depart now. People come here when they confirm the employer's "
            "offer."
        ),
        alt=_("People before departure; select one to open the file"),
    )
    return int(chosen[0]) if chosen else None


def _counters(found: Sequence[PreparationSummary]) -> None:
    soon = rules_on(clock.today()).soon_days
    marks.counters(
        {
            _("prepare to depart"): len(found),
            _("depart within {days} days").format(days=number(soon)): sum(
                one.days_left is not None and one.days_left <= soon for one in found
            ),
            _("with papers overdue"): sum(one.papers_late > 0 for one in found),
            _("wait for the permit"): sum(one.permit is PermitStatus.SUBMITTED for one in found),
            _("without a day of departure"): sum(one.departure_on is None for one in found),
        }
    )


def _filtered(found: Sequence[PreparationSummary]) -> list[PreparationSummary]:
    countries = by_name({one.country for one in found}, "country")
    if len(found) < 2:
        return list(found)
    with layout.filters(2):
        country = st.selectbox(
            _("Country"),
            countries,
            index=None,
            format_func=lambda code: term_name("country", code),
            key="preparation.country",
            placeholder=_("all"),
        )
        late_only = st.toggle(_("Only with papers overdue"), key="preparation.late")
    return [
        one
        for one in found
        if (country is None or one.country == country) and (one.papers_late > 0 or not late_only)
    ]


def _name(one: PreparationSummary) -> str:
    return one.name_ka if language() == "ka" else one.name_lat


def _departure(one: PreparationSummary) -> str:
    if one.departure_on is None or one.days_left is None:
        return _("no day yet")
    return f"{day(one.departure_on)} · {in_days(one.days_left)}"


def _permit(one: PreparationSummary) -> str:
    return signed(PERMIT[one.permit], label(one.permit)) if one.permit else "–"


def _papers(one: PreparationSummary) -> str:
    if one.papers_open is None:
        return _("no file yet")
    if one.papers_open == 0:
        return _("✓ all in order")
    told = _("◐ {count} open").format(count=number(one.papers_open))
    if one.papers_late:
        told = _("✕ {count} open, {late} overdue").format(
            count=number(one.papers_open), late=number(one.papers_late)
        )
    return told
