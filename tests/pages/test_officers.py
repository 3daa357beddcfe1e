"""Officers: the administrator's list, and what can be done with one account."""

from domain.enums import AccountState, Role
from services.officers import accounts


def press(at, label):
    return next(button for button in at.button if button.label == label).click().run()


def account(officers, username):
    listed = accounts.list_officers(by=officers["admin"])
    return next(one for one in listed if one.username == username)


def choose(at, officers, username, select_rows):
    names = [one.username for one in accounts.list_officers(by=officers["admin"])]
    return select_rows(at, "officers.list", [names.index(username)])


def fill(at):
    fields = {field.label: field for field in at.text_input}
    fields["Name in Georgian"].input("ნინო ნიმუშაძე")
    fields["Name in Latin letters"].input("Nino N")
    fields["Username"].input("nino")


def test_invitation_is_shown_once_and_the_list_knows_of_it(officers, open_page, texts_of):
    at = open_page(officers["admin"], "officers")
    fill(at)
    at.selectbox(key="officers.new.organisation").select("example-ngo")
    press(at, "Invite")
    assert not at.exception
    assert "/signin/invitation/" in at.code[0].value
    assert account(officers, "nino").state is AccountState.INVITED
    at.run()
    assert not at.code


def test_list_shows_every_account(officers, open_page):
    at = open_page(officers["admin"], "officers")
    assert not at.exception
    assert list(at.dataframe[0].value["1"]) == sorted(officers)


def test_new_account_is_made_and_its_password_shown_once(officers, open_page, texts_of):
    at = open_page(officers["admin"], "officers")
    fill(at)
    at.selectbox(key="officers.new.organisation").select("example-ngo")
    press(at, "Create account")
    assert not at.exception
    assert "First-day password of **nino**" in texts_of(at)
    assert len(at.code[0].value) >= 12
    assert account(officers, "nino").must_change_password
    at.run()
    assert not at.code


def test_bad_form_is_refused_with_the_fields_named(officers, open_page):
    at = open_page(officers["admin"], "officers")
    press(at, "Create account")
    assert not at.exception
    for field in ("Username", "Name in Georgian", "Name in Latin letters", "Organisation"):
        assert field in at.error[0].value


def test_chosen_officer_can_be_disabled_and_enabled(officers, open_page, select_rows):
    at = choose(open_page(officers["admin"], "officers"), officers, "manager", select_rows)
    press(at, "Disable")
    assert not at.exception
    assert account(officers, "manager").disabled_at
    press(at, "Enable")
    assert account(officers, "manager").disabled_at is None


def test_chosen_officer_can_get_another_role(officers, open_page, select_rows):
    at = choose(open_page(officers["admin"], "officers"), officers, "manager", select_rows)
    at.selectbox(key=f"officers.role.{officers['manager'].id}").select(Role.CHAIR).run()
    press(at, "Change role")
    assert account(officers, "manager").role == Role.CHAIR


def test_administrator_changes_nothing_of_their_own(officers, open_page, select_rows):
    at = choose(open_page(officers["admin"], "officers"), officers, "admin", select_rows)
    assert not at.button
    assert any("another administrator" in caption.value for caption in at.caption)
