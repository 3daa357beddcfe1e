"""`manage.py import jobseekers FILE` and `import vacancies FILE`.

Exit status: 0 every row accepted, 3 some rejected (FILE.rejected.csv has them with the reasons),
2 the file can't be used.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from cli.database import prepare_database, read_settings

if TYPE_CHECKING:
    from domain.enums import ImportKind
    from domain.records.imports import CellProblem, ImportMapping, ImportPreview, ImportResult
    from domain.records.officer import Officer
    from domain.texts import Sentence

SOME_REJECTED, UNUSABLE = 3, 2
SHOWN = 20


def importer(kind: str) -> click.Command:
    """The command for one kind of file."""

    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--mapping", type=click.Path(path_type=Path), help="How its columns map to ours.")
    @click.option("--encoding", help="How its letters are to be read: cp1251, cp1252, acadnusx …")
    @click.option("--dry-run", is_flag=True, help="Only say what would happen.")
    @click.option("--as", "username", help="The officer who imports (default: the system itself).")
    @click.option(
        "--language",
        type=click.Choice(["en", "ka"]),
        default="en",
        show_default=True,
        help="Of the messages and of the reasons in FILE.rejected.csv.",
    )
    def command(file: Path, **options: Any) -> None:
        import_file(kind, file, Options(**options))

    named = {"jobseekers": "job-seekers"}.get(kind, kind)
    return click.command(kind, help=f"Import {named} from FILE (CSV or XLSX).")(command)


@dataclass(frozen=True)
class Options:
    """What was said on the command line."""

    mapping: Path | None = None
    encoding: str | None = None
    dry_run: bool = False
    username: str | None = None
    language: str = "en"

    def officer(self) -> Officer:
        """Who imports, reading in the language asked for."""
        from services.officers.operator import officer_named, operator

        by = officer_named(self.username) if self.username else operator()
        return replace(by, language=self.language)


def import_file(kind: str, file: Path, options: Options) -> NoReturn:
    """Import or only look; always ends with one of the three exit statuses."""
    from domain.enums import ImportKind
    from domain.exceptions import EncodingToConfirm, LabourMigrationError

    settings = read_settings()
    content = _bytes_of(file)
    prepare_database(settings)
    try:
        choices: dict[str, Any] = {
            "kind": ImportKind(kind),
            "content": content,
            "mapping": _mapping_of(options.mapping, ImportKind(kind)),
            "encoding": options.encoding,
            "by": options.officer(),
        }
        rejected = _look(choices) if options.dry_run else _run(choices, file)
    except EncodingToConfirm as asked:
        _refuse(asked.sentence, options.language)
        for name, sample in asked.samples.items():
            click.echo(f"  --encoding {name:<18} {sample}", err=True)
        sys.exit(UNUSABLE)
    except LabourMigrationError as refused:
        _refuse(refused.sentence, options.language)
        sys.exit(UNUSABLE)
    sys.exit(SOME_REJECTED if rejected else 0)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        click.echo(f"Error: {path} can't be read: {error.strerror}", err=True)
        sys.exit(UNUSABLE)


def _mapping_of(path: Path | None, kind: ImportKind) -> ImportMapping | None:
    from services.importing.mapping import from_file

    return None if path is None else from_file(_bytes_of(path), kind)


def _look(choices: dict[str, Any]) -> int:
    from services.importing.running import check_complete, preview_import

    language = choices["by"].language
    preview: ImportPreview = preview_import(**choices)
    check_complete(preview.mapping)
    _show_notices(preview.notices, language)
    _show_problems(preview.problems, language)
    click.echo(f"Would be accepted: {preview.accepted}, rejected: {preview.rejected}")
    return preview.rejected


def _run(choices: dict[str, Any], file: Path) -> int:
    from services.importing.running import run_import

    language = choices["by"].language
    result: ImportResult = run_import(**choices, file_name=file.name)
    if result.imported_before:
        moment = f"{result.imported_before.imported_at:%Y-%m-%d %H:%M} UTC"
        click.echo(f"This file was imported before, on {moment}.")
    _show_notices(result.notices, language)
    _show_problems(result.problems, language)
    click.echo(
        f"Accepted: {result.accepted} (new {result.created}, changed {result.updated}, "
        f"unchanged {result.unchanged}), rejected: {result.rejected}"
    )
    if result.rejected_file is not None:
        target = file.with_name(file.name + ".rejected.csv")
        try:
            target.write_bytes(result.rejected_file)
            click.echo(f"Rejected rows, with the reasons: {target}")
        except OSError as error:
            click.echo(f"Error: {target} can't be written: {error.strerror}", err=True)
    return result.rejected


def _show_notices(notices: Sequence[Sentence], language: str) -> None:
    for notice in notices:
        click.echo(f"Note: {_said(notice, language)}")


def _show_problems(problems: Sequence[CellProblem], language: str) -> None:
    for problem in problems[:SHOWN]:
        place = f"row {problem.row}" + (f", {problem.column}" if problem.column else "")
        click.echo(f"{place}: {_said(problem.sentence, language)}", err=True)
    if len(problems) > SHOWN:
        click.echo(f"… and {len(problems) - SHOWN} more", err=True)


def _refuse(sentence: Sentence, language: str) -> None:
    click.echo(f"Error: {_said(sentence, language)}", err=True)


def _said(sentence: Sentence, language: str) -> str:
    from services.texts import render

    return render(sentence, language)


jobseekers = importer("jobseekers")
vacancies = importer("vacancies")
