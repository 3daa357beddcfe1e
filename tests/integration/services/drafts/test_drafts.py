"""Begun forms: kept as they were typed, for their officer alone, encrypted, not for long."""

from datetime import date

import pytest
from sqlalchemy import Engine, select

from db.models import DraftRow, JobseekerRow
from db.session import reading, unit_of_work
from domain.enums import JobseekerStatus, LetterKind, Role
from domain.records.officer import Officer
from services import clock, requests
from services.drafts.keeping import DraftOf, discard_draft, expire_drafts, find_draft, save_draft
from services.drafts.values import from_plain, to_plain
from services.jobseekers import registration
from services.privacy.depersonalising import depersonalise_one
from tests.factories.jobseekers import NINO
from tests.factories.officers import officer

pytestmark = pytest.mark.usefixtures("sqlite_database")

NEW = DraftOf("jobseeker.new")
TYPED = {
    "first_name_ka": "ნინო",
    "birth_date": date(1990, 2, 3),
    "kind": LetterKind.MEMO,
    "languages.rows": [0, 2],
    "years": 2.5,
    "phone": None,
}


@pytest.fixture
def by() -> Officer:
    return officer(Role.RECRUITER, username="nino")


def test_form_comes_back_as_it_was_typed(by: Officer) -> None:
    assert save_draft(of=NEW, values={**TYPED, "add": True, "problems": {"a": 1}}, by=by)
    found = find_draft(form=NEW.form, by=by)
    assert found is not None
    assert found.values == TYPED


def test_later_words_take_the_place_of_earlier_ones(by: Officer) -> None:
    save_draft(of=NEW, values={"a": "1"}, by=by)
    begun = find_draft(form=NEW.form, by=by)
    clock.move(1)
    save_draft(of=NEW, values={"a": "2"}, by=by)
    found = find_draft(form=NEW.form, by=by)
    assert begun is not None
    assert found is not None
    assert (found.values, found.begun_at) == ({"a": "2"}, begun.begun_at)
    assert found.saved_at > begun.saved_at


def test_nobody_else_sees_or_discards_a_begun_form(by: Officer) -> None:
    save_draft(of=NEW, values=TYPED, by=by)
    other = officer(Role.ADMINISTRATOR, username="other")
    assert find_draft(form=NEW.form, by=other) is None
    discard_draft(form=NEW.form, by=other)
    assert find_draft(form=NEW.form, by=by) is not None


def test_database_holds_no_word_of_a_begun_form_in_clear(by: Officer) -> None:
    save_draft(of=NEW, values=TYPED, by=by)
    with reading() as session:
        row = session.scalars(select(DraftRow)).one()
    assert row.content_sealed is not None
    assert "ნინო".encode() not in row.content_sealed
    assert b"first_name" not in row.content_sealed


def test_sent_form_is_forgotten(by: Officer) -> None:
    save_draft(of=NEW, values=TYPED, by=by)
    discard_draft(form=NEW.form, by=by)
    assert find_draft(form=NEW.form, by=by) is None


def test_begun_form_is_deleted_after_its_days(by: Officer) -> None:
    save_draft(of=NEW, values=TYPED, by=by)
    clock.move(13)
    assert expire_drafts() == 0
    clock.move(2)
    assert (expire_drafts(), expire_drafts()) == (1, 0)
    assert find_draft(form=NEW.form, by=by) is None


def test_too_much_is_not_kept_and_what_was_kept_stays(by: Officer) -> None:
    save_draft(of=NEW, values={"a": "1"}, by=by)
    assert not save_draft(of=NEW, values={"a": "x" * 300_000}, by=by)
    found = find_draft(form=NEW.form, by=by)
    assert found is not None
    assert found.values == {"a": "1"}
    kept = [save_draft(of=DraftOf(f"form.{at}"), values={"a": "1"}, by=by) for at in range(70)]
    assert sum(kept) == 59


def test_typing_on_within_one_request_is_kept_again(by: Officer, sqlite_database: Engine) -> None:
    with requests.once(requests.own_id(requests.new_id(), by)) as request:
        for at in range(3):
            with requests.without_request():
                save_draft(of=NEW, values={"a": at}, by=by)
    assert not request.has_changed
    found = find_draft(form=NEW.form, by=by)
    assert found is not None
    assert found.values == {"a": 2}


def test_code_that_is_no_more_is_left_out() -> None:
    plain = to_plain({"kind": LetterKind.MEMO})
    assert from_plain({**plain, "old": {"enum": ["LetterKind", "telegram"]}}) == {
        "kind": LetterKind.MEMO
    }
    assert from_plain({"old": {"enum": ["Telegram", "x"]}}) == {}


def test_a_window_left_open_does_not_name_a_depersonalised_person_again(by: Officer) -> None:
    file = registration.register_jobseeker(form=NINO, by=by).external_id
    of = DraftOf("jobseeker", 1, file)
    assert save_draft(of=of, values={"last_name_ka": "ყიფიანი"}, by=by)
    with unit_of_work() as work:
        row = work.session.scalars(select(JobseekerRow)).one()
        row.status, id_ = JobseekerStatus.WITHDRAWN, row.id
        work.commit()
    depersonalise_one(id_, rule="request", by=None)
    assert find_draft(form="jobseeker", by=by) is None
    assert not save_draft(of=of, values={"last_name_ka": "ყიფიანი"}, by=by)
    assert find_draft(form="jobseeker", by=by) is None
