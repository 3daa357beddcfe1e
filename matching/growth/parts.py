"""Ranks many people for many vacancies in parts, which can be done anywhere, twice, or later.

A part is some people × some vacancies. Its result, each vacancy's best of these people, depends on
nobody else, so the best of several parts are the best of all: merging is a sort and a cut, in any
order, and a part that was done twice changes nothing. A finished part is a file named by everything
it was made from; a batch that was stopped goes on with the files it finds.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matching.engine import blocks
from matching.engine.columns import PeopleColumns, take
from matching.outside import NO_GATES, Outside
from matching.parameters import Parameters
from matching.pool import Pool
from matching.top import Top, batch
from matching.types import Requirement, Vocabulary

SHARD = 65_536
"""Ids in a part: so many people or fewer."""

VACANCIES_IN_PART = 500
"""Vacancies in a part: enough to be worth reading the people, few enough to show progress."""

BEST = np.dtype(
    [
        ("vacancy", "<i4"),
        ("person", "<i8"),
        ("registered", "<i4"),
        ("points", "<i4"),
        ("low", "<i4"),
        ("high", "<i4"),
    ]
)
"""One candidate of one vacancy (its place in the job); points per million."""

Best = npt.NDArray[np.void]
OnProgress = Callable[[int, int], None]
"""Called with the parts that are done and all parts."""


@dataclass(frozen=True)
class Job:
    """What is asked of everybody: the vacancies, the rules, and how many of the best are kept."""

    requirements: Sequence[Requirement]
    vocabulary: Vocabulary
    parameters: Parameters
    top: int
    outside: Sequence[Outside] = ()
    """Whom gates decided outside the engine exclude, one entry per vacancy, or none at all."""

    def outside_of(self, place: int) -> Outside:
        """The gates outside the engine of one vacancy."""
        return self.outside[place] if self.outside else NO_GATES


@dataclass(frozen=True)
class Part:
    """Some people × some vacancies."""

    key: str
    """SHA-256 of everything the result is made from."""
    people: str
    """Name of the people's file: the SHA-256 of its content."""
    first: int
    """Place of the first vacancy in the job."""
    last: int
    """The place after the last one."""


@dataclass(frozen=True)
class Workplace:
    """A folder that all workers see: the people's files and the finished parts."""

    folder: Path

    def people_file(self, name: str) -> Path:
        """People of one shard, never changed once written."""
        return self.folder / "people" / f"{name}.people"

    def result_file(self, part: Part) -> Path:
        """The best of a finished part."""
        return self.folder / "parts" / f"{part.key}.npy"

    def is_done(self, part: Part) -> bool:
        """Whether a part has been finished, in this run or an earlier one."""
        return self.result_file(part).exists()


def plan(
    people: PeopleColumns,
    job: Job,
    workplace: Workplace,
    *,
    shard: int = SHARD,
    vacancies: int = VACANCIES_IN_PART,
) -> list[Part]:
    """Write the people's files that are missing; all parts, those of the same people together."""
    (workplace.folder / "parts").mkdir(parents=True, exist_ok=True)
    asked = _names(job, vacancies)
    parts = []
    for rows in _by_id(people, shard):
        name = _write_people(take(people, rows), workplace)
        for first, (last, question) in asked.items():
            key = hashlib.sha256(f"{name} {question}".encode()).hexdigest()
            parts.append(Part(key, name, first, last))
    return parts


def _by_id(people: PeopleColumns, shard: int) -> list[npt.NDArray[np.int64]]:
    """Rows of neighbouring ids: whoever registers today is in the last shard, not in all."""
    ends = np.flatnonzero(np.diff(people.person // shard)) + 1
    return [rows for rows in np.split(np.arange(len(people)), ends) if len(rows)]


def _names(job: Job, count: int) -> Mapping[int, tuple[int, str]]:
    """For each block of vacancies: where it ends, and the SHA-256 of what is asked in it."""
    terms = hashlib.sha256()
    for relation in (job.vocabulary.group, job.vocabulary.broader, job.vocabulary.rarity):
        terms.update(json.dumps(sorted(relation.items())).encode())
    essential = sorted((code, sorted(some)) for code, some in job.vocabulary.essential.items())
    terms.update(json.dumps([essential, asdict(job.parameters), job.top], default=str).encode())
    named = {}
    for first in range(0, len(job.requirements), count):
        last = min(first + count, len(job.requirements))
        block = terms.copy()
        for place in range(first, last):
            block.update(json.dumps(asdict(job.requirements[place])).encode())
            for gate, decided in sorted(job.outside_of(place).items()):
                block.update(gate.encode() + b"\0")
                block.update(decided.sorted_failed.tobytes() + b"\0")
                block.update(decided.sorted_unknown.tobytes() + b"\0")
        named[first] = (last, block.hexdigest())
    return named


def _write_people(people: PeopleColumns, workplace: Workplace) -> str:
    content = blocks.encode(people)
    name = blocks.sha256_of(content)
    path = workplace.people_file(name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _put(path, lambda draft: draft.write_bytes(content))
    return name


def _put(path: Path, write: Callable[[Path], object]) -> None:
    """A file appears whole or not at all, also when its writer is killed."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    write(draft)
    draft.replace(path)


@dataclass
class Worker:
    """Does parts one after another and keeps the people of the last one."""

    job: Job
    workplace: Workplace
    threads: int = 1
    _kept: tuple[str, PeopleColumns, Pool] | None = field(default=None, repr=False)

    def do(self, part: Part) -> str:
        """Rank, and leave the result in the workplace; its key."""
        if not self.workplace.is_done(part):
            best = self._best(part)
            path = self.workplace.result_file(part)
            _put(path, lambda draft: _save(draft, best))
        return part.key

    def _best(self, part: Part) -> Best:
        job, places = self.job, range(part.first, part.last)
        people, pool = self._people(part.people)
        found = batch(
            pool,
            [job.requirements[place] for place in places],
            job.vocabulary,
            job.parameters,
            k=job.top,
            threads=self.threads,
            outside=[job.outside_of(place) for place in places],
        )
        return _table(part.first, found, people)

    def _people(self, name: str) -> tuple[PeopleColumns, Pool]:
        if self._kept is None or self._kept[0] != name:
            self._kept = None  # let go of the last people before the next ones come
            people = blocks.decode(self.workplace.people_file(name).read_bytes())
            self._kept = (name, people, Pool.from_columns(people))
        return self._kept[1], self._kept[2]


def _table(first: int, found: Sequence[Top], people: PeopleColumns) -> Best:
    best = np.zeros(sum(len(each.persons) for each in found), BEST)
    begin = 0
    for place, each in enumerate(found, start=first):
        rows = best[begin : begin + len(each.persons)]
        rows["vacancy"], rows["person"] = place, each.persons
        rows["points"], rows["low"], rows["high"] = each.points, each.low, each.high
        begin += len(rows)
    best["registered"] = people.registered[np.searchsorted(people.person, best["person"])]
    return best


def _save(path: Path, best: Best) -> None:
    with path.open("wb") as file:
        np.save(file, best, allow_pickle=False)


def merge(tables: Iterable[Best], top: int) -> Best:
    """The best of several parts: by vacancy, best first, nobody twice."""
    best = np.concatenate([np.zeros(0, BEST), *tables])
    best = best[_order(best)]
    again = best[1:] == best[:-1]  # the same part, merged twice
    best = best[np.append(np.ones(min(len(best), 1), bool), ~again)]
    begins = np.searchsorted(best["vacancy"], best["vacancy"])
    kept: Best = best[np.arange(len(best)) - begins < top]
    return kept


def _order(best: Best) -> npt.NDArray[np.int64]:
    keys = (best["person"], best["registered"], -best["low"], -best["points"], best["vacancy"])
    return np.lexsort(keys)


def collect(parts: Sequence[Part], job: Job, workplace: Workplace) -> Iterator[Best]:
    """The result of a batch all of whose parts are done, some vacancies at a time, in order."""
    of_block: dict[int, list[Part]] = {}
    for part in parts:
        of_block.setdefault(part.first, []).append(part)
    for first in sorted(of_block):
        files = [workplace.result_file(part) for part in of_block[first]]
        yield merge((np.load(file, allow_pickle=False) for file in files), job.top)
