"""The processing register: why personal data are kept, of whom, for how long, who gets them."""

from __future__ import annotations

from domain.records.officer import Officer
from domain.records.privacy import Processing
from services import clock
from services.dated_rules import in_force, stored_rules
from services.permissions import Permission, check_can
from services.privacy.table_map import CLASSES, table_map

WORDS = ("title", "purpose", "basis", "people", "recipients", "retention", "measures")


def list_processings(*, by: Officer) -> tuple[Processing, ...]:
    """Every purpose of the register in force today."""
    check_can(by, Permission.PRIVACY_READ)
    return processings()


def processings() -> tuple[Processing, ...]:
    """As above, for whoever puts papers together."""
    entry = in_force(stored_rules("processing"), clock.today())
    return tuple(_processing(code, words) for code, words in entry["purposes"].items())


def register_version() -> str:
    """Since when the register is as it is."""
    return str(in_force(stored_rules("processing"), clock.today())["valid_from"])


def _processing(code: str, words: dict[str, dict[str, str]]) -> Processing:
    mapped = [one for one in table_map().values() if one.purpose == code]
    return Processing(
        code=code,
        **{name: words[name] for name in WORDS},
        data_class=max((one.data_class for one in mapped), key=CLASSES.index, default=CLASSES[0]),
        tables=tuple(one.name for one in mapped),
        personal=sum(len(one.erase) for one in mapped),
    )
