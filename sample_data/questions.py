"""Calls to make: some of the questions worth asking are somebody's task, one was made in vain."""

from __future__ import annotations

from domain.enums import AskedFact, QuestionOutcome
from domain.records.officer import Officer
from services.questions.listing import list_questions_worth_asking
from services.questions.tasks import close_question, make_question

TO_ASK = (AskedFact.PASSPORT, AskedFact.SKILLS, AskedFact.YEARS)
IN_VAIN = AskedFact.COUNTRIES


def ask_questions(by: Officer) -> None:
    """Of each of these facts, ask the person of whom most depends on it."""
    worth = list_questions_worth_asking(limit=500, by=by).rows
    first = {row.fact: row.person.external_id for row in reversed(worth)}
    for fact in TO_ASK:
        if fact in first:
            make_question(external_id=first[fact], fact=fact, by=by)
    if IN_VAIN in first:
        made = make_question(external_id=first[IN_VAIN], fact=IN_VAIN, by=by)
        outcome = QuestionOutcome.NOT_REACHED
        close_question(question_id=made.id, outcome=outcome, version=made.version, by=by)
