"""What somebody may try with a session's papers: stop them, falsify them, name people in them."""

import io
import re
from dataclasses import replace

import pytest
from docx import Document
from pypdf import PdfReader
from sqlalchemy import Engine, select

from db.models import OfficerRow, OfficialDocumentRow, RouteStepRow
from db.session import reading, unit_of_work
from domain.enums import (
    AppealChannel,
    FileFormat,
    OfficialDocumentStatus,
    OrganisationKind,
    Role,
    StepCapacity,
    StepKind,
    VoteValue,
)
from domain.exceptions import InvalidInput
from domain.records.appeals import AppealForm
from domain.records.commission import ChairRuling
from domain.records.officer import Officer
from domain.records.signing import NewStep
from services import clock, commission
from services.appeals import register_appeal, schedule_appeal
from services.commission.dossiers.hiding import HIDDEN
from services.official_documents import routes
from services.official_documents.documents import get_document
from services.official_documents.extracts import publish_extract, read_extract, withdraw_extract
from services.official_documents.minutes import download_minutes, generate_minutes
from tests.integration.services.commission.room import Room, candidacies, officer, send_shortlist

REFUSE = ChairRuling(codes=("person.language",))


def words(room: Room, form: FileFormat = FileFormat.DOCX) -> str:
    """The English minutes of a closed session, made now."""
    generate_minutes(number=room.number, by=room.recruiter)
    content = download_minutes(
        number=room.number, language="en", form=form, by=room.recruiter
    ).content
    if form is FileFormat.PDF:
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    paper = Document(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def against(room: Room, shortlist_id: int, candidacy_id: int, reason: str, by: Officer) -> None:
    commission.cast_vote(
        shortlist_id=shortlist_id,
        candidacy_id=candidacy_id,
        value=VoteValue.AGAINST,
        reason=reason,
        by=by,
    )


@pytest.fixture
def room(sqlite_database: Engine) -> Room:
    """An open session in which everybody has declared, on two candidates."""
    room = Room()
    room.shortlist_id = send_shortlist(room.number, 2)  # type: ignore[attr-defined]
    room.open()
    room.declare(room.shortlist_id)  # type: ignore[attr-defined]
    return room


def close(room: Room, reason: str = "გამოცდილება არ ყოფნის") -> tuple[int, int]:
    """The first is approved, the second refused, for this reason of each vote against."""
    shortlist_id: int = room.shortlist_id  # type: ignore[attr-defined]
    first, second = candidacies(shortlist_id)
    room.vote(shortlist_id, first, "+++0")
    for member in room.members:
        against(room, shortlist_id, second, reason, member)
    room.close(shortlist_id, {second: REFUSE})
    return shortlist_id, second


def end(room: Room) -> None:
    commission.close_session(number=room.number, by=room.chair)


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1f", "\x9f", "\ufffe", "\uffff"])
def test_sign_that_no_file_may_hold_does_not_stop_the_minutes(room: Room, sign: str) -> None:
    close(room, f"ენა{sign}არ იცის")
    end(room)
    assert "ენა არ იცის" in words(room)


def test_markup_in_a_reason_is_text(room: Room) -> None:
    markup = "#panic() $x$ *a* @b \\ <w:br/> ]] {{page}} &amp;"
    close(room, markup)
    end(room)
    assert markup in words(room)
    assert "#panic()" in words(room, FileFormat.PDF)


def test_member_of_the_first_vote_stands_in_the_minutes_of_the_hearing(room: Room) -> None:
    shortlist_id, refused = close(room)
    end(room)
    others = (
        officer("chair.other", Role.CHAIR, OrganisationKind.MINISTRY),
        officer("agency.other", kind=OrganisationKind.AGENCY),
        officer("io.other", kind=OrganisationKind.INTERNATIONAL),
    )
    other = Room([room.recruiter, *others, room.ngo])
    appeal = register_appeal(
        shortlist_id=shortlist_id,
        candidacy_id=refused,
        form=AppealForm(clock.today(), AppealChannel.POST, "I disagree."),
        by=room.recruiter,
    )
    hearing_id = schedule_appeal(
        number=appeal.number, session_number=other.number, by=room.recruiter
    ).hearing_id
    assert hearing_id is not None
    other.open()
    other.declare(hearing_id, *others)
    other.vote(hearing_id, candidacies(hearing_id)[0], "+++.")
    other.close(hearing_id)
    end(other)
    assert f"{room.ngo.name_en} (took part in the first decision)" in words(other)


def test_refused_person_is_not_named_by_what_members_wrote(room: Room) -> None:
    shortlist_id, _ = close(room, "Saidumlodze2 და საიდუმლოძე2-ის ძმა აქ მუშაობდა, 555 00 00 02")
    commission.file_dissent(
        shortlist_id=shortlist_id, text="Tamariko Saidumlodze2 deserved it.", by=room.ngo
    )
    end(room)
    text = words(room)
    assert "Saidumlodze2" not in text and "საიდუმლოძე2" not in text and "555 00" not in text
    assert HIDDEN in text and "deserved it" in text
    assert "Saidumlodze1" in text  # the approved one, in the annex


def test_chair_of_the_hearing_reads_no_name_in_the_first_decision(room: Room) -> None:
    shortlist_id: int = room.shortlist_id  # type: ignore[attr-defined]
    first, second = candidacies(shortlist_id)
    room.vote(shortlist_id, first, "++++")
    room.vote(shortlist_id, second, "----")
    told = "საიდუმლოძე2-ს ენა არ აქვს."
    ruling = ChairRuling(codes=("person.language",), reason=told, candidate_text=told)
    room.close(shortlist_id, {second: ruling})
    commission.file_dissent(shortlist_id=shortlist_id, text="საიდუმლოძე2 იცის.", by=room.ngo)
    chair = officer("chair.other", Role.CHAIR, OrganisationKind.MINISTRY)
    for reader, is_named in ((chair, False), (room.ngo, False), (room.recruiter, True)):
        text = str(commission.list_decisions(shortlist_id=shortlist_id, by=reader))
        text += str(commission.list_dissents(shortlist_id=shortlist_id, by=reader))
        assert ("საიდუმლოძე2" in text) is is_named and "ენა" in text


def test_members_of_one_name_keep_their_own_votes(room: Room) -> None:
    with unit_of_work() as work:
        for one in (room.agency, room.ngo):
            row = work.session.get_one(OfficerRow, one.id)
            row.name_ka, row.name_en = "გიორგი ბერიძე", "Giorgi Beridze"
        work.commit()
    close(room)
    end(room)
    text = words(room)
    assert len(set(re.findall(r"Giorgi Beridze \(.+\)", text))) == 2


def test_member_whom_the_planner_left_out_stands_in_the_minutes(room: Room) -> None:
    close(room)
    end(room)
    assert "without a seat in this session" not in words(room)
    packed = room.plan(room.members).number
    commission.remove_member(number=packed, officer_id=room.ngo.id, by=room.recruiter)
    room.number, room.members = packed, room.members[:3]  # type: ignore[assignment]
    room.shortlist_id = send_shortlist(packed, 2, number="V-2")  # type: ignore[attr-defined]
    room.open()
    room.declare(room.shortlist_id)  # type: ignore[attr-defined]
    first, second = candidacies(room.shortlist_id)  # type: ignore[attr-defined]
    room.vote(room.shortlist_id, first, "+++")  # type: ignore[attr-defined]
    room.vote(room.shortlist_id, second, "+++")  # type: ignore[attr-defined]
    room.close(room.shortlist_id)  # type: ignore[attr-defined]
    end(room)
    assert f"without a seat in this session: {room.ngo.name_en}." in words(room)


def test_minutes_are_not_signed_without_who_chaired(room: Room) -> None:
    close(room)
    end(room)
    document_id = generate_minutes(number=room.number, by=room.recruiter).document_id
    assert document_id is not None
    steps = get_document(document_id=document_id, by=room.recruiter).steps
    (signature,) = [one for one in steps if one.kind is StepKind.SIGNATURE]
    routes.remove_step(document_id=document_id, step_id=signature.id, by=room.recruiter)
    forged = NewStep(3, StepKind.SIGNATURE, room.agency.id, StepCapacity.CHAIR)
    routes.add_step(document_id=document_id, step=forged, by=room.recruiter)
    with reading() as session:
        query = select(RouteStepRow).where(RouteStepRow.officer_id == room.agency.id)
        kept = [one for one in session.scalars(query) if one.kind is StepKind.SIGNATURE]
        assert [one.capacity for one in kept] == [StepCapacity.MEMBER]
    mandatory = [
        one
        for one in get_document(document_id=document_id, by=room.recruiter).steps
        if one.person.officer_id == room.agency.id and one.kind is StepKind.MANDATORY_ENDORSEMENT
    ]
    for step in mandatory:
        routes.remove_step(document_id=document_id, step_id=step.id, by=room.recruiter)
    shown = get_document(document_id=document_id, by=room.recruiter).send_refusal
    assert shown is not None and "who chaired" in shown.text
    with pytest.raises(InvalidInput, match="who chaired"):
        routes.send_into_route(document_id=document_id, by=room.recruiter)
    back = replace(forged, officer_id=room.chair.id, capacity=None)
    routes.add_step(document_id=document_id, step=back, by=room.recruiter)
    routes.send_into_route(document_id=document_id, by=room.recruiter)


def test_reason_of_a_withdrawn_extract_names_nobody_of_the_session(room: Room) -> None:
    close(room)
    end(room)
    generate_minutes(number=room.number, by=room.recruiter)
    with unit_of_work() as work:
        row = work.session.scalars(select(OfficialDocumentRow)).one()
        row.status = OfficialDocumentStatus.SIGNED
        work.commit()
    publish_extract(number=room.number, by=room.chair)
    reason = "თამარიკო საიდუმლოძე2-მა გაასაჩივრა."
    withdraw_extract(number=room.number, reason=reason, by=room.chair)
    told = read_extract(room.number).withdrawal_reason
    assert told is not None and "საიდუმლოძე" not in told and "გაასაჩივრა" in told
