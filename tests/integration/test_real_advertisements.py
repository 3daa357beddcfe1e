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
from services.importing.running import run_import
from services.occupation_coding import confirm_occupation, count_uncoded, list_uncoded
from services.ranking_report import ranking_report
from services.vacancies import get_vacancy
from tests.factories.officers import officer

ROWS, EMPLOYERS_UNKNOWN = 2372, 175
BESIDE = Path(__file__).parents[3] / "shared" / "data"
FILE = Path(os.environ.get("SHARED_DATA", BESIDE)) / "vacancies" / "eures_2025_native_plus_en.csv"
pytestmark = [
    pytest.mark.skipif(
        not FILE.exists(), reason=f"the advertisements ({FILE.name}) are not on this machine"
    ),
    pytest.mark.xdist_group("real-advertisements"),
]


@pytest.fixture(scope="module")
def recruiter(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Officer]:
    """A recruiter on a database of this module's own: the tests below follow each other."""
    path = tmp_path_factory.mktemp("advertisements") / "app.db"
    path.write_bytes(sqlite_template.read_bytes())
    engine = db.session.configure(Settings(database_url=f"sqlite:///{path}", environment="test"))
    yield officer()
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
    assert count(select(func.count()).select_from(VacancyRow)) == ROWS
    unknown = select(func.count()).select_from(VacancyRow).where(VacancyRow.employer_id.is_(None))
    assert count(unknown) == EMPLOYERS_UNKNOWN


def test_the_officer_is_told_that_places_are_not_stated(first: ImportResult) -> None:
    assert any("every row gets" in str(notice) for notice in first.notices)


def test_the_longest_description_is_whole(first: ImportResult) -> None:
    longest = select(func.max(func.length(VacancyRow.description)))
    assert count(longest) > 37_000


def test_no_code_is_given_silently(first: ImportResult, recruiter: Officer) -> None:
    assert count(select(func.count()).select_from(VacancyOccupationRow)) == 0
    assert count_uncoded(by=recruiter) == ROWS


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
    assert count_uncoded(by=recruiter) == ROWS - 1


def test_a_coded_advertisement_ranks_the_registered_people(
    coded: VacancyRecord, recruiter: Officer
) -> None:
    rows = [f"P-{years},ნინო,ბერიძე,{coded.occupations[0]}:{years}" for years in (1, 5, 3)]
    people = "\n".join(
        ["external_id,first_name_ka,last_name_ka,occupations", *rows, "P-0,გია,გელაძე,9112:9"]
    )
    content = f"{people}\n".encode()
    taken = run_import(
        kind=ImportKind.JOBSEEKERS, content=content, file_name="people.csv", by=recruiter
    )
    assert taken.created == 4
    report = ranking_report(vacancy_number=coded.number, top=10, by=recruiter)
    ranked = [candidate["external_id"] for candidate in report["candidates"]]
    assert report["pool"] == 4 and ranked[-1] == "P-0"
