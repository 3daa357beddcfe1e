"""What the given files say, read into memory before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from domain.exceptions import UnusableFile
from domain.texts import N_, Sentence
from services.esco.archives import (
    LANGUAGE_TABLES,
    RELATION_TABLES,
    TABLES,
    EscoFile,
    Holding,
    Opened,
    Row,
    open_file,
)

LONGEST_LABEL = 300
PREFERRED, ALTERNATIVE, HIDDEN = "preferred", "alternative", "hidden"
_URI = "http"

Progress = Callable[[float, Sentence], None]
Label = tuple[str, str, str, str]
"""(concept, language, kind, label)"""


@dataclass
class Content:
    """The concepts, labels and relations of the files of one version."""

    version: str | None = None
    languages: list[str] = field(default_factory=list)
    """Of the archives; the tables of labels have their own."""
    digests: dict[str, str] = field(default_factory=dict)
    """File name → SHA-256."""
    occupations: dict[str, tuple[str, str]] = field(default_factory=dict)
    """URI → (ISCO-08 code as given, ESCO code)."""
    skills: dict[str, str] = field(default_factory=dict)
    """URI → knowledge, or skill/competence."""
    occupation_labels: list[Label] = field(default_factory=list)
    skill_labels: list[Label] = field(default_factory=list)
    group_labels: dict[str, dict[str, str]] = field(default_factory=dict)
    places: dict[str, tuple[int, str | None, str]] = field(default_factory=dict)
    """Group → (level 0 to 3, the group above, the pillar's letter)."""
    broader: dict[str, list[str]] = field(default_factory=dict)
    relations: dict[tuple[str, str], str] = field(default_factory=dict)
    """(occupation, skill) → essential or optional."""
    job_titles: list[tuple[str, str, str, str, str, str]] = field(default_factory=list)
    """Of a table in many languages: (isco, language, label, kind, occupation, version)."""
    skill_names: list[Label] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)
    """How many rows were left out, by reason."""

    @property
    def has_concepts(self) -> bool:
        return bool(self.skills and self.occupations and self.places)

    @property
    def has_relations(self) -> bool:
        return bool(self.broader and self.relations)


def open_all(files: Iterable[EscoFile]) -> list[Opened]:
    """Look into every file; UnusableFile names the first that can't be used, or two versions."""
    opened = [open_file(file) for file in files]
    if not opened:
        raise UnusableFile(N_("Choose at least one file of ESCO."))
    archives = [each.file for each in opened if each.holdings[0].part is not None]
    for file in archives:
        if file.version is None:
            raise UnusableFile(
                N_(
                    "The name of {file} does not say which version of ESCO it is. Give it the name"
                    " it had when it was downloaded, such as “ESCO dataset - v1.2.0 - …”."
                ),
                file=file.name,
            )
    versions = tuple(sorted({str(file.version) for file in archives}))
    if len(versions) > 1:
        raise UnusableFile(
            N_("The archives are of different versions: {versions}. Give those of one version."),
            versions=versions,
        )
    return opened


def read_into(content: Content, files: Iterable[EscoFile]) -> Iterator[tuple[float, Sentence]]:
    """Read everything, saying how far it is; UnusableFile says what is wrong with a file."""
    opened = open_all(files)
    content.digests = {each.file.name: each.sha256 for each in opened}
    content.version = next((e.file.version for e in opened if e.holdings[0].part), None)
    holdings = once_each(opened)
    for number, holding in enumerate(holdings):
        yield number / len(holdings), Sentence(N_("Reading {file}"), {"file": named(holding)})
        _READERS[holding.table](content, holding)
    content.languages = sorted(
        {h.language for h in holdings if h.language and h.table in LANGUAGE_TABLES}
    )


def once_each(opened: Iterable[Opened]) -> list[Holding]:
    """The tables to read: relations may come with the archive of every language."""
    found: dict[tuple[str, str | None, str], Holding] = {}
    for holding in (holding for each in opened for holding in each.holdings):
        is_archive = holding.part is not None
        key = (holding.table, holding.language, "" if is_archive else holding.file.name)
        found.setdefault(key, holding)
    order = list(TABLES)
    return sorted(found.values(), key=lambda h: order.index(h.table) if h.table in order else 99)


def named(holding: Holding) -> str:
    """How a table is called for people."""
    return holding.part or holding.file.name


def _occupations(content: Content, holding: Holding) -> None:
    for row in _concepts(content, holding):
        uri = row["conceptUri"]
        content.occupations[uri] = (row["iscoGroup"].strip(), row.get("code", "").strip())
        content.occupation_labels += _labels(row, str(holding.language))


def _skills(content: Content, holding: Holding) -> None:
    for row in _concepts(content, holding):
        content.skills[row["conceptUri"]] = row["skillType"].strip()
        content.skill_labels += _labels(row, str(holding.language))


def _groups(content: Content, holding: Holding) -> None:
    for row in _concepts(content, holding):
        _name_group(content, row["conceptUri"], str(holding.language), row["preferredLabel"])


def _hierarchy(content: Content, holding: Holding) -> None:
    for row in holding.rows():
        chain = [row[f"Level {level} URI"].strip() for level in range(4)]
        deepest = max((level for level in range(4) if chain[level]), default=None)
        if deepest is None:
            continue
        above = chain[deepest - 1] if deepest else None
        content.places[chain[deepest]] = (deepest, above, row["Level 0 code"].strip())
        name = row.get(f"Level {deepest} preferred term", "")
        _name_group(content, chain[deepest], str(holding.language), name)


def _name_group(content: Content, uri: str, language: str, label: str) -> None:
    shown = " ".join(label.split())
    if shown:
        content.group_labels.setdefault(uri, {}).setdefault(language, shown)


def _relations(content: Content, holding: Holding) -> None:
    for row in holding.rows():
        pair = (row["occupationUri"].strip(), row["skillUri"].strip())
        relation = row["relationType"].strip()
        if relation not in ("essential", "optional"):
            content.notes["relations_unknown"] += 1
        elif content.relations.get(pair) != "essential":
            content.relations[pair] = relation


def _broader(content: Content, holding: Holding) -> None:
    for row in holding.rows():
        content.broader.setdefault(row["conceptUri"], []).append(row["broaderUri"])


def _job_titles(content: Content, holding: Holding) -> None:
    for row in holding.rows():
        isco, language = row["isco08"].strip(), row["lang"].strip()
        if len(isco) != 4 or not language:
            content.notes["titles_without_code"] += 1
            continue
        kind = PREFERRED
        for text in (row["preferredLabel"], *row["altLabels"].split("|")):
            if label := _shown(text):
                version = row["esco_version"].strip()
                content.job_titles.append(
                    (isco, language, label, kind, row["conceptUri"].strip(), version)
                )
            kind = ALTERNATIVE


def _skill_names(content: Content, holding: Holding) -> None:
    for row in holding.rows():
        if (label := _shown(row["preferredLabel"])) and row["lang"].strip():
            uri, language = row["conceptUri"].strip(), row["lang"].strip()
            content.skill_names.append((uri, language, PREFERRED, label))


def _concepts(content: Content, holding: Holding) -> Iterator[Row]:
    """The concepts in force: each with a URI and a name."""
    for row in holding.rows():
        if not row["conceptUri"].startswith(_URI) or not _shown(row["preferredLabel"]):
            content.notes["concepts_unreadable"] += 1
        elif row.get("status", "released").strip() in ("released", ""):
            yield row


def _labels(row: Row, language: str) -> Iterator[Label]:
    uri = row["conceptUri"]
    seen = set()
    for column, kind in (
        ("preferredLabel", PREFERRED),
        ("altLabels", ALTERNATIVE),
        ("hiddenLabels", HIDDEN),
    ):
        # A name may be broken over lines; the others stand one on a line.
        texts = row.get(column, "").splitlines() if kind != PREFERRED else [row[column]]
        for text in texts:
            for part in text.split(" | ") if kind != PREFERRED else [text]:
                if (label := _shown(part)) and label not in seen:
                    seen.add(label)
                    yield (uri, language, kind, label)


def _shown(text: str) -> str:
    label = " ".join(text.split())
    return label if len(label) <= LONGEST_LABEL else ""


_READERS: dict[str, Callable[[Content, Holding], None]] = {
    "occupations": _occupations,
    "skills": _skills,
    "skillGroups": _groups,
    "skillsHierarchy": _hierarchy,
    RELATION_TABLES[0]: _relations,
    RELATION_TABLES[1]: _broader,
    "job titles": _job_titles,
    "skill names": _skill_names,
}
