"""Brings a file to its door, as the app would, and tells what came of it."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.enums import SignatureFinding
from domain.exceptions import EncodingToConfirm, UnusableFile
from domain.texts import Sentence
from services.esco.archives import EscoFile
from services.esco.reading_apart import open_apart
from services.importing.reading import read_table
from services.incoming_files.apart import ReadingEnded
from services.incoming_files.child import FAILED
from services.incoming_files.plain import read_plain
from services.official_documents.attachments import checked_file
from services.official_documents.detached import check_apart
from tests.bad_files.kinds import Door


@dataclass(frozen=True)
class Outcome:
    """What the person who brought the file learns."""

    sentence: Sentence | None = None
    rows: int | None = None
    rejected: int = 0
    asked: str | None = None
    ended: int | None = None
    """How the reading process died, where it did."""

    @property
    def is_our_fault(self) -> bool:
        """An exception that nobody caught."""
        return self.ended == FAILED


def bring(door: Door, name: str, content: bytes) -> Outcome:
    """The outcome; whatever is not a refusal is let through to fail the test."""
    try:
        return _read(door, name, content)
    except EncodingToConfirm as asked:
        return Outcome(asked.sentence, asked=next(iter(asked.samples)))
    except ReadingEnded as ended:
        return Outcome(ended.sentence, ended=ended.code)
    except UnusableFile as refused:
        return Outcome(refused.sentence)


def _read(door: Door, name: str, content: bytes) -> Outcome:
    match door:
        case Door.TABLE:
            rows = read_table(content).rows
            return Outcome(rows=len(rows), rejected=sum(row.problem is not None for row in rows))
        case Door.ATTACHMENT:
            checked_file(name=name, content=content)
        case Door.MAPPING:
            read_plain(content)
        case Door.CLASSIFICATION:
            open_apart([EscoFile(name, io.BytesIO(content))])
        case Door.SIGNATURE:
            found = check_apart(b"x", content, anchors=[], at=datetime(2026, 1, 1, tzinfo=UTC))
            if found.finding is not SignatureFinding.VALID:
                return Outcome(Sentence(found.finding.value))
    return Outcome(rows=0)
