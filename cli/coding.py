"""`manage.py code`: job titles from standard input to ranked codes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from domain.records.coding import CoderVersion


@click.command("code")
@click.option("--lang", "language", required=True, help="Language of the texts, ISO 639-1.")
@click.option("--to", "target", type=click.Choice(["esco", "isco", "skill"]), required=True)
@click.option("--top", type=click.IntRange(1), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def code(language: str, target: str, top: int, as_json: bool) -> None:
    """Read one text a line and print the likeliest codes with their scores.

    To ISCO-08 with the coder in use; the same function as the screens.
    """
    from cli.database import open_database
    from services.coding.text_coding import code_texts
    from services.coding.title_coding import Classification
    from services.officers.operator import operator

    open_database()
    texts = (line.rstrip("\r\n") for line in sys.stdin)
    name = "code" if target == "isco" else "uri"
    for coded in code_texts(
        texts=texts, language=language, to=Classification(target), top=top, by=operator()
    ):
        if as_json:
            found = [{name: code, "score": round(score, 6)} for code, score in coded.candidates]
            line = json.dumps({"text": coded.text, "candidates": found}, ensure_ascii=False)
        else:
            found_text = "  ".join(f"{code} {score:.3f}" for code, score in coded.candidates)
            line = f"{coded.text}\t{found_text or '-'}"
        click.echo(line)


@click.command("train-coder")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--activate", is_flag=True, help="Use the new version at once.")
@click.option("--as", "username", help="An administrator or manager; default: the command line.")
def train_coder(files: tuple[Path, ...], activate: bool, username: str | None) -> None:
    """Train the coder of job titles on confirmed decisions.

    FILES are CSV with the columns text, lang, code (ISCO-08 unit group): decisions made elsewhere.
    """
    from cli.database import open_database
    from services.coding import coder_versions
    from services.coding.decisions import take_decisions
    from services.officers.operator import officer_named, trainer

    open_database()
    by = officer_named(username) if username else trainer()
    for path in files:
        taken = take_decisions(content=path.read_bytes(), by=by)
        click.echo(f"{path.name}: {taken.taken} decisions taken, {len(taken.rejected)} rejected")
        for line, reason in taken.rejected[:20]:
            click.echo(f"  line {line}: {reason}")
    made = coder_versions.train_coder(by=by)
    click.echo(_told(made))
    if activate:
        coder_versions.activate_coder(number=made.number, by=by)
        click.echo(f"Version {made.number} is in use.")


def _told(made: CoderVersion) -> str:
    in_use = "-" if made.accuracy_in_use is None else f"{made.accuracy_in_use:.3f}"
    return (
        f"Version {made.number}: learnt from {made.decisions} decisions on {made.codes} codes.\n"
        f"First suggestion right on {made.held_out} held-out decisions: {made.accuracy:.3f} "
        f"(95 %: {made.accuracy_low:.3f} to {made.accuracy_high:.3f}); labels alone "
        f"{made.accuracy_of_labels:.3f}; version in use {in_use}."
    )
