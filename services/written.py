"""What has to be written in a form: something, and not more than fits."""

from __future__ import annotations

from collections.abc import Sequence

from domain.exceptions import FieldProblem
from domain.texts import N_, Sentence


def unwritten(form: object, names: Sequence[str], longest: int) -> list[FieldProblem]:
    """A problem for each of these fields that is empty or longer than so many letters."""
    problems = []
    for name in names:
        text = getattr(form, name).strip()
        if not text:
            problems.append(FieldProblem(name, Sentence(N_("Write it in a sentence."))))
        elif len(text) > longest:
            limit = {"limit": longest}
            problems.append(FieldProblem(name, Sentence(N_("At most {limit} letters."), limit)))
    return problems
