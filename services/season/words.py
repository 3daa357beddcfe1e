"""What a plan's figures say: why positions stay empty, why somebody is put where they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from db.models import SeasonPlanVacancyRow
from db.queries.season import PlannedPerson
from domain.enums import PlacedBecause
from domain.texts import N_, Sentence
from domain.values import PER_POINT
from matching.gates import gate_sentence
from services.season.rooms import IN_PROCESS
from services.vacancies.requirements import PROCESS_GATES

NOT_OPENED = frozenset((*PROCESS_GATES, IN_PROCESS))
"""Gates of the process: no change of a requirement would let these people in."""


def score(points: int) -> float:
    """0 to 100, with one decimal."""
    return round(points / PER_POINT, 1)


def why_empty(row: SeasonPlanVacancyRow) -> tuple[Sentence, ...]:
    """Why the plan leaves positions empty, and what would open them; empty where all are filled."""
    found: Mapping[str, Any] | None = row.shortage
    if found is None:
        return ()
    return (_short(row, found), *_most(found["failing"]), _opened(found["alone"]))


def _short(row: SeasonPlanVacancyRow, found: Mapping[str, Any]) -> Sentence:
    if not found["together"]:
        return Sentence(
            N_("{eligible} people pass, but the plan did not look at all of them."),
            {"eligible": row.eligible},
        )
    if len(found["together"]) == 1:
        return Sentence(
            N_("Free people who pass: {eligible}; positions: {positions}."),
            {"eligible": row.eligible, "positions": row.positions},
        )
    return Sentence(
        N_(
            "Free people who pass: {eligible}, but others need them as well: {count} vacancies "
            "together ask for {positions} people, and only {people} pass for any of them."
        ),
        {
            "eligible": row.eligible,
            "count": len(found["together"]),
            "positions": found["positions"],
            "people": found["people"],
        },
    )


def _most(failing: Mapping[str, int]) -> tuple[Sentence, ...]:
    if not failing:
        return ()
    gate = max(sorted(failing), key=lambda name: failing[name])
    named = (
        Sentence(N_("In the process for a vacancy already"))
        if gate == IN_PROCESS
        else gate_sentence(gate)
    )
    text = N_("Most people are excluded by: {gate} ({count}).")
    return (Sentence(text, {"gate": named, "count": failing[gate]}),)


def _opened(alone: Mapping[str, int]) -> Sentence:
    gates = {gate: count for gate, count in alone.items() if gate not in NOT_OPENED}
    if not gates:
        return Sentence(N_("No single requirement keeps anybody out by itself."))
    gate = max(sorted(gates), key=lambda name: gates[name])
    return Sentence(
        N_("What keeps most people out by itself: {gate}. {count} people fail nothing else."),
        {"gate": gate_sentence(gate), "count": gates[gate]},
    )


def why_here(row: PlannedPerson, numbers: Mapping[int, str]) -> Sentence:
    """Why the plan has this person here; `numbers` of vacancies by id."""
    if row.because is PlacedBecause.BEST:
        return Sentence(N_("Fits best here."))
    values: dict[str, object] = {
        "best": score(row.best_points),
        "vacancy": numbers[row.best_vacancy_id],
    }
    if row.because is PlacedBecause.TAKEN:
        if row.last_points is None:
            return Sentence(
                N_("Would have {best} at {vacancy}, but no places of that kind are left there."),
                values,
            )
        return Sentence(
            N_(
                "Would have {best} at {vacancy}, but everybody chosen there has at least as "
                "many: {last} or more."
            ),
            {**values, "last": score(row.last_points)},
        )
    if row.next_points is None:
        return Sentence(
            N_("Would have {best} at {vacancy}, but nobody else who is free passes here."), values
        )
    return Sentence(
        N_(
            "Would have {best} at {vacancy}, but is missed more here: the next free person "
            "would have {next}."
        ),
        {**values, "next": score(row.next_points)},
    )
