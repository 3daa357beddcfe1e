"""2,372 real advertisements of ten countries go in unchanged and get occupation codes.

The file is not part of the project (its texts belong to others): where it is absent, these tests
are skipped. It is looked for beside the project, or in the folder that SHARED_DATA names.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Select, func, select

import db.session
from db.models import VacancyOccupationRow, VacancyRow
from db.session import reading
from db.settings import Settings
from domain.enums import ImportKind
from domain.records.imports import ImportResult
from domain.records.officer import Officer
from domain.records.vacancy import UncodedVacancy, VacancyFilter, VacancyRecord
from services.coding.occupation_coding import confirm_occupation, count_uncoded, list_uncoded
from services.importing.running import run_import
from services.rankings.report import ranking_report
from services.vacancies.vacancies import get_vacancy
from tests.factories.officers import officer

ROWS, EMPLOYERS_UNKNOWN = 2372, 175
SAMPLE_UNCODED, SAMPLE_PEOPLE = 1, 2000
ADVERTISED = VacancyRow.number.not_like("VAC-SAMPLE-%")
BESIDE = Path(__file__).parents[3] / "shared" / "data"
FILE = Path(os.environ.get("SHARED_DATA", BESIDE)) / "vacancies" / "eures_2025_native_plus_en.csv"
pytestmark = [
    pytest.mark.skipif(
        not FILE.exists(), reason=f"the advertisements ({FILE.name}) are not on this machine"
    ),
]


@pytest.fixture(scope="module")
def recruiter(sample_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Officer]:
    """A recruiter on a copy of the sample of this module's own: the tests follow each other."""
    path = tmp_path_factory.mktemp("advertisements") / "app.db"
    path.write_bytes(sample_template.read_bytes())
    engine = db.session.configure(Settings(database_url=f"sqlite:///{path}", environment="test"))
    yield officer(username="importer")
    engine.dispose()
    db.session._engine = None


@pytest.fixture(scope="module")
def first(recruiter: Officer) -> ImportResult:
    """The file as it is, through the mapping that the system recognises by its columns."""
    return take_in(recruiter)


def take_in(by: Officer) -> ImportResult:
    return run_import(
        kind=ImportKind.VACANCIES, content=FILE.read_bytes(), file_name=FILE.name, by=by
    )


@pytest.fixture(scope="module")
def coded(first: ImportResult, recruiter: Officer) -> VacancyRecord:
    """An advertisement whose first suggestion a recruiter has confirmed."""
    vacancy = suggested(recruiter)
    best = vacancy.suggestions[0]
    return confirm_occupation(
        vacancy_number=vacancy.number, isco=best.isco, score=best.similarity, by=recruiter
    )


def suggested(by: Officer) -> UncodedVacancy:
    waiting = list_uncoded(wanted=VacancyFilter(text="elect"), limit=50, by=by)
    return max(waiting, key=lambda one: max((s.similarity for s in one.suggestions), default=0))


def count(query: Select[int]) -> int:
    with reading() as session:
        return session.scalar(query) or 0


def test_every_advertisement_goes_in(first: ImportResult) -> None:
    assert (first.created, first.rejected, first.problems) == (ROWS, 0, ())
    rows = select(func.count()).select_from(VacancyRow).where(ADVERTISED)
    assert count(rows) == ROWS
    assert count(rows.where(VacancyRow.employer_id.is_(None))) == EMPLOYERS_UNKNOWN


def test_the_officer_is_told_that_places_are_not_stated(first: ImportResult) -> None:
    assert any("every row gets" in str(notice) for notice in first.notices)


def test_the_longest_description_is_whole(first: ImportResult) -> None:
    longest = select(func.max(func.length(VacancyRow.description)))
    assert count(longest) > 37_000


def test_no_code_is_given_silently(first: ImportResult, recruiter: Officer) -> None:
    coded = select(func.count()).select_from(VacancyOccupationRow).join(VacancyRow)
    assert count(coded.where(ADVERTISED)) == 0
    assert count_uncoded(by=recruiter) == ROWS + SAMPLE_UNCODED


def test_a_title_gets_suggestions_to_confirm(first: ImportResult, recruiter: Officer) -> None:
    vacancy = suggested(recruiter)
    assert 1 <= len(vacancy.suggestions) <= 3
    similarities = [suggestion.similarity for suggestion in vacancy.suggestions]
    assert similarities == sorted(similarities, reverse=True) and 0 < similarities[0] <= 1


def test_a_confirmed_code_stays_and_the_second_import_changes_nothing(
    coded: VacancyRecord, recruiter: Officer
) -> None:
    again = take_in(recruiter)
    assert again.imported_before is not None
    assert (again.created, again.updated, again.unchanged) == (0, 0, ROWS)
    assert get_vacancy(number=coded.number, by=recruiter) == coded
    assert len(coded.occupations) == 1
    assert count_uncoded(by=recruiter) == ROWS - 1 + SAMPLE_UNCODED


def test_a_coded_advertisement_ranks_the_sample_s_people(
    coded: VacancyRecord, recruiter: Officer
) -> None:
    report = ranking_report(vacancy_number=coded.number, top=50, by=recruiter)
    assert report["pool"] == SAMPLE_PEOPLE
    assert report["ranked"] + sum(report["excluded"].values()) == SAMPLE_PEOPLE
    assert report["ranked"] > 0
    scores = [candidate["score"] for candidate in report["candidates"]]
    assert scores == sorted(scores, reverse=True) and scores[0] > scores[-1]
    first = report["candidates"][0]
    assert any(c["name"] == "occupation" and c["credit"] for c in first["criteria"])
