"""Who is registered: by region, and by the occupation worked in longest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy.orm import Session

from db.queries import statistics as queries
from db.queries.statistics import Scope
from domain.records.statistics import Figure, Hidden, OccupationRow, RegionRow, Register
from domain.texts import N_, Sentence, Term
from services.reference import reference
from services.small_numbers import hide_few, hide_few_in_table


def register(session: Session, scope: Scope, least: int) -> Register:
    """Everybody registered until the period's end, counted once, without drafts."""
    rows = queries.count_by_region_and_occupation(session, scope)
    table: Counter[tuple[str | None, str | None]] = Counter()
    new: Counter[str | None] = Counter()
    minor: Counter[str | None] = Counter()
    for region, group, people, newcomers in rows:
        table[region, group[:1] if group else None] += people
        new[region] += newcomers
        minor[group] += people
    major: Counter[str | None] = Counter()
    for (_, group), people in table.items():
        major[group] += people
    hidden_major = hide_few(_ordered(major), least)
    return Register(
        finding=_region_finding(table, scope, least),
        occupation_finding=_occupation_finding(major, least),
        people=hide_few({"": sum(table.values())}, least)[""],
        regions=_regions(table, new, scope, least),
        major=_rows(hidden_major),
        minor=_rows(_hide_minor(minor, hidden_major, least)),
    )


def _regions(
    table: Counter[tuple[str | None, str | None]],
    new: Counter[str | None],
    scope: Scope,
    least: int,
) -> tuple[RegionRow, ...]:
    named: list[str | None] = [scope.region] if scope.region else [*reference().names["region"]]
    named += [None] if any(region is None for region, _ in table) else []
    groups = sorted({group for _, group in table}, key=lambda group: group or "~")
    cells = hide_few_in_table({(r, g): table[r, g] for r in named for g in groups}, least)
    people = hide_few({r: sum(table[r, g] for g in groups) for r in named}, least)
    newcomers = hide_few({r: new[r] for r in named}, least)
    return tuple(
        RegionRow(r, people[r], newcomers[r], {g: cells[r, g] for g in groups}) for r in named
    )


def _ordered(counts: Counter[str | None]) -> dict[str | None, int]:
    """The largest group first, the unknown last."""
    ordered = sorted(counts, key=lambda code: (code is None, -counts[code], code or ""))
    return {code: counts[code] for code in ordered}


def _rows(shown: Mapping[str | None, Figure]) -> tuple[OccupationRow, ...]:
    return tuple(OccupationRow(code, figure) for code, figure in shown.items())


def _hide_minor(
    minor: Counter[str | None], major: Mapping[str | None, Figure], least: int
) -> dict[str | None, Figure]:
    """Within each major group, whose sum is shown; all where that sum is kept back."""
    shown: dict[str | None, Figure] = {}
    for code, total in major.items():
        parts = {one: count for one, count in minor.items() if (one[:1] if one else None) == code}
        if isinstance(total, Hidden):
            shown |= dict.fromkeys(parts, Hidden.PROTECTING)
        else:
            shown |= hide_few(parts, least)
    return {code: shown[code] for code in _ordered(minor)}


def _region_finding(
    table: Counter[tuple[str | None, str | None]], scope: Scope, least: int
) -> Sentence:
    total = sum(table.values())
    people: Counter[str] = Counter()
    for (region, _), count in table.items():
        if region is not None:
            people[region] += count
    if not total:
        return Sentence(N_("Nobody is registered under this filter yet"))
    if not people:
        return Sentence(N_("No region is stated for any of the {people} people"), {"people": total})
    region, most = max(people.items(), key=lambda pair: (pair[1], pair[0]))
    named = {"region": Term("region", region)}
    if most < least:
        return Sentence(N_("Too few people are registered to be told by region"))
    if scope.region:
        return Sentence(N_("{region}: {people} registered people"), {**named, "people": most})
    text = N_("Most registered people live in this region: {region} ({share}%)")
    return Sentence(text, {**named, "share": round(100 * most / total)})


def _occupation_finding(major: Counter[str | None], least: int) -> Sentence:
    known = {code: count for code, count in major.items() if code is not None}
    unknown = major[None]
    if not known:
        return Sentence(N_("No occupation is stated for anybody under this filter"))
    code, most = max(known.items(), key=lambda pair: (pair[1], pair[0]))
    if most < least:
        return Sentence(N_("Too few people are registered to be told by occupation"))
    values: dict[str, object] = {
        "group": Term("occupation", code),
        "share": round(100 * most / (sum(known.values()) + unknown)),
    }
    if unknown >= least:
        text = N_(
            "The largest group worked longest as: {group} ({share}%); {unknown} state no work"
        )
        return Sentence(text, {**values, "unknown": unknown})
    return Sentence(N_("The largest group worked longest as: {group} ({share}%)"), values)
