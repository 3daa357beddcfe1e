"""A paper before it is a file: blocks of finished text, in one language."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 for parts, 2 within them."""

    text: str
    level: int = 1
    on_new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; quiet for notes."""

    text: str
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with what they are about."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head is repeated on each page; widths are shares of the line."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    numbers: tuple[int, ...] = ()
    """Columns that are set to the right."""


@dataclass(frozen=True, slots=True)
class SignatureLines:
    """Where people sign: (in what capacity, name)."""

    rows: tuple[tuple[str, str], ...]


Block = Heading | Paragraph | Facts | Table | SignatureLines


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that a file is made from; the same paper gives the same bytes."""

    language: str
    title: str
    subtitle: str
    running_head: str
    """At the head of every page."""
    page_of: str
    """With `{page}` and `{pages}`."""
    foot: str
    """At the foot of every page: the verification code and where it is checked."""
    author: str
    moment: datetime
    """What the file says of when it was made."""
    blocks: tuple[Block, ...]


UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Signs that no file of either format may hold; they come in with text that somebody pasted."""


def writable(paper: Paper) -> Paper:
    """The paper with a blank for every such sign, so that nobody's words can stop it."""
    cleaned: Paper = _clean(paper)
    return replace(cleaned, blocks=tuple(_clean(block) for block in paper.blocks))


def _clean(part: Any) -> Any:
    changed = {name: _text(getattr(part, name)) for name in part.__dataclass_fields__}
    return replace(part, **changed)


def _text(value: object) -> object:
    if isinstance(value, str):
        return UNWRITABLE.sub(" ", value)
    if isinstance(value, tuple):
        return tuple(_text(one) for one in value)
    return value
