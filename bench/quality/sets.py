"""The public labelled sets, read into tasks. A set whose file is missing raises `Missing`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bench.quality.files import Files, first_existing, qrels
from bench.quality.task import Task
from matching.texts.titles import normalise_title

Q = "quality/"
TALENTCLEF = {"english": "en", "german": "de"}


def indexed(names: Sequence[str]) -> dict[str, int]:
    return {name: i for i, name in enumerate(names)}


@dataclass(frozen=True)
class Melo:
    """A national classification's titles and the ESCO forms to link them to."""

    task: Task
    concept_of_form: tuple[str, ...]
    own_labels: tuple[
        tuple[str, str, bool], ...
    ]  # concept, form in the query's language, preferred


def melo(files: Files) -> Iterator[Melo]:
    sets = files.rows(Q + "melo/sets.csv")
    corpus_in = {}
    for row in sets:
        origin, _, asked, _, told = row["set"].split("_")
        if asked == told:
            corpus_in[origin, asked] = (row["corpus"], row["concepts"])
    for row in sets:
        origin, _, asked, _, told = row["set"].split("_")
        own = _melo_forms(files, *corpus_in[origin, asked])
        forms = _melo_forms(files, row["corpus"], row["concepts"])
        at = indexed([name for name, _, _ in forms])
        grades = qrels(files, Q + row["annotations"])
        queries = [(line[0], line[1]) for line in files.lines(Q + row["queries"])]
        queries = [(name, text) for name, text in queries if name in grades]
        task = Task(
            set=row["set"],
            group="melo same" if asked == told else "melo cross",
            language=asked,
            form_language=told,
            metrics=("MRR",),
            queries=tuple(text for _, text in queries),
            relevant=tuple({at[d]: g for d, g in grades[name].items()} for name, _ in queries),
            forms=tuple(text for _, text, _ in forms),
            document_of=np.arange(len(forms)),
            documents=len(forms),
        )
        labels = tuple((uri, text, name.endswith("_000")) for name, text, uri in own)
        yield Melo(task, tuple(uri for _, _, uri in forms), labels)


def _melo_forms(files: Files, corpus: str, concepts: str) -> list[tuple[str, str, str]]:
    concept = {line[0]: line[1] for line in files.lines(Q + concepts)}
    return [(line[0], "".join(line[1:]), concept[line[0]]) for line in files.lines(Q + corpus)]


def jobbert(files: Files, concepts: Sequence[tuple[str, str]]) -> Task:
    """`concepts` = (ESCO occupation, label) in English."""
    uris = sorted({uri for uri, _ in concepts})
    at = indexed(uris)
    rows = [r for r in files.rows(Q + "jobbert/titles.csv.gz") if r["conceptUri"] in at]
    return Task(
        set="jobbert",
        group="jobbert",
        language="en",
        metrics=("MRR", "R@5", "R@10"),
        queries=tuple(r["vacancyTitle"] for r in rows),
        relevant=tuple({at[r["conceptUri"]]: 1.0} for r in rows),
        forms=tuple(text for _, text in concepts),
        document_of=np.array([at[uri] for uri, _ in concepts]),
        documents=len(uris),
    )


def ranked_texts(
    files: Files, name: str, group: str, metric: str, language: str, told: str, folder: str
) -> Task:
    """A folder with queries, documents and grades."""
    corpus = "corpus_elements" if group == "talentclef" else "docs"
    head = group == "talentclef"
    queries = list(files.lines(first_existing(files, f"{folder}/queries.tsv")))[head:]
    place = f"{Q}xseek" if group == "xseek" else folder
    documents = first_existing(files, f"{place}/{corpus}.tsv", f"{place}/{corpus}.tsv.gz")
    texts = list(files.lines(documents))[head:]
    at = indexed([line[0] for line in texts])
    grades = qrels(files, first_existing(files, f"{folder}/qrels.tsv", f"{folder}/qrels.tsv.gz"))
    kept = [(line[0], line[1]) for line in queries if line[0] in grades]
    return Task(
        set=name,
        group=group,
        language=language,
        form_language=told,
        metrics=(metric,),
        queries=tuple(text for _, text in kept),
        relevant=tuple(
            {at[d]: g for d, g in grades[q].items() if d in at and g > 0} for q, _ in kept
        ),
        forms=tuple(line[1] if len(line) > 1 else "" for line in texts),
        document_of=np.arange(len(texts)),
        documents=len(texts),
        is_whole_ranked=metric == "MAP",
    )


def talentclef(files: Files) -> Iterator[Task]:
    for folder, language in TALENTCLEF.items():
        path = f"{Q}talentclef2025/{folder}"
        yield ranked_texts(
            files, f"talentclef {language}", "talentclef", "MAP", language, language, path
        )


def pes_pairs(files: Files) -> Iterator[Task]:
    for path in files.parts_of(Q + "pes_pairs/*"):
        ours, theirs = (side.split("_")[1] for side in path.rsplit("/", 1)[1].split("__"))
        yield ranked_texts(files, f"pes {ours}→{theirs}", "pes", "nDCG@10", ours, theirs, path)


def xseek(files: Files) -> Iterator[Task]:
    for path in files.parts_of(Q + "xseek/*_*"):
        language = path[-2:]
        if (files.root / path).is_dir():
            yield ranked_texts(files, f"xseek {language}", "xseek", "nDCG@10", language, "pl", path)


def coded(
    name: str,
    group: str,
    language: str,
    metrics: tuple[str, ...],
    texts: Sequence[tuple[str, str]],
    labels: Sequence[tuple[str, str]],
) -> Task:
    """Texts with their code; `labels` = (code, label) of the codes that can be chosen."""
    codes = sorted({code for code, _ in labels} | {code for _, code in texts})
    at = indexed(codes)
    return Task(
        set=name,
        group=group,
        language=language,
        form_language=language,
        metrics=metrics,
        queries=tuple(text for text, _ in texts),
        relevant=tuple({at[code]: 1.0} for _, code in texts),
        forms=tuple(text for _, text in labels),
        document_of=np.array([at[code] for code, _ in labels]),
        documents=len(codes),
    )


def codes_of(labels: Sequence[tuple[str, str]], texts: Sequence[tuple[str, str]]) -> list[str]:
    """The codes that `coded` numbers, in its order."""
    return sorted({code for code, _ in labels} | {code for _, code in texts})


@dataclass(frozen=True)
class Advertisement:
    """A real advertisement's title, its unit group and who coded it."""

    uid: str
    title: str
    code: str
    expert: str


def advertisements(files: Files) -> list[Advertisement]:
    return [
        Advertisement(r["uid"], r["title"], r["isco4"], r["expert"])
        for r in files.rows(Q + "pl_ads/hand_coded.csv.gz")
    ]


def thesaurus(files: Files) -> list[tuple[str, str]]:
    """(unit group, title) of the official Polish index of occupations."""
    rows = files.rows(Q + "pl_ads/gus-thesaurus.csv.gz")
    pairs = [(row["code"][:4], text.strip()) for row in rows for text in row["desc"].split(",")]
    return [(code, text) for code, text in pairs if text]


def ilo(files: Files) -> list[tuple[str, str]]:
    """(title, unit group), each title once."""
    found: dict[str, tuple[str, str]] = {}
    for row in files.rows(Q + "ilo_index/isco08_index.csv"):
        found.setdefault(normalise_title(row["title"]), (row["title"], row["isco08"].zfill(4)))
    return list(found.values())


def occ85(files: Files) -> list[tuple[str, str]]:
    rows = files.rows(Q + "occ85/isco_benchmark_data.csv")
    return [(r["TITLE"], r["MANUAL_ISCO1"]) for r in rows if len(r["MANUAL_ISCO1"].strip()) == 4]


def skills(files: Files, name: str) -> tuple[list[tuple[str, set[str]]], list[str]]:
    """(sentence, right labels) of a set and all labels that can be chosen."""
    listed = files.text(Q + "skills/skills_en_label.txt.gz").read().splitlines()
    known = set(listed)
    right: dict[str, set[str]] = {}
    for row in files.rows(f"{Q}skills/{name}_validation_annotations.csv"):
        if row["label"] in known:
            right.setdefault(row["sentence"], set()).add(row["label"])
    return list(right.items()), listed


def skill_task(files: Files, name: str) -> tuple[Task, list[str]]:
    """Sentences to skills, and the labels that can be chosen."""
    sentences, listed = skills(files, name)
    names = list(dict.fromkeys(listed))
    at = indexed(names)
    task = Task(
        set=f"skills {name}",
        group="skills",
        language="en",
        metrics=("RP@10", "MRR"),
        queries=tuple(sentence for sentence, _ in sentences),
        relevant=tuple({at[label]: 1.0 for label in right} for _, right in sentences),
        forms=tuple(names),
        document_of=np.arange(len(names)),
        documents=len(names),
    )
    return task, names


def shares(counts: Mapping[str, int], names: Sequence[str]) -> np.ndarray:
    return np.array([counts.get(name, 0) for name in names], np.float32)
