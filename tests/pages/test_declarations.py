"""Receipts, lifted blindness and notes as members see them."""

import pytest

from domain.enums import ConflictKind
from domain.records.officer import Officer
from services import commission
from tests.integration.services.commission.room import Room, candidacies, send_shortlist

REASON = "Two candidates seem to be the same person."


@pytest.fixture
def room(officers: dict[str, Officer]) -> Room:
    """The demonstration's chair and members on a planned session."""
    names = ("recruiter", "chair", "member.agency", "member.io", "member.ngo")
    return Room([officers[name] for name in names])


def test_a_filed_conflict_shows_its_receipt_and_can_be_amended(room, officers, open_page, texts_of):
    shortlist_id = send_shortlist(room.number)
    ngo = officers["member.ngo"]
    at = open_page(ngo, "commission", session=room.number)
    kind = next(radio for radio in at.radio if radio.label == "My conflict of interest")
    kind.set_value(ConflictKind.FRIEND)
    next(button for button in at.button if button.label == "Declare").click().run()
    assert not at.exception and not at.error
    (filed,) = commission.list_my_declarations(by=ngo)
    assert filed.number in texts_of(at) and "closed to you" in texts_of(at)
    kind = next(radio for radio in at.radio if radio.label == "My conflict of interest now")
    kind.set_value(ConflictKind.NONE)
    amend = next(button for button in at.button if button.label == "File the amendment")
    amend.click().run()
    assert "Write why you amend" in at.error[0].value
    next(one for one in at.text_input if one.label.startswith("Why I amend")).set_value("Mistaken")
    next(button for button in at.button if button.label == "File the amendment").click().run()
    assert not at.exception and not at.error
    assert "Candidate 01" in texts_of(at)
    assert [one.shortlist_id for one in commission.list_my_declarations(by=ngo)] == [
        shortlist_id,
        shortlist_id,
    ]


def test_lifted_blindness_stands_on_every_screen_and_notes_on_ones_own(
    room, officers, open_page, texts_of
):
    shortlist_id = send_shortlist(room.number)
    room.open()
    room.declare(shortlist_id)
    first = candidacies(shortlist_id)[0]
    ngo, agency = officers["member.ngo"], officers["member.agency"]
    commission.save_note(shortlist_id=shortlist_id, candidacy_id=first, text="my own words", by=ngo)
    at = open_page(ngo, "commission", session=room.number)
    assert "Blindness is lifted" not in texts_of(at) and "Saidumlodze" not in texts_of(at)
    commission.lift_blindness(number=room.number, reason=REASON, by=officers["chair"])
    at.run()
    assert "Saidumlodze1" in texts_of(at)
    for reader in (ngo, agency, officers["recruiter"]):
        at = open_page(reader, "commission", session=room.number)
        assert not at.exception
        assert "Blindness is lifted" in texts_of(at) and "same person" in texts_of(at)
        notes = [area.value for area in at.text_area]
        assert ("my own words" in notes) == (reader is ngo)
    for candidacy_id in candidacies(shortlist_id):
        room.vote(shortlist_id, candidacy_id, "++++")
    room.close(shortlist_id)
    for reader in (ngo, agency):
        at = open_page(reader, "commission", session=room.number, item=shortlist_id)
        assert not at.exception
        assert ("my own words" in texts_of(at)) == (reader is ngo)


def test_an_auditor_reads_declarations_and_everybody_the_register(
    room, officers, open_page, texts_of
):
    send_shortlist(room.number)
    at = open_page(officers["manager"], "declarations")
    assert not at.exception
    next(button for button in at.button if button.label == "Read the declarations").click().run()
    assert not at.exception and not at.error
    at = open_page(officers["member.ngo"], "declarations")
    assert not at.exception
    assert "filed nothing yet" in texts_of(at)
    assert "Declarations of a session" not in [tab.label for tab in at.tabs]
