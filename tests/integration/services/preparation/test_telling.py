"""People are told of each step before their departure, once, and nothing that is not for an SMS."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import MessageRow
from db.session import reading
from domain.enums import MessageChannel, PermitRefusal
from domain.records.officer import Officer
from domain.records.preparation import OrientationForm
from services import clock
from services.notifications.letters import words
from services.preparation.departures import plan_departure
from services.preparation.orientations import (
    cancel_orientation,
    invite_to_orientation,
    plan_orientation,
    take_off_orientation,
)
from services.preparation.permits import open_permit_file, refuse_permit, submit_application
from tests.factories import preparation as made
from tests.factories.officers import officer

pytestmark = pytest.mark.usefixtures("sqlite_database")


def told() -> list[str]:
    """Which messages were queued, in their order."""
    return [row.template.removeprefix("preparation.") for row in rows()]


def rows() -> list[MessageRow]:
    with reading() as session:
        query = select(MessageRow).where(MessageRow.template.startswith("preparation."))
        return list(session.scalars(query.order_by(MessageRow.id)))


def sms(row: MessageRow) -> str:
    return words(row, MessageChannel.SMS, "ka", {})[1]


def session_by(by: Officer, place: str = "თბილისი") -> str:
    start = clock.now() + timedelta(3)
    form = OrientationForm(starts_at=start, place=place, trainer="ნინო ტესტაძე")
    return plan_orientation(form=form, by=by)


def test_an_invitation_says_when_and_where_and_each_change_is_told() -> None:
    by, one = officer(), made.confirmed()
    number = session_by(by, "კოსტავას ქუჩა 1")
    invite_to_orientation(number=number, candidacy_ids=[one], by=by)
    assert "კოსტავას ქუჩა 1" in sms(rows()[0])
    take_off_orientation(number=number, candidacy_id=one, by=by)
    invite_to_orientation(number=number, candidacy_ids=[one], by=by)
    cancel_orientation(number=number, reason="the trainer is ill", by=by)
    assert told() == ["invited", "place_cancelled", "invited", "place_cancelled"]
    assert not any("ill" in sms(row) for row in rows())


def test_who_was_taken_off_is_not_told_again_when_the_session_is_called_off() -> None:
    by, one, other = officer(), made.confirmed(), made.confirmed()
    number = session_by(by)
    invite_to_orientation(number=number, candidacy_ids=[one, other], by=by)
    take_off_orientation(number=number, candidacy_id=one, by=by)
    cancel_orientation(number=number, reason="the trainer is ill", by=by)
    assert told() == ["invited", "invited", "place_cancelled", "place_cancelled"]


def test_a_planned_departure_is_told_when_its_day_is_set_or_changes() -> None:
    by, one = officer(), made.confirmed()
    plan = made.plan(one, by)
    plan_departure(candidacy_id=one, plan=replace(plan, emergency_phone="+995555000103"), by=by)
    assert told() == ["departure_planned"]
    assert plan.departure_on is not None
    later = replace(plan, departure_on=plan.departure_on + timedelta(1))
    plan_departure(candidacy_id=one, plan=later, by=by)
    plan_departure(candidacy_id=one, plan=plan, by=by)
    assert told() == ["departure_planned"] * 3
    assert f"{plan.departure_on:%d.%m.%Y}" in sms(rows()[-1])


def test_a_granted_permit_is_told_without_its_number() -> None:
    by, one = officer(), made.confirmed()
    made.granted(one, by)
    assert told() == ["permit_granted"]
    assert "BA-1" not in sms(rows()[0])


def test_a_refused_permit_is_told_without_the_reason() -> None:
    by, one = officer(), made.confirmed()
    open_permit_file(candidacy_id=one, by=by)
    for code in made.papers(one):
        made.set_paper(one, code, by)
    submit_application(candidacy_id=one, on=clock.today(), by=by)
    refuse_permit(
        candidacy_id=one,
        decided_on=clock.today(),
        refusal=PermitRefusal.ENTRY_BAN,
        text="banned until 2030",
        by=by,
    )
    assert told() == ["permit_refused"]
    assert "2030" not in str(rows()[0].facts)
