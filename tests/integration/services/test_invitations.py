"""Invitations, limits in time and network, browsers signed out, access renewed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import Engine, select

import db.session
from db.models import AuditEventRow, MessageRow, OfficerRow
from db.session import reading, unit_of_work
from domain.enums import AccountState, Role
from domain.exceptions import InvalidInput, NotFound, PermissionDenied, Refused, SignInRefused
from domain.records.account import AccountForm, AccountLimits, AccountRecord, Invitation
from domain.records.officer import Officer
from services import clock
from services.notifications import worker
from services.officers import accounts, invitations, limiting, reviews, sessions, sign_in
from services.officers.demo_accounts import PASSWORD as DEMO
from services.officers.invitations import accept_invitation, invite_again, invite_new_officer
from services.officers.rules import account_rules
from services.officers.sign_in import Browser

PASSWORD = "seven green apples"
FORM = AccountForm("nino", "ნინო", "Nino", Role.COMMISSION_MEMBER, "example-ngo")


@pytest.fixture
def admin(sqlite_database: Engine) -> Officer:
    accounts.create_demo_accounts()
    return entered("admin", DEMO)


def entered(username: str, password: str, address: str = "192.0.2.1") -> Officer:
    found = sign_in.whoami(
        sign_in.sign_in(username=username, password=password, address=address), address
    )
    assert found is not None
    return found


def is_let_in(username: str = "nino", address: str = "192.0.2.1") -> bool:
    try:
        sign_in.sign_in(username=username, password=PASSWORD, address=address)
    except sign_in.SignInLocked:
        raise
    except SignInRefused as refused:
        return str(refused) != sign_in.WRONG
    return True


def secret_of(invitation: Invitation) -> str:
    return invitation.address.rsplit("/", 1)[1]


def accepted(invitation: Invitation) -> None:
    accept_invitation(secret=secret_of(invitation), password=PASSWORD, again=PASSWORD)


def record(admin: Officer, username: str = "nino") -> AccountRecord:
    return next(one for one in accounts.list_officers(by=admin) if one.username == username)


def limited(admin: Officer, **limits: object) -> AccountRecord:
    accepted(invite_new_officer(form=FORM, by=admin))
    made = record(admin)
    wanted = replace(AccountLimits(), **limits)  # type: ignore[arg-type]
    limiting.change_limits(officer_id=made.id, limits=wanted, by=admin)
    return made


def test_invited_officer_chooses_a_password_that_nobody_else_knows(admin: Officer) -> None:
    invitation = invite_new_officer(form=FORM, by=admin)
    assert record(admin).state is AccountState.INVITED and not is_let_in()
    assert invitations.read_invitation(secret=secret_of(invitation)).username == "nino"
    accepted(invitation)
    assert is_let_in() and not entered("nino", PASSWORD).must_change_password
    with reading() as session:
        told = [str(vars(one)) for one in session.scalars(select(AuditEventRow))]
    assert not any(secret_of(invitation) in text for text in told)


def test_an_invitation_works_once_and_not_for_ever(admin: Officer) -> None:
    invitation = invite_new_officer(form=FORM, by=admin)
    second = invite_again(officer_id=record(admin).id, by=admin)
    with pytest.raises(NotFound):  # replaced
        accepted(invitation)
    accepted(second)
    with pytest.raises(NotFound):  # used
        accepted(second)
    third = invite_again(officer_id=record(admin).id, by=admin)
    late = clock.now() + timedelta(hours=account_rules().invitation_hours, seconds=1)
    with time_machine.travel(late, tick=False), pytest.raises(NotFound):
        accepted(third)
    with pytest.raises(NotFound):
        accept_invitation(secret="made-up", password=PASSWORD, again=PASSWORD)


def test_refused_password_leaves_the_invitation_open(admin: Officer) -> None:
    invitation = invite_new_officer(form=FORM, by=admin)
    for password, again in (("short", "short"), (PASSWORD, "another"), ("nino " * 4, "nino " * 4)):
        with pytest.raises(InvalidInput):
            accept_invitation(secret=secret_of(invitation), password=password, again=again)
    accepted(invitation)


@pytest.mark.parametrize("ends", ["disabled", "reset"])
def test_invitation_of_an_account_that_changed_meanwhile_is_closed(
    admin: Officer, ends: str
) -> None:
    invitation = invite_new_officer(form=FORM, by=admin)
    if ends == "disabled":
        accounts.disable_officer(officer_id=record(admin).id, by=admin)
    else:
        accounts.reset_password(officer_id=record(admin).id, by=admin)
    with pytest.raises(NotFound):
        accepted(invitation)


def test_invitation_goes_out_by_mail_and_leaves_no_link_behind(admin: Officer) -> None:
    form = replace(FORM, limits=AccountLimits(email=" Nino@Example.ge "))
    assert invite_new_officer(form=form, by=admin).is_mailed
    worker.send_due()
    with reading() as session:
        (message,) = session.scalars(select(MessageRow)).all()
        assert session.scalars(select(OfficerRow.email).where(OfficerRow.email.is_not(None))).one()
    assert message.template == "accounts.invitation"
    assert "signin/invitation" not in str(message.facts) + str(message.body)


def test_two_accounts_never_have_one_address(admin: Officer) -> None:
    limited(admin, email="nino@example.ge")
    with pytest.raises(InvalidInput) as caught:
        other = replace(FORM, username="gia", limits=AccountLimits(email="NINO@example.ge"))
        invite_new_officer(form=other, by=admin)
    assert [problem.field for problem in caught.value.problems] == ["email"]


@pytest.mark.parametrize(
    ("first", "last", "opens"),
    [(0, 0, True), (-5, -1, False), (1, 5, False), (-5, None, True), (None, 3, True)],
)
def test_partner_account_opens_on_its_days_only(
    admin: Officer, first: int | None, last: int | None, opens: bool
) -> None:
    def day(number: int | None) -> object:
        return None if number is None else clock.today() + timedelta(number)

    limited(admin, valid_from=day(first), valid_until=day(last))
    assert is_let_in() is opens


def test_session_ends_with_the_last_day(admin: Officer) -> None:
    limited(admin, valid_until=clock.today())
    token = sign_in.sign_in(username="nino", password=PASSWORD, address="192.0.2.1")
    assert sign_in.whoami(token)
    midnight = clock.beginning(clock.today() + timedelta(1))
    db.session.configure(replace(db.session.settings(), session_idle_minutes=60 * 24))
    db.session.configure(replace(db.session.settings(), session_absolute_hours=48))
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False) as traveller:
        assert sign_in.whoami(token)
        traveller.shift(timedelta(seconds=2))
        assert sign_in.whoami(token) is None
        assert record(entered("admin", DEMO)).state is AccountState.EXPIRED


def test_partner_account_opens_from_its_networks_only(admin: Officer) -> None:
    limited(admin, networks="203.0.113.0/24, 2001:db8::/32")
    for address in ("203.0.113.9", "2001:db8::9", "::ffff:203.0.113.9"):
        assert is_let_in(address=address)
    for address in ("203.0.114.9", "192.0.2.1", "", "unknown"):
        assert not is_let_in(address=address)
    token = sign_in.sign_in(username="nino", password=PASSWORD, address="203.0.113.9")
    assert sign_in.whoami(token, "203.0.113.77")
    assert sign_in.whoami(token, "192.0.2.1") is None, "a cookie that was carried away"


@pytest.mark.parametrize("networks", ["0.0.0.0/0", "::/0", "office", "203.0.113.0/33", "1.2.3"])
def test_network_that_is_none_is_refused_by_name(admin: Officer, networks: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        limited(admin, networks=networks)
    assert [problem.field for problem in caught.value.problems] == ["networks"]


def test_narrower_limits_end_open_sessions_and_a_mail_address_does_not(admin: Officer) -> None:
    made = limited(admin)
    token = sign_in.sign_in(username="nino", password=PASSWORD, address="192.0.2.1")
    limits = AccountLimits(email="nino@example.ge")
    limiting.change_limits(officer_id=made.id, limits=limits, by=admin)
    assert sign_in.whoami(token)
    limits = replace(limits, networks="203.0.113.0/24")
    limiting.change_limits(officer_id=made.id, limits=limits, by=admin)
    assert sign_in.whoami(token) is None


def test_officers_see_and_end_their_own_browsers_only(admin: Officer) -> None:
    limited(admin)
    here, there = (
        sign_in.begin_sign_in(username="nino", password=PASSWORD, browser=browser).token
        for browser in (Browser("192.0.2.1", "Firefox · Linux"), Browser("192.0.2.2", None))
    )
    nino = sign_in.whoami(here)
    assert nino is not None and here and there
    mine, other = sessions.list_own_sessions(current=sign_in.session_id(here), by=nino)
    assert (mine.is_this_one, mine.device, mine.address) == (True, "Firefox · Linux", "192.0.2.1")
    for foreign in (sessions.list_sessions(officer_id=admin.id, by=admin)[0].id, "00" * 32, "x"):
        with pytest.raises(NotFound):
            sessions.end_own_session(session_id=foreign, by=nino)
    sessions.end_own_session(session_id=other.id, by=nino)
    assert sign_in.whoami(there) is None and sign_in.whoami(here)
    with pytest.raises(PermissionDenied):
        sessions.list_sessions(officer_id=admin.id, by=nino)
    assert sessions.end_sessions(officer_id=nino.id, by=admin) == 1
    assert sign_in.whoami(here) is None


def test_signing_out_everywhere_else_keeps_this_browser(admin: Officer) -> None:
    limited(admin)
    tokens = [
        sign_in.sign_in(username="nino", password=PASSWORD, address="192.0.2.1") for _ in range(3)
    ]
    nino = sign_in.whoami(tokens[0])
    assert nino is not None
    assert sessions.end_other_sessions(current=sign_in.session_id(tokens[0]), by=nino) == 2
    assert [bool(sign_in.whoami(token)) for token in tokens] == [True, False, False]


def grown_old(days: int) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(days=days), tick=False)


def test_access_that_nobody_renews_closes_after_the_days_of_grace(admin: Officer) -> None:
    made = limited(admin)
    assert made.renewal_due_on and made.closes_on
    days = (made.closes_on - clock.today()).days
    with grown_old(days):
        assert reviews.close_unrenewed_access() == 0 and is_let_in()
    with grown_old(days + 1):
        assert reviews.close_unrenewed_access() == 1 and not is_let_in()
        assert reviews.close_unrenewed_access() == 0


def test_renewed_access_lives_on_and_nobody_renews_their_own(admin: Officer) -> None:
    made = limited(admin)
    assert made.closes_on
    with grown_old((made.closes_on - clock.today()).days - 1):
        boss = entered("admin", DEMO)
        reviews.renew_access(officer_id=made.id, by=boss)
        with pytest.raises(Refused):
            reviews.renew_access(officer_id=boss.id, by=boss)
    with grown_old((made.closes_on - clock.today()).days + 1):
        assert reviews.close_unrenewed_access() == 0 and is_let_in()


def test_last_administrator_is_never_closed(admin: Officer) -> None:
    with unit_of_work() as work:
        for row in work.session.scalars(select(OfficerRow)):
            row.is_demo = False
        work.commit()
    with grown_old(2000):
        reviews.close_unrenewed_access()
        assert entered("admin", DEMO)
    with reading() as session:
        query = select(OfficerRow.role).where(OfficerRow.disabled_at.is_(None))
        assert session.scalars(query).all() == [Role.ADMINISTRATOR]


def test_demonstration_accounts_stay(admin: Officer) -> None:
    with grown_old(2000):
        assert reviews.close_unrenewed_access() == 0


def test_password_grows_too_old_only_where_the_state_says_so(
    admin: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(admin)
    with grown_old(3000):
        assert not entered("nino", PASSWORD).must_change_password
        rules = replace(account_rules(), password_age_days=90)
        monkeypatch.setattr("services.officers.limits.account_rules", lambda: rules)
        assert entered("nino", PASSWORD).must_change_password
        accounts.change_password(
            current=PASSWORD, new="eight yellow pears", session=None, by=entered("nino", PASSWORD)
        )
        assert not entered("nino", "eight yellow pears").must_change_password


OTHERS: tuple[Callable[[Officer], object], ...] = (
    lambda by: invite_again(officer_id=by.id, by=by),
    lambda by: limiting.change_limits(officer_id=by.id, limits=AccountLimits(), by=by),
)


@pytest.mark.parametrize("own", OTHERS)
def test_administrators_loosen_nothing_of_their_own(
    admin: Officer, own: Callable[[Officer], object]
) -> None:
    with pytest.raises(Refused):
        own(admin)
