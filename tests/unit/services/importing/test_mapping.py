"""Foreign column names find ours, and a mapping says what is wrong with itself."""

import pytest

from domain.enums import ImportKind
from domain.exceptions import UnusableFile
from domain.records.imports import ColumnRule, ImportMapping
from services.importing.columns import COLUMNS, names
from services.importing.mapping import (
    apply_rule,
    built_in_mappings,
    fingerprint,
    from_file,
    from_plain,
    propose_mapping,
    to_plain,
)

J, V = ImportKind.JOBSEEKERS, ImportKind.VACANCIES
EURES = "job_id,job_title,date,company_name,country,country_code,region,field,full_description"


def proposed(kind: ImportKind, *headers: str) -> dict[str, str]:
    mapping = propose_mapping(kind, headers)
    return {rule.target: rule.sources[0] for rule in mapping.rules}


@pytest.mark.parametrize("kind", ImportKind)
def test_our_own_columns_map_to_themselves(kind: ImportKind) -> None:
    own = names(kind)
    assert proposed(kind, *reversed(own)) == {name: name for name in own}


@pytest.mark.parametrize(
    ("kind", "header", "target"),
    [
        (J, "Personal Number", "personal_number"),
        (J, "personal_no", "personal_number"),
        (J, "პირადი ნომერი", "personal_number"),
        (J, "დაბადების თარიღი", "birth_date"),
        (J, "Date of birth", "birth_date"),
        (J, "სახელი", "first_name_ka"),
        (J, "გვარი", "last_name_ka"),
        (J, "saxeli", "first_name_ka"),
        (J, "E-Mail", "email"),
        (J, "ტელეფონი", "phone"),
        (J, "Sprachen", None),
        (V, "Job title", "title"),
        (V, "company_name", "employer"),
        (V, "country_code", "country"),
        (V, "ქვეყანა", "country"),
        (V, "full_description", "description"),
        (V, "Wage", "pay_amount"),
        (V, "coordinates", None),
    ],
)
def test_a_similar_name_is_proposed(kind: ImportKind, header: str, target: str | None) -> None:
    assert proposed(kind, header) == ({target: header} if target else {})


def test_one_column_is_proposed_once() -> None:
    mapping = propose_mapping(V, ["title", "job title", "Title of the job"])
    assert [rule.sources for rule in mapping.rules] == [("title",)]


def test_the_built_in_mapping_is_offered_where_its_columns_are() -> None:
    headers = EURES.split(",")
    offered = propose_mapping(V, headers, built_in_mappings())
    assert offered.name == "EURES 2025"
    assert propose_mapping(V, headers[1:], built_in_mappings()).name is None
    assert propose_mapping(J, headers, built_in_mappings()).name is None


def test_a_saved_mapping_does_not_take_over_a_file_with_our_own_columns() -> None:
    saved = ImportMapping(V, (ColumnRule("title", ("number",)),), "odd")
    assert propose_mapping(V, names(V), [saved]).name is None


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (ColumnRule("title", ("a",)), "x"),
        (ColumnRule("title", ("a", "empty", "b")), "x Mr. Y-7"),
        (ColumnRule("title", ("a", "b"), joined_by=";"), "x;Mr. Y-7"),
        (ColumnRule("title", constant="1"), "1"),
        (ColumnRule("title", ("empty",), otherwise="GE"), "GE"),
        (ColumnRule("title", ("b",), split_by="-", part=2), "7"),
        (ColumnRule("title", ("b",), split_by="-", part=-1), "7"),
        (ColumnRule("title", ("b",), split_by="-", part=9), ""),
        (ColumnRule("title", ("land",), values={"deutschland": "DE"}), "DE"),
        (ColumnRule("title", ("a",), values={"deutschland": "DE"}), "x"),
        (ColumnRule("start_on", ("us",), date_format="%m/%d/%Y"), "2027-04-15"),
        (ColumnRule("start_on", ("a",), date_format="%m/%d/%Y"), "x"),
    ],
)
def test_a_rule_makes_our_text_of_theirs(rule: ColumnRule, expected: str) -> None:
    cells = {"a": "x", "empty": "", "b": "Mr. Y-7", "land": "Deutschland", "us": "04/15/2027"}
    assert apply_rule(rule, cells) == expected


def test_a_mapping_survives_being_stored() -> None:
    rules = (
        ColumnRule("number", ("id",)),
        ColumnRule("title", ("a", "b"), joined_by=" / "),
        ColumnRule("positions", constant="1"),
        ColumnRule("country", ("land",), values={"Deutschland": "DE"}, otherwise="DE"),
        ColumnRule("start_on", ("when",), date_format="%d %m %y", split_by="|", part=2),
    )
    mapping = ImportMapping(V, rules, "mine")
    assert from_plain(to_plain(mapping)) == mapping


def test_the_name_of_a_mapping_does_not_change_how_it_reads() -> None:
    rules = (ColumnRule("number", ("id",)),)
    assert fingerprint(ImportMapping(V, rules, "a")) == fingerprint(ImportMapping(V, rules, "b"))
    other = (ColumnRule("number", ("nr",)),)
    assert fingerprint(ImportMapping(V, rules)) != fingerprint(ImportMapping(V, other))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("kind: [", "line"),
        ("just words", "kind"),
        ("columns: {}", "kind"),
        ("kind: ships\ncolumns: {}", "ships"),
        ("kind: jobseekers\ncolumns: {}", "jobseekers"),
        ("kind: vacancies\ncolumns: {colour: x}", "colour"),
        ("kind: vacancies\ncolumns: {title: {form: x}}", "possible are"),
        ("kind: vacancies\ncolumns: {title: {join: x}}", "needs"),
        ("kind: vacancies\ncolumns: {title: {from: x, part: 0}}", "part"),
        ("kind: vacancies\ncolumns: {title: [x]}", "possible are"),
    ],
)
def test_a_wrong_mapping_file_says_what_is_wrong(text: str, reason: str) -> None:
    with pytest.raises(UnusableFile, match=reason):
        from_file(text.encode(), V)


@pytest.mark.parametrize("kind", ImportKind)
def test_column_names_are_unique(kind: ImportKind) -> None:
    labels = [column.label for column in COLUMNS[kind]]
    assert len(set(labels)) == len(labels)
