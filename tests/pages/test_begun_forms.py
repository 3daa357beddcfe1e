"""A long form outlives the process that drew it: offered again, gone on with, gone when sent."""

from sqlalchemy import select

from db.models import DraftRow
from db.session import reading
from domain.enums import VoteValue
from tests.integration.services.commission.room import Room, send_shortlist


def begun() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(DraftRow.form)))


def test_begun_registration_is_offered_after_a_crash_and_gone_when_sent(
    officers, open_page, texts_of
):
    by = officers["recruiter"]
    at = open_page(by, "jobseeker")
    assert begun() == []
    at.text_input(key="jobseeker.new.first_name_ka").set_value("ნინო").run()
    at.button(key="jobseeker.new.languages.add").click().run()
    at.selectbox(key="jobseeker.new.languages.0.language").set_value("de").run()
    assert begun() == ["jobseeker.new"]

    again = open_page(by, "jobseeker")  # another process: nothing of the first one is left
    assert "You began this form" in texts_of(again)
    assert again.text_input(key="jobseeker.new.first_name_ka").value == ""
    again.button(key="drafts.go_on.jobseeker.new").click().run()
    assert not again.exception
    assert "You began this form" not in texts_of(again)
    assert again.text_input(key="jobseeker.new.first_name_ka").value == "ნინო"
    assert again.selectbox(key="jobseeker.new.languages.0.language").value == "de"
    again.selectbox(key="jobseeker.new.languages.0.level").set_value("B1")
    again.text_input(key="jobseeker.new.last_name_ka").set_value("ყიფიანი").run()
    again.button(key="jobseeker.register").click().run()
    assert not again.exception
    assert begun() == []


def test_begun_vacancy_and_letter_are_offered_and_can_be_discarded(officers, open_page, texts_of):
    by = officers["recruiter"]
    open_page(by, "vacancy", vacancy="new").text_input(key="vacancy.new.title").set_value(
        "Picker"
    ).run()
    letters = open_page(by, "correspondence")
    letters.text_input(key="correspondence.new.0.subject").set_value("Harvest").run()
    assert sorted(begun()) == ["letter.new", "vacancy.new"]

    at = open_page(by, "vacancy", vacancy="new")
    at.button(key="drafts.go_on.vacancy.new").click().run()
    assert at.text_input(key="vacancy.new.title").value == "Picker"
    letters = open_page(by, "correspondence")
    assert "You began this form" in texts_of(letters)
    letters.button(key="drafts.discard.letter.new").click().run()
    assert not letters.exception
    assert "You began this form" not in texts_of(letters)
    assert begun() == ["vacancy.new"]


def test_begun_reason_of_a_vote_is_offered_to_the_member_and_gone_with_the_vote(
    officers, open_page, texts_of
):
    names = ("recruiter", "chair", "member.agency", "member.io", "member.ngo")
    room = Room([officers[name] for name in names])
    shortlist = send_shortlist(room.number)
    room.open()
    room.declare(shortlist)
    at = open_page(officers["member.ngo"], "commission", session=room.number)
    reason_of(at).set_value("Too little experience").run()
    (form,) = begun()

    again = open_page(officers["member.ngo"], "commission", session=room.number)
    assert reason_of(again).value == ""
    again.button(key=f"drafts.go_on.{form}").click().run()
    assert reason_of(again).value == "Too little experience"
    next(one for one in again.radio if one.label.startswith("Cand")).set_value(VoteValue.AGAINST)
    next(one for one in again.button if one.label == "Cast vote").click().run()
    assert not again.exception
    assert "voted on 1 of 3" in texts_of(again)
    assert begun() == []


def reason_of(at):
    return next(area for area in at.text_area if area.label.startswith("Reason"))
