"""Every use case × every role: who may not, is refused before anything is looked at."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event

from domain.enums import Role
from domain.exceptions import PermissionDenied
from services import permissions
from services.permissions import MATRIX, Permission
from tests import authority
from tests.authority import EVERYBODY, UNSAID, officer_in, use_cases


@pytest.fixture(autouse=True)
def closed_database(sqlite_database: Engine) -> Iterator[None]:
    """A database that answers no question: whoever asks one has passed the check already."""

    def refuse(*_: object) -> None:
        raise AssertionError("the database was asked before the permission")

    event.listen(sqlite_database, "before_cursor_execute", refuse)
    yield
    event.remove(sqlite_database, "before_cursor_execute", refuse)


def test_every_use_case_is_in_the_table_with_its_permission() -> None:
    listed, found = set(authority.table()), set(use_cases())
    missing = authority.lines_for(found - listed)
    assert not missing, f"read, then add to {authority.TABLE.name}:\n" + "\n".join(missing)
    assert sorted(listed - found) == [], "use cases that are gone: take their lines out"


def test_every_role_without_the_permission_is_refused_and_every_other_is_not() -> None:
    wrong = []
    for name, permission in authority.table().items():
        for role in Role:
            said = use_cases()[name].refusal(officer_in(role))
            if authority.may(role, permission):
                expected: tuple[str | None, ...] = (None,)
            else:
                expected = (UNSAID, *permission.replace("|", " ").split())
            if said not in expected:
                wrong.append(
                    f"{name} as {role.value}: {said}, not {' or '.join(map(str, expected))}"
                )
    assert not wrong, "\n".join(wrong)


def test_everybody_may_only_for_a_reason_that_is_written_down() -> None:
    reasons = authority.reasons()
    assert {name for name, permission in authority.table().items() if permission == EVERYBODY} == {
        name for name, reason in reasons.items() if reason
    }


def test_a_first_day_password_opens_nothing_that_has_a_permission() -> None:
    opened = [
        f"{name} as {role.value}"
        for name, permission in authority.table().items()
        if permission != EVERYBODY
        for role in Role
        if use_cases()[name].refusal(officer_in(role, must_change_password=True)) is None
    ]
    assert opened == []


def test_every_permission_is_held_by_a_role() -> None:
    held = {permission for granted in MATRIX.values() for permission in granted}
    assert held == set(Permission)


def test_the_test_itself_sees_a_missing_and_a_late_check() -> None:
    """The control: three use cases as they must not be."""

    def open_to_all(*, number: str, by: object) -> None:
        pass

    def late(*, number: str, by: object) -> None:
        if not number:
            raise PermissionDenied("late")

    def weak(*, number: str, by: object) -> None:
        permissions.check_can(by, Permission.VACANCIES_READ)  # type: ignore[arg-type]

    member = officer_in(Role.COMMISSION_MEMBER)
    assert authority.UseCase("open_to_all", open_to_all).refusal(member) is None
    assert authority.UseCase("late", late).refusal(member) is None
    assert authority.UseCase("weak", weak).refusal(member) == "VACANCIES_READ"
