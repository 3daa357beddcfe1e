"""A sealed backup opens whole with its own key, and in no other way."""

import io
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from db.backup import sealing
from db.backup.sealing import HEADER, PIECE, TAG, BackupKey, seal, unseal
from domain.exceptions import Refused

KEY = BackupKey(b"k" * 32)
ONE = PIECE + TAG


def sealed(content: bytes) -> bytes:
    target = io.BytesIO()
    seal(io.BytesIO(content), target, KEY)
    return target.getvalue()


def opened(content: bytes, key: BackupKey = KEY) -> bytes:
    target = io.BytesIO()
    unseal(io.BytesIO(content), target, key)
    return target.getvalue()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_any_length_comes_back(size: int) -> None:
    content = bytes(size)
    assert opened(sealed(content)) == content


def test_equal_content_is_sealed_differently_each_time() -> None:
    assert sealed(b"grapes") != sealed(b"grapes")


def pieces(content: bytes) -> tuple[bytes, list[bytes]]:
    head, body = content[: HEADER.size], content[HEADER.size :]
    return head, [body[at : at + ONE] for at in range(0, len(body), ONE)]


def without_last(content: bytes) -> bytes:
    head, parts = pieces(content)
    return head + b"".join(parts[:-1])


def exchanged(content: bytes) -> bytes:
    head, (first, second, *rest) = pieces(content)
    return head + b"".join([second, first, *rest])


def without_first(content: bytes) -> bytes:
    head, parts = pieces(content)
    return head + b"".join(parts[1:])


def with_another_header(content: bytes) -> bytes:
    return sealed(b"")[: HEADER.size] + content[HEADER.size :]


@pytest.mark.parametrize("spoil", [without_last, exchanged, without_first, with_another_header])
def test_pieces_cut_off_exchanged_or_left_out_are_found(spoil: Callable[[bytes], bytes]) -> None:
    content = sealed(b"".join(bytes([number]) * PIECE for number in range(3)))
    with pytest.raises(Refused, match="is damaged"):
        opened(spoil(content))


CONTENT = sealed(b"a backup of a hundred thousand people")


@settings(max_examples=60)
@given(some.integers(0, len(CONTENT) - 1), some.integers(1, 255))
def test_a_changed_byte_never_opens(at: int, change: int) -> None:
    changed = bytearray(CONTENT)
    changed[at] ^= change
    with pytest.raises(Refused):
        opened(bytes(changed))


@given(some.integers(0, len(CONTENT) - 1))
def test_a_shortened_file_never_opens(length: int) -> None:
    with pytest.raises(Refused):
        opened(CONTENT[:length])


def test_a_key_is_not_shown() -> None:
    assert "kkkk" not in repr(KEY)


def test_a_header_can_not_ask_for_endless_memory() -> None:
    fields = list(HEADER.unpack(CONTENT[: HEADER.size]))
    fields[2:4] = [sealing.FROM_PASSPHRASE, 40]
    with pytest.raises(Refused, match="is damaged"):
        opened(HEADER.pack(*fields), BackupKey(b"words words words", is_passphrase=True))
