"""Sound files with something changed by chance: bytes flipped, cut, inserted, doubled.

A seed makes the same mutants on every machine. Of archives, half of the mutants are changed inside
a part, so that the archive itself is sound and the change reaches the parser within.
"""

import io
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from services.exports import to_csv, to_xlsx
from tests.bad_files.kinds import Door
from tests.factories import esco
from tests.integration.services.official_documents.test_signatures import TRUSTED
from tests.unit.services.importing.workbooks import workbook
from tests.unit.services.official_documents.test_attachments import docx, pdf, picture

HEADINGS = ["external_id", "first_name_ka", "last_name_ka", "birth_date", "languages"]
PEOPLE = [[f"P-{at}", "ნინო", "ბერიძე", f"19{70 + at}-02-03", "de:B1;en:A2"] for at in range(12)]
TELLING = b'\0\xff"<,\n'
MAPPING = b"kind: vacancies\nname: x\ncolumns:\n  number: {from: Nr, part: 1}\n  title: {from: T}\n"


@dataclass(frozen=True)
class Mutant:
    """One changed file."""

    number: int
    door: Door
    name: str
    content: bytes


@cache
def sound() -> tuple[tuple[Door, str, bytes], ...]:
    """One sound file of each kind; those that most people send stand twice."""
    csv, xlsx = to_csv(HEADINGS, PEOPLE), to_xlsx(HEADINGS, PEOPLE)
    return (
        (Door.TABLE, "a.csv", csv),
        (Door.TABLE, "a.csv", csv.decode("utf-8-sig").replace(",", ";").encode("utf-16")),
        (Door.TABLE, "a.xlsx", xlsx),
        (Door.TABLE, "a.xlsx", xlsx),
        (Door.TABLE, "a.xlsx", workbook()),
        (Door.ATTACHMENT, "a.docx", docx()),
        (Door.ATTACHMENT, "a.pdf", pdf()),
        (Door.ATTACHMENT, "a.jpg", picture()),
        (Door.ATTACHMENT, "a.png", picture("PNG")),
        (Door.MAPPING, "a.yaml", MAPPING),
        (Door.SIGNATURE, "a.p7s", TRUSTED.signed()),
        (Door.CLASSIFICATION, "ESCO - v1.0.0 - en.zip", esco.concepts().content.read()),
    )


def mutants(seed: int, count: int) -> Iterator[Mutant]:
    """So many changed files, in turn of each kind."""
    chance = random.Random(seed)
    files = sound()
    for number in range(count):
        door, name, content = files[number % len(files)]
        is_within = content.startswith(b"PK") and chance.random() < 0.5
        changed = _within(content, chance) if is_within else _changed(content, chance)
        yield Mutant(number, door, name, changed)


def _changed(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(changed) or 1)
        length = min(chance.choice((1, 1, 2, 8, 100)), max(1, len(changed) - at))
        match chance.choice(("flip", "flip", "set", "cut", "insert", "double")):
            case "flip" if changed:
                changed[at] ^= 1 << chance.randrange(8)
            case "set" if changed:
                changed[at] = chance.choice(
                    (0, 0xFF, 0x22, 0x3C, 0x2C, 0x0A, chance.randrange(256))
                )
            case "cut":
                del changed[at : at + length]
            case "insert":
                changed[at:at] = chance.randbytes(length)
            case "double":
                changed[at:at] = changed[at : at + length]
    return bytes(changed)


def _within(content: bytes, chance: random.Random) -> bytes:
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        parts = old.namelist()
        hit = chance.choice(parts)
        for name in parts:
            part = old.read(name)
            new.writestr(name, _changed(part, chance) if name == hit and part else part)
    return written.getvalue()
