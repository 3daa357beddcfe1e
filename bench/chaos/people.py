"""The simulated officers: what they do, how long they think, what they do when no answer comes."""

from __future__ import annotations

import contextlib
import http.client
import json
import random
import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from bench.chaos.ledger import Ledger
from bench.chaos.stage import Post, Round, Stage

ONE_TRY, ALL_TRIES = 8.0, 25.0
"""Seconds until an officer tries again, and until it counts as an error that was shown."""
THINK = (0.2, 0.8)
EDITS_AGAIN = 6
MIX = (("edit", 0.50), ("vote", 0.25), ("answer", 0.12), ("close", 0.02), ("look", 0.11))
DOUBLE_CLICK = 0.3
ON_HOT_FILES, HOT_FILES = 0.3, 12
HOT_ROUNDS = 4
FULL_OR_TAKEN = ("places are free", "is with the employer of", "another employer has chosen")

Answer = tuple[int, Any]


class GaveUp(Exception):
    """No answer within the officer's patience: whether it was done is not known."""


class Office:
    """Everything that the officers share: addresses of the replicas, the ledger, who does what."""

    def __init__(self, stage: Stage, ports: list[int], ledger: Ledger, quorum: int) -> None:
        self.stage, self.ports, self.ledger, self.quorum = stage, ports, ledger, quorum
        self.stop = threading.Event()
        self.claimed: set[Any] = set()
        self.waiting = [(index, one) for index, one in enumerate(stage.rounds)]
        self.counts: dict[int, dict[int, int]] = {
            one.shortlist: dict.fromkeys(one.candidacies, 0) for one in stage.rounds
        }
        self.taken_votes: set[tuple[int, int, str]] = set()

    def claim(self, what: Any) -> bool:
        with self.ledger.guard:
            if what in self.claimed:
                return False
            self.claimed.add(what)
            return True

    def release(self, what: Any) -> None:
        with self.ledger.guard:
            self.claimed.discard(what)

    def hot_rounds(self) -> list[Round]:
        """The rounds that are voted on now; the next one follows whichever is closed."""
        with self.ledger.guard:
            over = self.ledger.closed | self.ledger.uncertain_closed
            return [one for one in self.stage.rounds if one.shortlist not in over][:HOT_ROUNDS]


def send(office: Office, dice: random.Random, op: str, by: str, **args: Any) -> Answer:
    """Order something under one request id, again and again, until there is an answer."""
    order = json.dumps({"op": op, "request": uuid4().hex, "officer": by, "args": args}).encode()
    begun = time.monotonic()
    while time.monotonic() - begun < ALL_TRIES:
        port = dice.choice(office.ports)
        try:
            status, answer = post(port, order)
        except (OSError, http.client.HTTPException):
            office.ledger.retries["no answer"] += 1
            time.sleep(0.05 + 0.2 * dice.random())
            continue
        if status == 503:
            office.ledger.retries["503"] += 1
            time.sleep(0.05 + 0.2 * dice.random())
            continue
        with office.ledger.guard:
            office.ledger.operations[op] += 1
            office.ledger.milliseconds.append(1000 * (time.monotonic() - begun))
            if isinstance(answer, dict) and "again" in answer:
                office.ledger.retries["done already"] += 1
        if status == 500:
            office.ledger.note_wrong("tracebacks", f"{op}: {answer['trace']}")
        return status, answer
    office.ledger.note_wrong("errors_shown", f"{op}: no answer in {ALL_TRIES} s")
    raise GaveUp


def post(port: int, body: bytes) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ONE_TRY)
    try:
        connection.request("POST", "/", body)
        reply = connection.getresponse()
        return reply.status, json.loads(reply.read())
    finally:
        connection.close()


class SimulatedOfficer(threading.Thread):
    """Thinks, acts, keeps the ledger."""

    def __init__(self, office: Office, number: int, seed: int) -> None:
        super().__init__(name=f"officer-{number}", daemon=True)
        self.office, self.dice = office, random.Random(f"{seed}-{number}")  # noqa: S311
        self.me = office.stage.recruiters[number % len(office.stage.recruiters)]
        self.acts: dict[str, Callable[[], None]] = {
            "edit": self.edit,
            "vote": self.vote,
            "answer": self.answer,
            "close": self.close,
            "look": self.look,
        }

    def run(self) -> None:
        names, weights = zip(*MIX, strict=True)
        while not self.office.stop.is_set():
            try:
                self.acts[self.dice.choices(names, weights)[0]]()
            except GaveUp:
                pass
            except Exception as error:  # noqa: BLE001 - a mistake of the harness is none to hide
                self.office.ledger.note_wrong("harness_errors", repr(error))
            self.office.stop.wait(self.dice.uniform(*THINK))

    def order(self, op: str, by: str, **args: Any) -> Answer:
        return send(self.office, self.dice, op, by, **args)

    def edit(self) -> None:
        files, ledger = self.office.stage.files, self.office.ledger
        is_hot = self.dice.random() < ON_HOT_FILES
        file = self.dice.choice(files[:HOT_FILES] if is_hot else files)
        for _ in range(EDITS_AGAIN):
            status, seen = self.order("read", self.me, file=file)
            if status != 200:
                self.refused("read", status, seen)
                return
            count = str(int(seen["count"]) + 1)
            try:
                status, answer = self.order(
                    "edit", self.me, file=file, version=seen["version"], count=count
                )
            except GaveUp:
                with ledger.guard:
                    ledger.uncertain_edits[file] += 1
                raise
            if status == 200:
                with ledger.guard:
                    ledger.edits[file] += 1
                return
            if status != 409:
                self.refused("edit", status, answer)
                return
            ledger.retries["conflict"] += 1

    def refused(self, op: str, status: int, answer: Any) -> None:
        """Nothing that this officer did should have been refused."""
        if status != 500:
            self.office.ledger.note_wrong("refused_without_cause", f"{op}: {answer}")

    def vote(self) -> None:
        office, ledger = self.office, self.office.ledger
        rounds = office.hot_rounds()
        if not rounds:
            self.look()
            return
        one = self.dice.choice(rounds)
        key = self._free_vote(one)
        if key is None:
            self.close(one)
            return
        value = "for" if self.dice.random() < 0.8 else "abstain"
        clicks = 2 if self.dice.random() < DOUBLE_CLICK else 1
        outcomes = self._at_once(clicks, key, value)
        accepted = [status for status, _ in outcomes if status == 200]
        if len(accepted) > 1:
            ledger.note_wrong("double_click_accepted_twice", str(key))
        with ledger.guard:
            if accepted:
                ledger.votes[key] = value
                office.counts[one.shortlist][key[1]] += 1
            elif any(status == 0 for status, _ in outcomes):
                ledger.uncertain_votes.add(key)
        if not accepted:
            self._check_refused_vote(one, outcomes)

    def _free_vote(self, one: Round) -> tuple[int, int, str] | None:
        office = self.office
        with office.ledger.guard:
            free = [
                (one.shortlist, candidacy, member)
                for candidacy in one.candidacies
                for member in office.stage.members
                if (one.shortlist, candidacy, member) not in office.taken_votes
            ]
            if not free:
                return None
            key = self.dice.choice(free)
            office.taken_votes.add(key)
            return key

    def _at_once(self, clicks: int, key: tuple[int, int, str], value: str) -> list[Answer]:
        """One or two clicks in the same moment, each with a request id of its own."""
        outcomes: list[Answer] = [(0, None)] * clicks

        def click(place: int) -> None:
            dice = random.Random(self.dice.random())  # noqa: S311
            with contextlib.suppress(GaveUp):
                outcomes[place] = send(
                    self.office,
                    dice,
                    "vote",
                    key[2],
                    shortlist=key[0],
                    candidacy=key[1],
                    value=value,
                )

        threads = [threading.Thread(target=click, args=(place,)) for place in range(clicks)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcomes

    def _check_refused_vote(self, one: Round, outcomes: list[Answer]) -> None:
        """Refused is right only once the round is closed, or about to be by who got no answer."""
        ledger = self.office.ledger
        if any(status in {0, 500} for status, _ in outcomes):
            return
        sentence = " ".join(str(answer) for _, answer in outcomes)
        if "decided" not in sentence:
            ledger.note_wrong("refused_without_cause", f"vote: {sentence}")

    def close(self, one: Round | None = None) -> None:
        office, ledger = self.office, self.office.ledger
        if one is None:
            ready = [
                found
                for found in office.hot_rounds()
                if all(n >= office.quorum for n in office.counts[found.shortlist].values())
            ]
            if not ready:
                self.look()
                return
            one = self.dice.choice(ready)
        what = ("close", one.shortlist)
        if not office.claim(what):
            return
        try:
            self._close(one)
        except GaveUp:
            with ledger.guard:
                ledger.uncertain_closed.add(one.shortlist)
            raise
        finally:
            office.release(what)

    def _close(self, one: Round) -> None:
        chair, ledger = self.office.stage.members[0], self.office.ledger
        for _ in range(EDITS_AGAIN):
            status, seen = self.order("count", chair, shortlist=one.shortlist)
            if status != 200:
                if "votes cast" not in str(seen):
                    self.refused("count", status, seen)
                return
            status, answer = self.order("close", chair, shortlist=one.shortlist, **seen)
            if status == 200:
                with ledger.guard:
                    ledger.closed.add(one.shortlist)
                return
            if status != 409:
                self.refused("close", status, answer)
                return
            ledger.retries["votes came in"] += 1

    def answer(self) -> None:
        """An employer selects somebody, or keeps somebody in reserve who was selected before."""
        office, ledger = self.office, self.office.ledger
        post = self.dice.choice(office.stage.posts)
        person = self.dice.choice(list(post.candidacies))
        key = (post.vacancy, person)
        if not office.claim(key):
            return
        try:
            was = ledger.answers.get(key)
            choice = "reserve" if was == "select" else "select"
            try:
                status, said = self.order(
                    "answer",
                    self.me,
                    package=post.package,
                    candidacy=post.candidacies[person],
                    choice=choice,
                )
            except GaveUp:
                with ledger.guard:
                    ledger.uncertain_answers.add(key)
                raise
            if status == 200:
                with ledger.guard:
                    ledger.answers[key] = choice
            elif choice == "reserve" and status == 422:
                self.refused("answer", status, said)
            elif status == 422:
                self._check_refused_answer(post, said)
        finally:
            office.release(key)

    def _check_refused_answer(self, post: Post, said: Any) -> None:
        """Selecting is refused where the post is full, or where another employer has the person."""
        sentence = str(said)
        if not any(words in sentence for words in FULL_OR_TAKEN):
            self.office.ledger.note_wrong("refused_without_cause", f"answer: {sentence}")

    def look(self) -> None:
        text = self.dice.choice(["", "Nino", "EDIT-00", "კაცაძე"])
        status, answer = self.order("look", self.me, text=text, offset=25 * self.dice.randrange(4))
        if status != 200:
            self.refused("look", status, answer)
