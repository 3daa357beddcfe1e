"""What a personal number, a name, an address or a date must look like."""

from datetime import date

import pytest

from domain import values
from domain.enums import DocumentKind
from domain.records.jobseeker import DocumentEntry, JobseekerForm


@pytest.mark.parametrize(
    "number", ["0100102233", "010010223344", "0100102233a", "01001 02233", "٠١٠٠١٠٢٢٣٣٤"]
)
def test_a_personal_number_that_is_not_eleven_digits_is_refused(number: str) -> None:
    assert values.personal_number_problem(number)


def test_a_personal_number_of_eleven_digits_is_accepted() -> None:
    assert values.personal_number_problem("01001022334") is None


def test_a_masked_personal_number_shows_its_last_four_digits() -> None:
    assert values.masked("01001022334") == "*******2334"
    assert values.masked(None) is None


@pytest.mark.parametrize("name", ["ნინო", "ანა მარია", "ბერიძე-ყიფიანი", "ა" * 60])
def test_a_georgian_name_is_accepted(name: str) -> None:
    assert values.georgian_name_problem(name) is None


@pytest.mark.parametrize("name", ["Nino", "ნინo", "ნინო2", "ნინო-", "ა" * 61])
def test_a_georgian_name_with_anything_but_georgian_letters_is_refused(name: str) -> None:
    assert values.georgian_name_problem(name)


@pytest.mark.parametrize("name", ["Nino", "K'ak'abadze", "O'Brien", "Anna-Maria", "De La Cruz"])
def test_a_latin_name_as_in_passports_is_accepted_without_doubt(name: str) -> None:
    assert values.latin_name_problem(name) is None
    assert values.latin_name_doubt(name) is None


def test_a_latin_name_with_marks_is_accepted_with_a_doubt() -> None:
    assert values.latin_name_problem("Müller") is None
    assert values.latin_name_doubt("Müller")


@pytest.mark.parametrize("name", ["ნინო", "Нино", "Nino1", "Nin_o", "=Nino"])
def test_a_latin_name_in_another_script_is_refused(name: str) -> None:
    assert values.latin_name_problem(name)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("  ნინო  ", "ნინო"), ("ᲜᲘᲜᲝ", "ნინო"), ("K’ak’abadze", "K'ak'abadze"), ("   ", None)],
)
def test_a_name_is_stored_tidy(typed: str, stored: str | None) -> None:
    assert values.tidy_name(typed) == stored


@pytest.mark.parametrize("text", ["nino@example.ge", "a.b+c@sub.example.org"])
def test_an_email_address_is_accepted(text: str) -> None:
    assert values.email_problem(text) is None


@pytest.mark.parametrize(
    "text", ["nino", "nino@", "nino@ge", "a b@c.ge", "a@b..ge", "a@" + "b" * 260 + ".ge"]
)
def test_a_malformed_email_address_is_refused(text: str) -> None:
    assert values.email_problem(text)


@pytest.mark.parametrize(
    ("born", "is_accepted"),
    [
        (date(2010, 6, 15), True),
        (date(2010, 6, 16), False),
        (date(2027, 1, 1), False),
        (date(1926, 6, 15), True),
        (date(1925, 6, 15), False),
    ],
)
def test_a_birth_date_must_give_an_age_from_16_to_100(born: date, is_accepted: bool) -> None:
    assert (values.birth_date_problem(born, date(2026, 6, 15), 16, 100) is None) is is_accepted


def test_somebody_born_on_29_february_is_a_year_older_on_1_march() -> None:
    assert values.years_between(date(2004, 2, 29), date(2025, 2, 28)) == 20
    assert values.years_between(date(2004, 2, 29), date(2025, 3, 1)) == 21


def test_completeness_counts_what_is_known_and_names_what_is_missing() -> None:
    empty = values.completeness(JobseekerForm())
    assert (empty.known, empty.percent) == (0, 0)
    assert empty.missing == values.FACTS
    some = values.completeness(
        JobseekerForm(
            education=0,
            email="a@b.ge",
            documents=(DocumentEntry(DocumentKind.PASSPORT, valid_until=date(2030, 1, 1)),),
        )
    )
    assert set(values.FACTS) - set(some.missing) == {"education", "contact", "passport"}


def test_a_passport_without_validity_does_not_count_as_known() -> None:
    form = JobseekerForm(documents=(DocumentEntry(DocumentKind.PASSPORT, "12AB34567"),))
    assert "passport" in values.completeness(form).missing
