"""The table of occupations is the whole ISCO-08, readable in both languages."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

REFERENCE = Path(__file__).resolve().parents[3] / "db" / "reference"

GROUPS_BY_LEVEL = {1: 10, 2: 43, 3: 130, 4: 436}
GEORGIAN_TITLE = re.compile(r"[ა-ჰ]+(?:[ ,()\-]+[ა-ჰ]+)*\)?")
ENGLISH_TITLE = re.compile(r"[A-Z][A-Za-z',()\- ]+")
ALIAS_SCRIPTS = {
    "ka": re.compile(r"(?:[A-Z]{1,3} )?[ა-ჰ]+(?:[ \-][ა-ჰ]+)*"),
    "en": re.compile(r"[A-Za-z0-9][A-Za-z0-9 '\-]+"),
    "de": re.compile(r"[A-Za-zÄÖÜäöüß0-9][A-Za-zÄÖÜäöüß0-9 '\-]+"),
    "pl": re.compile(r"[A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż][A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż+. \-]+"),
    "ru": re.compile(r"[А-Яа-яЁё][А-Яа-яЁё \-]+(?: (?:BE|B|CE|C|D))?"),
}


def read_rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


GROUPS = read_rows("isco08.csv")
ALIASES = read_rows("isco08_aliases.csv")
TITLES = read_rows("isco08_titles.csv")


def repeated(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_unit_groups_have_one_title_in_each_language_of_the_destinations() -> None:
    units = {row["code"] for row in GROUPS if row["level"] == "4"}
    assert {row["code"] for row in TITLES} == units
    assert repeated([row["code"] + row["lang"] for row in TITLES]) == []
    count = Counter(row["lang"] for row in TITLES)
    assert {lang for lang in count if count[lang] == len(units)} >= {"de", "pl", "fr", "it", "es"}
    assert [row for row in TITLES if row["title"] != " ".join(row["title"].split())] == []


def test_isco08_has_every_group_of_every_level() -> None:
    assert dict(Counter(int(row["level"]) for row in GROUPS)) == GROUPS_BY_LEVEL


def test_isco08_code_has_as_many_digits_as_its_level() -> None:
    assert [row["code"] for row in GROUPS if not row["code"].isdecimal()] == []
    assert [row["code"] for row in GROUPS if len(row["code"]) != int(row["level"])] == []


def test_isco08_codes_are_ordered_and_name_one_group() -> None:
    codes = [row["code"] for row in GROUPS]
    assert codes == sorted(set(codes))


def test_isco08_parent_is_the_group_one_digit_shorter() -> None:
    codes = {row["code"] for row in GROUPS}
    assert [row["code"] for row in GROUPS if row["parent"] != row["code"][:-1]] == []
    assert {row["parent"] for row in GROUPS} - codes == {""}


def test_isco08_every_group_leads_down_to_a_unit_group() -> None:
    parents = {row["parent"] for row in GROUPS}
    assert [r["code"] for r in GROUPS if r["level"] != "4" and r["code"] not in parents] == []


@pytest.mark.parametrize(
    ("column", "allowed"), [("title_ka", GEORGIAN_TITLE), ("title_en", ENGLISH_TITLE)]
)
def test_isco08_title_is_in_its_own_script(column: str, allowed: re.Pattern[str]) -> None:
    assert [row["code"] for row in GROUPS if not allowed.fullmatch(row[column])] == []


@pytest.mark.parametrize("column", ["title_ka", "title_en"])
@pytest.mark.parametrize("level", ["1", "2", "3", "4"])
def test_isco08_title_names_one_group_of_its_level(level: str, column: str) -> None:
    assert repeated([row[column] for row in GROUPS if row["level"] == level]) == []


def test_isco08_title_closes_every_bracket_it_opens() -> None:
    titles = [row[column] for row in GROUPS for column in ("title_ka", "title_en")]
    assert [title for title in titles if title.count("(") != title.count(")")] == []


@pytest.mark.parametrize(
    ("code", "title_ka"),
    [
        ("6111", "მინდვრისა და ბოსტნეულის მეურნე"),
        ("9211", "მემცენარეობის მუშა"),
        ("5322", "შინ მოვლის მუშაკი"),
        ("5321", "სამედიცინო დაწესებულების მომვლელი"),
        ("2221", "ექთანი"),
        ("8332", "სატვირთო მანქანის მძღოლი"),
        ("9313", "მშენებლობის მუშა"),
        ("7411", "ელექტრიკოსი"),
    ],
)
def test_isco08_frequent_group_keeps_its_agreed_georgian_title(code: str, title_ka: str) -> None:
    assert {row["code"]: row["title_ka"] for row in GROUPS}[code] == title_ka


def test_isco08_alias_leads_to_a_unit_group() -> None:
    unit_groups = {row["code"] for row in GROUPS if row["level"] == "4"}
    assert {row["code"] for row in ALIASES} - unit_groups == set()


def test_isco08_alias_leads_to_one_occupation_only() -> None:
    assert repeated([f"{row['lang']} {row['label'].casefold()}" for row in ALIASES]) == []


def test_isco08_alias_is_no_title_of_an_occupation() -> None:
    titles = {row[column] for row in GROUPS for column in ("title_ka", "title_en")}
    folded = {title.casefold() for title in titles}
    assert [row["label"] for row in ALIASES if row["label"].casefold() in folded] == []


def test_isco08_alias_is_in_the_script_of_its_language() -> None:
    assert [
        row["label"] for row in ALIASES if not ALIAS_SCRIPTS[row["lang"]].fullmatch(row["label"])
    ] == []


def test_isco08_aliased_occupation_has_everyday_names_in_both_languages() -> None:
    count = Counter((row["code"], row["lang"]) for row in ALIASES)
    codes = {row["code"] for row in ALIASES if row["lang"] == "en"}
    assert [key for code in codes for key in ((code, "ka"), (code, "en")) if count[key] < 3] == []


def test_isco08_every_unit_group_can_be_found_by_a_russian_name() -> None:
    unit_groups = {row["code"] for row in GROUPS if row["level"] == "4"}
    assert unit_groups - {row["code"] for row in ALIASES if row["lang"] == "ru"} == set()


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("сиделка", "5322"),
        ("дальнобойщик", "8332"),
        ("Erntehelfer", "9211"),
        ("operator wózka widłowego", "8344"),
        ("harvest helper", "9211"),
        ("სეზონური მუშა სოფლის მეურნეობაში", "9211"),
        ("caregiver", "5322"),
        ("მომვლელი", "5322"),
        ("HGV driver", "8332"),
        ("ტრაილერის მძღოლი", "8332"),
        ("dishwasher", "9412"),
        ("დიასახლისი", "9112"),
        ("forklift operator", "8344"),
        ("მებეტონე", "7114"),
    ],
)
def test_isco08_everyday_name_leads_to_its_occupation(label: str, code: str) -> None:
    assert {row["label"]: row["code"] for row in ALIASES}[label] == code
