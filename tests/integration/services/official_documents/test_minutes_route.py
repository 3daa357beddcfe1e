"""Minutes of a real session go their way: laid out, endorsed, changed, endorsed anew, signed."""

import pytest
from sqlalchemy import Engine

from db.models import DissentRow, OfficerRow
from db.session import unit_of_work
from domain.enums import OfficialDocumentStatus, SignatureFinding, SignatureLevel, StepStatus
from domain.records.signing import SignatureForm
from domain.records.verification import PaperStanding
from services import clock, commission
from services.official_documents.minutes import generate_minutes
from services.official_documents.verification import find_paper
from tests.factories import papers
from tests.integration.services.commission.room import Room, candidacies, send_shortlist
from tests.integration.services.official_documents.desk import PASSWORD, Desk, hashed
from ui.public.page import Reader
from ui.public.verify import verify_page


class MinutesDesk(Desk):
    """The desk's acts on the minutes of a room's session."""

    def __init__(self, room: Room) -> None:
        self.secretary, self.chair = room.recruiter, room.chair
        made = generate_minutes(number=room.number, by=room.recruiter)
        assert made.document_id is not None
        self.document = made.document_id


@pytest.fixture
def room(sqlite_database: Engine) -> Room:
    """A closed session; its chair has a password."""
    room = Room()
    room.shortlist_id = send_shortlist(room.number, candidates=1)  # type: ignore[attr-defined]
    room.open()
    shortlist_id = room.shortlist_id  # type: ignore[attr-defined]
    room.declare(shortlist_id)
    room.vote(shortlist_id, candidacies(shortlist_id)[0], "+++0")
    room.close(shortlist_id)
    commission.close_session(number=room.number, by=room.chair)
    with unit_of_work() as work:
        work.session.get_one(OfficerRow, room.chair.id).password_hash = hashed()
        work.commit()
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


def test_late_dissent_begins_the_route_of_the_minutes_anew_until_they_are_signed(room: Room):
    desk = MinutesDesk(room)
    desk.send()
    desk.endorse(room.recruiter)
    dissent(room)
    made = generate_minutes(number=room.number, by=room.recruiter)
    assert made.status is OfficialDocumentStatus.DRAFT
    assert set(papers.statuses(desk.document)) == {StepStatus.WAITING}
    desk.send()
    for member in (room.recruiter, room.agency, room.international, room.ngo):
        desk.endorse(member)
    desk.sign(form=SignatureForm(SignatureLevel.QUALIFIED, PASSWORD))
    assert made.code is not None
    paper = find_paper(made.code)
    assert paper is not None and paper.standing is PaperStanding.SIGNED
    (signature,) = paper.signatures
    assert signature.finding is SignatureFinding.VALID and not signature.is_by_substitute
    page = bytes(verify_page(Reader("en", "/public/verify", {"code": made.code})).body).decode()
    assert "chair of the session" in page and "the signature holds" in page
    assert "without legal force" in page
    assert room.chair.name_en not in page
