"""How good is the ranking? Agreement, places filled, time, unknown facts, stale files."""

from __future__ import annotations

from db.session import reading
from domain.records.officer import Officer
from domain.records.quality import QualityBoard
from domain.records.statistics import StatisticsFilter
from services import clock
from services.permissions import Permission, check_can
from services.statistics.dashboard import scope_of
from services.statistics.kept import KeptBoards
from services.statistics.quality_of_files import stale, unknown
from services.statistics.quality_of_process import filled, time_to_shortlist
from services.statistics.quality_of_ranks import against_rank, agreement, order, read_items
from services.statistics.quality_rules import rules_on

_boards: KeptBoards[QualityBoard] = KeptBoards()


def get_quality(*, wanted: StatisticsFilter, by: Officer) -> QualityBoard:
    """All figures under a filter (its region does not count); the same until data change."""
    check_can(by, Permission.STATISTICS_READ)
    return _boards.get(wanted, _count)


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
