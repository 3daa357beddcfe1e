"""What two people do with papers in one moment: neither is told of an error."""

import hashlib
import time
from functools import partial

from db.models import StoredFileRow
from db.session import reading, unit_of_work
from domain.enums import FileFormat
from domain.exceptions import LabourMigrationError
from services.commission import postpone_item
from services.official_documents.attachments import CheckedFile, store_file
from tests.integration.services.commission.race import at_once
from tests.integration.services.commission.room import Room, send_shortlist


def test_the_same_file_kept_twice_at_once_is_kept_once(room: Room) -> None:
    content = b"the same"
    file = CheckedFile("a.pdf", FileFormat.PDF, content, hashlib.sha256(content).hexdigest())

    def keep() -> None:
        with unit_of_work() as work:
            store_file(work.session, file, room.chair)
            time.sleep(0.1)
            work.commit()

    assert at_once(keep, keep) == [None, None]
    with reading() as session:
        assert session.get_one(StoredFileRow, file.sha256).content == content


def test_two_items_postponed_to_each_other_at_once_do_not_lock_up(room: Room) -> None:
    here, there = room.number, room.plan(room.members).number
    first = send_shortlist(here, 1)
    second = send_shortlist(there, 1, number="V-2")
    for _ in range(3):
        answers = at_once(
            partial(postpone_item, shortlist_id=first, to_number=there, by=room.chair),
            partial(postpone_item, shortlist_id=second, to_number=here, by=room.chair),
        )
        wrong = [one for one in answers if isinstance(one, Exception)]
        assert all(isinstance(one, LabourMigrationError) for one in wrong), wrong
        here, there = there, here
