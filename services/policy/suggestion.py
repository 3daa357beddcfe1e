"""What past decisions of the commission suggest for the weights; never applied by itself."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import Engine

from db.repositories import policy as repository
from db.repositories.policy import Decided
from db.session import engine, reading
from domain.enums import DecisionOutcome
from domain.records.officer import Officer
from domain.records.policy import SuggestedWeight, Suggestion, SuggestionState
from matching.parameters import Parameters
from matching.points import THOUSAND
from matching.policy import Decisions, Estimate, Interval, estimate
from matching.ranking_rules import CRITERIA
from services import clock
from services.dated_rules import stored_rules
from services.permissions import Permission, check_can
from services.policy.versions import parameters_at

NAMES = tuple(criterion.name for criterion in CRITERIA)
_kept: WeakKeyDictionary[Engine, tuple[tuple[int, Parameters], Suggestion]] = WeakKeyDictionary()
_guard = threading.Lock()


def get_suggestion(*, by: Officer) -> Suggestion:
    """Weights that fit past decisions, with 95 % intervals, from a stated number of them on."""
    check_can(by, Permission.RANKING_READ)
    now = parameters_at(clock.today())
    with reading() as session:
        key = (repository.count_decisions(session), now)
        with _guard:
            kept = _kept.get(engine())
        if kept is not None and kept[0] == key:
            return kept[1]
        found = _suggest(repository.decisions(session), now)
    with _guard:
        _kept[engine()] = (key, found)
    return found


def _suggest(decided: Sequence[Decided], now: Parameters) -> Suggestion:
    rules = stored_rules("policy")
    decided = [one for one in decided if one[2].get("rows")]
    approved = sum(outcome is DecisionOutcome.APPROVED for _, outcome, _ in decided)
    known: dict[str, Any] = {
        "decisions": len(decided),
        "approved": approved,
        "needed": int(rules["least_decisions"]),
        "needed_of_each": int(rules["least_of_each_outcome"]),
    }
    rarer = min(approved, len(decided) - approved)
    if len(decided) < known["needed"] or rarer < known["needed_of_each"]:
        return Suggestion(state=SuggestionState.TOO_FEW, **known)
    weights = [now.weights[name] / THOUSAND for name in NAMES]
    found = estimate(decisions_of(decided), weights, now.unknown_credit / THOUSAND)
    return Suggestion(
        state=SuggestionState(found.finding),
        used=found.used,
        shortlists=found.shortlists,
        weights=_weights(found, weights),
        unknown=_plain(found.unknown),
        **known,
    )


def _weights(found: Estimate, weights: Sequence[float]) -> tuple[SuggestedWeight, ...]:
    return tuple(
        SuggestedWeight(name, now, *(_plain(share) or (None, None, None)))
        for name, now, share in zip(NAMES, weights, found.shares, strict=False)
    )


def _plain(interval: Interval | None) -> tuple[float, float, float] | None:
    return (interval.value, interval.low, interval.high) if interval else None


def decisions_of(decided: Sequence[Decided]) -> Decisions:
    """What was certain and what was unknown of each criterion when the commission decided."""
    credit = np.full((len(decided), len(NAMES)), np.nan)
    unknown = np.full_like(credit, np.nan)
    for place, (_, _, seen) in enumerate(decided):
        for column, name in enumerate(NAMES):
            told = _of_criterion(seen, name)
            if told is not None:
                credit[place, column], unknown[place, column] = told
    return Decisions(
        np.array([shortlist for shortlist, _, _ in decided], np.int64),
        np.array([outcome is DecisionOutcome.APPROVED for _, outcome, _ in decided], bool),
        credit,
        unknown,
    )


def _of_criterion(seen: Mapping[str, Any], name: str) -> tuple[float, float] | None:
    """Certain and unknown share of a criterion's points; None where it was not asked."""
    rows = [row for row in seen["rows"] if row["criterion"] == name and row["points_max"]]
    if not rows:
        return None
    most = sum(row["points_max"] for row in rows)
    low, high = (sum(row[part] for row in rows) for part in ("low", "high"))
    return low / most, (high - low) / most
