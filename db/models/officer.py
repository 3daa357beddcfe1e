"""Officers, their organisations, sign-in sessions and sign-in attempts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, who_needs_when
from db.types import serial_key
from domain.enums import AccountTokenPurpose, OrganisationKind, Role


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
    __table_args__ = (
        Index("ix_officers_email", "email", unique=True),
        Index("ix_officers_oidc_subject", "oidc_subject", unique=True),
    )

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
    email: Mapped[str | None]
    """In small letters: for invitations, and to be known by an identity provider."""
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    """The last day in Georgia on which the account opens; None = no end."""
    allowed_networks: Mapped[list[Any] | None]
    """Networks (CIDR) from which the account opens; None = from anywhere."""
    password_changed_at: Mapped[datetime | None]
    oidc_subject: Mapped[str | None]
    """Who this is to the identity provider, from the first sign-in through it."""


class AccessReviewRow(Base):
    """An administrator looked whether the officer still needs the access, and renewed it."""

    __tablename__ = "access_reviews"

    id: Mapped[serial_key]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), index=True)
    reviewed_at: Mapped[datetime]
    reviewed_by: Mapped[int] = mapped_column(ForeignKey("officers.id"))


class AccountTokenRow(Base):
    """A one-time secret of an account; only its hash is kept, and it covers the purpose."""

    __tablename__ = "account_tokens"
    __table_args__ = (who_needs_when("issued"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    purpose: Mapped[AccountTokenPurpose]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), index=True)
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    by_provider: Mapped[bool] = mapped_column(default=False)
    """Whether an identity provider has said who it is, and not a password."""


class SecondFactorRow(Base):
    """The secret that an officer's telephone shares with us: a code of six digits each 30 s."""

    __tablename__ = "second_factors"

    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), primary_key=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary, info={"sealed": True})
    """Encrypted: `db.encryption` closes and opens it, and rotates its keys."""
    begun_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int | None]
    """The 30 seconds of the last code that was taken: no code is taken twice."""


class RecoveryCodeRow(Base):
    """A code on paper for the day when the telephone is lost; its hash only, once only."""

    __tablename__ = "recovery_codes"

    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), index=True)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInSessionRow(Base):
    """A signed-in browser; only the SHA-256 of its token is stored."""

    __tablename__ = "sign_in_sessions"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    address: Mapped[str | None]
    device: Mapped[str | None]
    """Browser and system, such as "Firefox · Windows": so that its officer knows it again."""
    by_provider: Mapped[bool] = mapped_column(default=False)
    has_second_factor: Mapped[bool] = mapped_column(default=False)


class SignInAttemptRow(Base):
    """One sign-in attempt, for the lock-out: by account and by address, both hashed."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (
        Index("ix_sign_in_attempts_account", "account_hash", "attempted_at"),
        Index("ix_sign_in_attempts_address", "address_hash", "attempted_at"),
        Index("ix_sign_in_attempts_attempted_at", "attempted_at"),
    )

    id: Mapped[serial_key]
    account_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    address_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    succeeded: Mapped[bool]
    attempted_at: Mapped[datetime]
