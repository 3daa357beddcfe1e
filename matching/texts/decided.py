"""What decisions of people say of a title beside what labels say, and how coders are compared.

The trained coder knows only what was decided; labels find what nobody has decided yet. `together`
joins both: neither is left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from math import sqrt

import numpy as np

from matching.texts.ngrams import Floats
from matching.texts.titles import normalise_title

LABELS_SHARE = 0.4  # of the score; the rest is what was learnt, which knows the labels too
LABELS_SHARPNESS = 2  # a label that is half alike says less than half
HELD_OUT_ONE_IN = 10


def certainty(margins: Floats) -> Floats:
    """Margins of the coder as 0–1: 0.5 = on the border, 0 and 1 = clearly outside and inside."""
    return np.asarray(np.clip((margins + 1) / 2, 0, 1), np.float32)


def together(decided: Mapping[str, float], by_label: Mapping[str, float]) -> dict[str, float]:
    """One score 0–1 a code from what decisions say and what labels say."""
    learnt = 1 - LABELS_SHARE
    return {
        code: learnt * decided.get(code, 0.0)
        + LABELS_SHARE * by_label.get(code, 0.0) ** LABELS_SHARPNESS
        for code in decided.keys() | by_label.keys()
    }


def is_held_out(text: str) -> bool:
    """Whether decisions on this title are for comparing coders: no version ever learns from them.

    By the title itself, so that the same title is never on both sides, in any version.
    """
    digest = hashlib.sha256(normalise_title(text).encode()).digest()
    return int.from_bytes(digest[:4], "big") % HELD_OUT_ONE_IN == 0


def accuracy(hits: Sequence[bool]) -> tuple[float, float, float]:
    """The share that is right with its 95 % interval (Wilson); of nothing: 0, 0, 1."""
    n = len(hits)
    if not n:
        return 0.0, 0.0, 1.0
    z = 1.96
    share = sum(hits) / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return share, float(max(middle - half, 0)), float(min(middle + half, 1))
