"""The command line says in one sentence what it did, or what hinders it."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from db.session import unit_of_work
from db.settings import Settings
from manage import main
from services.jobseekers.bulk_registration import upsert_jobseekers
from tests.factories.jobseekers import NINO


@pytest.fixture
def environment(settings: Settings, sqlite_database: Engine) -> dict[str, str]:
    return {
        "MIGRATION_DATABASE_URL": settings.database_url,
        "MIGRATION_DATA_DIR": str(settings.data_dir),
        "MIGRATION_ENVIRONMENT": "demo",
    }


def run(environment: dict[str, str], *arguments: str, typed: str | None = None) -> Result:
    return CliRunner(env=environment).invoke(main, list(arguments), input=typed)


def test_migrating_an_up_to_date_database_changes_nothing(environment: dict[str, str]) -> None:
    result = run(environment, "migrate")
    assert result.exit_code == 0
    assert result.output.count("ready") == 2


def test_an_empty_database_is_brought_to_the_newest_schema(
    environment: dict[str, str], tmp_path: Path
) -> None:
    environment["MIGRATION_DATABASE_URL"] = f"sqlite:///{tmp_path / 'new' / 'app.db'}"
    assert "newest schema" in run(environment, "migrate").output
    assert "ready" in run(environment, "migrate").output


def test_a_taken_port_is_named_with_the_way_out(environment: dict[str, str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        result = run(environment, "serve", "--port", port)
    assert result.exit_code == 1
    assert f"Port {port} is taken" in result.output
    assert "make run PORT=" in result.output


def test_a_wrong_setting_is_named(environment: dict[str, str]) -> None:
    result = run(environment | {"MIGRATION_POOL_SIZE": "many"}, "migrate")
    assert result.exit_code == 1
    assert result.output.startswith("Error: MIGRATION_POOL_SIZE can't be 'many'")


def test_a_place_that_keeps_nothing_is_refused(environment: dict[str, str]) -> None:
    result = run(environment | {"MIGRATION_DATA_DIR": "/dev/null/var"}, "migrate")
    assert result.exit_code == 1
    assert "No permission to write into /dev/null/var" in result.output


def test_an_unreachable_server_is_named_without_its_password(environment: dict[str, str]) -> None:
    address = "postgresql://agency:secret@127.0.0.1:9/app"
    result = run(environment | {"MIGRATION_DATABASE_URL": address}, "migrate")
    assert result.exit_code == 1
    assert "can't be opened" in result.output
    assert "secret" not in result.output


def test_an_account_is_created_with_a_password_from_standard_input(
    environment: dict[str, str],
) -> None:
    about = ["--role", "manager", "--name-ka", "ნინო ბერიძე", "--name-en", "Nino Beridze"]
    made = run(environment, "create-user", "n.beridze", *about, typed="a-long-first-word-27\n")
    assert made.exit_code == 0, made.output
    assert "n.beridze" in run(environment, "list-users").output
    again = run(environment, "create-user", "n.beridze", *about, typed="a-long-first-word-27\n")
    assert again.exit_code == 1
    assert "username: This username is taken." in again.output


def test_no_password_is_taken_from_the_command_line() -> None:
    options = {name for parameter in main.commands["create-user"].params for name in parameter.opts}
    assert not any("pass" in name for name in options)


def test_a_backup_to_a_place_that_is_not_there_is_refused_in_one_sentence(
    environment: dict[str, str], tmp_path: Path
) -> None:
    result = run(environment, "backup", str(tmp_path / "nowhere" / "backup.zip"))
    assert result.exit_code == 1
    assert "could not be written (No such file or directory)" in result.output
    assert "Traceback" not in result.output


def test_duplicates_are_searched_and_named_by_their_numbers(environment: dict[str, str]) -> None:
    again = replace(NINO, personal_number=None, first_name_ka=None, last_name_ka=None)
    with unit_of_work() as work:
        upsert_jobseekers(work.session, [("P-1", NINO), ("P-2", again)], None)
        work.commit()
    result = run(environment, "find-duplicates")
    assert result.exit_code == 0
    assert "2 new or changed files with 2: 1 new pairs, 1 to look at" in result.output
    assert "P-1" in result.output
    assert "ყიფიანი" not in result.output
    assert "0 new or changed" in run(environment, "find-duplicates", "--show", "0").output
