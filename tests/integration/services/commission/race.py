"""People who act in the same moment, each on a connection of their own, and what came of it."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from db.session import engine
from domain.enums import VoteValue
from domain.exceptions import LabourMigrationError
from domain.records.ballots import MyVote
from domain.records.officer import Officer
from services.commission import cast_vote


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Run jobs in threads that start together; each answers with its result or its exception."""
    barrier = threading.Barrier(len(jobs))
    answers: list[object] = [None] * len(jobs)

    def run(place: int, job: Callable[[], object]) -> None:
        barrier.wait()
        try:
            answers[place] = job()
        except Exception as error:  # noqa: BLE001 - the test looks at what came
            answers[place] = error

    threads = [threading.Thread(target=run, args=(n, job)) for n, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return answers


def later(milliseconds: int, job: Callable[[], object]) -> Callable[[], object]:
    """The job, started a little after the others: each round of a race begins differently."""

    def wait() -> object:
        time.sleep(milliseconds / 1000)
        return job()

    return wait


def vote(
    shortlist_id: int,
    candidacy_id: int,
    by: Officer,
    *,
    value: VoteValue | None = VoteValue.FOR,
    request_id: str | None = None,
    scores: dict[str, int] | None = None,
) -> Callable[[], MyVote]:
    """A member about to vote."""
    return lambda: cast_vote(
        shortlist_id=shortlist_id,
        candidacy_id=candidacy_id,
        value=value,
        reason="გამოცდილება არ ყოფნის" if value is VoteValue.AGAINST else None,
        scores=scores,
        request_id=request_id,
        by=by,
    )


def accepted(answers: Sequence[object]) -> list[object]:
    """What went through."""
    return [answer for answer in answers if not isinstance(answer, Exception)]


def refused(answers: Sequence[object]) -> list[LabourMigrationError]:
    """What was refused with a sentence; anything else that went wrong fails the test."""
    wrong = [answer for answer in answers if isinstance(answer, Exception)]
    for one in wrong:
        assert isinstance(one, LabourMigrationError), repr(one)
    return [one for one in wrong if isinstance(one, LabourMigrationError)]


@dataclass
class Counts:
    """Attempts, accepted, refused and lost, summed over the rounds of one test."""

    what: str
    request: pytest.FixtureRequest
    attempts: int = 0
    accepted: int = 0
    refused: int = 0
    kept: int = 0

    def add(self, answers: Sequence[object], kept: int) -> None:
        """One round: what members were answered, and how many of these acts the database kept."""
        self.attempts += len(answers)
        self.accepted += len(accepted(answers))
        self.refused += len(refused(answers))
        self.kept += kept

    @property
    def lost(self) -> int:
        """Acts that a member was told are done and that are not there."""
        return self.accepted - self.kept

    def tell(self) -> None:
        """Print the line of the table, keep it with the report, and let nothing be lost."""
        line = {
            "database": engine().dialect.name,
            "what": self.what,
            "attempts": self.attempts,
            "accepted": self.accepted,
            "refused": self.refused,
            "lost": self.lost,
        }
        self.request.node.user_properties.append(("counts", line))
        print("COUNTS", *line.values(), sep=" | ")  # noqa: T201 - shown with pytest -rP
        assert self.attempts == self.accepted + self.refused
        assert self.lost == 0
