"""The Georgian consulate in charge of a country, from a dated reference table."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

import db.reference
from domain.records.deployments import Consulate

FILE = Path(db.reference.__path__[0]) / "consulates.csv"


@cache
def _table() -> dict[str, list[Consulate]]:
    found: dict[str, list[Consulate]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            names = {"ka": line["name_ka"], "en": line["name_en"]} if line["name_en"] else None
            found.setdefault(line["country"], []).append(
                Consulate(
                    country=line["country"],
                    names=names,
                    phone=line["phone"] or None,
                    email=line["email"] or None,
                    checked_on=date.fromisoformat(line["checked_on"]),
                    source=line["source"],
                )
            )
    return found


def consulate_of(country: str, day: date) -> Consulate:
    """The country's newest line that was checked by that day; all None where there is none."""
    known = [one for one in _table().get(country, []) if one.checked_on and one.checked_on <= day]
    if not known:
        return Consulate(country, None, None, None, None, None)
    return max(known, key=lambda one: one.checked_on or date.min)
