"""The commission's room: what each role sees and may do in it."""

import pytest

from domain.enums import ConflictKind, VoteValue
from domain.records.officer import Officer
from services import commission
from tests.integration.services.commission.room import Room, candidacies, send_shortlist


@pytest.fixture
def room(officers: dict[str, Officer]) -> Room:
    """The demonstration's chair and members on a planned session."""
    names = ("recruiter", "chair", "member.agency", "member.io", "member.ngo")
    return Room([officers[name] for name in names])


@pytest.fixture
def shortlist_id(room: Room) -> int:
    """A shortlist of three on its agenda."""
    return send_shortlist(room.number)


def labels(at) -> list[str]:
    return [button.label for button in at.button]


def test_members_first_screen_says_what_waits(room, shortlist_id, officers, open_page, texts_of):
    at = open_page(officers["member.ngo"])
    assert not at.exception
    assert at.title[0].value == "Commission sessions"
    assert room.number in texts_of(at) and "wait for you: 1" in texts_of(at)
    assert "Plan the session" not in labels(at)


def test_recruiter_plans_a_session(room, shortlist_id, officers, open_page, texts_of):
    at = open_page(officers["recruiter"], "sessions")
    at.text_input(key="sessions.place").set_value("Tbilisi, room 5")
    next(button for button in at.button if button.label == "Plan the session").click().run()
    assert not at.exception and not at.error
    assert "is planned" in texts_of(at)
    assert [one.place for one in commission.list_sessions(by=officers["recruiter"])].count(
        "Tbilisi, room 5"
    ) == 1


def test_file_opens_after_the_declaration_and_shows_nobody(
    room, shortlist_id, officers, open_page, texts_of
):
    ngo = officers["member.ngo"]
    at = open_page(ngo, "commission", session=room.number)
    assert not at.exception
    assert "Before the file opens" in texts_of(at) and "Candidate 01" not in texts_of(at)
    declaration = next(radio for radio in at.radio if radio.label == "My conflict of interest")
    declaration.set_value(ConflictKind.NONE)
    next(button for button in at.button if button.label == "Declare").click().run()
    assert not at.exception and not at.error
    said = texts_of(at)
    assert "Candidate 01" in said and "German" in said and "Passport not stated" in said
    for secret in ("Saidumlo", "საიდუმლო", "Tamariko", "თამარიკ", "SECRET", "9990000", "1989"):
        assert secret not in said


def test_conflict_closes_the_file(room, shortlist_id, officers, open_page, texts_of):
    commission.declare_conflict(
        shortlist_id=shortlist_id,
        kind=ConflictKind.FAMILY,
        explanation=None,
        by=officers["member.ngo"],
    )
    at = open_page(officers["member.ngo"], "commission", session=room.number)
    assert "closed to you" in texts_of(at)
    assert "Candidate 01" not in texts_of(at) and "Cast vote" not in labels(at)


def test_vote_needs_the_open_session_and_says_so_on_the_button(
    room, shortlist_id, officers, open_page
):
    room.declare(shortlist_id, officers["member.ngo"])
    at = open_page(officers["member.ngo"], "commission", session=room.number)
    cast = next(button for button in at.button if button.label == "Cast vote")
    assert cast.disabled and "not open yet" in cast.help


def test_member_votes_and_the_next_candidate_opens(
    room, shortlist_id, officers, open_page, texts_of
):
    room.open()
    room.declare(shortlist_id)
    at = open_page(officers["member.ngo"], "commission", session=room.number)
    vote(at, VoteValue.AGAINST, "")
    assert "needs a reason" in at.error[0].value
    vote(at, VoteValue.AGAINST, "Too little experience")
    assert not at.exception and not at.error
    assert "Candidate 02" in texts_of(at)
    assert "voted on 1 of 3" in texts_of(at)


def vote(at, value, reason):
    next(radio for radio in at.radio if radio.label.startswith("Candidate")).set_value(value)
    next(area for area in at.text_area if area.label.startswith("Reason")).set_value(reason)
    next(button for button in at.button if button.label == "Cast vote").click().run()


def test_several_candidates_stand_side_by_side(room, shortlist_id, officers, open_page, texts_of):
    room.declare(shortlist_id, officers["member.ngo"])
    at = open_page(officers["member.ngo"], "commission", session=room.number)
    at.multiselect[0].set_value([2, 3]).run()
    assert not at.exception
    assert "Candidate 02 · 88" in texts_of(at) and "Candidate 03 · 87" in texts_of(at)


def test_chair_marks_attendance_and_opens(room, shortlist_id, officers, open_page, texts_of):
    at = open_page(officers["chair"], "commission", session=room.number)
    opening = at.button(key="commission.session")
    assert opening.disabled and "empty seats: ministry, state agency" in opening.help
    for box in ("chair", "member.agency", "member.ngo"):
        at.checkbox(key=f"commission.present.{officers[box].id}.False").check().run()
        assert not at.exception
    at.button(key="commission.session").click().run()
    assert not at.exception and not at.error
    assert "The session is open" in texts_of(at)
    assert at.button(key="commission.session").label == "Start the voting"
    at.button(key="commission.session").click().run()
    assert not at.exception and not at.error
    assert "The voting has begun" in texts_of(at)


def test_chair_breaks_the_tie_gives_the_reason_and_closes(
    room, shortlist_id, officers, open_page, texts_of
):
    room.open()
    room.declare(shortlist_id)
    people = candidacies(shortlist_id)
    for candidacy_id, votes in zip(people, ("++++", "++--", "---+"), strict=True):
        room.vote(shortlist_id, candidacy_id, votes)
    at = open_page(officers["chair"], "commission", session=room.number)
    at.button(key="commission.count").click().run()
    assert not at.exception
    confirm = at.button(key="commission.confirm")
    assert confirm.disabled and "the chair has to decide" in confirm.help
    at.radio(key=f"commission.tie.{people[1]}").set_value(True).run()
    confirm = at.button(key="commission.confirm")
    assert confirm.disabled and "choose the reason" in confirm.help
    at.multiselect(key=f"commission.codes.{people[2]}").set_value(["person.language"]).run()
    letter = at.text_area(key=f"commission.letter.{people[2]}.person.language")
    assert "After a language test" in letter.value
    confirm = at.button(key="commission.confirm")
    assert not confirm.disabled
    assert confirm.label.endswith("1 approved, 1 on the reserve list, 1 not approved")
    confirm.click().run()
    assert not at.exception and not at.error
    assert "casting decision of the chair" in texts_of(at)
    at.button(key="commission.session").click().run()
    assert "its decisions are recorded" in texts_of(at)
    assert "Cast vote" not in labels(at)


@pytest.mark.parametrize("username", ["recruiter", "manager"])
def test_others_see_the_agenda_but_no_file(
    room, shortlist_id, officers, open_page, texts_of, username
):
    at = open_page(officers[username], "commission", session=room.number)
    assert not at.exception
    assert "members of the session only" in texts_of(at)
    assert "Candidate 01" not in texts_of(at) and "Cast vote" not in labels(at)


def test_unknown_session_is_a_sentence(officers, open_page):
    at = open_page(officers["chair"], "commission", session="COM-1999-001")
    assert not at.exception
    assert "no session" in at.error[0].value


def test_georgian_room_speaks_georgian(room, shortlist_id, officers, open_page, texts_of):
    room.open()
    room.declare(shortlist_id)
    at = open_page(officers["member.ngo"], "commission", lang="ka", session=room.number)
    assert not at.exception
    assert "კანდიდატი 01" in texts_of(at) and "კვორუმი" in texts_of(at)


def test_member_withdraws_a_vote_with_a_reason_and_votes_once_more(
    room, shortlist_id, officers, open_page, texts_of
):
    room.open()
    ngo = officers["member.ngo"]
    room.declare(shortlist_id, ngo)
    room.vote(shortlist_id, candidacies(shortlist_id)[0], "...+")
    at = open_page(ngo, "commission", session=room.number)
    why = next(area for area in at.text_area if area.label == "Why you withdraw it")
    why.set_value("სხვა საბუთი ვნახე")
    next(button for button in at.button if button.label == "Withdraw my vote").click().run()
    assert not at.exception and not at.error
    assert "Withdrawn on" in texts_of(at) and "სხვა საბუთი ვნახე" in texts_of(at)
    assert "Cast vote" in labels(at)


def test_secret_ballot_says_so_before_the_vote_and_asks_no_reason(
    room, shortlist_id, officers, open_page, texts_of
):
    commission.choose_ballot(shortlist_id=shortlist_id, is_secret=True, by=officers["chair"])
    room.open()
    ngo = officers["member.ngo"]
    room.declare(shortlist_id, ngo)
    at = open_page(ngo, "commission", session=room.number)
    assert "Only the tally is kept" in texts_of(at)
    assert not [area for area in at.text_area if area.label.startswith("Reason")]
    vote = next(radio for radio in at.radio if radio.label == "Candidate 01")
    vote.set_value(VoteValue.AGAINST)
    next(button for button in at.button if button.label == "Cast secret vote").click().run()
    assert not at.exception and not at.error
    mine = commission.read_ballot(shortlist_id=shortlist_id, by=ngo).candidates[0].my_vote
    assert mine is not None and mine.is_secret and mine.value is None
