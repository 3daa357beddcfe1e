"""What of a ranking was on somebody's screen: which part of which list, under which filter.

No name and no searched text: which people these were follows from the stored run.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain.records.officer import Officer
from domain.records.ranking import CandidateFilter
from services.audit import Happening
from services.once_a_day import log_once_a_day
from services.permissions import Permission, check_can

RANKED = "ranked"
EXCLUDED = "excluded"


def filter_details(chosen: CandidateFilter) -> dict[str, object]:
    """Which filter was set; of a search only that there was one."""
    set_ones = {
        "searched": bool(chosen.text),
        "regions": list(chosen.regions),
        "with_questions": chosen.with_questions,
        "preselected": chosen.preselected,
    }
    return {name: value for name, value in set_ones.items() if value}


def note_part(
    run_id: int,
    part: str,
    *,
    offset: int,
    count: int,
    total: int,
    filtered: Mapping[str, object] | None = None,
    by: Officer,
) -> None:
    """Log that somebody saw rows of a run's list; the same part once a day per officer."""
    check_can(by, Permission.RANKING_READ)
    if not count:
        return
    details: dict[str, object] = {
        "list": part,
        "first": offset + 1,
        "last": offset + count,
        "of": total,
        **(filtered or {}),
    }
    happening = Happening(action="listed", entity="ranking_run", entity_id=run_id, details=details)
    log_once_a_day((run_id, repr(details)), happening, by=by)
