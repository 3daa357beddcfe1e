"""What stops a step, as a sentence for the screen: asked before the button is pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

from domain.exceptions import LabourMigrationError
from domain.texts import Sentence

Facts = ParamSpec("Facts")


def refusal(
    check: Callable[Facts, object], *args: Facts.args, **facts: Facts.kwargs
) -> Sentence | None:
    """The sentence with which a check refuses; None when it passes."""
    try:
        check(*args, **facts)
    except LabourMigrationError as error:
        return error.sentence
    return None
