"""Which vacancies and quotas are filled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from db.queries import statistics as queries
from db.queries.statistics import Scope
from domain.records.statistics import CountryRow, Figure, Openings, QuotaRow, said
from domain.texts import N_, Sentence, Term
from services.reference import reference
from services.small_numbers import hide_few


def openings(session: Session, scope: Scope, year_begins: datetime, least: int) -> Openings:
    """Positions by country, and the year's departures against the quotas that are known."""
    countries = _countries(queries.count_positions(session, scope))
    departed = queries.count_departed_by_scheme(session, scope, year_begins)
    quotas = tuple(
        QuotaRow(
            scheme.code,
            hide_few({"": departed.get(scheme.code, 0)}, least)[""],
            scheme.annual_quota,
        )
        for scheme in sorted(
            reference().schemes.values(),
            key=lambda one: (
                one.annual_quota is None,
                -departed.get(one.code, 0),
                -(one.annual_quota or 0),
            ),
        )
        if scope.scheme in (None, scheme.code) and scope.country in (None, scheme.country)
    )
    return Openings(
        _finding(countries, least),
        _quota_finding(quotas, year_begins.year, least),
        year_begins.year,
        tuple(_shown(row, least) for row in countries),
        quotas,
    )


@dataclass(frozen=True, slots=True)
class _Country:
    """The true counts of a country."""

    country: str
    vacancies: int = 0
    positions: int = 0
    filled: int = 0
    on_the_way: int = 0
    open: int = 0
    unfilled: int = 0


def _countries(rows: Sequence[tuple[str, int, int, int, int, int]]) -> list[_Country]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0] * 6)
    for country, has_ended, vacancies, positions, filled, on_the_way in rows:
        rest = positions - filled - on_the_way
        parts = (vacancies, positions, filled, on_the_way, *((0, rest) if has_ended else (rest, 0)))
        sums[country] = [one + other for one, other in zip(sums[country], parts, strict=True)]
    made = [_Country(country, *parts) for country, parts in sums.items()]
    return sorted(made, key=lambda row: (-row.positions, row.country))


def _shown(row: _Country, least: int) -> CountryRow:
    """Free places are no people: they are hidden only where they would tell how many went."""
    parts = {
        "filled": row.filled,
        "on_the_way": row.on_the_way,
        "open": row.open,
        "unfilled": row.unfilled,
    }
    figures = hide_few(parts, least, no_people=("open", "unfilled"))
    return CountryRow(row.country, row.vacancies, row.positions, **figures)


def _finding(rows: Sequence[_Country], least: int) -> Sentence:
    positions, free = sum(row.positions for row in rows), sum(row.open for row in rows)
    if not rows:
        return Sentence(N_("No vacancy was published in this period"))
    if not free:
        return Sentence(N_("None of the {positions} positions is open"), {"positions": positions})
    most = max(rows, key=lambda row: row.open)
    values = {"open": free, "positions": positions, "country": Term("country", most.country)}
    if 0 < positions - free < least:
        text = N_("Nearly all of {positions} positions are open, most of them in: {country}")
        return Sentence(text, values)
    text = N_("Open: {open} of {positions} positions, most of them in one country: {country}")
    return Sentence(text, values)


def _quota_finding(rows: Sequence[QuotaRow], year: int, least: int) -> Sentence:
    known = [row for row in rows if row.quota]
    # The year as text: numbers get separators.
    values: dict[str, object] = {"year": str(year)}
    if not known:
        return Sentence(N_("No quota is known for {year}"), values)
    most = max(known, key=lambda row: length(row.departed, least) / (row.quota or 1))
    values |= {
        "scheme": Term("scheme", most.scheme),
        "departed": said(most.departed, least),
        "quota": most.quota,
    }
    text = N_("{year}: {departed} of a quota of {quota} departed under “{scheme}”")
    return Sentence(text, values)


def length(figure: Figure, least: int) -> int:
    """A number to compare by: at a hidden one, the least that is shown."""
    return figure if isinstance(figure, int) else least
