"""Reading DER, the way signatures are written down: tags, lengths, contents; nothing more."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Element:
    """One value: its tag, its content, and both with the length between them."""

    tag: int
    content: bytes
    raw: bytes

    def children(self) -> list[Element]:
        """The values inside; ValueError where the content is no sequence of them."""
        found, place = [], 0
        while place < len(self.content):
            element = _element(self.content, place)
            found.append(element)
            place += len(element.raw)
        return found


def read(data: bytes) -> Element:
    """The one value that the bytes are; ValueError for anything else."""
    element = _element(data, 0)
    if len(element.raw) != len(data):
        raise ValueError("something follows the value")
    return element


def _element(data: bytes, place: int) -> Element:
    if len(data) < place + 2:
        raise ValueError("the value is cut off")
    tag, length, start = data[place], data[place + 1], place + 2
    if tag & 0x1F == 0x1F:
        raise ValueError("long tags are not used here")
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 4:
            raise ValueError("the length is not definite")
        length = int.from_bytes(data[start : start + count], "big")
        start += count
    if len(data) < start + length:
        raise ValueError("the value is cut off")
    return Element(tag, data[start : start + length], data[place : start + length])


def oid(element: Element) -> str:
    """An object identifier as dotted numbers; ValueError where the element is none."""
    if element.tag != 0x06 or not element.content:
        raise ValueError("no object identifier")
    numbers, value = [], 0
    for byte in element.content:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(value)
            value = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(str(part) for part in (first, numbers[0] - first * 40, *numbers[1:]))
