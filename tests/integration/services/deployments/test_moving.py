"""A stay abroad, its candidacy and the person's file move together, or not at all."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from db.models import AuditEventRow, CandidacyRow, DeploymentEventRow, DeploymentRow, JobseekerRow
from db.session import reading, unit_of_work
from domain.enums import CandidacyStatus as C
from domain.enums import DeploymentStatus as D
from domain.enums import EndReason, JobseekerStatus
from domain.exceptions import InvalidInput, InvalidTransition, LabourMigrationError, Refused
from domain.transitions import CANDIDACY, CANDIDACY_OF_STAY, DEPLOYMENT
from services import clock
from services.candidacies import move_candidacy
from services.deployments import move_deployment, plan_deployment
from tests.factories import histories, stays

HOME = {D.PLANNED, D.CANCELLED, D.RETURNED}


def agree(row: DeploymentRow, candidacy: CandidacyRow, person: JobseekerRow) -> bool:
    placed = person.status is JobseekerStatus.PLACED
    return candidacy.status in CANDIDACY_OF_STAY[row.status] and placed == (row.status not in HOME)


def put(session, number: str, status: D, candidacy_status: C):
    """The rows of a stay, set to stand somewhere without any history."""
    row = session.scalars(select(DeploymentRow).where(DeploymentRow.number == number)).one()
    candidacy = session.get_one(CandidacyRow, row.candidacy_id)
    person = session.get_one(JobseekerRow, row.jobseeker_id)
    row.status, candidacy.status = status, candidacy_status
    person.status = JobseekerStatus.ACTIVE if status in HOME else JobseekerStatus.PLACED
    session.flush()
    return row, candidacy, person


def test_every_step_of_the_life_cycle_takes_the_candidacy_along_and_no_other_is_taken(
    sqlite_database: Engine,
) -> None:
    number = stays.stay()
    taken = set()
    for before, after in product(D, D):
        for stands in sorted(CANDIDACY_OF_STAY[before]):
            with unit_of_work() as work:  # never committed
                row, candidacy, person = put(work.session, number, before, stands)
                try:
                    move_deployment(
                        work.session,
                        row,
                        after,
                        on=clock.today(),
                        reason=EndReason.HEALTH,
                        by=None,
                    )
                except LabourMigrationError:
                    work.session.flush()
                    assert (row.status, candidacy.status) == (before, stands)
                    continue
                assert agree(row, candidacy, person), (before, after, stands)
                taken.add((before, after))
    cycle = {(before, after) for before in D for after in DEPLOYMENT[before]}
    assert taken == cycle - {(D.CANCELLED, D.PLANNED)}


MOVES = st.one_of(st.sampled_from(sorted(D)), st.sampled_from(sorted(C)))


@hypothesis_settings(max_examples=40)
@given(moves=st.lists(MOVES, min_size=1, max_size=12))
def test_whatever_is_tried_in_whatever_order_the_three_agree(
    moves: list[D | C], stay_number: str
) -> None:
    with unit_of_work() as work:  # never committed
        row, candidacy, person = put(work.session, stay_number, D.PLANNED, C.PERMIT_GRANTED)
        for after in moves:
            try:
                if isinstance(after, D):
                    move_deployment(
                        work.session,
                        row,
                        after,
                        on=clock.today(),
                        reason=EndReason.OTHER,
                        by=None,
                    )
                elif after not in (C.DEPARTED, C.WORKING, C.RETURNED):
                    move_candidacy(work.session, candidacy, after, by=None)
                    if after is C.CONFIRMED:
                        plan_deployment(work.session, candidacy, by=None)
            except LabourMigrationError:
                continue
            work.session.flush()
            assert agree(row, candidacy, person), after


@pytest.fixture(scope="module")
def stay_number(sqlite_template, tmp_path_factory):
    """One stay in a database of this file's own: the walks are never committed."""
    import shutil

    import db.session
    from db.settings import Settings

    path = shutil.copyfile(sqlite_template, tmp_path_factory.mktemp("walks") / "app.db")
    engine = db.session.configure(
        Settings(database_url=f"sqlite:///{path}", data_dir=path.parent, environment="test")
    )
    yield stays.stay()
    engine.dispose()
    db.session._engine = None


@pytest.mark.parametrize("status", [C.DEPARTED, C.WORKING, C.RETURNED])
def test_a_candidacy_does_not_go_abroad_without_its_stay(
    sqlite_database: Engine, status: C
) -> None:
    before = next(one for one in C if status in CANDIDACY[one])
    with unit_of_work() as work:
        row = work.session.get_one(DeploymentRow, stays.read(stays.stay()).id)
        candidacy = work.session.get_one(CandidacyRow, row.candidacy_id)
        candidacy.status = before
        with pytest.raises(Refused, match="stay"):
            move_candidacy(work.session, candidacy, status, by=None)


def test_the_whole_way_leaves_its_days_steps_and_audit_events(database: Engine) -> None:
    number = stays.stay()
    days = [
        date(2026, 4, 1),
        date(2026, 4, 2),
        date(2026, 4, 3),
        date(2026, 6, 9),
        date(2026, 6, 11),
    ]
    for after, on in zip(
        (D.DEPARTED, D.ARRIVED, D.WORKING, D.ENDED, D.RETURNED), days, strict=True
    ):
        with unit_of_work() as work:
            row = work.session.get_one(DeploymentRow, stays.read(number).id)
            reason = EndReason.COMPLETED if after is D.ENDED else None
            move_deployment(work.session, row, after, on=on, reason=reason, by=None)
            work.commit()
    row = stays.read(number)
    assert [row.departed_on, row.arrived_on, row.ended_on, row.returned_on] == [
        days[0], days[1], days[3], days[4],
    ]  # fmt: skip
    assert row.end_reason == "completed"
    with reading() as session:
        person = session.get_one(JobseekerRow, row.jobseeker_id)
        steps = session.scalars(
            select(DeploymentEventRow.happened_on).where(
                DeploymentEventRow.deployment_id == row.id,
                DeploymentEventRow.to_status != D.PLANNED,
            )
        ).all()
        events = session.scalars(
            select(AuditEventRow.action).where(AuditEventRow.subject == person.external_id)
        ).all()
        last = session.scalar(select(func.max(AuditEventRow.seq)))
    assert list(steps) == days
    assert events.count("moved") == 5
    assert [e for e in events if e in ("departed", "working", "returned")] == [
        "departed", "working", "returned",
    ]  # fmt: skip
    assert person.status is JobseekerStatus.ACTIVE
    assert person.changed_seq == last  # rankings see the change


def test_planning_twice_plans_one_stay_with_the_terms_of_the_vacancy(
    sqlite_database: Engine,
) -> None:
    vacancy = histories.vacancy(
        start_on=date(2026, 4, 1), end_on=date(2026, 6, 9), hours_per_week=40, town="Nordfeld"
    )
    number = stays.stay(vacancy=vacancy)
    with unit_of_work() as work:
        candidacy = work.session.get_one(CandidacyRow, stays.read(number).candidacy_id)
        again = plan_deployment(work.session, candidacy, by=None)
        work.commit()
    assert again.number == number
    row = stays.read(number)
    assert (row.starts_on, row.ends_on, row.guaranteed_hours_week, row.workplace_address) == (
        date(2026, 4, 1), date(2026, 6, 9), 40, "Nordfeld",
    )  # fmt: skip


def test_nobody_plans_a_stay_before_the_candidate_has_confirmed(sqlite_database: Engine) -> None:
    id_ = histories.candidacy(
        histories.person(), histories.vacancy(), ("employer_selected", "2026-02-01")
    )
    with unit_of_work() as work, pytest.raises(Refused, match="confirmed"):
        plan_deployment(work.session, work.session.get_one(CandidacyRow, id_), by=None)


def test_whoever_withdraws_before_departure_has_no_stay_any_more(sqlite_database: Engine) -> None:
    number = stays.stay()
    with unit_of_work() as work:
        candidacy = work.session.get_one(CandidacyRow, stays.read(number).candidacy_id)
        move_candidacy(work.session, candidacy, C.WITHDRAWN, reason="ill", by=None)
        work.commit()
    assert stays.read(number).status is D.CANCELLED


def test_who_confirms_again_has_the_same_stay_again(sqlite_database: Engine) -> None:
    number = stays.stay()
    with unit_of_work() as work:
        candidacy = work.session.get_one(CandidacyRow, stays.read(number).candidacy_id)
        for step in (
            C.WITHDRAWN, C.PRESELECTED, C.COMMISSION_REVIEW, C.APPROVED, C.SENT,
            C.EMPLOYER_SELECTED, C.CONFIRMED,
        ):  # fmt: skip
            move_candidacy(work.session, candidacy, step, by=None)
        assert plan_deployment(work.session, candidacy, by=None).number == number
        work.commit()
    assert stays.read(number).status is D.PLANNED


@pytest.mark.parametrize("days", [1, 30])
def test_nothing_happens_in_the_future(sqlite_database: Engine, days: int) -> None:
    number = stays.stay()
    with unit_of_work() as work, pytest.raises(InvalidInput, match="future"):
        row = work.session.get_one(DeploymentRow, stays.read(number).id)
        on = clock.today() + timedelta(days)
        move_deployment(work.session, row, D.DEPARTED, on=on, by=None)


def test_steps_follow_each_other_in_time(sqlite_database: Engine) -> None:
    number = stays.stay(D.DEPARTED, on=date(2026, 4, 10))
    with unit_of_work() as work, pytest.raises(InvalidInput, match="before"):
        row = work.session.get_one(DeploymentRow, stays.read(number).id)
        move_deployment(work.session, row, D.ARRIVED, on=date(2026, 4, 9), by=None)


def test_work_does_not_end_without_a_reason(sqlite_database: Engine) -> None:
    number = stays.stay(D.DEPARTED, D.ARRIVED, D.WORKING)
    with unit_of_work() as work, pytest.raises(InvalidInput, match="why"):
        row = work.session.get_one(DeploymentRow, stays.read(number).id)
        move_deployment(work.session, row, D.ENDED, on=clock.today(), by=None)


def test_who_worked_is_not_found_on_the_way_again(sqlite_database: Engine) -> None:
    number = stays.stay(D.DEPARTED, D.ARRIVED, D.WORKING, D.LOST_CONTACT)
    with unit_of_work() as work, pytest.raises(Refused, match="working"):
        row = work.session.get_one(DeploymentRow, stays.read(number).id)
        move_deployment(work.session, row, D.ARRIVED, on=clock.today(), by=None)


def test_who_has_no_permit_does_not_depart(sqlite_database: Engine) -> None:
    id_ = histories.candidacy(histories.person(), histories.vacancy(), ("confirmed", "2026-02-01"))
    with unit_of_work() as work, pytest.raises(InvalidTransition):
        row = plan_deployment(work.session, work.session.get_one(CandidacyRow, id_), by=None)
        move_deployment(work.session, row, D.DEPARTED, on=clock.today(), by=None)


def test_a_withdrawn_file_is_not_put_back_by_coming_home(sqlite_database: Engine) -> None:
    number = stays.stay(D.DEPARTED)
    with unit_of_work() as work:
        row = work.session.get_one(DeploymentRow, stays.read(number).id)
        work.session.get_one(JobseekerRow, row.jobseeker_id).status = JobseekerStatus.WITHDRAWN
        move_deployment(work.session, row, D.RETURNED, on=clock.today(), by=None)
        work.commit()
        person = work.session.get_one(JobseekerRow, row.jobseeker_id)
    assert person.status is JobseekerStatus.WITHDRAWN
