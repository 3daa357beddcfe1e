"""The steps of one start: last day, earliest day, mark; and what could still be kept."""

from __future__ import annotations

from datetime import timedelta
from html import escape

import streamlit as st

from domain.enums import SeasonMark
from domain.records.officer import Officer
from domain.records.season_calendar import CalendarStep, SeasonCalendar, VacancyCalendar
from services import clock
from services.preparation.season_calendar import calendar_for, calendar_of
from ui import forms, layout, marks, messages
from ui.language import _, day, label, language, number, term_name
from ui.messages import plain
from ui.navigation import page_link
from ui.season_calendar.words import marked, tone


def of_vacancy(code: str, officer: Officer) -> None:
    """The calendar of a vacancy, for its own day or for another one to try."""
    own = calendar_of(number=code, by=officer)
    with st.container(border=True):
        st.markdown(f"**{plain(_title(own))}**")
        st.caption(f"{label(own.status)} · {_positions(own)}")
        stated = own.calendar.start_on if own.calendar else None
        start = forms.date_input(
            _("First day of work"),
            stated,
            key=f"season_calendar.start.{code}",
            help=_("Try another day: nothing is saved, the vacancy keeps its own."),
        )
        if start is None:
            messages.empty(_("Without a first day of work nothing can be counted back."))
        else:
            shown = own if start == stated else calendar_of(number=code, start_on=start, by=officer)
            assert shown.calendar is not None
            if start != stated:
                st.caption(_("A try: the vacancy itself is not changed."))
            draw(shown.calendar)
        page_link("vacancy", _("Open the vacancy"), vacancy=own.number)


def try_out(officer: Officer) -> None:
    """Any country and first day of work, before a vacancy is even taken in."""
    with st.container(border=True):
        layout.part(_("Try a country and a first day of work"))
        country = forms.country(_("Country"), key="season_calendar.country", value="DE")
        start = forms.date_input(
            _("First day of work"),
            clock.today() + timedelta(120),
            key="season_calendar.start",
        )
        if country and start:
            draw(calendar_for(start_on=start, country=country, by=officer))
        else:
            messages.empty(_("Choose a country and a day: the steps follow at once."))


def draw(calendar: SeasonCalendar) -> None:
    """The verdict in a sentence, then every step."""
    marks.show(marks.tag(marked(calendar.mark), tone(calendar.mark)))
    st.markdown(_verdict(calendar))
    st.html(f'<ol class="season">{"".join(_step(one) for one in calendar.steps)}</ol>')
    st.caption(
        _(
            "Lengths of the steps are planning values from {day}, proposals of the product: "
            "{country} takes {days} days for the visa or permit."
        ).format(
            day=day(calendar.valid_from),
            country=plain(term_name("country", calendar.country)),
            days=number(_permit_days(calendar)),
        )
    )


def _permit_days(calendar: SeasonCalendar) -> int:
    return next(one.days for one in calendar.steps if one.step.value == "permit")


def _verdict(calendar: SeasonCalendar) -> str:
    step = calendar.next_step
    if step is None:
        return _("Every step is done.")
    if calendar.is_possible:
        return _("Work can begin on {start}. Next: {step}, until {last} at the latest.").format(
            start=day(calendar.start_on), step=label(step.step), last=day(step.last_on)
        )
    late = next(one for one in calendar.steps if one.mark is SeasonMark.LATE)
    return _(
        "Work can't begin on {start}: {step} should be done until {last}, and can be on {earliest} "
        "at the earliest. Still possible: a first day of work from **{possible}** on."
    ).format(
        start=day(calendar.start_on),
        step=label(late.step),
        last=day(late.last_on),
        earliest=day(late.earliest_on),
        possible=day(calendar.earliest_start_on),
    )


def _step(step: CalendarStep) -> str:
    """One line: the step, its last day, how it stands, when it can be at the earliest."""
    shown = marks.tag(_standing(step), tone(step.mark))
    days = _("takes {days} days").format(days=number(step.days)) if step.days else ""
    if step.mark is SeasonMark.DONE:
        when = _("done on {day}").format(day=day(step.earliest_on))
    else:
        when = _("earliest {day}").format(day=day(step.earliest_on))
    told = " · ".join(part for part in (when, _counted(step), days) if part)
    until = _("until {day}").format(day=day(step.last_on))
    return (
        f"<li><b>{escape(label(step.step))}</b> <span>{escape(until)}</span> {shown}"
        f"<small>{escape(told)}</small></li>"
    )


def _standing(step: CalendarStep) -> str:
    told = marked(step.mark)
    if step.mark is SeasonMark.LATE:
        late = _("by {days} days").format(days=number(-step.spare_days))
        return f"{told}, {late}"
    return told


def _counted(step: CalendarStep) -> str:
    progress = step.progress
    if progress.reached is None or progress.needed is None:
        return ""
    return _("{reached} of {needed} people").format(
        reached=number(progress.reached), needed=number(progress.needed)
    )


def _title(one: VacancyCalendar) -> str:
    title = one.title_ka if language() == "ka" and one.title_ka else one.title
    return f"{one.number} · {title}"


def _positions(one: VacancyCalendar) -> str:
    return _("{count} positions").format(count=number(one.positions))
