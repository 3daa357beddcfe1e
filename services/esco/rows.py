"""From what the files say to the rows of our tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from db.queries import occupation_labels
from db.repositories import esco as repository
from domain.texts import N_, Sentence
from services.esco import tree
from services.esco.content import ALTERNATIVE, PREFERRED, Content, Label, Progress
from services.esco.rules import rules
from services.reference import reference

Counts = dict[str, int]


def write_archives(session: Session, content: Content, counts: Counts, tell: Progress) -> None:
    """Write the concepts, labels and relations that the archives hold."""
    own = _exact(session, content)
    known = repository.occupations(session)
    isco_of = _unit_groups(content, counts)
    if content.has_concepts and content.has_relations:
        tell(0.35, Sentence(N_("Writing skills and their groups")))
        _write_skills(session, content, own, counts)
        repository.put_occupations(session, _occupation_rows(content, isco_of))
        counts["occupations"] = len(isco_of)
        counts["occupations_new"] = len(isco_of.keys() - known.keys())
        tell(0.5, Sentence(N_("Writing relations")))
        _write_relations(session, content, isco_of, own, counts)
    own = repository.linked(session)
    tell(0.75, Sentence(N_("Writing names in other languages")))
    _write_labels(session, content, isco_of or {u: i for u, (i, _) in known.items()}, own, counts)


def write_label_tables(session: Session, content: Content, counts: Counts) -> None:
    """Write labels of the tables in many languages; the official archives' own go before."""
    official = repository.has_archive_of(session)
    levels = reference().occupation_levels
    titles: dict[tuple[str, str, str], dict[str, Any]] = {}
    for isco, language, label, kind, uri, version in content.job_titles:
        if language in official:
            counts["labels_in_archive"] = counts.get("labels_in_archive", 0) + 1
        elif levels.get(isco) != 4:
            counts["titles_without_code"] = counts.get("titles_without_code", 0) + 1
        else:
            source = f"{repository.ESCO}{version}"
            titles.setdefault(
                (uri, language, label), _title(isco, language, label, kind, uri, source)
            )
    if titles:
        languages = {language for _, language, _ in titles}
        occupation_labels.replace_esco_labels(session, titles.values(), languages)
        counts["job_titles"] = counts.get("job_titles", 0) + len(titles)
    own = repository.linked(session)
    known = {*repository.skills(session), *own}
    names = [label for label in content.skill_names if label[1] not in official]
    counts |= {"names_unknown": sum(n[0] not in known for n in names)} if names else {}
    found = [name for name in names if name[0] in known]
    if found:
        newest = repository.newest_import(session)
        source = f"{repository.ESCO}{newest.version if newest else ''}"
        languages = {name[1] for name in found}
        repository.replace_skill_labels(session, _skill_labels(found, own, source), languages)
        counts["skill_labels"] = counts.get("skill_labels", 0) + len(found)


def _exact(session: Session, content: Content) -> dict[str, str]:
    """ESCO concept → the own skill that is the same; never one that stands beside it already."""
    standing = repository.skills(session)
    return {
        uri: skill
        for skill, (uri, match) in repository.crosswalk().items()
        if match == "exact" and uri in content.skills and uri not in standing
    }


def _unit_groups(content: Content, counts: Counts) -> dict[str, str]:
    """ESCO occupation → unit group, the leading zero restored; others are counted and left out."""
    levels = reference().occupation_levels
    found = {uri: isco.zfill(4) for uri, (isco, _) in content.occupations.items()}
    sound = {uri: isco for uri, isco in found.items() if levels.get(isco) == 4}
    if len(sound) < len(found):
        counts["occupations_without_unit_group"] = len(found) - len(sound)
    return sound


def _write_skills(
    session: Session, content: Content, own: Mapping[str, str], counts: Counts
) -> None:
    grown = tree.grow(content)
    before = repository.skills(session)
    source = f"esco:{content.version}"
    names = _shown_names(content)
    in_english: dict[str, str] = {}
    if "en" not in content.languages:
        # A newer version without English: what is known in English stays shown so.
        in_english = repository.english_names(session)
        names |= {uri: (in_english[uri], "en") for uri in names.keys() & in_english.keys()}
    repository.put_groups(
        session,
        [
            {
                "code": group.code,
                "level": group.level,
                "parent": group.parent,
                "label_en": in_english.get(group.code)
                or _group_name(group.named_after, content, names),
                "source": source,
                "is_vanished": False,
            }
            for group in grown.groups.values()
        ],
    )
    new = [
        {
            "id": uri,
            "group_code": grown.group_of[uri],
            "label_en": names[uri][0],
            "label_lang": names[uri][1],
            "concept_uri": uri,
            "source": source,
            "is_vanished": False,
        }
        for uri in content.skills
        if uri not in own
    ]
    repository.link_own_skills(session, {skill: uri for uri, skill in own.items()})
    repository.put_skills(session, new)
    repository.rank_groups_as(session, _equivalents(session, content, grown))
    counts["skills"] = len(content.skills)
    counts["skills_new"] = len({row["id"] for row in new} - before.keys())
    counts["skills_same_as_own"] = len(own)
    counts["groups"] = len(grown.groups)


def _equivalents(session: Session, content: Content, grown: tree.Tree) -> dict[str, str]:
    """ESCO group → own group, at both levels, by the skills that are linked."""
    groups = repository.own_groups(session)
    links: list[tuple[str, str]] = []
    broad: list[tuple[str, str]] = []
    for skill, (uri, _) in sorted(repository.crosswalk().items()):
        if uri not in grown.group_of or skill not in groups:
            continue
        group = grown.groups[grown.group_of[uri]]
        own_group, own_broader = groups[skill]
        links.append((group.code, own_group))
        if group.parent and own_broader:
            broad.append((group.parent, own_broader))
    least, share = rules().group_links, rules().group_share
    return tree.own_equivalents(links, least, share) | tree.own_equivalents(broad, least, share)


def _shown_names(content: Content) -> dict[str, tuple[str, str]]:
    """Concept → (name, language): English where there is one."""
    found: dict[str, tuple[str, str]] = {}
    for uri, language, kind, label in content.skill_labels:
        if kind == PREFERRED and (uri not in found or language == "en"):
            found[uri] = (label, language)
    return found


def _group_name(uri: str, content: Content, names: Mapping[str, tuple[str, str]]) -> str:
    labels = content.group_labels.get(uri, {})
    if labels:
        return labels.get("en") or labels[min(labels)]
    return names[uri][0] if uri in names else uri


def _occupation_rows(content: Content, isco_of: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "uri": uri,
            "isco": isco,
            "code": content.occupations[uri][1] or None,
            "version": content.version,
            "is_vanished": False,
        }
        for uri, isco in isco_of.items()
    ]


def _write_relations(
    session: Session,
    content: Content,
    isco_of: Mapping[str, str],
    own: Mapping[str, str],
    counts: Counts,
) -> None:
    sound = {
        pair: relation
        for pair, relation in content.relations.items()
        if pair[0] in isco_of and pair[1] in content.skills
    }
    counts["relations"] = len(sound)
    counts["relations_dangling"] = len(content.relations) - len(sound)
    repository.replace_relations(
        session,
        [
            {"occupation_uri": occupation, "skill_id": own.get(skill, skill), "relation": relation}
            for (occupation, skill), relation in sound.items()
        ],
    )
    counted = tree.unit_group_relations(content, isco_of, rules().essential_share)
    repository.replace_unit_group_relations(
        session,
        [
            {
                "skill_id": own.get(skill, skill),
                "isco": isco,
                "relation": relation,
                "source": "esco",
            }
            for (skill, isco), relation in sorted(counted.items())
        ],
    )
    counts["unit_group_relations"] = len(counted)


def _write_labels(
    session: Session,
    content: Content,
    isco_of: Mapping[str, str],
    own: Mapping[str, str],
    counts: Counts,
) -> None:
    if not content.languages:
        return
    source = f"{repository.ESCO}{content.version}"
    standing = repository.skills(session)
    labels = [label for label in content.skill_labels if label[0] in standing or label[0] in own]
    repository.replace_skill_labels(session, _skill_labels(labels, own, source), content.languages)
    _correct_shown_names(session, content, standing.keys())
    titles = [
        _title(isco_of[uri], language, label, kind, uri, source)
        for uri, language, kind, label in content.occupation_labels
        if uri in isco_of
    ]
    occupation_labels.replace_esco_labels(session, titles, content.languages)
    counts["skill_labels"] = len(labels)
    counts["job_titles"] = len(titles)


def _correct_shown_names(session: Session, content: Content, standing: Iterable[str]) -> None:
    """A language that came later: its names are shown where English is not there."""
    names = _shown_names(content)
    if "en" in content.languages:
        found = [
            {"id": uri, "label_en": names[uri][0], "label_lang": "en"}
            for uri in standing
            if uri in names
        ]
        repository.name_skills(session, found)


def _skill_labels(
    labels: Iterable[Label], own: Mapping[str, str], source: str
) -> list[dict[str, Any]]:
    """An own skill keeps its own name: what ESCO calls it is one more."""
    return [
        {
            "skill_id": own.get(uri, uri),
            "lang": language,
            "label": label,
            "kind": ALTERNATIVE if uri in own and kind == PREFERRED else kind,
            "source": source,
        }
        for uri, language, kind, label in labels
    ]


def _title(
    isco: str, language: str, label: str, kind: str, uri: str, source: str
) -> dict[str, Any]:
    return {
        "isco": isco,
        "lang": language,
        "label": label,
        "kind": kind,
        "concept_uri": uri,
        "source": source,
    }
