"""One place for every skill: the ranking needs a tree, and ESCO has several parents for some."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.esco.content import Content

_REST = "#0"
"""Ends the code of a group for skills that stand right under a wider one, as ESCO's S6.2.0."""
_PREFERENCE = {
    "knowledge": ("L", "K", "S", "T"),
    "skill/competence": ("L", "S", "T", "K"),
}
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Group:
    """A group as the ranking takes it: level 3 holds skills, level 2 holds groups of level 3."""

    code: str
    level: int
    parent: str | None
    named_after: str
    """The group or skill whose name it has."""


@dataclass(frozen=True)
class Tree:
    """The groups that are needed, and the one group of each skill."""

    groups: Mapping[str, Group]
    group_of: Mapping[str, str]


def grow(content: Content) -> Tree:
    """Give each skill the nearest group; among several of its own pillar the deepest, then the
    first by URI.

    A language and the skills in it are a group by themselves with nothing above: to know one
    language is no evidence of another.
    """
    has_level_3 = {pillar for level, _, pillar in content.places.values() if level == _DEEPEST}
    groups: dict[str, Group] = {}
    group_of: dict[str, str] = {}
    for skill, kind in sorted(content.skills.items()):
        found = _nearest(skill, kind, content)
        if found is None:
            group = Group(skill + _REST, 3, None, skill)
        elif content.places[found[0]][2] == "L":
            group = Group(found[1] + _REST, 3, None, found[1])
        else:
            group = _as_level_3(found[0], content, has_level_3)
        groups.setdefault(group.code, group)
        group_of[skill] = group.code
    for parent in {g.parent for g in groups.values() if g.parent}:
        groups[parent] = Group(parent, 2, None, parent)
    return Tree(groups, group_of)


def _as_level_3(uri: str, content: Content, has_level_3: set[str]) -> Group:
    level, above, pillar = content.places[uri]
    if level == _DEEPEST or (level == _DEEPEST - 1 and pillar not in has_level_3):
        return Group(uri, 3, above, uri)
    return Group(uri + _REST, 3, uri, uri)


def _nearest(skill: str, kind: str, content: Content) -> tuple[str, str] | None:
    """(group, the skill right under it), going up through broader skills."""
    preference = _PREFERENCE.get(kind, _PREFERENCE["skill/competence"])
    seen, here = {skill}, [skill]
    while here:
        found = [
            (preference.index(pillar) if pillar in preference else 9, -level, group, under)
            for under in here
            for group in content.broader.get(under, ())
            if group in content.places
            for level, _, pillar in [content.places[group]]
        ]
        if found:
            _, _, group, under = min(found)
            return group, under
        above = {up for each in here for up in content.broader.get(each, ())}
        here = sorted(up for up in above - seen if up in content.skills)
        seen |= above
    return None


def own_equivalents(
    links: Iterable[tuple[str, str]], at_least: int, share: float
) -> dict[str, str]:
    """The own group that each ESCO group ranks as, from (ESCO group, own group) of linked skills.

    It needs `at_least` links, and `share` of the ESCO group's links.
    """
    votes: dict[str, Counter[str]] = {}
    for esco, own in links:
        votes.setdefault(esco, Counter())[own] += 1
    chosen = {}
    for esco, counted in votes.items():
        own, count = min(counted.items(), key=lambda item: (-item[1], item[0]))
        if count >= at_least and count >= share * counted.total():
            chosen[esco] = own
    return chosen


def unit_group_relations(
    content: Content, isco_of: Mapping[str, str], share: float
) -> dict[tuple[str, str], str]:
    """(skill, unit group) → essential or optional, by `share` of the unit group's occupations."""
    size = Counter(isco_of.values())
    essential: Counter[tuple[str, str]] = Counter()
    either: Counter[tuple[str, str]] = Counter()
    for (occupation, skill), relation in content.relations.items():
        isco = isco_of.get(occupation)
        if isco is None or skill not in content.skills:
            continue
        either[skill, isco] += 1
        essential[skill, isco] += relation == "essential"
    return {
        pair: "essential" if essential[pair] >= share * size[pair[1]] else "optional"
        for pair, count in either.items()
        if count >= share * size[pair[1]]
    }
