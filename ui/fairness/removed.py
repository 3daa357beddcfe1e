"""The same people ranked without each requirement: which one a difference comes from."""

from __future__ import annotations

import streamlit as st

from domain.enums import SelectionStep, Trait
from domain.records.fairness import Alert, FairnessPanel, Group, Removed
from domain.records.officer import Officer
from services.fairness.finding import group_words
from ui import layout, messages
from ui.fairness.listing import listing
from ui.fairness.words import figure, group_name, ratio
from ui.language import _, label, say

STEPS = (SelectionStep.GATE, SelectionStep.RANK)
WIDTHS = (250, 200, 200, 130, 400)


def draw(panel: FairnessPanel, trait: Trait, officer: Officer) -> None:
    """What each requirement does to the groups of a trait, the strongest first."""
    if panel.as_asked is None:
        return
    layout.section(
        _("The same people without one requirement"),
        _(
            "Everybody is ranked again without each requirement in turn. It explains where a "
            "difference comes from and changes nothing: whether the job needs the requirement is "
            "for people to judge."
        ),
    )
    for alert in panel.alerts:
        if alert.trait is trait and alert.cause is not None:
            st.markdown(f"- {messages.plain(told(alert))}")
            if alert.clause is not None:
                text = _("The agreement asks for it: {clause}").format(clause=say(alert.clause))
                st.caption(messages.plain(text))
    headings = [
        _("Without"),
        *(_("Smallest ratio: {step}").format(step=label(step)) for step in STEPS),
        _("Would meet the requirements"),
        _("Clause of the agreement"),
    ]
    rows = [
        _row(panel.as_asked, panel, trait),
        *(_row(each, panel, trait) for each in by_effect(panel, panel.as_asked, trait)),
    ]
    name = f"fairness-{panel.vacancy}-without-{trait}"
    listing(headings, rows, name=name, widths=WIDTHS, officer=officer)


def told(alert: Alert) -> str:
    """What the ratio of a group is, and what it would be without the requirement."""
    if alert.cause is None:
        return ""
    named = {
        "requirement": say(alert.cause),
        "group": say(group_words(alert.trait, alert.row.group)),
        "step": label(alert.step),
    }
    if alert.without is None or alert.row.ratio is None:
        text = _(
            "Without “{requirement}” the ratio of {group} at the step “{step}” would be nearer to "
            "one; the numbers are too small to be shown."
        )
        return text.format(**named)
    text = _(
        "Without “{requirement}” the ratio of {group} at the step “{step}” goes from {before} to "
        "{after}."
    )
    return text.format(**named, before=ratio(alert.row.ratio), after=ratio(alert.without))


def by_effect(panel: FairnessPanel, as_asked: Removed, trait: Trait) -> list[Removed]:
    """The requirements, first the one without which the smallest ratio rises most."""

    def rise(each: Removed) -> float:
        found = []
        for step in STEPS:
            before, after = as_asked.smallest(step, trait), each.smallest(step, trait)
            if before and after:
                found.append(after[1] - before[1])
        return max(found, default=0.0)

    return sorted(panel.removed, key=rise, reverse=True)


def _row(each: Removed, panel: FairnessPanel, trait: Trait) -> tuple[str, ...]:
    return (
        say(each.requirement),
        *(_smallest(each.smallest(step, trait), trait) for step in STEPS),
        figure(each.eligible, panel),
        say(each.clause) if each.clause else "",
    )


def _smallest(found: tuple[Group, float] | None, trait: Trait) -> str:
    return "–" if found is None else f"{ratio(found[1])} · {group_name(trait, found[0])}"
