"""What an import changed of what was there: for people to look at, on screen and as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from db.repositories import esco as repository
from domain.records.classification import ConceptChange
from services.esco.content import Content

Names = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Before:
    """What was in use: concept → (group or unit group, whether it had vanished)."""

    skills: Mapping[str, tuple[str, bool]]
    occupations: Mapping[str, tuple[str, bool]]
    own: frozenset[str]
    """Own skills that are a concept of ESCO."""
    skill_names: Names
    job_titles: Names


def look(session: Session, languages: Sequence[str]) -> Before:
    """Remember what is in use, and its names in the languages that are about to change."""
    return Before(
        repository.skills(session),
        repository.occupations(session),
        frozenset(repository.linked(session).values()),
        repository.preferred_skill_labels(session, languages),
        repository.preferred_job_titles(session, languages),
    )


def since(session: Session, before: Before, content: Content) -> list[ConceptChange]:
    """Every concept that vanished, came back, moved, or is called differently; used ones first."""
    after = look(session, content.languages)
    used = repository.skills_in_use(session)
    found = [
        *(
            ConceptChange("vanished", "skill", s, is_in_use=s in used)
            for s in before.own - after.own
        ),
        *_moved("skill", "group", before.skills, after.skills, used),
        *_moved("occupation", "unit_group", before.occupations, after.occupations, set()),
        *_renamed("skill", before.skill_names, after.skill_names, used),
        *_renamed("occupation", before.job_titles, after.job_titles, set()),
    ]
    names: dict[str, str] = {}
    for known in (before.skill_names, before.job_titles, after.skill_names, after.job_titles):
        # English last, and what holds now after what held before.
        for (concept, _), name in sorted(known.items(), key=lambda item: item[0][1] == "en"):
            names[concept] = name
    order = ("vanished", "returned", "unit_group", "group", "name")
    named = [replace(change, called=names.get(change.concept)) for change in found]
    return sorted(named, key=lambda c: (not c.is_in_use, order.index(c.what), c.kind, c.concept))


def stored(change: ConceptChange) -> dict[str, Any]:
    """The change as JSON's own types."""
    return asdict(change)


def _moved(
    kind: str,
    what: str,
    before: Mapping[str, tuple[str, bool]],
    after: Mapping[str, tuple[str, bool]],
    used: set[str],
) -> Iterator[ConceptChange]:
    for concept, (place, was_gone) in before.items():
        place_now, is_gone = after[concept]
        is_used = concept in used
        if is_gone and not was_gone:
            yield ConceptChange("vanished", kind, concept, is_in_use=is_used)
        if was_gone and not is_gone:
            yield ConceptChange("returned", kind, concept, is_in_use=is_used)
        if place != place_now:
            yield ConceptChange(what, kind, concept, None, place, place_now, is_used)


def _renamed(kind: str, before: Names, after: Names, used: set[str]) -> Iterator[ConceptChange]:
    for key, name in before.items():
        now = after.get(key)
        if now is not None and now != name:
            concept, language = key
            yield ConceptChange("name", kind, concept, language, name, now, concept in used)
