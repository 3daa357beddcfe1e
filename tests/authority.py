"""Every use case that an officer can call, and what each refuses to whom."""

from __future__ import annotations

import csv
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from traceback import walk_tb
from typing import Any

import services
from domain.enums import OrganisationKind, Role
from domain.exceptions import PermissionDenied
from domain.records.officer import Officer
from domain.texts import Sentence
from services.permissions import MATRIX, Permission

TABLE = Path(__file__).parent / "cases" / "permissions_of_use_cases.csv"
EVERYBODY = "everybody"
UNSAID = "?"


class Untouchable:
    """Stands for every argument: whoever looks at it before the permission is found out."""

    def _touched(self, *_: Any) -> Any:
        raise AssertionError("an argument was looked at before the permission")

    __getattr__ = __iter__ = __bool__ = __len__ = __getitem__ = _touched
    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = __add__ = __contains__ = _touched

    def __hash__(self) -> int:
        raise AssertionError("an argument was looked at before the permission")


@dataclass(frozen=True)
class UseCase:
    """A public function of services whose last argument is the officer."""

    name: str
    function: Callable[..., Any]

    @property
    def arguments(self) -> list[inspect.Parameter]:
        return list(inspect.signature(self.function).parameters.values())[:-1]

    def call(self, by: Officer) -> Any:
        """What it answers to an officer when nothing else is known."""
        given = {parameter.name: Untouchable() for parameter in self.arguments}
        answer = self.function(**given, by=by)
        if isinstance(answer, AbstractContextManager):
            return answer.__enter__()
        return next(answer) if inspect.isgenerator(answer) else answer

    def refusal(self, by: Officer) -> str | None:
        """Name of the permission that the officer lacks, `?` where the answer is a plain no.

        None where it goes on; whatever it stumbles over then says nothing.
        """
        try:
            answer = self.call(by)
        except PermissionDenied as refused:
            return _asked(refused)
        except Exception:  # noqa: BLE001
            return None
        return UNSAID if answer is False or isinstance(answer, Sentence) else None


def _asked(refused: PermissionDenied) -> str:
    """The permission that the raising check asked for."""
    last = [frame for frame, _ in walk_tb(refused.__traceback__)][-1]
    permission = last.f_locals.get("permission")
    return permission.name if isinstance(permission, Permission) else UNSAID


def officer_in(role: Role, **different: Any) -> Officer:
    """Somebody with this role whom the database doesn't know."""
    told: dict[str, Any] = {
        "id": 999_999,
        "username": "nobody",
        "name_ka": "არავინ",
        "name_en": "Nobody",
        "role": role,
        "organisation_code": "nobody",
        "organisation_kind": next(iter(OrganisationKind)),
        "language": "ka",
        "must_change_password": False,
    }
    return Officer(**{**told, **different})


@cache
def use_cases() -> Mapping[str, UseCase]:
    """By dotted name below services: `vacancies.vacancies.publish_vacancy`."""
    return {case.name: case for case in _found()}


def _found() -> Iterator[UseCase]:
    for module in pkgutil.walk_packages(services.__path__, "services."):
        if any(part.startswith("_") for part in module.name.split(".")):
            continue
        names = vars(import_module(module.name))
        for name, function in names.items():
            is_own = inspect.isfunction(function) and function.__module__ == module.name
            if is_own and not name.startswith("_") and _is_for_officers(function):
                yield UseCase(f"{module.name.removeprefix('services.')}.{name}", function)


def _is_for_officers(function: Callable[..., Any]) -> bool:
    parameters = list(inspect.signature(function).parameters.values())
    if not parameters or parameters[-1].name != "by" or "Officer" not in str(parameters[-1]):
        return False
    return not any(_is_inside(parameter, function) for parameter in parameters)


def _is_inside(parameter: inspect.Parameter, function: Callable[..., Any]) -> bool:
    """Whether it comes out of an open transaction: the caller's step has checked the role."""
    for name in re.findall(r"\w+", str(parameter.annotation)):
        known = function.__globals__.get(name)
        if not inspect.isclass(known):
            continue
        if known.__module__.startswith(("db.models", "sqlalchemy")):
            return True
        if known.__module__.startswith("services.") and is_dataclass(known):
            inner = " ".join(str(one.type) for one in fields(known))
            if re.search(r"Row\b|\bSession\b", inner):
                return True
    return False


@cache
def table() -> Mapping[str, str]:
    """Use case → the permission that it asks for, as people have read and agreed to it."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["use_case"]: row["permission"] for row in csv.DictReader(file)}


def may(role: Role, permission: str) -> bool:
    """`A B` asks for both, `A|B` for either; everybody may where there is no permission to ask."""
    if permission == EVERYBODY:
        return True
    needed = permission.split()
    return all(any(Permission[name] in MATRIX[role] for name in one.split("|")) for one in needed)


def lines_for(names: set[str]) -> list[str]:
    """Lines for the table, as the code stands now; to be read before they are believed."""
    return [f"{name},{_guess(use_cases()[name])}," for name in sorted(names)]


def _guess(case: UseCase) -> str:
    said = {role: case.refusal(officer_in(role)) for role in Role}
    refused = {role for role, permission in said.items() if permission}
    named = [permission for permission in dict.fromkeys(said.values()) if permission]
    if not refused:
        return EVERYBODY
    if named != [UNSAID]:
        return " ".join(named)
    source = inspect.getsource(case.function)
    for name in [*re.findall(r"Permission\.(\w+)", source), *Permission.__members__]:
        if {role for role in Role if not may(role, name)} == refused:
            return name
    return UNSAID


@cache
def reasons() -> Mapping[str, str]:
    """Use case → why every officer may, where there is no permission to ask."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["use_case"]: row["why_everybody"] for row in csv.DictReader(file)}
