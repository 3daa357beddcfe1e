"""An employer's answers: what they do, what stops them, and who has a person chosen twice."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine, select

from db.models import CandidacyRow, EmployerAnswerRow, HoldRow, MessageRow, PackageRow
from db.session import reading, unit_of_work
from domain.enums import (
    AnswerChannel,
    CandidacyStatus,
    EmployerChoice,
    LinkPurpose,
    PackageStatus,
    RejectionReason,
    Role,
)
from domain.exceptions import InvalidInput, PermissionDenied, Refused
from domain.records.answers import AnswerForm, AnswerOutcome, GivenAnswer, ProposedSlot, Said
from services import clock
from services.access_links import revoke_links
from services.answers.employer import answer_by_link, record_answers
from services.answers.reading import get_sheet, open_package
from services.sending.ending import call_package_back
from tests.factories.officers import officer
from tests.factories.packages import Sent, people, sent_package
from tests.integration.services.commission.race import accepted, at_once, later, refused

C = CandidacyStatus
SELECT, RESERVE = EmployerChoice.SELECT, EmployerChoice.RESERVE
REJECT, TALK = EmployerChoice.REJECT, EmployerChoice.TALK


def said(sent: Sent, *choices: EmployerChoice, **more: Any) -> AnswerOutcome:
    """The employer's form for the first people of a package."""
    return answer_by_link(secret=sent.secret, form=form(sent, *choices, **more))


def form(sent: Sent, *choices: EmployerChoice, **more: Any) -> AnswerForm:
    return AnswerForm(
        tuple(
            GivenAnswer(
                candidacy_id, choice, RejectionReason.LANGUAGE if choice is REJECT else None
            )
            for candidacy_id, choice in zip(sent.candidacies, choices, strict=False)
        ),
        **more,
    )


def status(candidacy_id: int) -> CandidacyStatus:
    with reading() as session:
        return session.get_one(CandidacyRow, candidacy_id).status


def held(candidacy_id: int) -> bool:
    with reading() as session:
        query = select(HoldRow).where(
            HoldRow.candidacy_id == candidacy_id, HoldRow.released_at.is_(None)
        )
        return session.scalars(query).one_or_none() is not None


def count(table: type) -> int:
    with reading() as session:
        return session.query(table).count()


def test_answers_move_each_person_and_tell_them(sqlite_database: Engine) -> None:
    sent = sent_package(people(3))
    outcome = said(sent, SELECT, RESERVE, REJECT)
    assert (outcome.new_answers, outcome.is_complete) == (3, True)
    assert [status(one) for one in sent.candidacies] == [
        C.EMPLOYER_SELECTED,
        C.EMPLOYER_RESERVE,
        C.EMPLOYER_REJECTED,
    ]
    assert [held(one) for one in sent.candidacies] == [True, False, False]
    with reading() as session:
        told = {row.template for row in session.scalars(select(MessageRow))}
        assert session.get_one(PackageRow, sent.package_id).status is PackageStatus.ANSWERED
    assert told == {"answers.selected", "answers.reserve", "answers.rejected"}


def test_a_form_sent_twice_says_nothing_new(sqlite_database: Engine) -> None:
    sent = sent_package(people(2))
    said(sent, SELECT, RESERVE)
    before = count(MessageRow)
    assert said(sent, SELECT, RESERVE).new_answers == 0
    assert (count(EmployerAnswerRow), count(MessageRow)) == (2, before)


def test_an_answer_may_change_until_the_last_day_and_keeps_its_history(
    sqlite_database: Engine,
) -> None:
    sent = sent_package(people(2))
    said(sent, SELECT, REJECT)
    said(sent, REJECT, SELECT)
    assert [status(one) for one in sent.candidacies] == [C.EMPLOYER_REJECTED, C.EMPLOYER_SELECTED]
    first = open_package(secret=sent.secret).people[0]
    assert [one.choice for one in first.answers] == [REJECT, SELECT]
    clock.move(11)
    with pytest.raises(Refused):
        said(sent, SELECT, REJECT)


def test_no_more_are_selected_than_there_are_places(sqlite_database: Engine) -> None:
    sent = sent_package(people(3), positions=2)
    with pytest.raises(InvalidInput, match="3 people are selected"):
        said(sent, SELECT, SELECT, SELECT)
    assert {status(one) for one in sent.candidacies} == {C.SENT}
    said(sent, SELECT, SELECT)
    with pytest.raises(InvalidInput, match="places"):
        answer_by_link(
            secret=sent.secret, form=AnswerForm((GivenAnswer(sent.candidacies[2], SELECT),))
        )


def test_a_form_of_somebody_else_changes_nothing(sqlite_database: Engine) -> None:
    sent, other = sent_package(people(1)), sent_package(people(1))
    forged = AnswerForm(
        (GivenAnswer(sent.candidacies[0], SELECT), GivenAnswer(other.candidacies[0], SELECT))
    )
    with pytest.raises(InvalidInput, match="not in this package"):
        answer_by_link(secret=sent.secret, form=forged)
    assert status(sent.candidacies[0]) is status(other.candidacies[0]) is C.SENT


def test_a_rejection_needs_its_reason_and_all_problems_are_told(sqlite_database: Engine) -> None:
    sent = sent_package(people(2))
    given = (
        GivenAnswer(sent.candidacies[0], REJECT),
        GivenAnswer(sent.candidacies[1], REJECT, RejectionReason.OTHER),
    )
    with pytest.raises(InvalidInput) as problem:
        answer_by_link(secret=sent.secret, form=AnswerForm(given))
    assert [one.field for one in problem.value.problems] == [
        f"answer.{one}" for one in sent.candidacies
    ]


def test_a_link_called_back_while_the_form_was_open_saves_nothing(sqlite_database: Engine) -> None:
    sent = sent_package(people(1))
    open_package(secret=sent.secret)
    with unit_of_work() as work:
        revoke_links(
            work.session,
            purpose=LinkPurpose.EMPLOYER_PACKAGE,
            subject_id=sent.package_id,
            reason="wrong address",
            by=None,
        )
        work.commit()
    with pytest.raises(Refused, match="called back"):
        said(sent, SELECT)
    assert status(sent.candidacies[0]) is C.SENT


def test_a_recruiter_writes_down_who_said_it_and_when(sqlite_database: Engine) -> None:
    sent, by = sent_package(people(1)), officer()
    by_phone = Said(AnswerChannel.PHONE, "Frau Beispiel", clock.today())
    record_answers(package_number=sent.number, form=form(sent, SELECT), said=by_phone, by=by)
    answer = get_sheet(package_number=sent.number, by=by).people[0].answer
    assert answer is not None
    assert (answer.speaker, answer.channel, answer.written_by) == (
        "Frau Beispiel",
        AnswerChannel.PHONE,
        by.username,
    )
    for wrong in (
        Said(AnswerChannel.PHONE, " ", clock.today()),
        Said(AnswerChannel.LINK, "Frau Beispiel", clock.today()),
        Said(AnswerChannel.PHONE, "Frau Beispiel", clock.today() + timedelta(1)),
    ):
        with pytest.raises(InvalidInput):
            record_answers(package_number=sent.number, form=form(sent, SELECT), said=wrong, by=by)
    with pytest.raises(PermissionDenied):
        record_answers(
            package_number=sent.number,
            form=form(sent, SELECT),
            said=by_phone,
            by=officer(Role.CHAIR, "chair"),
        )


def test_a_time_for_an_interview_is_in_the_future_and_has_a_place(sqlite_database: Engine) -> None:
    sent = sent_package(people(1))
    soon = clock.now() + timedelta(days=2)
    past = ProposedSlot(clock.now() - timedelta(hours=1), "Phone")
    with pytest.raises(InvalidInput) as problem:
        said(sent, TALK, slots=(past, ProposedSlot(soon, "")))
    assert [one.field for one in problem.value.problems] == ["slot.1", "slot.2"]
    assert said(sent, TALK, slots=(ProposedSlot(soon, "Phone"),)).new_slots == 1
    assert status(sent.candidacies[0]) is C.SENT


def test_who_is_taken_out_of_the_reserve_by_another_employer_cannot_be_selected(
    sqlite_database: Engine,
) -> None:
    first, second = both_in_reserve()
    said(first, SELECT)
    with pytest.raises(Refused, match="another employer has chosen"):
        said(second, SELECT)
    assert status(second.candidacies[0]) is C.EMPLOYER_RESERVE
    said(first, RESERVE)
    said(second, SELECT)
    assert status(second.candidacies[0]) is C.EMPLOYER_SELECTED


def both_in_reserve() -> tuple[Sent, Sent]:
    """One person in the reserves of two employers."""
    who = people(1)
    first = sent_package(who)
    said(first, RESERVE)
    second = sent_package(who)
    said(second, RESERVE)
    return first, second


def test_of_two_employers_who_choose_one_person_in_one_second_exactly_one_has_them(
    database: Engine,
) -> None:
    for wait in (0, 3):
        first, second = both_in_reserve()
        answers = at_once(partial(said, first, SELECT), later(wait, partial(said, second, SELECT)))
        assert len(accepted(answers)) == len(refused(answers)) == 1
        assert "another employer" in str(refused(answers)[0].sentence)
        states = {status(sent.candidacies[0]) for sent in (first, second)}
        assert states == {C.EMPLOYER_SELECTED, C.EMPLOYER_RESERVE}


def test_two_tabs_of_one_employer_do_not_select_more_than_the_places(database: Engine) -> None:
    sent = sent_package(people(2), positions=1)

    def tab(place: int) -> AnswerOutcome:
        one = GivenAnswer(sent.candidacies[place], SELECT)
        return answer_by_link(secret=sent.secret, form=AnswerForm((one,)))

    answers = at_once(lambda: tab(0), lambda: tab(1))
    assert len(accepted(answers)) == len(refused(answers)) == 1
    states = [status(one) for one in sent.candidacies]
    assert sorted(states) == [C.EMPLOYER_SELECTED, C.SENT]


def test_an_answer_and_a_package_called_back_in_one_second_have_an_order(
    database: Engine,
) -> None:
    by = officer()
    for wait in (0, 2):
        sent = sent_package(people(1))
        answers = at_once(
            partial(said, sent, SELECT),
            later(wait, partial(call_package_back, number=sent.number, reason="error", by=by)),
        )
        if isinstance(answers[0], Exception):
            assert "called back" in str(refused(answers[:1])[0].sentence)
            assert status(sent.candidacies[0]) is C.APPROVED
        else:
            assert status(sent.candidacies[0]) is C.EMPLOYER_SELECTED
        assert not isinstance(answers[1], Exception)
