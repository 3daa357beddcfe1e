"""Every group of sets with its methods, in the order of the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from bench.quality import baselines, ours, ours_pairs, sets
from bench.quality.files import Files
from bench.quality.labels import Labels
from bench.quality.run import Method, Outcome, drawn, joined, measure, sampled, subset
from bench.quality.task import Scorer, Task
from matching.texts.coding import CodingIndex, Label
from matching.texts.title_space import TitleSpace
from matching.texts.titles import normalise_title

Suite = Callable[[Files, Labels, int], Iterator[list[Outcome]]]
"""Takes the most queries a set may have; more of one are drawn."""
FROZEN = "char TF-IDF"


def _baselines(task: Task) -> list[Outcome]:
    return [measure(task, Method(name, make)) for name, make in baselines.BASELINES.items()]


def melo(files: Files, labels: Labels, most: int) -> Iterator[list[Outcome]]:
    index = ours.LatestIndex(labels)  # the same for both sets of a country
    for melo in sets.melo(files):
        melo = replace(melo, task=sampled(melo.task, most))
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
                Method(
                    "ours",
                    lambda t, m=melo: ours.melo_scorer(m, index.of(m)),
                ),
            )
        )
        yield outcomes


def jobbert(files: Files, labels: Labels, most: int) -> Iterator[list[Outcome]]:
    occupations = labels.occupations("en", groups=False)
    task = sets.jobbert(files, [(label.concept, label.text) for label in occupations])
    task = sampled(task, 6 * most)
    concepts = sorted({label.concept for label in occupations})
    yield [
        *_baselines(task),
        measure(
            task,
            Method(
                "ours",
                lambda t: ours.code_scorer(
                    t, CodingIndex(occupations, labels.of_occupations), concepts
                ),
            ),
        ),
    ]


def _coding(
    name: str, metrics: tuple[str, ...], texts: Sequence[tuple[str, str]], labels: Labels, most: int
) -> list[Outcome]:
    known = labels.isco("en")
    pairs = [(label.concept, label.text) for label in known]
    codes = sets.codes_of(pairs, texts)
    task = sampled(sets.coded(name, name, "en", metrics, texts, pairs), 6 * most)
    return [
        *_baselines(task),
        measure(
            task,
            Method(
                "ours", lambda t: ours.code_scorer(t, CodingIndex(known, labels.of_groups), codes)
            ),
        ),
    ]


def ilo(files: Files, labels: Labels, most: int) -> Iterator[list[Outcome]]:
    yield _coding("ilo", ("acc@4", "hit@5"), sets.ilo(files), labels, most)


def occ85(files: Files, labels: Labels, most: int) -> Iterator[list[Outcome]]:
    yield _coding("occ85", ("acc@4", "hit@3"), sets.occ85(files), labels, most)


def _ads_task(
    name: str, own: Sequence[sets.Advertisement], pairs: Sequence[tuple[str, str]]
) -> Task:
    texts = [(one.title, one.code) for one in own]
    return sets.coded(name, "pl_ads", "pl", ("acc@4", "hit@5"), texts, pairs)


def pl_ads(files: Files, labels: Labels, most: int) -> Iterator[list[Outcome]]:
    """Each expert's advertisements by a coder that learnt from the other's."""
    ads = sets.advertisements(files)
    known = labels.isco("pl") + [Label(c, "pl", text) for c, text in sets.thesaurus(files)]
    pairs = [(label.concept, label.text) for label in known]
    index = CodingIndex(known, labels.of_groups)
    folds, unseen = [], []
    for asked, learnt in (("1", "2"), ("2", "1")):
        own = [one for one in ads if one.expert == asked]
        own = [own[i] for i in drawn(len(own), 6 * most)]
        others = [one for one in ads if one.expert == learnt]
        task = _ads_task(f"pl_ads {asked}", own, pairs)
        codes = sets.codes_of(pairs, [(one.title, one.code) for one in own])
        counts = sets.shares(Counter(one.code for one in others), codes)
        task = replace(task, popularity=counts)

        def fused(_: Task, learnt: str = learnt, codes: list[str] = codes) -> Scorer:
            coder = ours_pairs.coder_of(files, learnt, known)
            return ours_pairs.decided_scorer("pl", index, coder, codes)

        folds.append(
            [
                *_baselines(task),
                measure(task, Method("labels only", _by_labels(index, codes))),
                measure(task, Method("ours", fused)),
            ]
        )
        seen = {normalise_title(one.title) for one in others}
        unseen.append(np.array([normalise_title(one.title) not in seen for one in own]))
    whole = joined(folds, "pl_ads")
    yield whole
    yield subset(whole, "pl_ads unseen titles", np.concatenate(unseen))


def _by_labels(index: CodingIndex, codes: list[str]) -> Callable[[Task], Scorer]:
    return lambda task: ours.code_scorer(task, index, codes)


def talentclef(files: Files, labels: Labels, most: int) -> Iterator[list[Outcome]]:
    for task in sets.talentclef(files):
        task = sampled(task, most)
        space = ours_pairs.title_space(labels, [task.language], {*task.forms} - {*task.queries})
        yield [*_baselines(task), measure(task, _alike(space)), measure(task, _codes_only(space))]


def pes(files: Files, labels: Labels, most: int) -> Iterator[list[Outcome]]:
    for task in sets.pes_pairs(files):
        task = sampled(task, most)
        space = ours_pairs.title_space(
            labels, [task.language, task.form_language], {*task.forms} - {*task.queries}
        )
        yield [*_baselines(task), measure(task, _codes_only(space)), measure(task, _alike(space))]


def xseek(files: Files, labels: Labels, most: int) -> Iterator[list[Outcome]]:
    """The coder that places an advertisement learnt from the other expert's advertisements."""
    ads = sets.advertisements(files)
    expert_of = {one.uid: one.expert for one in ads}
    known = labels.isco("pl") + [Label(c, "pl", text) for c, text in sets.thesaurus(files)]
    coders = {name: ours_pairs.coder_of(files, name, known) for name in ("1", "2")}
    coded_by = [
        expert_of[uid] for _, uid, _ in list(files.lines(sets.Q + "xseek/docs_uid.tsv"))[1:]
    ]
    tasks = [sampled(task, most) for task in sets.xseek(files)]
    languages = ["pl", *(task.language for task in tasks)]
    space = ours_pairs.title_space(labels, languages, tasks[0].forms)
    placed = ours_pairs.place_coded(space, tasks[0], coded_by, coders)
    for task in tasks:
        yield [
            *_baselines(task),
            measure(task, _codes_only(space)),
            measure(
                task, Method("without the coder", lambda t, s=space: ours_pairs.alike_scorer(t, s))
            ),
            measure(
                task, Method("ours", lambda t, s=space, p=placed: ours_pairs.alike_scorer(t, s, p))
            ),
        ]


def skills(files: Files, labels: Labels, most: int) -> Iterator[list[Outcome]]:
    for name in ("tech", "house"):
        task, listed = sets.skill_task(files, name)
        score = Method("ours", lambda t, n=listed: ours_pairs.sentence_scorer(labels, n))
        yield [*_baselines(task), measure(task, score)]


def _alike(space: TitleSpace) -> Method:
    return Method("ours", lambda task: ours_pairs.alike_scorer(task, space))


def _codes_only(space: TitleSpace) -> Method:
    return Method("codes only", lambda task: ours_pairs.codes_only(task, space))


SUITES: Mapping[str, Suite] = {
    "melo": melo,
    "jobbert": jobbert,
    "pl_ads": pl_ads,
    "ilo": ilo,
    "occ85": occ85,
    "xseek": xseek,
    "pes": pes,
    "talentclef": talentclef,
    "skills": skills,
}
