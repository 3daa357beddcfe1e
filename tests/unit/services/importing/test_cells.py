"""What a cell may say, and the sentence for each that may not."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import db.session
from db.settings import Settings
from domain.enums import CefrLevel, RequirementKind, Sex
from domain.records.jobseeker import LanguageEntry, OccupationEntry
from domain.records.vacancy import LanguageWanted
from services.importing import cells
from services.importing.cells import BadCell
from services.importing.jobseekers import JobseekerRows
from services.importing.vacancies import VacancyRows
from services.reference import Reference, reference
from services.texts import render

PERSON = {"external_id": "P-1", "first_name_ka": "ნინო", "last_name_ka": "ბერიძე"}
VACANCY = {"number": "V-1", "title": "Welder", "country": "DE", "positions": "2"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-04-15", date(2026, 4, 15)),
        ("2026-4-5", date(2026, 4, 5)),
        ("15.04.2026", date(2026, 4, 15)),
        ("1.2.1990", date(1990, 2, 1)),
        ("2026-04-15 00:00:00", date(2026, 4, 15)),
        ("2026-04-15T10:30:00Z", date(2026, 4, 15)),
        ("45000", date(2023, 3, 15)),
        ("45000.5", date(2023, 3, 15)),
        ("29.02.2024", date(2024, 2, 29)),
    ],
)
def test_a_date_is_read_in_the_usual_ways(text: str, expected: date) -> None:
    assert cells.day(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31.02.2026", "no such day"),
        ("2026-02-30", "no such day"),
        ("29.02.2023", "no such day"),
        ("04/15/2026", "mixed up"),
        ("05/06/2026", "mixed up"),
        ("15-04-2026", "mixed up"),
        ("15.04.26", "four digits"),
        ("1/2/26", "four digits"),
        ("15 April 2026", "not a date"),
        ("2026", "not a date"),
        ("99999", "not a date"),
        ("1785-01-01", "year"),
        ("１５.04.2026", "not a date"),
        ("soon", "not a date"),
    ],
)
def test_another_date_is_refused_with_what_to_write(text: str, reason: str) -> None:
    with pytest.raises(BadCell, match=reason):
        cells.day(text)


@given(st.dates(date(1920, 1, 1), date(2119, 1, 1)))
def test_every_date_comes_back_from_all_three_ways(day: date) -> None:
    serial = (day - cells.EXCEL_DAY_ZERO).days
    for text in (day.isoformat(), day.strftime("%d.%m.%Y"), str(serial)):
        assert cells.day(text) == day


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1234567890", "zero in front"),
        ("1.2345678901E+10", "last digits are lost"),
        ("1,23E10", "last digits are lost"),
        ("０1234567890"[:11], "other digits|11 digits"),
        ("٠١٢٣٤٥٦٧٨٩٠", "other digits"),
        ("０１２３４５６７８９０", "other digits"),
        ("123456789012", "11 digits"),
        ("0123456789a", "11 digits"),
        ("12345678901.0", "11 digits"),
        ("-", "11 digits"),
    ],
)
def test_a_damaged_personal_number_is_refused_with_the_cause(text: str, reason: str) -> None:
    with pytest.raises(BadCell, match=reason):
        cells.personal_number(text)


def test_a_personal_number_may_have_spaces() -> None:
    assert cells.personal_number("00 000 000 001") == "00000000001"


@pytest.mark.parametrize("text", ["1.5", "-1", "twelve", "1e3", "१२", "1 000", "9999999999"])
def test_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(BadCell):
        cells.whole(text)


@pytest.mark.parametrize("text", ["1.234,50", "€14", "-3", "1,2,3", "٣", "nan", "inf", "1e9"])
def test_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadCell):
        cells.decimal(text)


def test_a_decimal_comma_is_read() -> None:
    assert cells.decimal("14,50") == Decimal("14.50")


@pytest.fixture(scope="module")
def known(sqlite_template: Path) -> Iterator[Reference]:
    """The reference tables, read once: no test here writes."""
    engine = db.session.configure(
        Settings(database_url=f"sqlite:///{sqlite_template}", environment="test")
    )
    yield reference()
    engine.dispose()
    db.session._engine = None


@pytest.fixture(scope="module")
def people(known: Reference) -> JobseekerRows:
    return JobseekerRows(known)


@pytest.fixture(scope="module")
def vacancies(known: Reference) -> VacancyRows:
    return VacancyRows(known)


def test_a_full_row_of_a_person_becomes_a_form(people: JobseekerRows) -> None:
    key, form, problems = people.parse(
        PERSON
        | {
            "personal_number": "00000000001",
            "birth_date": "17.05.1990",
            "sex": "f",
            "citizenship": "საქართველო",
            "municipality": "თელავი",
            "phone": "555 12 34 56",
            "education": "3",
            "occupations": "9211:5; 7212:2.5",
            "skills": "sow seeds by hand;S0001;თესლის ხელით თესვა",
            "languages": "de:b1;ka:native",
            "licences": "B;c",
            "desired_countries": "DE;Israel",
        }
    )
    assert not problems and form is not None
    assert key == "P-1"
    assert (form.sex, form.citizenship, form.region) == (Sex.FEMALE, "GE", "GE-KA")
    assert form.phone == "+995555123456"
    assert OccupationEntry("7212", 2.5) in form.occupations
    assert LanguageEntry("de", CefrLevel.B1) in form.languages
    assert {skill.skill_id for skill in form.skills} == {"S0001", "S0002"}
    assert form.desired_countries == ("DE", "IL")
    assert (form.first_name_lat, form.last_name_lat) == ("Nino", "Beridze")


BAD_PEOPLE = {
    "external_id": [("", "may not be empty")],
    "personal_number": [("123", "11 digits")],
    "first_name_ka": [("Nino", "Georgian letters"), ("=1+1", "Georgian letters")],
    "first_name_lat": [("ნინო", "Latin letters")],
    "birth_date": [("31.02.1990", "no such day"), ("2999-01-01", "year"), ("2100-01-01", "future")],
    "sex": [("x", "f, m")],
    "citizenship": [("Atlantis", "country code"), ("EU", "country code")],
    "region": [("Tuscany", "region code")],
    "municipality": [("Paris", "municipality")],
    "phone": [("call me", "phone number"), ("9.95555E+11", "phone number")],
    "email": [("nino(at)example.ge", "e-mail")],
    "education": [("9", "0 to 8"), ("high school", "0 to 8")],
    "occupations": [
        ("welder", "ISCO-08"),
        ("921", "wider group"),
        ("110", "zero in front"),
        ("9211:many", "not a number"),
        ("9211:200", "so many years"),
        ("9211,7212", "ISCO-08"),
    ],
    "skills": [("telepathy of the moon", "not in the list"), ("sow seeds by hands", "Is “")],
    "languages": [
        ("de", "as in de:B1"),
        ("de:", "as in de:B1"),
        ("xx:B1", "language code"),
        ("de:B7", "possible are"),
        ("de:A2!", "possible are"),
        ("de:A1;de:B1", "twice"),
    ],
    "licences": [("Z9", "licence")],
    "available_from": [("spring", "not a date")],
    "desired_countries": [("DE,IL", "country code")],
    "registered_on": [("15.04.26", "four digits")],
}


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [(column, *case) for column, cases in BAD_PEOPLE.items() for case in cases],
)
def test_a_bad_cell_of_a_person_is_named_with_what_is_expected(
    people: JobseekerRows, column: str, text: str, reason: str
) -> None:
    _, form, problems = people.parse(PERSON | {column: text})
    assert form is None
    assert [target for target, _ in problems] == [column]
    assert reason in render(problems[0][1], "en")
    assert render(problems[0][1], "ka") != render(problems[0][1], "en")


def test_every_bad_cell_of_a_row_is_named_at_once(people: JobseekerRows) -> None:
    _, _, problems = people.parse(PERSON | {"sex": "x", "birth_date": "?", "skills": "magic"})
    assert {target for target, _ in problems} == {"sex", "birth_date", "skills"}


def test_an_end_before_its_start_is_named(people: JobseekerRows) -> None:
    _, form, problems = people.parse(
        PERSON | {"available_from": "2027-05-01", "available_to": "2027-04-01"}
    )
    assert form is None and problems[0][0] == "available_to"


def test_a_municipality_of_another_region_is_named(people: JobseekerRows) -> None:
    _, _, problems = people.parse(PERSON | {"region": "GE-TB", "municipality": "თელავი"})
    assert [target for target, _ in problems] == ["municipality"]


def test_empty_cells_are_unknown_and_no_problem(people: JobseekerRows) -> None:
    _, form, problems = people.parse(PERSON | {"education": "", "languages": "", "skills": " ; "})
    assert form is not None and not problems
    assert form.education is None and form.languages == () and form.skills == ()


def test_a_full_row_of_a_vacancy_becomes_a_form(vacancies: VacancyRows) -> None:
    _, form, problems = vacancies.parse(
        VACANCY
        | {
            "employer": "Example Farm",
            "occupations": "9211;6111",
            "skills_essential": "S0001",
            "languages": "de:A2!;en:B1",
            "licences_required": "B",
            "start_on": "15.04.2027",
            "end_on": "2027-10-15",
            "hours_per_week": "38,5",
            "pay_amount": "14.50",
            "pay_currency": "eur",
            "pay_period": "hour",
        }
    )
    assert not problems and form is not None
    assert form.languages == (
        LanguageWanted("de", CefrLevel.A2, RequirementKind.MUST),
        LanguageWanted("en", CefrLevel.B1, RequirementKind.PREFERRED),
    )
    assert (form.hours_per_week, form.pay_amount, form.pay_currency) == (
        38.5,
        Decimal("14.50"),
        "EUR",
    )


BAD_VACANCIES = {
    "number": [("", "may not be empty")],
    "title": [("", "may not be empty")],
    "country": [("", "may not be empty"), ("Deutschlandia", "country code")],
    "positions": [("0", "At least one"), ("some", "whole number"), ("2.5", "whole number")],
    "occupations": [("farm", "ISCO-08")],
    "skills_essential": [("magic wand", "not in the list")],
    "languages": [("de!", "as in de:B1"), ("de:Z!", "possible are")],
    "education_min": [("12", "0 to 8")],
    "experience_years_min": [("long", "not a number"), ("99", "between 0 and 60")],
    "hours_per_week": [("200", "168")],
    "pay_amount": [("a lot", "not a number")],
    "pay_currency": [("euros", "currency code")],
    "pay_period": [("week", "hour, month")],
    "start_on": [("04/15/2027", "mixed up")],
    "closes_on": [("31.04.2027", "no such day")],
}


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [(column, *case) for column, cases in BAD_VACANCIES.items() for case in cases],
)
def test_a_bad_cell_of_a_vacancy_is_named_with_what_is_expected(
    vacancies: VacancyRows, column: str, text: str, reason: str
) -> None:
    _, form, problems = vacancies.parse(VACANCY | {column: text})
    assert form is None
    assert [target for target, _ in problems] == [column]
    assert reason in render(problems[0][1], "en")


def test_pay_without_its_currency_is_named(vacancies: VacancyRows) -> None:
    _, _, problems = vacancies.parse(VACANCY | {"pay_amount": "14"})
    assert {target for target, _ in problems} == {"pay_currency", "pay_period"}
