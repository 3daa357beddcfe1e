"""Nobody is written down as departed while something mandatory is open, and the reason is said."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, text, update

from db.models import CandidacyRow, DeploymentRow, JobseekerRow, PermitFileRow
from db.session import reading, unit_of_work
from domain.enums import DeploymentStatus, JobseekerStatus, PermitPaperState
from domain.exceptions import InvalidInput, LabourMigrationError, PermissionDenied, Refused
from domain.records.officer import Officer
from services import clock
from services.preparation.departures import confirm_departure, record_no_show
from services.preparation.obstacles import departure_obstacles
from tests.factories import preparation as made
from tests.factories.officers import Role, officer

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


def _without_plan(one: int, by: Officer) -> None:
    _set_stay(one, planned_departure_on=None)


def _without_return(one: int, by: Officer) -> None:
    _set_stay(one, planned_return_on=None)


def _without_anybody_to_call(one: int, by: Officer) -> None:
    _set_stay(one, emergency_phone=None)


def _set_stay(one: int, **values: object) -> None:
    with unit_of_work() as work:
        work.session.execute(
            update(DeploymentRow).where(DeploymentRow.candidacy_id == one).values(**values)
        )
        work.commit()


def _set_file(one: int, **values: object) -> None:
    with unit_of_work() as work:
        work.session.execute(
            update(PermitFileRow).where(PermitFileRow.candidacy_id == one).values(**values)
        )
        work.commit()


def _without_certificate(one: int, by: Officer) -> None:
    with unit_of_work() as work:
        work.session.execute(text("DROP TRIGGER orientation_certificates_no_delete"))
        work.session.execute(text("DELETE FROM orientation_certificates"))
        work.commit()


def _permit_too_late(one: int, by: Officer) -> None:
    _set_file(one, valid_from=clock.today() + timedelta(3))


def _permit_too_short(one: int, by: Officer) -> None:
    _set_file(one, valid_until=clock.today() + timedelta(3))


def _insurance_missing(one: int, by: Officer) -> None:
    made.set_paper(one, "insurance", by, state=PermitPaperState.MISSING)


def _insurance_unchecked(one: int, by: Officer) -> None:
    made.set_paper(one, "insurance", by, state=PermitPaperState.RECEIVED)


def _insurance_unfit(one: int, by: Officer) -> None:
    made.set_paper(one, "insurance", by, state=PermitPaperState.UNFIT, note="unreadable")


def _insurance_ends_early(one: int, by: Officer) -> None:
    made.set_paper(one, "insurance", by, valid_until=clock.today() + timedelta(30))


def _passport_short(one: int, by: Officer) -> None:
    made.set_paper(one, "passport", by, valid_until=clock.today() + timedelta(200))


def _passport_undated(one: int, by: Officer) -> None:
    made.set_paper(one, "passport", by, valid_until=None)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_without_plan, "day of departure is not planned"),
        (_without_return, "day of return is not planned"),
        (_without_anybody_to_call, "called in an emergency"),
        (_without_certificate, "no certificate of orientation"),
        (_permit_too_late, "after the planned departure"),
        (_permit_too_short, "before the planned return"),
        (_insurance_missing, "is missing"),
        (_insurance_unchecked, "nobody has checked"),
        (_insurance_unfit, "not usable"),
        (_insurance_ends_early, "is needed until"),
        (_passport_short, "6 months after the planned return"),
        (_passport_undated, "until when it is valid"),
    ],
)
def test_each_open_thing_alone_keeps_somebody_here(
    spoil: Callable[[int, Officer], None], said: str
) -> None:
    by = officer()
    one = made.ready(by)
    spoil(one, by)
    found = obstacles(one)
    assert any(said in reason for reason in found), found
    assert len(found) == 1, found
    with pytest.raises(Refused, match=said):
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
