"""Every table and every column of words has a purpose, a class, and an end."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Table

import db.models  # noqa: F401
from db.base import Base
from services.privacy.processing import processings
from services.privacy.table_map import ACTIONS, CLASSES, MAP, is_worded, table_map, to_assign

TABLES = sorted(Base.metadata.tables)


@pytest.mark.parametrize("name", TABLES)
def test_table_and_its_columns_are_assigned(name: str) -> None:
    """Add the table, or the column, to services/privacy/tables.yaml."""
    mapped = table_map().get(name)
    assert mapped is not None, f"{name} stands in no line of {MAP.name}"
    assigned = {*mapped.erase, *mapped.free, *mapped.keep}
    ways = {way[0] for way in mapped.via}
    assert to_assign(mapped.table) <= assigned | ways, "columns without a word on what they hold"
    assert assigned <= set(mapped.table.c.keys()), "columns that are not there"
    assert mapped.data_class in CLASSES and set(mapped.erase.values()) <= set(ACTIONS)
    assert not set(mapped.erase) & set(mapped.keep)


def test_every_purpose_of_the_map_stands_in_the_register() -> None:
    purposes = {mapped.purpose for mapped in table_map().values()}
    assert purposes == {one.code for one in processings()}


@pytest.mark.parametrize("name", TABLES)
def test_what_is_erased_can_be(name: str) -> None:
    """A column that must hold something gets a dash, and only words can."""
    for column, action in table_map()[name].erase.items():
        may_be_empty = table_map()[name].table.c[column].nullable
        if action == "empty":
            assert may_be_empty, f"{column} must hold something: mark it"
        if action == "mark":
            assert is_worded(table_map()[name].table, column)


def leading_to_people() -> Iterator[tuple[Table, str]]:
    for table in Base.metadata.tables.values():
        for column in table.columns:
            for key in column.foreign_keys:
                target = key.column.table.name
                if target != table.name and table_map()[target].is_about_a_person:
                    yield table, column.name


def test_rows_that_lead_to_a_person_belong_to_them() -> None:
    """A table with a foreign key to a person's rows is the person's too, or says why not."""
    forgotten = {
        f"{table.name}.{column}"
        for table, column in leading_to_people()
        if not table_map()[table.name].is_about_a_person
    }
    assert forgotten == set()
