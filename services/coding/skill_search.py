"""Searching the vocabulary of skills: too large to be offered as a list once ESCO is in it."""

from __future__ import annotations

import threading
from collections.abc import Collection
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from db.queries import skill_labels
from db.session import engine, reading
from matching.texts.skill_search import SkillName, SkillSearch
from services.reference import Reference, reference

SHOWN = 8

_kept: WeakKeyDictionary[Engine, tuple[Reference, dict[str, SkillSearch]]] = WeakKeyDictionary()
_guard = threading.Lock()


def has_imported_skills() -> bool:
    """Whether skills of ESCO stand beside our own."""
    known = reference()
    return len(known.names.get("skill", {})) > len(known.own_skills)


def search_skills(
    *, text: str, language: str, without: Collection[str] = (), limit: int = SHOWN
) -> tuple[str, ...]:
    """The likeliest skills for what was typed, in the language and in English; own ones first."""
    return tuple(_index(language).find(text, limit=limit, without=without))


def _index(language: str) -> SkillSearch:
    current, known = engine(), reference()
    with _guard:
        if current not in _kept or _kept[current][0] is not known:
            _kept[current] = (known, {})
        kept = _kept[current][1]
        if language not in kept:
            with reading() as session:
                names = skill_labels.names_in(session, {language, "en"})
            kept[language] = SkillSearch(
                SkillName(skill, name, 0 if is_own else 1, kind == "preferred")
                for skill, name, kind, is_own in names
            )
        return kept[language]
