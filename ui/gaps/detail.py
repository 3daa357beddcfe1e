"""One course: where its people live, which countries and vacancies it opens, who they are."""

from __future__ import annotations

import streamlit as st

from domain.records.gaps import GapFilter, GapSplit, GapVacancy
from domain.records.officer import Officer
from services.permissions import Permission, can
from ui import charts, layout, tables
from ui.charts import Tile
from ui.dashboard.frame import cell, words
from ui.dashboard.register import PLACES
from ui.gaps import people
from ui.language import _, language, say, term_name
from ui.messages import plain
from ui.tables import Column


def detail(split: GapSplit, wanted: GapFilter, least: int, officer: Officer) -> None:
    """Everything behind one line of the board."""
    layout.section(plain(say(split.row.change)))
    left, right = st.columns(2, gap="medium")
    with left:
        _regions(split, least)
    with right:
        _countries(split, least)
        _cost()
    _vacancies(split, least)
    if can(officer, Permission.JOBSEEKERS_READ):
        people.show(split, wanted, officer)
    else:
        st.caption(_("Names are shown to recruiters only."))


def _regions(split: GapSplit, least: int) -> None:
    layout.part(_("Where these people live"))
    known = [few for region, few in split.regions if region and isinstance(few, int)]
    most = max(known, default=0) or 1
    tiles = [
        Tile(
            *PLACES[region],
            _region(region),
            words(few, least),
            few / most if isinstance(few, int) and region else None,
        )
        for region, few in split.regions
    ]
    drawing = charts.tile_map(tiles).to_dict()
    text = _("People by region: {change}").format(change=say(split.row.change))
    charts.chart(drawing, key="gaps.regions", width="stretch", alt=text)
    with st.expander(_("Table")):
        tables.table(
            [(_region(region), cell(few, least)) for region, few in split.regions],
            [Column(_("Region"), lambda row: row[0]), Column(_("people"), lambda row: row[1])],
            key="gaps.regions.table",
        )


def _region(region: str | None) -> str:
    return term_name("region", region) if region else _("no region stated")


def _countries(split: GapSplit, least: int) -> None:
    layout.part(_("Countries of the vacancies"))
    st.caption(_("A person may be near enough to vacancies in several countries."))
    tables.table(
        split.countries,
        [
            Column(_("Country"), lambda pair: term_name("country", pair[0])),
            Column(_("people"), lambda pair: words(pair[1].people, least)),
            Column(_("positions"), lambda pair: pair[1].positions, "number"),
            Column(_("of them lacking people"), lambda pair: pair[1].lacking, "number"),
            Column(_("vacancies"), lambda pair: pair[1].vacancies, "number"),
        ],
        key="gaps.countries",
        empty=_("No data"),
    )


def _cost() -> None:
    layout.part(_("The course itself"))
    unknown = _("no data")
    layout.facts(
        {_("Price for a person"): unknown, _("Length"): unknown, _("Free places"): unknown}
    )
    st.caption(_("The catalogue of courses is not part of this system yet; nothing is estimated."))


def _vacancies(split: GapSplit, least: int) -> None:
    layout.part(_("Vacancies that it opens"))
    tables.table(
        split.vacancies,
        [
            Column(_("Number"), "number"),
            Column(_("Title"), lambda row: row.title_in(language()), width="medium"),
            Column(_("Country"), lambda row: term_name("country", row.country)),
            Column(_("begins"), "start_on", "date"),
            Column(_("positions"), "positions", "number"),
            Column(
                _("eligible today"),
                "eligible",
                "number",
                help=_("People whom no mandatory requirement excludes"),
            ),
            Column(
                _("candidates to send"),
                "places",
                "number",
                help=_("Candidates who are sent to the employer"),
            ),
            Column(_("enough today"), _is_enough, "yes_no"),
            Column(_("people it would reach"), lambda row: words(row.people, least)),
        ],
        key="gaps.vacancies",
        empty=_("No data"),
        alt=_("Vacancies that this course opens"),
    )


def _is_enough(row: GapVacancy) -> bool:
    return row.eligible >= row.places
