"""`manage.py rank-all`: one file with the best of every open vacancy, logged and resumable."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, select

from db.models import AuditEventRow
from db.session import reading, settings
from manage import main
from services.officers.operator import operator
from services.rankings import ranking
from tests.factories.officers import officer
from tests.factories.rankings import register_pickers
from tests.factories.vacancies import published_vacancy


@pytest.fixture
def rank_all(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> object:
    monkeypatch.setenv("MIGRATION_DATABASE_URL", settings().database_url)
    monkeypatch.setenv("MIGRATION_DATA_DIR", str(tmp_path))

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["rank-all", *arguments])

    return invoke


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_file_has_the_pages_best_of_every_vacancy(rank_all, tmp_path: Path) -> None:
    by = officer()
    register_pickers(30, by)
    numbers = sorted(published_vacancy(by).number for _ in range(2))
    out = tmp_path / "best.csv"
    result = rank_all("--top", "7", "--out", str(out))
    assert result.exit_code == 0, result.output
    assert "2 vacancies, 30 people" in result.output
    rows = rows_of(out)
    assert [row["vacancy"] for row in rows] == [number for number in numbers for _ in range(7)]
    for number in numbers:
        run = ranking.rank_vacancy(vacancy_number=number, by=operator())
        page = ranking.list_candidates(run_id=run.run_id, limit=7, by=operator()).rows
        told = [(r["external_id"], float(r["score"])) for r in rows if r["vacancy"] == number]
        assert told == [(row.external_id, row.score) for row in page]
    assert not (tmp_path / "rank-all").exists()


def test_the_batch_is_logged_and_its_file_names_nobody(rank_all, tmp_path: Path) -> None:
    by = officer()
    register_pickers(5, by)
    published_vacancy(by)
    out = tmp_path / "best.csv"
    assert rank_all("--out", str(out)).exit_code == 0
    assert set(rows_of(out)[0]) == {"vacancy", "rank", "external_id", "score", "low", "high"}
    with reading() as session:
        last = session.scalars(select(AuditEventRow).order_by(AuditEventRow.seq.desc())).first()
        assert last is not None
        assert (last.action, last.entity, last.entity_id) == ("ranked", "list", "rank-all")


def test_a_second_run_in_the_same_folder_does_nothing_again(rank_all, tmp_path: Path) -> None:
    by = officer()
    register_pickers(5, by)
    published_vacancy(by)
    folder, out = tmp_path / "parts-here", tmp_path / "best.csv"
    arguments = ("--resume", str(folder), "--out", str(out))
    assert rank_all(*arguments).exit_code == 0
    first = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    rows = rows_of(out)
    assert rank_all(*arguments).exit_code == 0
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()} == first
    assert rows_of(out) == rows


def test_without_an_open_vacancy_it_says_so(rank_all, tmp_path: Path) -> None:
    result = rank_all("--out", str(tmp_path / "best.csv"))
    assert result.exit_code == 1
    assert "No vacancy is open for ranking" in result.output
    assert not (tmp_path / "best.csv").exists()
