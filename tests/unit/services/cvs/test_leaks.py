"""Texts are cleared of what a level hides, however it is written."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.enums import CvLevel, DocumentKind
from domain.records.jobseeker import DocumentEntry, JobseekerForm
from services.cvs.content import cv_content
from services.cvs.leaks import has_contacts, secrets_of, without
from services.cvs.rules import redaction
from tests.factories.jobseekers import person

DAY = date(2026, 11, 1)
FORM = person(
    phone="+995555000101",
    email="nino.kipiani@example.ge",
    address="თელავი, ერეკლეს ქუჩა 5",
    documents=(DocumentEntry(DocumentKind.PASSPORT, "12AB34567"),),
)


def cleared(text: str, level: CvLevel, form: JobseekerForm = FORM) -> str:
    content = cv_content(form, None, {})
    return str(without(text, secrets_of(form, content, redaction(level, DAY))))


PHONES = ("555000101", "555 00 01 01", "555-000-101", "+995 555 000 101", "(555) 00.01.01")


@pytest.mark.parametrize("level", [CvLevel.NO_CONTACTS, CvLevel.ANONYMOUS])
@pytest.mark.parametrize("said", [*PHONES, "nino.kipiani@example.ge", "NINO.KIPIANI@example.ge"])
def test_contacts_are_covered_where_they_are_hidden(said: str, level: CvLevel) -> None:
    text = cleared(f"Ask me: {said}, any day in 2019.", level)
    assert said not in text and "000101" not in text and "2019" in text


@pytest.mark.parametrize("level", list(CvLevel))
@pytest.mark.parametrize("said", ["00000000101", "000 000 001 01", "12AB34567", "12 ab34567"])
def test_personal_and_passport_numbers_are_covered_at_every_level(
    said: str, level: CvLevel
) -> None:
    assert cleared(f"My number {said}.", level).replace("[…]", "") in {"My number .", "My number."}


NAMES = ("ნინო", "ნინოს", "ნინომ", "ყიფიანი", "ყიფიანის", "ყიფიანმა", "ყიფიანს", "Nino", "NINO's")
SPELLED = ("Kipiani", "Qipiani", "kipiani's", "Q'ipiani", "Yipiani")


@pytest.mark.parametrize("said", [*NAMES, *SPELLED])
def test_names_are_covered_in_every_case_and_spelling(said: str) -> None:
    text = cleared(f"ჩვენთან {said} მუშაობდა", CvLevel.ANONYMOUS)
    assert said not in text and "ჩვენთან" in text
    assert said in cleared(f"ჩვენთან {said} მუშაობდა", CvLevel.FULL)


@given(some.text(max_size=80))
def test_a_text_without_secrets_stays_as_it_is_in_full(text: str) -> None:
    form = replace(FORM, personal_number=None, documents=())
    assert cleared(text, CvLevel.FULL, form) == text


@pytest.mark.parametrize("text", ["5 years, 2015-2018", "12 ha, 450 trees", "from 01.02.2019", ""])
def test_ordinary_numbers_are_no_contacts(text: str) -> None:
    assert not has_contacts(text)
    assert cleared(text, CvLevel.ANONYMOUS) == text


def test_every_level_is_narrower_than_the_one_before() -> None:
    full, no_contacts, anonymous = (redaction(level, DAY).fields for level in CvLevel)
    assert anonymous < no_contacts < full
    assert not no_contacts & {"phone", "email", "address"}
    assert not anonymous & {"name", "birth_date", "residence", "citizenship", "employers"}
