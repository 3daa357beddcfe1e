"""Brings in the job titles of ESCO in many languages, as labels of ISCO-08 unit groups.

This service uses the ESCO classification of the European Commission.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from db.queries import occupation_labels
from db.session import reading, unit_of_work
from domain.exceptions import InvalidInput
from domain.records.officer import Officer
from domain.records.vacancy import LabelImport
from domain.texts import N_
from services import audit
from services.permissions import Permission, check_can
from services.reference import reference

COLUMNS = ("conceptUri", "lang", "esco_version", "isco08", "preferredLabel", "altLabels")
ATTRIBUTION = N_("This service uses the ESCO classification of the European Commission.")
LONGEST_LABEL = 300
GZIP_MARK = b"\x1f\x8b"


def import_esco_labels(*, path: Path, by: Officer | None) -> LabelImport:
    """Replace the ESCO labels of the file's languages by the file's; the same file is skipped.

    `by` is None at the command line.
    """
    if by is not None:
        check_can(by, Permission.FILES_IMPORT)
    check_labels_file(path)
    digest = _digest(path)
    with unit_of_work() as work:
        if occupation_labels.is_remembered(work.session, digest):
            return LabelImport(unchanged=True)
        labels, skipped = _read(path)
        counts = Counter(label["lang"] for label in labels)
        if not labels:
            raise InvalidInput(N_("The file has no job title with a four-digit ISCO-08 code."))
        occupation_labels.replace_esco_labels(work.session, labels, counts)
        occupation_labels.remember_file(work.session, digest)
        details = {"languages": dict(counts), "skipped": skipped, "sha256": digest}
        audit.record(work.session, action="imported", entity="esco_labels", details=details, by=by)
        work.commit()
    return LabelImport(dict(counts), skipped)


def esco_in_use() -> bool:
    """Whether suggestions rest on ESCO too: then screens say so (`ATTRIBUTION`)."""
    with reading() as session:
        return occupation_labels.has_esco(session)


def check_labels_file(path: Path) -> None:
    """Raise InvalidInput unless it is a CSV, packed or not, with the columns of the labels."""
    if not path.is_file():
        raise InvalidInput(N_("There is no file {file}."), file=path.name)
    if zipfile.is_zipfile(path):
        raise InvalidInput(
            N_(
                "{file} is an archive: the official ESCO archives can't be imported yet. Give the"
                " table of job titles as CSV or CSV.GZ, with the columns {columns}."
            ),
            file=path.name,
            columns=COLUMNS,
        )
    try:
        with _opened(path) as file:
            header = next(csv.reader(file), [])
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        text = N_("{file} can't be read as CSV in UTF-8.")
        raise InvalidInput(text, file=path.name) from error
    missing = tuple(column for column in COLUMNS if column not in header)
    if missing:
        text = N_("{file} lacks the columns {columns}.")
        raise InvalidInput(text, file=path.name, columns=missing)


def _read(path: Path) -> tuple[list[dict[str, Any]], int]:
    labels: dict[tuple[str, str, str], dict[str, Any]] = {}
    skipped = 0
    levels = reference().occupation_levels
    try:
        with _opened(path) as file:
            for row in csv.DictReader(file):
                isco, language = (row["isco08"] or "").strip(), (row["lang"] or "").strip()
                if levels.get(isco) != 4 or not language:
                    skipped += 1
                    continue
                for label in _labels(row):
                    labels.setdefault(
                        (isco, language, label),
                        {
                            "isco": isco,
                            "lang": language,
                            "label": label,
                            "concept_uri": row["conceptUri"],
                            "source": f"{occupation_labels.ESCO}{row['esco_version']}",
                        },
                    )
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        text = N_("{file} can't be read as CSV in UTF-8.")
        raise InvalidInput(text, file=path.name) from error
    return list(labels.values()), skipped


def _labels(row: dict[str, str | None]) -> Iterator[str]:
    for label in (row["preferredLabel"] or "", *(row["altLabels"] or "").split("|")):
        shown = " ".join(label.split())
        if 0 < len(shown) <= LONGEST_LABEL:
            yield shown


def _opened(path: Path) -> io.TextIOWrapper:
    return io.TextIOWrapper(_unpacked(path), encoding="utf-8-sig", newline="")


def _unpacked(path: Path) -> Any:
    with path.open("rb") as probe:
        is_packed = probe.read(2) == GZIP_MARK
    return gzip.GzipFile(path) if is_packed else path.open("rb")


def _digest(path: Path) -> str:
    """Of the content: the same table packed anew is the same file."""
    digest = hashlib.sha256()
    try:
        with _unpacked(path) as file:
            while part := file.read(1 << 20):
                digest.update(part)
    except (OSError, EOFError) as error:
        text = N_("{file} can't be read as CSV in UTF-8.")
        raise InvalidInput(text, file=path.name) from error
    return digest.hexdigest()
