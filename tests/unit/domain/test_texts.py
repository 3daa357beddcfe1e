"""A stored sentence can be said again later, in any language."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from domain.texts import Sentence, Term, from_json, to_json

VALUES = [
    None,
    True,
    3,
    2.5,
    "two",
    "2026-11-22",
    Decimal("1234.50"),
    date(2026, 11, 22),
    datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
    Term("language", "de"),
    Sentence("{level} asked", {"level": Term("level", "A2")}),
    (Term("country", "DE"), (date(2026, 1, 1), 7), ()),
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_stored_sentence_comes_back_with_the_same_kind_of_value(value: object) -> None:
    stored = json.dumps(to_json(Sentence("It is {value}.", {"value": value})))
    read = from_json(json.loads(stored))
    assert read == Sentence("It is {value}.", {"value": value})
    assert type(read.values["value"]) is type(value)


def test_list_comes_back_as_a_tuple() -> None:
    assert from_json(to_json(Sentence("{all}", {"all": [1, 2]}))).values["all"] == (1, 2)


def test_unknown_kind_of_value_is_refused_when_stored() -> None:
    with pytest.raises(TypeError, match="a set can't stand"):
        to_json(Sentence("{x}", {"x": {1}}))


def test_braces_in_a_sentence_reach_into_nothing() -> None:
    stored = Sentence("{x.__class__} {0} { background } {missing} {x}", {"x": "here"})
    assert str(stored) == "{x.__class__} {0} { background } {missing} here"
