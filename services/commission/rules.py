"""The rules by which a commission decides: dated parameters, frozen into each session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from domain.enums import DecisionRule, OrganisationKind, TieRule
from domain.records.ballots import ScoreCriterion as ScoreCriterion
from services.dated_rules import in_force, stored_rules


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one session, frozen into it when it was planned.

    A session of before 2026-11 has only the first three stored; what the others say by default is
    what held then.
    """

    version: str
    quorum_more_than: Fraction
    """More than this share of the members must be present; recused ones do not count."""
    kinds_min: int
    """So many kinds of organisation must be present to open the session."""
    required_kinds: tuple[OrganisationKind, ...] = ()
    """Kinds without which the session can't open, however many others are there."""
    quorum_throughout: bool = False
    """Whether votes stop while the quorum is broken; before, only the count did."""
    decision: DecisionRule = DecisionRule.SIMPLE_MAJORITY
    score_criteria: tuple[ScoreCriterion, ...] = ()
    score_threshold: Fraction | None = None
    """The least average score, of 0 to 10, with which a candidate is approved."""
    tie: TieRule = TieRule.CHAIR
    may_be_secret: bool = False
    """Whether the chair may call a secret ballot, of which only the tally is stored."""
    departure_places: int | None = None
    """How many places a vote may depart from the rank without a reason; None: any number."""
    appeal_days: int | None = None
    """Calendar days after the decision in which a candidate may appeal; None: no appeal."""

    def to_json(self) -> dict[str, Any]:
        """As stored with the session or in the register."""
        threshold = self.score_threshold
        return {
            "version": self.version,
            "quorum_more_than": str(self.quorum_more_than),
            "organisation_kinds_min": self.kinds_min,
            "required_kinds": [kind.value for kind in self.required_kinds],
            "quorum_throughout": self.quorum_throughout,
            "decision": self.decision.value,
            "score_criteria": [
                {"code": one.code, "name_ka": one.name_ka, "name_en": one.name_en}
                for one in self.score_criteria
            ],
            "score_threshold": None if threshold is None else str(threshold),
            "tie": self.tie.value,
            "may_be_secret": self.may_be_secret,
            "departure_places": self.departure_places,
            "appeal_days": self.appeal_days,
        }

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> Rules:
        """As read from a session, the register, or an entry of the parameter file."""
        threshold = stored.get("score_threshold")
        return Rules(
            version=str(stored["version"]),
            quorum_more_than=Fraction(str(stored["quorum_more_than"])),
            kinds_min=int(stored["organisation_kinds_min"]),
            required_kinds=tuple(OrganisationKind(k) for k in stored.get("required_kinds") or ()),
            quorum_throughout=bool(stored.get("quorum_throughout", False)),
            decision=DecisionRule(stored.get("decision", DecisionRule.SIMPLE_MAJORITY)),
            score_criteria=tuple(
                ScoreCriterion(one["code"], one["name_ka"], one["name_en"])
                for one in stored.get("score_criteria") or ()
            ),
            score_threshold=None if threshold is None else Fraction(str(threshold)),
            tie=TieRule(stored.get("tie", TieRule.CHAIR)),
            may_be_secret=bool(stored.get("may_be_secret", False)),
            departure_places=stored.get("departure_places"),
            appeal_days=stored.get("appeal_days"),
        )


def rules_on(day: date) -> Rules:
    """What a commission founded that day decides by; before the first entry, the first."""
    return Rules.from_json(in_force(stored_rules("commission"), day))
