"""`manage.py code`: job titles from standard input to ranked codes."""

from __future__ import annotations

import json
import sys

import click


@click.command("code")
@click.option("--lang", "language", required=True, help="Language of the texts, ISO 639-1.")
@click.option("--to", "target", type=click.Choice(["esco", "isco"]), required=True)
@click.option("--top", type=click.IntRange(1), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def code(language: str, target: str, top: int, as_json: bool) -> None:
    """Read one text a line and print the likeliest codes with their scores."""
    from cli.database import open_database
    from services.operator import operator
    from services.text_coding import Classification, code_texts

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
