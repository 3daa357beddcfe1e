"""What one area of the road does to the records of another: nobody is held by nobody's doing."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from db.models import (
    AuditEventRow,
    CandidacyRow,
    DeploymentRow,
    EmployerAnswerRow,
    HoldRow,
    InterviewSlotRow,
    JobseekerRow,
    MessageRow,
    OrientationPlaceRow,
    PackageRow,
    PermitFileRow,
    VacancyRow,
)
from db.session import reading, unit_of_work
from domain.enums import (
    AnswerChannel,
    Attendance,
    CandidacyStatus,
    CaseCategory,
    CaseChannel,
    CaseUrgency,
    CheckInStatus,
    DeploymentStatus,
    EmployerChoice,
    EndReason,
    PermitStatus,
    RejectionReason,
    Role,
)
from domain.exceptions import InvalidInput, Refused
from domain.records.answers import AnswerForm, GivenAnswer, ProposedSlot
from domain.records.monitoring import CaseForm
from domain.records.preparation import OrientationForm
from services import clock
from services.answers.candidate import record_reply
from services.answers.due import settle_silence
from services.answers.employer import answer_by_link
from services.answers.interviews import choose_slot
from services.answers.reading import open_package
from services.answers.taking_back import cancel_place, new_candidate_link
from services.candidacies import move_candidacy
from services.deployments import move_deployment
from services.due_cases import settle_each
from services.due_work import run_due
from services.jobseekers.registration import withdraw_jobseeker
from services.monitoring.cases import get_case, list_cases
from services.monitoring.check_ins import miss_check_ins, remind_check_ins
from services.monitoring.complaints import register_case
from services.monitoring.handling import take_case
from services.monitoring.road import monitoring_events
from services.monitoring.suspensions import suspend_until
from services.preparation.departures import confirm_departure
from services.preparation.orientations import invite_to_orientation, plan_orientation
from services.preparation.permits import open_permit_file
from services.sending.board import get_board
from services.sending.ending import call_package_back, expire_packages
from services.sending.leaving import withdraw_candidacy
from services.vacancies.vacancies import close_vacancy
from tests.factories import cvs, monitoring, preparation, sending
from tests.factories.officers import officer
from tests.factories.packages import Sent, candidacy, people, sent_again, sent_package
from tests.integration.ui.visiting import fill_in, visit

C = CandidacyStatus
SELECT, RESERVE = EmployerChoice.SELECT, EmployerChoice.RESERVE
REJECT, TALK = EmployerChoice.REJECT, EmployerChoice.TALK


def said(sent: Sent, *choices: EmployerChoice, moves_up: bool = False) -> None:
    answers = tuple(
        GivenAnswer(one, choice, RejectionReason.LANGUAGE if choice is REJECT else None)
        for one, choice in zip(sent.candidacies, choices, strict=False)
    )
    answer_by_link(secret=sent.secret, form=AnswerForm(answers, (), moves_up))


def status(candidacy_id: int) -> CandidacyStatus:
    with reading() as session:
        return session.get_one(CandidacyRow, candidacy_id).status


def held(candidacy_id: int) -> bool:
    with reading() as session:
        query = select(HoldRow).where(
            HoldRow.candidacy_id == candidacy_id, HoldRow.released_at.is_(None)
        )
        return session.scalars(query).one_or_none() is not None


def moved(candidacy_id: int, *steps: CandidacyStatus) -> None:
    with unit_of_work() as work:
        row = work.session.get_one(CandidacyRow, candidacy_id)
        for step in steps:
            move_candidacy(work.session, row, step, by=None)
        work.commit()


def number_of(sent: Sent) -> str:
    with reading() as session:
        return session.get_one(VacancyRow, sent.vacancy_id).number


def told(template: str) -> int:
    with reading() as session:
        return len(session.scalars(select(MessageRow).where(MessageRow.template == template)).all())


def test_an_answer_to_an_earlier_package_does_not_answer_the_next(
    sqlite_database: Engine,
) -> None:
    by = officer()
    sent = sent_package(people(1))
    (one,) = sent.candidacies
    said(sent, SELECT)
    withdraw_candidacy(candidacy_id=one, reason="Ill; may ask again", by=by)
    moved(one, C.PRESELECTED, C.COMMISSION_REVIEW, C.APPROVED)
    again = sent_again(sent)
    assert open_package(secret=again.secret).people[0].answers == ()
    said(again, SELECT)
    assert status(one) is C.EMPLOYER_SELECTED
    assert told("answers.selected") == 2


def test_an_interview_asked_for_again_in_a_new_package_is_told_again(
    sqlite_database: Engine,
) -> None:
    by = officer()
    sent = sent_package(people(1))
    said(sent, TALK)
    call_package_back(number=sent.number, reason="wrong cover letter", by=by)
    again = sent_again(sent)
    said(again, TALK)
    assert told("answers.interview") == 2


def test_signs_that_no_text_may_hold_are_taken_out_of_a_public_form(
    sqlite_database: Engine,
) -> None:
    sent = sent_package(people(1))
    one = sent.candidacies[0]
    fields = {
        f"answer.{one}": "reject",
        f"why.{one}": "language",
        f"note.{one}": "No\x00 ger\x0bman \u202e\ufffeთქვენ 🍇",
    }
    assert fill_in(f"/public/package/{sent.secret}", fields).status in (200, 303)
    with reading() as session:
        note = session.scalars(select(EmployerAnswerRow.note)).one()
    assert note == "No german თქვენ 🍇"


def test_a_time_for_an_interview_is_free_again_when_the_candidate_leaves(
    sqlite_database: Engine,
) -> None:
    by = officer()
    sent = sent_package(people(2))
    at = clock.now() + timedelta(days=5)
    slots = (ProposedSlot(at, "Phone"), ProposedSlot(at + timedelta(hours=1), "Phone"))
    answers = tuple(GivenAnswer(one, TALK) for one in sent.candidacies)
    answer_by_link(secret=sent.secret, form=AnswerForm(answers, slots))
    with reading() as session:
        first, second = session.scalars(select(InterviewSlotRow.id)).all()
    choose_slot(candidacy_id=sent.candidacies[0], slot_id=first, by=by)
    choose_slot(candidacy_id=sent.candidacies[1], slot_id=second, by=by)
    withdraw_candidacy(candidacy_id=sent.candidacies[0], reason="Found work here", by=by)
    call_package_back(number=sent.number, reason="wrong cover letter", by=by)
    with reading() as session:
        assert set(session.scalars(select(InterviewSlotRow.candidacy_id))) == {None}


def test_closing_a_vacancy_lets_go_of_whoever_can_be_sent_no_more(
    sqlite_database: Engine,
) -> None:
    by = officer()
    waiting, second = people(2)
    sent = sent_package(people(2), in_reserve=[second])
    with unit_of_work() as work:
        approved = candidacy(work.session, sent.vacancy_id, waiting, (C.APPROVED,)).id
        work.commit()
    close_vacancy(number=number_of(sent), by=by)
    assert status(approved) is C.WITHDRAWN
    assert [status(one) for one in sent.candidacies] == [C.SENT, C.SENT]
    said(sent, SELECT)
    clock.move(11)
    expire_packages()
    # The chosen one goes on; the one who was not answered about is free for other work.
    assert [status(one) for one in sent.candidacies] == [C.EMPLOYER_SELECTED, C.WITHDRAWN]
    with reading() as session:
        assert not list(
            session.scalars(
                select(CandidacyRow.id).where(CandidacyRow.status.in_((C.APPROVED, C.RESERVE)))
            )
        )


def test_whoever_left_the_register_is_chosen_by_nobody(sqlite_database: Engine) -> None:
    by = officer()
    sent = sent_package(people(3))
    said(sent, RESERVE, REJECT)
    for one in sent.candidacies[:2]:
        if status(one) is C.EMPLOYER_RESERVE:
            with reading() as session:
                person = session.get_one(
                    JobseekerRow, session.get_one(CandidacyRow, one).jobseeker_id
                )
                who, version = person.external_id, person.version
            with pytest.raises(Refused, match=number_of(sent)):
                withdraw_jobseeker(external_id=who, reason="Wants no work", version=version, by=by)
            withdraw_candidacy(candidacy_id=one, reason="Wants no work", by=by)
        with reading() as session:
            person = session.get_one(JobseekerRow, session.get_one(CandidacyRow, one).jobseeker_id)
            who, version = person.external_id, person.version
        withdraw_jobseeker(external_id=who, reason="Wants no work", version=version, by=by)
    assert status(sent.candidacies[0]) is C.WITHDRAWN
    for place in (0, 1):
        form = AnswerForm((GivenAnswer(sent.candidacies[place], SELECT),))
        with pytest.raises((Refused, InvalidInput)):
            answer_by_link(secret=sent.secret, form=form)
    assert len(open_package(secret=sent.secret).people) == 2
    assert told("answers.selected") == 0


def suspended(sent: Sent, days: int = 30) -> None:
    with reading() as session:
        employer = session.get_one(PackageRow, sent.package_id).employer_id
    suspend_until(
        employer_id=employer,
        from_on=clock.today(),
        until_on=clock.today() + timedelta(days),
        reason="Pay held back",
        by=officer(Role.MANAGER),
    )


def test_a_suspended_employer_chooses_nobody_and_strands_nobody(sqlite_database: Engine) -> None:
    sent = sent_package(people(3))
    said(sent, RESERVE)
    suspended(sent)
    with pytest.raises(Refused, match="suspended"):
        said(sent, SELECT)
    answer_by_link(
        secret=sent.secret,
        form=AnswerForm((GivenAnswer(sent.candidacies[1], REJECT, RejectionReason.LANGUAGE),)),
    )
    clock.move(11)
    expire_packages()
    assert status(sent.candidacies[2]) is C.APPROVED
    assert not any(held(one) for one in sent.candidacies)


def test_the_reserve_of_a_suspended_employer_does_not_move_up(sqlite_database: Engine) -> None:
    by = officer()
    sent = sent_package(people(2))
    said(sent, SELECT, RESERVE, moves_up=True)
    suspended(sent)
    record_reply(candidacy_id=sent.candidacies[0], goes=True, channel=AnswerChannel.PHONE, by=by)
    withdraw_candidacy(candidacy_id=sent.candidacies[0], reason="Found work here", by=by)
    assert status(sent.candidacies[1]) is C.EMPLOYER_RESERVE


def test_nobody_departs_to_a_suspended_employer(sqlite_database: Engine) -> None:
    by = officer()
    one = preparation.ready(by)
    sent = sent_package(people(1))
    with unit_of_work() as work:
        row = work.session.get_one(CandidacyRow, one)
        vacancy = work.session.get_one(VacancyRow, row.vacancy_id)
        vacancy.employer_id = work.session.get_one(PackageRow, sent.package_id).employer_id
        work.commit()
    suspended(sent)
    with pytest.raises(Refused, match="suspended"):
        confirm_departure(candidacy_id=one, on=clock.today(), by=by)
    clock.move(31)
    confirm_departure(candidacy_id=one, on=clock.today(), by=by)


def permit_of(candidacy_id: int) -> PermitStatus:
    with reading() as session:
        query = select(PermitFileRow.status).where(PermitFileRow.candidacy_id == candidacy_id)
        return session.scalars(query).one()


@pytest.mark.parametrize("leaves", ["person", "employer"])
def test_papers_and_seats_of_whoever_leaves_end_too(sqlite_database: Engine, leaves: str) -> None:
    by = officer()
    one = preparation.confirmed()
    start = clock.now() + timedelta(days=3)
    form = OrientationForm(starts_at=start, place="თბილისი", trainer="ნინო ტესტაძე")
    session_number = plan_orientation(form=form, by=by)
    invite_to_orientation(number=session_number, candidacy_ids=[one], by=by)
    open_permit_file(candidacy_id=one, by=by)
    if leaves == "person":
        withdraw_candidacy(candidacy_id=one, reason="Ill", by=by)
    else:
        cancel_place(candidacy_id=one, note="No work this year", by=by)
    assert permit_of(one) is PermitStatus.CANCELLED
    with reading() as session:
        places = session.scalars(select(OrientationPlaceRow.attendance)).all()
    assert places == [Attendance.TAKEN_OFF]


def test_whoever_confirms_again_has_a_file_that_goes_on(sqlite_database: Engine) -> None:
    by = officer()
    one = preparation.confirmed()
    preparation.granted(one, by)
    withdraw_candidacy(candidacy_id=one, reason="Ill", by=by)
    moved(
        one,
        C.PRESELECTED,
        C.COMMISSION_REVIEW,
        C.APPROVED,
        C.SENT,
        C.EMPLOYER_SELECTED,
        C.CONFIRMED,
    )
    preparation.granted(one, by)
    assert (status(one), permit_of(one)) == (C.PERMIT_GRANTED, PermitStatus.GRANTED)


def test_who_came_back_is_not_sought_for_a_check_in_left_open(sqlite_database: Engine) -> None:
    stay_id = monitoring.worker()
    monitoring.asked(stay_id)
    with unit_of_work() as work:
        stay = work.session.get_one(DeploymentRow, stay_id)
        today = clock.today()
        move_deployment(
            work.session,
            stay,
            DeploymentStatus.RETURNED,
            on=today,
            reason=EndReason.OTHER,
            by=None,
        )
        work.commit()
    for _ in range(2):
        clock.move(10)
        remind_check_ins()
        miss_check_ins()
    assert told("monitoring.check_in_reminder") == 0
    assert [one.status for one in monitoring.read_check_ins(stay_id)] == [CheckInStatus.CANCELLED]


def test_nobody_is_sent_for_places_that_are_all_taken(sqlite_database: Engine) -> None:
    by = officer()
    where = sending.opening(by, positions=1)
    person = sending.somebody(by)
    sending.agreed(person, where, by)
    waits = cvs.approved(person, where.vacancy_id)
    (taker,) = people(1)
    with unit_of_work() as work:
        steps = (C.APPROVED, C.SENT, C.EMPLOYER_SELECTED, C.CONFIRMED)
        candidacy(work.session, where.vacancy_id, taker, steps)
        work.commit()
    with pytest.raises(Refused, match="place"):
        sending.sent(by, where, waits)
    board = get_board(vacancy_number=where.number, by=by)
    assert board.refusal is not None


def test_one_case_that_fails_does_not_hold_up_those_behind_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done = []

    def settle(number: int) -> bool:
        if number == 1:
            raise RuntimeError("Nino Katsadze, 01001000001")
        done.append(number)
        return True

    assert settle_each("packages", (1, 2, 3), settle) == 2
    assert done == [2, 3]
    assert "Katsadze" not in caplog.text
    assert "packages" in caplog.text


def test_whose_stay_an_anonymous_complaint_is_about_only_inspectors_read(
    sqlite_database: Engine,
) -> None:
    stay_id = monitoring.worker()
    recruiter, inspector = officer(), officer(Role.INSPECTOR)
    form = CaseForm(
        channel=CaseChannel.HOTLINE,
        category=CaseCategory.WAGE,
        urgency=CaseUrgency.NORMAL,
        text="They keep the pay back.",
        deployment_id=stay_id,
        is_anonymous=True,
    )
    number = register_case(form=form, by=recruiter).number
    take_case(number=number, by=inspector)
    assert list_cases(deployment_id=stay_id, by=recruiter) == ()
    assert [one.deployment for one in list_cases(by=recruiter)] == [None]
    seen = get_case(number=number, by=recruiter)
    assert (seen.summary.deployment, seen.deployment_status, seen.external_id) == (None, None, None)
    assert [one.number for one in list_cases(deployment_id=stay_id, by=inspector)] == [number]
    assert get_case(number=number, by=inspector).external_id is not None
    with reading() as session:
        stay = session.get_one(DeploymentRow, stay_id)
        person = session.get_one(JobseekerRow, stay.jobseeker_id)
        assert not list(monitoring_events(session, person.id))
        about = select(AuditEventRow.action).where(
            AuditEventRow.entity == "monitoring_case", AuditEventRow.subject.is_not(None)
        )
        assert session.scalars(about).all() == []


def test_work_that_is_over_is_offered_to_nobody_after_a_long_pause(
    sqlite_database: Engine,
) -> None:
    sent = sent_package(people(2))
    said(sent, SELECT, RESERVE, moves_up=True)
    clock.move(600)
    assert settle_silence() == 1
    assert [status(one) for one in sent.candidacies] == [C.NO_ANSWER, C.EMPLOYER_RESERVE]


def test_every_due_job_after_a_pause_of_200_days_runs_and_has_nothing_left(
    sqlite_database: Engine,
) -> None:
    by = officer()
    officer(Role.INSPECTOR)
    sent_package(people(2))
    chosen = sent_package(people(2))
    said(chosen, SELECT, RESERVE, moves_up=True)
    one = preparation.ready(by)
    confirm_departure(candidacy_id=one, on=clock.today(), by=by)
    stay_id = monitoring.worker(planned_return_on=clock.today() + timedelta(days=100))
    monitoring.asked(stay_id)
    run_due()
    clock.move(200)
    first = run_due()
    assert -1 not in first.values()
    again = run_due()
    assert {name: count for name, count in again.items() if count} == {}
    assert status(chosen.candidacies[0]) is C.NO_ANSWER


def test_whoever_is_with_no_employer_any_more_does_not_read_to_be_on_the_way(
    sqlite_database: Engine,
) -> None:
    by = officer()
    sent = sent_package(people(1))
    said(sent, TALK)
    address = new_candidate_link(candidacy_id=sent.candidacies[0], by=by)
    call_package_back(number=sent.number, reason="wrong cover letter", by=by)
    text = visit(address[address.index("/public/") :], lang="en").text
    assert "You are on your way" not in text
    assert "The agency calls you" in text
