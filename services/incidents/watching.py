"""What the system notices by itself: attacks on sign-in, keys that are missing, jobs that fail."""

from __future__ import annotations

import traceback
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import encryption
from db.models import DueJobRow, SignInAttemptRow
from db.session import reading, unit_of_work
from domain.enums import IncidentKind
from domain.exceptions import LabourMigrationError
from domain.texts import N_, Sentence
from services import clock
from services.incidents.opening import open_incident
from services.incidents.rules import Watching, watching_on


def watch_security() -> int:
    """Open an incident where sign-ins are refused in numbers, or encrypted fields don't open."""
    rules = watching_on(clock.today())
    with reading() as session:
        noticed = [*_refused_sign_ins(session, rules)]
    if (problem := encryption.problem_of_keys()) is not None:
        noticed.append((IncidentKind.AVAILABILITY, "field-keys", problem.sentence))
    for kind, key, sentence in noticed:
        with unit_of_work() as work:
            open_incident(work.session, kind=kind, key=key, sentence=sentence)
            work.commit()
    return len(noticed)


def _refused_sign_ins(
    session: Session, rules: Watching
) -> list[tuple[IncidentKind, str, Sentence]]:
    since = clock.now() - timedelta(minutes=rules.within_minutes)
    refused, accounts = session.execute(
        select(func.count(), func.count(SignInAttemptRow.account_hash.distinct())).where(
            SignInAttemptRow.succeeded.is_(False), SignInAttemptRow.attempted_at > since
        )
    ).one()
    if refused < rules.refused_sign_ins and accounts < rules.accounts_refused:
        return []
    told = Sentence(
        N_("Very many sign-ins were refused within {minutes} minutes: somebody may be guessing."),
        {"minutes": rules.within_minutes},
    )
    return [(IncidentKind.SECURITY, "refused-sign-ins", told)]


def note_failure(job: str, error: BaseException) -> None:
    """A job failed so often in a row that it is an incident: where in the software, no values.

    Called after the round was noted; what fails here must not stop the other jobs.
    """
    with unit_of_work() as work:
        row = work.session.get(DueJobRow, job)
        if row is None or row.failures_in_a_row < watching_on(clock.today()).failures_in_a_row:
            return
        open_incident(
            work.session,
            kind=IncidentKind.AVAILABILITY,
            key=f"due-work:{job}"[:200],
            sentence=Sentence(
                N_("A job of the due work fails again and again: {job}."), {"job": job}
            ),
            trace=masked_trace(error),
        )
        work.commit()


def masked_trace(error: BaseException) -> str:
    """Kinds of error, files, lines and functions, from the outermost to the cause.

    The words of an error may hold what somebody entered; of our own refusals the sentence is said
    without its values.
    """
    parts: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(parts) < 5:
        frames = "".join(traceback.format_tb(seen.__traceback__))
        said = f": {seen.sentence.text}" if isinstance(seen, LabourMigrationError) else ""
        parts.append(f"{frames}{type(seen).__name__}{said}")
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\n".join(parts)
