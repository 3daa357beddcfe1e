"""Text of people stays text, whatever they wrote into it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.messages import plain


@pytest.mark.parametrize(
    "dangerous",
    [
        "![x](https://evil.example/x.png)",
        "[click](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "**bold** _it_ `code` ~~gone~~",
        "# heading",
        "- item",
        "1. item",
        "| a | b |",
        "$x^2$",
        ":red[loud]",
        "a\n\n    code",
        "&lt;script&gt;",
    ],
)
def test_no_mark_of_markdown_stays_active(dangerous: str) -> None:
    shown = plain(dangerous)
    assert "\n" not in shown
    for place, sign in enumerate(shown):
        within = shown[place - 1 : place].isalnum() and shown[place + 1 : place + 2].isalnum()
        if sign in "`*_{}[]<>()#+-.!|~$:&" and not (sign in "-.+" and within):
            backslashes = len(shown[:place]) - len(shown[:place].rstrip("\\"))
            assert backslashes % 2 == 1, shown


@pytest.mark.parametrize("link", ["https://evil.example", "HTTP://x.y", "www.evil.example"])
def test_no_address_becomes_a_link(link: str) -> None:
    assert link.lower() not in plain(link).replace("\\", "").lower()


@pytest.mark.parametrize("icon", [":material/home:", ":smile:", "a:b:c:d"])
def test_no_name_becomes_an_icon(icon: str) -> None:
    assert icon not in plain(icon).replace("\\", "")


@given(st.text())
def test_plain_text_loses_nothing_but_white_space(text: str) -> None:
    import re

    unescaped = re.sub(r"\\([\\`*_{}\[\]<>()#+\-.!|~$:^=&@])", r"\1", plain(text))
    assert unescaped.replace("\u2060", "") == " ".join(text.split()).replace("\u2060", "")


def test_numbers_of_files_stay_clean_for_whoever_hears_them() -> None:
    assert plain("SAMPLE-0209") == "SAMPLE-0209"
    assert plain("22.11.2026") == "22.11.2026"


def test_georgian_names_are_left_alone() -> None:
    assert plain("ნინო ბერიძე") == "ნინო ბერიძე"
