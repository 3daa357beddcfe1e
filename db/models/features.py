"""What the ranking engine reads of each person, packed into one value so that a start is quick."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import serial_key


class FeatureNameRow(Base):
    """A stable small number for a code that packed values name; rows are only ever added."""

    __tablename__ = "feature_names"
    __table_args__ = (UniqueConstraint("kind", "name"),)

    id: Mapped[serial_key]
    kind: Mapped[str]
    """One of occupation, skill, language, licence, country, citizenship."""
    name: Mapped[str]


class JobseekerFeaturesRow(Base):
    """A copy of a person's facts for the engine; the other tables are what is true."""

    __tablename__ = "jobseeker_features"

    jobseeker_id: Mapped[int] = mapped_column(
        ForeignKey("jobseekers.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    seq: Mapped[int]
    """`jobseekers.changed_seq` of the state that was packed: another number means out of date."""
    packed: Mapped[bytes] = mapped_column(LargeBinary)
