"""The code printed in a paper: made of a hash, and a slip of the pen is found."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.exceptions import InvalidInput
from services.official_documents.codes import ALPHABET, LENGTH, code_of, read_code, written

hashes = st.binary(max_size=8).map(lambda seed: hashlib.sha256(seed).hexdigest())


@given(hashes)
def test_printed_code_is_read_back_however_it_is_typed(sha256: str) -> None:
    code = code_of(sha256)
    assert len(code) == LENGTH
    assert read_code(f"  {written(code).lower()} ") == code
    assert read_code(code.replace("1", "l").replace("0", "o")) == code


@given(hashes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_always_found(sha256: str, place: int, sign: str) -> None:
    code = code_of(sha256)
    wrong = code[:place] + sign + code[place + 1 :]
    if wrong != code:
        with pytest.raises(InvalidInput):
            read_code(wrong)


@pytest.mark.parametrize("typed", ["", "123", "4F7KQ-2M9X3-A", "ქქქქქქქქქქ", "4F7KQ 2M9U3"])
def test_what_has_another_shape_is_no_code(typed: str) -> None:
    with pytest.raises(InvalidInput):
        read_code(typed)
