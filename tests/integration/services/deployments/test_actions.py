"""Transfers keep their history, extensions keep the law, lost people are found again."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from db.models import EmployerRow
from db.session import reading, unit_of_work
from domain.enums import DeploymentStatus as D
from domain.enums import EmployerStatus, EndReason, PayPeriod
from domain.exceptions import InvalidInput, Refused, StaleVersion
from domain.records.deployments import DeploymentFilter, EarlierStayForm, TransferForm
from domain.records.officer import Officer
from domain.stays import Stay
from services import clock
from services.deployments import actions, days, register
from services.deployments.consulates import consulate_of
from services.deployments.days import Planned, day_counters
from services.deployments.road import deployment_events, deployment_tasks
from tests.factories import histories, stays
from tests.factories.officers import officer

TODAY = clock.today()


def employer(name: str, status: EmployerStatus = EmployerStatus.VERIFIED) -> int:
    with unit_of_work() as work:
        now = clock.now()
        row = EmployerRow(name=name, status=status, created_at=now, updated_at=now)
        work.session.add(row)
        work.commit()
        return row.id


def season(start: date, length: int = 60, **more: Any) -> int:
    return histories.vacancy(
        start_on=start,
        end_on=start + timedelta(length - 1),
        pay_amount=Decimal(20),
        pay_currency="EUR",
        pay_period=PayPeriod.HOUR,
        hours_per_week=40,
        town="Altfeld",
        **more,
    )


def move(to: int | None = None, on: date = TODAY) -> TransferForm:
    return TransferForm(on, to, "Neufeld 3", None, "Frau Muster", None, "the first farm closed")


def working(**more: Any) -> str:
    start = TODAY - timedelta(20)
    return stays.stay(D.DEPARTED, D.ARRIVED, D.WORKING, vacancy=season(start, **more), on=start)


def test_a_transfer_keeps_what_was_before(sqlite_database: Engine) -> None:
    number, to, recruiter = working(), employer("Neuhof"), officer()
    actions.transfer(number=number, form=move(to), version=stays.read(number).version, by=recruiter)
    actions.transfer(
        number=number,
        form=replace(move(None), workplace_address="Drittfeld 1"),
        version=stays.read(number).version,
        by=recruiter,
    )
    stay = register.read_deployment(number=number, by=recruiter)
    assert (stay.status, stay.contacts.workplace_address) == (D.TRANSFERRED, "Drittfeld 1")
    assert [one.workplace_address for one in stay.former] == ["Altfeld", "Neufeld 3"]
    assert [one.employer for one in stay.former] == [None, "Neuhof"]
    assert stay.former[0].began_on == TODAY - timedelta(20)
    assert "20" in str(stay.former[0].pay)


def test_nobody_is_moved_to_a_suspended_employer(sqlite_database: Engine) -> None:
    number, to = working(), employer("Sperrhof", EmployerStatus.SUSPENDED)
    with pytest.raises(Refused, match="suspended"):
        actions.transfer(
            number=number, form=move(to), version=stays.read(number).version, by=officer()
        )


@pytest.mark.parametrize("status", [D.DEPARTED, D.ENDED, D.RETURNED])
def test_only_who_works_is_moved(sqlite_database: Engine, status: D) -> None:
    steps = (D.DEPARTED,) if status is D.DEPARTED else (D.DEPARTED, D.ARRIVED, status)
    number = stays.stay(*steps)
    with pytest.raises(Refused, match="works"):
        actions.transfer(
            number=number, form=move(), version=stays.read(number).version, by=officer()
        )


def extend(number: str, until: date, by: Officer | None = None) -> None:
    actions.extend(
        number=number,
        until=until,
        insurance_until=None,
        note="permit 12/2026",
        version=stays.read(number).version,
        by=by or officer(),
    )


def test_an_extension_moves_the_end_and_is_told(sqlite_database: Engine) -> None:
    number = working(scheme="de-agri")
    until = TODAY + timedelta(69)
    extend(number, until)
    row = stays.read(number)
    assert (row.ends_on, row.planned_return_on, row.status) == (until, until, D.WORKING)


def test_no_extension_beyond_ninety_days_in_the_scheme(sqlite_database: Engine) -> None:
    number = working(scheme="de-agri")
    with pytest.raises(Refused, match="90"):
        extend(number, TODAY + timedelta(70))
    assert stays.read(number).ends_on == TODAY + timedelta(39)


def test_earlier_days_abroad_shorten_what_can_be_extended(sqlite_database: Engine) -> None:
    number = working(scheme="de-agri")
    recruiter = officer(username="other")
    person = register.read_deployment(number=number, by=recruiter).external_id
    last = TODAY - timedelta(40)
    earlier = EarlierStayForm("FR", last - timedelta(29), last)
    days.add_earlier_stay(external_id=person, form=earlier, by=recruiter)
    with pytest.raises(Refused, match="over the limit"):
        extend(number, TODAY + timedelta(69), recruiter)
    stay = register.read_deployment(number=number, by=recruiter)
    counter = next(one for one in stay.counters if one.binds)
    assert (counter.today, counter.most, counter.limit) == (51, 90, 90)
    taken = next(one.earlier_id for one in stay.stays if one.earlier_id)
    days.remove_earlier_stay(external_id=person, earlier_id=taken, by=recruiter)
    extend(number, TODAY + timedelta(69), recruiter)


@pytest.mark.parametrize("until", [date(2020, 1, 1), TODAY + timedelta(39)])
def test_an_extension_ends_later_than_before(sqlite_database: Engine, until: date) -> None:
    with pytest.raises(InvalidInput, match="after"):
        extend(working(), until)


def test_an_earlier_stay_is_over_and_begins_before_it_ends(sqlite_database: Engine) -> None:
    number, recruiter = working(), officer()
    person = register.read_deployment(number=number, by=recruiter).external_id
    for first, last in ((TODAY, TODAY + timedelta(1)), (TODAY, TODAY - timedelta(1))):
        with pytest.raises(InvalidInput):
            days.add_earlier_stay(
                external_id=person, form=EarlierStayForm("FR", first, last), by=recruiter
            )


def test_days_count_only_since_the_country_belongs_to_the_area() -> None:
    from domain.records.deployments import StayAbroad

    bulgaria = StayAbroad("BG", date(2024, 12, 1), date(2025, 1, 10), None, 1, None, is_open=False)
    planned = Planned("DE", "de-agri", Stay(date(2025, 2, 1), date(2025, 2, 10)), "X")
    counter = day_counters([bulgaria], planned)[0]
    assert counter.most == 20  # ten days of January and ten of February


def test_the_directive_s_months_are_no_data_and_hold_nothing_back() -> None:
    planned = Planned("FR", None, Stay(date(2026, 2, 1), date(2026, 9, 10)), "X")
    found = {one.code: one for one in day_counters([], planned)}
    assert found["seasonal-directive"].limit is None
    assert "No data" in str(found["seasonal-directive"].sentence)
    assert not found["schengen-90-180"].binds


def test_nine_months_in_twelve_are_counted_in_days() -> None:
    planned = Planned("BG", "bg-seasonal", Stay(date(2026, 1, 1), date(2026, 9, 28)), "X")
    found = {one.code: one for one in day_counters([], planned)}["bg-seasonal-9-12"]
    assert (found.limit, found.most, found.over_from) == (270, 271, date(2026, 9, 28))


def record(number: str, after: D, by: object, **more: object) -> None:
    actions.record_step(
        number=number,
        after=after,
        on=TODAY,
        version=stays.read(number).version,
        by=by,  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )


def test_whoever_is_lost_waits_for_an_officer_until_found(sqlite_database: Engine) -> None:
    number, recruiter = working(), officer()
    with pytest.raises(InvalidInput, match="last heard"):
        record(number, D.LOST_CONTACT, recruiter)
    record(number, D.LOST_CONTACT, recruiter, note="telephone off since Monday")
    with reading() as session:
        tasks = list(deployment_tasks(session, recruiter))
    assert [task.query for task in tasks] == [{"deployment": number}]
    assert register.read_register(wanted=DeploymentFilter(), by=recruiter).rows[0].number == number
    record(number, D.WORKING, recruiter, note="called back")
    with reading() as session:
        assert list(deployment_tasks(session, recruiter)) == []
        story = list(deployment_events(session, stays.read(number).jobseeker_id))
    assert [str(event.what).rsplit(": ")[-1] for event in story] == [
        "planned", "arrived", "working", "lost_contact", "working",
    ]  # fmt: skip


def test_two_officers_record_one_step(sqlite_database: Engine) -> None:
    number, recruiter = working(), officer()
    seen = stays.read(number).version
    record(number, D.ENDED, recruiter, reason=EndReason.EMPLOYER_BREACH)
    with pytest.raises(StaleVersion):
        actions.record_step(
            number=number, after=D.LOST_CONTACT, on=TODAY, note="?", version=seen, by=recruiter
        )
    assert stays.read(number).end_reason == "employer_breach"


def test_the_register_counts_who_is_abroad_by_country(sqlite_database: Engine) -> None:
    working()
    stays.stay(D.DEPARTED, vacancy=histories.vacancy(country="IL"))
    stays.stay(D.DEPARTED, D.RETURNED)
    stays.stay()
    found = register.read_register(wanted=DeploymentFilter(), by=officer())
    assert {one.country: one.abroad for one in found.by_country} == {"DE": 1, "IL": 1}
    assert len(found.rows) == 3
    assert found.by_country[0].consulate.names is not None
    nowhere = consulate_of("XX", TODAY)
    assert (nowhere.names, nowhere.checked_on) == (None, None)


def test_who_is_past_the_agreed_end_is_late(sqlite_database: Engine) -> None:
    start = TODAY - timedelta(50)
    number = stays.stay(D.DEPARTED, D.ARRIVED, D.WORKING, vacancy=season(start, 40), on=start)
    recruiter = officer()
    found = register.read_register(wanted=DeploymentFilter(), by=recruiter)
    assert (found.rows[0].number, found.rows[0].days_left) == (number, -11)
    assert found.by_country[0].late == 1
    with reading() as session:
        assert "agreed end" in str(next(deployment_tasks(session, recruiter)).what)
