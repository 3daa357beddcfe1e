"""The people behind a number of the gap board: for whoever may open their files, and audited."""

from __future__ import annotations

import numpy as np

from db.queries.pool import people_shown
from db.session import reading, unit_of_work
from domain.enums import GapKind
from domain.records.gaps import GapFilter, GapPerson
from domain.records.officer import Officer
from domain.texts import N_, Sentence, Term
from matching.criteria.rows import level_term
from matching.gaps.board import Opened
from matching.gaps.changes import Change
from matching.types import Profile
from services import audit
from services.gaps.found import Bools, Found, find, name_of
from services.permissions import Permission, check_can


def list_gap_people(
    *, change: str, wanted: GapFilter, limit: int | None = None, by: Officer
) -> tuple[tuple[GapPerson, ...], int]:
    """People whom the change would open something, most positions first, and how many they are."""
    check_can(by, Permission.RANKING_READ)
    check_can(by, Permission.JOBSEEKERS_READ)
    found = find(by)
    opened = found.opened(change)
    people, total = _people(found, opened, found.chosen(opened, wanted), limit)
    _log(opened.change, wanted, len(people), by)
    return people, total


def _people(
    found: Found, opened: Opened, keep: Bools, limit: int | None
) -> tuple[tuple[GapPerson, ...], int]:
    vacancy, excluded = opened.vacancy[keep], opened.excluded[keep]
    persons, row = np.unique(opened.person[keep], return_inverse=True)
    positions = np.bincount(row, found.positions[vacancy], len(persons)).astype(np.int64)
    behind = np.bincount(row, excluded, len(persons)).astype(np.int64)
    order = np.lexsort((persons, -positions))[:limit]
    numbers: dict[int, list[str]] = {}
    is_shown = np.isin(row, order)
    for place, which in zip(row[is_shown].tolist(), vacancy[is_shown].tolist(), strict=True):
        numbers.setdefault(place, []).append(found.vacancies[which].number)
    ids = persons[order].tolist()
    with reading() as session:
        facts = people_shown(session, ids)
    profiles = found.asked.pool.profiles(ids)
    rows = tuple(
        GapPerson(
            facts[person].external_id,
            facts[person].name_ka,
            facts[person].name_lat,
            facts[person].region,
            _has(profiles[person], opened.change),
            int(behind[place]),
            tuple(numbers[place]),
            int(positions[place]),
        )
        for place, person in zip(order.tolist(), ids, strict=True)
        if person in facts
    )
    return rows, len(persons)


def _has(profile: Profile, change: Change) -> Sentence:
    if change.kind is GapKind.LICENCE:
        return Sentence(N_("Not held"))
    if change.kind is GapKind.SKILL:
        return Sentence(N_("Not named"))
    language = Term("language", change.code)
    if change.code not in profile.languages:
        return Sentence(N_("{language} not spoken"), {"language": language})
    values = {"language": language, "level": level_term(profile.languages[change.code][0])}
    return Sentence(N_("{language} {level}"), values)


def _log(change: Change, wanted: GapFilter, people: int, by: Officer) -> None:
    details = {
        "people": people,
        "country": wanted.country,
        "region": wanted.region,
        "since": wanted.since,
        "until": wanted.until,
    }
    with unit_of_work() as work:
        audit.record(
            work.session,
            action="read",
            entity="list",
            entity_id=f"gaps {name_of(change)}",
            details=details,
            by=by,
        )
        work.commit()
