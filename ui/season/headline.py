"""What the plan comes to beside picking vacancy by vacancy."""

from __future__ import annotations

from html import escape

import streamlit as st

from domain.records.season import SeasonPlan, SeasonVacancy
from ui import charts, marks
from ui.language import _, language, moment, number
from ui.messages import plain
from ui.tables import Column, table

MOST_BARS = 8


def draw(plan: SeasonPlan) -> None:
    """The finding, the figures with their meaning, and where both ways differ most."""
    head = plan.head
    with st.container(border=True):
        st.html(f'<h3 class="finding">{escape(_finding(plan))}</h3>')
        left, right = st.columns([3, 2], gap="medium")
        with left:
            _both(plan)
        with right:
            marks.counters(
                {
                    _("positions to fill"): head.positions,
                    _("people at another vacancy"): plan.moved,
                    _("people only in the plan"): plan.only_here,
                }
            )
        _stale(plan)
        _bars(plan)
        _meaning(plan)


def _both(plan: SeasonPlan) -> None:
    ours, theirs = plan.head.plan, plan.head.in_turn
    rows = [
        (_("Positions filled"), ours.filled, theirs.filled),
        (_("Scores at positions together"), ours.fit, theirs.fit),
        (_("Mean score"), ours.mean, theirs.mean),
    ]
    table(
        [(name, _tenth(plan), _tenth(turn), _difference(plan, turn)) for name, plan, turn in rows],
        [
            Column("", lambda row: row[0], width="medium"),
            Column(_("Plan"), lambda row: row[1]),
            Column(_("In turn"), lambda row: row[2]),
            Column(_("Difference"), lambda row: row[3]),
        ],
        key="season.both",
        alt=_("The plan beside picking in turn: positions, scores together, mean score"),
    )


def _tenth(value: float | None) -> str:
    return number(None if value is None else round(value, 1))


def _difference(plan: float | None, turn: float | None) -> str:
    if plan is None or turn is None:
        return "–"
    value = round(plan - turn, 1)
    return f"+{number(value)}" if value > 0 else number(value)


def _stale(plan: SeasonPlan) -> None:
    """What happened since, where it was not adopted yet."""
    waiting = [one for one in plan.vacancies if one.adopted_at is None]
    changed = {
        _("people taken or not available"): sum(one.lost for one in waiting),
        _("files changed"): sum(one.changed for one in waiting),
        _("vacancies changed or closed"): sum(one.is_changed for one in waiting),
    }
    said = ", ".join(f"{name}: {number(count)}" for name, count in changed.items() if count)
    if said:
        text = _("Since this plan: {changes}. They are marked below; a new plan takes seconds.")
        st.warning(plain(text.format(changes=said)))


def _finding(plan: SeasonPlan) -> str:
    ours, theirs = plan.head.plan, plan.head.in_turn
    if ours.filled > theirs.filled:
        text = _(
            "The plan fills {filled} of {positions} positions, {more} more than picking vacancy "
            "by vacancy"
        )
    elif round(ours.fit) > round(theirs.fit):
        text = _(
            "Both fill {filled} of {positions} positions; the plan's people fit better, by "
            "{points} points of score in all"
        )
    else:
        text = _("Planning and picking vacancy by vacancy both fill {filled} of {positions}")
    return text.format(
        filled=number(ours.filled),
        positions=number(plan.head.positions),
        more=number(ours.filled - theirs.filled),
        points=number(round(ours.fit - theirs.fit)),
    )


def _bars(plan: SeasonPlan) -> None:
    rows = [one for one in plan.vacancies if one.plan.filled != one.in_turn.filled]
    rows.sort(key=lambda one: (-abs(one.plan.filled - one.in_turn.filled), one.number))
    if not rows:
        return
    with st.expander(
        _("Vacancies where both ways differ: {count}").format(count=number(len(rows)))
    ):
        shade = charts.colours()
        charts.legend(
            {
                _("filled by the plan"): (shade["accent"], 1.0, False),
                _("filled by picking in turn"): (shade["quiet"], 0.5, False),
            }
        )
        bars = [
            (_label(one), _share(one, one.plan.filled), _share(one, one.in_turn.filled), _text(one))
            for one in rows[:MOST_BARS]
        ]
        above = {
            "top": 14,
            "left": 0,
            "right": 5,
            "bottom": 5,
        }  # the first label stands over its bar
        st.altair_chart(charts.paired_bars(bars).properties(padding=above), width="stretch")
        st.caption(_("Share of the positions to fill; the table below has all vacancies."))


def _label(one: SeasonVacancy) -> str:
    return f"{one.number} · {one.title_in(language())}"


def _share(one: SeasonVacancy, filled: int) -> float:
    return filled / one.positions if one.positions else 0.0


def _text(one: SeasonVacancy) -> str:
    return _("{plan} and {in_turn} of {positions}").format(
        plan=number(one.plan.filled),
        in_turn=number(one.in_turn.filled),
        positions=number(one.positions),
    )


def _meaning(plan: SeasonPlan) -> None:
    head = plan.head
    made = _("Plan No {number} by {officer}, {moment}: {people} people, {seconds} s.").format(
        number=number(head.id),
        officer=head.made_by.name(language()) if head.made_by else "–",
        moment=moment(head.made_at),
        people=number(head.pool),
        seconds=number(round(head.seconds, 1)),
    )
    proof = (
        _("Proven: no other assignment fills more positions, nor as many with a higher sum.")
        if head.is_exact
        else _("Bounded: not everybody could be looked at; a better plan may exist.")
    )
    st.caption(plain(f"{made} {proof}"))
    st.caption(
        _(
            "Filled: one person for each position; further candidates and reserves come after "
            "that. Picking in turn: the vacancy that starts first takes its best candidates and "
            "reserves, then the next one. Next: open a vacancy and adopt it, or read why its "
            "positions stay empty."
        )
    )
