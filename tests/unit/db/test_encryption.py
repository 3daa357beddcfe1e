"""An encrypted field opens with its key, in its own place, and nowhere else."""

import json
import stat
from pathlib import Path

import pytest

from db import encryption, keys
from db.encryption import blind_index, decrypt, encrypt
from db.keys import KeysUnavailable
from db.settings import Settings

TEXT = "ალერგია პენიცილინზე"


@pytest.fixture(autouse=True)
def ring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A key file in the data directory of a database where nothing is encrypted yet."""
    told = Settings(data_dir=tmp_path, environment="test")
    monkeypatch.setattr(keys, "settings", lambda: told)
    monkeypatch.setattr(encryption, "engine", lambda: None)
    monkeypatch.setattr(encryption, "keys_in_use", lambda engine: {})
    return tmp_path / keys.DEFAULT_NAME


def test_a_field_opens_as_it_was_written() -> None:
    token = encrypt("officers", "totp", 7, TEXT)
    assert decrypt("officers", "totp", 7, token) == TEXT
    assert TEXT.encode() not in token and len(token) < len(TEXT.encode()) + 50


def test_the_same_text_is_never_closed_the_same_way_twice() -> None:
    assert encrypt("t", "c", 1, TEXT) != encrypt("t", "c", 1, TEXT)


@pytest.mark.parametrize("place", [("u", "c", 1), ("t", "d", 1), ("t", "c", 2), ("t", "c", (1, 2))])
def test_a_field_opens_in_no_other_place(place: tuple[str, str, object]) -> None:
    token = encrypt("t", "c", 1, TEXT)
    with pytest.raises(KeysUnavailable, match="moved from another row"):
        decrypt(*place, token)


def test_a_changed_byte_closes_the_field_for_good() -> None:
    token = encrypt("t", "c", 1, TEXT)
    for at in range(len(token)):
        spoilt = bytes(byte ^ (1 if place == at else 0) for place, byte in enumerate(token))
        with pytest.raises(KeysUnavailable):
            decrypt("t", "c", 1, spoilt)
        with pytest.raises(KeysUnavailable):
            decrypt("t", "c", 1, token[:at])


def test_the_first_key_file_is_for_its_owner_only(ring: Path) -> None:
    encrypt("t", "c", 1, TEXT)
    assert stat.S_IMODE(ring.stat().st_mode) == 0o600
    assert [path.name for path in ring.parent.iterdir()] == [ring.name]


def test_a_missing_key_file_is_a_sentence_and_none_is_made_in_its_stead(
    ring: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = encrypt("t", "c", 1, TEXT)
    ring.unlink()
    monkeypatch.setattr(encryption, "keys_in_use", lambda engine: {encryption.key_id(token): 1})
    with pytest.raises(KeysUnavailable, match="is missing"):
        decrypt("t", "c", 1, token)
    with pytest.raises(KeysUnavailable, match="is missing"):
        encrypt("t", "c", 2, TEXT)
    assert not ring.exists()


def test_a_foreign_key_file_is_a_sentence(ring: Path) -> None:
    token = encrypt("t", "c", 1, TEXT)
    keys.write_ring(keys.new_ring(), ring, replace=True)
    with pytest.raises(KeysUnavailable, match="not in the key file"):
        decrypt("t", "c", 1, token)


@pytest.mark.parametrize("damage", ["", "{", "[]", "{}", '{"format": 1, "keys": {}}', "\xff"])
def test_a_damaged_key_file_is_a_sentence(ring: Path, damage: str) -> None:
    ring.write_text(damage, "latin-1")
    ring.chmod(0o600)
    with pytest.raises(KeysUnavailable, match="is damaged"):
        keys.key_ring()


def test_a_short_key_is_refused(ring: Path) -> None:
    encrypt("t", "c", 1, TEXT)
    told = json.loads(ring.read_text())
    told["keys"][told["current"]] = "AAAA"
    ring.write_text(json.dumps(told))
    with pytest.raises(KeysUnavailable, match="is damaged"):
        keys.key_ring()


def test_a_key_file_open_to_everybody_is_refused(ring: Path) -> None:
    encrypt("t", "c", 1, TEXT)
    ring.chmod(0o644)
    with pytest.raises(KeysUnavailable, match="mode to 600"):
        keys.key_ring()


def test_a_new_key_counts_at_once_and_the_former_one_still_opens(ring: Path) -> None:
    before = encrypt("t", "c", 1, TEXT)
    found = blind_index("t", "c", TEXT)
    keys.write_ring(keys.with_new_key(keys.key_ring()), ring, replace=True)
    after = encrypt("t", "c", 1, TEXT)
    assert encryption.key_id(after) != encryption.key_id(before)
    assert decrypt("t", "c", 1, before) == decrypt("t", "c", 1, after) == TEXT
    assert blind_index("t", "c", TEXT) == found


def test_of_two_first_keys_at_once_one_wins(ring: Path) -> None:
    keys.write_ring(keys.new_ring(), ring, replace=False)
    first = keys.key_ring()
    keys.write_ring(keys.new_ring(), ring, replace=False)
    assert keys.key_ring() == first


def test_a_blind_index_finds_the_value_in_its_own_column_only() -> None:
    assert blind_index("t", "c", "01234567890") == blind_index("t", "c", "01234567890")
    others = {blind_index("t", "c", "01234567891"), blind_index("t", "d", "01234567890")}
    assert blind_index("t", "c", "01234567890") not in others


def test_a_key_shows_in_no_representation() -> None:
    made = keys.new_ring()
    assert repr(made) == f"KeyRing(current='{made.current}')"


def test_a_named_key_file_is_never_made_by_the_way(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = Settings(data_dir=tmp_path, field_keys_file=str(tmp_path / "safe" / "keys.json"))
    monkeypatch.setattr(keys, "settings", lambda: told)
    with pytest.raises(KeysUnavailable, match="is missing"):
        encrypt("t", "c", 1, TEXT)
    encryption.make_keys()
    assert decrypt("t", "c", 1, encrypt("t", "c", 1, TEXT)) == TEXT
    with pytest.raises(KeysUnavailable, match="already"):
        encryption.make_keys()
