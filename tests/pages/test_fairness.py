"""Managers and recruiters see which groups come less far, and the requirement it comes from."""

from dataclasses import replace
from datetime import date

import pytest

from db.session import unit_of_work
from domain.enums import Sex
from domain.records.jobseeker import LicenceEntry
from services.jobseekers.bulk_registration import upsert_jobseekers
from tests.factories.rankings import picker
from tests.factories.vacancies import published_vacancy


@pytest.fixture
def number(officers):
    by = officers["recruiter"]
    same = replace(picker(2), birth_date=date(1990, 1, 1), personal_number=None)
    people = [
        (
            f"P-{n:03d}",
            replace(
                same,
                sex=Sex.FEMALE if n % 2 else Sex.MALE,
                licences=(LicenceEntry("B" if n % 2 and n > 14 else "C"),),
            ),
        )
        for n in range(60)
    ]
    with unit_of_work() as work:
        upsert_jobseekers(work.session, people, by)
        work.commit()
    return published_vacancy(by, positions=6, languages=(), licences_required=("C",)).number


@pytest.mark.parametrize("lang", ["en", "ka"])
def test_a_recruiter_reads_the_finding_and_the_cause(officers, open_page, texts_of, number, lang):
    at = open_page(officers["recruiter"], "fairness", lang=lang, vacancy=number)
    assert not at.exception
    said = texts_of(at)
    licence = {
        "en": "The cause: Licence, must: Driving licence C (lorries)",
        "ka": "მიზეზი: მოწმობა, აუცილებელი: ",
    }
    assert licence[lang] in said


def test_a_manager_begins_with_all_open_vacancies_and_looks_at_decisions(
    officers, open_page, texts_of, number
):
    at = open_page(officers["manager"], "fairness")
    assert not at.exception
    assert f"{number} · Harvest helper" in set(at.dataframe[0].value["0"])
    at.segmented_control(key="fairness.scope.en").set_value("decided").run()
    assert not at.exception
    assert "There are too few people to compare groups" in texts_of(at)
