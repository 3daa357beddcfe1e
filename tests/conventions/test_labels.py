"""Every member of the closed lists has a name that can be shown."""

from enum import StrEnum

import pytest

from domain import enums
from matching.parameters import VALUE_NAMES
from services.labels import LABELS, PARAMETERS

KINDS = [kind for kind in vars(enums).values() if isinstance(kind, type) and kind is not StrEnum]
KINDS = [kind for kind in KINDS if issubclass(kind, StrEnum)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_member_has_a_label(kind: type[StrEnum]) -> None:
    assert set(LABELS[kind]) == {member.value for member in kind}
    assert all(LABELS[kind].values())


def test_no_list_is_labelled_that_does_not_exist() -> None:
    assert set(LABELS) == set(KINDS)


def test_every_number_of_the_ranking_rules_has_a_name() -> None:
    assert set(VALUE_NAMES) < set(PARAMETERS)
