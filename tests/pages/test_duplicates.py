"""A recruiter searches for duplicates, compares two files, merges them and undoes it."""

import threading
from dataclasses import replace

import pytest

from db.models import JobseekerRow
from db.session import unit_of_work
from domain.enums import JobseekerStatus
from domain.records.duplicates import DuplicateQuery
from services.duplicates import duplicate_search, judgements
from services.jobseekers import registration
from tests.factories import histories
from tests.factories.jobseekers import NINO


@pytest.fixture
def files(officers) -> tuple[str, str]:
    """Nino, registered twice, and nobody has looked yet."""
    by = officers["recruiter"]
    first = registration.register_jobseeker(form=NINO, by=by).external_id
    again = replace(NINO, personal_number=None, first_name_ka=None, last_name_ka=None, phone=None)
    second = registration.register_jobseeker(
        form=again, confirmed_not_duplicates=(first,), by=by
    ).external_id
    judgements.take_back_judgement(one=first, other=second, by=by)
    return first, second


@pytest.fixture
def said(texts_of):
    return lambda at: texts_of(at).replace("\\", "")


def searched(by) -> None:
    duplicate_search.find_duplicates(by=by)


def test_a_search_runs_beside_the_screen_and_fills_the_list(officers, open_page, files, said):
    at = open_page(officers["recruiter"], "duplicates")
    assert "Nobody has searched yet. Files in the register: 2" in said(at)
    at.button(key="duplicates.search").click().run()
    for thread in threading.enumerate():
        if thread.name == "duplicate-search":
            thread.join(20)
    at.run()
    assert not at.exception
    assert "Pairs: 1" in said(at)
    assert at.get("arrow_data_frame") or at.dataframe


def test_a_line_opens_both_files(officers, open_page, files, select_rows, said):
    searched(officers["recruiter"])
    at = open_page(officers["recruiter"], "duplicates")
    at = select_rows(at, "duplicates.table", [0])
    assert not at.exception
    assert at.query_params["one"] == [files[0]] or at.query_params["one"] == files[0]


def test_files_are_merged_and_parted_again(officers, open_page, files, said):
    by = officers["recruiter"]
    at = open_page(by, "duplicate_pair", one=files[0], other=files[1])
    assert "What differs: 4" in "\n".join(s.value for s in at.subheader)
    assert (
        at.button(key="duplicate_pair.merge").label.replace("\\", "") == f"Merge: keep {files[0]}"
    )
    at.button(key="duplicate_pair.merge").click().run()
    assert not at.exception
    merged = registration.get_jobseeker(external_id=files[1], by=by)
    assert merged.status is JobseekerStatus.MERGED

    at = open_page(by, "jobseeker", jobseeker=files[1])
    assert f"This file was merged into {files[0]}" in said(at)
    assert not [button for button in at.button if str(button.key).startswith("jobseeker.start")]
    undo = next(b for b in at.button if str(b.key).startswith("jobseeker.undo"))
    undo.click().run()
    assert not at.exception
    back = registration.get_jobseeker(external_id=files[1], by=by)
    assert back.status is JobseekerStatus.ACTIVE


def test_what_hinders_stands_at_the_button(officers, open_page, files, said):
    vacancy = histories.vacancy()
    for place, file in enumerate(files):
        row = registration.get_jobseeker(external_id=file, by=officers["recruiter"])
        histories.candidacy(row.id, vacancy, ("preselected", f"2026-02-0{place + 1}"))
    at = open_page(officers["recruiter"], "duplicate_pair", one=files[0], other=files[1])
    button = at.button(key="duplicate_pair.merge")
    assert button.disabled
    assert "Both files are candidates for" in button.help
    assert "take one of them out there first" in said(at)


def test_two_people_stay_two_until_that_is_taken_back(officers, open_page, files, said):
    by = officers["recruiter"]
    searched(by)
    at = open_page(by, "duplicate_pair", one=files[0], other=files[1])
    at.button(key="duplicate_pair.different").click().run()
    assert not at.exception
    assert duplicate_search.list_pairs(query=DuplicateQuery(), by=by).total == 0
    at = open_page(by, "duplicate_pair", one=files[0], other=files[1])
    assert at.button(key="duplicate_pair.merge").disabled
    at.button(key="duplicate_pair.take_back").click().run()
    assert not at.exception
    assert not at.button(key="duplicate_pair.merge").disabled


def test_numbers_are_masked_until_asked_for(officers, open_page, files, said):
    with unit_of_work() as work:
        row = work.session.get_one(
            JobseekerRow,
            registration.get_jobseeker(external_id=files[1], by=officers["recruiter"]).id,
        )
        row.personal_number = "00000000191"
        work.commit()
    at = open_page(officers["recruiter"], "duplicate_pair", one=files[0], other=files[1])
    assert NINO.personal_number not in said(at)
    at.button(key="duplicate_pair.numbers").click().run()
    assert NINO.personal_number in said(at)
    told = registration.list_history(external_id=files[1], by=officers["recruiter"])
    assert "Looked at the personal number" in [str(entry.sentence) for entry in told]


@pytest.mark.parametrize("lang", ["en", "ka"])
def test_a_file_leads_to_the_comparison_with_another_one(officers, open_page, files, lang):
    at = open_page(officers["recruiter"], "jobseeker", lang=lang, jobseeker=files[0])
    at.text_input(key="jobseeker.edit.other_file").set_value(files[1])
    at.button(key="jobseeker.compare").click().run()
    assert not at.exception
    assert at.button(key="duplicate_pair.merge")


def test_others_may_not_open_the_list(officers, open_page, files, said):
    at = open_page(officers["manager"], "duplicates")
    assert "not part of your role" in said(at)
