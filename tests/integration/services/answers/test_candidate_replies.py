"""The chosen candidate's reply: goes, does not go, says nothing, or comes too late."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, select

from db.models import CandidacyRow, ConfirmationRow, DeploymentRow, MessageRow
from db.session import reading, unit_of_work
from domain.enums import (
    AnswerChannel,
    CandidacyStatus,
    ConfirmationStatus,
    DeclineReason,
    DeploymentStatus,
    EmployerChoice,
    LinkPurpose,
    RejectionReason,
)
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.answers import AnswerForm, GivenAnswer, ProposedSlot
from services import clock
from services.access_links import revoke_links
from services.answers.candidate import record_reply, reply_by_link
from services.answers.due import remind_to_confirm, settle_silence
from services.answers.employer import answer_by_link
from services.answers.interviews import choose_slot_by_link
from services.answers.own_page import open_own_page
from services.answers.taking_back import cancel_place, new_candidate_link
from services.answers.telling import candidate_link
from tests.factories.officers import officer
from tests.factories.packages import Sent, people, sent_package
from tests.integration.services.commission.race import accepted, at_once, later, refused

C = CandidacyStatus
SELECT, RESERVE, REJECT = EmployerChoice.SELECT, EmployerChoice.RESERVE, EmployerChoice.REJECT


def choose(sent: Sent, *choices: EmployerChoice, reserve: bool = False) -> None:
    answers = tuple(
        GivenAnswer(one, choice, RejectionReason.DATES if choice is REJECT else None)
        for one, choice in zip(sent.candidacies, choices, strict=False)
    )
    answer_by_link(secret=sent.secret, form=AnswerForm(answers, reserve_moves_up=reserve))


def link_of(candidacy_id: int) -> str:
    """The secret of a fresh link to the candidate's page."""
    with unit_of_work() as work:
        row = work.session.get_one(CandidacyRow, candidacy_id)
        address = candidate_link(work.session, row, None, by=None)
        work.commit()
    return address.rsplit("/", 1)[1]


def status(candidacy_id: int) -> CandidacyStatus:
    with reading() as session:
        return session.get_one(CandidacyRow, candidacy_id).status


def question(candidacy_id: int) -> ConfirmationStatus:
    with reading() as session:
        query = select(ConfirmationRow.status).where(ConfirmationRow.candidacy_id == candidacy_id)
        return session.scalars(query.order_by(ConfirmationRow.id.desc()).limit(1)).one()


def told(template: str) -> int:
    with reading() as session:
        query = select(MessageRow).where(MessageRow.template == f"answers.{template}")
        return len(session.scalars(query).all())


def test_whoever_confirms_has_a_stay_planned_and_confirms_once(sqlite_database: Engine) -> None:
    sent = sent_package(people(1))
    choose(sent, SELECT)
    secret = link_of(sent.candidacies[0])
    for _ in range(2):
        assert reply_by_link(secret=secret, goes=True).status is ConfirmationStatus.CONFIRMED
    assert status(sent.candidacies[0]) is C.CONFIRMED
    with reading() as session:
        assert session.query(DeploymentRow).count() == 1
    assert told("confirmed") == told("candidate_answered") == 1
    with pytest.raises(Refused, match="noted already"):
        reply_by_link(secret=secret, goes=False, reason=DeclineReason.FAMILY)


def test_whoever_declines_gives_the_place_to_the_employers_reserve(sqlite_database: Engine) -> None:
    sent = sent_package(people(2))
    choose(sent, SELECT, RESERVE, reserve=True)
    secret = link_of(sent.candidacies[0])
    with pytest.raises(InvalidInput, match="why you do not go"):
        reply_by_link(secret=secret, goes=False)
    reply_by_link(secret=secret, goes=False, reason=DeclineReason.FAMILY, note="ბავშვი")
    assert [status(one) for one in sent.candidacies] == [C.DECLINED, C.EMPLOYER_SELECTED]
    assert question(sent.candidacies[1]) is ConfirmationStatus.ASKED


def test_silence_gives_the_place_to_the_next_in_line_once(sqlite_database: Engine) -> None:
    who = people(2)
    sent = sent_package(who[:1], in_reserve=who[1:])
    choose(sent, SELECT)
    clock.move(4)
    assert [remind_to_confirm() for _ in range(2)] == [1, 0]
    assert settle_silence() == 0
    clock.move(2)
    with pytest.raises(Refused, match="last day to answer was"):
        reply_by_link(secret=link_of(sent.candidacies[0]), goes=True)
    assert [settle_silence() for _ in range(2)] == [1, 0]
    assert status(sent.candidacies[0]) is C.NO_ANSWER
    assert told("remind") == told("no_answer") == 1
    with reading() as session:
        states = session.scalars(select(CandidacyRow.status).order_by(CandidacyRow.id)).all()
    assert states == [C.NO_ANSWER, C.APPROVED]


def test_a_recruiter_writes_down_what_the_candidate_said(sqlite_database: Engine) -> None:
    sent, by = sent_package(people(1)), officer()
    choose(sent, SELECT)
    one = sent.candidacies[0]
    with pytest.raises(InvalidInput, match="how the answer reached you"):
        record_reply(candidacy_id=one, goes=True, channel=AnswerChannel.LINK, by=by)
    record = record_reply(candidacy_id=one, goes=True, channel=AnswerChannel.PHONE, by=by)
    assert record.channel is AnswerChannel.PHONE


def test_a_link_called_back_takes_no_reply(sqlite_database: Engine) -> None:
    sent = sent_package(people(1))
    choose(sent, SELECT)
    secret = link_of(sent.candidacies[0])
    open_own_page(secret=secret)
    with unit_of_work() as work:
        revoke_links(
            work.session,
            purpose=LinkPurpose.CANDIDATE_ANSWER,
            subject_id=sent.candidacies[0],
            reason="lost",
            by=None,
        )
        work.commit()
    with pytest.raises(Refused, match="called back"):
        reply_by_link(secret=secret, goes=True)
    with pytest.raises(NotFound):
        reply_by_link(secret=sent.secret, goes=True)


def test_a_candidate_confirms_while_the_employer_takes_the_place_back(database: Engine) -> None:
    for wait in (0, 3):
        sent = sent_package(people(1))
        choose(sent, SELECT)
        secret = link_of(sent.candidacies[0])
        answers = at_once(
            partial(reply_by_link, secret=secret, goes=True),
            later(wait, partial(choose, sent, REJECT)),
        )
        assert len(accepted(answers)) == len(refused(answers)) == 1
        has_place = status(sent.candidacies[0]) is C.CONFIRMED
        expected = "counts on the place" if has_place else "taken this place back"
        assert expected in str(refused(answers)[0].sentence)


def test_two_candidates_who_choose_one_time_in_one_second_do_not_share_it(
    database: Engine,
) -> None:
    sent = sent_package(people(2))
    slot = ProposedSlot(clock.now() + timedelta(days=2), "Phone")
    talk = tuple(GivenAnswer(one, EmployerChoice.TALK) for one in sent.candidacies)
    answer_by_link(secret=sent.secret, form=AnswerForm(talk, (slot,)))
    links = [link_of(one) for one in sent.candidacies]
    slot_id = open_own_page(secret=links[0]).free_slots[0].id
    answers = at_once(
        *(partial(choose_slot_by_link, secret=secret, slot_id=slot_id) for secret in links)
    )
    assert len(accepted(answers)) == len(refused(answers)) == 1
    assert open_own_page(secret=links[1]).free_slots == ()


def test_a_place_taken_back_from_who_confirmed_frees_the_person_and_tells_them(
    sqlite_database: Engine,
) -> None:
    sent, by = sent_package(people(1)), officer()
    choose(sent, SELECT)
    one = sent.candidacies[0]
    reply_by_link(secret=link_of(one), goes=True)
    with pytest.raises(InvalidInput, match="what the employer said"):
        cancel_place(candidacy_id=one, note=" ", by=by)
    cancel_place(candidacy_id=one, note="ფერმა დაიწვა", by=by)
    assert status(one) is C.CANCELLED and told("taken_back") == 1
    with reading() as session:
        stay = session.query(DeploymentRow).one()
    assert stay.status is DeploymentStatus.CANCELLED
    with pytest.raises(Refused):
        new_candidate_link(candidacy_id=one, by=by)


def test_a_new_link_closes_the_former_ones(sqlite_database: Engine) -> None:
    sent, by = sent_package(people(1)), officer()
    choose(sent, SELECT)
    former = link_of(sent.candidacies[0])
    secret = new_candidate_link(candidacy_id=sent.candidacies[0], by=by).rsplit("/", 1)[1]
    with pytest.raises(Refused, match="called back"):
        open_own_page(secret=former)
    assert open_own_page(secret=secret).status is C.EMPLOYER_SELECTED
