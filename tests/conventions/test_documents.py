"""What is written about the code is what the code says."""

import re

import pytest

from cli.docs import PAGES, REFERENCE, is_current
from db.settings import PREFIX, Settings
from tests.conventions.tree import LAYERS, ROOT, shown, sources


@pytest.mark.parametrize("page", PAGES)
def test_a_reference_page_is_up_to_date(page: str) -> None:
    assert is_current(page, PAGES[page]()), "run `make fix`"


def test_every_setting_is_documented() -> None:
    page = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    for name in Settings.__dataclass_fields__:
        assert f"`{PREFIX}{name.upper()}`" in page


def test_the_environment_is_read_in_one_place() -> None:
    readers = [p for p in sources(*LAYERS) if re.search(r"os\.(environ|getenv)", p.read_text())]
    assert [shown(path) for path in readers] == ["db/settings.py"]


def test_the_development_environment_contains_the_running_one() -> None:
    run, dev = (
        set((ROOT / name).read_text().split("\n"))
        for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert run <= dev
    assert not any(line.startswith("matching==") for line in dev)
