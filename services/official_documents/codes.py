"""The short code that is printed in a paper: taken from its record's hash, checked by itself."""

from __future__ import annotations

import base64

from domain.exceptions import InvalidInput
from domain.texts import N_

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: without I, L, O and U, which are read for other signs."""
STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
LENGTH = 10
ALIKE = str.maketrans("ILO", "110")


def code_of(sha256: str) -> str:
    """Nine signs of a hash given as hexadecimal digits, and one that finds a slip of the pen."""
    encoded = base64.b32encode(bytes.fromhex(sha256)).decode().rstrip("=")
    signs = encoded[: LENGTH - 1].translate(str.maketrans(STANDARD, ALPHABET))
    return signs + _check_sign(signs)


def _check_sign(signs: str) -> str:
    # Luhn's sum to base 32: finds every single wrong sign and nearly every two exchanged ones.
    total = 0
    for place, sign in enumerate(reversed(signs)):
        value = ALPHABET.index(sign) * (2 if place % 2 == 0 else 1)
        total += value // len(ALPHABET) + value % len(ALPHABET)
    return ALPHABET[-total % len(ALPHABET)]


def written(code: str) -> str:
    """As it is printed: two groups of five."""
    return f"{code[:5]}-{code[5:]}"


def read_code(typed: str) -> str:
    """The code that somebody typed, in either case, with blanks or dashes; InvalidInput if none."""
    code = "".join(typed.split()).replace("-", "").upper().translate(ALIKE)
    if len(code) != LENGTH or any(sign not in ALPHABET for sign in code):
        raise InvalidInput(
            N_("A code has {length} letters and digits, as in {example}. Copy it from the paper."),
            length=LENGTH,
            example="4F7KQ-2M9X3",
        )
    if _check_sign(code[:-1]) != code[-1]:
        raise InvalidInput(N_("One sign of the code is not as it is printed. Compare it again."))
    return code
