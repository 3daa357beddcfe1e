"""A sign-off belongs to exactly one content: both are needed, any change takes them back."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from db.models import JobseekerOccupationRow
from db.session import unit_of_work
from domain.enums import CvSignoffChannel, CvStatus, Role
from domain.exceptions import InvalidInput, NotFound, PermissionDenied, Refused, StaleVersion
from domain.records.cvs import CvRecord, CvTextForm
from domain.records.officer import Officer
from services import clock
from services.cvs import approval, signing, writing
from services.cvs import reading as cvs
from services.cvs.rules import cv_limits
from tests.factories import cvs as factory
from tests.factories.officers import officer
from tests.integration.services.commission.race import at_once, later, refused


@pytest.fixture
def recruiter(sqlite_database: Engine) -> Officer:
    return officer()


@pytest.fixture
def external_id(recruiter: Officer) -> str:
    """A person whose CV is whole but not signed off."""
    number = factory.somebody(recruiter)
    factory.written(number, recruiter)
    return number


def record(external_id: str, by: Officer) -> CvRecord:
    return cvs.read_cv(external_id=external_id, by=by)


def say(external_id: str, by: Officer, *, yes: bool = True, note: str = "") -> None:
    signing.record_candidate_answer(
        external_id=external_id,
        content_sha256=record(external_id, by).content_sha256,
        is_approved=yes,
        channel=CvSignoffChannel.PHONE,
        note=note,
        by=by,
    )


def link_of(external_id: str, by: Officer) -> str:
    made = approval.send_approval_link(external_id=external_id, by=by)
    return made.address.rpartition("/")[2]


def test_both_signoffs_make_a_cv_final_in_either_order(
    recruiter: Officer, external_id: str
) -> None:
    signing.ask_for_signoffs(external_id=external_id, by=recruiter)
    say(external_id, recruiter)
    now = record(external_id, recruiter)
    assert now.status is CvStatus.IN_REVIEW
    signing.sign_as_translator(
        external_id=external_id, content_sha256=now.content_sha256, by=recruiter
    )
    assert record(external_id, recruiter).status is CvStatus.FINAL
    assert not any(text.is_draft for text in record(external_id, recruiter).texts)


def test_a_changed_text_takes_both_signoffs_back_also_when_it_is_changed_back(
    recruiter: Officer, external_id: str
) -> None:
    factory.signed(external_id, recruiter)
    before = record(external_id, recruiter)
    for english in ("Other words.", factory.ABOUT[1]):
        forms = [CvTextForm("about", factory.ABOUT[0], english)]
        writing.write_texts(external_id=external_id, forms=forms, seen_version=None, by=recruiter)
        now = record(external_id, recruiter)
        assert now.status is CvStatus.DRAFT
        assert not any(one.is_current for one in now.signoffs)
    assert record(external_id, recruiter).content_sha256 == before.content_sha256


def test_saving_the_same_words_keeps_the_signoffs(recruiter: Officer, external_id: str) -> None:
    factory.signed(external_id, recruiter)
    texts = record(external_id, recruiter).texts
    forms = [CvTextForm(text.place, text.source_ka, text.english) for text in texts]
    changed = writing.write_texts(
        external_id=external_id, forms=forms, seen_version=None, by=recruiter
    )
    assert changed == 0
    assert record(external_id, recruiter).status is CvStatus.FINAL


def test_what_was_read_before_a_change_can_not_be_signed(
    recruiter: Officer, external_id: str
) -> None:
    seen = record(external_id, recruiter).content_sha256
    forms = [CvTextForm("about", factory.ABOUT[0], "Other words.")]
    writing.write_texts(external_id=external_id, forms=forms, seen_version=None, by=recruiter)
    signing.ask_for_signoffs(external_id=external_id, by=recruiter)
    with pytest.raises(Refused, match="changed since you opened it"):
        signing.sign_as_translator(external_id=external_id, content_sha256=seen, by=recruiter)


def test_a_text_in_one_language_alone_hinders_the_signoffs(
    recruiter: Officer, external_id: str
) -> None:
    for source, english in (("მხოლოდ ქართულად", ""), ("", "English alone")):
        forms = [CvTextForm("about", source, english)]
        writing.write_texts(external_id=external_id, forms=forms, seen_version=None, by=recruiter)
        with pytest.raises(Refused, match="About me"):
            signing.ask_for_signoffs(external_id=external_id, by=recruiter)


@pytest.mark.parametrize(
    "leak", ["call +995 555 00 01 01", "nino@example.ge", "ID 00000000101", "032 2 99 99 99"]
)
def test_contacts_in_a_text_hinder_the_signoffs(
    recruiter: Officer, external_id: str, leak: str
) -> None:
    forms = [CvTextForm("about", factory.ABOUT[0], leak)]
    writing.write_texts(external_id=external_id, forms=forms, seen_version=None, by=recruiter)
    with pytest.raises(Refused, match="take it out"):
        signing.ask_for_signoffs(external_id=external_id, by=recruiter)


def test_years_and_dates_are_no_contacts(recruiter: Officer, external_id: str) -> None:
    words = "Worked 2015-2018, 01.02.2019 - 30.11.2021, on 12 hectares."
    forms = [CvTextForm("about", factory.ABOUT[0], words)]
    writing.write_texts(external_id=external_id, forms=forms, seen_version=None, by=recruiter)
    signing.ask_for_signoffs(external_id=external_id, by=recruiter)


def test_a_no_sends_the_cv_back_with_the_candidates_words(
    recruiter: Officer, external_id: str
) -> None:
    signing.ask_for_signoffs(external_id=external_id, by=recruiter)
    with pytest.raises(InvalidInput):
        say(external_id, recruiter, yes=False)
    say(external_id, recruiter, yes=False, note="I drove the tractor too.")
    now = record(external_id, recruiter)
    assert now.status is CvStatus.DRAFT
    assert now.signoffs[0].note == "I drove the tractor too."


def test_two_officers_at_once_do_not_overwrite_one_another(
    recruiter: Officer, external_id: str
) -> None:
    seen = record(external_id, recruiter).version
    for place, english in enumerate(("First.", "Second.")):
        forms = [CvTextForm("about", factory.ABOUT[0], english)]
        if place:
            with pytest.raises(StaleVersion):
                writing.write_texts(
                    external_id=external_id, forms=forms, seen_version=seen, by=recruiter
                )
        else:
            writing.write_texts(
                external_id=external_id, forms=forms, seen_version=seen, by=recruiter
            )
    assert record(external_id, recruiter).texts[0].english == "First."


def test_names_are_suggested_as_passports_print_them(recruiter: Officer) -> None:
    form = replace(factory.WHOLE, first_name_lat=None, last_name_lat=None)
    number = factory.somebody(recruiter, form)
    names = record(number, recruiter).names
    assert (names.given_names, names.surname) == ("NINO", "QIPIANI")
    assert not names.is_confirmed
    for wrong in ("", "ნინო", "Nino1", "N" * 61):
        with pytest.raises(InvalidInput):
            writing.confirm_name(
                external_id=number, given_names=wrong, surname="KIPIANI", by=recruiter
            )
    writing.confirm_name(
        external_id=number, given_names="Nino", surname="o'neil-smith", by=recruiter
    )
    assert record(number, recruiter).names.surname == "O'NEIL-SMITH"
    assert any("another name" in str(one.sentence) for one in record(number, recruiter).shortfalls)


def test_the_candidate_approves_by_the_personal_link(recruiter: Officer, external_id: str) -> None:
    signing.ask_for_signoffs(external_id=external_id, by=recruiter)
    secret = link_of(external_id, recruiter)
    read = approval.read_cv_by_link(secret=secret)
    told = {line.place for part in read.sections_ka for line in part.lines}
    assert told == {line.place for part in read.sections_en for line in part.lines}
    for _twice in range(2):
        after = approval.answer_by_link(
            secret=secret, content_sha256=read.content_sha256, is_approved=True, note=""
        )
        assert after.answered is not None
    assert len(record(external_id, recruiter).signoffs) == 1


def test_the_candidate_can_not_approve_what_changed_while_reading(
    recruiter: Officer, external_id: str
) -> None:
    signing.ask_for_signoffs(external_id=external_id, by=recruiter)
    secret = link_of(external_id, recruiter)
    seen = approval.read_cv_by_link(secret=secret).content_sha256
    forms = [CvTextForm("about", factory.ABOUT[0], "Other words.")]
    writing.write_texts(external_id=external_id, forms=forms, seen_version=None, by=recruiter)
    with pytest.raises(Refused, match="changed since"):
        approval.answer_by_link(secret=secret, content_sha256=seen, is_approved=True, note="")


def test_a_newer_link_closes_the_older_one_and_time_closes_both(
    recruiter: Officer, external_id: str
) -> None:
    signing.ask_for_signoffs(external_id=external_id, by=recruiter)
    first = link_of(external_id, recruiter)
    second = link_of(external_id, recruiter)
    with pytest.raises(Refused, match="called back"):
        approval.read_cv_by_link(secret=first)
    clock.move(cv_limits(clock.today()).link_days + 1)
    with pytest.raises(Refused, match="was open until"):
        approval.answer_by_link(secret=second, content_sha256="", is_approved=True, note="")
    with pytest.raises(NotFound):
        approval.read_cv_by_link(secret="x" * 43)


def test_only_recruiters_see_cvs(recruiter: Officer, external_id: str) -> None:
    for role in (Role.COMMISSION_MEMBER, Role.MANAGER, Role.ADMINISTRATOR):
        other = officer(role)
        with pytest.raises(PermissionDenied):
            cvs.read_cv(external_id=external_id, by=other)
        with pytest.raises(PermissionDenied):
            cvs.list_cvs(by=other)


def test_the_list_says_whose_cv_misses_what(recruiter: Officer, external_id: str) -> None:
    factory.approved(external_id)
    (line,) = cvs.list_cvs(by=recruiter)
    assert (line.external_id, line.missing, line.is_sent) == (external_id, 0, False)
    factory.signed(external_id, recruiter)
    (line,) = cvs.list_cvs(by=recruiter)
    assert "can be sent" in str(line.next_step)


def test_texts_of_an_entry_that_left_the_file_are_kept(
    recruiter: Officer, external_id: str
) -> None:
    with unit_of_work() as work:
        work.session.query(JobseekerOccupationRow).delete()
        work.session.add(JobseekerOccupationRow(jobseeker_id=1, isco="5120", years=1.0))
        work.commit()
    kept = [text.english for text in record(external_id, recruiter).left_over]
    assert factory.TASKS[1] in kept


@pytest.mark.parametrize("head_start", [0, 15])
def test_a_yes_and_a_change_in_the_same_moment_never_leave_a_final_cv_of_other_words(
    database: Engine, head_start: int
) -> None:
    recruiter = officer()
    number = factory.somebody(recruiter)
    factory.written(number, recruiter)
    signing.ask_for_signoffs(external_id=number, by=recruiter)
    seen = record(number, recruiter).content_sha256
    signing.sign_as_translator(external_id=number, content_sha256=seen, by=recruiter)
    secret = link_of(number, recruiter)
    forms = [CvTextForm("about", factory.ABOUT[0], "Other words.")]
    answers = at_once(
        lambda: approval.answer_by_link(
            secret=secret, content_sha256=seen, is_approved=True, note=""
        ),
        later(
            head_start,
            lambda: writing.write_texts(
                external_id=number, forms=forms, seen_version=None, by=recruiter
            ),
        ),
    )
    refused(answers)
    now = record(number, recruiter)
    assert now.status is CvStatus.DRAFT
    assert not any(one.is_current for one in now.signoffs)
    assert "Other words." in [text.english for text in now.texts]
