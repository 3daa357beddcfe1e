"""The second factor: asked for, taken once, replaced by codes on paper, taken away by another."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pyotp
import pytest
import time_machine
from sqlalchemy import Engine, select

import db.session
from db.models import OfficerRow, RecoveryCodeRow, SecondFactorRow
from db.session import reading, unit_of_work
from domain.enums import AccountTokenPurpose
from domain.exceptions import InvalidInput, PermissionDenied, Refused, SignInRefused
from domain.records.officer import Officer
from services import clock
from services.officers import accounts, enrolment, passwords, sign_in, tokens
from services.officers.demo_accounts import PASSWORD
from services.officers.rules import account_rules
from services.officers.sign_in import Browser, SecondStepOver

HERE = Browser("192.0.2.1", "Firefox · Linux")


@pytest.fixture
def recruiter(sqlite_database: Engine) -> Officer:
    return officer("recruiter")


def officer(username: str) -> Officer:
    accounts.create_demo_accounts()
    found = sign_in.whoami(
        sign_in.sign_in(username=username, password=PASSWORD, address="192.0.2.1")
    )
    assert found is not None
    return found


def now() -> str:
    return pyotp.TOTP(SECRETS[-1]).now()


SECRETS: list[str] = []


@pytest.fixture
def codes(recruiter: Officer) -> Iterator[tuple[str, ...]]:
    """The recruiter's recovery codes, after the second factor was set up."""
    with time_machine.travel(clock.now(), tick=False):
        yield set_up(recruiter)


def set_up(who: Officer) -> tuple[str, ...]:
    SECRETS.append(enrolment.begin_enrolment(password=PASSWORD, by=who).secret)
    return enrolment.confirm_enrolment(code=now(), session=None, by=who)


def first_step(username: str = "recruiter") -> str:
    entrance = sign_in.begin_sign_in(username=username, password=PASSWORD, browser=HERE)
    assert entrance.token is None and entrance.step
    return entrance.step


def second(step: str, code: str) -> Officer | None:
    return sign_in.whoami(sign_in.finish_sign_in(step=step, code=code, browser=HERE))


def later(seconds: int = 30) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(seconds=seconds), tick=False)


def test_password_alone_opens_nothing_and_a_code_does(codes: tuple[str, ...]) -> None:
    with pytest.raises(SignInRefused):
        sign_in.sign_in(username="recruiter", password=PASSWORD, address="192.0.2.1")
    with later():
        found = second(first_step(), now())
    assert found is not None and found.username == "recruiter"


def test_a_code_is_taken_once(codes: tuple[str, ...]) -> None:
    with pytest.raises(SignInRefused):  # the one that set it up
        second(first_step(), now())
    with later():
        code = now()
        assert second(first_step(), code)
        with pytest.raises(SignInRefused):
            second(first_step(), code)


def test_code_of_a_telephone_that_is_30_seconds_off_is_taken_and_one_of_90_is_not(
    codes: tuple[str, ...],
) -> None:
    with later(300):
        totp = pyotp.TOTP(SECRETS[-1])
        moment = int(clock.now().timestamp())
        for seconds in (-90, 90):
            with pytest.raises(SignInRefused):
                second(first_step(), totp.at(moment + seconds))
        assert second(first_step(), totp.at(moment - 30))
        assert second(first_step(), totp.at(moment + 30))


def test_each_recovery_code_works_once_however_it_is_written(codes: tuple[str, ...]) -> None:
    assert len(set(codes)) == account_rules().recovery_codes == 10
    assert second(first_step(), codes[0].upper().replace("-", " "))
    with pytest.raises(SignInRefused):
        second(first_step(), codes[0])
    assert second(first_step(), codes[1])


def test_recovery_codes_of_another_open_nothing(codes: tuple[str, ...]) -> None:
    set_up(officer("manager"))
    with pytest.raises(SignInRefused):
        second(first_step("manager"), codes[0])


def test_the_database_holds_neither_secret_nor_codes(codes: tuple[str, ...]) -> None:
    with reading() as session:
        row = session.scalars(select(SecondFactorRow)).one()
        hashes = session.scalars(select(RecoveryCodeRow.code_hash)).all()
    assert SECRETS[-1].encode() not in row.secret
    assert not any(code.replace("-", "").encode() in kept for code in codes for kept in hashes)


def test_wrong_codes_are_held_back_and_others_passwords_are_not_needed_for_that(
    codes: tuple[str, ...],
) -> None:
    for _ in range(passwords.rules().failures_per_account):
        with pytest.raises(SignInRefused):
            second(first_step(), "000000")
    with pytest.raises(sign_in.SignInLocked):
        second(first_step(), codes[0])
    with later(120):
        assert second(first_step(), codes[0])


def test_second_step_has_to_follow_the_first_soon_and_once(codes: tuple[str, ...]) -> None:
    step = first_step()
    assert second(step, codes[0])
    with pytest.raises(SecondStepOver):
        second(step, codes[1])
    late = first_step()
    with later(account_rules().second_step_minutes * 60 + 1), pytest.raises(SecondStepOver):
        second(late, codes[1])
    with pytest.raises(SecondStepOver):
        second("made-up", codes[1])


def test_secrets_of_unlike_purpose_open_nothing_of_each_other(codes: tuple[str, ...]) -> None:
    step = first_step()
    token = sign_in.finish_sign_in(step=step, code=codes[0], browser=HERE)
    fresh = first_step()
    with reading() as session:
        assert tokens.find(session, AccountTokenPurpose.SECOND_STEP, fresh)
        assert tokens.find(session, AccountTokenPurpose.INVITATION, fresh) is None
    assert sign_in.whoami(fresh) is None
    with pytest.raises(SecondStepOver):
        second(token, codes[1])


def test_disabled_between_the_steps_stays_out(codes: tuple[str, ...]) -> None:
    step = first_step()
    with unit_of_work() as work:
        query = select(OfficerRow).where(OfficerRow.username == "recruiter")
        work.session.scalars(query).one().disabled_at = clock.now()
        work.commit()
    with pytest.raises(SecondStepOver):
        second(step, codes[0])


def test_setting_up_signs_the_other_browsers_out(recruiter: Officer) -> None:
    token = sign_in.sign_in(username="recruiter", password=PASSWORD, address="192.0.2.1")
    set_up(recruiter)
    assert sign_in.whoami(token) is None


def test_nothing_counts_before_the_first_right_code(recruiter: Officer) -> None:
    SECRETS.append(enrolment.begin_enrolment(password=PASSWORD, by=recruiter).secret)
    with pytest.raises(InvalidInput, match="not set up"):
        enrolment.confirm_enrolment(code="000000", session=None, by=recruiter)
    assert sign_in.sign_in(username="recruiter", password=PASSWORD, address="192.0.2.1")


def test_it_is_begun_with_the_password_only(recruiter: Officer) -> None:
    with pytest.raises(InvalidInput):
        enrolment.begin_enrolment(password="not mine at all", by=recruiter)
    assert enrolment.pending_enrolment(by=recruiter) is None


def test_another_administrator_takes_it_away_and_nobody_their_own(
    codes: tuple[str, ...], recruiter: Officer
) -> None:
    admin = officer("admin")
    with pytest.raises(PermissionDenied):
        enrolment.reset_second_factor(officer_id=admin.id, by=recruiter)
    with pytest.raises(Refused, match="own account"):
        enrolment.reset_second_factor(officer_id=admin.id, by=admin)
    enrolment.reset_second_factor(officer_id=recruiter.id, by=admin)
    assert sign_in.sign_in(username="recruiter", password=PASSWORD, address="192.0.2.1")
    with reading() as session:
        assert not session.scalars(select(RecoveryCodeRow)).all()


def test_in_production_it_is_demanded_of_whoever_exports_or_administers(recruiter: Officer) -> None:
    admin, member = officer("admin"), officer("member.ngo")
    db.session.configure(replace(db.session.settings(), environment="production"))
    fresh = {one.username: officer_again(one.username) for one in (recruiter, admin, member)}
    assert {name for name, one in fresh.items() if one.must_enrol} == {"recruiter", "admin"}
    with pytest.raises(PermissionDenied, match="second factor"):
        accounts.list_officers(by=fresh["admin"])
    with pytest.raises(Refused, match="needs a second factor"):
        enrolment.give_up_second_factor(password=PASSWORD, code="", by=fresh["recruiter"])


def test_given_up_where_the_role_needs_none(codes: tuple[str, ...], recruiter: Officer) -> None:
    with pytest.raises(InvalidInput):
        enrolment.give_up_second_factor(password=PASSWORD, code="000000", by=recruiter)
    enrolment.give_up_second_factor(password=PASSWORD, code=codes[0], by=recruiter)
    assert sign_in.sign_in(username="recruiter", password=PASSWORD, address="192.0.2.1")


def test_one_code_entered_in_two_browsers_at_once_opens_one(database: Engine) -> None:
    set_up(officer("recruiter"))
    codes = enrolment.renew_recovery_codes(password=PASSWORD, by=officer_again("recruiter"))
    steps, together = [first_step(), first_step()], Barrier(2)

    def enter(step: str) -> bool:
        together.wait()
        try:
            return bool(second(step, codes[0]))
        except SignInRefused:
            return False

    with ThreadPoolExecutor(2) as browsers:
        assert sorted(browsers.map(enter, steps)) == [False, True]


def officer_again(username: str) -> Officer:
    with reading() as session:
        row = session.scalars(select(OfficerRow).where(OfficerRow.username == username)).one()
        return sign_in.officer_record(session, row)
