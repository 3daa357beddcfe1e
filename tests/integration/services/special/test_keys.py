"""Keys are changed while officers write: every field opens before, meanwhile and afterwards."""

import os
import threading
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from db import encryption, keys
from db.backup.making import back_up
from db.keys import KeysUnavailable
from db.models import SpecialFactRow
from db.session import reading, unit_of_work
from domain.enums import Role
from domain.exceptions import Refused
from services.monitoring.cases import get_case
from services.special.keys import forget_unused_keys, key_report, rotate_keys
from tests.factories.officers import officer
from tests.integration.services.special.test_facts import WORDS, kept_by
from tests.integration.services.test_cases import complaint


def contents() -> list[str | None]:
    with reading() as session:
        rows = session.query(SpecialFactRow).order_by(SpecialFactRow.id)
        return [row.content for row in rows]


def test_every_field_is_closed_with_the_new_key(database: Engine) -> None:
    admin, recruiter = officer(Role.ADMINISTRATOR), officer()
    for _ in range(3):
        kept_by(recruiter)
    number = complaint(recruiter, complainant_name="ქეთევან")
    before = encryption.ready_ring()
    assert rotate_keys(by=admin) == 5
    report = key_report()
    assert report.fields == {report.current: 5} and report.current != before.current
    assert report.unused == (before.current,)
    assert contents() == [WORDS] * 3
    case = get_case(number=number, by=officer(Role.INSPECTOR))
    assert case.complainant_name == "ქეთევან"


def test_officers_who_write_meanwhile_lose_nothing(database: Engine) -> None:
    admin, recruiter = officer(Role.ADMINISTRATOR), officer()
    ids = [kept_by(recruiter).id for _ in range(4)]
    told = dict.fromkeys(ids, WORDS)
    stop, problems = threading.Event(), []

    def write() -> None:
        count = 0
        while not stop.is_set():
            count += 1
            fact_id = ids[count % len(ids)]
            try:
                with unit_of_work() as work:
                    row = work.session.get_one(SpecialFactRow, fact_id, with_for_update=True)
                    assert row.content == told[fact_id]
                    row.content = f"{WORDS} {count}"
                    work.commit()
                told[fact_id] = f"{WORDS} {count}"
                stop.wait(0.002)
            except Exception as problem:  # noqa: BLE001 - the test shows it
                problems.append(problem)
                return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(2):
            rotate_keys(by=admin)
    finally:
        stop.set()
        writer.join()
    assert problems == []
    assert contents() == [told[fact_id] for fact_id in ids]
    assert rotate_keys(by=admin) == len(ids)


@pytest.mark.usefixtures("sqlite_database")
def test_former_keys_are_forgotten_only_when_nothing_can_need_them() -> None:
    admin, recruiter = officer(Role.ADMINISTRATOR), officer()
    kept_by(recruiter)
    former = encryption.ready_ring().current
    rotate_keys(by=admin)
    with pytest.raises(Refused, match="less than an hour"):
        forget_unused_keys(by=admin)
    long_ago = keys.keys_file().stat().st_mtime - timedelta(hours=2).total_seconds()
    os.utime(keys.keys_file(), (long_ago, long_ago))
    assert forget_unused_keys(by=admin) == (former,)
    assert contents() == [WORDS]


@pytest.mark.usefixtures("sqlite_database")
def test_a_key_in_use_is_never_forgotten() -> None:
    admin = officer(Role.ADMINISTRATOR)
    kept_by(officer())
    ring = keys.with_new_key(encryption.ready_ring())
    keys.write_ring(ring, keys.keys_file(), replace=True)
    long_ago = keys.keys_file().stat().st_mtime - timedelta(hours=2).total_seconds()
    os.utime(keys.keys_file(), (long_ago, long_ago))
    assert forget_unused_keys(by=admin) == ()
    assert contents() == [WORDS]


@pytest.mark.usefixtures("sqlite_database")
def test_without_the_key_file_nothing_is_written_and_no_other_one_is_made() -> None:
    recruiter = officer()
    fact = kept_by(recruiter)
    keys.keys_file().unlink()
    with pytest.raises(KeysUnavailable, match="missing"):
        contents()
    with pytest.raises(KeysUnavailable, match="missing"):
        kept_by(recruiter, content="new")
    with pytest.raises(KeysUnavailable, match="missing"):
        rotate_keys(by=officer(Role.ADMINISTRATOR))
    problem = encryption.problem_of_keys()
    assert problem is not None and fact and not keys.keys_file().exists()


@pytest.mark.usefixtures("sqlite_database")
def test_a_foreign_key_file_is_told_before_it_closes_anything() -> None:
    kept_by(officer())
    keys.write_ring(keys.new_ring(), keys.keys_file(), replace=True)
    problem = encryption.problem_of_keys()
    assert problem is not None and "are missing in the key file" in str(problem)


@pytest.mark.usefixtures("sqlite_database")
def test_a_backup_holds_neither_keys_nor_readable_fields(
    sqlite_database: Engine, tmp_path: Path
) -> None:
    kept_by(officer())
    complaint(officer(username="other"), text="secret-words-of-a-complaint")
    back_up(sqlite_database, tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    ring = encryption.ready_ring()
    assert WORDS.encode() not in content and b"secret-words" not in content
    assert not any(key in content for key in (*ring.keys.values(), ring.index))


def test_a_value_moved_to_another_row_by_hand_does_not_open(sqlite_database: Engine) -> None:
    recruiter = officer()
    first, second = kept_by(recruiter).id, kept_by(recruiter, content="other").id
    with sqlite_database.begin() as connection:
        connection.execute(
            text(
                "UPDATE special_facts SET content_sealed = (SELECT content_sealed FROM "
                "special_facts WHERE id = :first) WHERE id = :second"
            ),
            {"first": first, "second": second},
        )
    with pytest.raises(KeysUnavailable, match="moved from another row"):
        contents()
