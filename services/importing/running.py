"""Preview and import of a file: all good rows or none in one step, the bad ones back as a file."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import ImportedFileRow, JobseekerRow, VacancyRow
from db.session import reading, unit_of_work
from domain.enums import ImportKind
from domain.exceptions import UnusableFile
from domain.records.imports import CellProblem, ImportMapping, ImportPreview, ImportResult
from domain.records.jobseeker import JobseekerForm
from domain.records.officer import Officer
from domain.records.vacancy import VacancyForm
from domain.texts import N_, Sentence
from services import audit, clock
from services.exports import to_csv
from services.importing.assessing import Assessment, GoodRow, assess, mapped
from services.importing.columns import required
from services.importing.history import find_import, list_mappings
from services.importing.limits import limits
from services.importing.mapping import check_fits, fingerprint, notices_of, propose_mapping
from services.importing.reading import read_table
from services.importing.table import REASON, Table
from services.jobseekers.bulk_registration import upsert_jobseekers
from services.permissions import Permission, check_can
from services.texts import render
from services.vacancies.intake import import_notice
from services.vacancies.vacancies import upsert_vacancies

Progress = Callable[[int, int], None]
"""Told after each step: rows taken in, rows in all."""


def preview_import(
    *,
    kind: ImportKind,
    content: bytes,
    mapping: ImportMapping | None = None,
    encoding: str | None = None,
    by: Officer,
) -> ImportPreview:
    """What importing the file would do; changes nothing. Without a mapping, one is proposed."""
    check_can(by, Permission.FILES_IMPORT)
    read = _read(content, encoding)
    mapping = mapping or propose_mapping(kind, read.headers, list_mappings(kind=kind, by=by))
    check_fits(mapping, read.headers)
    lacking = missing_columns(mapping)
    with reading() as session:
        found = Assessment((), ()) if lacking else assess(read, mapping, session)
        _, before = find_import(session, kind, _sha256(content), fingerprint(mapping))
    first = read.rows[: limits().preview_rows]
    return ImportPreview(
        kind=kind,
        encoding=read.encoding,
        headers=read.headers,
        mapping=mapping,
        missing=lacking,
        notices=(*_notices(read, mapping), *_stopped(found.good)),
        first_rows=tuple(mapped(row, read.headers, mapping) for row in first),
        rows=len(read.rows),
        accepted=len(found.good),
        problems=found.problems,
        imported_before=before,
    )


def run_import(
    *,
    kind: ImportKind,
    content: bytes,
    file_name: str,
    mapping: ImportMapping | None = None,
    encoding: str | None = None,
    progress: Progress | None = None,
    by: Officer,
) -> ImportResult:
    """Import the file: good rows go in, bad ones come back with their reasons.

    The same file again adds only rows that are not there yet, so what officers changed in the
    meantime stays. UnusableFile when nothing of it can be read.
    """
    check_can(by, Permission.FILES_IMPORT)
    read = _read(content, encoding)
    mapping = mapping or propose_mapping(kind, read.headers, list_mappings(kind=kind, by=by))
    check_fits(mapping, read.headers)
    check_complete(mapping)
    file = _File(_sha256(content), PurePath(file_name).name, fingerprint(mapping))
    try:
        return _take_in(read, mapping, file, progress or _silent, by=by)
    except IntegrityError:
        # Somebody imported the same file at the same moment: look again, it is there now.
        return _take_in(read, mapping, file, progress or _silent, by=by)


@dataclass(frozen=True)
class _File:
    sha256: str
    name: str
    mapping_sha256: str


def _silent(_done: int, _total: int) -> None:
    """No one is watching."""


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read(content: bytes, encoding: str | None) -> Table:
    read = read_table(content, encoding)
    if REASON not in read.headers:
        return read
    # A corrected file of rejected rows comes back with our own column in front.
    at = read.headers.index(REASON)
    rows = tuple(replace(row, cells=row.cells[:at] + row.cells[at + 1 :]) for row in read.rows)
    return replace(read, headers=read.headers[:at] + read.headers[at + 1 :], rows=rows)


def missing_columns(mapping: ImportMapping) -> tuple[str, ...]:
    """Our required columns that the mapping does not fill."""
    return tuple(name for name in required(mapping.kind) if mapping.rule(name) is None)


def check_complete(mapping: ImportMapping) -> None:
    """UnusableFile unless every required column is filled."""
    lacking = missing_columns(mapping)
    if lacking:
        raise UnusableFile(
            N_(
                "The file has no column for: {columns}. Rename its columns, or say in a mapping "
                "which column is meant or which value holds for every row."
            ),
            columns=lacking,
        )


def _notices(read: Table, mapping: ImportMapping) -> tuple[Sentence, ...]:
    return (*read.notices, *notices_of(mapping, read.headers))


def _take_in(
    read: Table, mapping: ImportMapping, file: _File, progress: Progress, *, by: Officer
) -> ImportResult:
    with reading() as session:
        found = assess(read, mapping, session)
        row, before = find_import(session, mapping.kind, file.sha256, file.mapping_sha256)
        there = _there_already(session, mapping.kind, found.good)
    new = [one for one in found.good if one.key not in there] if before else list(found.good)
    counts, notices = _write(new, found, mapping.kind, file, there, progress, by=by)
    unchanged = len(found.good) - counts["created"] - counts["updated"]
    return ImportResult(
        kind=mapping.kind,
        created=counts["created"],
        updated=counts["updated"],
        unchanged=unchanged,
        rejected=len(found.rejected()),
        problems=found.problems,
        notices=(*_notices(read, mapping), *notices, *_stopped(new)),
        rejected_file=_rejected_file(read, found.problems, by.language),
        imported_before=before,
    )


def _stopped(rows: Sequence[GoodRow]) -> tuple[Sentence, ...]:
    return import_notice((o.row.number, o.form) for o in rows if isinstance(o.form, VacancyForm))


def _there_already(session: Session, kind: ImportKind, good: Sequence[GoodRow]) -> frozenset[str]:
    keys = [one.key for one in good]
    column = JobseekerRow.external_id if kind is ImportKind.JOBSEEKERS else VacancyRow.number
    found: set[str] = set()
    for start in range(0, len(keys), limits().chunk_rows):
        part = keys[start : start + limits().chunk_rows]
        found.update(session.scalars(select(column).where(column.in_(part))))
    return frozenset(found)


def _write(
    rows: Sequence[GoodRow],
    found: Assessment,
    kind: ImportKind,
    file: _File,
    there: frozenset[str],
    progress: Progress,
    *,
    by: Officer,
) -> tuple[Counter[str], list[Sentence]]:
    """Chunk after chunk, in one transaction unless the file is large; the file's own row last."""
    counts: Counter[str] = Counter()
    kept: list[str] = []
    size = limits().chunk_rows
    parts = [rows[start : start + size] for start in range(0, len(rows), size)]
    together = len(rows) <= limits().one_transaction_rows
    with unit_of_work() as work:
        done = 0
        for part in parts:
            kept += _upsert(work.session, kind, part, there, counts, by)
            done += len(part)
            progress(done, len(rows))
            if not together:
                work.commit()
        _note(work.session, kind, file, found, counts, by)
        work.commit()
    if not kept:
        return counts, []
    text = N_("These vacancies are no longer drafts and were left as they are: {numbers}.")
    return counts, [Sentence(text, {"numbers": tuple(kept)})]


def _upsert(
    session: Session,
    kind: ImportKind,
    rows: Sequence[GoodRow],
    there: frozenset[str],
    counts: Counter[str],
    by: Officer,
) -> Sequence[str]:
    """One chunk; the numbers of vacancies that may not change any more come back."""
    if kind is ImportKind.VACANCIES:
        forms = [one.form for one in rows if isinstance(one.form, VacancyForm)]
        done = upsert_vacancies(session, forms, by=by)
        counts.update(created=len(done.created), updated=len(done.updated))
        return done.kept
    # An empty cell says nothing: for people already there only the filled columns count.
    groups: dict[frozenset[str] | None, list[tuple[str, JobseekerForm]]] = {}
    for one in rows:
        if isinstance(one.form, JobseekerForm):
            stated = one.stated - {"external_id"} if one.key in there else None
            groups.setdefault(stated, []).append((one.key, one.form))
    for stated, people in groups.items():
        created, updated, _ = upsert_jobseekers(session, people, by, known_fields=stated)
        counts.update(created=created, updated=updated)
    return ()


def _note(
    session: Session,
    kind: ImportKind,
    file: _File,
    found: Assessment,
    counts: Counter[str],
    by: Officer,
) -> None:
    """The file's row and its audit event; a repeat that changed nothing leaves only the event."""
    row, _ = find_import(session, kind, file.sha256, file.mapping_sha256)
    changed = counts["created"] + counts["updated"]
    if row is None or changed:
        row = row or ImportedFileRow(
            sha256=file.sha256, kind=kind.value, mapping_sha256=file.mapping_sha256
        )
        row.file_name = file.name
        row.accepted, row.rejected = len(found.good), len(found.rejected())
        row.unchanged = len(found.good) - changed
        row.imported_at, row.imported_by = clock.now(), by.id
        session.add(row)
        session.flush()
    details = {
        "kind": kind.value,
        "sha256": file.sha256,
        "created": counts["created"],
        "updated": counts["updated"],
        "unchanged": len(found.good) - changed,
        "rejected": len(found.rejected()),
    }
    audit.record(
        session, action="imported", entity="file", entity_id=row.id, details=details, by=by
    )


def _rejected_file(read: Table, problems: Sequence[CellProblem], language: str) -> bytes | None:
    """The rejected rows as they were, with the reasons in front."""
    if not problems:
        return None
    reasons: dict[int, list[str]] = {}
    for problem in problems:
        text = render(problem.sentence, language)
        said = f"{problem.column}: {text}" if problem.column else text
        reasons.setdefault(problem.row, []).append(said)
    rows = [
        ["; ".join(reasons[row.number]), *row.cells] for row in read.rows if row.number in reasons
    ]
    return to_csv([REASON, *read.headers], rows)
