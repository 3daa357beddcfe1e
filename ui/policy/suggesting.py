"""What past decisions suggest: figures with intervals, warnings, and at most a draft from them."""

from __future__ import annotations

from typing import Any

import altair as alt
import streamlit as st

from domain.records.officer import Officer
from domain.records.policy import SuggestedWeight, Suggestion, SuggestionState
from services.permissions import Permission, can
from services.policy import suggestion as service
from ui import charts, layout, messages
from ui.language import _, number
from ui.messages import plain
from ui.policy import listing, shown
from ui.tables import Column, table


def draw(officer: Officer) -> None:
    """The section at the end of the screen."""
    layout.section(
        _("What past decisions suggest"),
        _(
            "Logistic regression of the commission's decisions on what it saw: how much each "
            "criterion raised the odds of approval, compared within each shortlist. "
            "A suggestion to think about; it is never applied by itself."
        ),
    )
    found = service.get_suggestion(by=officer)
    if found.state is not SuggestionState.READY:
        messages.empty(_why_none(found))
        return
    _ready(found, officer)


def _why_none(found: Suggestion) -> str:
    match found.state:
        case SuggestionState.TOO_FEW:
            text = _(
                "Decisions so far: {decisions}, of them approved {approved}, others {others}. "
                "Shown from {needed} decisions on, at least {each} of each kind: fewer say more "
                "about chance than about weights."
            )
        case SuggestionState.INSEPARABLE:
            text = _(
                "From {decisions} decisions no numbers follow: some criteria always went together, "
                "or one of them decided alone."
            )
        case _:
            text = _(
                "From {decisions} decisions no numbers follow: approval does not rise with the "
                "criteria beyond chance. The commission looks at something else, or the people of "
                "a shortlist are too much alike."
            )
    return text.format(
        decisions=number(found.decisions),
        approved=number(found.approved),
        others=number(found.decisions - found.approved),
        needed=number(found.needed),
        each=number(found.needed_of_each),
    )


def _ready(found: Suggestion, officer: Officer) -> None:
    left, right = layout.list_and_detail()
    with left:
        charts.chart(_intervals(found).to_dict(), key="weights.suggestion.chart")
        st.caption(_("Dot and line: suggested weight, 95 % interval. Stroke: weight in force."))
        table(
            found.weights,
            [
                Column(_("Criterion"), lambda one: shown.criterion(one.criterion)),
                Column(_("In force"), lambda one: shown.percent(one.now)),
                Column(_("Suggested"), lambda one: _share(one.suggested)),
                Column(_("95 % interval"), _interval, width="medium"),
            ],
            key="weights.suggestion.table",
            row_id="criterion",
            alt=_("Suggested weights with their intervals"),
        )
    with right:
        _read_with_care(found)
        if can(officer, Permission.PARAMETERS_PROPOSE) and st.button(
            _("Start a draft from this"), key="weights.suggestion.start"
        ):
            listing.start(officer, weights=found.draft_weights())


def _read_with_care(found: Suggestion) -> None:
    used = _("{used} of {decisions} decisions, on {shortlists} shortlists where some were approved")
    lines = [
        used.format(
            used=number(found.used),
            decisions=number(found.decisions),
            shortlists=number(found.shortlists),
        ),
        _("Only people who were shortlisted are seen: whoever the weights kept out is missing."),
        _("The commission saw the points: it may follow the weights rather than test them."),
        _("Where the weight in force lies within the interval, decisions do not contradict it."),
    ]
    if found.unknown:
        value, low, high = (number(round(part, 2)) for part in found.unknown)
        text = _("An unknown fact counted like {value} of a known good one (95 %: {low} to {high})")
        lines.insert(1, text.format(value=value, low=low, high=high))
    layout.part(_("Read with care"))
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def _share(value: float | None) -> str:
    return _("no difference seen") if value is None else shown.percent(value)


def _interval(one: SuggestedWeight) -> str:
    if one.low is None or one.high is None:
        return "–"
    low, high = shown.percent(max(one.low, 0)), shown.percent(min(one.high, 1))
    return _("{low} to {high}").format(low=low, high=high)


def _intervals(found: Suggestion) -> Any:
    shade = charts.colours()
    values = [
        {
            "name": shown.criterion(one.criterion),
            "now": one.now * 100,
            "value": None if one.suggested is None else max(one.suggested, 0) * 100,
            "low": None if one.low is None else max(one.low, 0) * 100,
            "high": None if one.high is None else min(one.high, 1) * 100,
        }
        for one in found.weights
    ]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=120))
    )
    told = base.transform_filter("isValid(datum.value)")
    x = alt.X("low:Q", title=_("% of the score"))
    line = told.mark_rule(color=shade["accent"], strokeWidth=2).encode(x=x, x2="high:Q")
    dot = told.mark_point(filled=True, size=90, color=shade["accent"], opacity=1).encode(
        x=alt.X("value:Q")
    )
    now = base.mark_tick(color=shade["text"], thickness=2, size=18).encode(x=alt.X("now:Q"))
    return alt.layer(line, dot, now).properties(height=44 * len(values))
