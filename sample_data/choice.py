"""Drawing by weights."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import TypeVar

T = TypeVar("T")


def pick(random: Random, weights: Mapping[T, float]) -> T:
    """One of the keys, each as likely as its weight says."""
    return random.choices(list(weights), list(weights.values()))[0]
