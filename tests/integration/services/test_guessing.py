"""Whoever guesses passwords waits longer and longer; nobody is locked out by an enemy elsewhere."""

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from argon2 import PasswordHasher
from sqlalchemy import Engine, func, select

from db.models import SignInAttemptRow
from db.session import reading
from domain.enums import Role
from domain.exceptions import SignInRefused
from domain.records.account import AccountForm
from services import clock
from services.officers import accounts, passwords, sign_in

PASSWORD = "seven green apples"
OFFICE, ENEMY = "192.0.2.1", "198.51.100.7"


@pytest.fixture
def nino(sqlite_database: Engine) -> str:
    return made()


def made() -> str:
    form = AccountForm("nino", "ნინო", "Nino", Role.RECRUITER, "example-ngo")
    accounts.create_officer(form=form, password=PASSWORD, by=None)
    return form.username


def enter(address: str, password: str = PASSWORD, username: str = "nino") -> str:
    return sign_in.sign_in(username=username, password=password, address=address)


def guess(address: str = ENEMY, username: str = "nino") -> type[SignInRefused]:
    with pytest.raises(SignInRefused) as caught:
        enter(address, "wrong password!", username)
    return caught.type


def guess_until_held_back(address: str = ENEMY, username: str = "nino") -> None:
    while guess(address, username) is not sign_in.SignInLocked:
        pass


def test_an_enemy_elsewhere_keeps_nobody_out_of_the_office(nino: str) -> None:
    enter(OFFICE)
    guess_until_held_back()
    assert enter(OFFICE)
    officer = sign_in.whoami(enter(OFFICE))
    assert officer is not None
    guess_until_held_back()
    sign_in.confirm_password(password=PASSWORD, by=officer)


def test_guesses_from_the_officers_own_place_are_held_back_too(nino: str) -> None:
    enter(OFFICE)
    guess_until_held_back(OFFICE)
    with pytest.raises(sign_in.SignInLocked):
        enter(OFFICE)


def test_each_further_guess_waits_twice_as_long_up_to_the_longest_wait(nino: str) -> None:
    limits = passwords.rules()
    waits = []
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _ in range(limits.failures_per_account):
            guess()
        for _ in range(6):
            seconds = 0
            while guess() is sign_in.SignInLocked:
                traveller.shift(timedelta(seconds=30))
                seconds += 30
            waits.append(seconds)
    assert waits == [60, 120, 240, 480, 900, 900]


def test_thirty_guesses_take_five_hours(nino: str) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        guesses = 0
        for _ in range(5 * 4):
            while guess() is SignInRefused:
                guesses += 1
            traveller.shift(timedelta(minutes=15))
    assert guesses < 32


def test_place_is_forgotten_after_a_month_without_it(nino: str) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        enter(OFFICE)
        traveller.shift(timedelta(days=passwords.rules().known_place_days + 1))
        guess_until_held_back()
        with pytest.raises(sign_in.SignInLocked):
            enter(OFFICE)


def test_administrator_sees_who_waits_and_ends_it(nino: str) -> None:
    admin_form = AccountForm("boss", "უფროსი", "Boss", Role.ADMINISTRATOR, "example-ngo")
    accounts.create_officer(form=admin_form, password=PASSWORD, by=None)
    boss = sign_in.whoami(enter(OFFICE, username="boss"))
    assert boss is not None
    accounts.change_password(current=PASSWORD, new="eight yellow pears", session=None, by=boss)
    boss = sign_in.whoami(enter(OFFICE, "eight yellow pears", "boss"))
    assert boss is not None
    guess_until_held_back()
    known = {one.username: one for one in accounts.list_officers(by=boss)}
    assert known["nino"].waits_until is not None and known["boss"].waits_until is None
    accounts.unlock_officer(officer_id=known["nino"].id, by=boss)
    assert enter(ENEMY)


def test_own_password_can_be_guessed_at_no_form_of_the_account(nino: str) -> None:
    officer = sign_in.whoami(enter(OFFICE))
    assert officer is not None
    for _ in range(passwords.rules().failures_per_account):
        with pytest.raises(Exception, match="not changed"):
            accounts.change_password(current="guess", new="x" * 12, session=None, by=officer)
    with pytest.raises(sign_in.SignInLocked):
        accounts.change_password(current=PASSWORD, new="x" * 12, session=None, by=officer)


def test_parallel_guesses_gain_nothing(database: Engine) -> None:
    made()
    limit = passwords.rules().failures_per_account
    together = Barrier(4 * limit)

    def one(number: int) -> type[SignInRefused]:
        together.wait()
        return guess(f"203.0.113.{number}")

    with ThreadPoolExecutor(4 * limit) as enemies:
        kinds = list(enemies.map(one, range(4 * limit)))
    assert kinds.count(SignInRefused) == limit


def test_parallel_guesses_at_many_accounts_from_one_address_gain_nothing(database: Engine) -> None:
    limit = passwords.rules().failures_per_address
    together = Barrier(16)

    def several(number: int) -> int:
        together.wait()
        return sum(guess(ENEMY, f"name{number}-{n}") is SignInRefused for n in range(5))

    with ThreadPoolExecutor(16) as enemies:
        passed = sum(enemies.map(several, range(16)))
    assert passed == limit
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(SignInAttemptRow)) == limit


def milliseconds(action: Callable[[], object]) -> float:
    start = time.thread_time_ns()
    action()
    return (time.thread_time_ns() - start) / 1e6


def test_unknown_closed_and_invited_accounts_take_as_long_to_refuse(
    nino: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # At the true cost of a hash, so that leaving one out would show.
    monkeypatch.setattr(passwords, "_hasher", lambda: PasswordHasher(2, 19456, 1))
    monkeypatch.setattr(passwords, "_nobody", lambda: SLOW)
    stored = {"known": SLOW, "unknown": None, "invited": passwords.NO_PASSWORD}
    took = {
        name: statistics.median(
            milliseconds(lambda h=hashed: passwords.matches(h, "wrong password!"))  # type: ignore[misc]
            for _ in range(5)
        )
        for name, hashed in stored.items()
    }
    assert max(took.values()) < 1.5 * min(took.values()), took


SLOW = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$" + "A" * 43
