"""Workers abroad are asked, answer once, and a broken promise opens a case."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select

from db.models import (
    CaseFileRow,
    CheckInAnswerRow,
    DeploymentRow,
    MessageRow,
    MonitoringCaseRow,
    PromiseComparisonRow,
)
from db.session import reading, unit_of_work
from domain.enums import (
    CaseCategory,
    CaseUrgency,
    CheckInStatus,
    DeploymentStatus,
    DocumentsKept,
    HousingTold,
    LinkPurpose,
    Role,
)
from domain.exceptions import InvalidInput, PermissionDenied, Refused, UnusableFile
from domain.records.monitoring import CheckInForm
from services import access_links, clock, due_work
from services.monitoring import answering
from services.monitoring.check_ins import (
    ask_check_ins,
    miss_check_ins,
    plan_check_ins,
    remind_check_ins,
)
from tests.factories.monitoring import ALL_WELL, asked, read_check_ins, worker
from tests.factories.officers import officer

S = CheckInStatus
BAD_PAY = replace(ALL_WELL, paid_amount=Decimal(120), deducted=Decimal(0))


def cases() -> list[MonitoringCaseRow]:
    with reading() as session:
        return list(session.scalars(select(MonitoringCaseRow)))


def messages(template: str) -> int:
    with reading() as session:
        query = select(func.count()).select_from(MessageRow).filter_by(template=template)
        return session.scalar(query) or 0


def statuses(deployment_id: int) -> list[CheckInStatus]:
    return [row.status for row in read_check_ins(deployment_id)]


def test_a_worker_is_asked_on_the_third_day_by_a_link_and_once(sqlite_database: Engine) -> None:
    stay = worker()
    due_work.run_due()
    assert set(statuses(stay)) == {S.PLANNED}
    clock.move(3)
    due_work.run_due()
    due_work.run_due()
    assert statuses(stay)[0] is S.ASKED
    assert messages("monitoring.check_in") == 1


def test_silence_is_reminded_of_and_then_missed_and_the_second_time_a_case(
    sqlite_database: Engine,
) -> None:
    officer(Role.INSPECTOR)
    stay = worker()
    plan_check_ins()
    clock.move(3)
    ask_check_ins()
    clock.move(2)
    assert (remind_check_ins(), remind_check_ins()) == (1, 0)
    clock.move(3)
    assert remind_check_ins() == 1
    clock.move(3)
    assert miss_check_ins() == 1
    assert cases() == []
    clock.move(3)
    ask_check_ins()
    clock.move(8)
    assert miss_check_ins() == 1
    (case,) = cases()
    assert (case.category, case.urgency) == (CaseCategory.NO_CONTACT, CaseUrgency.HIGH)
    assert case.deployment_id == stay
    assert case.owner_id is not None


def test_who_came_back_is_not_asked_any_more(sqlite_database: Engine) -> None:
    stay = worker()
    plan_check_ins()
    with unit_of_work() as work:
        work.session.get_one(DeploymentRow, stay).status = DeploymentStatus.RETURNED
        work.commit()
    clock.move(3)
    ask_check_ins()
    assert statuses(stay)[0] is S.CANCELLED
    assert messages("monitoring.check_in") == 0


def test_three_euros_an_hour_open_a_case_with_an_owner_and_a_clock(database: Engine) -> None:
    inspector = officer(Role.INSPECTOR)
    check_in, secret = asked()
    done = answering.answer_check_in(secret=secret, form=BAD_PAY, photos=())
    (case,) = cases()
    assert (done.case, case.check_in_id) == (case.number, check_in)
    assert (case.urgency, case.category) == (CaseUrgency.HIGH, CaseCategory.WAGE)
    assert case.owner_id == inspector.id
    assert case.act_until == case.opened_at + timedelta(hours=24)
    assert messages("monitoring.case_opened") == 1


def test_several_differences_are_one_case_and_several_lines(sqlite_database: Engine) -> None:
    check_in, secret = asked()
    form = replace(BAD_PAY, documents=DocumentsKept.EMPLOYER, housing=HousingTold.OTHER)
    answering.answer_check_in(secret=secret, form=form, photos=())
    (case,) = cases()
    assert case.urgency is CaseUrgency.RED
    with reading() as session:
        query = select(PromiseComparisonRow).filter_by(check_in_id=check_in, verdict="broken")
        assert len(session.scalars(query).all()) == 3


def test_all_well_opens_nothing(sqlite_database: Engine) -> None:
    _, secret = asked()
    assert answering.answer_check_in(secret=secret, form=ALL_WELL, photos=()).case is None
    assert cases() == []


def test_the_same_answer_sent_twice_is_one(sqlite_database: Engine) -> None:
    _, secret = asked()
    first = answering.answer_check_in(secret=secret, form=BAD_PAY, photos=())
    again = answering.answer_check_in(secret=secret, form=BAD_PAY, photos=())
    assert (first.is_new, again.is_new) == (True, False)
    assert again.case == first.case
    assert len(cases()) == 1


def test_another_answer_afterwards_is_sent_to_the_complaint(sqlite_database: Engine) -> None:
    _, secret = asked()
    answering.answer_check_in(secret=secret, form=ALL_WELL, photos=())
    with pytest.raises(Refused, match="answered already"):
        answering.answer_check_in(secret=secret, form=BAD_PAY, photos=())


def test_a_late_answer_still_counts(sqlite_database: Engine) -> None:
    stay = worker()
    check_in, secret = asked(stay)
    clock.move(9)
    miss_check_ins()
    assert statuses(stay) == [S.MISSED]
    answering.answer_check_in(secret=secret, form=BAD_PAY, photos=())
    assert statuses(stay) == [S.ANSWERED]
    assert [case.check_in_id for case in cases()] == [check_in]


@pytest.mark.parametrize("when", ["revoked", "expired"])
def test_a_closed_link_takes_no_answer(sqlite_database: Engine, when: str) -> None:
    check_in, secret = asked()
    if when == "expired":
        clock.move(400)
    else:
        with unit_of_work() as work:
            access_links.revoke_links(
                work.session,
                purpose=LinkPurpose.CHECK_IN,
                subject_id=check_in,
                reason="lost phone",
                by=None,
            )
            work.commit()
    with pytest.raises(Refused):
        answering.answer_check_in(secret=secret, form=ALL_WELL, photos=())


@pytest.mark.parametrize(
    "form",
    [
        CheckInForm(),
        replace(ALL_WELL, paid_currency=None),
        replace(ALL_WELL, paid_amount=Decimal(-1)),
        replace(ALL_WELL, hours_week=169),
        replace(ALL_WELL, told="ა" * 4001),
    ],
)
def test_what_cannot_be_is_asked_again(sqlite_database: Engine, form: CheckInForm) -> None:
    _, secret = asked()
    with pytest.raises(InvalidInput):
        answering.answer_check_in(secret=secret, form=form, photos=())


def test_a_file_that_is_no_photo_is_refused_and_nothing_is_kept(sqlite_database: Engine) -> None:
    check_in, secret = asked()
    with pytest.raises(UnusableFile):
        answering.answer_check_in(
            secret=secret, form=ALL_WELL, photos=(("room.jpg", b"MZ\x90\x00 a program"),)
        )
    with reading() as session:
        assert session.get(CheckInAnswerRow, check_in) is None
        assert session.scalars(select(CaseFileRow)).all() == []


def test_an_officer_writes_down_what_is_told_by_phone(sqlite_database: Engine) -> None:
    recruiter = officer()
    check_in, _ = asked()
    answering.record_answer(check_in_id=check_in, form=BAD_PAY, by=recruiter)
    with reading() as session:
        assert session.get_one(CheckInAnswerRow, check_in).answered_by == recruiter.id
    with pytest.raises(PermissionDenied):
        answering.record_answer(check_in_id=check_in, form=BAD_PAY, by=officer(Role.CHAIR))


def test_of_two_answers_in_the_same_second_one_is_kept(database: Engine) -> None:
    check_in, secret = asked()
    start = Barrier(2)

    def send(form: CheckInForm) -> Callable[[], object] | str | None:
        start.wait(10)
        try:
            return answering.answer_check_in(secret=secret, form=form, photos=()).case
        except Refused as refused:
            return str(refused.sentence)

    other = replace(BAD_PAY, housing=HousingTold.OTHER)
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(send, (BAD_PAY, other)))
    assert sum("answered already" in str(one) for one in told) == 1
    assert len(cases()) == 1
    with reading() as session:
        assert len(session.scalars(select(CheckInAnswerRow)).all()) == 1
