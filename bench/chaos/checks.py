"""The ledger against the database, when everybody has gone home: every counter must be zero."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text

from bench.chaos.databases import Database
from bench.chaos.ledger import Ledger
from bench.chaos.stage import IMPORTED, Size, Stage, accepted_of
from db.backup.restoring import prove
from db.models import (
    AuditEventRow,
    CandidacyRow,
    DecisionRow,
    HoldRow,
    JobseekerRow,
    OfficerRow,
    RequestRow,
    ShortlistRow,
    VoteRow,
)
from db.session import configure, reading
from domain.enums import CandidacyStatus
from services import audit
from services.backups.proof import chain_is_whole

CHANGES = {
    "updated": "services.jobseekers.registration.update_jobseeker",
    "voted": "services.commission.ballot.votes._cast",
    "answered_employer": "services.answers.employer.record_answers",
}


def compare(database: Database, size: Size, stage: Stage, ledger: Ledger) -> dict[str, int]:
    """All counters; what the officers counted themselves is among them."""
    configure(database.settings())
    found: Counter[str] = Counter(
        {
            "errors_shown": 0,
            "tracebacks": 0,
            "refused_without_cause": 0,
            "double_click_accepted_twice": 0,
            "harness_errors": 0,
        }
    )
    found.update(ledger.wrong)
    found.update(edits(ledger))
    found.update(votes(ledger))
    found.update(decisions(ledger))
    found.update(selections(stage, ledger))
    found.update(chain())
    found.update(imported(size))
    if database.engine == "sqlite":
        found["sqlite_integrity"] = integrity()
    return dict(sorted(found.items()))


def edits(ledger: Ledger) -> dict[str, int]:
    lost = extra = versions = history = 0
    with reading() as session:
        rows = session.scalars(select(JobseekerRow).where(JobseekerRow.external_id.like("EDIT-%")))
        told = Counter(
            session.scalars(
                select(AuditEventRow.subject).where(
                    AuditEventRow.action == "updated", AuditEventRow.subject.like("EDIT-%")
                )
            )
        )
        for row in rows:
            acked, unsure = ledger.edits[row.external_id], ledger.uncertain_edits[row.external_id]
            count = int(row.address or 0)
            lost += max(acked - count, 0)
            extra += max(count - acked - unsure, 0)
            versions += abs(row.version - 1 - count)
            history += abs(told[row.external_id] - count)
    return {
        "edits_lost": lost,
        "edits_extra": extra,
        "versions_wrong": versions,
        "history_wrong": history,
    }


def votes(ledger: Ledger) -> dict[str, int]:
    with reading() as session:
        query = select(
            VoteRow.shortlist_id, VoteRow.candidacy_id, OfficerRow.username, VoteRow.value
        ).join(OfficerRow, OfficerRow.id == VoteRow.officer_id)
        stored = [((a, b, c), d.value if d else "") for a, b, c, d in session.execute(query)]
    there = dict(stored)
    return {
        "votes_lost": sum(there.get(key) != value for key, value in ledger.votes.items()),
        "votes_extra": sum(
            key not in ledger.votes and key not in ledger.uncertain_votes for key in there
        ),
        "votes_doubled": len(stored) - len(there),
    }


def decisions(ledger: Ledger) -> dict[str, int]:
    """Of each round: decided as somebody was told, once, and by the votes that are there."""
    late = over = 0
    with reading() as session:
        decided = set(
            session.scalars(select(ShortlistRow.id).where(ShortlistRow.decided_at.is_not(None)))
        )
        cast: Counter[tuple[int, int]] = Counter()
        for shortlist, candidacy in session.execute(
            select(VoteRow.shortlist_id, VoteRow.candidacy_id)
        ):
            cast[shortlist, candidacy] += 1
        written: Counter[tuple[int, int]] = Counter()
        approved: Counter[int] = Counter()
        for row in session.scalars(select(DecisionRow)):
            written[row.shortlist_id, row.candidacy_id] += 1
            counted = row.votes_for + row.votes_against + row.votes_abstain
            late += abs(counted - cast[row.shortlist_id, row.candidacy_id])
            approved[row.shortlist_id] += row.outcome.value == "approved"
        for one in session.scalars(select(ShortlistRow)):
            over += max(approved[one.id] - one.positions * one.candidates_per_position, 0)
    return {
        "decisions_lost": len(ledger.closed - decided),
        "decisions_extra": len(decided - ledger.closed - ledger.uncertain_closed),
        "decisions_doubled": sum(count - 1 for count in written.values()),
        "decisions_incomplete": sum(key not in written for key in cast if key[0] in decided),
        "votes_after_close": late,
        "rounds_over_selected": over,
    }


def selections(stage: Stage, ledger: Ledger) -> dict[str, int]:
    over = lost = extra = 0
    selected = CandidacyStatus.EMPLOYER_SELECTED
    with reading() as session:
        candidacies = {row.id: row for row in session.scalars(select(CandidacyRow))}
        for post in stage.posts:
            there = {
                person: candidacies[number].status is selected
                for person, number in post.candidacies.items()
            }
            over += max(sum(there.values()) - post.seats, 0)
            for person, is_selected in there.items():
                key = (post.vacancy, person)
                if key in ledger.uncertain_answers:
                    continue
                told = ledger.answers.get(key) == "select"
                lost += told and not is_selected
                extra += is_selected and not told
        open_holds = Counter(
            session.scalars(select(HoldRow.candidacy_id).where(HoldRow.released_at.is_(None)))
        )
        people = Counter(
            session.scalars(select(HoldRow.jobseeker_id).where(HoldRow.released_at.is_(None)))
        )
        chosen = {key for key, row in candidacies.items() if row.status is selected}
    return {
        "posts_over_selected": over,
        "selections_lost": lost,
        "selections_extra": extra,
        "holds_doubled": sum(count - 1 for count in people.values()),
        "holds_lost": len(chosen - set(open_holds)),
        "holds_extra": len(set(open_holds) - chosen),
    }


def chain() -> dict[str, int]:
    """The audit chain is whole, and tells each change that a request made, once."""
    report = audit.verify_chain()
    with reading() as session:
        events = {
            action: session.scalar(
                select(func.count())
                .select_from(AuditEventRow)
                .where(AuditEventRow.action == action)
            )
            or 0
            for action in ("updated", "voted")
        }
        asked = {
            action: session.scalar(
                select(func.count())
                .select_from(RequestRow)
                .where(RequestRow.use_case == CHANGES[action])
            )
            or 0
            for action in events
        }
        nowhere = session.scalar(
            select(func.count())
            .select_from(RequestRow)
            .outerjoin(AuditEventRow, AuditEventRow.seq == RequestRow.audit_seq)
            .where(AuditEventRow.seq.is_(None))
        )
    return {
        "audit_chain_broken": int(report.broken_seq is not None),
        "audit_and_requests_differ": sum(abs(events[one] - asked[one]) for one in events)
        + (nowhere or 0),
    }


def imported(size: Size) -> dict[str, int]:
    """Every good row of the file is a person, once; no other row is."""
    with reading() as session:
        there = session.scalar(
            select(func.count())
            .select_from(JobseekerRow)
            .where(JobseekerRow.external_id.like(f"{IMPORTED}-%"))
        )
    return {"import_rows_unaccounted": abs((there or 0) - accepted_of(size.rows))}


def integrity() -> int:
    with reading() as session:
        said = session.execute(text("PRAGMA integrity_check")).scalar()
        orphans = session.execute(text("PRAGMA foreign_key_check")).first()
        return int(said != "ok") + int(orphans is not None)


def bad_backup(database: Database, file: Path) -> list[str]:
    """What is wrong with a backup that was made meanwhile, restored into an empty database."""
    engine = configure(database.settings())
    try:
        prove(engine, file, also=chain_is_whole)
    except Exception as error:  # noqa: BLE001 - whatever it is, the backup is of no use
        return [f"{file.name}: {error!r}"]
    return []


def summary(milliseconds: list[float]) -> dict[str, Any]:
    """Latency as the officers met it, repeated requests included."""
    ordered = sorted(milliseconds) or [0.0]

    def at(share: float) -> float:
        return round(ordered[min(int(share * len(ordered)), len(ordered) - 1)], 1)

    return {
        "p50_ms": at(0.5),
        "p95_ms": at(0.95),
        "p99_ms": at(0.99),
        "max_ms": round(ordered[-1], 1),
    }
