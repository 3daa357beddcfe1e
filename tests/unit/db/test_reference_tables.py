"""The project's own reference tables are whole, dated, sourced and bilingual."""

import csv
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

REFERENCE = Path(__file__).resolve().parents[3] / "db" / "reference"

KEYS = {
    "licences.csv": "code",
    "languages.csv": "code",
    "cefr.csv": "code",
    "isced.csv": "code",
    "regions.csv": "code",
    "municipalities.csv": "code",
    "organisations.csv": "code",
    "skill_groups.csv": "code",
    "skills.csv": "id",
}
GEORGIAN_COLUMNS = ("label_ka", "name_ka", "title_ka")
GEORGIAN_LETTER = re.compile("[ა-ჰ]")
FOREIGN_LETTER = re.compile("[Ა-Ჿ\u0400-\u04ff]")


def read_rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def read_schemes() -> list[dict[str, Any]]:
    text = (REFERENCE / "schemes.yaml").read_text(encoding="utf-8")
    schemes: list[dict[str, Any]] = yaml.safe_load(text)["schemes"]
    return schemes


def repeated(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


@pytest.mark.parametrize("name", sorted(KEYS))
def test_reference_key_names_one_row(name: str) -> None:
    assert repeated([row[KEYS[name]] for row in read_rows(name)]) == []


@pytest.mark.parametrize("name", sorted(path.name for path in REFERENCE.glob("*.csv")))
def test_reference_row_fills_exactly_its_columns(name: str) -> None:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    assert all(len(row) == len(header) for row in rows)
    assert all(cell == cell.strip() for row in rows for cell in row)


@pytest.mark.parametrize("name", sorted(set(KEYS) - {"languages.csv"}))
def test_georgian_label_is_in_georgian_script(name: str) -> None:
    for row in read_rows(name):
        for column in GEORGIAN_COLUMNS:
            if column in row:
                assert GEORGIAN_LETTER.search(row[column]), row
                assert not FOREIGN_LETTER.search(row[column]), row


def test_country_has_twelve_regions_and_sixty_four_municipalities_under_control() -> None:
    regions = {row["code"] for row in read_rows("regions.csv")}
    municipalities = read_rows("municipalities.csv")
    assert len(regions) == 12
    assert sum(row["status"] == "controlled" for row in municipalities) == 64
    assert {row["status"] for row in municipalities} == {"controlled", "occupied"}
    for row in municipalities:
        assert row["region"] in regions
        assert re.fullmatch(re.escape(row["region"]) + r"-\d\d", row["code"])


def test_level_tables_are_ordered_without_gaps() -> None:
    for name in ("cefr.csv", "languages.csv"):
        orders = [int(row["order"]) for row in read_rows(name)]
        assert orders == list(range(1, len(orders) + 1))
    assert [row["code"] for row in read_rows("cefr.csv")] == [
        "A1", "A2", "B1", "B2", "C1", "C2", "native",
    ]  # fmt: skip
    assert [row["code"] for row in read_rows("isced.csv")] == [str(level) for level in range(9)]
    assert read_rows("languages.csv")[0]["code"] == "ka"


def test_driving_and_welding_licences_are_present() -> None:
    codes = {row["code"] for row in read_rows("licences.csv")}
    assert {"AM", "A1", "A", "B", "BE", "C", "CE", "C1", "D", "T"} <= codes
    assert {f"welding-{process}" for process in (111, 135, 136, 138, 141)} <= codes


def test_every_kind_of_organisation_of_the_commission_is_present() -> None:
    rows = read_rows("organisations.csv")
    assert {row["kind"] for row in rows} == {"ministry", "agency", "international", "ngo"}
    for row in rows:
        if row["kind"] in {"international", "ngo"}:
            assert row["name_en"].startswith("Example ")


def test_minimum_wage_is_either_a_sourced_amount_or_openly_unknown() -> None:
    for row in read_rows("minimum_wages.csv"):
        assert row["source"], row
        assert row["status"] in {"stated", "date_to_verify", "no_data"}, row
        if row["status"] == "no_data":
            assert row["amount"] == "", row
        else:
            assert Decimal(row["amount"]) > 0
            assert date.fromisoformat(row["valid_from"])
            assert row["currency"] and row["period"]


def test_minimum_wages_of_one_country_do_not_overlap() -> None:
    intervals: dict[str, list[tuple[date, date]]] = {}
    for row in read_rows("minimum_wages.csv"):
        start = date.fromisoformat(row["valid_from"] or "0001-01-01")
        end = date.fromisoformat(row["valid_to"] or "9999-12-31")
        assert start <= end, row
        intervals.setdefault(row["country"], []).append((start, end))
    for country, spans in intervals.items():
        for (_, earlier_end), (later_start, _) in pairwise(sorted(spans)):
            assert earlier_end < later_start, country


def test_country_without_a_published_minimum_wage_has_no_amount() -> None:
    rows = read_rows("minimum_wages.csv")
    for country in ("BG", "FR", "PL", "IL"):
        assert {row["amount"] for row in rows if row["country"] == country} == {""}


def test_scheme_rule_quotes_a_clause_and_its_source() -> None:
    for scheme in read_schemes():
        for rule in scheme["rules"]:
            assert rule["clause"] and rule["source"], (scheme["code"], rule["rule"])
            limits = (rule["min"], rule["max"], rule["value"])
            assert any(limit is not None for limit in limits), rule


def test_scheme_quota_is_dated_and_sourced() -> None:
    for scheme in read_schemes():
        quota = scheme["annual_quota"]
        if quota is not None:
            assert quota["value"] > 0 and isinstance(quota["from"], date) and quota["source"]


def test_schemes_share_one_shape_and_name_each_scheme_once() -> None:
    schemes = read_schemes()
    assert repeated([scheme["code"] for scheme in schemes]) == []
    assert len({frozenset(scheme) for scheme in schemes}) == 1
    for scheme in schemes:
        assert re.fullmatch("[A-Z]{2}", scheme["country"])
        assert GEORGIAN_LETTER.search(scheme["title_ka"])


def test_age_and_citizenship_rules_follow_the_published_texts() -> None:
    rules = {
        (scheme["code"], rule["rule"]): rule
        for scheme in read_schemes()
        for rule in scheme["rules"]
    }
    ages = {
        code: (rule["min"], rule["max"])
        for (code, name), rule in rules.items()
        if name == "age_at_departure"
    }
    assert ages == {"de-agri": (18, 60), "il-care": (25, 45), "fr-young-professionals": (18, 35)}
    assert [key for key in rules if key[1] == "citizenship"] == [("de-agri", "citizenship")]


def test_scheme_licence_rule_names_known_licences() -> None:
    licences = {row["code"] for row in read_rows("licences.csv")}
    for scheme in read_schemes():
        for rule in scheme["rules"]:
            if rule["rule"] == "licence_any_of":
                assert set(rule["value"]) <= licences


def test_skill_groups_form_a_tree_of_two_levels() -> None:
    parent_of = {row["code"]: row["parent"] for row in read_rows("skill_groups.csv")}
    for row in read_rows("skill_groups.csv"):
        if row["level"] == "2":
            assert re.fullmatch(r"G\d\d", row["code"]) and row["parent"] == ""
        else:
            assert row["level"] == "3"
            assert row["code"].startswith(row["parent"] + ".")
            assert parent_of[row["parent"]] == ""


def test_every_skill_belongs_to_one_lowest_group_and_no_group_is_empty() -> None:
    groups = {row["code"] for row in read_rows("skill_groups.csv") if row["level"] == "3"}
    skills = read_rows("skills.csv")
    assert len(skills) >= 550
    assert {row["group"] for row in skills} == groups
    assert all(re.fullmatch(r"S\d{4}", row["id"]) for row in skills)


@pytest.mark.parametrize("name", ["skills.csv", "skill_groups.csv", "licences.csv"])
@pytest.mark.parametrize("column", ["label_en", "label_ka"])
def test_label_names_one_thing(name: str, column: str) -> None:
    assert repeated([row[column].casefold() for row in read_rows(name)]) == []


def test_skill_relation_joins_a_known_skill_to_a_unit_group_once() -> None:
    skills = {row["id"] for row in read_rows("skills.csv")}
    relations = read_rows("skill_occupations.csv")
    for row in relations:
        assert row["skill"] in skills
        assert re.fullmatch(r"\d{4}", row["isco"])
        assert row["relation"] in {"essential", "optional"}
    assert repeated([row["skill"] + row["isco"] for row in relations]) == []
    assert {row["skill"] for row in relations} == skills


def test_every_linked_occupation_has_enough_skills_to_tell_people_apart() -> None:
    counts: dict[str, Counter[str]] = {}
    for row in read_rows("skill_occupations.csv"):
        counts.setdefault(row["isco"], Counter())[row["relation"]] += 1
    assert len(counts) >= 90
    for isco, count in counts.items():
        assert 6 <= count["essential"] <= 15, isco
        assert count["optional"] >= 1, isco


def test_every_skill_has_a_label_in_each_language_of_texts() -> None:
    labels = read_rows("skill_labels.csv")
    skills = {row["id"] for row in read_rows("skills.csv")}
    for lang in ("de", "pl", "ru"):
        named = [row for row in labels if row["lang"] == lang]
        assert {row["skill"] for row in named} == skills
        assert len(named) == len(skills) == len({row["label"].casefold() for row in named})
