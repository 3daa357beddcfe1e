"""Every code that the audit chain is given has a name for the administrator."""

import re

from domain.enums import CandidacyStatus
from tests.conventions.tree import sources
from ui.audit_words import ACTIONS, ENTITIES


def given(name: str) -> set[str]:
    """Texts that services pass as `name="…"`."""
    pattern = re.compile(rf'\b{name}="([a-z_]+)"')
    return {
        code for path in sources("services") for code in pattern.findall(path.read_text("utf-8"))
    }


def test_every_action_has_a_name() -> None:
    assert len(given("action")) > 20
    assert given("action") - set(ACTIONS) - set(CandidacyStatus) == set()


def test_every_entity_has_a_name() -> None:
    assert len(given("entity")) > 8
    assert given("entity") - set(ENTITIES) == set()
