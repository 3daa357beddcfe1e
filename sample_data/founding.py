"""The beginning of the story: the commission is founded, seats are given, its rules change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from domain.enums import DecisionRule, OrganisationKind, SeatRole, TieRule
from domain.records.commissions import CommissionForm, RulesForm, SeatForm
from domain.records.officer import Officer
from sample_data.forms import Days
from sample_data.timeline import Timeline
from services import commission


@dataclass
class Founding:
    """The sample's one commission."""

    told: dict[str, Any]
    days: Days
    cast: dict[str, Officer]

    def tell(self, timeline: Timeline) -> None:
        timeline.add(self.day(self.told["founded_on"]), 9, self.found)
        for place, seat in enumerate(self.told["seats"]):
            hour = 9.1 + place / 100
            timeline.add(self.day(seat["from"]), hour, partial(self.seat, seat))
        for rules in self.told["rules"]:
            timeline.add(self.day(rules["made_on"]), 9.5, partial(self.rule, rules))

    def day(self, told: Any) -> date:
        return self.days.moved(told)

    def found(self) -> None:
        told = self.told
        form = CommissionForm(
            code=told["code"],
            name_ka=told["name_ka"],
            name_en=told["name_en"],
            order_number=told["order_number"],
            ordered_on=self.day(told["ordered_on"]),
            scope=told["scope"],
            term_from=self.day(told["term_from"]),
            term_until=self.day(told["term_until"]),
        )
        commission.found_commission(form=form, by=self.cast["manager"])

    def seat(self, told: dict[str, Any]) -> None:
        by, code = self.cast["manager"], self.told["code"]
        seats = commission.get_commission(code=code, by=by).seats
        of = {seat.officer_id: seat.id for seat in seats}
        whom = told.get("for")
        form = SeatForm(
            officer_id=self.cast[told["who"]].id,
            role=SeatRole(told["role"]),
            seated_from=self.day(told["from"]),
            substitute_for_id=of[self.cast[whom].id] if whom else None,
        )
        commission.seat_officer(code=code, form=form, by=by)

    def rule(self, told: dict[str, Any]) -> None:
        form = RulesForm(
            valid_from=self.day(told["from"]),
            quorum_more_than=Fraction(1, 2),
            kinds_min=3,
            required_kinds=tuple(OrganisationKind(kind) for kind in told["kinds"]),
            decision=DecisionRule(told["decision"]),
            score_criteria=(),
            score_threshold=None,
            tie=TieRule.CHAIR,
            may_be_secret=True,
            departure_places=3,
            appeal_days=30,
            source=told["source"],
            reason=told["reason"],
        )
        commission.add_rules(code=self.told["code"], form=form, by=self.cast["manager"])
