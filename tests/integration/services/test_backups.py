"""Backups are made by schedule, proven, copied, kept for their period, and rehearsed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click import Command
from click.testing import CliRunner
from sqlalchemy import Engine, select

from cli.backup import backup as backup_command
from cli.backup import drill as drill_command
from cli.backup import restore as restore_command
from cli.backup import verify_backup as verify_command
from db.models import BackupRunRow, IncidentRow, JobseekerRow, SignInSessionRow
from db.session import configure, engine, reading, settings, unit_of_work
from domain.enums import BackupKind, BackupStatus, JobseekerStatus, Role
from domain.exceptions import NotFound, PermissionDenied, Refused
from domain.records.account import AccountForm
from domain.records.backups import BackupState
from domain.records.officer import Officer
from services import audit, clock
from services.audit import verify_chain
from services.audit_chain.anchors import read_anchors
from services.backups.drills import rehearse
from services.backups.making import back_up_when_due, make_backup
from services.backups.reading import backup_state
from services.backups.reports import report_of
from services.backups.rules import limits_now, which_stay
from services.jobseekers import registration
from services.officers.invitations import invite_new_officer, read_invitation
from services.officers.sign_in import token_hash, whoami
from services.privacy.depersonalising import depersonalise_one
from tests.factories.jobseekers import NINO, person
from tests.factories.officers import officer


@pytest.fixture
def folder(sqlite_database: Engine, tmp_path: Path) -> Path:
    """The configured directory; a second one and a key beside it."""
    key = tmp_path / "key"
    key.write_text("5a" * 32)
    configure(
        replace(
            settings(),
            backup_dir=str(tmp_path / "backups"),
            backup_second_dir=str(tmp_path / "elsewhere"),
            backup_key_file=str(key),
        )
    )
    return tmp_path / "backups"


@pytest.fixture
def admin(folder: Path) -> Officer:
    return officer(Role.ADMINISTRATOR)


def state(by: Officer) -> BackupState:
    return backup_state(by=by)


def incidents() -> list[str | None]:
    with reading() as session:
        return list(session.scalars(select(IncidentRow.source_key)))


def test_a_backup_is_proven_encrypted_and_copied(admin: Officer, folder: Path) -> None:
    make_backup(by=admin)
    (run,) = state(admin).runs
    assert (run.status, run.kind, run.is_copied) == (BackupStatus.DONE, BackupKind.MANUAL, True)
    assert run.verified_at and run.is_encrypted and run.problem is None
    own = folder / str(run.file_name)
    assert own.stat().st_size == run.size
    assert own.read_bytes() == (folder.parent / "elsewhere" / own.name).read_bytes()
    assert own.stat().st_mode & 0o077 == 0
    assert incidents() == []


def test_a_backup_is_due_each_interval_and_late_after_two(admin: Officer) -> None:
    now = clock.now()
    assert state(admin).is_late  # none yet
    with clock.at(now - timedelta(minutes=125)):
        assert [back_up_when_due(), back_up_when_due()] == [1, 0]
        assert not state(admin).is_late
    assert state(admin).is_late
    assert back_up_when_due() == 1
    assert not state(admin).is_late


def test_nothing_is_made_without_a_directory(sqlite_database: Engine) -> None:
    admin = officer(Role.ADMINISTRATOR)
    assert back_up_when_due() == 0
    assert not state(admin).is_late and state(admin).next_due is None
    with pytest.raises(Refused, match="No directory"):
        make_backup(by=admin)


def test_one_backup_runs_at_a_time_and_a_dead_one_gives_way(admin: Officer) -> None:
    with unit_of_work() as work:
        work.session.add(
            BackupRunRow(
                kind=BackupKind.SCHEDULED, status=BackupStatus.RUNNING, started_at=clock.now()
            )
        )
        work.commit()
    with pytest.raises(Refused, match="at this moment"):
        make_backup(by=admin)
    with unit_of_work() as work:
        row = work.session.scalars(select(BackupRunRow)).one()
        row.started_at = clock.now() - timedelta(hours=3)
        work.commit()
    make_backup(by=admin)
    assert [run.status for run in state(admin).runs] == [BackupStatus.DONE, BackupStatus.FAILED]


def test_what_fails_is_written_down_and_opens_one_incident(admin: Officer, folder: Path) -> None:
    folder.write_text("a file stands in its place")
    for _ in range(2):
        make_backup(by=admin)
    first, _second = state(admin).runs
    assert first.status is BackupStatus.FAILED and first.problem is not None
    assert state(admin).is_late
    assert incidents() == ["backup"]


def test_a_missing_second_copy_opens_an_incident(admin: Officer, folder: Path) -> None:
    (folder.parent / "elsewhere").write_text("a file stands in its place")
    make_backup(by=admin)
    (run,) = state(admin).runs
    assert (run.status, run.is_copied) == (BackupStatus.DONE, False)
    assert incidents() == ["backup"]


def test_old_files_go_after_their_period(admin: Officer, folder: Path) -> None:
    make_backup(by=admin)
    with unit_of_work() as work:
        for days in range(1, 10):
            for part in range(3):
                name = f"old-{days}-{part}"
                (folder / name).write_text("x")
                moment = clock.now() - timedelta(days=days, minutes=part)
                work.session.add(
                    BackupRunRow(
                        kind=BackupKind.SCHEDULED,
                        status=BackupStatus.DONE,
                        started_at=moment,
                        verified_at=moment,
                        file_name=name,
                    )
                )
        work.commit()
    make_backup(by=admin)
    left = {path.name for path in folder.iterdir()}
    assert {"old-9-0", "old-5-0", "old-1-0"} <= left
    assert "old-9-2" not in left and "old-7-1" not in left
    gone = [run for run in state(admin).runs if run.removed_at]
    assert gone and not {run.file_name for run in gone} & left


def test_the_last_of_each_hour_day_week_and_month_stays(sqlite_database: Engine) -> None:
    limits = replace(
        limits_now(), keep_newest=2, keep_hourly=3, keep_daily=3, keep_weekly=2, keep_monthly=2
    )
    end = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    moments = [end - timedelta(minutes=15 * step) for step in range(4 * 24 * 60)]
    stay = sorted(which_stay(moments, limits), reverse=True)
    told = [f"{moment.astimezone(clock.TBILISI):%d.%m. %H:%M}" for moment in stay]
    assert told == [
        "22.11. 16:00",
        "22.11. 15:45",
        "22.11. 14:45",
        "21.11. 23:45",
        "20.11. 23:45",
        "15.11. 23:45",
        "31.10. 23:45",
    ]


def test_a_rehearsal_brings_back_the_newest_and_says_how_long_it_took(
    admin: Officer, folder: Path
) -> None:
    assert state(admin).is_drill_late
    make_backup(by=admin)
    record = rehearse(by=admin)
    assert record.is_good and record.file_name == state(admin).runs[0].file_name
    assert {"open", "restore", "compare", "rows", "tables", "events"} <= set(record.measured)
    assert not state(admin).is_drill_late
    assert "Everything came back" in report_of(record, "en")
    assert "ყველაფერი აღდგა" in report_of(record, "ka")


def test_a_failed_rehearsal_says_why(admin: Officer, folder: Path) -> None:
    make_backup(by=admin)
    file = folder / str(state(admin).runs[0].file_name)
    file.write_bytes(file.read_bytes()[:-40])
    record = rehearse(by=admin)
    assert not record.is_good and record.problem is not None
    assert "It did not come back: The backup is damaged" in report_of(record, "en")
    assert state(admin).is_drill_late
    assert incidents() == ["backup"]


def test_only_administrators_see_to_backups(folder: Path) -> None:
    other = officer(Role.RECRUITER)
    for forbidden in (
        lambda: backup_state(by=other),
        lambda: make_backup(by=other),
        lambda: rehearse(by=other),
    ):
        with pytest.raises(PermissionDenied):
            forbidden()


def test_the_commands_back_up_verify_rehearse_and_restore(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MIGRATION_DATABASE_URL", settings().database_url)
    monkeypatch.setenv("MIGRATION_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("MIGRATION_BACKUP_KEY_FILE", settings().backup_key_file)
    monkeypatch.setenv("MIGRATION_AUDIT_ANCHOR_DIR", str(tmp_path / "anchors"))
    file = str(tmp_path / "now.sealed")
    with unit_of_work() as work:
        audit.record(work.session, action="read", entity="list", by=None)
        work.commit()
    for command, asked, told in (
        (backup_command, [file], "encrypted: "),
        (verify_command, [file], "whole: "),
        (drill_command, [file, "--report", str(tmp_path / "drill.md")], "Everything came back"),
        (restore_command, [file, "--force"], "restored: "),
    ):
        done = CliRunner().invoke(command, asked)
        assert (done.exit_code, told in done.output) == (0, True), (done.output, done.exception)
    assert incidents()[0].startswith("restored:")  # type: ignore[union-attr]
    (anchor,) = read_anchors(tmp_path / "anchors")
    assert anchor.restored_to == 1
    assert verify_chain(anchors=[anchor]).problem is None
    refused = CliRunner().invoke(verify_command, [file, "--passphrase"], input="wrong words here\n")
    assert isinstance(refused.exception, Refused)


@pytest.fixture
def commands(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """What the commands read; the directory to work in."""
    monkeypatch.setenv("MIGRATION_DATABASE_URL", settings().database_url)
    monkeypatch.setenv("MIGRATION_DATA_DIR", str(tmp_path))
    return tmp_path


def told(command: Command, *asked: str) -> str:
    done = CliRunner().invoke(command, asked)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


def withdrawn(external_id: str) -> int:
    with unit_of_work() as work:
        query = select(JobseekerRow).where(JobseekerRow.external_id == external_id)
        row = work.session.scalars(query).one()
        row.status = JobseekerStatus.WITHDRAWN
        work.commit()
        return row.id


def test_who_was_depersonalised_stays_so_when_an_older_backup_is_restored(
    commands: Path, admin: Officer
) -> None:
    by = officer()
    gone = registration.register_jobseeker(form=NINO, by=by).external_id
    back = registration.register_jobseeker(
        form=person(personal_number="00000000102", first_name_ka="ანა", phone=None, email=None),
        confirmed_not_duplicates=(gone,),
        by=by,
    ).external_id
    id_ = withdrawn(gone)
    told(backup_command, str(commands / "old.zip"))
    depersonalise_one(id_, rule="request", by=None)
    depersonalise_one(withdrawn(back), rule="inactive", by=None)
    output = told(restore_command, str(commands / "old.zip"), "--force")
    assert "depersonalised again, as before: 1" in output
    assert f"depersonalise by hand: {back}: " in output, "who was active in the backup is told of"
    with reading() as session:
        rows = {row.external_id: row for row in session.scalars(select(JobseekerRow))}
        assert rows[gone].depersonalised_at and rows[gone].last_name_ka is None
        assert rows[back].last_name_ka == NINO.last_name_ka
    assert verify_chain().problem is None


def test_a_backup_of_other_people_with_the_same_numbers_is_left_alone(
    commands: Path, admin: Officer
) -> None:
    file = registration.register_jobseeker(form=NINO, by=officer()).external_id
    told(backup_command, str(commands / "old.zip"))
    with unit_of_work() as work:
        row = work.session.scalars(select(JobseekerRow)).one()
        row.created_at -= timedelta(days=9)
        work.commit()
    depersonalise_one(withdrawn(file), rule="inactive", by=None)
    assert "again" not in told(restore_command, str(commands / "old.zip"), "--force")
    with reading() as session:
        assert session.scalars(select(JobseekerRow)).one().last_name_ka == NINO.last_name_ka


def test_no_browser_and_no_invitation_opens_again_with_a_restored_backup(
    commands: Path, admin: Officer
) -> None:
    token, now = "t" * 43, clock.now()
    with unit_of_work() as work:
        session = SignInSessionRow(token_hash=token_hash(token), officer_id=admin.id)
        session.created_at = session.last_seen_at = now
        work.session.add(session)
        work.commit()
    form = AccountForm("newcomer", "ახალი", "New", Role.RECRUITER, "agency-employment")
    secret = invite_new_officer(form=form, by=admin).address.rsplit("/", 1)[-1]
    assert whoami(token) and read_invitation(secret=secret)
    told(backup_command, str(commands / "old.zip"))
    told(restore_command, str(commands / "old.zip"), "--force")
    assert whoami(token) is None
    with pytest.raises(NotFound):
        read_invitation(secret=secret)


def test_a_database_that_is_no_database_any_more_is_replaced(
    commands: Path, admin: Officer
) -> None:
    registration.register_jobseeker(form=NINO, by=officer())
    told(backup_command, str(commands / "old.zip"))
    engine().dispose()
    Path(str(engine().url.database)).write_bytes(b"damaged " * 5000)
    assert "can't say who" in told(restore_command, str(commands / "old.zip"), "--force")
    with reading() as session:
        assert session.scalars(select(JobseekerRow)).one().last_name_ka == NINO.last_name_ka
