"""Searching the whole register for people registered twice, and the list of what was found.

A search compares everybody the first time and under new rules, and after that only files that are
new or changed. It runs beside the screens; a pair that an officer judged is not shown again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import DuplicatePairRow, DuplicateSearchRow, JobseekerRow
from db.queries import duplicates as queries
from db.queries.pool import current_seq
from db.repositories.jobseekers import WHOLE_FILE, lock_register
from db.session import reading, unit_of_work
from domain.exceptions import Refused
from domain.records.duplicates import (
    DuplicatePage,
    DuplicatePair,
    DuplicateQuery,
    DuplicateSearch,
    SearchState,
)
from domain.records.officer import Officer
from domain.texts import N_, from_json, to_json
from matching.duplicates.likeness import NamedPerson
from matching.duplicates.pairs import LikelyPair, Search, find_likely_pairs
from matching.duplicates.rules import DuplicateRules, all_duplicate_rules, duplicate_rules_at
from services import audit, clock
from services.jobseekers.files import folded_words, summary_of
from services.permissions import Permission, check_can

SILENT_AFTER = timedelta(minutes=3)
"""A search that has said nothing for so long was interrupted."""
TOLD_EVERY_SECONDS = 1.0
Tell = Callable[[float], None]


def find_duplicates(
    *, whole: bool = False, tell: Tell = lambda share: None, by: Officer
) -> DuplicateSearch:
    """Search now and wait for the end; `whole`: everybody again, `tell` hears the share done."""
    return _searched(_begun(by), whole, tell, by)


def start_search(*, by: Officer) -> DuplicateSearch:
    """Search beside the screens; `search_state` says how far it is."""
    search_id = _begun(by)
    threading.Thread(
        target=_searched,
        args=(search_id, False, lambda share: None, by),
        name="duplicate-search",
        daemon=True,  # a search that is cut off says so and is begun anew
    ).start()
    with reading() as session:
        return _record_of(session.get_one(DuplicateSearchRow, search_id))


def search_state(*, by: Officer) -> SearchState:
    """The latest search, what changed since, and how many pairs wait."""
    check_can(by, Permission.JOBSEEKERS_MERGE)
    with reading() as session:
        latest = queries.latest_search(session)
        finished = queries.latest_search(session, finished=True)
        return SearchState(
            _record_of(latest) if latest else None,
            queries.count_changed_since(session, finished.seq if finished else -1),
            queries.count_open_pairs(session),
        )


def list_pairs(*, query: DuplicateQuery, by: Officer) -> DuplicatePage:
    """A page of pairs, most certain first; personal numbers are masked."""
    check_can(by, Permission.JOBSEEKERS_MERGE)
    with reading() as session:
        rows, total = queries.page_of_pairs(session, query, folded_words(query.text))
        ids = {file for row in rows for file in (row.first_id, row.second_id)}
        selected = select(JobseekerRow).where(JobseekerRow.id.in_(ids)).options(*WHOLE_FILE)
        files = {row.id: summary_of(row) for row in session.scalars(selected)}
    pairs = []
    for row in rows:
        both = (files[row.first_id], files[row.second_id])
        first, second = sorted(both, key=lambda file: (file.registered_on, file.id))
        reasons = tuple(from_json(reason) for reason in row.reasons)
        pairs.append(DuplicatePair(first, second, row.score, reasons, row.found_at, query.status))
    return DuplicatePage(tuple(pairs), total)


def _begun(by: Officer) -> int:
    check_can(by, Permission.JOBSEEKERS_MERGE)
    with unit_of_work() as work:
        lock_register(work.session)
        latest = queries.latest_search(work.session)
        if latest is not None and _is_alive(latest):
            raise Refused(N_("A search is running already: wait for its end."))
        row = DuplicateSearchRow(
            started_at=clock.now(),
            started_by=by.id,
            seen_at=clock.now(),
            rules_version=duplicate_rules_at(clock.today()).version,
            seq=current_seq(work.session),
            share=0.0,
            people=0,
            looked_at=0,
            compared=0,
            found=0,
        )
        work.session.add(row)
        work.session.flush()
        _record(work.session, row.id, None, by)
        work.commit()
        return row.id


def _record(session: Session, search_id: int, details: dict[str, int] | None, by: Officer) -> None:
    audit.record(
        session,
        action="searched",
        entity="duplicate_search",
        entity_id=search_id,
        details=details,
        by=by,
    )


def _searched(search_id: int, whole: bool, tell: Tell, by: Officer) -> DuplicateSearch:
    with reading() as session:
        row = session.get_one(DuplicateSearchRow, search_id)
        before = queries.latest_search(session, finished=True)
        is_first = before is None or before.rules_version != row.rules_version
        since = -1 if before is None or whole or is_first else before.seq
        ids, people, changed = _read(session, since)
    rules = _rules(row.rules_version)
    found = find_likely_pairs(
        people,
        rules,
        changed=None if len(changed) == len(ids) else changed,
        progress=_Progress(search_id, tell),
    )
    return _stored(search_id, ids, changed, found, by)


def _rules(version: str) -> DuplicateRules:
    return next(rules for rules in all_duplicate_rules() if rules.version == version)


def _read(session: Session, since: int) -> tuple[list[int], list[NamedPerson], list[int]]:
    """Ids and people in one order, and the places of those that changed after an event."""
    ids: list[int] = []
    people: list[NamedPerson] = []
    changed: list[int] = []
    for (
        person,
        first_ka,
        last_ka,
        first_lat,
        last_lat,
        born,
        number,
        phone,
        seq,
    ) in queries.everybody(session):
        if seq > since:
            changed.append(len(ids))
        ids.append(person)
        people.append(
            NamedPerson(
                first_ka or "", last_ka or "", first_lat or "", last_lat or "", born, number, phone
            )
        )
    return ids, people, changed


class _Progress:
    """Tells the database, at most once a second, how far a search is."""

    def __init__(self, search_id: int, tell: Tell) -> None:
        self.search_id, self.tell, self.told_at = search_id, tell, time.monotonic()

    def __call__(self, share: float) -> None:
        self.tell(share)
        if time.monotonic() - self.told_at < TOLD_EVERY_SECONDS:
            return
        self.told_at = time.monotonic()
        with unit_of_work() as work:
            row = work.session.get_one(DuplicateSearchRow, self.search_id)
            row.share, row.seen_at = share, clock.now()
            work.commit()


def _stored(
    search_id: int, ids: list[int], changed: list[int], found: Search, by: Officer
) -> DuplicateSearch:
    compared, touched = set(ids), {ids[place] for place in changed}
    wanted: dict[tuple[int, int], LikelyPair] = {}
    for pair in found.pairs:
        one, other = sorted((ids[pair.first], ids[pair.second]))
        wanted[one, other] = pair
    with unit_of_work() as work:
        stored = queries.stored_pairs(work.session)
        for key, row in stored.items():
            if key not in wanted and compared.issuperset(key) and touched & set(key):
                work.session.delete(row)
        new = 0
        for key, pair in wanted.items():
            reasons = [to_json(reason) for reason in pair.score.reasons]
            known = stored.get(key)
            if known is None:
                new += 1
                work.session.add(_new_pair(key, pair.score.score, reasons))
            elif (known.score, known.reasons) != (pair.score.score, reasons):
                known.score, known.reasons = pair.score.score, reasons
        search = work.session.get_one(DuplicateSearchRow, search_id)
        search.people, search.looked_at = len(ids), len(changed)
        search.compared, search.found, search.share = found.compared, new, 1.0
        search.seen_at = search.finished_at = clock.now()
        work.session.flush()
        _record(work.session, search_id, {"people": len(ids), "found": new}, by)
        work.commit()
        return _record_of(search)


def _new_pair(
    key: tuple[int, int], score: float, reasons: list[dict[str, object]]
) -> DuplicatePairRow:
    return DuplicatePairRow(
        first_id=key[0], second_id=key[1], score=score, reasons=reasons, found_at=clock.now()
    )


def _is_alive(row: DuplicateSearchRow) -> bool:
    return row.finished_at is None and clock.now() - row.seen_at < SILENT_AFTER


def _record_of(row: DuplicateSearchRow) -> DuplicateSearch:
    return DuplicateSearch(
        id=row.id,
        started_at=row.started_at,
        finished_at=row.finished_at,
        share=row.share,
        is_alive=_is_alive(row),
        people=row.people,
        looked_at=row.looked_at,
        compared=row.compared,
        found=row.found,
    )
