"""What people decided about job titles: noted when a code is confirmed, so that a coder learns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from babel.languages import get_official_languages
from sqlalchemy.orm import Session

from db.repositories import coding as repository
from db.session import unit_of_work
from domain.exceptions import InvalidInput
from domain.records.coding import TakenDecisions
from domain.records.officer import Officer
from domain.texts import N_
from matching.texts.titles import normalise_title
from services import audit, clock
from services.permissions import Permission, check_can
from services.reference import reference

COLUMNS = ("text", "lang", "code")
_GEORGIAN = re.compile("[ა-ჰ]")
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def note_decisions(
    session: Session,
    *,
    number: str,
    title: str,
    country: str | None,
    codes: Mapping[str, float | None],
    by: Officer,
) -> None:
    """Within the caller's transaction: this officer chose these codes for the vacancy's title.

    `codes`: unit group → likeness of the suggestion, where it was one.
    """
    version = repository.in_use(session)
    rows = [
        _row(title, language_of_title(title, country), isco, at=clock.now(), by=by.id)
        | {
            "similarity": similarity,
            "coder_version": version[0] if version and similarity is not None else None,
            "vacancy_number": number,
        }
        for isco, similarity in codes.items()
    ]
    repository.add_decisions(session, rows)


def collect_decisions(session: Session) -> int:
    """Note the codes of imported vacancies, and of those older than the notes; how many."""
    rows = [
        _row(
            one.title,
            language_of_title(one.title, one.country),
            one.isco,
            at=one.confirmed_at or one.updated_at,
            by=one.confirmed_by,
        )
        | {"similarity": one.suggested_score, "vacancy_number": one.number}
        for one in repository.coded_vacancies(session)
    ]
    repository.add_decisions(session, rows)
    return len(rows)


def _row(
    title: str, lang: str | None, isco: str, *, at: datetime, by: int | None
) -> dict[str, Any]:
    return {
        "title": title,
        "title_key": normalise_title(title),
        "lang": lang,
        "isco": isco,
        "similarity": None,
        "coder_version": None,
        "vacancy_number": None,
        "decided_at": at,
        "decided_by": by,
    }


def language_of_title(title: str, country: str | None) -> str | None:
    """By its letters, else the first official language of the country; None = not known."""
    if _GEORGIAN.search(title):
        return "ka"
    own = get_official_languages(country, de_facto=True) if country else ()
    if _CYRILLIC.search(title) and not {"bg", "uk", "mk", "sr", "be"} & {*own}:
        return "ru"
    return str(own[0]).split("_")[0] if own else None


def times_chosen(session: Session, titles: Iterable[str]) -> dict[str, dict[str, int]]:
    """Title → unit group → how often people chose it for this title, however it is written."""
    keys = {title: normalise_title(title) for title in titles}
    found = repository.times_chosen(session, keys.values())
    return {title: found.get(key, {}) for title, key in keys.items()}


def take_decisions(*, content: bytes, by: Officer) -> TakenDecisions:
    """Take in a file of coded titles: CSV in UTF-8 with the columns text, lang, code."""
    check_can(by, Permission.CODERS_TRAIN)
    lines = _read(content)
    levels = reference().occupation_levels
    now = clock.now()
    rows: list[dict[str, Any]] = []
    rejected: list[tuple[int, str]] = []
    for place, line in enumerate(lines, start=2):
        title, lang, code = ((line.get(name) or "").strip() for name in COLUMNS)
        if not normalise_title(title):
            rejected.append((place, N_("the text has no words")))
        elif levels.get(code) != 4:
            rejected.append((place, N_("the code is no ISCO-08 unit group of four digits")))
        else:
            rows.append(_row(title, lang or None, code, at=now, by=by.id))
    with unit_of_work() as work:
        repository.add_decisions(work.session, rows)
        audit.record(
            work.session,
            action="imported",
            entity="coding_decision",
            details={"taken": len(rows), "rejected": len(rejected)},
            by=by,
        )
        work.commit()
    return TakenDecisions(len(rows), tuple(rejected))


def _read(content: bytes) -> list[dict[str, str]]:
    try:
        table = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        missing = tuple(name for name in COLUMNS if name not in (table.fieldnames or ()))
        if missing:
            raise InvalidInput(N_("The file lacks the columns {columns}."), columns=missing)
        return list(table)
    except (UnicodeDecodeError, csv.Error) as error:
        raise InvalidInput(N_("The file can't be read as CSV in UTF-8.")) from error
