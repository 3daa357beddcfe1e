"""One replica: the real service layer behind local HTTP, which may be killed at any moment."""

from __future__ import annotations

import json
import os
import random
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bench.chaos.stage import Stage, officers
from domain.enums import AnswerChannel, EmployerChoice, VoteValue
from domain.exceptions import (
    DoneAlready,
    LabourMigrationError,
    StaleVersion,
    TryAgain,
    VotesCameIn,
)
from domain.records.answers import AnswerForm, GivenAnswer, Said
from domain.records.decisions import ChairRuling
from domain.records.jobseeker import JobseekerQuery
from domain.records.officer import Officer
from services import clock, requests
from services.answers.employer import record_answers
from services.commission import cast_vote, close_item, count_votes
from services.jobseekers.registration import find_jobseekers, get_jobseeker, update_jobseeker

TRIES = 4
RETRYABLE_CODES = {"40001", "40P01", "57P01", "57P02", "57P03", "55P03", "08006", "08001"}
WRITES = frozenset({"edit", "vote", "answer", "close"})

Args = dict[str, Any]


def read(args: Args, by: Officer) -> Any:
    record = get_jobseeker(external_id=args["file"], by=by)
    return {"version": record.version, "count": record.form.address}


def edit(args: Args, by: Officer) -> Any:
    """Save what the officer saw, plus one; the form is theirs, the version the one they saw."""
    seen = get_jobseeker(external_id=args["file"], by=by)
    form = replace(seen.form, address=args["count"])
    saved = update_jobseeker(
        external_id=args["file"], form=form, version=SEEN_VERSION(args, seen.version), by=by
    )
    return {"version": saved.version}


def SEEN_VERSION(args: Args, _newest: int) -> int:  # noqa: N802 - replaced by a broken variant
    """The version that the officer had on the screen."""
    return int(args["version"])


def vote(args: Args, by: Officer) -> Any:
    cast_vote(
        shortlist_id=args["shortlist"],
        candidacy_id=args["candidacy"],
        value=VoteValue(args["value"]),
        reason="The person knows the work.",
        by=by,
    )


def count(args: Args, by: Officer) -> Any:
    """What the chair looks at before closing."""
    seen = count_votes(shortlist_id=args["shortlist"], by=by)
    ties = [one.candidacy_id for one in seen.candidates if one.needs_casting]
    return {"votes": seen.votes, "ties": ties}


def close(args: Args, by: Officer) -> Any:
    """The chair confirms the count; ties are approved."""
    close_item(
        shortlist_id=args["shortlist"],
        votes_seen=args["votes"],
        rulings={one: ChairRuling(approve_tie=True) for one in args["ties"]},
        by=by,
    )


def answer(args: Args, by: Officer) -> Any:
    """What an employer said of one person: selected, or kept in reserve again."""
    record_answers(
        package_number=args["package"],
        form=AnswerForm((GivenAnswer(args["candidacy"], EmployerChoice(args["choice"])),)),
        said=Said(AnswerChannel.PHONE, "The farmer", clock.today() - timedelta(0)),
        by=by,
    )


def look(args: Args, by: Officer) -> Any:
    page = find_jobseekers(
        query=JobseekerQuery(text=args["text"], limit=25, offset=args["offset"]), by=by
    )
    return {"total": page.total}


OPERATIONS: dict[str, Callable[[Args, Officer], Any]] = {
    "read": read,
    "edit": edit,
    "vote": vote,
    "count": count,
    "close": close,
    "answer": answer,
    "look": look,
}
once = requests.once


class Replica:
    """What one process knows: who acts, and how likely it dies after a commit."""

    def __init__(self, stage: Stage, fail_point: float) -> None:
        self.stage = stage
        self.fail_point = fail_point
        self._officers: dict[str, Officer] = {}

    def officer(self, name: str) -> Officer:
        if not self._officers:
            self._officers = officers(self.stage)
        return self._officers[name]

    def handle(self, order: dict[str, Any]) -> tuple[int, Any]:
        """Status and answer; the database's own troubles are tried again, then 503."""
        for attempt in range(TRIES):
            try:
                return self._once(order)
            except TryAgain:
                time.sleep(0.02 * 2**attempt * random.random())  # noqa: S311
            except LabourMigrationError as error:
                stale = isinstance(error, StaleVersion | VotesCameIn)
                return (409 if stale else 422), {"sentence": str(error.sentence)}
            except (OperationalError, InterfaceError, PoolTimeout, DBAPIError) as error:
                if not is_passing(error):
                    return 500, {"trace": traceback.format_exc()[-3000:]}
                time.sleep(0.02 * 2**attempt * random.random())  # noqa: S311
            except Exception:  # noqa: BLE001 - counted as a traceback that a person would see
                return 500, {"trace": traceback.format_exc()[-3000:]}
        return 503, {"sentence": "the database does not answer"}

    def _once(self, order: dict[str, Any]) -> tuple[int, Any]:
        name = order["op"]
        by = self.officer(order["officer"])
        act = OPERATIONS[name]
        if name not in WRITES:
            return 200, act(order["args"], by)
        try:
            with once(order["request"]):
                done = act(order["args"], by)
        except DoneAlready as repeated:
            return 200, {"again": repeated.audit_seq}
        if random.random() < self.fail_point:  # noqa: S311
            os.kill(os.getpid(), signal.SIGKILL)
        return 200, done


def is_passing(error: Exception) -> bool:
    """Whether the same request may succeed in a moment: lost connection, deadlock, lock timeout."""
    if isinstance(error, PoolTimeout | OperationalError | InterfaceError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlstate", None)
    return bool(error.connection_invalidated or code in RETRYABLE_CODES)


def serve(port: int, stage: Stage, fail_point: float) -> None:
    """Answer until killed."""
    replica = Replica(stage, fail_point)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            status, answer = replica.handle(json.loads(self.rfile.read(size)))
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """The harness counts; nothing is printed."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128
        allow_reuse_address = True

        def handle_error(self, *_: Any) -> None:
            """A client that gave up is counted where it did."""

    Server(("127.0.0.1", port), Handler).serve_forever()
