"""Which vacancies and quotas are filled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from db.queries import statistics as queries
from db.queries.statistics import Scope
from domain.records.statistics import CountryRow, Openings, QuotaRow
from domain.texts import N_, Sentence, Term
from services.reference import reference


def openings(session: Session, scope: Scope, year_begins: datetime) -> Openings:
    """Positions by country, and the year's departures against the quotas that are known."""
    countries = _countries(queries.count_positions(session, scope))
    departed = queries.count_departed_by_scheme(session, scope, year_begins)
    quotas = tuple(
        QuotaRow(scheme.code, departed.get(scheme.code, 0), scheme.annual_quota)
        for scheme in reference().schemes.values()
        if scope.scheme in (None, scheme.code) and scope.country in (None, scheme.country)
    )
    quotas = tuple(
        sorted(quotas, key=lambda row: (row.quota is None, -row.departed, -(row.quota or 0)))
    )
    year = year_begins.year
    return Openings(_finding(countries), _quota_finding(quotas, year), year, countries, quotas)


def _countries(rows: Sequence[tuple[str, int, int, int, int, int]]) -> tuple[CountryRow, ...]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0] * 6)
    for country, has_ended, vacancies, positions, filled, on_the_way in rows:
        rest = positions - filled - on_the_way
        parts = (vacancies, positions, filled, on_the_way, *((0, rest) if has_ended else (rest, 0)))
        sums[country] = [one + other for one, other in zip(sums[country], parts, strict=True)]
    made = [CountryRow(country, *parts) for country, parts in sums.items()]
    return tuple(sorted(made, key=lambda row: (-row.positions, row.country)))


def _finding(rows: Sequence[CountryRow]) -> Sentence:
    positions, free = sum(row.positions for row in rows), sum(row.open for row in rows)
    if not rows:
        return Sentence(N_("No vacancy was published in this period"))
    if not free:
        return Sentence(N_("None of the {positions} positions is open"), {"positions": positions})
    most = max(rows, key=lambda row: row.open)
    text = N_("Open: {open} of {positions} positions, most of them in one country: {country}")
    values = {"open": free, "positions": positions, "country": Term("country", most.country)}
    return Sentence(text, values)


def _quota_finding(rows: Sequence[QuotaRow], year: int) -> Sentence:
    known = [row for row in rows if row.quota]
    # The year as text: numbers get separators.
    values: dict[str, object] = {"year": str(year)}
    if not known:
        return Sentence(N_("No quota is known for {year}"), values)
    most = max(known, key=lambda row: row.departed / (row.quota or 1))
    values |= {
        "scheme": Term("scheme", most.scheme),
        "departed": most.departed,
        "quota": most.quota,
    }
    text = N_("{year}: {departed} of a quota of {quota} departed under “{scheme}”")
    return Sentence(text, values)
