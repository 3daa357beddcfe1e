"""Requirements on age, sex, looks, family or origin: stopped unless an agreement's clause is cited.

Law of Georgia on the Elimination of All Forms of Discrimination; Law on Facilitating Employment,
principle of non-discrimination; the tables of words carry their own date and reference.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from domain.enums import CriterionStatus, ProtectedTopic, WordsSettledBy
from domain.records.intake import Clause, ProtectedWords, SettledWords
from domain.records.vacancy import PublishingCheck, VacancyForm
from domain.texts import N_, Sentence, Term
from matching.texts.intake.finding import Asked, asked_in, words_on
from services import clock
from services.vacancies.scheme_terms import scheme_of

FIELDS = ("title", "title_ka", "description")
MOST_ROWS = 20
"""Rows that the notice of an import names."""
TOPIC_OF_RULE = {
    "age_at_departure": ProtectedTopic.AGE,
    "citizenship": ProtectedTopic.ORIGIN,
    "no_close_family_in_country": ProtectedTopic.FAMILY,
}
"""Rules of agreements that are about one of the topics; there is none about sex or looks."""


def protected_words(
    form: VacancyForm, settled: Iterable[SettledWords] = ()
) -> tuple[ProtectedWords, ...]:
    """What the vacancy's texts ask for that must not be asked, each with what was decided on it.

    A cited clause counts only while the vacancy is under that agreement.
    """
    decided = {one.id: one for one in settled if _still_holds(one, form)}
    found: dict[str, ProtectedWords] = {}
    for field in FIELDS:
        for asked in _asked(getattr(form, field) or "", clock.today()):
            one = _protected(field, asked)
            found.setdefault(one.id, replace(one, settled=decided.get(one.id)))
    return tuple(found.values())


@lru_cache(maxsize=2048)
def _asked(text: str, day: date) -> tuple[Asked, ...]:
    return asked_in(text, words_on(day))


def _protected(field: str, asked: Asked) -> ProtectedWords:
    key = "\n".join((asked.topic.value, asked.words.casefold(), asked.sentence.casefold()))
    return ProtectedWords(
        id=hashlib.sha256(key.encode()).hexdigest(),
        field=field,
        topic=asked.topic,
        words=asked.words,
        sentence=asked.sentence,
        begin=asked.begin,
        youngest=asked.youngest,
        oldest=asked.oldest,
    )


def _still_holds(one: SettledWords, form: VacancyForm) -> bool:
    return one.settled_as is not WordsSettledBy.CLAUSE or one.scheme_code == form.scheme_code


def clauses_about(form: VacancyForm, topic: ProtectedTopic) -> tuple[Clause, ...]:
    """Clauses of the vacancy's own scheme about a topic."""
    scheme = scheme_of(form)
    rules = scheme.terms.get("rules") or () if scheme else ()
    return tuple(
        Clause(rule["rule"], rule["clause"], rule["source"], *_ages(rule, topic))
        for rule in rules
        if TOPIC_OF_RULE.get(rule["rule"]) is topic
    )


def _ages(rule: dict[str, int | None], topic: ProtectedTopic) -> tuple[int | None, int | None]:
    return (rule["min"], rule["max"]) if topic is ProtectedTopic.AGE else (None, None)


def asks_for_more(words: ProtectedWords, clause: Clause) -> bool:
    """Whether the words shut out an age that the clause lets in."""
    if words.topic is not ProtectedTopic.AGE:
        return False
    if words.youngest is None and words.oldest is None:
        return True  # "young workers": no clause says that
    return _is_narrower(words.youngest, clause.youngest, is_least=True) or _is_narrower(
        words.oldest, clause.oldest, is_least=False
    )


def _is_narrower(asked: int | None, allowed: int | None, *, is_least: bool) -> bool:
    if asked is None:
        return False
    if allowed is None:
        return True
    return asked > allowed if is_least else asked < allowed


def intake_checks(
    form: VacancyForm, settled: Iterable[SettledWords]
) -> tuple[PublishingCheck, ...]:
    """One check for each finding: it blocks until the words are changed or decided on."""
    return tuple(_check(one) for one in protected_words(form, settled))


def _check(one: ProtectedWords) -> PublishingCheck:
    values: dict[str, object] = {
        "words": one.words,
        "topic": Term("ProtectedTopic", one.topic.value),
    }
    if one.settled is None:
        text = N_(
            "The words “{words}” ask for something protected ({topic}): change the text, cite a "
            "clause of the agreement, or say why they are no requirement"
        )
        return PublishingCheck("protected_words", CriterionStatus.NOT_MET, Sentence(text, values))
    if one.settled.settled_as is WordsSettledBy.CLAUSE:
        text = N_("“{words}” ({topic}): a clause of the agreement is cited")
    else:
        text = N_("“{words}” ({topic}): no requirement, the reason is kept")
    return PublishingCheck("protected_words", CriterionStatus.MET, Sentence(text, values))


def import_notice(rows: Iterable[tuple[int, VacancyForm]]) -> tuple[Sentence, ...]:
    """What an import says of drafts that such words stop; they are taken in all the same."""
    stopped = tuple(str(number) for number, form in rows if protected_words(form))
    if not stopped:
        return ()
    first = (*stopped[:MOST_ROWS], "…") if len(stopped) > MOST_ROWS else stopped
    text = N_(
        "Vacancies whose words ask for age, sex, looks, family status or origin: {count} (rows "
        "{rows}). They are taken in as drafts; settle the words before publishing."
    )
    return (Sentence(text, {"count": len(stopped), "rows": first}),)
