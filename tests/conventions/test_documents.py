"""What is written about the code is what the code says."""

import re
from pathlib import Path

import pytest

import db.models  # noqa: F401 - registers the tables
from cli.docs import PAGES, REFERENCE, is_current
from db.base import Base
from db.settings import PREFIX, Settings
from services.officers.demo_accounts import ACCOUNTS, PASSWORD
from tests.conventions.tree import LAYERS, ROOT, shown, sources


@pytest.mark.parametrize("page", PAGES)
def test_a_reference_page_is_up_to_date(page: str) -> None:
    assert is_current(page, PAGES[page]()), "run `make fix`"


def test_every_setting_is_documented() -> None:
    page = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    for name in Settings.__dataclass_fields__:
        assert f"`{PREFIX}{name.upper()}`" in page


def test_the_environment_is_read_in_one_place() -> None:
    # `**os.environ` hands it on whole to another program.
    readers = [
        p for p in sources(*LAYERS) if re.search(r"(?<!\*\*)os\.(environ|getenv)", p.read_text())
    ]
    assert [shown(path) for path in readers] == ["db/settings.py"]


def test_the_development_environment_contains_the_running_one() -> None:
    run, dev = (
        set((ROOT / name).read_text().split("\n"))
        for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert run <= dev
    assert not any(line.startswith("matching==") for line in dev)


GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
TEXTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_every_table_is_explained_in_the_glossary(table: str) -> None:
    assert f"`{table}`" in GLOSSARY


def test_the_glossary_names_no_table_that_is_gone() -> None:
    named = re.findall(r"\| `([a-z_]+)`(?: and below)? \|", GLOSSARY)
    assert [name for name in named if name not in Base.metadata.tables] == []


def test_what_audit_events_are_about_stands_in_the_glossary() -> None:
    entities = {
        entity
        for path in sources("services")
        for entity in re.findall(r'(?:entity=|^ENTITY = )"([^"]+)"', path.read_text(), re.M)
    }
    assert len(entities) > 5
    words = re.findall(r"^\| ([^|]+) \|", GLOSSARY, re.M)
    known = {word.split(" (")[0].replace(" ", "_") for word in words}
    known |= set(re.findall(r"audited as `(\w+)`", GLOSSARY))
    assert entities <= known


@pytest.mark.parametrize("text", TEXTS, ids=shown)
def test_links_lead_somewhere(text: Path) -> None:
    links = LINK.findall(text.read_text(encoding="utf-8"))
    assert [link for link in links if not (text.parent / link).exists()] == []


def test_every_document_is_reached_from_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    below = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert below - set(LINK.findall(index)) == {"index.md"}


DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))


@pytest.mark.parametrize("decision", DECISIONS, ids=shown)
def test_a_decision_says_why_and_what_follows(decision: Path) -> None:
    heads = re.findall(r"^## (.+)$", decision.read_text(encoding="utf-8"), re.M)
    assert heads == ["Status", "Context", "Decision", "Consequences"]


def test_the_demo_accounts_are_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"`{PASSWORD}`" in readme
    assert [one.username for one in ACCOUNTS if f"| `{one.username}` |" not in readme] == []
