"""What a bad file is: how it is made, at which door it is tried, what has to happen there."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Door(StrEnum):
    """Where a file comes in."""

    TABLE = "table"
    ATTACHMENT = "attachment"
    MAPPING = "mapping"
    SIGNATURE = "signature"
    CLASSIFICATION = "classification"


@dataclass(frozen=True)
class BadFile:
    """`says` is in the English sentence of a refusal or question; `rows` is what is read."""

    kind: str
    door: Door
    make: Callable[[], bytes]
    says: str | None = None
    rows: int | None = None
    rejected: int = 0
    """Of the rows, those that come back with a reason of their own."""
    asked: str | None = None
    """The encoding that is offered first, where a person has to confirm it."""
    name: str = "file.bin"

    def __str__(self) -> str:
        return f"{self.door.value}: {self.kind}"


def plain(content: bytes) -> Callable[[], bytes]:
    """A file that needs no making."""
    return lambda: content
