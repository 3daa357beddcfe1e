"""One request, one change: whatever is clicked twice, sent again or lost on the way."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from db import requests as steps
from db.models import JobseekerRow, RequestRow
from db.session import reading
from domain.enums import Role
from domain.exceptions import DoneAlready, InvalidInput
from domain.records.officer import Officer
from services import clock, requests
from services.due_work import run_due
from services.jobseekers.registration import (
    get_jobseeker,
    register_jobseeker,
    update_jobseeker,
)
from tests.factories.jobseekers import person
from tests.factories.officers import officer


@pytest.fixture
def recruiter(database: Engine) -> Officer:
    return officer()


def people() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(JobseekerRow)) or 0


def kept() -> list[RequestRow]:
    with reading() as session:
        return list(session.scalars(select(RequestRow)))


def test_a_request_that_comes_again_changes_nothing_and_says_when_it_was_done(
    recruiter: Officer,
) -> None:
    with requests.once("click-0001"):
        record = register_jobseeker(form=person(), by=recruiter)
    with requests.once("click-0001"), pytest.raises(DoneAlready) as repeated:
        register_jobseeker(form=person(), by=recruiter)
    assert people() == 1
    done = requests.done_before(repeated.value, by=recruiter)
    assert done is not None
    assert (done.action, done.entity, done.subject) == (
        "registered",
        "jobseeker",
        record.external_id,
    )
    assert abs(repeated.value.at - clock.now()) < timedelta(minutes=1)


def test_twins_that_arrive_at_once_act_once(recruiter: Officer) -> None:
    outcomes = together(4, lambda _: one_click(recruiter, "click-twin"))
    assert sorted(outcomes) == ["again", "again", "again", "done"]
    assert people() == 1


def one_click(by: Officer, request_id: str) -> str:
    with requests.once(request_id):
        try:
            register_jobseeker(form=person(), by=by)
        except DoneAlready:
            return "again"
        return "done"


def together(count: int, act: Callable[[int], str]) -> list[str]:
    start, outcomes = threading.Barrier(count), [""] * count

    def work(place: int) -> None:
        start.wait()
        try:
            outcomes[place] = act(place)
        except Exception as error:  # noqa: BLE001 - shown by the test
            outcomes[place] = repr(error)

    threads = [threading.Thread(target=work, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.usefixtures("sqlite_database")
class TestOnOneEngine:
    def test_a_refused_request_may_come_again_put_right(self) -> None:
        by = officer()
        with requests.once("click-0002"), pytest.raises(InvalidInput):
            register_jobseeker(form=person(birth_date=date(2090, 1, 1)), by=by)
        with requests.once("click-0002"):
            register_jobseeker(form=person(), by=by)
        assert people() == 1

    def test_one_request_may_do_several_things_and_one_thing_several_times(self) -> None:
        by = officer()
        with requests.once("click-0003"):
            record = register_jobseeker(form=person(), by=by)
            for phone in ("+995599100100", "+995599100200"):
                record = update_jobseeker(
                    external_id=record.external_id,
                    form=person(phone=phone),
                    version=record.version,
                    by=by,
                )
        assert [(row.use_case.rsplit(".")[-1], row.nth) for row in kept()] == [
            ("register_jobseeker", 0),
            ("update_jobseeker", 0),
            ("update_jobseeker", 1),
        ]

    def test_readings_are_no_requests(self) -> None:
        by = officer()
        record = register_jobseeker(form=person(), by=by)
        before = len(kept())
        for _ in range(2):
            with requests.once("click-0004"):
                get_jobseeker(external_id=record.external_id, by=by)
        assert len(kept()) == before

    def test_a_change_without_a_request_gets_an_id_of_its_own(self) -> None:
        register_jobseeker(form=person(), by=officer())
        (row,) = kept()
        assert len(row.id) == 32
        assert row.nth == 0

    def test_a_change_that_is_rolled_back_leaves_its_request_open(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        by = officer()

        class Died(BaseException):
            pass

        def die(*_: Any) -> None:
            raise Died

        with monkeypatch.context() as broken, requests.once("click-0005"):
            broken.setattr(steps, "finish", die)
            with pytest.raises(Died):
                register_jobseeker(form=person(), by=by)
        with requests.once("click-0005"):
            register_jobseeker(form=person(), by=by)
        assert people() == 1

    def test_an_id_of_one_officer_says_nothing_to_another(self) -> None:
        mine, theirs = officer(), officer(Role.MANAGER)
        assert requests.own_id("0123456789", mine) != requests.own_id("0123456789", theirs)
        with requests.once("click-0006"):
            register_jobseeker(form=person(), by=mine)
        with requests.once("click-0006"), pytest.raises(DoneAlready) as repeated:
            register_jobseeker(form=person(), by=mine)
        assert requests.done_before(repeated.value, by=theirs) is None

    def test_what_is_no_id_is_replaced(self) -> None:
        by = officer()
        for bad in ("", "short", "with space in it", "x" * 81, "ქართული-ასოები"):
            assert requests.own_id(bad, by) != requests.own_id(bad, by)

    def test_ids_are_forgotten_after_their_days(self) -> None:
        register_jobseeker(form=person(), by=officer())
        run_due()
        young = len(kept())
        assert young >= 1
        clock.move(31)
        assert requests.prune_requests() == young
        assert kept() == []
