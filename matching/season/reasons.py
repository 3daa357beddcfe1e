"""Why a plan puts each person where it does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from domain.enums import PlacedBecause
from matching.engine.columns import Int64s
from matching.season.planning import Plan


@dataclass(frozen=True, slots=True)
class Place:
    """One person's place in a plan. Vacancies are places in the plan, points per million."""

    person: int
    vacancy: int
    layer: int
    points: int
    because: PlacedBecause
    best_vacancy: int
    """Where the person would have most points, among the lists looked at."""
    best_points: int
    last_points: int | None
    """Of the last person taken there, in this layer or one before; None if nobody was."""
    next_points: int | None
    """Of the best person of this vacancy who is still free; None if there is nobody."""
    picked_vacancy: int | None
    """Where picking in turn would put the person."""


def places(plan: Plan) -> list[Place]:
    """Everybody's place, vacancy by vacancy, positions first, best first."""
    table = plan.table
    best = _best_entries(plan)
    last = _last_points(plan)
    following = _next_points(plan)
    picked = np.full(len(table.people), -1, np.int64)
    picked[table.person[plan.picked > 0]] = table.vacancy[plan.picked > 0]
    chosen = np.flatnonzero(plan.layer)
    order = np.lexsort((chosen, plan.layer[chosen], table.vacancy[chosen]))
    found = []
    for entry in chosen[order].tolist():
        person, layer = int(table.person[entry]), int(plan.layer[entry])
        there = int(best[person])
        vacancy, best_vacancy = int(table.vacancy[entry]), int(table.vacancy[there])
        points, best_points = int(table.points[entry]), int(table.points[there])
        is_best = points == best_points
        lowest = None if is_best else _known(last[best_vacancy, layer - 1])
        turn = int(picked[person])
        found.append(
            Place(
                person=int(table.people[person]),
                vacancy=vacancy,
                layer=layer,
                points=points,
                because=_because(is_best, best_points, lowest),
                best_vacancy=vacancy if is_best else best_vacancy,
                best_points=best_points,
                last_points=lowest,
                next_points=_known(following[vacancy]),
                picked_vacancy=turn if turn >= 0 else None,
            )
        )
    return found


def _because(is_best: bool, best_points: int, lowest: int | None) -> PlacedBecause:
    if is_best:
        return PlacedBecause.BEST
    is_taken = lowest is None or lowest >= best_points
    return PlacedBecause.TAKEN if is_taken else PlacedBecause.NEEDED


def _known(points: int) -> int | None:
    return None if points < 0 else int(points)


def _best_entries(plan: Plan) -> Int64s:
    """The entry where each person has most points; the first vacancy among equals."""
    table = plan.table
    order = np.lexsort((-table.points, table.person))
    first = np.searchsorted(table.person[order], np.arange(len(table.people)))
    found: Int64s = order[first]
    return found


def _last_points(plan: Plan) -> Int64s:
    """Least points at each vacancy among the people of a layer and those before; -1: nobody."""
    table = plan.table
    last = np.full((len(table), 3), np.iinfo(np.int64).max)
    for layer in (1, 2, 3):
        own = (plan.layer > 0) & (plan.layer <= layer)
        np.minimum.at(last[:, layer - 1], table.vacancy[own], table.points[own])
    return np.where(last == np.iinfo(np.int64).max, -1, last)


def _next_points(plan: Plan) -> Int64s:
    """Points of the best free person of each vacancy; -1 where nobody is free."""
    table = plan.table
    free = np.ones(len(table.people), bool)
    free[table.person[plan.layer > 0]] = False
    found = np.full(len(table), -1, np.int64)
    open_to = free[table.person]
    np.maximum.at(found, table.vacancy[open_to], table.points[open_to])
    return found
