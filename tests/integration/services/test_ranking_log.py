"""Each run's whole story is known, kept for its period, and can be handed to an auditor."""

import csv
import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from db.models import (
    AuditDetailsRow,
    AuditEventRow,
    CandidacyRow,
    RankingInputRow,
    RankingRunRow,
    ShortlistRow,
)
from db.session import reading, unit_of_work
from domain.enums import CandidacyStatus, Role
from domain.exceptions import NotFound, PermissionDenied
from domain.records.ranking_log import HandMade, RunQuery
from domain.values import months_after
from services import clock
from services.rankings import log, log_export, pruning, ranking
from services.rankings.runs import reproduce_run
from tests.factories.officers import officer
from tests.factories.rankings import register_pickers
from tests.factories.rankings_log import ILLNESS, REASON, Worked, send, worked_ranking
from tests.factories.vacancies import published_vacancy


@pytest.fixture
def worked(sqlite_database: object) -> Worked:
    return worked_ranking()


def test_a_story_tells_what_was_asked_shown_read_and_changed(database: object) -> None:
    worked = worked_ranking()
    story = log.get_story(run_id=worked.run_id, by=worked.manager)
    assert story.summary.pool == 40
    assert sum(gate.excluded for gate in story.gates) == story.summary.excluded > 0
    assert any("German" in str(row.asked) or "de" in str(row.asked) for row in story.asked)
    assert sum(row.points for row in story.asked) == pytest.approx(100, abs=0.01)
    parts = [(part.part, part.first, part.last) for part in story.shown]
    assert parts[0] == ("", None, None)
    assert ("ranked", 1, 10) in parts
    assert [(row.external_id, row.times) for row in story.opened] == [(worked.ids[2], 2)]
    assert [(one.kind, one.external_id, one.rank, one.reason) for one in story.changes] == [
        (HandMade.AGAINST_RANK, worked.ids[2], 3, REASON),
        (HandMade.WITHDREW, worked.ids[0], None, ILLNESS),
    ]
    assert story.preselected == 2
    assert story.kept_until is None
    page = log.list_runs(wanted=RunQuery(by_hand=True), by=worked.manager)
    assert [(row.run_id, row.by_hand) for row in page.rows] == [(worked.run_id, 2)]


def test_a_search_is_logged_without_what_was_searched_for(worked: Worked) -> None:
    with reading() as session:
        of_list = select(AuditDetailsRow.details).join(
            AuditEventRow, AuditEventRow.seq == AuditDetailsRow.seq
        )
        found = list(session.scalars(of_list.where(AuditEventRow.action == "listed")))
    assert [row.get("searched") for row in found] == [None, True]
    assert found[1]["regions"] == ["GE-KA", "GE-IM", "GE-SZ"]
    assert worked.ids[4] not in str(found)


def test_the_same_part_is_logged_once(worked: Worked) -> None:
    for _ in range(3):
        ranking.list_candidates(run_id=worked.run_id, limit=10, by=worked.recruiter)
    shown = log.get_story(run_id=worked.run_id, by=worked.manager).shown
    assert len([part for part in shown if part.part == "ranked"]) == 2


def test_a_sent_shortlist_stands_in_the_story_with_its_session(worked: Worked) -> None:
    number = send(worked)
    (sent,) = log.get_story(run_id=worked.run_id, by=worked.manager).sent
    assert sent.session_number == number
    assert [(p.external_id, p.rank, p.against_rank) for p in sent.people] == [
        (worked.ids[2], 3, True)
    ]
    assert sent.people[0].outcome is None


def test_a_list_sent_from_a_later_ranking_tells_what_was_done_before(worked: Worked) -> None:
    register_pickers(45, worked.recruiter)
    later = ranking.rank_vacancy(vacancy_number=worked.vacancy, by=worked.recruiter).run_id
    assert later != worked.run_id
    send(replace(worked, run_id=later))
    story = log.get_story(run_id=later, by=worked.manager)
    assert [(one.kind, one.run_id) for one in story.changes] == [
        (HandMade.AGAINST_RANK, worked.run_id),
        (HandMade.WITHDREW, worked.run_id),
    ]
    assert story.preselected == 0
    page = log.list_runs(wanted=RunQuery(by_hand=True), by=worked.manager)
    assert [(row.run_id, row.by_hand) for row in page.rows] == [(later, 1), (worked.run_id, 2)]


def test_filters_of_the_log_find_runs(worked: Worked) -> None:
    other = published_vacancy(worked.recruiter, positions=1, title="Grape picker", title_ka=None)
    second = ranking.rank_vacancy(vacancy_number=other.number, by=worked.manager)
    today = clock.today()
    asked = {
        "all": RunQuery(),
        "vacancy": RunQuery(vacancy="grape"),
        "officer": RunQuery(officer_id=worked.manager.id),
        "version": RunQuery(version="no such version"),
        "today": RunQuery(since=today, until=today),
        "later": RunQuery(since=today + timedelta(1)),
        "by hand": RunQuery(by_hand=True),
    }
    found = {
        name: [row.run_id for row in log.list_runs(wanted=wanted, by=worked.manager).rows]
        for name, wanted in asked.items()
    }
    both = [second.run_id, worked.run_id]
    assert found == {
        "all": both,
        "vacancy": [second.run_id],
        "officer": [second.run_id],
        "version": [],
        "today": both,
        "later": [],
        "by hand": [worked.run_id],
    }


def test_ranking_again_gives_the_same_list_after_the_register_changed(worked: Worked) -> None:
    register_pickers(60, worked.recruiter)
    again = log.rank_again(run_id=worked.run_id, by=worked.manager)
    assert again.is_same
    assert again.people == log.get_story(run_id=worked.run_id, by=worked.manager).summary.ranked


def test_a_list_that_was_tampered_with_is_found_out(worked: Worked) -> None:
    other = published_vacancy(worked.recruiter, positions=1, languages=())
    second = ranking.rank_vacancy(vacancy_number=other.number, by=worked.recruiter)
    with unit_of_work() as work:
        theirs = work.session.get_one(RankingRunRow, second.run_id).result
        work.session.get_one(RankingRunRow, worked.run_id).result = theirs
        work.commit()
    assert not log.rank_again(run_id=worked.run_id, by=worked.manager).is_same


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MANAGER])
def test_only_managers_read_the_log(sqlite_database: object, role: Role) -> None:
    by = officer(role)
    for use in (
        lambda: log.list_runs(wanted=RunQuery(), by=by),
        lambda: log.get_story(run_id=1, by=by),
        lambda: log.rank_again(run_id=1, by=by),
        lambda: log_export.export_run(run_id=1, language="en", by=by),
        lambda: log_export.export_period(wanted=RunQuery(), language="en", by=by),
    ):
        with pytest.raises(PermissionDenied):
            use()


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_an_auditor_gets_everything_by_file_number_with_checksums(worked: Worked) -> None:
    send(worked)
    export = log_export.export_run(run_id=worked.run_id, language="en", by=worked.manager)
    files = unpacked(export.content)
    manifest = files.pop("MANIFEST.sha256").decode().splitlines()
    told = {name: sha256 for sha256, name in (line.split("  ") for line in manifest)}
    assert told == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    order = lines(files[f"order-{worked.run_id}.csv"])
    assert [row[1] for row in order[1:11]] == list(worked.ids)
    by_hand = lines(files["by-hand.csv"])
    assert [row[-1] for row in by_hand[1:]] == ["'" + REASON, "▒▒▒, ▒▒▒, ავადმყოფობა"]
    assert lines(files["shortlists.csv"])[1][6] == worked.ids[2]
    assert "2026-01" in files["parameters/2026-01.json"].decode()
    whole = b"".join(files.values()).decode()
    assert "Kipiani" not in whole and "ყიფიანი" not in whole and "+99555" not in whole
    with reading() as session:
        of_export = select(AuditDetailsRow.details).join(
            AuditEventRow, AuditEventRow.seq == AuditDetailsRow.seq
        )
        logged = session.scalars(of_export.where(AuditEventRow.action == "exported")).one()
    assert logged == {"runs": 1, "sha256": hashlib.sha256(export.content).hexdigest()}


def test_an_auditor_gets_the_numbers_that_a_run_was_made_with(worked: Worked) -> None:
    with unit_of_work() as work:  # as if the file of this version had had another number then
        run = work.session.get_one(RankingRunRow, worked.run_id)
        assert run.parameters is not None
        run.parameters = {**run.parameters, "improvements_shown": 97}
        work.commit()
    export = log_export.export_run(run_id=worked.run_id, language="en", by=worked.manager)
    told = json.loads(unpacked(export.content)["parameters/2026-01.json"])
    assert told["improvements_shown"] == 97


def test_a_period_is_exported_without_orders(worked: Worked) -> None:
    export = log_export.export_period(wanted=RunQuery(), language="ka", by=worked.manager)
    files = unpacked(export.content)
    assert not [name for name in files if name.startswith("order")]
    assert len(lines(files["runs.csv"])) == 2


def make_older(run_id: int, months: int) -> None:
    """Let a run, and what was frozen for it, be so old."""
    then = clock.beginning(months_after(clock.today(), -months)) - timedelta(days=1)
    with unit_of_work() as work:
        work.session.execute(
            update(RankingRunRow).where(RankingRunRow.id == run_id).values(created_at=then)
        )
        work.session.execute(update(RankingInputRow).values(created_at=then))
        work.commit()


def runs_left() -> list[int]:
    with reading() as session:
        return list(session.scalars(select(RankingRunRow.id).order_by(RankingRunRow.id)))


def end_case(worked: Worked, months_ago: int | None) -> None:
    """The commission decided so long ago, or never (None), and nobody is in the process."""
    with unit_of_work() as work:
        status = CandidacyStatus.NOT_APPROVED if months_ago else CandidacyStatus.WITHDRAWN
        work.session.execute(update(CandidacyRow).values(status=status))
        if months_ago:
            then = clock.beginning(months_after(clock.today(), -months_ago)) - timedelta(days=1)
            work.session.execute(update(ShortlistRow).values(decided_at=then))
        work.commit()


@pytest.mark.parametrize(
    ("made", "decided", "stays"),
    [
        (11, None, True),
        (12, None, False),
        (40, 35, True),
        (40, 36, False),
    ],
)
def test_a_run_stays_for_its_period_and_that_of_its_decision(
    worked: Worked, tmp_path: Path, made: int, decided: int | None, stays: bool
) -> None:
    if decided:
        send(worked)
    end_case(worked, decided)
    make_older(worked.run_id, made)
    done = pruning.prune_runs(dry_run=False, folder=tmp_path, by=worked.manager)
    assert (worked.run_id in runs_left()) is stays
    assert done.runs == (0 if stays else 1)
    assert len(list(tmp_path.glob("*.zip"))) == done.runs


def test_a_run_behind_an_open_case_stays_however_old(worked: Worked, tmp_path: Path) -> None:
    make_older(worked.run_id, 100)
    done = pruning.prune_runs(dry_run=False, folder=tmp_path, by=worked.manager)
    assert runs_left() == [worked.run_id]
    assert done.kept_for_cases == 1


def test_pruning_counts_first_writes_a_copy_and_says_what_went(
    worked: Worked, tmp_path: Path
) -> None:
    end_case(worked, None)
    make_older(worked.run_id, 13)
    counted = pruning.prune_runs(dry_run=True, folder=tmp_path, by=worked.manager)
    assert counted.runs == 1 and runs_left() and not list(tmp_path.glob("*.zip"))
    done = pruning.prune_runs(dry_run=False, folder=tmp_path, by=worked.manager)
    (archive,) = tmp_path.glob("*.zip")
    assert hashlib.sha256(archive.read_bytes()).hexdigest() == done.archive_sha256
    assert lines(unpacked(archive.read_bytes())["runs.csv"])[1][0] == str(worked.run_id)
    with reading() as session:
        logged = session.scalars(
            select(AuditDetailsRow.details)
            .join(AuditEventRow, AuditEventRow.seq == AuditDetailsRow.seq)
            .where(AuditEventRow.action == "removed")
        ).one()
        assert session.scalar(select(func.count()).select_from(CandidacyRow)) == 2
    assert logged["runs"] == 1 and logged["archive_sha256"] == done.archive_sha256
    with pytest.raises(NotFound):
        log.get_story(run_id=worked.run_id, by=worked.manager)


def test_a_run_that_stays_can_still_be_reproduced_after_pruning(
    worked: Worked, tmp_path: Path
) -> None:
    register_pickers(45, worked.recruiter)
    later = ranking.rank_vacancy(vacancy_number=worked.vacancy, by=worked.recruiter)
    end_case(worked, None)
    make_older(worked.run_id, 13)
    done = pruning.prune_runs(dry_run=False, folder=tmp_path, by=worked.manager)
    assert done.runs == 1 and done.inputs >= 2, "the old list of blocks and its block went"
    assert runs_left() == [later.run_id]
    assert reproduce_run(later.run_id).is_same
