"""Files that come in: checked by content, cleaned of what is nobody's business, kept by hash.

`checked_file` has a process with bounded memory and time look into the file, and never
parses anything itself; `store_file` keeps what passed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.models import StoredFileRow
from db.repositories.stored_files import keep_stored
from domain.enums import FileFormat
from domain.records.officer import Officer
from services import clock
from services.incoming_files.apart import read_apart
from services.incoming_files.limits import FileKind
from services.official_documents.inspection import found_format
from services.official_documents.limits import limits_on

MIME = {
    FileFormat.PDF: "application/pdf",
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.JPG: "image/jpeg",
    FileFormat.PNG: "image/png",
    FileFormat.CSV: "text/csv",
    FileFormat.JSON: "application/json",
    FileFormat.ZIP: "application/zip",
}


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept: what it is by content, and the content without hidden facts."""

    name: str
    format: FileFormat
    content: bytes
    sha256: str

    @property
    def mime(self) -> str:
        """What browsers call the format."""
        return MIME[self.format]


def checked_file(*, name: str, content: bytes) -> CheckedFile:
    """The file as it may be kept; UnusableFile says what is wrong with it and what to do."""
    limits = limits_on(clock.today())
    form = found_format(name, content, limits)
    day = clock.today().isoformat()
    told = {"name": f"x.{form.value}", "day": day}
    _, kept = read_apart(FileKind.ATTACHMENT, [content], told)
    digest = hashlib.sha256(kept).hexdigest()
    return CheckedFile(clean_name(name, limits.name_characters), form, kept, digest)


def clean_name(name: str, characters: int) -> str:
    """The file's own name without folders, control characters and what file systems refuse."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    allowed = "".join("_" if c in '<>:"|?*' or not c.isprintable() else c for c in bare).strip()
    stem, _, extension = allowed.rpartition(".")
    return f"{stem[: characters - len(extension) - 1] or 'file'}.{extension.lower()}"


def store_file(session: Session, file: CheckedFile, by: Officer | None) -> str:
    """Keep the content, once, under its hash; returns the hash. The caller commits."""
    if session.get(StoredFileRow, file.sha256) is None:
        # Somebody else may keep the very file in this moment: then theirs is the one.
        keep_stored(
            session,
            sha256=file.sha256,
            format=file.format,
            size=len(file.content),
            content=file.content,
            created_at=clock.now(),
            created_by=by.id if by else None,
        )
    return file.sha256
