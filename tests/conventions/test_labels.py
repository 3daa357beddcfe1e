"""Every member of the closed lists has a name that can be shown."""

from enum import StrEnum

import pytest

from domain import enums
from services.labels import LABELS

KINDS = [kind for kind in vars(enums).values() if isinstance(kind, type) and kind is not StrEnum]
KINDS = [kind for kind in KINDS if issubclass(kind, StrEnum)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_member_has_a_label(kind: type[StrEnum]) -> None:
    assert set(LABELS[kind]) == {member.value for member in kind}
    assert all(LABELS[kind].values())


def test_no_list_is_labelled_that_does_not_exist() -> None:
    assert set(LABELS) == set(KINDS)
