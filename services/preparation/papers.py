"""The papers of a permit file: when each is due, and what is wrong with one that is there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from db.models import PermitPaperRow
from domain.enums import PermitPaperState
from domain.records.preparation import CountryPack, PackPaper, PaperRecord
from domain.texts import N_, Sentence
from domain.values import months_after
from services.preparation.packs import paper_term


def due_day(paper: PackPaper, departure_on: date | None) -> date | None:
    """When a paper should be there, counted back from the planned departure; None: no date yet."""
    return departure_on - timedelta(paper.days_before) if departure_on else None


def must_last_until(
    paper: PackPaper, *, departure_on: date | None, return_on: date | None, passport_months: int
) -> date | None:
    """The day on which the paper must still be valid; None where no rule says so or no date is."""
    if paper.lasts_until is None:
        return None
    day = return_on if paper.lasts_until == "return" else departure_on
    if day is None:
        return None
    return months_after(day, passport_months) if paper.months_after_return else day


def problem_of(
    pack: CountryPack,
    paper: PackPaper,
    *,
    valid_until: date | None,
    departure_on: date | None,
    return_on: date | None,
    passport_months: int,
) -> Sentence | None:
    """Why a paper with this end does not carry the journey; None when it does."""
    name = paper_term(pack, paper)
    needed = must_last_until(
        paper, departure_on=departure_on, return_on=return_on, passport_months=passport_months
    )
    if paper.lasts_until and valid_until is None:
        return Sentence(N_("{paper}: write down until when it is valid."), {"paper": name})
    if needed is None or valid_until is None or valid_until >= needed:
        return None
    if paper.months_after_return:
        return Sentence(
            N_(
                "{paper}: valid until {until}, but it must be valid until {needed}, "
                "{months} months after the planned return."
            ),
            {"paper": name, "until": valid_until, "needed": needed, "months": passport_months},
        )
    return Sentence(
        N_("{paper}: valid until {until}, but it is needed until {needed}."),
        {"paper": name, "until": valid_until, "needed": needed},
    )


def paper_records(
    pack: CountryPack,
    rows: Sequence[PermitPaperRow],
    *,
    departure_on: date | None,
    return_on: date | None,
    passport_months: int,
    today: date,
) -> tuple[PaperRecord, ...]:
    """The checklist as it stands on a day, in the order of the pack."""
    by_code = {row.code: row for row in rows}
    found = []
    for paper in pack.papers:
        row = by_code.get(paper.code)
        if row is None:
            continue
        problem = None
        if row.state in (PermitPaperState.CHECKED, PermitPaperState.RECEIVED):
            problem = problem_of(
                pack,
                paper,
                valid_until=row.valid_until,
                departure_on=departure_on,
                return_on=return_on,
                passport_months=passport_months,
            )
        due = due_day(paper, departure_on)
        is_open = row.state is not PermitPaperState.CHECKED or problem is not None
        found.append(
            PaperRecord(
                rule=paper,
                state=row.state,
                number=row.number,
                issued_on=row.issued_on,
                valid_until=row.valid_until,
                note=row.note,
                file_name=row.file_name,
                version=row.version,
                due_on=due,
                days_left=(due - today).days if due and is_open else None,
                problem=problem,
            )
        )
    return tuple(found)


def open_sentence(pack: CountryPack, paper: PaperRecord) -> Sentence | None:
    """What is missing about a paper, as an obstacle; None when it is settled."""
    if paper.problem is not None:
        return paper.problem
    name = paper_term(pack, paper.rule)
    match paper.state:
        case PermitPaperState.CHECKED:
            return None
        case PermitPaperState.RECEIVED:
            return Sentence(N_("{paper}: received, but nobody has checked it."), {"paper": name})
        case PermitPaperState.UNFIT:
            return Sentence(N_("{paper}: not usable; a new one is needed."), {"paper": name})
        case _:
            return Sentence(N_("{paper}: is missing."), {"paper": name})
