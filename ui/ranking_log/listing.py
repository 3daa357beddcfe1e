"""The list of runs: filters, columns, pages, and the file for an auditor."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from domain.records.officer import Officer
from domain.records.ranking_log import RunQuery, RunSummary
from services import clock
from services.rankings import log, log_export
from ui import forms, layout
from ui.language import _, language, moment, number
from ui.tables import Column

PAGE = 50
KEY = "ranking_log"


def filters(officer: Officer) -> RunQuery:
    """One row of filters; empty ones do not filter."""
    officers, versions = log.log_choices(by=officer)
    names = {one.id: one.name_ka if language() == "ka" else one.name_en for one in officers}
    with layout.filters():
        vacancy = st.text_input(
            _("Vacancy"),
            key=f"{KEY}.vacancy",
            placeholder=_("number or part of the title"),
            persist_state="session",
            width=230,
        )
        maker = st.selectbox(
            _("Officer"),
            list(names),
            index=None,
            format_func=lambda key: names[key],
            placeholder=_("all"),
            key=f"{KEY}.officer.{language()}",
            width=200,
        )
        version = st.selectbox(
            _("Rules"),
            versions,
            index=None,
            placeholder=_("all"),
            key=f"{KEY}.version",
            persist_state="session",
            width=130,
        )
        since = forms.date_input(_("from"), key=f"{KEY}.since", width=140)
        until = forms.date_input(_("to"), key=f"{KEY}.until", width=140)
        by_hand = st.toggle(
            _("Changed by hand only"),
            key=f"{KEY}.by_hand",
            persist_state="session",
            help=_("Somebody was preselected against the rank, or taken off the shortlist."),
        )
    return RunQuery(vacancy.strip(), maker, version, since, until, by_hand)


def page_offset(wanted: RunQuery, total: int) -> int:
    """Where the shown page begins."""
    pages = max(1, -(-total // PAGE))
    st.caption(_("Rankings: {count}, the latest first").format(count=number(total)))
    page = st.pagination(pages, key=f"{KEY}.page.{hash(wanted)}") if pages > 1 else 1
    return (page - 1) * PAGE


def columns() -> list[Column]:
    """What an auditor chooses by."""
    own = language()
    return [
        Column("№", "run_id", "number", width=60, pinned=True),
        Column(_("When"), lambda row: moment(row.created_at), width=130),
        Column(_("Vacancy"), lambda row: f"{row.vacancy_number} · {row.title_in(own)}", width=240),
        Column(_("Who"), lambda row: row.officer(own) or _("the system"), width=160),
        Column(_("Rules"), "version", width=80),
        Column(_("in the register"), "pool", "number", width=90),
        Column(_("Ranked"), "ranked", "number", width=115),
        Column(_("Excluded"), "excluded", "number", width=120),
        Column(
            _("By hand"),
            lambda row: row.by_hand or None,
            "number",
            width=80,
            help=_("Somebody was preselected against the rank, or taken off the shortlist."),
        ),
        Column(_("What came of it"), _outcome, width=200),
    ]


def _outcome(row: RunSummary) -> str:
    if row.decided_at is not None:
        return _("decided {time}").format(time=moment(row.decided_at))
    if row.sent_at is not None:
        return _("sent {time}").format(time=moment(row.sent_at))
    return ""


def export(wanted: RunQuery, total: int, officer: Officer) -> None:
    """One archive of everything under the filter; made, and logged, at the click."""
    most = log_export.MOST_RUNS
    with st.popover(_("Export for an auditor"), icon="⬇️"):
        st.caption(
            _(
                "One archive with tables of these rankings and their checksums. People stand in it "
                "by the number of their file, without names. The export is logged."
            )
        )
        if total > most:
            st.caption(
                _("At most {most} rankings fit into one file: choose a shorter period.").format(
                    most=number(most)
                )
            )
            return
        st.download_button(
            _("Download the archive (ZIP)"),
            data=_content(wanted, language(), officer),
            file_name=f"ranking-log-{clock.today().isoformat()}.zip",
            mime="application/zip",
            key=f"{KEY}.export",
            on_click="ignore",
            width="stretch",
        )


def _content(wanted: RunQuery, own: str, by: Officer) -> Callable[[], bytes]:
    return lambda: log_export.export_period(wanted=wanted, language=own, by=by).content
