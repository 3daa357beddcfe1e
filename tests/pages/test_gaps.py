"""The gap board states its finding; a recruiter opens the people behind it, a manager can't."""

from dataclasses import replace

import pytest

from db.session import unit_of_work
from domain.enums import CefrLevel, Evidence
from domain.records.jobseeker import LanguageEntry
from services.jobseekers.bulk_registration import upsert_jobseekers
from tests.factories.rankings import picker
from tests.factories.vacancies import published_vacancy


@pytest.fixture
def harvest(officers):
    recruiter = officers["recruiter"]
    level = (LanguageEntry("de", CefrLevel.A1, Evidence.STATED),)
    forms = [
        replace(picker(n), region="GE-KA", languages=level, desired_countries=("DE",))
        for n in range(1, 4)
    ]
    with unit_of_work() as work:
        ids = [f"T-{n:05d}" for n in range(1, 4)]
        upsert_jobseekers(work.session, list(zip(ids, forms, strict=True)), recruiter)
        work.commit()
    published_vacancy(recruiter)


def test_recruiter_opens_the_people_behind_a_finding(officers, open_page, texts_of, harvest):
    at = open_page(officers["recruiter"], "gaps")
    assert not at.exception
    said = texts_of(at)
    assert "German A2 would open 12 positions to 3 people" in said
    assert "12 of these positions lack eligible people today" in said
    assert "no data" in said
    at.button(key="gaps.people.show").click().run()
    assert not at.exception
    assert any("T-00001" in list(frame.value["0"]) for frame in at.dataframe)
    at.selectbox(key="gaps.region").set_value("GE-GU").run()
    assert "No single course would open a position" in texts_of(at)


def test_manager_sees_counts_and_no_names_in_georgian(officers, open_page, texts_of, harvest):
    at = open_page(officers["manager"], "gaps", lang="ka")
    assert not at.exception
    said = texts_of(at)
    assert "სახელებს მხოლოდ რეკრუტერი ხედავს" in said
    assert "5-ზე ნაკლები" in said
    assert not at.button
