"""Small archives in the official layout, with content of our own."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence

from services.esco.archives import EscoFile
from services.esco.importing import import_esco

BASE = "http://data.europa.eu/esco/"
SKILL, OCCUPATION = f"{BASE}skill/", f"{BASE}occupation/"

PRUNE, TIE, JUICE, HELP, SIGN, SIGN_WRITE, ASKEW = (
    f"{SKILL}{name}"
    for name in ("prune", "tie", "juice", "help", "signing", "signing-write", "askew")
)
VINES, CELLAR = f"{OCCUPATION}vines", f"{OCCUPATION}cellar"
FIELD, ORCHARD, PRESSING, KNOWING, KINDNESS, TONGUES = (
    f"{SKILL}group-{name}"
    for name in ("field", "orchard", "pressing", "knowing", "kindness", "tongues")
)

Rows = Sequence[Mapping[str, str]]

OCCUPATIONS: Rows = (
    {
        "conceptUri": VINES,
        "iscoGroup": "6112",
        "preferredLabel": "vine tender",
        "altLabels": "keeper of vines\nvine\tworker",
        "hiddenLabels": "wine tender",
        "status": "released",
        "code": "6112.1",
    },
    {
        "conceptUri": CELLAR,
        "iscoGroup": "9211",
        "preferredLabel": "cellar hand",
        "altLabels": "",
        "hiddenLabels": "",
        "status": "released",
        "code": "9211.9",
    },
)


def _skill(
    uri: str, label: str, kind: str = "skill/competence", others: str = ""
) -> dict[str, str]:
    return {
        "conceptUri": uri,
        "skillType": kind,
        "preferredLabel": label,
        "altLabels": others,
        "hiddenLabels": "",
        "status": "released",
    }


SKILLS: Rows = (
    _skill(PRUNE, "shorten the\nshoots of vines", others="cut back shoots\nshoot cutting"),
    _skill(TIE, "tie up vines"),
    _skill(JUICE, "ways of pressing juice", "knowledge"),
    _skill(HELP, "be glad to help"),
    _skill(SIGN, "Mountain sign language", "knowledge"),
    _skill(SIGN_WRITE, "interpret Mountain sign language"),
    _skill(ASKEW, "level the ground askew", ""),
)
BROADER: Rows = (
    {"conceptUri": PRUNE, "broaderType": "SkillGroup", "broaderUri": ORCHARD},
    {"conceptUri": PRUNE, "broaderType": "SkillGroup", "broaderUri": FIELD},
    {"conceptUri": TIE, "broaderType": "KnowledgeSkillCompetence", "broaderUri": PRUNE},
    {"conceptUri": JUICE, "broaderType": "SkillGroup", "broaderUri": PRESSING},
    {"conceptUri": HELP, "broaderType": "SkillGroup", "broaderUri": KINDNESS},
    {"conceptUri": SIGN, "broaderType": "SkillGroup", "broaderUri": TONGUES},
    {"conceptUri": SIGN_WRITE, "broaderType": "KnowledgeSkillCompetence", "broaderUri": SIGN},
    {"conceptUri": ASKEW, "broaderType": "SkillGroup", "broaderUri": FIELD},
)
RELATIONS: Rows = (
    {"occupationUri": VINES, "relationType": "essential", "skillUri": PRUNE},
    {"occupationUri": VINES, "relationType": "optional", "skillUri": JUICE},
    {"occupationUri": CELLAR, "relationType": "essential", "skillUri": JUICE},
    {"occupationUri": f"{OCCUPATION}gone", "relationType": "essential", "skillUri": JUICE},
    {"occupationUri": CELLAR, "relationType": "optional", "skillUri": f"{SKILL}gone"},
)


def _place(*chain: tuple[str, str], pillar: str) -> dict[str, str]:
    row = {"Level 0 code": pillar}
    for level in range(4):
        uri, name = chain[level] if level < len(chain) else ("", "")
        row |= {f"Level {level} URI": uri, f"Level {level} preferred term": name}
    return row


_S, _K, _T, _L = ((f"{SKILL}pillar-{p}", p) for p in "SKTL")
HIERARCHY: Rows = (
    _place(_S, (f"{SKILL}s1", "growing"), (FIELD, "working in the field"), pillar="S"),
    _place(
        _S,
        (f"{SKILL}s1", "growing"),
        (FIELD, "working in the field"),
        (ORCHARD, "tending vines"),
        pillar="S",
    ),
    _place(_K, (f"{SKILL}k1", "crops"), (KNOWING, "crafts"), pillar="K"),
    _place(_K, (f"{SKILL}k1", "crops"), (KNOWING, "crafts"), (PRESSING, "pressing"), pillar="K"),
    _place(_T, (f"{SKILL}t1", "getting on"), pillar="T"),
    _place(_T, (f"{SKILL}t1", "getting on"), (KINDNESS, "being kind"), pillar="T"),
    _place(_L, (TONGUES, "tongues"), pillar="L"),
)


def archive(
    tables: Mapping[str, Rows], language: str | None = "en", version: str = "1.0.0"
) -> EscoFile:
    """An archive as the portal makes it, from tables by name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, rows in tables.items():
            part = f"{name}_{language}.csv" if language else f"{name}.csv"
            made.writestr(part, table(rows))
    packed.seek(0)
    name = f"ESCO dataset - v{version} - classification - {language or ''} - csv.zip"
    return EscoFile(name, packed)


def table(rows: Rows) -> str:
    """CSV of the rows."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(dict.fromkeys(key for row in rows for key in row)))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def concepts(language: str = "en", version: str = "1.0.0", **changed: Rows) -> EscoFile:
    """The archive of a language, but for the tables that are given."""
    tables = {"occupations": OCCUPATIONS, "skills": SKILLS, "skillsHierarchy": HIERARCHY}
    return archive(tables | changed, language, version)


def relations(version: str = "1.0.0", **changed: Rows) -> EscoFile:
    """The archive of relations, which has no language."""
    tables = {"occupationSkillRelations": RELATIONS, "broaderRelationsSkillPillar": BROADER}
    return archive(tables | changed, None, version)


def both(version: str = "1.0.0") -> tuple[EscoFile, EscoFile]:
    """The archive of English and that of the relations."""
    return concepts(version=version), relations(version)


def bring_in(*files: EscoFile) -> dict[str, int]:
    """Import these, else both archives; returns what was counted."""
    return dict(import_esco(files=files or both(), by=None).counts)
