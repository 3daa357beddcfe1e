"""The reference tables as one picture: the same on both databases, and read again when told."""

import pytest

from services import reference
from tests.remembered import pictures

pytestmark = pytest.mark.usefixtures("database")


def test_the_picture_is_the_same_whichever_database_it_is_read_from() -> None:
    before = reference.reference()
    reference.forget()
    again = reference.reference()
    assert again is not before
    assert again == before
    assert [again] == pictures()
    assert again.unit_groups() and again.schemes and again.minimum_wages
