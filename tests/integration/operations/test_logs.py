"""Logs tell an operator what happened, and nobody anything about a person."""

import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from db.session import configure, unit_of_work
from db.settings import Settings
from domain.enums import CaseCategory, DocumentKind
from domain.exceptions import LabourMigrationError, NotFound
from domain.records.jobseeker import DocumentEntry, JobseekerForm, OccupationEntry
from domain.records.vacancy import EmployerForm
from domain.texts import Sentence
from services.due_work import DueJob, run_due
from services.jobseekers.registration import register_jobseeker
from services.monitoring.complaints import complain_publicly
from services.officers import sign_in
from services.operations import environment, logs
from services.vacancies.employers import create_employer
from tests.factories.correspondence import letter_form, office
from tests.factories.officers import officer
from tests.integration.ui.visiting import fill_in, visit
from ui import messages, navigation
from ui.operations import access

CANARIES = {
    "first_name_ka": "კანარა",
    "last_name_ka": "ჩიტაშვილი",
    "first_name_lat": "Canaria",
    "last_name_lat": "Chitashvili",
    "personal_number": "01987654321",
    "phone": "+995599123987",
    "email": "canary.bird@example.ge",
    "address": "Canary Street 7",
    "wishes": "A cage with a view",
    "passport": "19CN98765",
    "employer_of_before": "Seed and Feeder Ltd",
    "contact_name": "Birdwatcher Bob",
    "contact_email": "bob@canary.example",
    "contact_phone": "+4930123987",
    "notes": "sings in the morning",
    "username": "canary.typed.a.name",
    "password": "canary-Password-2026",
    "complaint": "They feed us millet only",
    "secret": "canary0secret0of0a0link0abcdefgh",
    "number_of_the_case": "CANARY2345678999",
    "letter": "Canaries wanted",
}
C = CANARIES
PERSON = JobseekerForm(
    first_name_ka=C["first_name_ka"],
    last_name_ka=C["last_name_ka"],
    first_name_lat=C["first_name_lat"],
    last_name_lat=C["last_name_lat"],
    personal_number=C["personal_number"],
    phone=C["phone"],
    email=C["email"],
    address=C["address"],
    wishes=C["wishes"],
    birth_date=date(1990, 5, 1),
    citizenship="GE",
    occupations=(OccupationEntry("9211", 5.0, C["employer_of_before"]),),
    documents=(DocumentEntry(DocumentKind.PASSPORT, C["passport"]),),
)
EMPLOYER = EmployerForm(
    name="Nordhof",
    country="DE",
    contact_name=C["contact_name"],
    contact_email=C["contact_email"],
    contact_phone=C["contact_phone"],
    notes=C["notes"],
)


@pytest.fixture
def written(
    settings: Settings, sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch
) -> Iterator[io.StringIO]:
    """Everything that a process would write, at the loudest level of every library."""
    output = io.StringIO()
    known = [logging.getLogger(name) for name in [*logging.root.manager.loggerDict, ""]]
    before = [(log, log.level, log.handlers[:], log.propagate, log.disabled) for log in known]
    hooks = sys.excepthook, threading.excepthook
    monkeypatch.setattr(sys, "stdout", output)
    monkeypatch.setattr(sys, "stderr", output)
    configure(replace(settings, log_level="debug", log_format="json"))
    logs.configure()
    for name in ("sqlalchemy.engine", "sqlalchemy.pool", "sqlalchemy.orm", "PIL", "asyncio"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield output
    logging.captureWarnings(False)
    sys.excepthook, threading.excepthook = hooks
    for log, level, handlers, propagate, disabled in before:
        log.setLevel(level)
        log.handlers[:], log.propagate, log.disabled = handlers, propagate, disabled


def lines(output: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.getvalue().splitlines()]


def found_in(output: io.StringIO) -> list[str]:
    said = json.dumps(lines(output), ensure_ascii=False).lower() + output.getvalue().lower()
    return [name for name, canary in CANARIES.items() if canary.lower() in said]


def test_no_use_case_writes_about_a_person(
    written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    recruiter = officer()
    register_jobseeker(form=PERSON, by=recruiter)
    for again in (PERSON, replace(PERSON, email="no address")):
        with suppress(LabourMigrationError):
            register_jobseeker(form=again, by=recruiter)
    create_employer(form=EMPLOYER, by=recruiter)
    with suppress(LabourMigrationError):
        sign_in.sign_in(username=C["username"], password=C["password"], address="192.0.2.9")
    complain_publicly(
        secret=C["number_of_the_case"],
        category=CaseCategory.OTHER,
        text=C["complaint"],
        country="DE",
        employer="Nordhof",
        contact=C["phone"],
        in_danger=False,
        photos=(),
    )
    at = office()
    from services.correspondence import register

    register.register_letter(form=letter_form(subject=C["letter"]), by=at.registrar)
    visit(f"/public/answer/{C['secret']}", code=C["personal_number"])
    fill_in("/public/complaint", {"text": C["complaint"], "contact": C["phone"]})
    assert found_in(written) == []


def test_what_fails_is_written_without_its_words(
    written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streamlit.error", lambda said: None)
    for place in (fail_in_a_screen, fail_in_the_database, fail_in_a_job, fail_in_a_thread, log_it):
        place()
    errors = [line for line in lines(written) if line["level"] in {"error", "critical"}]
    assert len(errors) >= 5
    assert {"ValueError", "IntegrityError"} <= {line.get("error") for line in errors}
    assert any("threading.py" in str(line.get("frames")) for line in errors)
    assert found_in(written) == []


def fail_in_a_screen() -> None:
    try:
        try:
            raise KeyError(C["personal_number"])
        except KeyError as cause:
            raise ValueError(f"{C['first_name_ka']} {C['email']}") from cause
    except ValueError as error:
        messages.apologise(error)


def fail_in_the_database() -> None:
    insert = text("INSERT INTO officers (id, username) VALUES (:id, :name)")
    try:
        with unit_of_work() as work:
            work.session.execute(insert, {"id": 1, "name": C["email"]})
    except IntegrityError:
        logging.getLogger("services").exception("not written")


def fail_in_a_job() -> None:
    def fails() -> int:
        raise ValueError(C["phone"])

    run_due((DueJob("reminders", fails),))


def fail_in_a_thread() -> None:
    def fails() -> None:
        raise ValueError(C["last_name_lat"])

    thread = threading.Thread(target=fails)
    thread.start()
    thread.join()


def log_it() -> None:
    """As a library may: values in the message, in its arguments, in fields, at any level."""
    for name in ("somelibrary", "uvicorn.error", "streamlit.runtime"):
        log = logging.getLogger(name)
        log.warning("can't read %s", C["address"])
        log.error("%(email)s failed", {"email": C["email"]})
        log.info(f"opened for {C['email']} {C['phone']}")
        log.debug(C["wishes"])
    ours = logging.getLogger("services.somewhere")
    ours.error(
        f"{C['personal_number']} {C['passport']} {C['phone']} {C['email']} {C['last_name_ka']}",
        extra={"form": PERSON, "address": C["address"]},
    )


def test_on_postgresql_the_driver_names_the_value_and_the_log_does_not(
    database: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    """PostgreSQL quotes the offending row in its own words; both engines here."""
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.setFormatter(logs.formatter(Settings(log_format="json")))
    handler.addFilter(logs.comes_through)
    log = logging.getLogger("services.test")
    log.addHandler(handler)
    try:
        with unit_of_work() as work:
            work.session.execute(
                text("INSERT INTO organisations (code, name_ka) VALUES (:code, :name)"),
                {"code": C["email"], "name": C["last_name_ka"]},
            )
    except DBAPIError:
        log.exception("not written")
    finally:
        log.removeHandler(handler)
    told = lines(output)
    assert told[0]["error"] == "IntegrityError" and told[0]["frames"]
    assert found_in(output) == []


@pytest.mark.parametrize(
    "path",
    [
        "/public/answer/{secret}",
        "/public/check-in/{secret}",
        "/public/package/{secret}/cv/7.pdf",
        "/public/my-data/{secret}",
        "/public/anything-new/{secret}",
        "/signin/invitation/{secret}",
        "/_stcore/upload_file/{secret}/9f8e7d6c",
        "/media/{secret}.csv",
    ],
)
def test_no_secret_of_an_address_is_written(written: io.StringIO, path: str) -> None:
    scope = {"path": path.format(secret=C["secret"]), "query_string": C["email"].encode()}
    access._write(scope, "GET", 200, 0.0)
    told = lines(written)[-1]
    assert told["path"].startswith(path.partition("{")[0])
    assert found_in(written) == []


def test_an_error_of_the_database_holds_no_value_that_was_written(sqlite_database: Engine) -> None:
    insert = text("INSERT INTO officers (id, username) VALUES (:id, :name)")
    with pytest.raises(IntegrityError) as error, unit_of_work() as work:
        work.session.execute(insert, {"id": 1, "name": C["email"]})
    assert C["email"] not in str(error.value)


def test_a_line_says_who_what_and_how_long(written: io.StringIO) -> None:
    with logs.told_apart(request="abc", page="ranking", officer=7):
        log = logging.getLogger("screens")
        log.info("page", extra={"ms": 12})
    told = lines(written)[-1]
    told.pop("timestamp")
    assert told == {
        "event": "page",
        "level": "info",
        "logger": "screens",
        "ms": 12,
        "officer": 7,
        "page": "ranking",
        "request": "abc",
    }


def test_a_slow_screen_is_written_as_slow(
    written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.operations.timing import timed

    monkeypatch.setattr("ui.operations.timing.slow_page_ms", lambda: -1)
    with timed("ranking", officer()):
        pass
    told = lines(written)[-1]
    assert (told["event"], told["level"], told["page"]) == ("slow page", "warning", "ranking")
    assert environment.slow_page_ms() == 1000


@pytest.mark.parametrize(
    "value", [7, "VAC-SAMPLE-04", "GE-KA", "2026-11-23", "past_their_time", "2026/17"]
)
def test_ids_and_codes_stand_in_addresses(value: object) -> None:
    assert navigation.is_for_addresses(value)


@pytest.mark.parametrize(
    "name", [name for name in CANARIES if name not in {"username", "secret", "number_of_the_case"}]
)
def test_nothing_about_a_person_gets_into_an_address(name: str) -> None:
    if name in {"first_name_lat", "last_name_lat", "password"}:
        pytest.skip("a single Latin word looks like a code: no screen hands one on")
    assert not navigation.is_for_addresses(CANARIES[name])


def test_a_refusal_names_no_person_in_the_log(written: io.StringIO) -> None:
    try:
        raise NotFound(Sentence("Nobody is called {name}.", {"name": C["last_name_ka"]}))
    except NotFound:
        logging.getLogger("services").exception("refused")
    assert lines(written)[-1]["error"] == "NotFound"
    assert found_in(written) == []
