"""Every screen says which environment this is; production refuses what is unsafe there."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from subprocess import run
from sys import executable

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from db import one_process
from db.session import configure, unit_of_work
from db.settings import Settings
from domain.exceptions import InvalidInput, Refused
from manage import main
from services.jobseekers.bulk_registration import upsert_jobseekers
from services.officers.demo_accounts import create_demo_accounts
from services.operations import environment
from tests.factories.jobseekers import NINO
from tests.integration.ui.visiting import visit
from ui.operations import start
from ui.signin_page import page

SAFE = Settings(environment="production", secure_cookies=True, field_keys_file="/etc/keys")
ROOT = Path(__file__).parents[3]


@pytest.fixture
def production(settings: Settings, sqlite_database: Engine) -> Iterator[Settings]:
    safe = replace(SAFE, database_url=settings.database_url, data_dir=settings.data_dir)
    configure(safe)
    yield safe
    one_process.let_go()


def test_safe_settings_start(production: Settings) -> None:
    environment.check_can_start()


@pytest.mark.parametrize(
    "unsafe",
    [
        {"secure_cookies": False},
        {"database_url": "sqlite:///:memory:"},
        {"database_url": "sqlite://"},
        {"public_address": "http://work.example.ge"},
        {"smtp_host": "mail.example.ge", "smtp_security": "none"},
        {"sms_url": "http://sms.example.ge/send"},
        {"field_keys_file": ""},
        {"metrics_token": "guessable"},
        {"log_level": "debug"},
    ],
    ids=str,
)
def test_production_refuses_an_unsafe_setting(unsafe: dict[str, object]) -> None:
    found = environment.problems_of(replace(SAFE, **unsafe))  # type: ignore[arg-type]
    assert [one.field for one in found] == [f"MIGRATION_{list(unsafe)[-1].upper()}"] or (
        found[0].field == "MIGRATION_SMTP_SECURITY"
    )
    assert environment.problems_of(replace(SAFE, environment="demo", **unsafe)) == ()  # type: ignore[arg-type]


def test_a_server_on_this_machine_may_be_asked_in_the_open() -> None:
    near = replace(
        SAFE, smtp_host="localhost", smtp_security="none", sms_url="http://127.0.0.1:9000/"
    )
    assert environment.problems_of(near) == ()


def test_an_environment_that_nobody_knows_is_refused() -> None:
    assert environment.problems_of(replace(SAFE, environment="prod"))
    with pytest.raises(ValueError, match="MIGRATION_ENVIRONMENT can't be 'prod'"):
        Settings.from_environment({"MIGRATION_ENVIRONMENT": "prod"})


def test_production_refuses_the_accounts_of_the_demonstration(
    settings: Settings, sqlite_database: Engine, production: Settings
) -> None:
    configure(settings)
    create_demo_accounts()
    configure(production)
    with pytest.raises(InvalidInput) as refused:
        environment.check_can_start()
    assert "password that everybody knows" in str(refused.value.problems[0].sentence)


def test_production_refuses_the_people_of_the_sample(production: Settings) -> None:
    with unit_of_work() as work:
        upsert_jobseekers(work.session, [("SAMPLE-0001", NINO)], None)
        work.commit()
    with pytest.raises(InvalidInput, match="does not start in production"):
        environment.check_can_start()


def test_serve_names_each_unsafe_setting_and_does_not_start(settings: Settings) -> None:
    told = CliRunner(
        env={
            "MIGRATION_DATABASE_URL": settings.database_url,
            "MIGRATION_DATA_DIR": str(settings.data_dir),
            "MIGRATION_ENVIRONMENT": "production",
            "MIGRATION_METRICS_TOKEN": "short",
        }
    ).invoke(main, ["serve", "--port", "8689"])
    assert told.exit_code == 1
    assert "MIGRATION_SECURE_COOKIES: " in told.output
    assert "MIGRATION_METRICS_TOKEN: " in told.output


def test_a_server_without_its_own_secret_ends_with_a_sentence(
    production: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL), pytest.raises(SystemExit):
        start.check_server()
    assert "STREAMLIT_SERVER_COOKIE_SECRET: Set it to 32 random signs" in caplog.text


def test_one_process_in_production_has_the_sqlite_database(production: Settings) -> None:
    environment.take_database()
    second = run(
        [
            executable,
            "-c",
            "import sys; from pathlib import Path; from db.one_process import hold;"
            "sys.exit(not hold(Path(sys.argv[1])))",
            str(production.data_dir),
        ],
        cwd=ROOT,
        check=False,
    )
    assert second.returncode == 1
    one_process.let_go()


def test_a_second_process_is_told_what_to_do(
    production: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    with (production.data_dir / "app.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(Refused, match="Several processes need PostgreSQL"):
            environment.take_database()


@pytest.mark.parametrize("kind", ["demo", "test"])
def test_outside_production_the_pages_for_everybody_say_so(
    kind: str, settings: Settings, sqlite_database: Engine
) -> None:
    configure(replace(settings, environment=kind))
    said = environment.BANNERS[kind]
    assert said in page("/")
    assert said in visit("/public/decisions", lang="en").text
    assert 'class="environment"' in visit("/public/nothing", lang="en").text


def test_production_carries_no_banner(production: Settings) -> None:
    assert environment.banner() is None
    assert 'class="environment"' not in page("/")
    assert 'class="environment"' not in visit("/public/decisions").text
