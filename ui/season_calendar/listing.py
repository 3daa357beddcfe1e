"""Vacancies under way with the verdict on their first day of work."""

from __future__ import annotations

from collections.abc import Sequence

from domain.enums import SeasonMark
from domain.records.season_calendar import VacancyCalendar
from ui import marks, navigation
from ui.language import _, day, label, language
from ui.season_calendar.words import marked
from ui.tables import Column, table

TABLE = "season_calendar.table"


def choose(found: Sequence[VacancyCalendar]) -> str | None:
    """Draw the list; the number of the vacancy that is open."""
    if found:
        verdicts = [one.calendar.mark if one.calendar else None for one in found]
        marks.counters(
            {
                _("can't begin on their day"): verdicts.count(SeasonMark.LATE),
                _("time is short"): verdicts.count(SeasonMark.TIGHT),
                _("in time"): verdicts.count(SeasonMark.IN_TIME),
                _("no first day of work stated"): verdicts.count(None),
            }
        )
    opened = navigation.query("vacancy")
    chosen = table(
        found,
        [
            Column(_("Number"), "number", pinned=True),
            Column(_("Verdict"), _verdict),
            Column(_("Work begins"), _start),
            Column(_("Next step"), _next),
            Column(_("Until"), _until, help=_("The last day on which the next step is in time.")),
            Column(_("Vacancy"), _title),
        ],
        key=TABLE,
        selection="single",
        row_id="number",
        selected=[opened] if opened else [],
        empty=_(
            "No vacancy is under way. Publish one, or try a country and a first day of work "
            "beside this list."
        ),
        alt=_("Vacancies by their first day of work; select one to see its steps"),
    )
    number = chosen[0] if chosen else None
    if number is None and opened and opened not in [one.number for one in found]:
        return opened  # a vacancy that is over, reached by its address
    navigation.keep_query(vacancy=number)
    return number


def _title(one: VacancyCalendar) -> str:
    return one.title_ka if language() == "ka" and one.title_ka else one.title


def _start(one: VacancyCalendar) -> str:
    return day(one.calendar.start_on) if one.calendar else _("not stated")


def _verdict(one: VacancyCalendar) -> str:
    return marked(one.calendar.mark) if one.calendar else "?"


def _next(one: VacancyCalendar) -> str:
    if one.calendar is None:
        return _("State the first day of work")
    step = one.calendar.next_step
    return label(step.step) if step else "–"


def _until(one: VacancyCalendar) -> str:
    step = one.calendar.next_step if one.calendar else None
    return day(step.last_on) if step else "–"
