"""A paper as PDF, by Typst: fonts of our own, the paper's own date, so always the same bytes."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from documents.paper import Block, Paper, writable

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
FONTS = HERE / "fonts"


def to_pdf(paper: Paper, template: str = "paper") -> bytes:
    """The finished file, laid out as a paper of the agency or as a CV."""
    return _compiled(paper, "pdf", template=template)[0]


def to_pictures(paper: Paper, ppi: int = 80, template: str = "paper") -> tuple[bytes, ...]:
    """Each page as PNG, to look at."""
    return _compiled(paper, "png", ppi, template)


def _compiled(
    paper: Paper, form: Literal["pdf", "png"], ppi: int | None = None, template: str = "paper"
) -> tuple[bytes, ...]:
    paper = writable(paper)
    given = asdict(paper) | {"blocks": [_block(block) for block in paper.blocks]}
    made: Any = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(HERE),
        font_paths=_fonts(),
        format=form,
        ppi=ppi,
        sys_inputs={"paper": json.dumps(given, default=str, ensure_ascii=False)},
        timestamp=int(paper.moment.timestamp()),
    )
    return tuple(made) if isinstance(made, list) else (made,)


@cache
def _fonts() -> typst.Fonts:
    """Our own fonts and Typst's, read once: to look for them each time costs more than a page."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def _block(block: Block) -> dict[str, Any]:
    kind = re.sub(r"(?<!^)(?=[A-Z])", "_", type(block).__name__).lower()
    return {"kind": kind, **asdict(block)}
