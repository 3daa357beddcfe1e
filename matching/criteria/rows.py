"""How a criterion builds the rows of the requirement table."""

from __future__ import annotations

from collections.abc import Sequence

from domain.enums import CefrLevel, CriterionStatus, Evidence
from domain.texts import Sentence, Term
from matching.parameters import Parameters
from matching.points import Gain
from matching.types import RequirementRow

MET = CriterionStatus.MET
PARTLY = CriterionStatus.PARTLY
SHORT = CriterionStatus.SHORT
UNKNOWN = CriterionStatus.UNKNOWN
NOT_MET = CriterionStatus.NOT_MET


def scored_row(
    criterion: str,
    asked: Sentence,
    has: Sentence,
    status: CriterionStatus,
    known: str,
    gain: Gain,
    points_max: int,
    parameters: Parameters,
    *,
    is_gate: bool = False,
) -> RequirementRow:
    """One requirement that earns points; `is_gate` if it excludes as well."""
    return RequirementRow(
        criterion=criterion,
        kind="gate" if is_gate else "scored",
        asked=asked,
        has=has,
        status=status,
        known=known,
        points=gain.points(parameters.unknown_credit),
        low=gain.low,
        high=gain.high,
        points_max=points_max,
    )


def gate_row(
    gate: str, asked: Sentence, has: Sentence, status: CriterionStatus, known: str
) -> RequirementRow:
    """One requirement that only excludes or flags."""
    return RequirementRow(gate, "gate", asked, has, status, known, 0, 0, 0, 0)


def overall_status(rows: Sequence[RequirementRow]) -> CriterionStatus:
    """One verdict on a criterion from those on its requirements."""
    statuses = {row.status for row in rows}
    if len(statuses) == 1 and statuses & {MET, UNKNOWN}:
        return statuses.pop()
    if SHORT in statuses or not any(row.high for row in rows):
        return SHORT
    return PARTLY


def costliest(rows: Sequence[RequirementRow]) -> RequirementRow:
    """The requirement that loses most points; the first of several."""
    return max(rows, key=lambda row: row.points_max - row.points)


def level_term(level: int) -> Term:
    """A CEFR level as the engine has it, 1 to 7, for a sentence."""
    return Term("level", list(CefrLevel)[level - 1].value)


def known_as(evidence: Evidence) -> str:
    """How a stated fact is known, as the table shows it."""
    return evidence.value


def plain_number(number: float) -> int | float:
    """A number without a needless decimal."""
    return int(number) if float(number).is_integer() else round(number, 1)
