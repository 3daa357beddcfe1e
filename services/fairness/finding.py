"""Says in one sentence what the rates of groups show."""

from __future__ import annotations

from collections.abc import Sequence

from domain.enums import RateVerdict, SelectionStep, Settlement, Sex, Trait
from domain.records.fairness import Alert, Group, StepRates
from domain.texts import N_, Sentence, Term

STEP_TEXTS = {
    SelectionStep.GATE: N_("Of {group}, {rate} % meet the requirements; of {against}, {other} %"),
    SelectionStep.RANK: N_(
        "Of {group} who meet the requirements, {rate} % are within the places; of {against}, "
        "{other} %"
    ),
    SelectionStep.PRESELECTION: N_(
        "Of {group} who meet the requirements, {rate} % were preselected; of {against}, {other} %"
    ),
    SelectionStep.DECISION: N_(
        "Of {group} put before the commission, {rate} % were approved; of {against}, {other} %"
    ),
}


def group_words(trait: Trait, group: Group) -> Sentence:
    """A group within a sentence: "women", "people aged 25 to 34"."""
    if group is None:
        return Sentence(N_("people without a statement"))
    match trait:
        case Trait.SEX:
            return Sentence(N_("women") if group == Sex.FEMALE else N_("men"))
        case Trait.REGION:
            return Sentence(N_("people of the region {region}"), {"region": Term("region", group)})
        case Trait.SETTLEMENT:
            city = N_("people of the self-governing cities")
            other = N_("people of the other municipalities")
            return Sentence(city if group == Settlement.CITY else other)
        case Trait.AGE:
            first, _, last = group.partition("-")
            if not first:
                return Sentence(N_("people aged {age} or less"), {"age": int(last)})
            if not last:
                return Sentence(N_("people aged {age} or more"), {"age": int(first)})
            ages = {"first": int(first), "last": int(last)}
            return Sentence(N_("people aged {first} to {last}"), ages)


def alert_words(alert: Alert) -> Sentence:
    """The alert as a sentence, without its cause."""
    group = group_words(alert.trait, alert.row.group)
    against = group_words(alert.trait, alert.row.against)
    if alert.row.rate is None or alert.highest is None:
        return Sentence(
            N_("“{step}”, {group}: below four fifths of {against}; the numbers are small"),
            {
                "step": Term("SelectionStep", alert.step.value),
                "group": group,
                "against": against,
            },
        )
    return Sentence(
        STEP_TEXTS[alert.step],
        {
            "group": group,
            "rate": percent(alert.row.rate),
            "against": against,
            "other": percent(alert.highest),
        },
    )


def percent(rate: float) -> float | int:
    """A rate as a number of per cent: whole, but for the smallest."""
    return round(100 * rate) if rate >= 0.02 or not rate else round(100 * rate, 1)


def headline(alerts: Sequence[Alert], steps: Sequence[StepRates]) -> Sentence:
    """What a reader has to know first: the gravest alert and its cause, or that there is none."""
    if alerts:
        gravest = alerts[0]
        told = alert_words(gravest)
        if gravest.cause is None:
            return told
        text = N_("{finding}. It weighs most: {requirement}")
        if gravest.is_whole:
            text = N_("{finding}. The cause: {requirement}")
        return Sentence(text, {"finding": told, "requirement": gravest.cause})
    verdicts = {row.verdict for rates in steps for row in rates.groups}
    if verdicts <= {RateVerdict.NOT_COMPARED}:
        return Sentence(N_("There are too few people to compare groups"))
    if RateVerdict.UNSURE in verdicts:
        return Sentence(N_("No difference that these numbers can show"))
    return Sentence(N_("No group is below four fifths of the highest rate"))
