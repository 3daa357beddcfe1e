"""Nobody is written down as departed while something mandatory is open, and the reason is said."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, Executable, delete, select, text, update

from db.models import (
    CandidacyRow,
    DeploymentRow,
    JobseekerRow,
    OrientationCertificateRow,
    PermitFileRow,
    PermitPaperRow,
)
from db.session import reading, unit_of_work
from domain.enums import DeploymentStatus, JobseekerStatus, PermitPaperState, PermitStatus, Role
from domain.enums import PermitPaperState as Paper
from domain.exceptions import InvalidInput, LabourMigrationError, PermissionDenied, Refused
from services import clock
from services.preparation.departures import confirm_departure, record_no_show
from services.preparation.obstacles import departure_obstacles
from tests.factories import preparation as made
from tests.factories.officers import officer

pytestmark = pytest.mark.usefixtures("sqlite_database")


def obstacles(candidacy_id: int) -> list[str]:
    with reading() as session:
        return [str(one) for one in departure_obstacles(session, candidacy_id)]


def test_somebody_with_everything_in_hand_departs() -> None:
    by = officer()
    one = made.ready(by)
    assert obstacles(one) == []
    confirm_departure(candidacy_id=one, on=clock.today(), by=by)
    with reading() as session:
        candidacy = session.get_one(CandidacyRow, one)
        stay = session.scalars(select(DeploymentRow)).one()
        person = session.get_one(JobseekerRow, candidacy.jobseeker_id)
        assert candidacy.status.value == "departed"
        assert stay.status is DeploymentStatus.DEPARTED
        assert stay.departed_on == clock.today()
        assert person.status is JobseekerStatus.PLACED


def _stay(**values: object) -> Executable:
    return update(DeploymentRow).values(**values)


def _file(**values: object) -> Executable:
    return update(PermitFileRow).values(**values)


def _paper(code: str, **values: object) -> Executable:
    return update(PermitPaperRow).where(PermitPaperRow.code == code).values(**values)


def in_days(days: int) -> date:
    return clock.today() + timedelta(days)


ALONE: tuple[tuple[Callable[[], list[Executable]], str], ...] = (
    (lambda: [_stay(planned_departure_on=None)], "day of departure is not planned"),
    (lambda: [_stay(planned_return_on=None)], "day of return is not planned"),
    (lambda: [_stay(emergency_phone=None)], "called in an emergency"),
    (
        lambda: [
            text("DROP TRIGGER orientation_certificates_no_delete"),
            delete(OrientationCertificateRow),
        ],
        "no certificate of orientation",
    ),
    (lambda: [_file(status=PermitStatus.SUBMITTED)], "is not granted"),
    (lambda: [_file(valid_from=in_days(3))], "after the planned departure"),
    (lambda: [_file(valid_until=in_days(3))], "before the planned return"),
    (lambda: [_paper("insurance", state=Paper.MISSING)], "is missing"),
    (lambda: [_paper("insurance", state=Paper.ASKED)], "is missing"),
    (lambda: [_paper("insurance", state=Paper.RECEIVED)], "nobody has checked"),
    (lambda: [_paper("insurance", state=Paper.UNFIT)], "not usable"),
    (lambda: [_paper("insurance", valid_until=in_days(30))], "is needed until"),
    (lambda: [_paper("passport", valid_until=in_days(200))], "6 months after the planned return"),
    (lambda: [_paper("passport", valid_until=None)], "until when it is valid"),
    (lambda: [_stay(contract_signed_on=None)], "not signed yet"),
    (lambda: [_stay(insurance_until=in_days(3))], "insurance ends on"),
)


def test_each_open_thing_alone_keeps_somebody_here() -> None:
    one = made.ready(officer())
    for spoil, said in ALONE:
        with unit_of_work() as work:  # never committed: the next one begins whole again
            for statement in spoil():
                work.session.execute(statement)
            found = [str(reason) for reason in departure_obstacles(work.session, one)]
        assert len(found) == 1, (said, found)
        assert said in found[0]
    assert obstacles(one) == []


def test_a_departure_is_refused_with_every_reason() -> None:
    by = officer()
    one = made.ready(by)
    with unit_of_work() as work:
        work.session.execute(_stay(emergency_name=None))
        work.session.execute(_paper("passport", valid_until=in_days(200)))
        work.commit()
    with pytest.raises(Refused, match=r"emergency.*6 months after the planned return"):
        confirm_departure(candidacy_id=one, on=clock.today(), by=by)
    assert made.status_of(one) == "permit_granted"


def test_whoever_only_confirmed_reads_everything_that_is_open() -> None:
    by = officer()
    one = made.confirmed()
    assert len(obstacles(one)) == 5
    with pytest.raises(Refused, match="certificate of orientation"):
        confirm_departure(candidacy_id=one, on=clock.today(), by=by)


def test_an_optional_paper_keeps_nobody() -> None:
    by = officer()
    one = made.ready(by)
    made.set_paper(one, "travel", by, state=PermitPaperState.MISSING)
    assert obstacles(one) == []


def test_a_departure_is_not_confirmed_before_it_happens() -> None:
    by = officer()
    one = made.ready(by)
    with pytest.raises(InvalidInput, match="once the person has gone"):
        confirm_departure(candidacy_id=one, on=clock.today() + timedelta(1), by=by)


def test_who_did_not_depart_ends_here_and_the_stay_is_cancelled() -> None:
    by = officer()
    one = made.ready(by)
    with pytest.raises(InvalidInput):
        record_no_show(candidacy_id=one, reason="ill", by=by)
    record_no_show(candidacy_id=one, reason="did not come to the airport", by=by)
    assert made.status_of(one) == "no_show"
    with reading() as session:
        assert session.scalars(select(DeploymentRow)).one().status is DeploymentStatus.CANCELLED
        assert session.scalars(select(PermitFileRow)).one().status.value == "cancelled"


def test_nobody_is_a_no_show_before_the_day() -> None:
    by = officer()
    one = made.confirmed()
    made.plan(one, by)
    made.certified(one, by)
    made.granted(one, by)
    with pytest.raises(Refused, match="is known then"):
        record_no_show(candidacy_id=one, reason="did not come to the airport", by=by)


def test_a_manager_reads_and_changes_nothing() -> None:
    one = made.ready(officer())
    with pytest.raises(PermissionDenied):
        confirm_departure(candidacy_id=one, on=clock.today(), by=officer(Role.MANAGER))


def test_an_unknown_candidacy_is_not_found(sqlite_database: Engine) -> None:
    with pytest.raises(LabourMigrationError, match="no such candidacy"):
        obstacles(4711)
