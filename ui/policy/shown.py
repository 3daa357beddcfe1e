"""A version on the screen: its weights as a picture, its values with reasons, who did what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import streamlit as st

from domain.enums import VersionStanding
from domain.records.policy import ParametersVersion, ParameterValue, Policy, Step
from ui import charts, layout
from ui.language import _, day, label, language, moment, number, term_name
from ui.messages import plain
from ui.ranking.reasons import CRITERIA
from ui.tables import Column, table

SIGNS = {
    VersionStanding.IN_FORCE: "✓",
    VersionStanding.COMING: "◐",
    VersionStanding.PROPOSED: "?",
    VersionStanding.REJECTED: "✕",
}


def criterion(name: str) -> str:
    """What a criterion is called."""
    return _(CRITERIA[name])


def percent(share: Decimal | float) -> str:
    """A share as "35 %", with a decimal where it has one."""
    return f"{number(round(float(share) * 100, 1))} %"


def standing(version: ParametersVersion) -> str:
    """Its state in words with a sign."""
    return f"{SIGNS.get(version.standing, '')} {label(version.standing)}".strip()


def weights(now: Mapping[str, Decimal], before: Mapping[str, Decimal] | None, *, key: str) -> None:
    """Bars of the five weights; thin ones below of the version compared with."""
    if before is None:
        accent = charts.colours()["accent"]
        bars = [
            charts.BarRow(
                criterion(name),
                (charts.Part(percent(share), float(share), accent),),
                percent(share),
            )
            for name, share in now.items()
        ]
        charts.chart(charts.labelled_bars(bars).to_dict(), key=key)
        return
    most = max([*now.values(), *before.values(), Decimal("0.01")])
    rows = []
    for name, share in now.items():
        text = percent(share)
        if before[name] != share:
            text = f"{text} ({percent(before[name])})"
        rows.append((criterion(name), float(share / most), float(before[name] / most), text))
    charts.chart(charts.paired_bars(rows).to_dict(), key=key)


def legend(in_force: str) -> None:
    """Which of the two bars is which."""
    shade = charts.colours()
    charts.legend(
        {
            _("this version"): (shade["accent"], 1.0, False),
            _("weights {version}, in force today").format(version=in_force): (
                shade["quiet"],
                0.5,
                False,
            ),
        }
    )


def facts(version: ParametersVersion) -> None:
    """From when until when, why, by what law, and who stands behind it."""
    rows = {
        _("State"): standing(version),
        _("Valid"): _valid(version),
        _("Reason"): _(version.reason),
        _("Legal reference"): _(version.reference),
    }
    if version.is_built_in:
        rows[_("Approval")] = _("Delivered with the system")
    steps = {_("Drafted"): version.created, _("Proposed"): version.proposed}
    decided = _("Refused") if version.standing is VersionStanding.REJECTED else _("Approved")
    rows |= {title: _step(step) for title, step in {**steps, decided: version.decided}.items()
             if step}  # fmt: skip
    if version.note:
        rows[_("Note on the decision")] = version.note
    if version.preview:
        rows[_("Preview then")] = counted(version.preview)
    layout.facts(rows)


def counted(counts: Mapping[str, int]) -> str:
    """The figures of a preview in one sentence."""
    return _(
        "{changed} of {vacancies} open shortlists change: {entering} enter, {leaving} leave; of "
        "{preselected} preselected {dropped} would lose their place"
    ).format(
        changed=number(counts["vacancies_changed"]),
        vacancies=number(counts["vacancies"]),
        entering=number(counts["entering"]),
        leaving=number(counts["leaving"]),
        preselected=number(counts["preselected"]),
        dropped=number(counts["preselected_dropped"]),
    )


def _valid(version: ParametersVersion) -> str:
    if version.valid_until:
        return _("{first} to {last}").format(
            first=day(version.valid_from), last=day(version.valid_until)
        )
    return _("from {first}").format(first=day(version.valid_from))


def _step(step: Step) -> str:
    who = step.by.name(language()) if step.by else _("the system")
    return f"{moment(step.at)} · {who}"


def values(version: ParametersVersion, against: ParametersVersion | None, *, key: str) -> None:
    """All numbers, or those that differ from another version, each with its reason."""
    shown: Sequence[ParameterValue] = version.values
    columns = [
        Column(_("Parameter"), lambda one: term_name("parameter", one.name), width="medium"),
        Column(_("Value"), lambda one: number(one.value), width="small"),
    ]
    if against is not None:
        old = {one.name: one.value for one in against.values}
        shown = [one for one in version.values if one.value != old[one.name]]
        columns.append(Column(against.version, lambda one: number(old[one.name]), width="small"))
    columns += [
        Column(_("Unit"), lambda one: _(one.unit), width="medium"),
        Column(_("Reason"), lambda one: _(one.reason), width="large"),
        Column(_("Legal reference"), lambda one: _(one.reference), width="large"),
    ]
    table(
        shown,
        columns,
        key=key,
        row_id="name",
        empty=_("Every value is the one in force."),
        alt=_("Values of the ranking rules with their reasons"),
    )


def in_force(policy: Policy) -> None:
    """What counts today."""
    now = policy.in_force
    with st.container(border=True):
        left, right = layout.list_and_detail()
        with left:
            title = _("In force today: weights {version}").format(version=now.version)
            layout.part(plain(title))
            st.caption(
                _(
                    "Each weight is the share of the score that a criterion can earn. A criterion "
                    "that a vacancy does not ask for drops out; the others are re-scaled to 100 %."
                )
            )
            weights(now.weights, None, key="weights.now.chart")
        with right:
            facts(now)
        with st.expander(_("All values with reasons and references")):
            values(now, None, key="weights.now.values")
