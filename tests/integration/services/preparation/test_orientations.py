"""A certificate follows attendance and a passed quiz; seats, invitations and papers hold."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import OrientationCertificateRow
from db.session import reading
from domain.enums import Role
from domain.exceptions import InvalidInput, PermissionDenied, Refused
from domain.records.preparation import OrientationForm
from domain.records.verification import PaperKind, PaperStanding
from services import clock
from services.official_documents.verification import find_paper, find_paper_of_file
from services.preparation.certificates import issue_certificate, read_certificate
from services.preparation.orientations import (
    cancel_orientation,
    invite_to_orientation,
    mark_attendance,
    plan_orientation,
    take_off_orientation,
)
from services.preparation.quizzes import has_passed, record_quiz
from services.preparation.sessions import get_orientation, list_invitable, list_orientations
from tests.factories import preparation as made
from tests.factories.officers import officer

pytestmark = pytest.mark.usefixtures("sqlite_database")


def form(**changes: object) -> OrientationForm:
    start = clock.now() + timedelta(days=3)
    told = {"starts_at": start, "place": "თბილისი", "trainer": "ნინო ტესტაძე", **changes}
    return OrientationForm(**told)  # type: ignore[arg-type]


def test_who_was_absent_takes_no_quiz_and_gets_no_certificate() -> None:
    by = officer()
    one = made.confirmed()
    number = made.held_session([one], by, attended=False)
    with pytest.raises(Refused, match="mark the attendance first"):
        record_quiz(number=number, candidacy_id=one, answers=made.right_answers(), by=by)
    with pytest.raises(Refused, match="mark the attendance first"):
        issue_certificate(number=number, candidacy_id=one, by=by)


def test_the_quiz_can_be_repeated_until_it_is_passed_and_only_then_is_certified() -> None:
    by = officer()
    one = made.confirmed()
    number = made.held_session([one], by)
    with pytest.raises(Refused, match="not passed yet"):
        issue_certificate(number=number, candidacy_id=one, by=by)
    few = dict(list(made.right_answers().items())[:6])
    first = record_quiz(number=number, candidacy_id=one, answers=few, by=by)
    assert (first.right_count, first.question_count, first.is_passed) == (6, 10, False)
    with pytest.raises(Refused, match="not passed yet"):
        issue_certificate(number=number, candidacy_id=one, by=by)
    again = record_quiz(number=number, candidacy_id=one, answers=made.right_answers(), by=by)
    assert again.attempt == 2
    assert again.is_passed
    with pytest.raises(Refused, match="passed already"):
        record_quiz(number=number, candidacy_id=one, answers=few, by=by)
    issue_certificate(number=number, candidacy_id=one, by=by)
    with pytest.raises(Refused, match="issued already"):
        issue_certificate(number=number, candidacy_id=one, by=by)


def test_an_answer_that_was_not_offered_is_no_answer() -> None:
    by = officer()
    one = made.confirmed()
    number = made.held_session([one], by)
    with pytest.raises(InvalidInput, match="open the quiz again"):
        record_quiz(number=number, candidacy_id=one, answers={"fee": "z"}, by=by)


def test_anybody_can_check_a_certificate_and_learns_nobody_s_name() -> None:
    by = officer()
    one = made.confirmed()
    made.certified(one, by)
    name, content = read_certificate(candidacy_id=one, by=by)
    assert content.startswith(b"%PDF")
    assert name.startswith("CERT-")
    with reading() as session:
        code = session.scalars(select(OrientationCertificateRow.code)).one()
    paper = find_paper(code)
    assert paper is not None
    assert (paper.kind, paper.standing) == (PaperKind.CERTIFICATE, PaperStanding.ISSUED)
    assert "Nimushadze" not in repr(paper)
    found = find_paper_of_file(content)
    assert found is not None
    assert found[0].code == code
    assert find_paper_of_file(content + b" ") is None


def test_an_invitation_needs_a_seat_and_a_person_has_one_place_at_a_time() -> None:
    by = officer()
    first, second = made.confirmed(), made.confirmed()
    number = plan_orientation(form=form(capacity=1), by=by)
    with pytest.raises(Refused, match="1 seats left, not 2"):
        invite_to_orientation(number=number, candidacy_ids=[first, second], by=by)
    invite_to_orientation(number=number, candidacy_ids=[first], by=by)
    assert made.status_of(first) == "orientation"
    other = plan_orientation(form=form(), by=by)
    with pytest.raises(Refused, match="has a place in session"):
        invite_to_orientation(number=other, candidacy_ids=[first], by=by)
    assert [one.candidacy_id for one in list_invitable(number=other, by=by)] == [second]
    with pytest.raises(Refused, match="All seats are taken"):
        invite_to_orientation(number=number, candidacy_ids=[second], by=by)
    take_off_orientation(number=number, candidacy_id=first, by=by)
    invite_to_orientation(number=number, candidacy_ids=[second], by=by)
    invite_to_orientation(number=other, candidacy_ids=[first], by=by)
    assert get_orientation(number=number, by=by).summary.seats_left == 0


def test_a_session_for_one_country_takes_nobody_for_another() -> None:
    by = officer()
    one = made.confirmed("IL")
    number = plan_orientation(form=form(country="DE"), by=by)
    assert list_invitable(number=number, by=by) == ()
    with pytest.raises(Refused, match="another country"):
        invite_to_orientation(number=number, candidacy_ids=[one], by=by)


def test_attendance_waits_for_the_session_and_a_cancelled_one_frees_its_people() -> None:
    by = officer()
    one = made.confirmed()
    number = plan_orientation(form=form(), by=by)
    invite_to_orientation(number=number, candidacy_ids=[one], by=by)
    with pytest.raises(Refused, match="mark who came then"):
        mark_attendance(number=number, attended=[one], by=by)
    cancel_orientation(number=number, reason="the trainer is ill", by=by)
    other = plan_orientation(form=form(), by=by)
    invite_to_orientation(number=other, candidacy_ids=[one], by=by)
    assert {item.number for item in list_orientations(by=by)} == {number, other}


@pytest.mark.parametrize(
    "changes", [{"starts_at": None}, {"place": " "}, {"trainer": ""}, {"capacity": 0}]
)
def test_a_session_is_planned_whole(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        plan_orientation(form=form(**changes), by=officer())


def test_a_manager_plans_no_session() -> None:
    with pytest.raises(PermissionDenied):
        plan_orientation(form=form(), by=officer(Role.MANAGER))


def test_the_pass_mark_is_exact() -> None:
    assert has_passed(7, 10, 70)
    assert not has_passed(6, 10, 70)
    assert not has_passed(0, 0, 0)
