"""Who opened a letter when, and who has to confirm to have read it."""

from __future__ import annotations

from collections.abc import Collection

from db.models import LetterReaderRow, OfficerRow
from domain.enums import LetterStep
from domain.exceptions import InvalidInput, Refused
from domain.records.correspondence import LetterRecord
from domain.records.officer import Officer
from domain.texts import N_
from services import clock
from services.correspondence import checks
from services.correspondence.chains import note
from services.correspondence.work import Work, finish, letter_work
from services.permissions import MATRIX, Permission, check_can


def open_letter(*, letter_id: int, by: Officer) -> LetterRecord:
    """Read a letter; who read it when is kept with it, and audited."""
    check_can(by, Permission.LETTERS_READ)
    with letter_work(letter_id, by) as work:
        reader = work.chain.reader(by.id) or _reader(work, by.id)
        reader.first_opened_at = reader.first_opened_at or clock.now()
        reader.last_opened_at = clock.now()
        return finish(work, action="read", by=by)


def _reader(work: Work, officer_id: int) -> LetterReaderRow:
    row = LetterReaderRow(letter_id=work.chain.row.id, officer_id=officer_id)
    work.session.add(row)
    work.chain.readers.append(row)
    return row


def ask_to_read(*, letter_id: int, officer_ids: Collection[int], by: Officer) -> LetterRecord:
    """Put officers on the acquaintance list: they may open the letter and have to confirm."""
    with letter_work(letter_id, by) as work:
        checks.check_circulate(work.chain, work.desk)
        new = []
        for officer_id in dict.fromkeys(officer_ids):
            officer = work.session.get(OfficerRow, officer_id)
            if officer is None or Permission.LETTERS_READ not in MATRIX[officer.role]:
                raise InvalidInput(N_("Only officers who read letters can be asked."))
            reader = work.chain.reader(officer_id) or _reader(work, officer_id)
            if reader.asked_at is None:
                reader.asked_at, reader.asked_by = clock.now(), by.id
                new.append(officer_id)
                step = LetterStep.ACQUAINTANCE_ASKED
                note(work.session, work.chain, step, by, officer_id=officer_id)
        if not new:
            raise InvalidInput(N_("Choose somebody who was not asked yet."))
        return finish(work, action="asked_to_read", details={"officers": new}, by=by)


def confirm_reading(*, letter_id: int, by: Officer) -> LetterRecord:
    """Say that one has read the letter."""
    check_can(by, Permission.LETTERS_READ)
    with letter_work(letter_id, by) as work:
        reader = work.chain.reader(by.id)
        if reader is None or reader.asked_at is None:
            raise Refused(N_("Nobody asked you to confirm to have read it."))
        if reader.acquainted_at is not None:
            return work.shown()
        reader.acquainted_at = clock.now()
        note(work.session, work.chain, LetterStep.ACQUAINTED, by, officer_id=by.id)
        return finish(work, action="acquainted", by=by)
