"""Publishing decisions without people: by whom, when, and what anybody then reads."""

import csv
import io
from collections.abc import Sequence

import pytest
from pypdf import PdfReader
from sqlalchemy import Engine, select

from db.models import (
    AuditEventRow,
    CommissionSessionRow,
    OfficialDocumentRow,
    PublishedExtractRow,
)
from db.session import reading, unit_of_work
from domain.enums import (
    DecisionOutcome,
    DecisionReason,
    FileFormat,
    OfficialDocumentKind,
    OfficialDocumentStatus,
)
from domain.exceptions import InvalidInput, NotFound, PermissionDenied, Refused
from domain.records.commission import ChairRuling
from domain.records.statistics import Hidden
from domain.records.verification import PaperStanding
from services import clock, commission
from services.official_documents.extracts import (
    get_session_extract,
    list_extracts,
    publish_extract,
    read_extract,
    read_extract_file,
    withdraw_extract,
)
from services.official_documents.verification import find_paper
from tests.integration.services.commission.room import Room, candidacies, send_shortlist
from tests.integration.ui.visiting import send_file, visit
from ui.public import throttle

NO = ChairRuling(reason_code=DecisionReason.DOCUMENTS, reason="საიდუმლო ტექსტი")


def held(votes: Sequence[str], places: int) -> Room:
    """A closed session with one item, on whose candidates was voted so, with signed minutes."""
    room = Room()
    shortlist_id = send_shortlist(room.number, len(votes), per=places)
    room.open()
    room.declare(shortlist_id)
    people = candidacies(shortlist_id)
    for candidacy_id, letters in zip(people, votes, strict=True):
        room.vote(shortlist_id, candidacy_id, letters)
    refused = [one for one, letters in zip(people, votes, strict=True) if "---" in letters]
    room.close(shortlist_id, dict.fromkeys(refused, NO))
    commission.close_session(number=room.number, by=room.chair)
    sign(room)
    return room


def sign(room: Room) -> None:
    """Minutes of the session, as if they had gone their way."""
    with unit_of_work() as work:
        query = select(CommissionSessionRow.id).where(CommissionSessionRow.number == room.number)
        work.session.add(
            OfficialDocumentRow(
                kind=OfficialDocumentKind.MINUTES,
                title="ოქმი",
                session_id=work.session.scalars(query).one(),
                status=OfficialDocumentStatus.SIGNED,
                revision=1,
                created_at=clock.now(),
            )
        )
        work.commit()


@pytest.fixture
def small(sqlite_database: Engine) -> Room:
    """Two approved, one refused."""
    throttle.forget()
    return held(["++++", "++++", "---+"], places=2)


def test_extract_waits_for_the_signature_under_the_minutes(small: Room) -> None:
    with unit_of_work() as work:
        row = work.session.scalars(select(OfficialDocumentRow)).one()
        row.status = OfficialDocumentStatus.DRAFT
        work.commit()
    sheet = get_session_extract(number=small.number, by=small.chair)
    assert sheet.publish_refusal is not None
    with pytest.raises(Refused, match="minutes have to be signed"):
        publish_extract(number=small.number, by=small.chair)


def test_members_and_recruiters_do_not_publish(small: Room) -> None:
    for other in (small.ngo, small.recruiter):
        with pytest.raises(PermissionDenied):
            publish_extract(number=small.number, by=other)


def test_small_counts_are_neither_published_nor_stored(small: Room) -> None:
    publish_extract(number=small.number, by=small.chair)
    item = read_extract(small.number).extract.items[0]
    assert item.counts.candidates is Hidden.FEW
    assert all(isinstance(figure, Hidden) for _, figure in item.counts.outcomes)
    with reading() as session:
        stored = session.scalars(select(PublishedExtractRow)).one().content
    assert stored["items"][0]["counts"]["candidates"] == "few"
    assert set(stored["total"]["outcomes"].values()) == {"protecting"}


def test_large_counts_are_published(sqlite_database: Engine) -> None:
    room = held(["++++"] * 5 + ["---0"] * 5, places=5)
    publish_extract(number=room.number, by=room.chair)
    extract = read_extract(room.number).extract
    assert dict(extract.items[0].counts.outcomes) == {
        DecisionOutcome.APPROVED: 5,
        DecisionOutcome.RESERVE: 0,
        DecisionOutcome.NOT_APPROVED: 5,
    }
    assert dict(extract.items[0].counts.reasons)[DecisionReason.DOCUMENTS] == 5
    assert extract.agreement == (5, 5)


def test_nothing_published_names_or_quotes_anybody(small: Room) -> None:
    publish_extract(number=small.number, by=small.chair)
    number = small.number
    pages = [visit(f"/public/decisions/{number}", lang=language).text for language in ("ka", "en")]
    for language in ("ka", "en"):
        file = read_extract_file(number, language, FileFormat.CSV)
        pages.append(file.decode("utf-8-sig"))
        pdf = PdfReader(io.BytesIO(read_extract_file(number, language, FileFormat.PDF)))
        pages.append(" ".join(page.extract_text() for page in pdf.pages))
    for text in pages:
        for told in ("Saidumlodze", "საიდუმლო", "SECRET", "Officer", "ოფიცერი", "10:", "V-1"):
            assert told not in text


def test_csv_is_a_table_with_one_row_an_item(small: Room) -> None:
    publish_extract(number=small.number, by=small.chair)
    text = read_extract_file(small.number, "en", FileFormat.CSV).decode("utf-8-sig")
    first, *items = csv.reader(io.StringIO(text))
    assert len(items) == 1 and len(items[0]) == len(first) == 15
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in (first, *items) for cell in row)


def test_anybody_reads_and_downloads_what_is_published(small: Room) -> None:
    assert visit(f"/public/decisions/{small.number}").status == 404
    publish_extract(number=small.number, by=small.chair)
    assert small.number in visit("/public/decisions").text
    page = visit(f"/public/decisions/{small.number}", lang="en")
    assert page.status == 200 and "fewer than 5" in page.text
    pdf = visit(f"/public/decisions/{small.number}.pdf")
    assert pdf.body.startswith(b"%PDF") and "attachment" in pdf.headers["content-disposition"]
    assert (
        visit(f"/public/decisions/{small.number}.csv")
        .headers["content-type"]
        .startswith("text/csv")
    )


def test_code_of_the_extract_is_verified(small: Room) -> None:
    sheet = publish_extract(number=small.number, by=small.chair)
    assert sheet.published is not None
    paper = find_paper(sheet.published.code)
    assert paper is not None and paper.standing is PaperStanding.PUBLISHED
    answer = visit("/public/verify", code=sheet.published.code, lang="en")
    assert answer.status == 200 and paper.files[0].sha256 in answer.text


def test_downloaded_file_sent_back_is_unchanged_and_one_byte_more_is_not(small: Room) -> None:
    publish_extract(number=small.number, by=small.chair)
    content = visit(f"/public/decisions/{small.number}.pdf").body
    answer = send_file("/public/verify", content, lang="en")
    assert "The file is unchanged" in answer.text and "your file" in answer.text
    assert "Not ours, or changed" in send_file("/public/verify", content + b"\n", lang="en").text


def test_published_once_and_recorded(small: Room) -> None:
    publish_extract(number=small.number, by=small.chair)
    with pytest.raises(Refused, match="published already"):
        publish_extract(number=small.number, by=small.chair)
    with reading() as session:
        actions = session.scalars(select(AuditEventRow.action)).all()
    assert actions.count("published_extract") == 1


def test_withdrawn_extract_leaves_its_reason_and_no_files(small: Room) -> None:
    first = publish_extract(number=small.number, by=small.chair)
    with pytest.raises(InvalidInput):
        withdraw_extract(number=small.number, reason=" x ", by=small.chair)
    reason = "ქვეყანა შეცდომით იყო <b>მითითებული</b>."
    withdraw_extract(number=small.number, reason=reason, by=small.chair)
    page = visit(f"/public/decisions/{small.number}").text
    assert "&lt;b&gt;" in page and "<b>" not in page and "dl>" not in page
    assert visit(f"/public/decisions/{small.number}.pdf").status == 404
    with pytest.raises(NotFound):
        read_extract_file(small.number, "ka", FileFormat.CSV)
    assert list_extracts()[0].withdrawn_on is not None
    second = publish_extract(number=small.number, by=small.chair)
    assert first.published is not None and second.published is not None
    assert second.published.extract.edition == 2
    former = find_paper(first.published.code)
    assert former is not None and former.standing is PaperStanding.WITHDRAWN
