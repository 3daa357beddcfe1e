"""Parameters are dated, reasoned and referenced; a wrong file is refused with the key's name."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.exceptions import InvalidInput, NotFound
from matching.parameters import (
    FOLDER,
    VALUE_NAMES,
    Parameters,
    ParametersInvalid,
    all_versions,
    load,
    parameters_at,
    parse,
    read,
)
from matching.points import split_points
from matching.vocabulary import (
    build_vocabulary,
    skill_rarity,
    vocabulary_from_bytes,
    vocabulary_to_bytes,
)
from tests.unit.matching.people import VOCABULARY

DOCUMENT = yaml.safe_load((FOLDER / "2026-01.yaml").read_text(encoding="utf-8"))


def test_first_version_is_the_policy() -> None:
    parameters = load("2026-01")
    assert parameters.weights == {
        "occupation": 300,
        "skills": 350,
        "languages": 200,
        "experience": 100,
        "readiness": 50,
    }
    assert (parameters.unknown_credit, parameters.language_step) == (400, 350)
    assert parameters.candidates_per_position == 3


def test_version_in_force_is_the_last_that_had_begun() -> None:
    assert parameters_at(date(2026, 1, 1)).version == "2026-01"
    assert parameters_at(date(2031, 5, 5)) == all_versions()[-1]
    with pytest.raises(NotFound, match="2025-12-31"):
        parameters_at(date(2025, 12, 31))
    with pytest.raises(NotFound, match="1999"):
        load("1999")


def test_each_value_has_unit_reason_and_reference() -> None:
    for path in FOLDER.glob("*.yaml"):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert tuple(document["values"]) == VALUE_NAMES
        assert read(path).version == path.stem


def test_each_parameter_is_documented() -> None:
    source = (FOLDER.parent / "parameters.py").read_text(encoding="utf-8")
    for name in VALUE_NAMES:
        assert f'    {name}: int\n    """' in source
    assert set(VALUE_NAMES) < set(Parameters.__dataclass_fields__)


def _set(*path: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        for key in path[:-1]:
            document = document[key]
        document[path[-1]] = value

    return change


def _drop(*path: str) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        for key in path[:-1]:
            document = document[key]
        del document[path[-1]]

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_set("colour", value=1), "colour: there is no such parameter"),
        (_set("values", "weight_age", value={"value": 1}), "weight_age: there is no such"),
        (_set("values", "language_step", "note", value="x"), "language_step.note: there is no"),
        (_drop("reason"), "reason: is missing"),
        (_drop("values"), "values: is missing"),
        (_drop("values", "unknown_credit"), "unknown_credit: is missing"),
        (_drop("values", "unknown_credit", "value"), "unknown_credit: is missing"),
        (_drop("values", "unknown_credit", "reference"), "unknown_credit: its reference"),
        (_set("values", "unknown_credit", "reason", value=" "), "unknown_credit: its reason"),
        (_set("values", "unknown_credit", "value", value="much"), "is not a number"),
        (_set("values", "unknown_credit", "value", value=0.12345), "up to three decimals"),
        (_set("values", "unknown_credit", "value", value=-0.1), "positive number"),
        (_set("values", "unknown_credit", "value", value=1.1), "can't be more than 1"),
        (_set("values", "weight_skills", "value", value=0.36), "weights do not add up"),
        (_set("values", "readiness_passport", "value", value=0.6), "do not add up"),
        (_set("values", "skill_same_broader_group", "value", value=0.6), "closer match"),
        (_set("values", "candidates_per_position", "value", value=0), "at least 1"),
        (_set("values", "candidates_per_position", "value", value=2.5), "positive number"),
        (_set("valid_from", value="soon"), "valid_from: is not a date"),
    ],
)
def test_wrong_parameters_are_refused_by_name(
    change: Callable[[dict[str, Any]], None], said: str
) -> None:
    document = copy.deepcopy(DOCUMENT)
    change(document)
    with pytest.raises(ParametersInvalid) as refusal:
        parse(document)
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("2026-01.yaml", "a: [", "not valid YAML"),
        ("2026-01.yaml", "just text", "not valid YAML"),
        ("2027-01.yaml", (FOLDER / "2026-01.yaml").read_text(encoding="utf-8"), "differs"),
    ],
)
def test_unreadable_file_is_refused(tmp_path: Path, name: str, text: str, said: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ParametersInvalid, match=said):
        read(path)


def test_rare_skill_weighs_more_and_is_a_fact_of_the_tables() -> None:
    essential = {f"{code}": frozenset({"common"}) for code in range(9110, 9120)}
    essential["9110"] |= {"rare"}
    rarity = skill_rarity({"common", "rare", "unused"}, essential, load("2026-01"))
    assert rarity["common"] == 30 < rarity["rare"] == 200 < rarity["unused"] == 270
    vocabulary = build_vocabulary({"unused": "g"}, {}, essential, load("2026-01"))
    assert vocabulary.rarity == rarity
    assert build_vocabulary({}, {}, {}, load("2026-01")).rarity == {}


def test_points_are_split_without_loss() -> None:
    assert split_points(1_000_000, [1, 1, 1]) == (333_334, 333_333, 333_333)
    assert split_points(10, [0, 3, 7]) == (0, 3, 7)
    assert split_points(10, [0, 0]) == (0, 0) and split_points(10, []) == ()


def test_vocabulary_of_a_stored_run_comes_back() -> None:
    snapshot = vocabulary_to_bytes(VOCABULARY)
    back = vocabulary_from_bytes(snapshot)
    assert back == VOCABULARY and vocabulary_to_bytes(back) == snapshot
    with pytest.raises(InvalidInput):
        vocabulary_from_bytes(snapshot[:-1])
