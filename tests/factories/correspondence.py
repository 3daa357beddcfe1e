"""An office with a registry and two divisions, and letters in it."""

from dataclasses import dataclass
from typing import Any

from domain.enums import LetterChannel, LetterDirection, LetterKind, Role
from domain.records.correspondence import LetterForm, LetterRecord
from domain.records.officer import Officer
from services import clock
from services.correspondence import distribution, divisions, register
from services.correspondence.working_days import add_working_days
from tests.factories.officers import officer


@dataclass(frozen=True)
class Office:
    """Who works where: `selection` has a head and two specialists, `employers` another one."""

    manager: Officer
    registrar: Officer
    head: Officer
    first: Officer
    second: Officer
    stranger: Officer


def office() -> Office:
    """Five officers and a stranger of another division."""
    manager = officer(Role.MANAGER, "manager-office")
    registrar, head, first, second, stranger = (
        officer(Role.RECRUITER, name) for name in ("registrar", "head", "first", "second", "other")
    )
    for code, chief, members, is_registry in (
        ("registry", registrar, [registrar], True),
        ("selection", head, [head, first, second], False),
        ("employers", stranger, [stranger], False),
    ):
        divisions.save_division(
            code=code,
            name_ka=f"{code} სამმართველო",
            name_en=f"{code} division",
            head_id=chief.id,
            member_ids=[one.id for one in members],
            is_registry=is_registry,
            by=manager,
        )
    return Office(manager, registrar, head, first, second, stranger)


def letter_form(**changed: Any) -> LetterForm:
    """An incoming letter of an organisation, of today."""
    form: dict[str, Any] = {
        "direction": LetterDirection.INCOMING,
        "kind": LetterKind.LETTER,
        "subject": "Places for the coming season",
        "organisation": "Beispielhof Nordfeld",
        "channel": LetterChannel.EMAIL,
        "dated_on": clock.today(),
    }
    return LetterForm(**{**form, **changed})


def registered(at: Office, **changed: Any) -> LetterRecord:
    """A letter with its number."""
    return register.register_letter(form=letter_form(**changed), by=at.registrar)


def distributed(at: Office, **changed: Any) -> LetterRecord:
    """A letter that the division `selection` has."""
    letter = registered(at, **changed)
    return distribution.distribute_letter(
        letter_id=letter.summary.id, departments=["selection"], by=at.manager
    )


def in_days(days: int) -> Any:
    """The working day so many working days from now."""
    return add_working_days(clock.today(), days)
