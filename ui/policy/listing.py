"""The versions over time, and the ways to a new one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from domain.enums import VersionStanding
from domain.records.officer import Officer
from domain.records.policy import ParametersVersion, Policy
from services.permissions import Permission, can
from services.policy import drafts
from ui import layout, messages
from ui.language import _
from ui.navigation import keep_query, query
from ui.policy import shown
from ui.tables import Column, clear_selection, table

TABLE = "weights.versions"


def choose(policy: Policy, officer: Officer) -> ParametersVersion | None:
    """The table of versions; the one that is opened, by a click or by the address."""
    layout.section(
        _("Versions"),
        _("A version counts from its first day until the next one's. None is ever changed."),
    )
    if can(officer, Permission.PARAMETERS_PROPOSE):
        _start(policy, officer)
    asked = query("version")
    known = {version.version: version for version in policy.versions}
    # An address that names a version opens it once; from then on the clicks count.
    if asked in known and st.session_state.get(f"{TABLE}.asked") != asked:
        clear_selection(TABLE)
        st.session_state[f"{TABLE}.asked"] = asked
    chosen = table(
        policy.versions,
        _columns(),
        key=TABLE,
        selection="single",
        row_id="version",
        selected=[asked] if asked in known else _waiting(policy.versions),
        alt=_("Versions of the weights with first day, state and reason"),
    )
    name = chosen[0] if chosen else None
    st.session_state[f"{TABLE}.asked"] = name
    keep_query(version=name)
    return known.get(name) if name else None


def _waiting(versions: Sequence[ParametersVersion]) -> list[str]:
    """What waits for a decision is opened at first."""
    waiting = [one.version for one in versions if one.standing is VersionStanding.PROPOSED]
    return waiting[:1]


def open_version(version: str | None) -> None:
    """Show this version at the next run."""
    clear_selection(TABLE)
    keep_query(version=version)


def _start(policy: Policy, officer: Officer) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        wanted = st.button(_("Draft a new version"), key="weights.start", type="primary")
        st.caption(_("Begins with the values in force. Nothing changes until it is approved."))
    if wanted:
        start(officer)


def start(officer: Officer, **options: object) -> None:
    """Begin a draft and open it."""
    with messages.refusals():
        made = drafts.start_draft(by=officer, **options)  # type: ignore[arg-type]
        open_version(made.version)
        messages.success(
            _("Draft {version} is begun: change it, preview it, propose it.").format(
                version=made.version
            )
        )
        st.rerun()


def _columns() -> list[Column]:
    return [
        Column(_("Version"), "version", width=110),
        Column(_("State"), shown.standing, width=150),
        Column(_("First day"), "valid_from", "date"),
        *(
            Column(
                shown.criterion(name),
                lambda one, name=name: shown.percent(one.weights[name]),  # type: ignore[misc]
                width=90,
            )
            for name in ("occupation", "skills", "languages", "experience", "readiness")
        ),
        Column(_("Reason"), lambda one: _(one.reason), width="large"),
    ]
