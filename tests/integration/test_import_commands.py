"""`manage.py import …` as an operator runs it: exit statuses, counts, the file of rejected rows."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import db.session
from db.settings import Settings
from manage import main

PEOPLE = "external_id,first_name_ka,last_name_ka\nP-1,ნინო,ბერიძე\nP-2,გია,ლომიძე\n"


@pytest.fixture
def manage(settings: Settings, tmp_path: Path) -> Iterator[Callable[..., Result]]:
    environment = {
        "MIGRATION_DATABASE_URL": settings.database_url,
        "MIGRATION_DATA_DIR": str(tmp_path),
    }

    def run(*words: object) -> Result:
        return CliRunner().invoke(main, ["import", *map(str, words)], env=environment)

    yield run
    if db.session._engine is not None:
        db.session._engine.dispose()
        db.session._engine = None


def test_all_accepted_ends_with_0_twice(manage, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE, "utf-8")
    first, second = manage("jobseekers", file), manage("jobseekers", file)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "Accepted: 2 (new 2, changed 0, unchanged 0), rejected: 0" in first.stdout
    assert "imported before" in second.stdout and "new 0" in second.stdout
    assert not (tmp_path / "people.csv.rejected.csv").exists()


def test_some_rejected_ends_with_3_and_a_file_with_reasons(manage, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE + "P-3,Nino,ბერიძე\n", "utf-8")
    done = manage("jobseekers", file)
    assert done.exit_code == 3
    assert "Accepted: 2" in done.stdout and "rejected: 1" in done.stdout
    assert "row 4, first_name_ka" in done.stderr
    lines = (tmp_path / "people.csv.rejected.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "reason,external_id,first_name_ka,last_name_ka"
    assert "Georgian letters" in lines[1] and len(lines) == 2


def test_a_dry_run_says_what_would_happen_and_changes_nothing(manage, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE + "P-3,Nino,ბერიძე\n", "utf-8")
    looked = manage("jobseekers", file, "--dry-run")
    assert looked.exit_code == 3
    assert "Would be accepted: 2, rejected: 1" in looked.stdout
    assert not (tmp_path / "people.csv.rejected.csv").exists()
    assert "new 2" in manage("jobseekers", file).stdout


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"", "empty"),
        (b"name\nx\n", "no column for"),
        (b'external_id,phone\nP-1,"open\n', "quotation marks"),
    ],
)
def test_an_unusable_file_ends_with_2_and_a_sentence(
    manage, tmp_path: Path, content: bytes, reason: str
) -> None:
    file = tmp_path / "file.csv"
    file.write_bytes(content)
    done = manage("jobseekers", file)
    assert done.exit_code == 2
    assert reason in done.stderr and "Traceback" not in done.stderr


def test_a_missing_file_ends_with_2(manage, tmp_path: Path) -> None:
    done = manage("jobseekers", tmp_path / "nowhere.csv")
    assert done.exit_code == 2 and "can't be read" in done.stderr


def test_an_encoding_is_suggested_and_applied_only_when_said(manage, tmp_path: Path) -> None:
    file = tmp_path / "vacancies.csv"
    text = "number,title,country,positions\nV-1,Gärtner für Köln,DE,1\nV-2,Bäcker,DE,2\n"
    file.write_bytes(text.encode("cp1252"))
    asked = manage("vacancies", file)
    assert asked.exit_code == 2 and "--encoding cp1252" in asked.stderr
    assert manage("vacancies", file, "--encoding", "cp1252").exit_code == 0


def test_a_mapping_file_is_used(manage, tmp_path: Path) -> None:
    file, mapping = tmp_path / "list.csv", tmp_path / "mapping.yaml"
    file.write_text("nr,was\nV-1,Gärtner\n", "utf-8")
    mapping.write_text(
        "kind: vacancies\ncolumns:\n  number: nr\n  title: was\n"
        "  country: {constant: DE}\n  positions: {constant: 1}\n",
        "utf-8",
    )
    done = manage("vacancies", file, "--mapping", mapping)
    assert done.exit_code == 0 and "new 1" in done.stdout
    mapping.write_text("kind: jobseekers\ncolumns: {}\n", "utf-8")
    assert manage("vacancies", file, "--mapping", mapping).exit_code == 2


def test_an_unknown_officer_ends_with_2(manage, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE, "utf-8")
    done = manage("jobseekers", file, "--as", "nobody")
    assert done.exit_code == 2 and "no such officer" in done.stderr
