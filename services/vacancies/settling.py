"""An officer decides on words that stop a vacancy: a clause of the agreement, or no requirement."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import SettledWordsRow, VacancyRow
from db.repositories import intake as repository
from db.repositories import vacancies as vacancies_repository
from db.session import unit_of_work
from domain.enums import WordsSettledBy
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.intake import Clause, ProtectedWords
from domain.records.officer import Officer
from domain.records.vacancy import VacancyRecord
from domain.texts import N_
from services import audit, clock
from services.permissions import Permission, check_can
from services.vacancies.intake import asks_for_more, clauses_about, protected_words
from services.vacancies.records import found, vacancy_record
from services.vacancies.vacancies import check_can_edit, get_vacancy


def cite_clause(*, number: str, words: str, rule: str, by: Officer) -> VacancyRecord:
    """Let the words stand because a clause of the vacancy's own agreement asks for the same."""
    check_can(by, Permission.VACANCIES_EDIT)
    with unit_of_work() as work:
        row, vacancy, one = _finding(work.session, number, words, by)
        clause = _clause(vacancy, one, rule)
        kept = _row(work.session, row, one, WordsSettledBy.CLAUSE, by)
        kept.scheme_code, kept.clause, kept.source = vacancy.scheme_code, clause.text, clause.source
        _log(work.session, kept, vacancy, "settled_words", by)
        work.commit()
    return get_vacancy(number=number, by=by)


def declare_no_requirement(*, number: str, words: str, reason: str, by: Officer) -> VacancyRecord:
    """Let the words stand because they ask nothing of the person; the reason is kept."""
    check_can(by, Permission.VACANCIES_EDIT)
    if not reason.strip():
        raise InvalidInput(N_("Give a reason: it is kept with the vacancy."))
    with unit_of_work() as work:
        row, vacancy, one = _finding(work.session, number, words, by)
        kept = _row(work.session, row, one, WordsSettledBy.NO_REQUIREMENT, by)
        kept.reason = " ".join(reason.split())
        _log(work.session, kept, vacancy, "settled_words", by)
        work.commit()
    return get_vacancy(number=number, by=by)


def take_back_decision(*, number: str, words: str, by: Officer) -> VacancyRecord:
    """The words stop the vacancy again."""
    check_can(by, Permission.VACANCIES_EDIT)
    with unit_of_work() as work:
        row, vacancy, one = _finding(work.session, number, words, by)
        kept = repository.find_settled(work.session, row.id, one.id)
        if kept is None:
            raise NotFound(N_("Nothing was decided on these words."))
        _log(work.session, kept, vacancy, "unsettled_words", by)
        work.session.delete(kept)
        work.commit()
    return get_vacancy(number=number, by=by)


def _finding(
    session: Session, number: str, words: str, by: Officer
) -> tuple[VacancyRow, VacancyRecord, ProtectedWords]:
    row = found(vacancies_repository.find_vacancy(session, number, lock=True))
    vacancy = vacancy_record(session, row)
    check_can_edit(vacancy, by)
    for one in protected_words(vacancy, vacancy.settled):
        if one.id == words:
            return row, vacancy, one
    raise NotFound(N_("These words are no longer in the vacancy: look at it again."))


def _clause(vacancy: VacancyRecord, one: ProtectedWords, rule: str) -> Clause:
    for clause in clauses_about(vacancy, one.topic):
        if clause.rule == rule:
            if asks_for_more(one, clause):
                raise Refused(
                    N_("The text is stricter than the agreement. Its clause: {clause}"),
                    clause=clause.text,
                )
            return clause
    raise Refused(N_("The vacancy's scheme has no such clause about this: change the text."))


def _row(
    session: Session, row: VacancyRow, one: ProtectedWords, way: WordsSettledBy, by: Officer
) -> SettledWordsRow:
    kept = repository.find_settled(session, row.id, one.id)
    if kept is None:
        kept = SettledWordsRow(vacancy_id=row.id, sha256=one.id)
        session.add(kept)
    kept.topic, kept.words, kept.sentence = one.topic, one.words, one.sentence
    kept.settled_as, kept.settled_at, kept.settled_by = way, clock.now(), by.id
    kept.reason = kept.scheme_code = kept.clause = kept.source = None
    return kept


def _log(
    session: Session, kept: SettledWordsRow, vacancy: VacancyRecord, action: str, by: Officer
) -> None:
    session.flush()
    details = {
        "topic": kept.topic,
        "words": kept.words,
        "sentence": kept.sentence,
        "settled_as": kept.settled_as,
        "reason": kept.reason,
        "clause": kept.clause,
        "source": kept.source,
    }
    audit.record(
        session,
        action=action,
        entity="vacancy",
        entity_id=vacancy.number,
        details=details,
        by=by,
    )
