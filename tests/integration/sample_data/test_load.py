"""The sample through the services: once, complete, and never among other people."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from sqlalchemy import Engine, func, select

import db.session
from db.models import (
    CandidacyEventRow,
    CandidacyRow,
    CommissionSessionRow,
    DeploymentRow,
    JobseekerRow,
    MessageRow,
    VacancyRow,
)
from db.session import reading, unit_of_work
from db.settings import Settings
from domain.enums import (
    CandidacyStatus,
    DeploymentStatus,
    ImportKind,
    JobseekerStatus,
    MessageStatus,
    OfficialDocumentStatus,
    SessionStatus,
    VacancyStatus,
    VersionStanding,
)
from domain.exceptions import Refused
from domain.records.commission import AgendaState
from domain.records.jobseeker import JobseekerForm
from domain.transitions import CANDIDACY, CANDIDACY_OF_STAY, check_can_move
from matching.gates import GATE_SENTENCES, gate_sentence
from sample_data.forms import HERE, rows
from sample_data.load import count_people, is_wanted, load_sample, read_cast
from sample_data.people import ANCHOR
from services import clock
from services.audit import verify_chain
from services.commission import get_session, list_sessions
from services.due_work import JOBS, run_due
from services.importing.running import preview_import
from services.jobseekers.bulk_registration import upsert_jobseekers
from services.officers.demo_accounts import create_demo_accounts
from services.official_documents.extracts import list_extracts, read_extract
from services.official_documents.minutes import get_minutes
from services.policy.versions import get_policy
from services.rankings.ranking import list_excluded, rank_vacancy
from services.vacancies.vacancies import get_vacancy

if TYPE_CHECKING:
    from tests.conftest import Postgres


def quietly(over: int, total: int, month: str) -> None:
    assert 0 < over <= total


def register_somebody() -> None:
    with unit_of_work() as work:
        somebody = JobseekerForm(first_name_ka="ნიმუშა", last_name_ka="ნიმუშაძე")
        upsert_jobseekers(work.session, [("JS-2026-00001", somebody)], None)
        work.commit()


def count_by(column: Any) -> dict[Any, int]:
    with reading() as session:
        found = session.execute(select(column, func.count()).group_by(column))
        return {row[0]: row[1] for row in found}


def test_the_whole_sample_is_there_with_an_unbroken_audit_chain(sample_database: Engine) -> None:
    assert count_people() == (2000, 2000)
    assert verify_chain().problem is None


def test_a_version_of_the_weights_waits_for_a_manager(sample_database: Engine) -> None:
    first, second = get_policy(by=read_cast()["manager"]).versions
    assert (
        first.standing is VersionStanding.PROPOSED and second.standing is VersionStanding.IN_FORCE
    )
    assert first.valid_from > clock.today() + timedelta(30)


def test_every_status_of_the_process_is_there(sample_database: Engine) -> None:
    assert set(count_by(CandidacyRow.status)) == set(CandidacyStatus)
    assert set(count_by(VacancyRow.status)) == set(VacancyStatus)
    between = {SessionStatus.OPEN}  # a matter of minutes: the chair starts the voting
    assert set(count_by(CommissionSessionRow.status)) == set(SessionStatus) - between
    people = count_by(JobseekerRow.status)
    assert people[JobseekerStatus.WITHDRAWN] >= 10
    assert people[JobseekerStatus.PLACED] >= 5


def test_stays_abroad_stand_everywhere_and_agree_with_their_candidacies(
    sample_database: Engine,
) -> None:
    assert set(count_by(DeploymentRow.status)) == set(DeploymentStatus)
    with reading() as session:
        pairs = session.execute(
            select(DeploymentRow.status, CandidacyRow.status).join(
                CandidacyRow, CandidacyRow.id == DeploymentRow.candidacy_id
            )
        )
        wrong = [pair for pair in pairs if pair[1] not in CANDIDACY_OF_STAY[pair[0]]]
    assert wrong == []


def test_every_candidacy_went_its_way_step_by_step_in_the_past(sample_database: Engine) -> None:
    with reading() as session:
        events = session.scalars(select(CandidacyEventRow).order_by(CandidacyEventRow.id)).all()
        status = {row.id: row.status for row in session.scalars(select(CandidacyRow))}
    last: dict[int, CandidacyEventRow] = {}
    for event in events:
        before = last.get(event.candidacy_id)
        assert event.from_status == (before.to_status if before else None)
        if before is not None and event.from_status is not None:
            check_can_move(CANDIDACY, event.from_status, event.to_status)
            assert before.happened_at <= event.happened_at
        last[event.candidacy_id] = event
    assert {key: event.to_status for key, event in last.items()} == status
    months = {(event.happened_at.year, event.happened_at.month) for event in events}
    assert len(months) >= 8
    assert max(event.happened_at for event in events) <= clock.now()


def test_nothing_is_overdue_and_the_outbox_holds_a_handful(sample_database: Engine) -> None:
    done = run_due(tuple(job for job in JOBS if job.name != "messages"))
    assert set(done.values()) == {0}, done
    messages = count_by(MessageRow.status)
    assert 0 < messages[MessageStatus.WAITING] <= 40 and messages[MessageStatus.SENT] > 200
    assert 0 < messages[MessageStatus.FAILED] <= 40


def test_a_member_finds_something_to_vote_on(sample_database: Engine) -> None:
    member = read_cast()["member.ngo"]
    sessions = [get_session(number=s.number, by=member) for s in list_sessions(by=member)]
    states = {item.state for session in sessions for item in session.items}
    assert AgendaState.TO_DECLARE in states
    assert any(s.status is SessionStatus.PLANNED and s.items for s in sessions)


def test_the_public_reads_a_signed_session(sample_database: Engine) -> None:
    chair = read_cast()["chair"]
    (published,) = list_extracts()
    made = get_minutes(number=published.session_number, by=chair)
    assert made.status is OfficialDocumentStatus.SIGNED and len(made.files) == 4
    assert read_extract(published.session_number).extract.items


def test_the_drafts_show_what_hinders_publishing(sample_database: Engine) -> None:
    recruiter = read_cast()["recruiter"]
    hindered = {
        short: {check.name for check in vacancy.obstacles}
        for short in ("55", "56", "57", "58")
        if (vacancy := get_vacancy(number=f"VAC-SAMPLE-{short}", by=recruiter))
    }
    assert hindered["55"] == {"minimum_wage"}
    assert hindered["56"] == {"occupation", "protected_words"}
    assert {"start", "closing"} <= hindered["57"]
    assert "pay" in hindered["58"]


def test_rankings_are_rich(sample_database: Engine) -> None:
    recruiter = read_cast()["recruiter"]
    numbers = [f"VAC-SAMPLE-{place}" for place in range(20, 54, 2)]
    runs = [rank_vacancy(vacancy_number=number, by=recruiter) for number in numbers]
    assert sum(run.ranked >= 100 for run in runs) >= 15
    excluded = Counter[str]()
    for run in runs:
        excluded.update({group.gate: group.people for group in run.excluded})
    assert set(excluded) == set(GATE_SENTENCES)
    assert min(excluded.values()) >= 12


def test_near_misses_miss_by_what_they_say(sample_database: Engine) -> None:
    recruiter = read_cast()["recruiter"]
    gates = {
        "near miss: licence missing": "licence_missing",
        "near miss: does not wish this country": "country_not_wished",
        "near miss: available over two weeks late": "not_available",
    }
    run = rank_vacancy(vacancy_number="VAC-SAMPLE-53", by=recruiter)
    missed = [row for row in rows("cases.csv") if row["about"] == "VAC-SAMPLE-53"]
    for case, gate in gates.items():
        behind, _ = list_excluded(run_id=run.run_id, gate=gate, limit=2000, by=recruiter)
        only = {row.external_id for row in behind if row.sentences == (gate_sentence(gate),)}
        people = {row["external_id"] for row in missed if row["case"] == case}
        assert people <= only, case


@time_machine.travel(datetime.combine(ANCHOR, time(12), UTC), tick=False)
@pytest.mark.parametrize("kind", ImportKind)
def test_the_files_are_what_the_import_page_takes(
    sqlite_database: Engine, kind: ImportKind
) -> None:
    create_demo_accounts()
    content = (HERE / f"{kind.value}.csv").read_bytes()
    seen = preview_import(kind=kind, content=content, by=read_cast()["recruiter"])
    assert seen.problems == ()
    assert seen.accepted == {ImportKind.JOBSEEKERS: 2000, ImportKind.VACANCIES: 60}[kind]


@pytest.mark.long  # half a minute; each service it calls is tested on both databases
@pytest.mark.postgres
def test_the_sample_loads_on_postgresql(postgres: Postgres, tmp_path: Path) -> None:
    name = postgres.create_database()
    db.session.configure(
        Settings(database_url=postgres.url(name), data_dir=tmp_path, environment="test")
    )
    load_sample(progress=quietly)
    assert count_people() == (2000, 2000)
    assert verify_chain().problem is None
    db.session.engine().dispose()
    db.session._engine = None
    postgres.drop_database(name)


def test_the_sample_is_not_loaded_twice(sample_database: Engine) -> None:
    assert not is_wanted()
    for force in (False, True):
        with pytest.raises(Refused, match="already"):
            load_sample(progress=quietly, force=force)


def test_the_sample_keeps_away_from_other_people(sqlite_database: Engine) -> None:
    assert is_wanted()
    register_somebody()
    assert not is_wanted()
    with pytest.raises(Refused, match="other people"):
        load_sample(progress=quietly)
    assert count_people() == (0, 1)


def test_the_sample_is_never_loaded_in_production(settings: Settings) -> None:
    db.session.configure(replace(settings, environment="production"))
    assert not is_wanted()
    with pytest.raises(Refused, match="never"):
        load_sample(progress=quietly, force=True)
    db.session.engine().dispose()
    db.session._engine = None
