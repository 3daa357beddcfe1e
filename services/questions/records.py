"""Questions as records, with what the vacancies behind them ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from db.models import JobseekerRow, QuestionRow
from db.queries.questions import Asked
from db.repositories import vacancies as repository
from domain.records.questions import AskedQuestion, Person, PossibleMove, RankChange
from matching.parameters import Parameters
from matching.types import Requirement
from services.questions.words import question_sentence
from services.vacancies.records import vacancy_record
from services.vacancies.requirements import requirement


def person_record(row: JobseekerRow) -> Person:
    """Whom it is about, as the file is now."""
    return Person(
        row.external_id,
        _full(row.first_name_ka, row.last_name_ka),
        _full(row.first_name_lat, row.last_name_lat),
        row.region,
    )


def _full(first: str | None, last: str | None) -> str | None:
    return " ".join(part for part in (first, last) if part) or None


def moves_to_json(moves: Iterable[PossibleMove]) -> list[Any]:
    """As a question stores them."""
    return [asdict(move) for move in moves]


def requirements_of(session: Session, rows: Iterable[QuestionRow]) -> dict[str, Requirement]:
    """What the vacancies of these questions ask now, by number."""
    numbers = {move["vacancy"] for row in rows for move in row.asked_for}
    found = repository.find_vacancies(session, sorted(numbers))
    return {n: requirement(vacancy_record(session, row)) for n, row in found.items()}


def question_records(
    session: Session, found: Sequence[Asked], parameters: Parameters
) -> tuple[AskedQuestion, ...]:
    """Rows of `db.queries.questions` as records."""
    asked = requirements_of(session, [row for row, *_ in found])
    return tuple(_record(*one, asked, parameters) for one in found)


def _record(
    row: QuestionRow,
    person: JobseekerRow,
    assigned_ka: str | None,
    assigned_en: str | None,
    asked: Mapping[str, Requirement],
    parameters: Parameters,
) -> AskedQuestion:
    moves = tuple(PossibleMove(**stored) for stored in row.asked_for)
    wanted = [asked[move.vacancy] for move in moves if move.vacancy in asked]
    return AskedQuestion(
        id=row.id,
        version=row.version,
        person=person_record(person),
        fact=row.fact,
        question=question_sentence(row.fact, wanted, parameters),
        status=row.status,
        moves=moves,
        made_at=row.made_at,
        assigned_to=row.assigned_to,
        assigned_ka=assigned_ka,
        assigned_en=assigned_en,
        outcome=row.outcome,
        came_of_it=tuple(RankChange(**stored) for stored in row.came_of_it or ()),
        ask_again_on=row.ask_again_on,
        closed_at=row.closed_at,
    )
