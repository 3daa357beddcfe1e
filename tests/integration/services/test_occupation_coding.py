"""Job titles get suggestions of codes; only a person's confirmation counts."""

import csv
import gzip
from pathlib import Path

import pytest

from db.session import settings
from domain.enums import Role
from domain.exceptions import InvalidInput, PermissionDenied, Refused
from services.coding import occupation_coding, title_coding
from services.coding.kept_indexes import FOLDER
from services.esco.archives import JOB_TITLES
from services.esco.importing import files_at, import_esco
from services.vacancies import vacancies
from tests.factories.officers import officer
from tests.factories.vacancies import draft_vacancy, published_vacancy

pytestmark = pytest.mark.usefixtures("database")

ROWS = [
    ("9211", "de", "Rebhelfer/Rebhelferin", "Traubenleser|Hilfskraft im Weinberg"),
    ("7212", "de", "Schweißer/Schweißerin", ""),
    ("7212", "pl", "spawacz", "spawacz-monter"),
    ("72", "pl", "robotnicy obróbki metali", ""),
    ("", "pl", "bez kodu", ""),
]


def labels_file(folder: Path, rows: list[tuple[str, str, str, str]] = ROWS) -> Path:
    path = folder / "labels.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(JOB_TITLES)
        for place, (isco, lang, label, others) in enumerate(rows):
            writer.writerow([f"urn:{place}", lang, "1.0.8", isco, label, others])
    return path


@pytest.mark.parametrize(
    ("title", "isco"),
    [("Welder", "7212"), ("შემდუღებელი", "7212"), ("Bricklayer (m/f)", "7112")],
)
def test_a_title_gets_its_code_among_the_first_three(title: str, isco: str) -> None:
    suggested = occupation_coding.suggest_occupations(title=title, by=officer())
    assert isco in [suggestion.isco for suggestion in suggested]
    assert len(suggested) <= 3
    assert all(0 < suggestion.similarity <= 1 and suggestion.label for suggestion in suggested)


def test_a_title_unlike_any_gets_no_suggestion() -> None:
    assert occupation_coding.suggest_occupations(title="(12/34)", by=officer()) == ()


def test_a_suggestion_counts_only_once_a_person_confirmed_it() -> None:
    by = officer()
    draft = draft_vacancy(by, title="Welder", occupations=())
    (row,) = occupation_coding.list_uncoded(by=by)
    assert row.number == draft.number
    assert occupation_coding.list_uncoded(skipped=(draft.number,), by=by) == ()
    assert vacancies.get_vacancy(number=draft.number, by=by).occupations == ()
    best = row.suggestions[0]
    confirmed = occupation_coding.confirm_occupation(
        vacancy_number=draft.number, isco=best.isco, score=best.similarity, by=by
    )
    assert confirmed.occupations == (best.isco,)
    assert confirmed.suggested_scores[best.isco] == pytest.approx(best.similarity)
    assert occupation_coding.count_uncoded(by=by) == 0
    with pytest.raises(Refused):
        occupation_coding.confirm_occupation(
            vacancy_number=draft.number, isco=best.isco, score=None, by=by
        )


def test_a_code_is_confirmed_by_those_who_may_and_only_in_a_draft() -> None:
    by = officer()
    draft = draft_vacancy(by, occupations=())

    def confirm(number: str, isco: str, by: object) -> None:
        occupation_coding.confirm_occupation(
            vacancy_number=number,
            isco=isco,
            score=0.5,
            by=by,  # type: ignore[arg-type]
        )

    with pytest.raises(PermissionDenied):
        confirm(draft.number, "7212", officer(Role.MANAGER))
    with pytest.raises(InvalidInput):
        confirm(draft.number, "72", by)
    with pytest.raises(Refused):
        confirm(published_vacancy(by).number, "7212", by)


def test_imported_titles_are_suggested_in_the_language_of_the_country(tmp_path: Path) -> None:
    by = officer()
    before = occupation_coding.suggest_occupations(title="Rebhelferin", country="DE", by=by)
    assert "9211" not in [suggestion.isco for suggestion in before]
    with files_at([labels_file(tmp_path)]) as files:
        done = import_esco(files=files, by=officer(Role.ADMINISTRATOR))
    assert done.counts == {"job_titles": 6, "titles_without_code": 2}
    after = occupation_coding.suggest_occupations(title="Rebhelferin", country="DE", by=by)
    assert (after[0].isco, after[0].language) == ("9211", "de")


def test_a_restart_suggests_from_the_kept_index_until_labels_change(tmp_path: Path) -> None:
    by = officer()
    title_coding.forget_indexes()  # nothing was made before
    first = occupation_coding.suggest_occupations(title="Rebhelfer", language="de", by=by)
    title_coding.forget_indexes()  # as after a restart
    kept = {path: path.stat().st_mtime_ns for path in indexes("isco-de")}
    again = occupation_coding.suggest_occupations(title="Rebhelfer", language="de", by=by)
    assert again == first
    assert {path: path.stat().st_mtime_ns for path in indexes("isco-de")} == kept
    with files_at([labels_file(tmp_path)]) as files:
        import_esco(files=files, by=officer(Role.ADMINISTRATOR))
    occupation_coding.suggest_occupations(title="Rebhelfer", language="de", by=by)
    assert indexes("isco-de") and not {*indexes("isco-de")} & kept.keys()


def indexes(name: str) -> list[Path]:
    return sorted((settings().data_dir / FOLDER).glob(f"{name}.*"))
