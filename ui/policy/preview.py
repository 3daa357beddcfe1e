"""Whom a version would move: figures on top, vacancies below, the people one click away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from domain.records.officer import Officer
from domain.records.policy import Moved, ParametersVersion, Preview, VacancyPreview
from services.policy import preview as service
from ui import layout, marks, messages
from ui.language import _, language, moment, number, term_name
from ui.messages import plain
from ui.navigation import page_link
from ui.tables import Column, table


def panel(version: ParametersVersion, officer: Officer) -> None:
    """The preview, or the button that makes it."""
    layout.section(
        _("Preview: who would enter and leave"),
        _(
            "Everybody is ranked for every open vacancy by both versions, as files are today. "
            "The places are positions times candidates per position."
        ),
    )
    kept = service.find_preview(version)
    is_seen = kept is not None and officer.id in kept.seen_by
    with st.container(horizontal=True, vertical_alignment="center"):
        title = _("Make the preview anew") if is_seen else _("Show the preview")
        wanted = st.button(title, key="weights.preview", type="secondary" if is_seen else "primary")
        if kept is not None and is_seen:
            st.caption(
                plain(
                    _("Made {moment} with {people} people, against weights {version}.").format(
                        moment=moment(kept.content.made_at),
                        people=number(kept.content.people),
                        version=kept.content.compared_with,
                    )
                )
            )
    if wanted:
        with messages.refusals(), st.spinner(_("Ranking everybody by both versions…")):
            service.preview_version(version=version, anew=is_seen, by=officer)
            st.rerun()
    if kept is not None and is_seen:
        _show(kept.content)


def _show(preview: Preview) -> None:
    if not preview.vacancies:
        messages.empty(_("No vacancy is open for ranking today: nobody is moved."))
        return
    counts = preview.counts()
    changing = _("of {count} open shortlists change").format(count=number(counts["vacancies"]))
    moving = _("of {count} preselected change their rank")
    marks.counters(
        {
            changing: counts["vacancies_changed"],
            _("people enter"): counts["entering"],
            _("people leave"): counts["leaving"],
            moving.format(count=number(counts["preselected"])): counts["preselected_moved"],
            _("preselected would lose their place"): counts["preselected_dropped"],
        }
    )
    rows = sorted(
        preview.vacancies,
        key=lambda one: (-len(one.dropped), -len(one.entering) - len(one.leaving), one.number),
    )
    chosen = table(
        rows,
        _columns(),
        key="weights.preview.vacancies",
        selection="single",
        row_id="number",
        alt=_("Open vacancies with the people who would enter and leave"),
    )
    if not chosen:
        st.caption(_("Click a vacancy to see the people."))
        return
    _people(next(one for one in rows if one.number == chosen[0]), preview)


def _columns() -> list[Column]:
    return [
        Column(_("Vacancy"), "number", width=140),
        Column(_("Title"), lambda one: _title(one), width="medium"),
        Column(_("Country"), lambda one: term_name("country", one.country), width=110),
        Column(_("Places"), _places, width=110),
        Column(_("Enter"), lambda one: len(one.entering), "number", width=80),
        Column(_("Leave"), lambda one: len(one.leaving), "number", width=80),
        Column(_("Preselected"), lambda one: len(one.preselected), "number", width=150),
        Column(_("Of them moved"), lambda one: len(one.moved), "number", width=120),
        Column(_("Of them out"), lambda one: len(one.dropped), "number", width=110),
    ]


def _title(one: VacancyPreview) -> str:
    return (one.title_ka or one.title) if language() == "ka" else one.title


def _places(one: VacancyPreview) -> str:
    if one.places_before == one.places_after:
        return number(one.places_after)
    return f"{number(one.places_before)} → {number(one.places_after)}"


@dataclass(frozen=True)
class _Line:
    what: str
    person: Moved

    @property
    def id(self) -> str:
        return f"{self.what}.{self.person.external_id}"


def _people(one: VacancyPreview, preview: Preview) -> None:
    layout.part(plain(f"{one.number} · {_title(one)}"))
    page_link("ranking", _("Open ranking"), icon="🏅", vacancy=one.number)

    def rank(value: int | None, people: tuple[Moved, ...], person: Moved) -> str:
        # The preselected are looked up however far behind; without a rank they are excluded.
        if value is None:
            is_exact = person in people
            beyond = _("beyond {rank}").format(rank=number(preview.beyond))
            return _("excluded") if is_exact else beyond
        return number(value)

    chosen = one.preselected
    table(
        list(_lines(one)),
        [
            Column(_("What happens"), "what", width="medium"),
            Column(_("Person"), lambda line: line.person.name(language()), width="medium"),
            Column(_("File"), lambda line: line.person.external_id, width=130),
            Column(
                _("Rank by {version}").format(version=preview.compared_with),
                lambda line: rank(line.person.before, chosen, line.person),
                width=130,
            ),
            Column(
                _("Rank by {version}").format(version=preview.version),
                lambda line: rank(line.person.after, chosen, line.person),
                width=130,
            ),
        ],
        key=f"weights.preview.people.{one.number}",
        empty=_("Nobody enters, leaves or moves here."),
        alt=_("People who would enter, leave or move"),
    )


def _lines(one: VacancyPreview) -> Iterator[_Line]:
    preselected = {person.external_id for person in one.preselected}
    for person in one.dropped:
        yield _Line("✕ " + _("preselected, loses the place"), person)
    for person in one.leaving:
        if person.external_id not in preselected:
            yield _Line("▽ " + _("leaves the places"), person)
    for person in one.entering:
        if person.external_id not in preselected:
            yield _Line("✓ " + _("enters the places"), person)
    dropped = set(one.dropped)
    for person in one.moved:
        if person not in dropped:
            yield _Line("◐ " + _("preselected, moves"), person)
