"""Requests about one's own data: clocks, identity first, copies, erasure, a human look."""

import io
import json
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from db.models import AuditEventRow, JobseekerRow, MessageRow
from db.session import reading, unit_of_work
from domain.enums import (
    IdentityProof,
    PrivacyChannel,
    PrivacyOutcome,
    PrivacyRequestKind,
    PrivacyRequestStatus,
    ReviewOutcome,
    Role,
)
from domain.exceptions import InvalidInput, NotFound, PermissionDenied, Refused, StaleVersion
from domain.records.officer import Officer
from domain.records.privacy import PrivacyRequest, RequestForm
from services import clock
from services.jobseekers import registration
from services.privacy import accesses, my_data, person_copy, requests, retention
from tests.factories.jobseekers import NINO, person
from tests.factories.officers import officer

pytestmark = pytest.mark.usefixtures("sqlite_database")
Kind = PrivacyRequestKind
Status = PrivacyRequestStatus


@pytest.fixture
def dpo() -> Officer:
    return officer(Role.PRIVACY_OFFICER)


@pytest.fixture
def recruiter() -> Officer:
    return officer()


def registered(by: Officer) -> str:
    return registration.register_jobseeker(form=NINO, by=by).external_id


def asked(external_id: str, kind: Kind, by: Officer) -> PrivacyRequest:
    form = RequestForm(external_id, kind, PrivacyChannel.PHONE, "ჩემი ასაკი არასწორია")
    return requests.register_request(form=form, by=by)


def identified(request: PrivacyRequest, by: Officer) -> PrivacyRequest:
    return requests.identify(
        number=request.number,
        proof=IdentityProof.IDENTITY_CARD,
        note="",
        version=request.version,
        by=by,
    )


def answered(request: PrivacyRequest, outcome: PrivacyOutcome, by: Officer) -> PrivacyRequest:
    return requests.answer_request(
        number=request.number, outcome=outcome, answer="პასუხი", version=request.version, by=by
    )


def test_the_answer_is_due_in_ten_working_days(recruiter: Officer, dpo: Officer) -> None:
    """Asked on Friday 2 January 2026; New Year, Christmas and Epiphany are no working days."""
    with clock.at(datetime(2026, 2, 27, 8, 0, tzinfo=UTC)):
        request = asked(registered(recruiter), Kind.ACCESS, recruiter)
        # 3 and 8 March are holidays; 8 March is a Sunday.
        assert request.due_on == date(2026, 3, 16)
        longer = requests.extend(number=request.number, reason="many", version=1, by=dpo)
        assert longer.due_on == date(2026, 3, 30)
        with pytest.raises(Refused, match="once"):
            requests.extend(number=request.number, reason="more", version=2, by=dpo)
    with clock.at(datetime(2026, 4, 1, 8, 0, tzinfo=UTC)):
        assert requests.get_request(number=request.number, by=dpo).days_left < 0


def test_nothing_is_told_before_it_is_known_who_asks(recruiter: Officer, dpo: Officer) -> None:
    request = asked(registered(recruiter), Kind.ACCESS, recruiter)
    with pytest.raises(Refused, match="identified"):
        person_copy.copy_as_json(number=request.number, by=dpo)
    with pytest.raises(Refused, match="identified"):
        answered(request, PrivacyOutcome.GRANTED, dpo)


def test_the_copy_holds_everything_and_nobody_elses(recruiter: Officer, dpo: Officer) -> None:
    mine = registered(recruiter)
    other = person(
        personal_number="00000000199", last_name_ka="სხვაშვილი", last_name_lat="Skhvashvili"
    )
    registration.register_jobseeker(form=other, confirmed_not_duplicates=(mine,), by=recruiter)
    registration.get_jobseeker(external_id=mine, by=recruiter)
    request = identified(asked(mine, Kind.PORT, recruiter), dpo)
    copy = json.loads(person_copy.copy_as_json(number=request.number, by=dpo).content)
    assert copy["format"] == person_copy.FORMAT
    (row,) = copy["data"]["registration"]["jobseekers"]
    assert row["personal_number"] == NINO.personal_number
    assert copy["data"]["registration"]["jobseeker_languages"][0]["level"] == "B1"
    assert any(one["action"] == "read" for one in copy["seen_by"])
    whole = json.dumps(copy, ensure_ascii=False)
    assert "სხვაშვილი" not in whole and "00000000199" not in whole
    paper = person_copy.copy_as_pdf(number=request.number, language="ka", by=dpo)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
    assert str(NINO.personal_number) in text
    with reading() as session:
        actions = session.scalars(select(AuditEventRow.action)).all()
    assert actions.count("handed_out") == 2


def test_a_granted_erasure_depersonalises(recruiter: Officer, dpo: Officer) -> None:
    mine = registered(recruiter)
    request = identified(asked(mine, Kind.ERASE, recruiter), dpo)
    with pytest.raises(Refused, match="end it first"):
        answered(request, PrivacyOutcome.GRANTED, dpo)
    registration.withdraw_jobseeker(external_id=mine, reason="x", version=1, by=recruiter)
    done = answered(request, PrivacyOutcome.GRANTED, dpo)
    assert done.status is Status.ANSWERED
    (stone,) = retention.list_tombstones(by=dpo)
    assert (stone.external_id, stone.request) == (mine, request.number)
    with reading() as session:
        row = session.scalars(select(JobseekerRow)).one()
    assert row.last_name_ka is None and row.depersonalised_at is not None
    with pytest.raises(Refused, match="depersonalised"):
        registration.reactivate_jobseeker(
            external_id=mine, reason="x", version=row.version, by=recruiter
        )


def test_a_refused_erasure_changes_nothing(recruiter: Officer, dpo: Officer) -> None:
    request = identified(asked(registered(recruiter), Kind.ERASE, recruiter), dpo)
    answered(request, PrivacyOutcome.REFUSED, dpo)
    with reading() as session:
        assert session.scalars(select(JobseekerRow)).one().last_name_ka == NINO.last_name_ka


def test_a_ranking_is_looked_at_by_a_named_human(recruiter: Officer, dpo: Officer) -> None:
    manager = officer(Role.MANAGER)
    request = identified(asked(registered(recruiter), Kind.HUMAN_REVIEW, recruiter), dpo)
    with pytest.raises(Refused, match="look at the ranking"):
        answered(request, PrivacyOutcome.GRANTED, dpo)
    assert [one.number for one in requests.list_reviews(by=manager)] == [request.number]
    reviewed = requests.review_ranking(
        number=request.number,
        outcome=ReviewOutcome.CONFIRMED,
        note="B1 was missing",
        version=request.version,
        by=manager,
    )
    assert reviewed.reviewer_en == manager.name_en
    assert answered(reviewed, PrivacyOutcome.PARTLY, dpo).outcome is PrivacyOutcome.PARTLY


def test_others_requests_are_as_if_they_were_not_there(recruiter: Officer, dpo: Officer) -> None:
    request = asked(registered(recruiter), Kind.ACCESS, recruiter)
    colleague = officer(username="colleague")
    assert requests.list_requests(by=colleague) == ()
    for number in (request.number, "DSR-2026-9999"):
        with pytest.raises(NotFound, match="no such request"):
            requests.get_request(number=number, by=colleague)
    with pytest.raises(PermissionDenied):
        requests.get_request(number=request.number, by=officer(Role.INSPECTOR))
    with pytest.raises(PermissionDenied):
        answered(request, PrivacyOutcome.GRANTED, recruiter)


def test_who_came_second_overwrites_nothing(recruiter: Officer, dpo: Officer) -> None:
    request = asked(registered(recruiter), Kind.ACCESS, recruiter)
    identified(request, dpo)
    with pytest.raises(StaleVersion):
        identified(request, recruiter)


def test_what_is_missing_is_said_beside_the_field(recruiter: Officer) -> None:
    with pytest.raises(InvalidInput) as refused:
        requests.register_request(form=RequestForm("JS-1", None, None), by=recruiter)
    assert {one.field for one in refused.value.problems} == {"kind", "channel"}
    with pytest.raises(InvalidInput, match="no file"):
        asked("JS-0000-1", Kind.ACCESS, recruiter)


def test_who_looked_is_told_by_name_role_and_organisation(recruiter: Officer, dpo: Officer) -> None:
    mine = registered(recruiter)
    registration.get_jobseeker(external_id=mine, by=recruiter)
    seen = accesses.list_accesses(external_id=mine, by=dpo)
    assert {(one.action, one.role) for one in seen} == {("read", Role.RECRUITER)}
    assert all(one.organisation_ka for one in seen)
    with pytest.raises(PermissionDenied):
        accesses.list_accesses(external_id=mine, by=recruiter)


def test_a_personal_page_tells_who_looked_and_takes_a_request(recruiter: Officer) -> None:
    mine = registered(recruiter)
    registration.get_jobseeker(external_id=mine, by=recruiter)
    secret = my_data.send_link(external_id=mine, by=recruiter).rpartition("/")[2]
    with reading() as session:
        assert session.scalars(select(MessageRow.template)).all() == ["privacy.my_data"]
    assert [one.action for one in my_data.open_my_data(secret=secret).seen]
    number = my_data.ask_by_link(secret=secret, kind=Kind.ACCESS, wish="")
    (own,) = my_data.open_my_data(secret=secret).requests
    assert (own.number, own.status) == (number, Status.IN_WORK)
    for _ in range(my_data.MOST_OPEN - 1):
        my_data.ask_by_link(secret=secret, kind=Kind.ACCESS, wish="")
    with pytest.raises(Refused, match="wait already"):
        my_data.ask_by_link(secret=secret, kind=Kind.ACCESS, wish="")
    my_data.send_link(external_id=mine, by=recruiter)
    with pytest.raises(Refused, match="called back"):
        my_data.open_my_data(secret=secret)


def test_due_work_depersonalises_whoever_is_silent_long_enough(
    recruiter: Officer, dpo: Officer
) -> None:
    gone = registered(recruiter)
    other = person(personal_number="00000000199", last_name_ka="სხვაშვილი", phone=None)
    form = registration.check_form(other)
    held = registration.register_jobseeker(
        form=form, confirmed_not_duplicates=(gone,), by=recruiter
    ).external_id
    for external_id in (gone, held):
        registration.withdraw_jobseeker(
            external_id=external_id, reason="x", version=1, by=recruiter
        )
    with unit_of_work() as work:
        before = datetime(2023, 1, 10, tzinfo=UTC)
        work.session.execute(update(JobseekerRow).values(updated_at=before))
        work.commit()
    retention.place_hold(external_id=held, reason="a court asks", by=dpo)
    with clock.at(datetime(2024, 12, 10, tzinfo=UTC)):
        assert retention.depersonalise_due() == 0
    found = retention.preview(by=dpo)
    assert [one.external_id for one in found.due] == [gone]
    assert [one.external_id for one in found.kept] == [held]
    assert retention.depersonalise_due() == 1
    assert retention.depersonalise_due() == 0, "nothing when asked again"
    (hold,) = retention.list_holds(by=dpo)
    retention.lift_hold(hold_id=hold.id, reason="settled", by=dpo)
    assert [one.external_id for one in retention.preview(by=dpo).due] == [held]
