"""Vacancies that fit a person: where they stand today, with honest odds, and what would help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from domain.enums import Odds
from domain.records.jobseeker import JobseekerRecord
from domain.records.officer import Officer
from domain.records.prospects import HelpfulChange, VacanciesForPerson, VacancyForPerson
from domain.texts import N_
from services.rankings import for_person, ranking
from ui import layout, messages
from ui.language import _, day, label, language, number, say, term_name
from ui.messages import plain
from ui.navigation import page_link, visit
from ui.ranking.detail import draw_explanation
from ui.ranking.opened import explanation
from ui.ranking.sheet import sheet_buttons
from ui.tables import HEADER_HEIGHT, ROW_HEIGHT, heading, widget_key

KEPT = "jobseeker.vacancies"
SIGNS = {Odds.WITHIN: "✓", Odds.EDGE: "◐", Odds.FAR: "▽", Odds.EXCLUDED: "✕"}
MEANING: Mapping[Odds, str] = {
    Odds.WITHIN: N_("Fewer people stand ahead than there are positions."),
    Odds.EDGE: N_("The file would reach the employer, who may choose others."),
    Odds.FAR: N_("More people stand ahead than candidates go to the employer."),
    Odds.EXCLUDED: N_("A mandatory requirement is not met: no rank until it is."),
}
ANY = "any"
TALLEST = 10 * ROW_HEIGHT + HEADER_HEIGHT


def draw(file: JobseekerRecord, officer: Officer) -> None:
    """What would help most, all open vacancies with the nearest first, and one of them in full."""
    with messages.refusals():
        found = _found(file, officer)
        if found.not_ranked is not None:
            messages.empty(say(found.not_ranked))
            return
        if not found.vacancies:
            messages.empty(
                _("No vacancy is open at present. Once one is published, it appears here.")
            )
            return
        _helpful(found)
        chosen = _choose(found)
        if chosen is None:
            messages.empty(_("Click a vacancy to see its requirement table for this person."))
            return
        _one(file, chosen, officer)


def _found(file: JobseekerRecord, officer: Officer) -> VacanciesForPerson:
    """Read once a visit and state of the file, so that each look is audited once."""
    key = (visit(), file.external_id, file.version)
    kept = st.session_state.get(KEPT)
    if kept is None or kept[0] != key:
        with st.spinner(_("All open vacancies are being looked at …")):
            found = for_person.vacancies_for(external_id=file.external_id, by=officer)
        kept = st.session_state[KEPT] = (key, found)
    answer: VacanciesForPerson = kept[1]
    return answer


def _helpful(found: VacanciesForPerson) -> None:
    """The single changes that bring most vacancies within reach."""
    layout.part(_("What would help most, over all open vacancies"))
    if not found.helpful:
        st.caption(_("No single change brings another vacancy within reach."))
        return
    st.markdown("\n".join(f"- {_help(change)}" for change in found.helpful))


def _help(change: HelpfulChange) -> str:
    parts = [f"**{plain(say(change.change))}**"]
    if change.reached:
        text = _("within reach: {count} more vacancies with {positions} positions")
        parts.append(
            text.format(count=number(len(change.reached)), positions=number(change.positions))
        )
    if change.opened:
        parts.append(_("no longer excluded from: {count}").format(count=number(change.opened)))
    return " · ".join(parts)


def _choose(found: VacanciesForPerson) -> VacancyForPerson | None:
    titles = {ANY: _("{count} open vacancies").format(count=number(len(found.vacancies)))}
    for odds in Odds:
        if found.count(odds):
            titles[odds.value] = f"{SIGNS[odds]} {number(found.count(odds))} · {label(odds)}"
    key = f"jobseeker.odds.{found.external_id}.{language()}"
    wanted = st.pills(
        _("Vacancies by odds"),
        list(titles),
        default=ANY,
        key=key,
        format_func=titles.__getitem__,
        label_visibility="collapsed",
    )
    rows = [row for row in found.vacancies if wanted in (None, ANY, row.odds.value)]
    return _list(rows)


def _list(rows: Sequence[VacancyForPerson]) -> VacancyForPerson | None:
    c = st.column_config
    answer = st.dataframe(
        _frame(rows),
        key=widget_key("jobseeker.vacancies", [row.number for row in rows]),
        hide_index=True,
        height=min(HEADER_HEIGHT + ROW_HEIGHT * len(rows), TALLEST),
        column_config={
            "odds": c.TextColumn(_("Odds"), width=148),
            "vacancy": c.TextColumn(_("Vacancy"), width=176),
            "country": c.TextColumn(_("Country"), width=94),
            "score": c.ProgressColumn(
                _("Score"), min_value=0, max_value=100, format="%.0f", width=88
            ),
            "rank": c.TextColumn(
                _("Rank"), width=112, help=_("Rank today, of all who are ranked.")
            ),
            "positions": c.NumberColumn(heading(_("positions")), width=88),
            "candidates": c.NumberColumn(
                _("Candidates"), width=120, help=_("How many candidates go to the employer.")
            ),
            "why": c.TextColumn(_("What is missing"), width=520),
        },
        on_select="rerun",
        selection_mode="single-cell",
        alt=_("Vacancies that fit"),
    )
    st.caption(_("The order is today's. Whoever stands ahead may be taken for another vacancy."))
    cells = [cell[0] for cell in answer["selection"]["cells"] if cell[0] < len(rows)]
    return rows[cells[0]] if cells else None


def _frame(rows: Sequence[VacancyForPerson]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "odds": [f"{SIGNS[row.odds]} {label(row.odds)}" for row in rows],
            "vacancy": [row.title_in(language()) for row in rows],
            "country": [term_name("country", row.country) for row in rows],
            "score": [row.score for row in rows],
            "rank": [_rank(row) for row in rows],
            "positions": [row.positions for row in rows],
            "candidates": [row.candidates for row in rows],
            "why": [" · ".join(say(s) for s in row.excluded_by or row.missing) for row in rows],
        }
    )


def _rank(row: VacancyForPerson) -> str:
    if row.rank is None:
        return "–"
    return _("{rank} of {count}").format(rank=number(row.rank), count=number(row.ranked))


def _one(file: JobseekerRecord, row: VacancyForPerson, officer: Officer) -> None:
    """The odds in words, then the same panel as on the vacancy's ranking."""
    ranked = ranking.rank_vacancy(vacancy_number=row.number, by=officer)
    with st.container(border=True, key="ranking_detail"):
        layout.part(plain(_title(row)))
        st.markdown(_odds(row))
        draw_explanation(explanation(ranked, file.external_id, officer))
        sheet_buttons(ranked, file.external_id, officer)
        page_link("ranking", _("Open the ranking"), vacancy=row.number)


def _title(row: VacancyForPerson) -> str:
    parts = [row.number, row.title_in(language()), term_name("country", row.country)]
    if row.start_on:
        parts.append(_("starts {date}").format(date=day(row.start_on)))
    return " · ".join(parts)


def _odds(row: VacancyForPerson) -> str:
    parts = [f"{SIGNS[row.odds]} **{plain(label(row.odds))}**: {_(MEANING[row.odds])}"]
    if row.ahead is not None:
        parts.append(
            _(
                "People ahead: {ahead}; positions: {positions}; candidates who go to the "
                "employer: {candidates}."
            ).format(
                ahead=number(row.ahead),
                positions=number(row.positions),
                candidates=number(row.candidates),
            )
        )
    if row.status:
        parts.append(_("In the process: {status}.").format(status=plain(label(row.status))))
    return " ".join(parts)
