"""Every group of sets with its methods, in the order of the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from bench.quality import baselines, ours, sets
from bench.quality.files import Files
from bench.quality.labels import Labels
from bench.quality.run import Method, Outcome, measure
from bench.quality.task import Task
from matching.coding import CodingIndex

Suite = Callable[[Files, Labels], Iterator[list[Outcome]]]
FROZEN = "char TF-IDF"


def _baselines(task: Task) -> list[Outcome]:
    return [measure(task, Method(name, make)) for name, make in baselines.BASELINES.items()]


def melo(files: Files, labels: Labels) -> Iterator[list[Outcome]]:
    for melo in sets.melo(files):
        concepts = sets.indexed(sorted(set(melo.concept_of_form)))
        column = np.array([concepts[c] for c in melo.concept_of_form])
        own = [(c, text) for c, text, _ in melo.own_labels if c in concepts]
        outcomes = _baselines(melo.task)
        if melo.task.group == "melo cross":
            outcomes.append(
                measure(
                    melo.task,
                    Method(
                        "pivot", lambda t, o=own, c=column, p=concepts: baselines.pivot(o, t, c, p)
                    ),
                )
            )
        outcomes.append(
            measure(
                melo.task,
                Method("ours", lambda t, m=melo: ours.melo_scorer(m, ours.melo_index(m))),
            )
        )
        yield outcomes


def jobbert(files: Files, labels: Labels) -> Iterator[list[Outcome]]:
    occupations = labels.occupations("en", groups=False)
    task = sets.jobbert(files, [(label.concept, label.text) for label in occupations])
    concepts = sorted({label.concept for label in occupations})
    yield [
        *_baselines(task),
        measure(
            task, Method("ours", lambda t: ours.code_scorer(t, CodingIndex(occupations), concepts))
        ),
    ]


def _coding(
    name: str, metrics: tuple[str, ...], texts: Sequence[tuple[str, str]], labels: Labels
) -> list[Outcome]:
    known = labels.isco("en")
    pairs = [(label.concept, label.text) for label in known]
    task = sets.coded(name, name, "en", metrics, texts, pairs)
    codes = sets.codes_of(pairs, texts)
    return [
        *_baselines(task),
        measure(task, Method("ours", lambda t: ours.code_scorer(t, CodingIndex(known), codes))),
    ]


def ilo(files: Files, labels: Labels) -> Iterator[list[Outcome]]:
    yield _coding("ilo", ("acc@4", "hit@5"), sets.ilo(files), labels)


def occ85(files: Files, labels: Labels) -> Iterator[list[Outcome]]:
    yield _coding("occ85", ("acc@4", "hit@3"), sets.occ85(files), labels)


SUITES: Mapping[str, Suite] = {
    "melo": melo,
    "jobbert": jobbert,
    "ilo": ilo,
    "occ85": occ85,
}
