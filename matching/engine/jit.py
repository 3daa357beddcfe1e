"""Functions compiled to machine code, kept on disk, and free of the interpreter's lock.

Compiled functions make no arrays and count no references (`_nrt`, pinned with numba): counting them
in an inner loop costs several times what the loop does. Callers hold on to what they pass.

Trap: what is kept is renewed when the function's own file changes, not when one it calls does in
another file. So functions that call each other live in one file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy.typing as npt
from numba import njit

Array = npt.NDArray[Any]
"""What a compiled function takes; its width is in the docstring of whoever makes it."""

Whole = Any
"""A whole number in compiled code, of whatever width."""

_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False}

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compile on the first call; the same function for a type checker."""
    return cast(F, njit(cache=True, **_OPTIONS)(function))


def inlined(function: F) -> F:
    """Part of whatever calls it: a call with many arrays costs more than a small function does."""
    return cast(F, njit(inline="always", **_OPTIONS)(function))
