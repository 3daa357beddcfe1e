"""Two versions of a form put together: nothing that only one of us changed is lost."""

from dataclasses import dataclass, fields

from hypothesis import given
from hypothesis import strategies as st

from domain.versions import differences, put_together


@dataclass(frozen=True)
class Form:
    name: str | None = None
    town: str | None = None
    places: int | None = None


values = st.sampled_from([None, "a", "b"])
forms = st.builds(Form, values, values, st.sampled_from([None, 1, 2]))


def test_what_only_one_changed_is_proposed_and_what_both_changed_is_asked() -> None:
    found = differences(Form("a", "b", 1), Form("theirs", "b", 2), Form("mine", "mine", 1))
    told = [(one.field, one.is_contested, one.takes_mine) for one in found]
    assert told == [("name", True, False), ("town", False, True), ("places", False, False)]
    assert put_together(Form("theirs", "b", 2), found, {"name": True}) == Form("mine", "mine", 2)


def test_spaces_and_empty_texts_are_no_difference() -> None:
    assert differences(Form("a"), Form("a", None), Form(" a ", "")) == ()


@given(forms, forms, forms)
def test_without_a_contest_both_changes_are_in_the_proposal(
    before: Form, theirs: Form, mine: Form
) -> None:
    found = differences(before, theirs, mine)
    together = put_together(theirs, found, {})
    for name in (one.name for one in fields(Form)):
        was, saved, typed, now = (getattr(x, name) for x in (before, theirs, mine, together))
        if typed == was:
            assert now == saved
        elif saved == was:
            assert now == typed


@given(forms, forms, forms)
def test_taking_mine_everywhere_is_mine(before: Form, theirs: Form, mine: Form) -> None:
    found = differences(before, theirs, mine)
    assert put_together(theirs, found, {one.field: True for one in found}) == mine


def test_texts_by_name_are_compared_like_forms() -> None:
    before, theirs, mine = {"a": "1", "b": "1"}, {"a": "2", "b": "1"}, {"a": "1", "b": "3"}
    found = differences(before, theirs, mine)
    assert put_together(theirs, found, {}) == {"a": "2", "b": "3"}
