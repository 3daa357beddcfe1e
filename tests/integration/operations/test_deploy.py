"""The files of deploy/ say the same thing as each other and as the code."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from db.session import unit_of_work
from db.settings import PREFIX, Settings
from manage import main
from services.due_work import DueJob, run_due
from services.operations import environment
from tests.conventions.tree import LAYERS, ROOT

DEPLOY = ROOT / "deploy"
NGINX = (DEPLOY / "nginx.conf").read_text()
UNIT = (DEPLOY / "systemd" / "migration@.service").read_text()
CONTAINER = (DEPLOY / "Containerfile").read_text()


def written_settings() -> dict[str, str]:
    lines = (DEPLOY / "app.env").read_text().splitlines()
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return dict(pairs)


def test_production_starts_with_the_settings_as_they_are_written_down() -> None:
    written = written_settings()
    ours = {name for name in written if name.startswith(PREFIX)}
    assert ours <= {PREFIX + name.upper() for name in Settings.__dataclass_fields__}
    filled = written | {"MIGRATION_METRICS_TOKEN": "f" * 64}
    now = Settings.from_environment(filled)
    assert now.environment == "production"
    assert environment.problems_of(now) == ()


def test_the_proxy_knows_the_port_of_every_process() -> None:
    behind = re.findall(r"server 127\.0\.0\.1:(\d+)", NGINX)
    assert behind == ["8501", "8502", "8503"]
    target = (DEPLOY / "systemd" / "migration.target").read_text()
    assert re.findall(r"migration@(\d+)", target) == behind
    supervised = configparser.RawConfigParser()
    supervised.read(DEPLOY / "supervisord.conf")
    program = supervised["program:migration"]
    first = int(program["numprocs_start"])
    numbers = range(first, first + int(program["numprocs"]))
    command = program["command"]
    assert [command.rsplit(" ", 1)[1] % {"process_num": one} for one in numbers] == behind


def test_the_proxy_lets_a_file_through_that_the_app_accepts() -> None:
    from ui.gate import LARGEST_UPLOAD

    found = re.search(r"client_max_body_size (\d+)m;", NGINX)
    assert found and int(found[1]) * 1024 * 1024 > LARGEST_UPLOAD


def test_the_proxy_keeps_to_the_cookie_of_the_sign_in() -> None:
    assert "__Host-sid=" in NGINX and "hash $stays_with consistent;" in NGINX
    assert "X-Forwarded-For $remote_addr;" in NGINX, "what a client sends is not believed"
    assert "access_log off;" in NGINX


@pytest.mark.parametrize("unit", ["migration@.service", "migration-verify.service"])
def test_a_unit_is_one_that_systemd_reads(unit: str, tmp_path: Path) -> None:
    analyse = shutil.which("systemd-analyze")
    if analyse is None:
        pytest.skip("no systemd on this machine")
    for file in (DEPLOY / "systemd").iterdir():
        text = file.read_text().replace("/opt/migration/.venv/bin/python", sys.executable)
        (tmp_path / file.name).write_text(text.replace("/opt/migration", str(tmp_path)))
    told = subprocess.run(
        [analyse, "verify", "--man=no", str(tmp_path / unit)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = [line for line in told.stderr.splitlines() if "migration" in line]
    assert said == []


def test_the_container_holds_every_layer_and_runs_as_nobody_in_particular() -> None:
    copied = re.findall(r"^COPY (.+) \./?(\S*)$", CONTAINER, re.M)
    sources = {name for names, _ in copied for name in names.split()}
    assert set(LAYERS) | {"locale", ".streamlit", "app.py", "manage.py"} <= sources
    assert all((ROOT / name).exists() for name in sources)
    assert re.search(r"^USER migration$", CONTAINER, re.M)
    assert "HEALTHCHECK" in CONTAINER and "/readyz" in CONTAINER


@pytest.mark.long
def test_what_the_container_holds_is_enough_to_run(tmp_path: Path) -> None:
    """About 10 s. There is no container engine here: the copied files, in a plain directory."""
    for names, _ in re.findall(r"^COPY (.+) \./?(\S*)$", CONTAINER, re.M):
        for name in names.split():
            if (ROOT / name).is_dir():
                leave = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / name, tmp_path / name, ignore=leave)
            else:
                shutil.copy(ROOT / name, tmp_path / name)
    env = {
        **os.environ,
        "MIGRATION_DATA_DIR": str(tmp_path / "var"),
        "MIGRATION_DATABASE_URL": f"sqlite:///{tmp_path / 'var' / 'app.db'}",
        "MIGRATION_ENVIRONMENT": "test",
    }
    for command in (["manage.py", "migrate"], ["-c", "import app; app.app"]):
        done = subprocess.run(
            [sys.executable, *command],
            cwd=tmp_path, env=env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]


def look_at_health(settings: Settings) -> tuple[int, str]:
    result = CliRunner(
        env={
            "MIGRATION_DATABASE_URL": settings.database_url,
            "MIGRATION_DATA_DIR": str(settings.data_dir),
            "MIGRATION_ENVIRONMENT": "test",
        }
    ).invoke(main, ["health"])
    return result.exit_code, result.output


def test_health_at_the_terminal_says_what_is_well_and_what_is_not(
    settings: Settings, sqlite_database: Engine
) -> None:
    status, said = look_at_health(settings)
    assert status == 1
    assert "due_work   NOT WELL" in said and "run-due" in said
    run_due((DueJob("reminders", lambda: 0),))
    status, said = look_at_health(settings)
    assert (status, said.count(" well ")) == (0, 3)
    with unit_of_work() as work:
        work.session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
        work.commit()
    assert "manage.py migrate" in look_at_health(settings)[1]


RUNBOOK = (ROOT / "docs" / "how-to" / "runbook.md").read_text()


def test_the_runbook_names_commands_settings_and_addresses_that_exist() -> None:
    commands = set(re.findall(r"\bmanage(?:\.py)? ([a-z][a-z-]+)", RUNBOOK))
    assert len(commands) > 8
    assert commands <= set(main.commands)
    named = set(re.findall(rf"{PREFIX}\w+", RUNBOOK + NGINX + CONTAINER + UNIT))
    assert named <= {PREFIX + name.upper() for name in Settings.__dataclass_fields__}
    addresses = set(re.findall(r"127\.0\.0\.1:8501(/\w+)", RUNBOOK))
    app = (ROOT / "app.py").read_text()
    assert addresses == {"/healthz", "/readyz"} and all(f'"{one}"' in app for one in addresses)


def test_what_the_runbook_quotes_is_what_the_system_says() -> None:
    catalogue = (ROOT / "locale" / "ka" / "operations.po").read_text()
    said = catalogue + "".join(
        path.read_text() for path in (ROOT / "cli" / "serve.py", ROOT / "cli" / "database.py")
    )
    for quoted in (
        "does not start in production with these settings",
        "Another process of the app has this SQLite database",
        "was made by a newer version of this software",
        "the database does not answer",
        "No permission to write",
    ):
        assert quoted in RUNBOOK and quoted in said, quoted
