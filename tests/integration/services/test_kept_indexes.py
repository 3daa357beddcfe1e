"""Indexes are kept on disk for the next start, and never served when anything changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.session import settings
from matching.texts.coding import Kind, Label, LanguageIndex
from matching.texts.extraction.skills import SkillFinder
from matching.texts.meaning import Background
from services.coding import kept_indexes
from services.coding.kept_indexes import FOLDER, kept_or_built

pytestmark = pytest.mark.usefixtures("sqlite_database")

LABELS = [
    Label("cook", "en", "cook", Kind.PREFERRED),
    Label("cook", "en", "line cook"),
    Label("welder", "en", "welder", Kind.PREFERRED),
]


class Workshop:
    """Builds indexes and counts how often."""

    def __init__(self) -> None:
        self.built = 0

    def index(self, labels: list[Label]) -> LanguageIndex:
        def build() -> LanguageIndex:
            self.built += 1
            return LanguageIndex("en", labels)

        made_of = map(repr, labels)
        return kept_or_built("test-en", made_of, LanguageIndex.of, LanguageIndex.arrays, build)


def files() -> list[Path]:
    return sorted((settings().data_dir / FOLDER).iterdir())


def test_a_kept_index_gives_what_the_built_one_gave() -> None:
    workshop = Workshop()
    first, second = workshop.index(LABELS), workshop.index(LABELS)
    assert workshop.built == 1
    assert second.matches("line cok", 3) == first.matches("line cok", 3)


def test_a_changed_vocabulary_is_indexed_anew_and_the_old_file_goes() -> None:
    workshop = Workshop()
    workshop.index(LABELS)
    found = workshop.index([*LABELS, Label("welder", "en", "arc welder")])
    assert workshop.built == 2
    assert "arc welder" in found.labels
    assert len(files()) == 1


def test_other_code_makes_its_own_index(monkeypatch: pytest.MonkeyPatch) -> None:
    workshop = Workshop()
    workshop.index(LABELS)
    monkeypatch.setattr(kept_indexes, "_code", lambda: "another release")
    workshop.index(LABELS)
    assert workshop.built == 2


@pytest.mark.parametrize("damage", [b"", b"no index", None])
def test_a_damaged_file_is_ignored_and_replaced(damage: bytes | None) -> None:
    workshop = Workshop()
    workshop.index(LABELS)
    (path,) = files()
    whole = path.read_bytes()
    middle = len(whole) // 2
    flipped = whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :]
    path.write_bytes(flipped if damage is None else damage)
    assert workshop.index(LABELS).matches("cook", 1)[0].concept == "cook"
    assert workshop.built == 2
    assert files() == [path]
    workshop.index(LABELS)
    assert workshop.built == 2


def test_without_a_place_to_keep_it_the_index_serves_all_the_same() -> None:
    (settings().data_dir / FOLDER).write_text("a file where the folder should be")
    workshop = Workshop()
    assert workshop.index(LABELS).matches("cook", 1)
    assert workshop.index(LABELS).matches("cook", 1)
    assert workshop.built == 2


def test_the_space_of_meaning_is_kept_too() -> None:
    names = [f"occupation {i}" for i in range(60)]
    labels = [Label(name, "pl", f"zawód {name}", Kind.PREFERRED) for name in names]
    background = Background.told("en", [(name, f"skill {i % 7}") for i, name in enumerate(names)])
    index = LanguageIndex("pl", labels, background)
    again = LanguageIndex.of(index.arrays())
    assert again.matches("zawód 7", 20) == index.matches("zawód 7", 20)
    assert again.matches("zawód 7", 20) != LanguageIndex("pl", labels).matches("zawód 7", 20)


def test_a_kept_finder_of_skills_finds_the_same() -> None:
    finder = SkillFinder([("s1", "drive a tractor"), ("s2", "pick strawberries")], "en")
    again = SkillFinder.of(finder.arrays())
    text = "You drive tractors and pick strawberries."
    assert again.find(text, "en") == finder.find(text, "en") != ()
