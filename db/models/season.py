"""Plans of a season: who would go where if all open vacancies were filled together."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import PlacedBecause, PlanLayer


class SeasonPlanRow(Base):
    """One plan: made of what, by whom, and what it comes to beside picking in turn."""

    __tablename__ = "season_plans"
    __table_args__ = (who_needs_when("made"),)

    id: Mapped[serial_key]
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    parameters_version: Mapped[str]
    inputs_sha256: Mapped[str]
    """Of parameters, people, vocabulary, requirements, gates and places together."""
    seq: Mapped[int]
    """The last audit event before the people were read: whoever changed later is told apart."""
    pool_size: Mapped[int]
    is_exact: Mapped[bool]
    """Whether it is proven that nobody outside the lists looked at could have made it better."""
    seconds: Mapped[float]


class SeasonPlanVacancyRow(Base):
    """What a plan gives one vacancy, why it can't be filled, and whether it was adopted."""

    __tablename__ = "season_plan_vacancies"
    __table_args__ = (who_needs_when("adopted"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("season_plans.id"), primary_key=True)
    vacancy_id: Mapped[int] = mapped_column(
        ForeignKey("vacancies.id"), primary_key=True, index=True
    )
    version: Mapped[int]
    """The vacancy's version then: a later one asks for something else."""
    taken: Mapped[int]
    """People preselected or in the commission before the plan; they fill its first places."""
    positions: Mapped[int]
    """To be filled by the plan."""
    candidates: Mapped[int]
    """Further places: more than one candidate goes to the employer for each position."""
    reserves: Mapped[int]
    eligible: Mapped[int]
    """How many free people pass its mandatory requirements."""
    filled: Mapped[int]
    """Positions that the plan fills."""
    points: Mapped[int] = mapped_column(BigInteger)
    """Of the people at these positions together, per million each."""
    picked: Mapped[int]
    """Positions that picking vacancy by vacancy would fill."""
    picked_points: Mapped[int] = mapped_column(BigInteger)
    shortage: Mapped[dict[str, Any] | None]
    """Why positions stay empty, in figures; None where all are filled."""
    adopted_at: Mapped[datetime | None]
    adopted_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    adopted_people: Mapped[int | None]


class SeasonPlanPersonRow(Base):
    """Where a plan puts one person. Nobody stands in a plan twice: the key sees to it."""

    __tablename__ = "season_plan_people"

    plan_id: Mapped[int] = mapped_column(ForeignKey("season_plans.id"), primary_key=True)
    jobseeker_id: Mapped[int] = mapped_column(
        ForeignKey("jobseekers.id"), primary_key=True, index=True
    )
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancies.id"), index=True)
    layer: Mapped[PlanLayer]
    points: Mapped[int]
    because: Mapped[PlacedBecause]
    best_vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancies.id"))
    """Where the person would have most points, among the vacancies whose list has them."""
    best_points: Mapped[int]
    last_points: Mapped[int | None]
    """Of the last one whom the plan takes there; None where the person is there."""
    next_points: Mapped[int | None]
    """Of the best free person here, who would take this place; None where there is nobody."""
    picked_vacancy_id: Mapped[int | None] = mapped_column(ForeignKey("vacancies.id"))
    """Where picking vacancy by vacancy would put the person."""
