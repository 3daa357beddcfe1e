"""What two files say becomes one: nothing said is lost, nothing counts twice."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.enums import CefrLevel, DocumentKind, Evidence, JobseekerStatus, Side
from domain.records.jobseeker import (
    DocumentEntry,
    EducationEntry,
    JobseekerForm,
    JobseekerRecord,
    LanguageEntry,
    OccupationEntry,
    SkillEntry,
)
from domain.values import completeness
from services.duplicates.merge_choice import differing, proposed_choices, united, united_form
from tests.factories.jobseekers import NINO

DAY = datetime(2026, 5, 1, tzinfo=UTC)
evidence = st.sampled_from(Evidence)
languages = st.lists(
    st.builds(
        LanguageEntry, st.sampled_from(["de", "en", "pl"]), st.sampled_from(CefrLevel), evidence
    ),
    unique_by=lambda entry: entry.language,
).map(tuple)
work = st.lists(
    st.builds(
        OccupationEntry,
        st.sampled_from(["9211", "5322"]),
        st.one_of(st.none(), st.floats(0, 20)),
        evidence=evidence,
    ),
    max_size=4,
).map(tuple)
studies = st.lists(
    st.builds(
        EducationEntry,
        st.integers(2, 4),
        st.sampled_from([None, "School 1"]),
        year_completed=st.sampled_from([None, 2010]),
    )
).map(tuple)


def file(form: JobseekerForm, day: datetime = DAY) -> JobseekerRecord:
    """A stored file of that form."""
    return JobseekerRecord(
        1, "JS-1", 1, JobseekerStatus.ACTIVE, day.date(), day, form, completeness(form)
    )


@given(languages, languages)
def test_a_language_stands_once_and_as_well_known_as_in_either(ours, theirs) -> None:
    found = united("languages", ours, theirs)
    assert sorted(e.language for e in found) == sorted({e.language for e in (*ours, *theirs)})
    for entry in (*ours, *theirs):
        [best] = [e for e in found if e.language == entry.language]
        assert list(Evidence).index(best.evidence) >= list(Evidence).index(entry.evidence)
    assert {e.language for e in united("languages", theirs, ours)} == {e.language for e in found}


@given(work, work)
def test_years_of_an_occupation_come_from_one_file(ours, theirs) -> None:
    found = united("occupations", ours, theirs)
    for isco in {e.isco for e in (*ours, *theirs)}:
        years = sum(e.years or 0 for e in found if e.isco == isco)
        sides = [
            sum(e.years or 0 for e in dict.fromkeys(side) if e.isco == isco)
            for side in (ours, theirs)
        ]
        assert min(abs(years - side) for side in sides) < 1e-9


@given(studies, studies)
def test_an_entry_that_says_less_goes_into_the_fuller_one(ours, theirs) -> None:
    found = united("education_entries", ours, theirs)
    for entry in (*ours, *theirs):
        assert any(
            all(
                getattr(entry, name) in (None, getattr(kept, name))
                for name in ("level", "institution", "year_completed")
            )
            for kept in found
        )
    assert len(set(found)) == len(found)


@given(languages, work, studies)
def test_a_list_united_with_itself_stays(spoken, jobs, schools) -> None:
    assert set(united("languages", spoken, spoken)) == set(spoken)
    assert set(united("occupations", jobs, jobs)) == set(jobs)
    once = united("education_entries", schools, schools)
    assert united("education_entries", once, once) == once


@pytest.mark.parametrize(
    ("ours", "theirs", "side"),
    [
        ({"phone": "1"}, {"phone": None}, Side.KEPT),
        ({"phone": None}, {"phone": "2"}, Side.OTHER),
        ({"phone": "1"}, {"phone": "2"}, Side.OTHER),
        ({"education": 0}, {"education": None}, Side.KEPT),
        ({"education": None}, {"education": 0}, Side.OTHER),
        ({"skills": (SkillEntry("a"),)}, {"skills": (SkillEntry("b"),)}, Side.BOTH),
        ({"skills": ()}, {"skills": (SkillEntry("b"),)}, Side.OTHER),
    ],
)
def test_what_is_stated_and_then_what_is_newer_is_proposed(ours, theirs, side) -> None:
    kept, other = file(replace(NINO, **ours)), file(replace(NINO, **theirs), DAY.replace(month=9))
    assert proposed_choices(kept, other) == dict.fromkeys(ours, side)
    assert differing(kept.form, other.form) == tuple(ours)


def test_the_file_with_a_checked_passport_is_believed_before_the_newer_one() -> None:
    passport = DocumentEntry(DocumentKind.PASSPORT, "12", evidence=Evidence.CERTIFICATE)
    kept = file(replace(NINO, documents=(passport,)))
    other = file(replace(NINO, last_name_lat="Qipiani"), DAY.replace(month=9))
    assert proposed_choices(kept, other)["last_name_lat"] is Side.KEPT
    assert proposed_choices(other, kept)["last_name_lat"] is Side.OTHER


def test_the_united_file_was_registered_on_the_earlier_day() -> None:
    early, late = date(2026, 1, 2), date(2026, 3, 4)
    kept, other = replace(NINO, registered_on=late), replace(NINO, registered_on=early)
    assert united_form(kept, other, {}).registered_on == early
    assert united_form(kept, kept, {}) == kept
