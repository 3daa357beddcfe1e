"""What becomes of a person's questions when the file itself changes its place."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import JobseekerRow
from db.queries.questions import open_questions_of
from domain.enums import QuestionStatus
from domain.records.officer import Officer
from domain.transitions import QUESTION, check_can_move
from services import audit, clock


def end_questions(session: Session, file: JobseekerRow, by: Officer) -> None:
    """Nobody is asked for a file that leads elsewhere; the kept one has its own questions."""
    for row in open_questions_of(session, file.id):
        check_can_move(QUESTION, row.status, QuestionStatus.NOT_NEEDED)
        row.status, row.closed_at, row.closed_by = QuestionStatus.NOT_NEEDED, clock.now(), by.id
        audit.record(
            session,
            action="closed",
            entity="question",
            entity_id=row.id,
            subject=file.external_id,
            details={"fact": row.fact.value, "outcome": None},
            by=by,
        )
