"""What the chain alone can't show, its anchors outside the database do."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import process_time

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import Engine, select

from bench.audit_chain import fill
from cli.audit import anchor_audit as anchor_command
from cli.audit import verify_audit as verify_command
from db.models import IncidentRow
from db.session import configure, reading, settings, unit_of_work
from domain.enums import Role
from domain.exceptions import Refused
from domain.records.officer import Officer
from services import audit, audit_log, clock
from services.audit_chain.anchoring import anchor_audit, anchor_when_due, verify_when_due
from services.audit_chain.anchors import FILE, Anchor, read_anchors, still_valid
from services.audit_chain.hashing import FORMAT, STREAM, canonical, event_hash, sha256
from services.audit_chain.verifying import verify_chain
from tests.factories.officers import officer

CUT = "the end of the chain was cut: an anchor knows a later event"
DIFFERS = "it differs from an anchor outside the database"
GUARDS = ("audit_events_no_update", "audit_events_no_delete")


@pytest.fixture
def folder(sqlite_database: Engine, tmp_path: Path) -> Path:
    """The configured directory of anchors."""
    configure(replace(settings(), audit_anchor_dir=str(tmp_path / "elsewhere")))
    return tmp_path / "elsewhere"


def happen(times: int = 1, by: Officer | None = None) -> None:
    with unit_of_work() as work:
        for number in range(times):
            audit.record(
                work.session,
                action="updated",
                entity="jobseeker",
                entity_id=number,
                details={"phone": ["1", str(number)]},
                by=by,
            )
        work.commit()


def rewrite_end(seq: int) -> None:
    """Cut the tail after `seq` and move the head with it, as somebody with the file could."""
    with unit_of_work() as work:
        for guard in GUARDS:
            work.session.connection().exec_driver_sql(f"DROP TRIGGER IF EXISTS {guard}")
        for statement in (
            f"DELETE FROM audit_events WHERE seq > {seq}",
            f"DELETE FROM audit_details WHERE seq > {seq}",
            f"UPDATE audit_head SET seq = {seq}, "
            f"hash = (SELECT hash FROM audit_events WHERE seq = {seq})",
        ):
            work.session.connection().exec_driver_sql(statement)
        work.commit()


def test_a_cut_tail_with_its_head_is_found_by_the_anchor_alone(folder: Path) -> None:
    happen(5)
    anchor_audit(by=None)
    rewrite_end(3)
    assert verify_chain().problem is None
    report = verify_chain(anchors=read_anchors(folder))
    assert (report.broken_seq, report.problem) == (4, CUT)


def test_a_chain_written_anew_from_the_middle_is_found_by_the_anchor_alone(folder: Path) -> None:
    happen(5)
    anchor_audit(by=None)
    rewrite_end(3)
    happen(8)
    assert verify_chain().problem is None
    report = audit_log.verify_audit(by=None)
    assert (report.broken_seq, report.problem) == (5, DIFFERS)
    audit_log.verify_audit(by=None)
    with reading() as session:
        (incident,) = session.scalars(select(IncidentRow)).all()
    assert (incident.source_key, incident.times) == ("audit-chain", 2)


def test_a_whole_chain_agrees_with_all_its_anchors(folder: Path) -> None:
    admin = officer(Role.ADMINISTRATOR)
    for _ in range(3):
        happen(2)
        anchor_audit(by=admin)
    report = audit_log.verify_audit(by=None)
    assert (report.problem, report.anchors) == (None, 3)


def test_a_restored_database_is_not_held_against_what_came_after_its_backup(folder: Path) -> None:
    happen(5)
    anchor_audit(by=None)
    rewrite_end(3)
    anchor_audit(restored_to=3, by=None)
    happen(9)
    assert audit_log.verify_audit(by=None).problem is None
    rewrite_end(2)
    assert verify_chain(anchors=read_anchors(folder)).problem == CUT


def test_an_anchor_is_due_each_hour_in_which_something_happened(folder: Path) -> None:
    assert anchor_when_due() == 0
    with clock.at(clock.now() - timedelta(minutes=61)):
        happen()
        assert [anchor_when_due(), anchor_when_due()] == [1, 0]
    assert anchor_when_due() == 0  # nothing but the anchor itself
    happen()
    assert anchor_when_due() == 1
    assert [anchor.seq for anchor in read_anchors(folder)] == [1, 3]


def test_the_chain_is_walked_once_a_day(folder: Path) -> None:
    with clock.at(clock.now() - timedelta(hours=25)):
        happen()
        assert [verify_when_due(), verify_when_due()] == [1, 0]
    assert [verify_when_due(), verify_when_due()] == [1, 0]


def test_an_anchor_that_can_not_be_written_says_so(folder: Path) -> None:
    happen()
    folder.write_text("a file stands in its place")
    assert not anchor_audit(by=None).is_written


@pytest.mark.parametrize(
    "spoiled",
    ["nonsense", '{"stream": "main"}', "[]", '{"stream":"main","seq":-1,"hash":"","made_at":""}'],
)
def test_a_spoiled_line_is_refused_by_its_number(folder: Path, spoiled: str) -> None:
    happen()
    anchor_audit(by=None)
    with (folder / FILE).open("a") as stream:
        stream.write(spoiled + "\n")
    with pytest.raises(Refused, match=r"Line 2 of audit-anchors\.jsonl"):
        read_anchors(folder)


def test_the_commands_write_an_anchor_and_hold_the_chain_against_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIGRATION_DATABASE_URL", settings().database_url)
    monkeypatch.setenv("MIGRATION_AUDIT_ANCHOR_DIR", str(folder))
    happen(4)
    assert CliRunner().invoke(anchor_command).output.startswith("4 ")
    told = CliRunner().invoke(verify_command, ["--anchors", str(folder)])
    assert (told.exit_code, "held against 1 anchors" in told.output) == (0, True)
    rewrite_end(2)
    broken = CliRunner().invoke(verify_command, ["--anchors", str(folder / FILE)])
    assert (broken.exit_code, "BROKEN at event 3" in broken.output) == (1, True)


def test_a_restoration_voids_only_what_lies_beyond_it() -> None:
    early, late = Anchor(3, "a" * 64, "1"), Anchor(9, "b" * 64, "2")
    again, after = Anchor(6, "c" * 64, "3", restored_to=5), Anchor(7, "d" * 64, "4")
    assert still_valid([early, late, again, after]) == (early, again, after)


TEXT = some.none() | some.text(some.characters(codec="utf-8"), max_size=20)


@given(TEXT, TEXT, some.integers(1, 10**12), some.none() | some.integers(1, 9**9))
def test_the_quick_hash_is_that_of_the_canonical_body(
    name: str | None, subject: str | None, seq: int, actor: int | None
) -> None:
    now = clock.now()
    body = {
        "seq": seq,
        "at": now.isoformat(timespec="microseconds"),
        "actor": actor,
        "role": name,
        "action": "read",
        "entity": "jobseeker",
        "id": subject,
        "subject": subject,
        "details": None,
    }
    expected = sha256(f"{FORMAT}\n{STREAM}\n{'0' * 64}\n{canonical(body)}")
    found = event_hash("0" * 64, seq, now, actor, name, "read", "jobseeker", subject, subject, None)
    assert found == expected


@pytest.mark.long  # half a minute: writing them takes longer than walking
def test_a_hundred_thousand_events_take_three_seconds_of_a_core_at_most(database: Engine) -> None:
    fill(100_000)
    began = process_time()
    report = verify_chain()
    assert (report.problem, report.events) == (None, 100_000)
    assert process_time() - began < 3
