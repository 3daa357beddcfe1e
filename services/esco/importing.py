"""Imports ESCO: everything in one transaction, and nothing that a file names is ever removed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from db.queries import occupation_labels
from db.repositories import esco as repository
from db.session import reading, unit_of_work
from domain.exceptions import InvalidInput, UnusableFile
from domain.records.classification import ConceptChange, EscoImport, EscoPreview, EscoState
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import audit, clock
from services.esco import changes, rows
from services.esco.archives import EscoFile
from services.esco.content import Content, Progress, once_each
from services.esco.reading_apart import content_apart, open_apart
from services.esco.rules import FILE as RULES
from services.permissions import Permission, check_can
from services.reference import forget, reference

ATTRIBUTION = N_("This service uses the ESCO classification of the European Commission.")
READING_SHARE = 0.3
"""Of the time of an import; the rest is writing."""


def import_esco(
    *, files: Sequence[EscoFile], progress: Progress | None = None, by: Officer | None
) -> EscoImport:
    """Import archives and tables of labels of ESCO; the same files once more change nothing.

    UnusableFile and InvalidInput say what to do. `by` is None at the command line.
    """
    if by is not None:
        check_can(by, Permission.CLASSIFICATIONS_IMPORT)
    tell = progress or _silently
    digests = _digests(files)
    with reading() as session:
        if digests.items() <= repository.remembered(session).items():
            return EscoImport(None, (), is_unchanged=True)
    content = content_apart(files, lambda share, what: tell(share * READING_SHARE, what))
    check_can_use(content)
    done = _write(content, digests, tell, by)
    forget()
    tell(1.0, Sentence(N_("Done")))
    return done


def preview_esco(*, files: Sequence[EscoFile], by: Officer) -> EscoPreview:
    """Say what the files hold; UnusableFile says what to do with one that isn't ESCO's."""
    check_can(by, Permission.CLASSIFICATIONS_IMPORT)
    holdings = once_each(open_apart(files))
    archives = [h for h in holdings if h.part is not None]
    return EscoPreview(
        archives[0].file.version if archives else None,
        tuple(sorted({h.language for h in archives if h.language})),
        tuple((h.file.name, h.table, h.language) for h in holdings),
    )


def esco_state(*, by: Officer) -> EscoState:
    """Which version is in use, and what its last import changed."""
    check_can(by, Permission.CLASSIFICATIONS_IMPORT)
    with reading() as session:
        row = repository.newest_import(session)
        if row is None:
            return EscoState()
        return EscoState(
            row.version,
            tuple(sorted(repository.has_archive_of(session))),
            row.imported_at,
            repository.importer(session, row),
            row.counts,
            tuple(ConceptChange(**change) for change in row.changes),
        )


def esco_in_use() -> bool:
    """Whether suggestions rest on ESCO too: then screens say so (`ATTRIBUTION`)."""
    with reading() as session:
        return occupation_labels.has_esco(session)


@contextmanager
def files_at(paths: Iterable[Path]) -> Iterator[list[EscoFile]]:
    """The files at these places, open; InvalidInput names one that is not there."""
    with ExitStack() as opened:
        found = []
        for path in paths:
            if not path.is_file():
                raise InvalidInput(N_("There is no file {file}."), file=path.name)
            found.append(EscoFile(path.name, opened.enter_context(path.open("rb"))))
        yield found


def check_can_use(content: Content) -> None:
    """Raise UnusableFile unless it is complete, or completes the version in use."""
    with reading() as session:
        newest = repository.newest_import(session)
    in_use = newest.version if newest else None
    if content.version is None:
        _check_labels(content, in_use)
        return
    if in_use is not None and _number(content.version) < _number(in_use):
        text = N_("Version {given} of ESCO is older than {in_use}, which is in use.")
        raise UnusableFile(text, given=content.version, in_use=in_use)
    is_new = content.version != in_use
    if is_new and not content.has_concepts:
        raise UnusableFile(
            N_(
                "The archive of a language is missing: “ESCO dataset - v{version} - classification"
                " - en - csv.zip”. Give it together with the others."
            ),
            version=content.version,
        )
    if is_new and not content.has_relations:
        raise UnusableFile(
            N_(
                "The relations are missing: give the archive without a language too, “ESCO dataset"
                " - v{version} - classification - - csv.zip”."
            ),
            version=content.version,
        )
    for table in ("occupations", "skills"):
        if content.languages and not getattr(content, table):
            text = N_("The table {table} of ESCO is missing or empty. Download the archive again.")
            raise UnusableFile(text, table=table)


def _check_labels(content: Content, in_use: str | None) -> None:
    levels = reference().occupation_levels
    if content.skill_names and in_use is None and not content.job_titles:
        text = N_("First import the archives of ESCO: these are names of skills that are in them.")
        raise UnusableFile(text)
    if not content.skill_names and not any(levels.get(t[0]) == 4 for t in content.job_titles):
        raise InvalidInput(N_("The file has no job title with a four-digit ISCO-08 code."))


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _digests(files: Sequence[EscoFile]) -> dict[str, str]:
    digests = {}
    for opened in open_apart(files):
        for holding in opened.holdings:
            digests[f"{holding.table} {holding.language or ''}".strip()] = opened.sha256
    read_by = RULES.read_bytes() + repository.CROSSWALK.read_bytes()
    return digests | {"rules": hashlib.sha256(read_by).hexdigest()}


def _write(
    content: Content, digests: dict[str, str], tell: Progress, by: Officer | None
) -> EscoImport:
    counts: dict[str, int] = dict(content.notes)
    changed: list[ConceptChange] = []
    with unit_of_work() as work:
        session = work.session
        if content.version is not None:
            before = changes.look(session, content.languages)
            rows.write_archives(session, content, counts, tell)
            changed = changes.since(session, before, content)
            repository.add_import(
                session,
                version=content.version,
                languages=content.languages,
                at=clock.now(),
                by=by.id if by else None,
                counts=counts,
                changes=[changes.stored(change) for change in changed],
            )
        rows.write_label_tables(session, content, counts)
        repository.remember(session, digests)
        audit.record(
            session,
            action="imported",
            entity="classification",
            entity_id=f"ESCO {content.version or ''}".strip(),
            details={"languages": content.languages, "counts": counts, "files": content.digests},
            by=by,
        )
        tell(0.97, Sentence(N_("Finishing")))
        work.commit()
    return EscoImport(content.version, tuple(content.languages), counts, tuple(changed))


def _silently(_share: float, _what: Sentence) -> None:
    return None
