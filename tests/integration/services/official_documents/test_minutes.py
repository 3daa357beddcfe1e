"""Making the minutes of a session: when, by whom, what is kept, and what a change brings."""

import hashlib
import io
from functools import partial

import pytest
from pypdf import PdfReader
from sqlalchemy import Engine, select

from db.models import AuditEventRow, DissentRow, OfficialDocumentRow, StoredFileRow
from db.session import reading, unit_of_work
from domain.enums import FileFormat, OfficialDocumentStatus, Role
from domain.exceptions import NotFound, PermissionDenied, Refused
from domain.records.minutes import SessionMinutes
from domain.records.verification import PaperStanding
from services import clock, commission
from services.official_documents.minutes import (
    download_minutes,
    generate_minutes,
    get_minutes,
)
from services.official_documents.verification import find_paper, find_paper_of_file
from tests.integration.services.commission.race import at_once
from tests.integration.services.commission.room import Room, candidacies, officer, send_shortlist

FORMS = [("ka", FileFormat.PDF), ("ka", FileFormat.DOCX), ("en", FileFormat.PDF)]


@pytest.fixture
def closed(sqlite_database: Engine) -> Room:
    """A session that approved one candidate, put one on the reserve, and closed."""
    return held()


def held() -> Room:
    room = Room()
    shortlist_id = send_shortlist(room.number, candidates=2)
    room.open()
    room.declare(shortlist_id)
    for candidacy_id in candidacies(shortlist_id):
        room.vote(shortlist_id, candidacy_id, "+++0")
    room.close(shortlist_id)
    commission.close_session(number=room.number, by=room.chair)
    room.shortlist_id = shortlist_id  # type: ignore[attr-defined]
    return room


def dissent(room: Room) -> None:
    with unit_of_work() as work:
        work.session.add(
            DissentRow(
                shortlist_id=room.shortlist_id,  # type: ignore[attr-defined]
                officer_id=room.ngo.id,
                text="სხვა აზრის ვარ.",
                filed_at=clock.now(),
            )
        )
        work.commit()


def set_status(status: OfficialDocumentStatus) -> None:
    with unit_of_work() as work:
        work.session.scalars(select(OfficialDocumentRow)).one().status = status
        work.commit()


def test_open_session_has_no_minutes(sqlite_database: Engine) -> None:
    room = Room()
    sheet = get_minutes(number=room.number, by=room.chair)
    assert sheet.document_id is None and sheet.generate_refusal is not None
    with pytest.raises(Refused):
        generate_minutes(number=room.number, by=room.chair)


def test_minutes_are_four_files_under_one_number(closed: Room) -> None:
    made = generate_minutes(number=closed.number, by=closed.chair)
    assert made.number == f"MIN-{clock.today().year}-001" and made.revision == 1
    assert made.status is OfficialDocumentStatus.DRAFT
    kinds = {(file.language, file.format) for file in made.files}
    assert kinds == {*FORMS, ("en", FileFormat.DOCX)}
    file = download_minutes(
        number=closed.number, language="en", form=FileFormat.PDF, by=closed.recruiter
    )
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages)
    assert closed.number in text and "SECRET-EXT-1" in text and "Saidumlodze1" in text
    assert made.code is not None and made.code in text


def test_asking_again_changes_nothing(closed: Room) -> None:
    first = generate_minutes(number=closed.number, by=closed.chair)
    again = generate_minutes(number=closed.number, by=closed.recruiter)
    assert again.files == first.files and again.revision == 1
    with reading() as session:
        events = session.scalars(select(AuditEventRow.action)).all()
    assert events.count("generated") == 1


def test_two_who_ask_in_the_same_moment_get_the_same_minutes(database: Engine) -> None:
    room = held()
    askers = (room.chair, room.recruiter)
    made = at_once(
        *(partial(generate_minutes, number=room.number, by=by) for by in askers),
    )
    assert [one.revision for one in made if isinstance(one, SessionMinutes)] == [1, 1]
    with reading() as session:
        assert len(session.scalars(select(OfficialDocumentRow)).all()) == 1


def test_late_dissent_makes_a_revision_with_a_code_of_its_own(closed: Room) -> None:
    first = generate_minutes(number=closed.number, by=closed.chair)
    dissent(closed)
    second = generate_minutes(number=closed.number, by=closed.chair)
    assert (second.revision, second.number) == (2, first.number)
    assert second.code != first.code
    assert {file.sha256 for file in second.files}.isdisjoint(file.sha256 for file in first.files)
    assert first.code is not None and second.code is not None
    former, newest = find_paper(first.code), find_paper(second.code)
    assert former is not None and former.standing is PaperStanding.SUPERSEDED
    assert newest is not None and newest.standing is PaperStanding.NOT_SIGNED


def test_signed_minutes_do_not_change(closed: Room) -> None:
    generate_minutes(number=closed.number, by=closed.chair)
    set_status(OfficialDocumentStatus.SIGNED)
    dissent(closed)
    assert get_minutes(number=closed.number, by=closed.chair).generate_refusal is not None
    with pytest.raises(Refused):
        generate_minutes(number=closed.number, by=closed.chair)


def test_member_without_a_word_in_planning_reads_but_does_not_make(closed: Room) -> None:
    with pytest.raises(PermissionDenied):
        generate_minutes(number=closed.number, by=closed.ngo)
    generate_minutes(number=closed.number, by=closed.chair)
    assert get_minutes(number=closed.number, by=closed.ngo).files


def test_stranger_neither_sees_nor_downloads_files(closed: Room) -> None:
    generate_minutes(number=closed.number, by=closed.chair)
    manager, member_elsewhere = officer("manager", Role.MANAGER), officer("elsewhere")
    assert get_minutes(number=closed.number, by=manager).files == ()
    with pytest.raises(NotFound):
        get_minutes(number=closed.number, by=member_elsewhere)
    for stranger in (manager, member_elsewhere):
        with pytest.raises((PermissionDenied, NotFound)):
            download_minutes(number=closed.number, language="ka", form=FileFormat.PDF, by=stranger)


def test_each_download_is_recorded(closed: Room) -> None:
    made = generate_minutes(number=closed.number, by=closed.chair)
    for language, form in FORMS:
        download_minutes(number=closed.number, language=language, form=form, by=closed.agency)
    with reading() as session:
        events = session.scalars(
            select(AuditEventRow).where(AuditEventRow.action == "downloaded")
        ).all()
    assert [event.entity_id for event in events] == [str(made.document_id)] * len(FORMS)


def test_every_file_is_found_by_its_content_and_a_changed_one_is_not(closed: Room) -> None:
    made = generate_minutes(number=closed.number, by=closed.chair)
    for language, form in FORMS:
        file = download_minutes(number=closed.number, language=language, form=form, by=closed.chair)
        found = find_paper_of_file(file.content)
        assert found is not None
        assert (found[0].number, found[1].language, found[1].format) == (
            made.number,
            language,
            form,
        )
        assert find_paper_of_file(file.content + b" ") is None


def test_content_changed_in_the_store_is_not_handed_out(closed: Room) -> None:
    made = generate_minutes(number=closed.number, by=closed.chair)
    with unit_of_work() as work:
        row = work.session.get_one(StoredFileRow, made.files[0].sha256)
        row.content = row.content.replace(b"%PDF", b"%PDX", 1)
        work.commit()
    first = made.files[0]
    with pytest.raises(ValueError, match="is not what was stored"):
        download_minutes(
            number=closed.number, language=first.language, form=first.format, by=closed.chair
        )


def test_stored_hash_is_of_what_is_downloaded(closed: Room) -> None:
    made = generate_minutes(number=closed.number, by=closed.chair)
    for file in made.files:
        content = download_minutes(
            number=closed.number, language=file.language, form=file.format, by=closed.chair
        ).content
        assert hashlib.sha256(content).hexdigest() == file.sha256
