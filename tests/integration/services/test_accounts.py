"""Accounts: made, changed, disabled; what an officer may do with their own."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine

import db.session
from db.settings import Settings
from domain.enums import OrganisationKind, Role
from domain.exceptions import InvalidInput, PermissionDenied, Refused, SignInRefused
from domain.records.account import AccountForm
from domain.records.officer import Officer
from services import audit
from services.officers import accounts, passwords, sign_in

PASSWORD = "seven green apples"
OTHER = "eight yellow pears"
FORM = AccountForm("nino", "ნინო ნიმუშაძე", "Nino Nimushadze", Role.RECRUITER, "example-ngo")

pytestmark = pytest.mark.usefixtures("database")


def enter(username: str, password: str = PASSWORD) -> str:
    return sign_in.sign_in(username=username, password=password, address="192.0.2.1")


def officer(username: str, role: Role = Role.ADMINISTRATOR) -> tuple[Officer, str]:
    """A new officer past the first day, and their token."""
    form = replace(FORM, username=username, role=role)
    accounts.create_officer(form=form, password=PASSWORD, by=None)
    token = enter(username)
    fresh = sign_in.whoami(token)
    assert fresh is not None
    accounts.change_password(
        current=PASSWORD, new=OTHER, session=sign_in.session_id(token), by=fresh
    )
    known = sign_in.whoami(token)
    assert known is not None
    return known, token


def fields(refused: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [problem.field for problem in refused.value.problems]


def test_new_officer_must_change_the_first_day_password() -> None:
    accounts.create_officer(form=FORM, password=PASSWORD, by=None)
    newcomer = sign_in.whoami(enter("nino"))
    assert newcomer is not None and newcomer.must_change_password
    with pytest.raises(PermissionDenied, match="choose a new password"):
        accounts.list_officers(by=newcomer)


def test_changed_password_opens_and_the_old_one_does_not() -> None:
    known, token = officer("nino")
    assert not known.must_change_password
    assert sign_in.whoami(token), "this browser stays signed in"
    assert enter("nino", OTHER)
    with pytest.raises(SignInRefused):
        enter("nino", PASSWORD)


def test_changed_password_signs_other_browsers_out() -> None:
    known, token = officer("nino")
    elsewhere = enter("nino", OTHER)
    accounts.change_password(
        current=OTHER, new=PASSWORD, session=sign_in.session_id(token), by=known
    )
    assert sign_in.whoami(elsewhere) is None
    assert sign_in.whoami(token)


@pytest.mark.parametrize(
    "password", ["too short 1", "aaaaaaaaaaaaaaaa", "my-name-is-NINO-too", "x" * 129, "", OTHER]
)
def test_weak_or_same_password_is_refused_by_field(password: str) -> None:
    known, _ = officer("nino")
    with pytest.raises(InvalidInput) as refused:
        accounts.change_password(current=OTHER, new=password, session=None, by=known)
    assert fields(refused) == ["new_password"]
    assert enter("nino", OTHER), "the old one still works"


def test_password_change_needs_the_current_one() -> None:
    known, _ = officer("nino")
    with pytest.raises(InvalidInput) as refused:
        accounts.change_password(current=PASSWORD, new="nine red plums", session=None, by=known)
    assert fields(refused) == ["current_password"]


def test_bad_form_names_every_field() -> None:
    form = AccountForm("ნინო", " ", "", Role.MANAGER, "nowhere")
    with pytest.raises(InvalidInput) as refused:
        accounts.create_officer(form=form, password=PASSWORD, by=None)
    assert fields(refused) == ["username", "name_ka", "name_en", "organisation_code"]


def test_username_is_unique_whatever_its_case() -> None:
    accounts.create_officer(form=FORM, password=PASSWORD, by=None)
    with pytest.raises(InvalidInput) as refused:
        accounts.create_officer(form=replace(FORM, username=" NINO "), password=PASSWORD, by=None)
    assert fields(refused) == ["username"]


@pytest.mark.parametrize(
    "use_case",
    [
        lambda by: accounts.list_officers(by=by),
        lambda by: accounts.create_officer(form=FORM, password=PASSWORD, by=by),
        lambda by: accounts.disable_officer(officer_id=1, by=by),
        lambda by: accounts.enable_officer(officer_id=1, by=by),
        lambda by: accounts.change_role(officer_id=1, role=Role.ADMINISTRATOR, by=by),
        lambda by: accounts.reset_password(officer_id=1, by=by),
    ],
)
@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_manage_accounts(
    role: Role, use_case: Callable[[Officer], object]
) -> None:
    by = Officer(1, "x", "x", "x", role, "example-ngo", OrganisationKind.NGO)
    with pytest.raises(PermissionDenied):
        use_case(by)


def test_disabled_officer_is_out_at_once_and_stays_out() -> None:
    admin, _ = officer("admin2")
    known, token = officer("nino", Role.RECRUITER)
    accounts.disable_officer(officer_id=known.id, by=admin)
    assert sign_in.whoami(token) is None
    with pytest.raises(SignInRefused, match="wrong"):
        enter("nino", OTHER)
    accounts.enable_officer(officer_id=known.id, by=admin)
    assert sign_in.whoami(token) is None, "an ended session does not come back"
    assert enter("nino", OTHER)


def test_role_change_counts_at_the_next_look() -> None:
    admin, _ = officer("admin2")
    known, token = officer("nino", Role.RECRUITER)
    accounts.change_role(officer_id=known.id, role=Role.MANAGER, by=admin)
    changed = sign_in.whoami(token)
    assert changed is not None and changed.role == Role.MANAGER


def test_reset_gives_a_first_day_password_and_ends_sessions() -> None:
    admin, _ = officer("admin2")
    known, token = officer("nino", Role.RECRUITER)
    password = accounts.reset_password(officer_id=known.id, by=admin)
    assert sign_in.whoami(token) is None
    again = sign_in.whoami(enter("nino", password))
    assert again is not None and again.must_change_password


def test_administrators_never_lock_themselves_out() -> None:
    admin, _ = officer("admin2")
    with pytest.raises(Refused):
        accounts.disable_officer(officer_id=admin.id, by=admin)
    with pytest.raises(Refused):
        accounts.change_role(officer_id=admin.id, role=Role.MANAGER, by=admin)


def test_language_is_kept() -> None:
    known, token = officer("nino")
    assert accounts.set_language(language="en", by=known).language == "en"
    again = sign_in.whoami(token)
    assert again is not None and again.language == "en"
    with pytest.raises(InvalidInput):
        accounts.set_language(language="xx", by=known)


def test_demo_accounts_cover_roles_and_a_commission_of_three_kinds() -> None:
    assert accounts.create_demo_accounts() == len(accounts.demo_accounts())
    assert accounts.create_demo_accounts() == 0, "a second start changes nothing"
    officers = {}
    for account in accounts.demo_accounts():
        officers[account.username] = sign_in.whoami(enter(account.username, account.password))
    assert {one.role for one in officers.values() if one} == set(Role)
    voters = [
        one for one in officers.values() if one and one.role in {Role.CHAIR, Role.COMMISSION_MEMBER}
    ]
    assert len({one.organisation_kind for one in voters}) >= 3
    assert [name for name, one in officers.items() if one and one.must_change_password] == [
        "newcomer"
    ]
    assert audit.verify_chain().problem is None


def test_production_has_no_demo_accounts(database_settings: Settings, database: Engine) -> None:
    db.session.configure(replace(database_settings, environment="production"))
    assert accounts.demo_accounts() == ()
    assert accounts.create_demo_accounts() == 0
    assert accounts.list_officers(by=None) == []


def test_first_day_passwords_are_acceptable_and_differ() -> None:
    made = {accounts.first_day_password() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        passwords.check_new_password(password, "nino")
