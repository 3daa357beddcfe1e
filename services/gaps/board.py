"""Counts of the gap board under a filter, small ones hidden from whoever may not open the files."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import TypeVar

import numpy as np

from domain.records.gaps import GapBoard, GapCount, GapFilter, GapRow, GapSplit, GapVacancy
from domain.records.officer import Officer
from domain.records.statistics import Figure, Hidden, said
from domain.texts import N_, Sentence, Term
from matching.gaps.board import Opened
from services import clock
from services.gaps.found import Bools, Found, find, name_of
from services.permissions import Permission, can, check_can
from services.reference import reference
from services.small_numbers import hide_few
from services.statistics.dashboard import rules_on

K = TypeVar("K", bound=Hashable)


def get_gap_board(*, wanted: GapFilter, by: Officer) -> GapBoard:
    """Every change that opens something under the filter, the most useful first."""
    check_can(by, Permission.RANKING_READ)
    found, least = find(by), least_shown(by)
    rows = [
        row
        for opened in found.gaps.opened
        if not wanted.kinds or opened.change.kind in wanted.kinds
        if (row := _row(found, opened, wanted, least)) is not None
    ]
    rows.sort(key=lambda row: (-row.count.lacking, -row.count.positions, row.id))
    fits = found.fitting(wanted)
    return GapBoard(
        finding=_finding(rows, bool(fits.any()), least),
        rows=tuple(rows),
        vacancies=int(fits.sum()),
        positions=int(found.positions[fits].sum()),
        lacking=int(found.positions[fits & found.lacks].sum()),
        people=found.gaps.people,
        language_levels=found.asked.near.language_levels,
        untaught=tuple(Term("licence", code) for code in sorted(found.asked.near.untaught)),
        candidates_per_position=found.asked.parameters.candidates_per_position,
        least=least,
        counted_at=found.counted_at,
    )


def get_gap_split(*, change: str, wanted: GapFilter, by: Officer) -> GapSplit:
    """One change by region of the people, by country and by vacancy."""
    check_can(by, Permission.RANKING_READ)
    found, least = find(by), least_shown(by)
    opened = found.opened(change)
    keep = found.chosen(opened, wanted)
    row = _row(found, opened, wanted, least)
    if row is None:
        row = GapRow(change, opened.change.kind, opened.change.sentence, GapCount(0, 0, 0, 0), 0)
    people = _countries(found, opened, keep, least)
    regions = _regions(found, opened, keep, least)
    of_vacancy = _of_vacancies(found, opened, keep, least)
    if isinstance(row.count.people, Hidden):
        # Each part of it would tell what is kept back of the whole.
        people, regions, of_vacancy = (
            _protected(people),
            _protected(regions),
            _protected(of_vacancy),
        )
    counts = [
        (code, _count(found, opened, keep & _in(found, opened, code), figure))
        for code, figure in people.items()
    ]
    return GapSplit(
        row,
        tuple(regions.items()),
        tuple(sorted(counts, key=lambda pair: -pair[1].positions)),
        _vacancies(found, of_vacancy),
    )


def _protected(counts: Mapping[K, Figure]) -> dict[K, Figure]:
    return {key: Hidden.PROTECTING if count else count for key, count in counts.items()}


def gap_choices(*, by: Officer) -> Mapping[str, tuple[str, ...]]:
    """Codes that the filters offer: countries of open vacancies, regions."""
    check_can(by, Permission.RANKING_READ)
    countries = {vacancy.country for vacancy in find(by).vacancies}
    return {"country": tuple(sorted(countries)), "region": tuple(reference().names["region"])}


def least_shown(by: Officer) -> int | None:
    """Counts of people below this are hidden from this reader."""
    if can(by, Permission.JOBSEEKERS_READ):
        return None
    return rules_on(clock.today()).small_number_below


def _row(found: Found, opened: Opened, wanted: GapFilter, least: int | None) -> GapRow | None:
    keep = found.chosen(opened, wanted)
    people = _people(opened, keep)
    if not people:
        return None
    excluded = _people(opened, keep & opened.excluded)
    parts = _hidden({"excluded": excluded, "others": people - excluded}, least)
    shown = _shown(found, opened, wanted, least)
    count = _count(found, opened, keep, shown)
    out = shown if isinstance(shown, Hidden) else parts["excluded"]
    if least is not None and (wanted.region or wanted.country):
        out = Hidden.PROTECTING  # the other regions and countries and the sum would tell it
    return GapRow(name_of(opened.change), opened.change.kind, opened.change.sentence, count, out)


def _shown(found: Found, opened: Opened, wanted: GapFilter, least: int | None) -> Figure:
    """The people under a filter; what a split keeps back, the filter by it does not tell."""
    people = _people(opened, found.chosen(opened, wanted))
    if least is None:
        return people
    figures = [_one(people, least)]
    if wanted.region is not None:
        wider = found.chosen(opened, replace(wanted, region=None))
        figures.append(_regions(found, opened, wider, least)[wanted.region])
    if wanted.country is not None:
        wider = found.chosen(opened, replace(wanted, country=None))
        figures.append(_countries(found, opened, wider, least)[wanted.country])
    return next((figure for figure in figures if isinstance(figure, Hidden)), people)


def _people(opened: Opened, keep: Bools) -> int:
    return len(np.unique(opened.person[keep]))


def _count(found: Found, opened: Opened, keep: Bools, people: Figure) -> GapCount:
    vacancies = np.unique(opened.vacancy[keep])
    positions = found.positions[vacancies]
    return GapCount(
        people=people,
        vacancies=len(vacancies),
        positions=int(positions.sum()),
        lacking=int(positions[found.lacks[vacancies]].sum()),
    )


def _in(found: Found, opened: Opened, country: str) -> Bools:
    there = np.array([vacancy.country == country for vacancy in found.vacancies], np.bool_)
    return there[opened.vacancy]


def _countries(found: Found, opened: Opened, keep: Bools, least: int | None) -> dict[str, Figure]:
    codes = sorted({found.vacancies[v].country for v in opened.vacancy[keep].tolist()})
    people = {code: _people(opened, keep & _in(found, opened, code)) for code in codes}
    return _hidden(people, least)


def _regions(
    found: Found, opened: Opened, keep: Bools, least: int | None
) -> dict[str | None, Figure]:
    places = found.regions.of(np.unique(opened.person[keep]))
    codes = found.regions.codes
    named: dict[str | None, int] = {
        region: int((places == codes.index(region)).sum()) if region in codes else 0
        for region in reference().names["region"]
    }
    if (places < 0).any():
        named[None] = int((places < 0).sum())
    return _hidden(named, least)


def _of_vacancies(
    found: Found, opened: Opened, keep: Bools, least: int | None
) -> dict[int, Figure]:
    counts = np.bincount(opened.vacancy[keep], minlength=len(found.vacancies)).tolist()
    return _hidden({place: count for place, count in enumerate(counts) if count}, least)


def _vacancies(found: Found, people: Mapping[int, Figure]) -> tuple[GapVacancy, ...]:
    return tuple(
        GapVacancy(
            vacancy.number,
            vacancy.title,
            vacancy.title_ka,
            vacancy.country,
            vacancy.start_on,
            vacancy.positions,
            found.gaps.eligible[place],
            found.asked.openings[place].places,
            people[place],
        )
        for place, vacancy in enumerate(found.vacancies)
        if place in people
    )


def _one(count: Figure, least: int | None) -> Figure:
    is_few = least is not None and isinstance(count, int) and 0 < count < least
    return Hidden.FEW if is_few else count


def _hidden(counts: Mapping[K, int], least: int | None) -> dict[K, Figure]:
    return dict(counts) if least is None else hide_few(counts, least)


def _finding(rows: list[GapRow], has_vacancies: bool, least: int | None) -> Sentence:
    if not has_vacancies:
        return Sentence(N_("No vacancy is open under this filter"))
    if not rows:
        return Sentence(N_("No single course would open a position to anybody under this filter"))
    best = rows[0]
    values = {
        "change": best.change,
        "positions": best.count.positions,
        "people": said(best.count.people, least or 0),
    }
    return Sentence(N_("{change} would open {positions} positions to {people} people"), values)
