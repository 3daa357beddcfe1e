"""Words on age, sex, looks, family or origin stop a vacancy; the same words elsewhere do not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
import yaml

from matching.texts.intake.finding import asked_in, words_on

CASES = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "intake_words.yaml").read_text(encoding="utf-8")
)
WORDS = words_on(date(2026, 11, 22))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_a_sentence_stops_for_what_it_asks(case: dict) -> None:
    assert sorted({one.topic.value for one in asked_in(case["text"], WORDS)}) == case["topics"]


def test_words_are_quoted_from_where_they_stand() -> None:
    text = "Harvest on a family farm.\nApplicants no older than 35; men only!"
    found = asked_in(text, WORDS)
    assert [one.words for one in found] == ["no older than 35", "men only"]
    assert [one.sentence for one in found] == ["Applicants no older than 35", "men only"]
    assert [one.sentence[one.begin :] for one in found] == ["no older than 35", "men only"]
    assert (found[0].youngest, found[0].oldest) == (None, 35)


def test_an_empty_text_and_a_long_one_are_read() -> None:
    assert asked_in("", WORDS) == ()
    long = "Pick apples and carry crates of 12 to 16 kg. " * 5_000
    assert asked_in(long + "Men only.", WORDS)[0].words == "Men only"


def test_a_text_made_to_be_slow_is_read_at_once() -> None:
    for part in (" ", "\u00a0 ", "18", "age ", "a-", "не "):
        for begin in ("age", "wiek", "возраст", "men ", "nationality"):
            began = perf_counter()
            asked_in(begin + part * 3_000 + "x", WORDS)
            assert perf_counter() - began < 2
