"""Officers, their organisations, sign-in sessions and sign-in attempts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import serial_key
from domain.enums import OrganisationKind, Role


class OrganisationRow(Base):
    """A ministry, agency, international organisation or NGO."""

    __tablename__ = "organisations"

    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[OrganisationKind]
    name_ka: Mapped[str]
    name_en: Mapped[str]


class OfficerRow(Base):
    """A person who signs in. Never deleted: audit and votes refer to it."""

    __tablename__ = "officers"
    id: Mapped[serial_key]
    username: Mapped[str] = mapped_column(unique=True)
    name_ka: Mapped[str]
    name_en: Mapped[str]
    role: Mapped[Role]
    organisation_code: Mapped[str] = mapped_column(ForeignKey("organisations.code"))
    password_hash: Mapped[str]
    must_change_password: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="ka")
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class SignInSessionRow(Base):
    """A signed-in browser; only the SHA-256 of its token is stored."""

    __tablename__ = "sign_in_sessions"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class SignInAttemptRow(Base):
    """One sign-in attempt, for the lock-out: by account and by address, both hashed."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (
        Index("ix_sign_in_attempts_account", "account_hash", "attempted_at"),
        Index("ix_sign_in_attempts_address", "address_hash", "attempted_at"),
    )

    id: Mapped[serial_key]
    account_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    address_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    succeeded: Mapped[bool]
    attempted_at: Mapped[datetime]
