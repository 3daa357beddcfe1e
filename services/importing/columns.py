"""Our columns: the format of design 3.2, with the names people know them by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.enums import ImportKind
from domain.texts import N_


@dataclass(frozen=True)
class TargetColumn:
    """One column of the import format."""

    name: str
    label: str
    example: str = ""
    is_required: bool = False
    aliases: tuple[str, ...] = ()
    """Further names in other organisations' files."""


C = TargetColumn
JOBSEEKERS = (
    C("external_id", N_("File number"), "P-0001", True, ("id", "external id", "number", "№")),
    C("personal_number", N_("Personal number"), "00000000001", False, ("personal id", "pid")),
    C(
        "first_name_ka",
        N_("First name (Georgian)"),
        "ნინო",
        False,
        ("სახელი", "saxeli", "first name"),
    ),
    C(
        "last_name_ka",
        N_("Surname (Georgian)"),
        "ბერიძე",
        False,
        ("გვარი", "gvari", "surname", "last name"),
    ),
    C(
        "first_name_lat",
        N_("First name (Latin)"),
        "Nino",
        False,
        ("first name latin", "given name"),
    ),
    C("last_name_lat", N_("Surname (Latin)"), "Beridze", False, ("surname latin", "family name")),
    C("birth_date", N_("Birth date"), "1990-05-17", False, ("date of birth", "born", "birthday")),
    C("sex", N_("Sex"), "f", False, ("gender",)),
    C("citizenship", N_("Citizenship"), "GE", False, ("nationality",)),
    C("region", N_("Region"), "GE-KA"),
    C("municipality", N_("Municipality"), "GE-KA-04", False, ("რაიონი", "district")),
    C("phone", N_("Phone"), "+995555000000", False, ("mobile", "telephone", "ტელ", "მობილური")),
    C("email", N_("E-mail"), "nino@example.ge", False, ("mail", "ელფოსტა", "ელ. ფოსტა")),
    C(
        "education",
        N_("Education (ISCED 0–8)"),
        "3",
        False,
        ("education level", "განათლება", "isced"),
    ),
    C(
        "occupations",
        N_("Occupations (ISCO-08 : years)"),
        "9211:5;6111:2",
        False,
        ("occupation", "isco", "profession", "პროფესია"),
    ),
    C("skills", N_("Skills"), "S0001;S0002", False, ("skill", "უნარები")),
    C(
        "languages",
        N_("Languages (language : level)"),
        "ka:native;de:B1",
        False,
        ("language", "უცხო ენები", "ენები"),
    ),
    C(
        "licences",
        N_("Licences"),
        "B;C",
        False,
        ("licence", "license", "driving licence", "მართვის მოწმობა"),
    ),
    C("available_from", N_("Available from"), "2027-04-01"),
    C("available_to", N_("Available to"), "2027-10-31", False, ("available until",)),
    C("desired_countries", N_("Desired countries"), "DE;IL", False, ("countries", "ქვეყნები")),
    C("registered_on", N_("Registered on"), "2026-11-02", False, ("registration date",)),
)
VACANCIES = (
    C("number", N_("Vacancy number"), "V-0001", True, ("id", "job id", "reference", "№")),
    C(
        "title",
        N_("Title"),
        "Crop farm labourer",
        True,
        ("job title", "position", "თანამდებობა", "დასახელება"),
    ),
    C(
        "employer",
        N_("Employer"),
        "Example Farm GmbH",
        False,
        ("company", "company name", "employer name", "კომპანია"),
    ),
    C("country", N_("Country"), "DE", True, ("country code",)),
    C("town", N_("Town"), "Freiburg", False, ("city", "place", "location", "region", "ქალაქი")),
    C(
        "positions",
        N_("Number of positions"),
        "12",
        True,
        ("places", "vacancies", "number of places", "რაოდენობა"),
    ),
    C(
        "occupations",
        N_("Occupations (ISCO-08)"),
        "9211;6111",
        False,
        ("occupation", "isco", "isco08", "პროფესია"),
    ),
    C("skills_essential", N_("Essential skills"), "S0001", False, ("skills", "required skills")),
    C("skills_optional", N_("Optional skills"), "S0002"),
    C(
        "languages",
        N_("Languages (language : level, ! = must)"),
        "de:A2!;en:B1",
        False,
        ("language", "ენები"),
    ),
    C("education_min", N_("Lowest education (ISCED 0–8)"), "2", False, ("education",)),
    C("experience_years_min", N_("Years of experience"), "1", False, ("experience",)),
    C("licences_required", N_("Required licences"), "B", False, ("licences", "licenses")),
    C("licences_preferred", N_("Preferred licences"), "C"),
    C("start_on", N_("Start"), "2027-04-15", False, ("start date", "from", "start on")),
    C("end_on", N_("End"), "2027-10-15", False, ("end date", "until", "to", "end on")),
    C("hours_per_week", N_("Hours per week"), "40", False, ("hours", "weekly hours")),
    C("pay_amount", N_("Pay"), "14.50", False, ("wage", "salary", "pay amount", "ხელფასი")),
    C("pay_currency", N_("Currency of the pay"), "EUR", False, ("currency", "ვალუტა")),
    C("pay_period", N_("Pay per hour or month"), "hour", False, ("pay period", "per")),
    C(
        "closes_on",
        N_("Closing date"),
        "2027-02-28",
        False,
        ("deadline", "closing date", "apply by"),
    ),
    C(
        "description",
        N_("Description"),
        "Planting and harvesting vegetables",
        False,
        ("full description", "text", "job description"),
    ),
)

COLUMNS: Mapping[ImportKind, tuple[TargetColumn, ...]] = {
    ImportKind.JOBSEEKERS: JOBSEEKERS,
    ImportKind.VACANCIES: VACANCIES,
}
KEYS: Mapping[ImportKind, str] = {
    ImportKind.JOBSEEKERS: "external_id",
    ImportKind.VACANCIES: "number",
}
"""The column whose value is a row's own name, the same at every import."""


def names(kind: ImportKind) -> tuple[str, ...]:
    """The names of our columns, in the order of the format."""
    return tuple(column.name for column in COLUMNS[kind])


def required(kind: ImportKind) -> tuple[str, ...]:
    """The columns without which a row means nothing."""
    return tuple(column.name for column in COLUMNS[kind] if column.is_required)
