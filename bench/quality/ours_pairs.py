"""What the product does with pairs of titles, coded advertisements and skill sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy import sparse

from bench.quality.files import Files
from bench.quality.labels import GROUP_URI, Labels
from bench.quality.sets import advertisements, indexed
from bench.quality.task import Floats, Scorer, Task
from matching.texts.coder import Coder
from matching.texts.coding import CodingIndex, Kind, Label, Match
from matching.texts.decided import certainty, together
from matching.texts.sentences import SentenceIndex
from matching.texts.title_space import LIKELIEST, Placed, TitleSpace, likeness
from matching.texts.titles import normalise_title

WIDER = 40  # as services.coding.title_coding looks at
SHOWN = 300


class RankedDocuments(CodingIndex):
    """Ranks a document once, however many methods and languages look at it; queries anew."""

    documents: frozenset[str] = frozenset()

    def rank(
        self, text: str, *, languages: Sequence[str] = (), top: int = 10, least: float = 0.0
    ) -> tuple[Match, ...]:
        if text not in self.documents or least:
            return super().rank(text, languages=languages, top=top, least=least)
        known = self.__dict__.setdefault("_ranked", {})
        key = (text, *languages)
        if key not in known:
            known[key] = super().rank(text, languages=languages, top=LIKELIEST + 1)
        found: tuple[Match, ...] = known[key][:top]
        return found


def title_space(
    labels: Labels, languages: Sequence[str], documents: Iterable[str] = ()
) -> TitleSpace:
    known = [label for language in languages for label in labels.occupations(language)]
    group_of = {
        label.concept: labels.isco_of.get(label.concept, label.concept.removeprefix(GROUP_URI))
        for label in known
    }
    index = RankedDocuments(known, labels.of_occupations)
    index.documents = frozenset(documents)
    return TitleSpace(index, group_of)


def alike_scorer(task: Task, space: TitleSpace, placed: Placed | None = None) -> Scorer:
    documents = placed or space.place(task.forms, task.form_language)

    def score(texts: Sequence[str]) -> Floats:
        return likeness(space.place(texts, task.language), documents)

    return score


_coders: dict[str, Coder] = {}


def coder_of(files: Files, expert: str, known: Sequence[Label]) -> Coder:
    """Trained once on the advertisements that this expert coded, and on the labels of the codes."""
    if expert not in _coders:
        own = [one for one in advertisements(files) if one.expert == expert]
        _coders[expert] = Coder.train(
            [one.title for one in own],
            [one.code for one in own],
            label_texts=[label.text for label in known],
            label_codes=[label.concept for label in known],
        )
    return _coders[expert]


def decided_scorer(language: str, index: CodingIndex, coder: Coder, codes: Sequence[str]) -> Scorer:
    """Labels and what was learnt, together."""
    place = indexed(codes)

    def score(texts: Sequence[str]) -> Floats:
        found = np.zeros((len(texts), len(codes)), np.float32)
        for row, text in enumerate(texts):
            scores = certainty(coder.scores([text])[0])
            order = (-scores).argsort(kind="stable")[:WIDER]
            decided = {coder.codes[i]: float(scores[i]) for i in order if scores[i] > 0}
            matches = index.index(language).matches(normalise_title(text), WIDER)
            by_label = {match.concept: match.score for match in matches}
            decided |= {
                code: float(scores[i])
                for i, code in enumerate(coder.codes)
                if code in by_label and scores[i] > 0
            }
            for code, value in together(decided, by_label).items():
                if code in place:
                    found[row, place[code]] = value
        return found

    return score


def sentence_scorer(labels: Labels, listed: Sequence[str]) -> Scorer:
    """Skills by their names in English, those of the list only."""
    place = indexed(listed)
    known = [Label(name, "en", text, kind) for name, text, kind in labels.skills if name in place]
    named = {label.concept for label in known}
    known += [Label(name, "en", name, Kind.PREFERRED) for name in listed if name not in named]
    index = SentenceIndex("en", known)

    def score(texts: Sequence[str]) -> Floats:
        found = np.zeros((len(texts), len(listed)), np.float32)
        for row, text in enumerate(texts):
            for match in index.matches(normalise_title(text), SHOWN):
                found[row, place[match.concept]] = match.score
        return found

    return score


def codes_only(task: Task, space: TitleSpace) -> Scorer:
    """Nothing but the likeliest unit group of both sides: same code, else shared first digits."""

    def likeliest(texts: Sequence[str], language: str) -> list[str]:
        found = []
        for text in texts:
            best = space.index.rank(text, languages=(language,), top=1)
            found.append(space.group_of.get(best[0].concept, "") if best else "")
        return found

    of_documents = likeliest(task.forms, task.form_language)

    def score(texts: Sequence[str]) -> Floats:
        found = np.zeros((len(texts), task.documents), np.float32)
        for row, code in enumerate(likeliest(texts, task.language)):
            for digits in range(1, len(code) + 1):
                found[row] += [other[:digits] == code[:digits] for other in of_documents]
        return found

    return score


def place_coded(
    space: TitleSpace, task: Task, coded_by: Sequence[str], coders: Mapping[str, Coder]
) -> Placed:
    """Advertisements placed with the coder that learnt from the other expert's."""
    parts = []
    for expert, other in (("1", "2"), ("2", "1")):
        mine = [i for i, name in enumerate(coded_by) if name == expert]
        placed = space.place([task.forms[i] for i in mine], task.form_language, coders[other])
        parts.append((mine, placed))
    order = np.argsort(np.concatenate([mine for mine, _ in parts]), kind="stable")
    occupations = sparse.csr_array(sparse.vstack([p.occupations for _, p in parts]).tocsr()[order])
    groups = sparse.csr_array(sparse.vstack([p.groups for _, p in parts]).tocsr()[order])
    letters = sparse.csr_array(sparse.vstack([p.letters for _, p in parts]).tocsr()[order])
    return Placed(task.forms, occupations, groups, letters)
