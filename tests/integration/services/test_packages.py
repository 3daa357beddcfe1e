"""What goes to an employer: only with consent, frozen, once, and closed when it is taken back."""

import io
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select, text

from db.models import CandidacyRow, FrozenCvRow, HoldRow, MessageRow, PackageRow
from db.session import reading, unit_of_work
from domain.enums import CandidacyStatus as C
from domain.enums import (
    ConsentMethod,
    ConsentPurpose,
    CvLevel,
    LinkPurpose,
    PackageStatus,
    Role,
    TransferBasis,
)
from domain.exceptions import InvalidInput, PermissionDenied, Refused
from domain.records.officer import Officer
from services import clock
from services.access_links import check_link
from services.candidacies import move_candidacy
from services.consents import consents
from services.due_work import run_due
from services.monitoring import suspensions
from services.sending import (
    board,
    ending,
    handing_over,
    leaving,
    packages,
    road,
    transfer,
)
from services.sending.packages_read import package_by_id, read_package_zip
from services.vacancies import employers
from tests.factories import cvs, sending
from tests.factories.officers import officer
from tests.integration.services.commission.race import accepted, at_once, refused


@pytest.fixture
def by(sqlite_database: Engine) -> Officer:
    return officer()


def status_of(candidacy_id: int) -> C:
    with reading() as session:
        return session.get_one(CandidacyRow, candidacy_id).status


def open_holds() -> int:
    with reading() as session:
        query = select(func.count()).select_from(HoldRow).where(HoldRow.released_at.is_(None))
        return session.scalar(query) or 0


def secret_of(address: str) -> str:
    return address.rpartition("/")[2]


def opens(address: str) -> int:
    with reading() as session:
        link = check_link(session, secret=secret_of(address), purpose=LinkPurpose.EMPLOYER_PACKAGE)
        return link.subject_id


def withdraw(external_id: str, purpose: ConsentPurpose, by: Officer) -> tuple[str, ...]:
    (given,) = [
        one
        for one in consents.list_consents(external_id=external_id, by=by)
        if one.purpose is purpose and one.is_valid
    ]
    kept = consents.withdraw_consent(consent_id=given.id, how=ConsentMethod.PHONE, by=by)
    return tuple(str(sentence) for sentence in kept.effect)


def test_a_package_freezes_the_cvs_holds_the_people_and_opens_by_its_link(by: Officer) -> None:
    where = sending.opening(by)
    gone = sending.sent(by, where)
    package = gone.package
    assert [one.status for one in package.within] == [C.SENT, C.SENT]
    assert opens(gone.address) == package.id
    assert open_holds() == 2
    assert package.basis is TransferBasis.ADEQUATE
    assert package.answer_until == clock.today() + timedelta(days=10)
    with reading() as session:
        frozen = session.scalars(select(FrozenCvRow.id).order_by(FrozenCvRow.id)).all()
        assert [one.frozen_cv_id for one in package.within] == list(frozen)
    name, content = read_package_zip(number=package.number, by=by)
    assert content == read_package_zip(number=package.number, by=by)[1]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        kinds = [entry.rpartition(".")[2] for entry in archive.namelist()]
        assert name.startswith(package.number)
        assert kinds.count("csv") == 2
        assert kinds.count("pdf") == kinds.count("docx") == 2 + 2


def test_nobody_is_sent_without_both_consents(by: Officer) -> None:
    where = sending.opening(by)
    candidacy = sending.sendable(by, where)
    withdraw(sending.person_of(candidacy), ConsentPurpose.TRANSFER_TO_COUNTRY, by)
    with pytest.raises(Refused, match="Consent to send personal data to DE is missing"):
        sending.sent(by, where, candidacy)
    assert status_of(candidacy) is C.APPROVED
    assert open_holds() == 0


def test_a_consent_to_one_employer_is_none_to_another(by: Officer) -> None:
    ours, other = sending.opening(by), sending.opening(by, "Anderer Hof")
    external_id = sending.somebody(by)
    sending.agreed(external_id, ours, by)
    candidacy = cvs.approved(external_id, other.vacancy_id)
    with pytest.raises(Refused, match="Consent to hand the CV to Anderer Hof is missing"):
        sending.sent(by, other, candidacy)


def test_an_unconfirmed_country_needs_a_permit(by: Officer) -> None:
    where = sending.opening(by, "Vignobles Exemple", "FR")
    candidacy = sending.sendable(by, where)
    with pytest.raises(Refused, match="not known to be on the list"):
        sending.sent(by, where, candidacy)
    manager = officer(Role.MANAGER)
    permit = transfer.record_permit(
        country="FR", number="PDPS-17", issued_on=clock.today(), by=manager
    )
    gone = sending.sent(by, where, candidacy)
    assert (gone.package.basis, gone.package.permit_number) == (TransferBasis.PERMIT, "PDPS-17")
    transfer.end_permit(permit_id=permit.id, by=manager)
    with pytest.raises(Refused, match="not known to be on the list"):
        handing_over.send_package_again(number=gone.package.number, by=by)


def test_only_a_manager_records_a_permit(by: Officer) -> None:
    with pytest.raises(PermissionDenied):
        transfer.record_permit(country="FR", number="1", issued_on=clock.today(), by=by)


def test_a_suspended_employer_gets_nobody(by: Officer) -> None:
    where = sending.opening(by)
    candidacy = sending.sendable(by, where)
    employers.suspend_employer(employer_id=where.employer_id, reason="არ იხდის", by=by)
    with pytest.raises(Refused, match="suspended"):
        sending.sent(by, where, candidacy)


def test_a_suspension_until_a_day_keeps_packages_here_and_ends_by_itself(by: Officer) -> None:
    where = sending.opening(by)
    candidacy = sending.sendable(by, where)
    last = clock.today() - timedelta(days=1)
    with clock.at(clock.now() - timedelta(days=5)):
        suspensions.suspend_until(
            employer_id=where.employer_id,
            from_on=clock.today(),
            until_on=last,
            reason="ბინა",
            by=officer(Role.MANAGER),
        )
        refusal = board.get_board(vacancy_number=where.number, by=by).refusal
    assert refusal is not None
    assert refusal.values["end"] == last
    assert sending.sent(by, where, candidacy).package.within


def test_no_more_people_go_than_the_positions_allow(by: Officer) -> None:
    where = sending.opening(by, positions=1)
    four = [sending.sendable(by, where, place) for place in range(1, 5)]
    with pytest.raises(Refused, match="At most 3 people"):
        sending.sent(by, where, *four)
    assert open_holds() == 0


def test_a_last_day_beyond_the_limit_is_refused_beside_its_field(by: Officer) -> None:
    where = sending.opening(by)
    candidacy = sending.sendable(by, where)
    with pytest.raises(InvalidInput) as told:
        packages.create_package(
            vacancy_number=where.number,
            candidacy_ids=[candidacy],
            level=CvLevel.FULL,
            answer_until=clock.today() + timedelta(days=31),
            by=by,
        )
    assert [problem.field for problem in told.value.problems] == ["answer_until"]


def test_a_withdrawn_consent_closes_the_cv_and_frees_the_person_at_once(by: Officer) -> None:
    where = sending.opening(by)
    first, second = sending.sendable(by, where, 1), sending.sendable(by, where, 2)
    gone = sending.sent(by, where, first, second)
    effect = withdraw(sending.person_of(first), ConsentPurpose.TRANSFER_TO_EMPLOYER, by)
    assert any("can open this CV no more" in sentence for sentence in effect)
    assert any("free for other employers" in sentence for sentence in effect)
    with reading() as session:
        package = package_by_id(session, gone.package.id)
    assert [one.candidacy_id for one in package.within] == [second]
    assert (package.edition, opens(gone.address)) == (2, package.id)
    assert package.zip_sha256 != gone.package.zip_sha256
    assert (
        sending.person_of(first).encode() not in read_package_zip(number=package.number, by=by)[1]
    )
    assert (status_of(first), open_holds()) == (C.APPROVED, 1)
    with reading() as session:
        asked = session.scalars(select(MessageRow.template).order_by(MessageRow.id)).all()
    assert asked[-1] == "sending.cv_taken_out"


def test_the_last_one_out_closes_the_link(by: Officer) -> None:
    where = sending.opening(by)
    candidacy = sending.sendable(by, where)
    gone = sending.sent(by, where, candidacy)
    withdraw(sending.person_of(candidacy), ConsentPurpose.TRANSFER_TO_COUNTRY, by)
    with pytest.raises(Refused, match="called back"):
        opens(gone.address)


def test_whoever_was_chosen_before_stays_chosen_and_the_officer_is_told(by: Officer) -> None:
    where = sending.opening(by)
    candidacy = sending.sendable(by, where)
    sending.sent(by, where, candidacy)
    with unit_of_work() as work:
        row = work.session.get_one(CandidacyRow, candidacy)
        move_candidacy(work.session, row, C.EMPLOYER_SELECTED, by=by)
        work.commit()
    effect = withdraw(sending.person_of(candidacy), ConsentPurpose.TRANSFER_TO_EMPLOYER, by)
    assert any("agree with the person how it goes on" in sentence for sentence in effect)
    assert status_of(candidacy) is C.EMPLOYER_SELECTED


def test_a_package_called_back_opens_nothing_and_holds_nobody(by: Officer) -> None:
    gone = sending.sent(by, sending.opening(by))
    ending.call_package_back(number=gone.package.number, reason="შეცდომით გაიგზავნა", by=by)
    with pytest.raises(Refused, match="called back"):
        opens(gone.address)
    assert {status_of(one.candidacy_id) for one in gone.package.candidates} == {C.APPROVED}
    assert open_holds() == 0


def test_a_new_link_closes_the_former_one(by: Officer) -> None:
    gone = sending.sent(by, sending.opening(by))
    later = gone.package.answer_until + timedelta(days=3)
    again = handing_over.send_package_again(number=gone.package.number, answer_until=later, by=by)
    with pytest.raises(Refused):
        opens(gone.address)
    assert opens(again.address) == gone.package.id
    assert again.package.answer_until == later


def test_silence_until_the_last_day_frees_everybody_once(by: Officer) -> None:
    day = clock.now() - timedelta(days=12)
    where = sending.opening(by)
    people = [sending.sendable(by, where, place) for place in (1, 2)]
    with clock.at(day):
        gone = sending.sent(by, where, *people)
    assert run_due()["packages whose last day is over"] == 1
    assert run_due()["packages whose last day is over"] == 0
    with reading() as session:
        package = package_by_id(session, gone.package.id)
    assert package.status is PackageStatus.EXPIRED
    assert {status_of(one) for one in people} == {C.APPROVED}
    assert open_holds() == 0
    sending.sent(by, where, *people)


def test_what_stands_in_a_package_never_changes(by: Officer) -> None:
    sending.sent(by, sending.opening(by))
    with unit_of_work() as work, pytest.raises(Exception, match="never changed|append"):
        work.session.execute(text("UPDATE package_files SET name = 'x'"))


def test_two_employers_who_are_sent_one_person_in_the_same_second(database: Engine) -> None:
    by, other = officer(), officer(username="recruiter-2")
    external_id = sending.somebody(by)
    where = [sending.opening(by, name) for name in ("Hof A", "Hof B")]
    ours = []
    for one in where:
        sending.agreed(external_id, one, by)
        ours.append(cvs.approved(external_id, one.vacancy_id))
    answers = at_once(
        lambda: sending.sent(by, where[0], ours[0]),
        lambda: sending.sent(other, where[1], ours[1]),
    )
    assert len(accepted(answers)) == 1
    (sentence,) = refused(answers)
    assert external_id in str(sentence.sentence)
    assert open_holds() == 1
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(PackageRow)) == 1


def test_whoever_leaves_is_taken_out_and_followed_by_the_next_in_line(by: Officer) -> None:
    where = sending.opening(by, positions=1)
    gone_one, other = sending.sendable(by, where, 1), sending.sendable(by, where, 2)
    gone = sending.sent(by, where, gone_one, other)
    following = sending.in_reserve(where, order=1)
    found = leaving.withdraw_candidacy(candidacy_id=gone_one, reason="ოჯახი", by=by)
    assert found == following
    with reading() as session:
        package = package_by_id(session, gone.package.id)
        (person,) = [
            one
            for one in board.get_board(vacancy_number=where.number, by=by).people
            if one.candidacy_id == following
        ]
    assert [one.candidacy_id for one in package.within] == [other]
    assert person.because is not None
    assert (person.status, person.is_ready) == (C.APPROVED, False)
    assert open_holds() == 1


def test_the_board_says_what_each_person_waits_for(by: Officer) -> None:
    where = sending.opening(by)
    ready = sending.sendable(by, where, 1)
    sending.in_reserve(where, order=1)
    external_id = sending.somebody(by, 2)
    without = cvs.approved(external_id, where.vacancy_id)
    shown = {
        one.candidacy_id: one for one in board.get_board(vacancy_number=where.number, by=by).people
    }
    assert shown[ready].is_ready
    assert not shown[without].is_ready
    assert not shown[without].employer_consent
    assert [one.is_next for one in shown.values() if one.status is C.RESERVE] == [True]
    (line,) = board.list_sendings(by=by)
    assert (line.to_send, line.reserve, line.sent) == (2, 1, 0)


def test_the_road_tells_what_waits_and_what_happened(by: Officer) -> None:
    where = sending.opening(by)
    waiting, gone = sending.sendable(by, where, 1), sending.sendable(by, where, 2)
    sending.sent(by, where, gone)
    with reading() as session:
        (task,) = road.sending_tasks(session, by)
        assert (task.candidacy_id, task.page) == (waiting, "sending")
        person = session.get_one(CandidacyRow, gone).jobseeker_id
        told = [str(event.what) for event in road.sending_events(session, person)]
    assert [line.split(":")[0].split(" to ")[0] for line in told] == [
        "Consent given",
        "Consent given",
        "CV sent",
    ]
