"""The ranking log: each run with who, when, by which rules, what was shown, changed and decided."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from db.models import RankingRunRow
from db.queries import ranking_log as queries
from db.repositories import ranking as repository
from db.session import reading, unit_of_work
from domain.exceptions import NotFound
from domain.records.officer import Officer
from domain.records.ranking_log import (
    AskedRow,
    GateRow,
    HandMade,
    HandMadeChange,
    LogActor,
    OpenedTable,
    RankedAgain,
    RunPage,
    RunQuery,
    RunStory,
    RunSummary,
    SentPerson,
    SentShortlist,
    ShownPart,
)
from domain.texts import N_, Sentence
from domain.values import PER_POINT
from matching.explanation import requirement_table
from matching.gates import gate_sentence
from matching.types import Profile, Vocabulary
from matching.vocabulary import vocabulary_from_bytes
from services import audit, clock
from services.audit import Happening
from services.once_a_day import log_once_a_day
from services.permissions import Permission, check_can
from services.rankings.retention import Cases, kept_until, read_cases
from services.rankings.runs import parameters_of_run, reproduce_run, stored_requirement
from services.rankings.shown import EXCLUDED, RANKED
from services.rankings.store import result_from

Event = tuple[Any, Mapping[str, Any], str | None, str | None]
KEPT_VOCABULARIES = 4
PARTS: Mapping[str, Sentence] = {
    "": Sentence(N_("the ranking was opened")),
    RANKED: Sentence(N_("ranked people")),
    EXCLUDED: Sentence(N_("excluded people")),
}
"""Lists that can be shown, besides the people whom one requirement excludes."""
NO_RUN = N_("There is no ranking with this number.")

_unpacked: dict[str, Vocabulary] = {}
"""By content, so that no entry is ever out of date."""


def list_runs(*, wanted: RunQuery, offset: int = 0, limit: int | None = 50, by: Officer) -> RunPage:
    """Runs under a filter, newest first."""
    check_can(by, Permission.RANKINGS_AUDIT)
    begin, end = moments(wanted)
    with reading() as session:
        rows, total = queries.list_runs(session, wanted, begin, end, offset=offset, limit=limit)
        return RunPage(_summaries(session, rows), total)


def moments(wanted: RunQuery) -> tuple[datetime | None, datetime | None]:
    """The days of a filter as points in time: from the first moment to the first one after."""
    begin = clock.beginning(wanted.since) if wanted.since else None
    return begin, clock.beginning(wanted.until + timedelta(1)) if wanted.until else None


def _summaries(session: Session, rows: Sequence[Any]) -> tuple[RunSummary, ...]:
    by_hand = queries.count_by_hand(session, {row.number for row in rows})
    sent = queries.sent_and_decided(session, [row.id for row in rows])
    return tuple(
        RunSummary(
            run_id=row.id,
            created_at=row.created_at,
            vacancy_number=row.number,
            title=row.title,
            title_ka=row.title_ka,
            officer_ka=row.name_ka,
            officer_en=row.name_en,
            version=row.parameters_version,
            pool=row.pool_size,
            ranked=row.ranked,
            by_hand=by_hand.get(row.id, 0),
            sent_at=sent.get(row.id, (None, None))[0],
            decided_at=sent.get(row.id, (None, None))[1],
        )
        for row in rows
    )


def log_choices(*, by: Officer) -> tuple[tuple[LogActor, ...], tuple[str, ...]]:
    """What the filters offer: officers who ranked, and versions of the rules."""
    check_can(by, Permission.RANKINGS_AUDIT)
    with reading() as session:
        return queries.list_officers(session), queries.list_versions(session)


def get_story(*, run_id: int, by: Officer) -> RunStory:
    """Everything that is known of one run; that it was asked is logged once a day."""
    check_can(by, Permission.RANKINGS_AUDIT)
    with reading() as session:
        story = read_story(session, run_id, read_cases(session))
    happening = Happening(action="read", entity="ranking_log", entity_id=run_id)
    log_once_a_day(happening, happening, by=by)
    return story


def read_story(session: Session, run_id: int, cases: Cases) -> RunStory:
    """One run's story, inside a session that is open already; NotFound where the run is gone."""
    found = queries.find_run(session, run_id)
    row = session.get(RankingRunRow, run_id)
    if found is None or row is None:
        raise NotFound(NO_RUN)
    summary = _summaries(session, [found])[0]
    parameters = parameters_of_run(row)
    sent = _sent(session, run_id)
    events = [
        (event, details or {}, name_ka, name_en)
        for event, details, name_ka, name_en in queries.events_of_run(
            session, run_id, summary.vacancy_number
        )
    ]
    return RunStory(
        summary=summary,
        version_from=parameters.valid_from,
        version_reason=parameters.reason,
        asked=_asked(session, row),
        gates=_gates(row),
        people_sha256=row.people_sha256,
        vocabulary_sha256=row.vocabulary_sha256,
        inputs_sha256=row.inputs_sha256,
        shown=tuple(_shown(events)),
        opened=_tables(events),
        changes=_changes(session, run_id, events, sent),
        preselected=len(
            {
                event.subject
                for event, details, *_ in events
                if event.action == "preselected" and details.get("run") == run_id
            }
        ),
        sent=sent,
        kept_until=kept_until(run_id, row.created_at, cases),
    )


def _asked(session: Session, row: RankingRunRow) -> tuple[AskedRow, ...]:
    """The requirement in words: the table of somebody of whom nothing is known."""
    words = _words(session, row.vocabulary_sha256)
    asked = stored_requirement(row.requirement)
    lines = requirement_table(Profile(0, 0), asked, words, parameters_of_run(row))
    return tuple(
        AskedRow(line.asked, line.kind == "gate", line.points_max / PER_POINT) for line in lines
    )


def _words(session: Session, sha256: str) -> Vocabulary:
    """A frozen vocabulary; neighbouring runs share one, and unpacking it takes a while."""
    known = _unpacked.get(sha256)
    if known is None:
        known = vocabulary_from_bytes(repository.get_input(session, sha256))
        if len(_unpacked) >= KEPT_VOCABULARIES:
            _unpacked.clear()
        _unpacked[sha256] = known
    return known


def _gates(row: RankingRunRow) -> tuple[GateRow, ...]:
    _, outside = result_from(row.result)
    names = sorted({*row.excluded, *outside}, key=lambda gate: (-row.excluded.get(gate, 0), gate))
    return tuple(
        GateRow(
            name,
            gate_sentence(name),
            row.excluded.get(name, 0),
            len(outside[name].failed) if name in outside else None,
            len(outside[name].unknown) if name in outside else None,
        )
        for name in names
    )


def _shown(events: Iterable[Event]) -> Iterable[ShownPart]:
    for event, details, name_ka, name_en in events:
        if event.entity != "ranking_run" or event.action not in ("read", "listed"):
            continue
        part = details.get("list", "")
        rest = {k: v for k, v in details.items() if k not in ("list", "first", "last", "of")}
        yield ShownPart(
            shown_at=event.happened_at,
            officer_ka=name_ka,
            officer_en=name_en,
            part=part,
            sentence=PARTS.get(part) or gate_sentence(part),
            first=details.get("first"),
            last=details.get("last"),
            of=details.get("of"),
            filtered=rest if event.action == "listed" else {},
        )


def _tables(events: Iterable[Event]) -> tuple[OpenedTable, ...]:
    found: dict[tuple[str | None, int | None], OpenedTable] = {}
    for event, _, name_ka, name_en in events:
        if event.entity != "requirement_table":
            continue
        key = (event.subject, event.actor_id)
        before = found.get(key)
        if before is not None:
            found[key] = replace(before, times=before.times + 1)
        else:
            found[key] = OpenedTable(event.subject, name_ka, name_en, event.happened_at, 1)
    return tuple(found.values())


def _changes(
    session: Session, run_id: int, events: Iterable[Event], sent: Sequence[SentShortlist]
) -> tuple[HandMadeChange, ...]:
    """Changes made in this run, and those of earlier runs that went into what it sent."""
    spans = [(queries.sent_before(session, run_id, one.sent_at), one.sent_at) for one in sent]
    return tuple(
        change
        for change in _changes_of_vacancy(events)
        if change.run_id == run_id
        or any(
            change.changed_at <= end and (begin is None or change.changed_at > begin)
            for begin, end in spans
        )
    )


def _changes_of_vacancy(events: Iterable[Event]) -> Iterator[HandMadeChange]:
    for event, details, name_ka, name_en in events:
        kind = _kind(event.action, details)
        if event.entity == "candidacy" and kind is not None:
            yield HandMadeChange(
                changed_at=event.happened_at,
                officer_ka=name_ka,
                officer_en=name_en,
                kind=kind,
                external_id=event.subject,
                rank=details.get("rank"),
                reason=details.get("against_rank") or details.get("reason"),
                run_id=details.get("run"),
            )


def _kind(action: str, details: Mapping[str, Any]) -> HandMade | None:
    if action == "withdrew":
        return HandMade.WITHDREW
    is_jump = action == "preselected" and details.get("against_rank") is not None
    return HandMade.AGAINST_RANK if is_jump else None


def _sent(session: Session, run_id: int) -> tuple[SentShortlist, ...]:
    return tuple(
        SentShortlist(
            shortlist_id=row.id,
            session_number=number,
            sent_at=row.sent_at,
            officer_ka=name_ka,
            officer_en=name_en,
            decided_at=row.decided_at,
            people=tuple(
                SentPerson(
                    external_id=external_id,
                    position=position,
                    rank=rank,
                    score=None if points is None else points / PER_POINT,
                    against_rank=reason is not None,
                    outcome=outcome,
                    votes=None if outcome is None else tuple(votes),
                )
                for external_id, position, rank, points, reason, outcome, *votes in (
                    queries.people_of_shortlist(session, row.id)
                )
            ),
        )
        for row, number, name_ka, name_en in queries.shortlists_of_run(session, run_id)
    )


def rank_again(*, run_id: int, by: Officer) -> RankedAgain:
    """Rank an old run again from what was frozen, and say whether the same list comes out."""
    check_can(by, Permission.RANKINGS_AUDIT)
    begun = time.perf_counter()
    again = reproduce_run(run_id)
    seconds = time.perf_counter() - begun
    people = len(again.ranking.candidates)
    with unit_of_work() as work:
        audit.record(
            work.session,
            action="ranked_again",
            entity="ranking_log",
            entity_id=run_id,
            details={"same": again.is_same, "people": people, "seconds": round(seconds, 3)},
            by=by,
        )
        work.commit()
    return RankedAgain(run_id, again.is_same, people, seconds)
