"""What the officers were told is done: the only truth that the database is compared with."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field

Key = tuple[int, int]


@dataclass
class Ledger:
    """Kept by many threads; `uncertain` is what somebody gave up on: done or not, nobody knows."""

    guard: threading.Lock = field(default_factory=threading.Lock)
    edits: Counter[str] = field(default_factory=Counter)
    uncertain_edits: Counter[str] = field(default_factory=Counter)
    votes: dict[tuple[int, int, str], str] = field(default_factory=dict)
    uncertain_votes: set[tuple[int, int, str]] = field(default_factory=set)
    answers: dict[Key, str] = field(default_factory=dict)
    """Vacancy and person → the last acknowledged choice."""
    uncertain_answers: set[Key] = field(default_factory=set)
    closed: set[int] = field(default_factory=set)
    uncertain_closed: set[int] = field(default_factory=set)
    operations: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    """Counters that the officers keep themselves: errors shown, doubles accepted, …"""
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    milliseconds: list[float] = field(default_factory=list)
    retries: Counter[str] = field(default_factory=Counter)

    def note_wrong(self, what: str, example: str) -> None:
        with self.guard:
            self.wrong[what] += 1
            if len(self.examples[what]) < 5:
                self.examples[what].append(example[-1500:])
