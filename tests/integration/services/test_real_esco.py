"""The official archives of version 1.1.1, where they are at hand."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from domain.enums import Role
from services.coding.skill_search import search_skills
from services.esco.archives import EscoFile
from services.esco.importing import files_at, import_esco, preview_esco
from services.reference import reference
from tests.factories.officers import officer

SHARED = Path(os.environ.get("SHARED_DATA", Path(__file__).parents[4] / "shared" / "data"))
ARCHIVES = sorted((SHARED / "esco").glob("ESCO dataset*.zip"))
TABLES = sorted((SHARED / "esco").glob("*_*.csv.gz"))
SECONDS = 60
"""What an import may take."""

pytestmark = pytest.mark.skipif(not ARCHIVES, reason=f"no ESCO archives in {SHARED.name}")


@contextmanager
def opened(*paths: Path) -> Iterator[list[EscoFile]]:
    with files_at(paths) as files:
        yield files


@pytest.mark.usefixtures("sqlite_database")
def test_the_official_archives_are_recognised() -> None:
    with opened(*ARCHIVES, *TABLES) as files:
        seen = preview_esco(files=files, by=officer(Role.ADMINISTRATOR))
    assert seen.version == "1.1.1"
    assert seen.languages == ("en",)
    assert len(seen.tables) == 6 + len(TABLES)


@pytest.mark.long
@pytest.mark.usefixtures("database")
def test_the_official_archives_come_in_whole_and_soon() -> None:
    began = time.monotonic()
    with opened(*ARCHIVES) as files:
        counts = import_esco(files=files, by=None).counts
    assert time.monotonic() - began < SECONDS
    assert counts["occupations"] == 3_007
    assert counts["skills"] == 13_896
    assert counts["relations"] + counts["relations_dangling"] == 123_855
    assert counts["relations_dangling"] == 67
    assert "occupations_without_unit_group" not in counts
    known = reference()
    assert len(known.names["skill"]) == 915 + 13_896 - counts["skills_same_as_own"]
    # What most of its occupations need: not so much that everybody would be presumed to do it.
    sizes = sorted(len(skills) for skills in known.essential_skills.values())
    assert 6 <= sizes[len(sizes) // 2] <= 20
    assert known.names["skill"][search_skills(text="vineyard manag", language="en")[0]]
    with opened(*ARCHIVES) as files:
        assert import_esco(files=files, by=None).is_unchanged


@pytest.mark.long
@pytest.mark.usefixtures("sqlite_database")
def test_tables_in_many_languages_come_in_after_the_archives() -> None:
    with opened(*ARCHIVES) as files:
        import_esco(files=files, by=None)
    with opened(*TABLES) as files:
        counts = import_esco(files=files, by=None).counts
    assert counts["job_titles"] > 300_000
    assert counts["skill_labels"] > 31_000
    assert search_skills(text="prune plants", language="en")
