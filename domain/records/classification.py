"""What an import of the ESCO classification holds, brought and changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ConceptChange:
    """One thing that an import changed: `what` is name, unit_group, group, vanished or returned."""

    what: str
    kind: str
    """skill or occupation."""
    concept: str
    language: str | None = None
    before: str | None = None
    after: str | None = None
    is_in_use: bool = False
    """A file or a vacancy names it."""
    called: str | None = None
    """Its name, for readers of the report: in English where there is one."""


@dataclass(frozen=True, slots=True)
class EscoState:
    """What is in use: the last import, or an empty version where there was none."""

    version: str | None = None
    languages: tuple[str, ...] = ()
    imported_at: datetime | None = None
    imported_by: str | None = None
    """Username; None at the command line."""
    counts: Mapping[str, int] = field(default_factory=dict)
    changes: tuple[ConceptChange, ...] = ()


@dataclass(frozen=True, slots=True)
class EscoPreview:
    """What the chosen files hold, before anything is written."""

    version: str | None
    languages: tuple[str, ...]
    tables: tuple[tuple[str, str, str | None], ...]
    """(file, table, language)"""


@dataclass(frozen=True, slots=True)
class EscoImport:
    """What an import brought: counts by noun, and what it changed of what was there."""

    version: str | None
    languages: tuple[str, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    changes: tuple[ConceptChange, ...] = ()
    is_unchanged: bool = False
    """The same files were imported before: nothing was done."""
