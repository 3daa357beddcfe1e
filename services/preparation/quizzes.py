"""The quiz at the end of orientation: entered by an officer on the day, and again if need be."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from db.models import OrientationPlaceRow, OrientationQuizRow, OrientationSessionRow
from db.repositories import preparation as repository
from db.session import unit_of_work
from domain.enums import Attendance
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.officer import Officer
from domain.records.preparation import Quiz, QuizResult
from domain.texts import N_
from services import audit, clock
from services.permissions import Permission, check_can
from services.preparation.orientations import locked_session
from services.preparation.rules import curriculum_on, quiz_on

NOT_THERE = N_("Only who was at the session takes its quiz: mark the attendance first.")


def record_quiz(
    *, number: str, candidacy_id: int, answers: Mapping[str, str], by: Officer
) -> QuizResult:
    """Keep the answers of one person; a question that was left out counts as wrong."""
    check_can(by, Permission.PREPARATION_EDIT)
    with unit_of_work() as work:
        row = locked_session(work.session, number)
        place = place_in(work.session, row, candidacy_id)
        goes = repository.quizzes_of(work.session, [place.id]).get(place.id, [])
        check_can_record_quiz(place, goes, by)
        # What counts are the questions of the day on which they are asked.
        quiz = quiz_on(clock.today())
        right = count_right(quiz, answers)
        kept = OrientationQuizRow(
            place_id=place.id,
            attempt=len(goes) + 1,
            questions_from=quiz.valid_from,
            answers=dict(answers),
            right_count=right,
            question_count=len(quiz.questions),
            is_passed=has_passed(
                right, len(quiz.questions), curriculum_on(row.curriculum_from).pass_percent
            ),
            taken_on=clock.today(),
            recorded_at=clock.now(),
            recorded_by=by.id,
        )
        work.session.add(kept)
        work.session.flush()
        traveller = repository.find_traveller(work.session, candidacy_id)
        audit.record(
            work.session,
            action="quiz_recorded",
            entity="orientation_session",
            entity_id=row.number,
            subject=traveller.person.external_id if traveller else None,
            details={"attempt": kept.attempt, "right": right, "passed": kept.is_passed},
            by=by,
        )
        work.commit()
        return quiz_result(kept)


def check_can_record_quiz(
    place: OrientationPlaceRow, goes: list[OrientationQuizRow], by: Officer
) -> None:
    """Raise unless the person was there and has not passed yet."""
    check_can(by, Permission.PREPARATION_EDIT)
    if place.attendance is not Attendance.ATTENDED:
        raise Refused(NOT_THERE)
    if any(one.is_passed for one in goes):
        raise Refused(N_("The quiz is passed already."))


def count_right(quiz: Quiz, answers: Mapping[str, str]) -> int:
    """How many answers are right; InvalidInput for a question or an answer that was not asked."""
    known = {one.code: {code for code, _, _ in one.answers} for one in quiz.questions}
    if any(answer not in known.get(code, set()) for code, answer in answers.items()):
        raise InvalidInput(N_("The questions have changed: open the quiz again."))
    return sum(answers.get(one.code) == one.right for one in quiz.questions)


def has_passed(right: int, asked: int, pass_percent: int) -> bool:
    """Whether so many right answers are enough; exact in whole numbers."""
    return asked > 0 and right * 100 >= asked * pass_percent


def quiz_result(row: OrientationQuizRow) -> QuizResult:
    """One go as it is shown."""
    return QuizResult(row.attempt, row.right_count, row.question_count, row.is_passed, row.taken_on)


def place_in(
    session: Session, row: OrientationSessionRow, candidacy_id: int
) -> OrientationPlaceRow:
    """The person's place in a session; NotFound if there is none."""
    places = repository.places_of(session, row.id)
    place = next((one for one in places if one.candidacy_id == candidacy_id), None)
    if place is None:
        raise NotFound(N_("This person has no place in the session."))
    return place
