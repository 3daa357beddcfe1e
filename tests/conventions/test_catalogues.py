"""Everything a person can read exists in Georgian, in the same words everywhere."""

import ast
import csv
import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

import domain.exceptions
from tests.conventions.tree import LAYERS, ROOT, parsed, shown, sources

KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
FILES = sorted((ROOT / "locale" / "ka").glob("*.po"))
PLACEHOLDER = re.compile(r"{(\w+)[^}]*}")
GEORGIAN = re.compile("[ა-ჰ]")
CAPITALS = re.compile("[\u1c90-\u1cbf]")  # Mtavruli: this script is written without capitals


@cache
def marked() -> dict[str, str]:
    """Every message marked for translation in the code, with where it stands."""
    found: dict[str, str] = {}
    for path in sources(*LAYERS):
        for line, message, _, _ in extract_from_file("python", path, keywords=KEYWORDS):
            text = message[0] if isinstance(message, tuple) else message
            found.setdefault(text, f"{shown(path)}:{line}")
    wages = ROOT / "db" / "reference" / "minimum_wages.csv"
    for wage in csv.DictReader(wages.read_text(encoding="utf-8").splitlines()):
        found.setdefault(wage["source"], shown(wages))
    for path in (ROOT / "matching" / "parameters").glob("*.yaml"):
        rules = yaml.safe_load(path.read_text(encoding="utf-8"))
        for said in (rules, *rules["values"].values()):
            for part in ("unit", "reason", "reference"):
                found.setdefault(said.get(part, rules["reason"]), shown(path))
    return found


# fmt: off
SHOWING = {
    "title", "header", "subheader", "caption", "write", "markdown", "info", "success",
    "warning", "error", "toast", "button", "form_submit_button", "download_button",
    "link_button", "text_input", "text_area", "number_input", "date_input", "selectbox",
    "multiselect", "radio", "checkbox", "toggle", "slider", "pills", "segmented_control",
    "file_uploader", "metric", "expander", "popover", "dialog", "spinner", "progress",
}
# fmt: on


def unmarked_in(path: Path) -> list[str]:
    """Texts given to a screen or to an exception without a mark for translation."""
    exceptions = {
        name
        for name, kind in vars(domain.exceptions).items()
        if isinstance(kind, type) and issubclass(kind, Exception)
    }
    found = []
    for call in ast.walk(parsed(path)):
        match call:
            case ast.Call(
                func=ast.Attribute(attr=name) | ast.Name(id=name),
                args=[ast.Constant(value=str(text)) | ast.JoinedStr(values=[*text]), *_],
            ) if name in SHOWING or name in exceptions or name == "Sentence":
                words = text if isinstance(text, str) else " ".join(constants(text))
                if re.search("[A-Za-zა-ჰ]{3}", words):
                    found.append(f"{shown(path)}:{call.lineno} {words[:40]}")
    return found


def constants(parts: list[ast.expr]) -> list[str]:
    return [str(part.value) for part in parts if isinstance(part, ast.Constant)]


def messages(path: Path) -> list[Message]:
    with path.open("rb") as file:
        return [message for message in read_po(file, locale="ka") if message.id]


def english(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, tuple | list) else message.id)


def georgian(message: Message) -> str:
    text = message.string[0] if isinstance(message.string, tuple | list) else message.string
    return "" if message.fuzzy else str(text)


def translations() -> dict[str, dict[str, str]]:
    """English → file → Georgian."""
    found: dict[str, dict[str, str]] = {}
    for path in FILES:
        for message in messages(path):
            found.setdefault(english(message), {})[path.name] = georgian(message)
    return found


def test_every_message_has_a_georgian_translation() -> None:
    assert len(marked()) > 200
    known = translations()
    missing = {
        text: place for text, place in marked().items() if not any(known.get(text, {}).values())
    }
    assert missing == {}


def test_every_text_for_a_person_is_marked_for_translation() -> None:
    files = sources("domain", "matching", "services", "db", "ui", "pages")
    assert [place for path in files for place in unmarked_in(path)] == []


def test_no_translation_is_left_over() -> None:
    left = {text: list(files) for text, files in translations().items() if text not in marked()}
    assert left == {}


def test_the_same_english_has_the_same_georgian_everywhere() -> None:
    assert {text: by for text, by in translations().items() if len(set(by.values())) > 1} == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_translations_keep_their_placeholders_and_script(path: Path) -> None:
    for message in messages(path):
        before, after = english(message), georgian(message)
        assert set(PLACEHOLDER.findall(before)) == set(PLACEHOLDER.findall(after)), before
        assert GEORGIAN.search(after) or not re.search(r"[a-z]{3}", PLACEHOLDER.sub("", before)), (
            before
        )
        assert not CAPITALS.search(after), after


def test_browser_tests_look_for_words_that_the_screens_say() -> None:
    spoken = {"_": None, "word": None}
    sought = {
        f"{shown(path)}:{line}": text
        for path in (ROOT / "tests" / "browser").glob("*.py")
        for line, text, _, _ in extract_from_file("python", path, keywords=spoken)
    }
    assert len(sought) > 50
    assert {place: text for place, text in sought.items() if text not in marked()} == {}
