"""Reads an XLSX workbook in a child process with bounded memory and time.

A workbook of a few kilobytes can make a parser ask for more memory than there is, and the parser
then aborts the process without an exception. As a program (`python -m
services.importing.workbook`) this module takes the file on standard input and answers with lines
of JSON; `read_workbook` starts it and never parses anything itself.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from domain.exceptions import UnusableFile
from domain.texts import N_, Sentence, from_json, to_json
from services.importing.archive import checked
from services.importing.limits import limits
from services.importing.refusals import DAMAGED, FORMULAS, TOO_LARGE

ROOT = Path(__file__).parents[2]


def read_workbook(content: bytes) -> tuple[list[tuple[int, tuple[str, ...]]], list[Sentence]]:
    """Numbered rows of the first sheet that holds anything, and notices; or UnusableFile."""
    try:
        child = subprocess.run(
            [sys.executable, "-m", __name__],
            input=content,
            capture_output=True,
            cwd=ROOT,
            timeout=limits().child_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnusableFile(TOO_LARGE) from error
    answers = child.stdout.splitlines()
    if child.returncode != 0 or not answers:
        # Killed by its own limits or by the parser: either way nothing was read.
        raise UnusableFile(DAMAGED if child.returncode >= 0 else TOO_LARGE)
    head = json.loads(answers[0])
    if "refused" in head:
        raise UnusableFile(from_json(head["refused"]))
    rows = [(int(number), tuple(cells)) for number, cells in map(json.loads, answers[1:])]
    return rows, [from_json(notice) for notice in head["notices"]]


def answer(content: bytes) -> Iterator[dict[str, Any] | list[Any]]:
    """What the child says about a workbook: a refusal, or notices and then its rows."""
    try:
        sound, formulas = checked(content, limits())
        sheet, notices = _first_sheet(sound)
    except UnusableFile as refused:
        yield {"refused": to_json(refused.sentence)}
        return
    if formulas:
        notices.append(Sentence(FORMULAS, {"count": formulas}))
    yield {"notices": [to_json(notice) for notice in notices]}
    for number, cells in enumerate(sheet, start=1):
        texts = [plain(value) for value in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            yield [number, texts + [""] * (len(cells) - len(texts))]


def _first_sheet(content: bytes) -> tuple[list[list[Any]], list[Sentence]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible
        ]
        filled = {}
        for name in names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(value != "" for cells in rows for value in cells):
                filled[name] = rows
    except MemoryError:
        raise
    except BaseException as error:  # the parser's panics are no Exceptions
        raise UnusableFile(DAMAGED) from error
    if not filled:
        return [], []
    first, *others = filled
    notices = []
    if others:
        text = N_("Only the sheet “{name}” was read; other sheets hold data too: {others}.")
        notices.append(Sentence(text, {"name": first, "others": others}))
    return filled[first], notices


def plain(value: object) -> str:
    """A cell's value as a person would have typed it into a CSV file."""
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case date():
            return value.isoformat()
        case time() | timedelta():
            return str(value)
        case None:
            return ""
        case _:
            return str(value)


def main() -> None:
    """The child process: limit itself, read, answer."""
    _limit_memory(limits().child_memory_bytes)
    content = sys.stdin.buffer.read(limits().file_bytes + 1)
    try:
        for line in answer(content):
            sys.stdout.write(json.dumps(line) + "\n")
    except MemoryError:
        sys.stdout.write("\n")
        sys.exit(3)


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # not on this system: the scan before parsing still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
