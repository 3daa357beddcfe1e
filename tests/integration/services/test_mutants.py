"""Sound files changed by chance: no exception that nobody caught, no hang, every row accounted."""

from collections import Counter

import pytest
from sqlalchemy import Engine

from domain.enums import ImportKind
from domain.exceptions import EncodingToConfirm, UnusableFile
from services.importing.running import preview_import
from services.officers.operator import operator
from tests.bad_files.doors import bring
from tests.bad_files.kinds import Door
from tests.bad_files.mutants import mutants


def check(seed: int, count: int) -> Counter[str]:
    """Bring each mutant to its door; how many were read, refused, asked about."""
    found: Counter[str] = Counter()
    for mutant in mutants(seed, count):
        outcome = bring(mutant.door, mutant.name, mutant.content)
        assert not outcome.is_our_fault, f"mutant {mutant.number} of seed {seed}: {mutant.name}"
        found["died" if outcome.ended is not None else "said" if outcome.sentence else "read"] += 1
        if mutant.door is Door.TABLE and (outcome.rows or outcome.asked):
            found["rows"] += account(mutant.content, outcome.asked)
    return found


def account(content: bytes, encoding: str | None) -> int:
    """How many rows the preview accounts for, each as accepted or rejected."""
    kind = ImportKind.JOBSEEKERS
    try:
        preview = preview_import(kind=kind, content=content, encoding=encoding, by=operator())
    except (UnusableFile, EncodingToConfirm):
        return 0
    rejected = {problem.row for problem in preview.problems}
    assert preview.missing or preview.accepted + len(rejected) == preview.rows
    return preview.rows


def test_mutants_are_read_or_refused_and_every_row_is_accounted(sqlite_database: Engine) -> None:
    found = check(seed=7, count=300)
    assert found["died"] == 0
    assert found["read"] > 20
    assert found["said"] > 100
    assert found["rows"] > 200


@pytest.mark.long
def test_five_thousand_mutants_neither_break_nor_hang_us(sqlite_database: Engine) -> None:
    """Takes three minutes of one core."""
    assert check(seed=11, count=5_000)["died"] == 0
