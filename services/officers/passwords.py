"""Passwords: argon2id, at most two hashed at once, and what a new one must be like."""

from __future__ import annotations

import functools
import threading
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from domain.exceptions import FieldProblem, InvalidInput
from domain.texts import N_, Sentence

NO_PASSWORD = "!"  # noqa: S105 - the absence of one
"""Not an argon2 hash: no password verifies against it."""
PARAMETERS = Path(__file__).parents[1] / "parameters" / "sign_in.yaml"


@dataclass(frozen=True)
class SignInRules:
    """The dated parameters of sign-in; their source stands in the file."""

    password_min_length: int
    password_max_length: int
    password_min_different_characters: int
    failures_per_account: int
    failures_per_address: int
    window_minutes: int
    first_wait_seconds: int
    longest_wait_seconds: int
    failure_memory_hours: int
    known_place_days: int
    last_seen_every_seconds: int
    argon2_memory_kib: int
    argon2_iterations: int
    argon2_parallelism: int
    argon2_at_once: int


@functools.cache
def rules() -> SignInRules:
    """The parameters in force."""
    values: dict[str, Any] = yaml.safe_load(PARAMETERS.read_text(encoding="utf-8"))
    return SignInRules(**{item.name: int(values[item.name]) for item in fields(SignInRules)})


# Each hash takes 19 MiB and a core for 25 ms: a flood of sign-ins waits here, the screens don't.
_slots = threading.BoundedSemaphore(rules().argon2_at_once)


@functools.cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(
        time_cost=rules().argon2_iterations,
        memory_cost=rules().argon2_memory_kib,
        parallelism=rules().argon2_parallelism,
    )


@functools.cache
def _nobody() -> str:
    return hash_password("the account that nobody has")


def hash_password(password: str) -> str:
    """The argon2id hash to store."""
    with _slots:
        return _hasher().hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether the password belongs to the hash; an unknown account takes as long to refuse."""
    if len(password) > rules().password_max_length:
        return False
    has_password = stored is not None and stored.startswith("$argon2")
    known = stored if stored is not None and has_password else _nobody()
    with _slots:
        try:
            _hasher().verify(known, password)
        except (VerifyMismatchError, InvalidHashError):
            return False
    return has_password


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(stored)


def check_new_password(password: str, username: str) -> None:
    """Raise InvalidInput, naming what to change, unless the password may be used."""
    problem = _problem(password, username)
    if problem:
        sentence = Sentence(N_("This password can't be used."))
        raise InvalidInput(sentence, (FieldProblem("new_password", problem),))


def _problem(password: str, username: str) -> Sentence | None:
    limits = rules()
    if len(password) < limits.password_min_length:
        return Sentence(
            N_("Use at least {count} characters."), {"count": limits.password_min_length}
        )
    if len(password) > limits.password_max_length:
        return Sentence(
            N_("Use at most {count} characters."), {"count": limits.password_max_length}
        )
    if len(set(password)) < limits.password_min_different_characters:
        return Sentence(
            N_("Use at least {count} different characters."),
            {"count": limits.password_min_different_characters},
        )
    if username.casefold() in password.casefold():
        return Sentence(N_("The password must not contain your username."))
    return None
