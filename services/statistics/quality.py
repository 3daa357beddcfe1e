"""How good is it? Agreement, places filled, time, unknown facts and stale files, for managers."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from db.queries.pool import current_seq
from db.session import engine, reading
from domain.exceptions import InvalidInput
from domain.records.officer import Officer
from domain.records.quality import QualityBoard
from domain.records.statistics import StatisticsFilter
from services import clock
from services.permissions import Permission, check_can
from services.statistics.dashboard import PERIOD_ENDS_FIRST, scope_of
from services.statistics.quality_of_files import stale, unknown
from services.statistics.quality_of_process import filled, time_to_shortlist
from services.statistics.quality_of_ranks import against_rank, agreement, order, read_items
from services.statistics.quality_rules import rules_on

KEPT = 64
Key = tuple[int, date, StatisticsFilter]

_kept: WeakKeyDictionary[Engine, OrderedDict[Key, QualityBoard]] = WeakKeyDictionary()
_guard = threading.Lock()


def get_quality(*, wanted: StatisticsFilter, by: Officer) -> QualityBoard:
    """All figures under a filter (its region does not count); the same until data change."""
    check_can(by, Permission.STATISTICS_READ)
    if wanted.since > wanted.until:
        raise InvalidInput(PERIOD_ENDS_FIRST)
    with reading() as session:
        seq = current_seq(session)
    key = (seq, clock.today(), wanted)
    with _guard:
        kept = _kept.setdefault(engine(), OrderedDict())
        if key in kept:
            kept.move_to_end(key)
            return kept[key]
    made = _count(wanted)
    with _guard:
        kept[key] = made
        while len(kept) > KEPT:
            kept.popitem(last=False)
    return made


def _count(wanted: StatisticsFilter) -> QualityBoard:
    today = clock.today()
    rules = rules_on(today)
    scope = scope_of(wanted)
    with reading() as session:
        items = read_items(session, scope)
        return QualityBoard(
            wanted=wanted,
            least=rules.least,
            confidence=rules.confidence,
            counted_at=clock.now(),
            agreement=agreement(items, rules),
            order=order(items, rules),
            filled=filled(session, scope, rules),
            time=time_to_shortlist(session, scope, rules),
            unknown=unknown(session, rules),
            stale=stale(session, today, rules),
            against=against_rank(session, scope, rules),
        )
