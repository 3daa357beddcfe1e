"""`rank` and `code` in the terminal: the contract other programs read."""

import json
from collections.abc import Sequence

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from db.models import OccupationLabelRow
from db.session import settings, unit_of_work
from manage import main
from services.officers.operator import operator
from services.rankings import ranking
from tests.factories.officers import officer
from tests.factories.rankings import register_pickers
from tests.factories.vacancies import published_vacancy


@pytest.fixture
def run(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("MIGRATION_DATABASE_URL", settings().database_url)

    def invoke(*arguments: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(main, list(arguments), input=typed)

    return invoke


def external_ids(number: str, count: int) -> Sequence[str]:
    by = operator()
    ranked = ranking.rank_vacancy(vacancy_number=number, by=by)
    rows = ranking.list_candidates(run_id=ranked.run_id, limit=count, by=by).rows
    return [row.external_id for row in rows]


def test_rank_prints_the_page_s_ranking_as_json(run) -> None:
    by = officer()
    register_pickers(40, by)
    number = published_vacancy(by).number
    result = run("rank", number, "--top", "5", "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert [c["external_id"] for c in report["candidates"]] == external_ids(number, 5)
    assert set(report) == {"vacancy", "parameters", "pool", "excluded", "ranked", "candidates"}
    assert sum(report["excluded"].values()) + report["ranked"] == report["pool"] == 40


def test_rank_as_a_table_names_the_first(run) -> None:
    by = officer()
    register_pickers(20, by)
    number = published_vacancy(by).number
    result = run("rank", number, "--language", "ka")
    assert result.exit_code == 0
    assert external_ids(number, 1)[0] in result.stdout.splitlines()[3]


def test_an_unknown_vacancy_is_a_sentence_not_a_traceback(run) -> None:
    result = run("rank", "VAC-1999-00001")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert "Error:" in result.output


def test_code_answers_each_line_with_ranked_codes(run) -> None:
    titles = "Harvest helper\nLorry driver\n???\n"
    result = run("code", "--lang", "en", "--to", "isco", "--top", "3", "--json", typed=titles)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["text"] for line in lines] == ["Harvest helper", "Lorry driver", "???"]
    assert lines[0]["candidates"][0]["code"] == "9211"
    assert lines[1]["candidates"][0]["code"] == "8332"
    assert lines[2]["candidates"] == []
    assert all(0 < c["score"] <= 1 for line in lines for c in line["candidates"])


def test_code_to_esco_needs_its_job_titles(run) -> None:
    result = run("code", "--lang", "de", "--to", "esco", typed="Erntehelfer\n")
    assert result.exit_code == 1
    assert "Import ESCO's first" in result.output
    with unit_of_work() as work:
        uri = "http://data.europa.eu/esco/occupation/example"
        row = OccupationLabelRow(
            isco="9211", lang="de", label="Erntehelfer", concept_uri=uri, source="ESCO test"
        )
        work.session.add(row)
        work.commit()
    coded = run("code", "--lang", "de", "--to", "esco", "--json", typed="Erntehelferin\n")
    assert json.loads(coded.stdout)["candidates"][0]["uri"] == uri


def test_prune_runs_counts_and_removes_nothing_that_is_young(run, tmp_path) -> None:
    by = officer()
    register_pickers(10, by)
    ranking.rank_vacancy(vacancy_number=published_vacancy(by).number, by=by)
    counted = run("prune-runs", "--dry-run")
    done = run("prune-runs", "--archive", str(tmp_path / "kept"))
    assert counted.exit_code == done.exit_code == 0
    assert counted.stdout.startswith("Would remove 0 rankings made before ")
    assert done.stdout.startswith("Removed 0 rankings")
    assert not (tmp_path / "kept").exists()
