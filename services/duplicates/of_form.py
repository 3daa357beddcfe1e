"""Who in the register may be the person of a form: blocked in SQL, scored, judged by an officer."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from db.models import JobseekerRow, NotDuplicateRow
from db.queries.jobseekers import block_of_possible_duplicates
from db.repositories.jobseekers import list_not_duplicates
from domain.exceptions import Refused
from domain.records.jobseeker import JobseekerForm, PossibleDuplicate
from domain.records.officer import Officer
from domain.texts import N_
from matching.duplicates.likeness import duplicate_score
from matching.duplicates.rules import duplicate_rules_at
from services import clock
from services.jobseekers.files import form_of, named_person, summary_of


class LikelyDuplicates(Refused):
    """Somebody registered looks like the person of the form, and nobody has judged the pair."""

    def __init__(self, duplicates: tuple[PossibleDuplicate, ...]) -> None:
        self.duplicates = duplicates
        super().__init__(
            N_(
                "This person may already be registered: {files}. Compare the files, then open the"
                " existing one or confirm that these are different people."
            ),
            files=tuple(found.record.external_id for found in duplicates),
        )


def likely_duplicates(
    session: Session, form: JobseekerForm, *, but: int | None = None
) -> tuple[PossibleDuplicate, ...]:
    """Likely duplicates of a tidied form, best first; `but`: the id of the form's own file."""
    person = named_person(form)
    block = block_of_possible_duplicates(
        session,
        folded_names=person.spellings(),
        birth_dates=_days_nearby(form.birth_date),
        personal_number=form.personal_number,
        phone=form.phone,
        but=but,
    )
    judged = list_not_duplicates(session, but) if but is not None else set()
    rules = duplicate_rules_at(clock.today())
    found = []
    for row in block:
        score = duplicate_score(person, named_person(form_of(row)), rules)
        if score.is_likely and row.id not in judged:
            is_same = row.personal_number is not None and (
                row.personal_number == form.personal_number
            )
            found.append(PossibleDuplicate(summary_of(row), score.score, score.reasons, is_same))
    return tuple(sorted(found, key=lambda d: (-d.score, d.record.external_id)))


def _days_nearby(born: date | None) -> tuple[date, ...]:
    """The birth date, and the one that results when day and month are swapped."""
    if born is None:
        return ()
    return (born,) if born.day > 12 else (born, date(born.year, born.day, born.month))


def store_judgements(
    session: Session, row: JobseekerRow, others: tuple[PossibleDuplicate, ...], by: Officer
) -> None:
    """Remember that an officer found these to be different people."""
    for other in others:
        first, second = sorted((row.id, other.record.id))
        session.add(
            NotDuplicateRow(
                first_id=first, second_id=second, judged_at=clock.now(), judged_by=by.id
            )
        )
