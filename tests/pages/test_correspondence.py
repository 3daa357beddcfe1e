"""Letters on screen: registered, distributed, resolved, reported on, by whoever may."""

import pytest

from domain.enums import LetterStatus
from domain.records.correspondence import LetterFilter
from services.correspondence import divisions, register
from tests.factories.correspondence import letter_form


@pytest.fixture
def house(officers):
    """The demonstration's officers at their desks: a registry, and a division of the manager's."""
    manager, recruiter = officers["manager"], officers["recruiter"]
    for code, head, members, is_registry in (
        ("registry", recruiter, [recruiter], True),
        ("selection", manager, [manager, recruiter], False),
    ):
        divisions.save_division(
            code=code,
            name_ka=f"{code} სამმართველო",
            name_en=f"{code} division",
            head_id=head.id,
            member_ids=[one.id for one in members],
            is_registry=is_registry,
            by=manager,
        )
    return officers


def test_a_letter_goes_from_the_registry_to_a_resolution(house, open_page, texts_of):
    recruiter, manager = house["recruiter"], house["manager"]
    at = open_page(recruiter, "correspondence")
    assert not at.exception
    assert "No letter is here yet" in texts_of(at)
    key = "correspondence.new.0"
    at.text_input(key=f"{key}.subject").input("Places for spring")
    at.button(key=f"{key}.save").click().run()
    assert "Name the organisation or the person" in texts_of(at).replace("\\", "")
    at.text_input(key=f"{key}.organisation").input("Beispielhof")
    at.button(key=f"{key}.save").click().run()
    assert not at.exception
    (letter,) = register.list_letters(wanted=LetterFilter(), by=recruiter)

    at = open_page(manager, "dashboard")
    links = [link.proto.label.replace("\\", "") for link in at.get("page_link")]
    assert "Letters to distribute to divisions: 1" in links
    at = open_page(manager, "letter", letter=letter.id)
    at.multiselect(key=f"letter.distribute.{letter.id}.1").select("selection").run()
    at.button(key=f"letter.distribute.{letter.id}.1.save").click().run()
    assert not at.exception
    new = f"letter.resolve.{letter.id}.2"
    assert at.button(key=f"{new}.save").disabled
    at.text_area(key=f"{new}.text").input("Answer by Friday")
    at.selectbox(key=f"{new}.responsible").select(recruiter.id).run()
    at.button(key=f"{new}.save").click().run()
    assert not at.exception
    (after,) = register.list_letters(wanted=LetterFilter(), by=recruiter)
    assert after.status is LetterStatus.IN_PROGRESS
    assert "Answer by Friday" in texts_of(at).replace("\\", "")


def test_a_button_that_is_not_for_me_says_why(house, open_page, texts_of):
    recruiter = house["recruiter"]
    letter = register.register_letter(form=letter_form(), by=recruiter).summary.id
    at = open_page(recruiter, "letter", letter=letter, lang="ka")
    assert not at.exception
    button = at.button(key="letter.distribute.off")
    assert button.disabled
    assert "ხელმძღვანელი ანაწილებს" in button.help.replace("\\", "")
    at = open_page(house["chair"], "letter", letter=letter)
    assert "not part of your role" in texts_of(at)
