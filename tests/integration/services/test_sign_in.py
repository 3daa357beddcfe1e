"""Who gets in, for how long, and who doesn't."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
import yaml
from sqlalchemy import Engine, func, select

from db.models import AuditEventRow, SignInAttemptRow, SignInSessionRow
from db.session import reading
from domain.enums import Role
from domain.exceptions import SignInRefused
from domain.records.account import AccountForm
from services import audit, clock
from services.officers import accounts, passwords, sign_in

PASSWORD = "seven green apples"
NOBODY = "no.such.officer"


@pytest.fixture
def nino(database: Engine) -> str:
    """An officer's username; the password is PASSWORD."""
    form = AccountForm("nino", "ნინო ნიმუშაძე", "Nino Nimushadze", Role.RECRUITER, "example-ngo")
    accounts.create_officer(form=form, password=PASSWORD, by=None)
    return form.username


def enter(username: str, password: str = PASSWORD, address: str = "192.0.2.1", **more) -> str:
    return sign_in.sign_in(username=username, password=password, address=address, **more)


def refusal(username: str, password: str, address: str = "192.0.2.1") -> SignInRefused:
    with pytest.raises(SignInRefused) as caught:
        enter(username, password, address)
    return caught.value


def actions() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(AuditEventRow.action).order_by(AuditEventRow.seq)))


def test_right_password_opens_a_session_of_that_officer(nino: str) -> None:
    officer = sign_in.whoami(enter("  NINO "))
    assert officer is not None and officer.username == nino
    assert officer.role == Role.RECRUITER


def test_database_keeps_only_the_tokens_hash(nino: str) -> None:
    token = enter(nino)
    with reading() as session:
        stored = session.scalars(select(SignInSessionRow.token_hash)).one()
    assert token.encode() not in stored and stored == sign_in.token_hash(token)


def test_unknown_name_and_wrong_password_read_the_same(nino: str) -> None:
    assert str(refusal(nino, "wrong password!")) == str(refusal(NOBODY, PASSWORD))


def test_account_locks_after_five_failures_even_for_the_right_password(nino: str) -> None:
    limit = passwords.rules().failures_per_account
    kinds = [type(refusal(nino, "wrong password!")) for _ in range(limit + 1)]
    assert kinds == [SignInRefused] * limit + [sign_in.SignInLocked]
    assert isinstance(refusal(nino, PASSWORD, "198.51.100.7"), sign_in.SignInLocked)
    assert "sign_in_locked" in actions()


def test_lock_ends_with_the_window(nino: str) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _ in range(passwords.rules().failures_per_account):
            refusal(nino, "wrong password!")
        traveller.shift(timedelta(minutes=passwords.rules().window_minutes, seconds=1))
        assert sign_in.whoami(enter(nino))


def test_lock_says_nothing_about_whether_the_account_exists(nino: str) -> None:
    for name in (nino, NOBODY):
        for _ in range(passwords.rules().failures_per_account):
            refusal(name, "wrong password!")
    assert str(refusal(nino, PASSWORD)) == str(refusal(NOBODY, PASSWORD))


def test_success_forgives_earlier_mistakes(nino: str) -> None:
    for _ in range(3):
        for _ in range(passwords.rules().failures_per_account - 1):
            refusal(nino, "wrong password!")
        assert enter(nino)


def test_two_browsers_come_in_at_the_same_moment(nino: str) -> None:
    together = Barrier(2)
    matches = passwords.matches

    def meeting(kept: str | None, given: str) -> bool:
        together.wait()
        return matches(kept, given)

    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(2) as browsers:
        patch.setattr(passwords, "matches", meeting)
        tokens = list(browsers.map(enter, [nino, nino]))
    assert all(sign_in.whoami(token) for token in tokens)


def test_address_locks_after_many_names(nino: str) -> None:
    limit = passwords.rules().failures_per_address
    for number in range(limit):
        refusal(f"guess{number}", "wrong password!")
    assert isinstance(refusal(nino, PASSWORD), sign_in.SignInLocked)
    assert enter(nino, address="198.51.100.7")


def test_old_attempts_are_forgotten(nino: str) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        refusal(nino, "wrong password!")
        traveller.shift(timedelta(hours=1))
        enter(nino)
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(SignInAttemptRow)) == 1


def test_idle_session_ends_after_thirty_minutes(nino: str) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        token = enter(nino)
        for _ in range(4):
            traveller.shift(timedelta(minutes=29))
            assert sign_in.whoami(token), "a click keeps the session alive"
        traveller.shift(timedelta(minutes=30))
        assert sign_in.whoami(token) is None


def test_busy_session_ends_after_twelve_hours(nino: str) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        token = enter(nino)
        for _ in range(28):
            traveller.shift(timedelta(minutes=25))
            assert sign_in.whoami(token)
        traveller.shift(timedelta(minutes=25))
        assert sign_in.whoami(token) is None


def test_last_seen_is_written_at_most_once_a_minute(nino: str) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        token = enter(nino)
        started = clock.now()
        for seconds, expected in ((59, 0), (1, 60), (30, 60), (30, 120)):
            traveller.shift(timedelta(seconds=seconds))
            sign_in.whoami(token)
            with reading() as session:
                seen = session.scalars(select(SignInSessionRow.last_seen_at)).one()
            assert seen - started == timedelta(seconds=expected)


def test_sign_out_ends_the_session_for_good(nino: str) -> None:
    token, other = enter(nino), enter(nino)
    sign_in.sign_out(token)
    assert sign_in.whoami(token) is None
    assert sign_in.whoami(other), "another browser stays signed in"
    assert actions()[-1] == "signed_out"


def test_new_sign_in_ends_the_browsers_former_session(nino: str) -> None:
    former = enter(nino)
    assert sign_in.whoami(enter(nino, replaces=former))
    assert sign_in.whoami(former) is None


@pytest.mark.parametrize("token", [None, "", "guess", "ა" * 43, "0" * 5000])
def test_made_up_token_is_nobody(nino: str, token: str | None) -> None:
    assert sign_in.whoami(token) is None


@pytest.mark.parametrize("session", [None, "", "xyz", "00" * 32, "0"])
def test_made_up_session_id_is_nobody(nino: str, session: str | None) -> None:
    assert sign_in.officer_of(session) is None


def test_every_step_is_in_the_audit_without_personal_data(nino: str) -> None:
    refusal(nino, "wrong password!")
    refusal(NOBODY, "wrong password!")
    sign_in.sign_out(enter(nino))
    assert actions()[-4:] == ["sign_in_failed", "sign_in_failed", "signed_in", "signed_out"]
    with reading() as session:
        events = session.scalars(select(AuditEventRow)).all()
    assert not any(NOBODY in str(vars(event)) for event in events)
    assert audit.verify_chain().problem is None


def test_very_long_password_is_refused_before_it_is_hashed(nino: str) -> None:
    assert passwords.matches("anything", "x" * 1_000_000) is False


def test_hash_of_other_parameters_is_renewed_at_sign_in(nino: str) -> None:
    from argon2 import PasswordHasher

    from db.models import OfficerRow
    from db.session import unit_of_work

    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    with unit_of_work() as work:
        work.session.scalars(select(OfficerRow)).one().password_hash = weak
        work.commit()
    enter(nino)
    with reading() as session:
        stored = session.scalars(select(OfficerRow.password_hash)).one()
    assert "m=64,t=1,p=1" in stored  # the cost of a hash in tests


def test_hash_costs_what_the_standard_asks() -> None:
    in_force = yaml.safe_load(passwords.PARAMETERS.read_text("utf-8"))
    assert in_force["argon2_memory_kib"] >= 19 * 1024
    assert in_force["argon2_iterations"] >= 2
    assert in_force["argon2_at_once"] <= 2
