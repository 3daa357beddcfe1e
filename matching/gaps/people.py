"""Facts of everybody by row of a pool's shards, one column for each thing that can be trained."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.engine.columns import FactColumn, Int64s, PeopleColumns
from matching.engine.jit import Array
from matching.engine.lexicon import Lexicon, inverted_by
from matching.engine.state import State

Bools = npt.NDArray[np.bool_]


class Columns:
    """Rows are those of the shards, one after the other, also of people who have left."""

    def __init__(self, state: State, lexicon: Lexicon) -> None:
        self.state, self.lexicon = state, lexicon
        parts = [shard.people(np.arange(len(shard))) for shard in state.shards]
        self.begins = np.cumsum([0, *(len(part) for part in parts)])
        self.size = int(self.begins[-1])
        self.person: Int64s = _joined([part.person for part in parts], np.int64)
        self.registered = _joined([part.registered for part in parts], np.int32)
        self._languages, self._licences = (
            self._facts(parts, name) for name in ("languages", "licences")
        )
        self.has_languages = self._any(self._languages[0])
        self.has_licences = self._any(self._licences[0])
        work, skill = self._facts(parts, "occupations")[0], self._facts(parts, "skills")[0]
        self.has_history = self._any(work) | self._any(skill)
        self._levels: dict[int, Array] = {}

    def _facts(self, parts: list[PeopleColumns], name: str) -> tuple[Array, Array, Array]:
        columns: list[FactColumn] = [getattr(part, name) for part in parts]
        rows = [c.row + begin for c, begin in zip(columns, self.begins, strict=False)]
        return (
            _joined(rows, np.int64),
            _joined([column.name for column in columns], np.int32),
            _joined([column.value for column in columns], np.int32),
        )

    def _any(self, rows: Array) -> Bools:
        found = np.zeros(self.size, np.bool_)
        found[rows] = True
        return found

    def level(self, language: str) -> Array:
        """The level of everybody in a language; 0 where it is not named."""
        number = self.state.names.of["languages"].number(language)
        if number not in self._levels:
            row, name, level = self._languages
            held = np.zeros(self.size, np.int8)
            here = name == number
            held[row[here]] = level[here]
            self._levels[number] = held
        return self._levels[number]

    def holds(self, licence: str) -> Bools:
        """Who holds a licence."""
        row, name, _ = self._licences
        return self._any(row[name == self.state.names.of["licences"].number(licence)])

    def has_feature(self, feature: int) -> Bools:
        """Who has a skill, a group or a broader group; see `matching.engine.lexicon`."""
        found = np.zeros(self.size, np.bool_)
        implying = np.zeros(len(self.state.names.of["occupations"]) + 1, np.bool_)
        if feature < len(self.lexicon.codes_ptr) - 1:
            begin, end = self.lexicon.codes_ptr[feature : feature + 2]
            implying[self.lexicon.codes[begin:end] + 1] = True
        for shard, begin in zip(self.state.shards, self.begins, strict=False):
            inverted = inverted_by(shard, self.lexicon)
            part = found[begin : begin + len(shard)]
            part[:] = implying[inverted.primary]
            if feature < len(inverted.ptr) - 1:
                part[inverted.rows[inverted.ptr[feature] : inverted.ptr[feature + 1]]] = True
        return found


def _joined(columns: list[Array], kind: type[np.generic]) -> Array:
    return np.concatenate(columns) if columns else np.zeros(0, kind)
