"""The ranking screen: from the list to the commission's agenda, with every reason on the way."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from db.models import ShortlistCandidateRow
from db.session import reading
from domain.enums import CandidacyStatus
from domain.records.officer import Officer
from services import clock, commission, shortlists
from services.rankings import ranking
from tests.factories.commissions import commission_of
from tests.factories.rankings import register_pickers
from tests.factories.vacancies import draft_vacancy, published_vacancy

OpenPage = Callable[..., AppTest]
PEOPLE = 60


@pytest.fixture
def recruiter(officers: dict[str, Officer]) -> Officer:
    return officers["recruiter"]


@pytest.fixture
def number(recruiter: Officer) -> str:
    register_pickers(PEOPLE, recruiter)
    return published_vacancy(recruiter, positions=2).number


def tick(at: AppTest, *places: int) -> AppTest:
    return pick(at, "ranking.people", rows=places)


def pick(at: AppTest, key: str, rows: tuple[int, ...] = (), cell: int | None = None) -> AppTest:
    names = [str(name) for name, _ in at.session_state.items()]
    widget = next(name for name in names if name.startswith(f"{key}."))
    cells = [] if cell is None else [(cell, "person")]
    at.session_state[widget] = {"selection": {"rows": list(rows), "columns": [], "cells": cells}}
    return at.run()


def button(at: AppTest, start: str) -> Any:
    return next(b for b in at.button if b.label.startswith(start))


def test_the_list_and_the_first_person_are_there_at_once(
    open_page: OpenPage, recruiter: Officer, number: str, texts_of: Callable[[AppTest], str]
) -> None:
    at = open_page(recruiter, "ranking", vacancy=number)
    said = texts_of(at)
    assert not at.exception
    assert "Rank 1" in said
    assert "Why above the next one" in said
    frame = at.dataframe[0].value
    assert list(frame["rank"])[:3] == [1, 2, 3]
    assert all(sign[0] in "✓◐▽?✕" for sign in frame["languages"])


def test_the_screen_speaks_georgian(
    open_page: OpenPage, recruiter: Officer, number: str, texts_of: Callable[[AppTest], str]
) -> None:
    at = open_page(recruiter, "ranking", lang="ka", vacancy=number)
    said = texts_of(at)
    assert "რანჟირება" in said
    assert "რატომ უსწრებს მომდევნოს" in said
    assert "Rank 1" not in said


def test_people_are_preselected_and_sent_to_a_session(
    open_page: OpenPage, officers: dict[str, Officer], number: str
) -> None:
    recruiter = officers["recruiter"]
    commission.plan_session(
        commission=commission_of(
            *(officers[name] for name in ("chair", "member.agency", "member.io", "member.ngo"))
        ),
        planned_at=clock.now() + timedelta(days=3),
        place=None,
        by=recruiter,
    )
    at = tick(open_page(recruiter, "ranking", vacancy=number), 0, 1)
    button(at, "Preselect 2").click().run()
    plan = shortlists.get_shortlist_plan(vacancy_number=number, by=recruiter)
    assert [each.rank for each in plan.preselected] == [1, 2]
    button(at, "Send to the commission").click().run()
    assert not at.exception
    with reading() as session:
        assert len(session.scalars(select(ShortlistCandidateRow)).all()) == 2


def test_passing_somebody_over_asks_for_the_reason(
    open_page: OpenPage, recruiter: Officer, number: str
) -> None:
    at = tick(open_page(recruiter, "ranking", vacancy=number), 3)
    button(at, "Preselect 1").click().run()
    assert not shortlists.get_shortlist_plan(vacancy_number=number, by=recruiter).preselected
    next(a for a in at.text_area if a.label.startswith("Reason")).set_value("Speaks for the team")
    button(at, "Preselect against the rank").click().run()
    (taken,) = shortlists.get_shortlist_plan(vacancy_number=number, by=recruiter).preselected
    assert (taken.rank, taken.against_rank_reason) == (4, "Speaks for the team")
    assert taken.status is CandidacyStatus.PRESELECTED


def test_excluded_people_are_one_click_away_with_what_would_help(
    open_page: OpenPage, recruiter: Officer, number: str, texts_of: Callable[[AppTest], str]
) -> None:
    at = open_page(recruiter, "ranking", vacancy=number)
    at.session_state["ranking.view"] = "language_below_must"
    at.run()
    said = texts_of(at)
    assert "Excluded because" in said
    assert "What would open the way" in said
    assert "opens:" in said


def test_excluded_people_cannot_be_preselected(
    open_page: OpenPage, recruiter: Officer, number: str
) -> None:
    at = open_page(recruiter, "ranking", vacancy=number)
    at.session_state["ranking.view"] = "language_below_must"
    at.run()
    preselect = button(at, "Preselect")
    assert preselect.disabled
    assert "excluded" in preselect.help


def test_searching_for_somebody_excluded_finds_them_with_the_reason(
    open_page: OpenPage, recruiter: Officer, number: str, texts_of: Callable[[AppTest], str]
) -> None:
    run = ranking.rank_vacancy(vacancy_number=number, by=recruiter)
    behind, _ = ranking.list_excluded(run_id=run.run_id, limit=1, by=recruiter)
    at = open_page(recruiter, "ranking", vacancy=number)
    at.text_input(key="ranking.text").set_value(behind[0].external_id).run()
    assert "found among the excluded" in texts_of(at)
    assert "Excluded because" in texts_of(at)


def test_people_are_compared_side_by_side(
    open_page: OpenPage, recruiter: Officer, number: str, texts_of: Callable[[AppTest], str]
) -> None:
    at = tick(open_page(recruiter, "ranking", vacancy=number), 0, 2, 4)
    button(at, "Compare 3").click().run()
    said = texts_of(at)
    assert all(f"rank {rank}" in said for rank in (1, 3, 5))
    assert "requirements compare" in said


def test_a_rerun_does_not_log_the_same_reading_again(
    open_page: OpenPage, recruiter: Officer, number: str
) -> None:
    from db.queries.pool import current_seq

    at = open_page(recruiter, "ranking", vacancy=number)
    with reading() as session:
        before = current_seq(session)
    at.run()
    with reading() as session:
        assert current_seq(session) == before


def test_a_manager_reads_but_cannot_preselect(
    open_page: OpenPage, officers: dict[str, Officer], number: str
) -> None:
    at = tick(open_page(officers["manager"], "ranking", vacancy=number), 0)
    preselect = button(at, "Preselect")
    assert preselect.disabled
    assert "not part of your role" in preselect.help


def test_a_draft_says_that_it_must_be_published(
    open_page: OpenPage, recruiter: Officer, number: str
) -> None:
    draft = draft_vacancy(recruiter, number="VAC-DRAFT-1")
    at = tick(open_page(recruiter, "ranking", vacancy=draft.number), 0)
    assert "Publish" in button(at, "Preselect").help or "publish" in button(at, "Preselect").help


def test_without_a_published_vacancy_the_screen_says_what_to_do(
    open_page: OpenPage, recruiter: Officer
) -> None:
    at = open_page(recruiter, "ranking")
    assert any("Publish one" in info.value for info in at.info)


def test_a_foreign_number_reads_like_an_absent_one(
    open_page: OpenPage, recruiter: Officer, number: str
) -> None:
    at = open_page(recruiter, "ranking", vacancy="VAC-1999-00001")
    assert at.error
    assert not at.exception


def test_a_big_list_comes_in_pages(open_page: OpenPage, recruiter: Officer, number: str) -> None:
    ranked = ranking.rank_vacancy(vacancy_number=number, by=recruiter)
    at = open_page(recruiter, "ranking", vacancy=number)
    assert len(at.dataframe[0].value) == min(50, ranked.ranked)
