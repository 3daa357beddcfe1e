"""A coder learns from confirmed titles, is kept as plain bytes and always the same for the same."""

from __future__ import annotations

import io
import pickle
import zipfile

import numpy as np
import pytest

from matching.texts.coder import Coder, UnreadableCoder

TITLES = ["magazynier", "pracownik magazynu", "spawacz", "spawacz mig", "kucharz", "pomoc kucharza"]
CODES = ["4321", "4321", "7212", "7212", "5120", "5120"]


def trained(**labels: list[str]) -> Coder:
    return Coder.train(TITLES, CODES, **labels)


def best(coder: Coder, text: str) -> str:
    return coder.codes[int(np.argmax(coder.scores([text])[0]))]


@pytest.mark.parametrize(
    ("text", "code"), [("Magazynier (k/m)", "4321"), ("SPAWACZE", "7212"), ("kucharka", "5120")]
)
def test_coder_tells_titles_it_never_saw(text: str, code: str) -> None:
    assert best(trained(), text) == code


def test_confirmed_titles_outweigh_known_labels() -> None:
    coder = trained(
        label_texts=["spawacz", "kelner", "kelnerka"], label_codes=["9999"] + ["5131"] * 2
    )
    assert best(coder, "spawacz") == "7212"
    assert best(coder, "kelner") == "5131"


def test_coder_survives_as_bytes_and_keeps_its_version() -> None:
    coder = trained()
    again = Coder.from_bytes(coder.to_bytes())
    assert again.version == coder.version == trained().version
    assert np.array_equal(again.scores(["spawacz tig"]), coder.scores(["spawacz tig"]))
    assert again.trained_on == len(TITLES)


def test_another_training_is_another_version() -> None:
    assert Coder.train(TITLES[:4], CODES[:4]).version != trained().version


def test_two_codes_are_told_apart() -> None:
    coder = Coder.train(TITLES[:4], CODES[:4])
    assert (best(coder, "magazynier"), best(coder, "spawacz")) == ("4321", "7212")


def test_one_code_alone_cannot_be_trained() -> None:
    with pytest.raises(ValueError, match="two codes"):
        Coder.train(["a", "b"], ["4321", "4321"])


def _without_head() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("other.txt", "x")
    return packed.getvalue()


@pytest.mark.parametrize("content", [b"", b"PK nothing", pickle.dumps([1]), _without_head()])
def test_other_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(UnreadableCoder):
        Coder.from_bytes(content)
