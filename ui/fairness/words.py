"""How groups, rates and verdicts are told."""

from __future__ import annotations

from babel import numbers

from domain.enums import RateVerdict, SelectionStep, Trait
from domain.records.fairness import FairnessPanel, Group, GroupRate, StepRates
from domain.records.statistics import Figure
from domain.texts import N_
from ui.dashboard.frame import words
from ui.language import _, label, language, number, term_name

SIGNS = {
    RateVerdict.HIGHEST: "▲",
    RateVerdict.NEAR: "✓",
    RateVerdict.ALERT: "✕",
    RateVerdict.UNSURE: "?",
    RateVerdict.NOT_COMPARED: "–",
}
TONES = {
    RateVerdict.HIGHEST: "accent",
    RateVerdict.NEAR: "met",
    RateVerdict.ALERT: "not_met",
    RateVerdict.UNSURE: "partly",
    RateVerdict.NOT_COMPARED: "quiet",
}
MEANINGS = {
    SelectionStep.GATE: N_(
        "Who meets all mandatory requirements, of everybody who is free: not placed, held for "
        "another employer or withdrawn. What a file does not say excludes nobody and is asked."
    ),
    SelectionStep.RANK: N_(
        "Who ranks within the places (positions × candidates per position), of those who meet "
        "the requirements."
    ),
    SelectionStep.PRESELECTION: N_(
        "Whom recruiters preselected, of those who meet the requirements now or did when they "
        "were preselected."
    ),
    SelectionStep.DECISION: N_(
        "Whom the commission approved, of those it decided on; the reserve list is not approved."
    ),
}


def group_name(trait: Trait, group: Group) -> str:
    """A group as a line of a chart or a table."""
    if group is None:
        return _("not stated")
    match trait:
        case Trait.SEX:
            return term_name("Sex", group)
        case Trait.SETTLEMENT:
            return term_name("Settlement", group)
        case Trait.REGION:
            return term_name("region", group)
        case Trait.AGE:
            first, _dash, last = group.partition("-")
            if not first:
                return _("{age} or younger").format(age=last)
            return f"{first}–{last}" if last else _("{age} or older").format(age=first)


def verdict(row: GroupRate) -> str:
    """Sign and word."""
    return f"{SIGNS[row.verdict]} {label(row.verdict)}"


def percent(share: float | None) -> str:
    """A share from 0 to 1 as a whole per cent, the smallest with a decimal."""
    if share is None:
        return "–"
    return f"{number(round(100 * share, 0 if share >= 0.1 or not share else 1))} %"


def ratio(value: float | None) -> str:
    """A ratio with two decimals."""
    if value is None:
        return "–"
    return numbers.format_decimal(value, format="0.00", locale=language())


def figure(value: Figure, panel: FairnessPanel) -> str:
    """A count, or the words that stand for it."""
    return words(value, panel.rules.small_number_below)


def interval(row: GroupRate) -> str:
    """From what to what the rate may be."""
    if row.low is None or row.high is None:
        return "–"
    return f"{percent(row.low)} – {percent(row.high)}"


def sizes(rates: StepRates, panel: FairnessPanel) -> str:
    """How many of how many came through."""
    return _("{selected} of {people}").format(
        selected=figure(rates.selected, panel), people=figure(rates.people, panel)
    )
