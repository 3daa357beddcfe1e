"""A paper before it is a file: blocks of finished text, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
