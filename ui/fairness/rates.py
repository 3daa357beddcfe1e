"""The rates of one trait's groups: a dot with its interval for each, and the table behind."""

from __future__ import annotations

from typing import Any

import altair as alt
import streamlit as st

from domain.enums import RateVerdict, Trait
from domain.records.fairness import FairnessPanel, GroupRate, StepRates
from domain.records.officer import Officer
from services.fairness.finding import alert_words
from ui import charts
from ui.charts import ROW
from ui.fairness.listing import listing
from ui.fairness.words import (
    MEANINGS,
    SIGNS,
    TONES,
    figure,
    group_name,
    interval,
    percent,
    ratio,
    sizes,
    verdict,
)
from ui.language import _, label, say

AXIS = 26
"""Room below the rows for the numbers of the scale."""


def draw(panel: FairnessPanel, trait: Trait, officer: Officer) -> None:
    """All steps of a trait, two by two."""
    shown = [rates for rates in panel.steps if rates.trait is trait]
    for place in range(0, len(shown), 2):
        for column, rates in zip(
            st.columns(2, gap="medium"), shown[place : place + 2], strict=False
        ):
            with column, st.container(border=True, height="stretch", gap="small"):
                _step(rates, panel, officer)


def _step(rates: StepRates, panel: FairnessPanel, officer: Officer) -> None:
    st.caption(f"{label(rates.step)}: {sizes(rates, panel)}")
    st.markdown(f"**{_finding(rates, panel)}**")
    if any(row.rate is not None for row in rates.groups):
        charts.chart(
            _dots(rates, panel).to_dict(),
            key=f"fairness.{rates.step}.{rates.trait}",
            width="stretch",
            alt=_finding(rates, panel),
        )
    st.caption(_(MEANINGS[rates.step]))
    with st.expander(_("Table")):
        _table(rates, panel, officer)


def _finding(rates: StepRates, panel: FairnessPanel) -> str:
    alerts = [a for a in panel.alerts if (a.step, a.trait) == (rates.step, rates.trait)]
    if alerts:
        more = len(alerts) - 1
        first = f"{SIGNS[RateVerdict.ALERT]} {say(alert_words(alerts[0]))}"
        return first + (f" (+{more})" if more else "")
    if rates.selected == 0 and rates.groups:
        return _("Nobody has come through this step yet")
    if not rates.groups or not rates.people:
        return _("Nobody has come to this step yet")
    verdicts = [row.verdict for row in rates.groups if row.group is not None]
    left_out = verdicts.count(RateVerdict.NOT_COMPARED)
    if len(verdicts) - left_out < 2:
        return _("There are too few people to compare groups")
    if RateVerdict.UNSURE in verdicts:
        return _("No difference that these numbers can show")
    if left_out:
        return _("No group with enough people is below four fifths of the highest rate")
    return _("No group is below four fifths of the highest rate")


def _dots(rates: StepRates, panel: FairnessPanel) -> Any:
    """Rates with their intervals; the dashed line is four fifths of the highest rate."""
    shade = charts.colours()
    values = [
        {
            "row": place,
            "label": group_name(rates.trait, row.group),
            "rate": row.rate,
            "low": row.low,
            "high": row.high,
            "text": _end(row, panel),
            "verdict": verdict(row),
            "colour": shade[TONES[row.verdict]],
            "hollow": row.verdict is RateVerdict.NOT_COMPARED,
        }
        for place, row in enumerate(rates.groups)
    ]
    top = max((row.high for row in rates.groups if row.high is not None), default=1.0)
    x_scale = alt.Scale(domain=[0, min(top * 1.04, 1.0) or 1.0], nice=False)
    axis = alt.Axis(format="%", title=None, tickCount=4, orient="bottom", grid=True)
    rows = list(range(len(values)))
    y = alt.Y("row:O", axis=None, scale=alt.Scale(domain=rows))
    tips = [
        alt.Tooltip(f"{name}:N", title=" " * n)
        for n, name in enumerate(("label", "text", "verdict"), 1)
    ]
    base = alt.Chart(alt.Data(values=values)).encode(y=y, tooltip=tips)
    told = base.transform_filter("isValid(datum.rate)")
    colour = alt.Color("colour:N", scale=None, legend=None)
    layers = [
        told.mark_rule(strokeWidth=3, opacity=0.45, yOffset=11).encode(
            x=alt.X("low:Q", scale=x_scale, axis=axis), x2="high:Q", color=colour
        ),
        told.transform_filter("!datum.hollow")
        .mark_circle(size=110, opacity=1, yOffset=11)
        .encode(x=alt.X("rate:Q", scale=x_scale), color=colour),
        told.transform_filter("datum.hollow")
        .mark_point(size=100, filled=False, strokeWidth=2, yOffset=11)
        .encode(x=alt.X("rate:Q", scale=x_scale), color=colour),
        base.mark_text(align="left", baseline="middle", dy=-9).encode(
            x=alt.value(0), text="label:N"
        ),
        base.mark_text(align="right", baseline="middle", dy=-9, fontWeight=600).encode(
            x=alt.value(alt.expr("width")), text="text:N", color=colour
        ),
    ]
    line = _four_fifths(rates, panel)
    if line is not None:
        layers.append(
            alt.Chart(alt.Data(values=[{"at": line}]))
            .mark_rule(strokeDash=[4, 4], color=shade["quiet"])
            .encode(x=alt.X("at:Q", scale=x_scale))
        )
    return alt.layer(*layers).properties(height=ROW * len(rows) + AXIS)


def _end(row: GroupRate, panel: FairnessPanel) -> str:
    if row.rate is None:
        people = row.selected if isinstance(row.people, int) else row.people
        return f"{figure(people, panel)} {SIGNS[row.verdict]}"
    return f"{percent(row.rate)} {SIGNS[row.verdict]}"


def _four_fifths(rates: StepRates, panel: FairnessPanel) -> float | None:
    highest = [row.rate for row in rates.groups if row.verdict is RateVerdict.HIGHEST]
    return None if not highest or highest[0] is None else highest[0] * panel.rules.ratio_below


def _table(rates: StepRates, panel: FairnessPanel, officer: Officer) -> None:
    headings = [
        label(rates.trait),
        _("People"),
        label(rates.step),
        _("Rate"),
        _("Interval"),
        _("Ratio to the highest"),
        _("Verdict"),
    ]
    rows = [
        (
            group_name(rates.trait, row.group),
            figure(row.people, panel),
            figure(row.selected, panel),
            percent(row.rate),
            interval(row),
            ratio(row.ratio),
            verdict(row),
        )
        for row in rates.groups
    ]
    name = f"fairness-{panel.vacancy or 'all'}-{rates.step}-{rates.trait}"
    listing(headings, rows, name=name, officer=officer)


def legend() -> None:
    """What the signs mean, in a line that wraps."""
    st.caption(" · ".join(f"{SIGNS[one]} {label(one)}" for one in RateVerdict))
