"""What a process keeps in memory is never another's: not another moment's, not another person's.

Another process is another engine on the same database: everything that services keep, they keep
by engine. (`test_live_pool.py` does the same once with a real second process.)
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, update

import db.session
from db.models import OfficerRow, ReferenceFileRow, RegionRow
from db.session import unit_of_work
from db.settings import Settings
from domain.enums import Role
from domain.exceptions import PermissionDenied
from domain.records.gaps import GapFilter
from domain.records.officer import Officer
from domain.records.road import RoadTask
from domain.records.statistics import StatisticsFilter
from domain.records.vacancy import VacancyFilter
from services import audit, clock, reference, today
from services.gaps.board import get_gap_board
from services.jobseekers.bulk_registration import upsert_jobseekers
from services.officers import accounts, sign_in
from services.officers.demo_accounts import PASSWORD
from services.questions.finding import find_questions
from services.rankings.pool import live_pool
from services.rankings.ranking import rank_vacancy
from services.road import todo
from services.statistics.dashboard import get_dashboard
from services.statistics.quality import get_quality
from services.vacancies.vacancies import list_vacancies
from tests.factories.officers import officer
from tests.factories.rankings import picker, register_pickers
from tests.factories.vacancies import draft_vacancy, published_vacancy

YEAR = StatisticsFilter(date(2026, 1, 1), date(2027, 12, 31))
Ask = Callable[[Officer, Officer], object]


@contextmanager
def in_another_process(settings: Settings) -> Iterator[None]:
    mine = db.session._engine, db.session._settings
    db.session._engine = None
    other = db.session.configure(settings)
    try:
        yield
    finally:
        other.dispose()
        db.session._engine, db.session._settings = mine


@pytest.fixture
def by(sqlite_database: Engine) -> Officer:
    recruiter = officer()
    register_pickers(4, recruiter)
    published_vacancy(recruiter)
    return recruiter


@pytest.fixture
def manager(by: Officer) -> Officer:
    return officer(Role.MANAGER)


def pool_of_the_first(by: Officer) -> int:
    (listed,) = list_vacancies(wanted=VacancyFilter(), by=by).rows
    return rank_vacancy(vacancy_number=listed.number, by=by).pool


def one_more_person(by: Officer) -> None:
    with unit_of_work() as work:
        upsert_jobseekers(work.session, [("T-00099", picker(99))], by)
        work.commit()


def one_more_vacancy(by: Officer) -> None:
    published_vacancy(by, title="Another harvest")


def one_title_to_code(by: Officer) -> None:
    draft_vacancy(by, title="Something else", occupations=())


KEPT: dict[str, tuple[Ask, Callable[[Officer], None]]] = {
    "people in memory": (lambda by, _: len(live_pool().pool), one_more_person),
    "a ranking": (lambda by, _: pool_of_the_first(by), one_more_person),
    "questions worth asking": (
        lambda by, _: len(find_questions(by).requirements),
        one_more_vacancy,
    ),
    "the gap board": (
        lambda by, _: get_gap_board(wanted=GapFilter(), by=by).people,
        one_more_person,
    ),
    "today's list": (
        lambda by, _: [task.page for task in today.get_today(by=by).tasks],
        one_title_to_code,
    ),
    "the dashboard": (
        lambda _, manager: get_dashboard(wanted=YEAR, by=manager).counted_at,
        one_more_person,
    ),
    "the quality of files": (
        lambda _, manager: get_quality(wanted=YEAR, by=manager).counted_at,
        one_more_person,
    ),
}


@pytest.mark.parametrize("what", KEPT)
def test_what_another_process_wrote_is_in_the_next_answer(
    what: str, by: Officer, manager: Officer, settings: Settings
) -> None:
    ask, write = KEPT[what]
    before = ask(by, manager)
    assert ask(by, manager) == before, "asked again without a change it is the same"
    with in_another_process(settings):
        write(by)
    assert ask(by, manager) != before


def noted_askers(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Whose list was asked for in the database and not taken from memory."""
    asked: list[int] = []

    def source(_session: object, by: Officer) -> list[RoadTask]:
        asked.append(by.id)
        return []

    monkeypatch.setattr(todo, "SOURCES", (source,))
    return asked


def test_what_waits_is_asked_anew_after_an_event_of_another_process(
    by: Officer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = noted_askers(monkeypatch)
    todo.list_todo(by=by)
    todo.list_todo(by=by)
    assert len(asked) <= 2, "twice only where a minute began in between"
    asked.clear()
    with in_another_process(settings), unit_of_work() as work:
        audit.record(work.session, action="created", entity="officer", by=None)
        work.commit()
    todo.list_todo(by=by)
    assert asked == [by.id]


def test_what_waits_is_kept_for_each_officer_apart(
    by: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = officer(username="another")
    asked = noted_askers(monkeypatch)
    for one in (by, other):
        todo.list_todo(by=one)
    assert asked == [by.id, other.id]


def test_new_reference_data_of_another_process_is_known_two_seconds_later(
    by: Officer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = reference.reference()
    with in_another_process(settings), unit_of_work() as work:
        work.session.execute(
            update(RegionRow).where(RegionRow.code == "GE-KA").values(name_en="Another name")
        )
        work.session.execute(update(ReferenceFileRow).values(sha256="0" * 64))
        work.commit()
    monkeypatch.setattr(reference, "FRESH_SECONDS", 0.0)
    after = reference.reference()
    assert after is not known
    assert after.names["region"]["GE-KA"]["en"] == "Another name"


@pytest.mark.parametrize("change", ["signed out", "another role", "disabled"])
def test_a_sign_in_that_another_process_changed_is_changed_at_once(
    change: str, by: Officer, settings: Settings
) -> None:
    accounts.create_demo_accounts()
    token = sign_in.sign_in(username="recruiter", password=PASSWORD, address="192.0.2.9")
    before = sign_in.whoami(token)
    assert before is not None
    with in_another_process(settings):
        if change == "signed out":
            sign_in.sign_out(token)
        else:
            with unit_of_work() as work:
                row = work.session.get_one(OfficerRow, before.id)
                if change == "disabled":
                    row.disabled_at = clock.now()
                else:
                    row.role = Role.MANAGER
                work.commit()
    after = sign_in.whoami(token)
    assert (after.role if after else None) == (Role.MANAGER if change == "another role" else None)


REFUSED: dict[str, tuple[Role, Callable[[Officer], object]]] = {
    "today's list": (Role.RECRUITER, lambda by: today.get_today(by=by)),
    "the dashboard": (Role.MANAGER, lambda by: get_dashboard(wanted=YEAR, by=by)),
    "the gap board": (Role.RECRUITER, lambda by: get_gap_board(wanted=GapFilter(), by=by)),
    "what waits": (Role.RECRUITER, lambda by: todo.list_todo(by=by)),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_kept_for_one_role_is_refused_to_another(what: str, by: Officer) -> None:
    may, ask = REFUSED[what]
    asker = by if may is by.role else officer(may)
    ask(asker)
    may_not = replace(asker, role=Role.COMMISSION_MEMBER)
    with pytest.raises(PermissionDenied):
        ask(may_not)
