"""Gates decided outside the engine: scheme rules and facts of the process, as lists of people.

The engine has no field for age, citizenship or placement; a ranking is told whom they exclude.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from matching.types import Profile, Verdict

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class OutsideGate:
    """Ids of people whom a gate excludes and of those of whom it is unknown; all others met it."""

    failed: Ids
    unknown: Ids

    @classmethod
    def of(cls, *, failed: Iterable[int] = (), unknown: Iterable[int] = ()) -> OutsideGate:
        """Made of ids in any order."""
        return cls(_ids(failed), _ids(unknown))

    @cached_property
    def sorted_failed(self) -> Ids:
        """Each id once, ascending."""
        return np.unique(self.failed)

    @cached_property
    def sorted_unknown(self) -> Ids:
        """Each id once, ascending."""
        return np.unique(self.unknown)

    def verdict(self, person: int) -> Verdict:
        """The verdict on one person."""
        if _holds(self.sorted_failed, person):
            return Verdict.FAILED
        return Verdict.UNKNOWN if _holds(self.sorted_unknown, person) else Verdict.MET


Outside = Mapping[str, OutsideGate]
"""By the gate's name; a gate that is not there is met by everybody."""

NO_GATES: Outside = MappingProxyType({})


def with_verdicts(profile: Profile, outside: Outside) -> Profile:
    """The person together with what was decided outside, as the explanations need it."""
    verdicts = {name: gate.verdict(profile.person) for name, gate in outside.items()}
    return replace(profile, outside={n: v for n, v in verdicts.items() if v is not Verdict.MET})


def outside_of(profiles: Iterable[Profile]) -> dict[str, OutsideGate]:
    """The gates of a ranking from people who carry their verdicts."""
    found: dict[str, tuple[list[int], list[int]]] = {}
    for profile in profiles:
        for gate, verdict in profile.outside.items():
            failed, unknown = found.setdefault(gate, ([], []))
            if verdict is not Verdict.MET:
                (failed if verdict is Verdict.FAILED else unknown).append(profile.person)
    return {
        gate: OutsideGate.of(failed=failed, unknown=unknown)
        for gate, (failed, unknown) in found.items()
    }


def _ids(persons: Iterable[int]) -> Ids:
    return np.array(sorted(set(persons)), np.int64)


def _holds(ids: Ids, person: int) -> bool:
    place = int(np.searchsorted(ids, person))
    return place < len(ids) and int(ids[place]) == person
