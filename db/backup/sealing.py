"""Encryption of a backup as a stream: AES-256-GCM in pieces of a mebibyte.

A sealed file begins with a header: mark, version, how the key is made (from a key file or from a
passphrase), salt, check value, and the beginning of all nonces. Each piece's nonce holds its number
and whether it is the last, and the header is bound to each: pieces that are changed, exchanged,
left out or cut off at the end don't open. The check value tells a wrong key from a damaged file.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.exceptions import Refused
from domain.texts import N_

MARK = b"LMA-SEALED-BACKUP\n"
VERSION = 1
FROM_FILE, FROM_PASSPHRASE = 1, 2
SCRYPT_POWER = 16
"""scrypt with N = 2^16, r = 8, p = 1: 64 MiB and some tenths of a second for one guess."""
MOST_POWER = 20
HEADER = struct.Struct(">18sBBB16s8s7s")
PIECE, TAG = 1 << 20, 16


@dataclass(frozen=True)
class BackupKey:
    """What locks a backup: 32 bytes of a key file, or a passphrase."""

    secret: bytes = field(repr=False)
    is_passphrase: bool = False


def read_key(file: Path) -> BackupKey:
    """The key of a key file: 64 hexadecimal digits; Refused for anything else."""
    try:
        secret = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise Refused(
            N_("The key of backups can't be read: its file must hold 64 hexadecimal digits.")
        ) from error
    if len(secret) != 32:
        raise Refused(
            N_("The key of backups can't be read: its file must hold 64 hexadecimal digits.")
        )
    return BackupKey(secret)


def passphrase_key(passphrase: str) -> BackupKey:
    """A key made from words; Refused for fewer than 12 letters."""
    if len(passphrase) < 12:
        raise Refused(N_("Choose a passphrase of at least 12 letters."))
    return BackupKey(passphrase.encode(), is_passphrase=True)


def is_sealed(file: Path) -> bool:
    """Whether the file is an encrypted backup."""
    with file.open("rb") as stream:
        return stream.read(len(MARK)) == MARK


def seal(source: BinaryIO, target: BinaryIO, key: BackupKey) -> None:
    """Encrypt the whole stream."""
    kind = FROM_PASSPHRASE if key.is_passphrase else FROM_FILE
    salt, begin = os.urandom(16), os.urandom(7)
    made, check = _derive(key, kind, SCRYPT_POWER, salt)
    header = HEADER.pack(MARK, VERSION, kind, SCRYPT_POWER, salt, check, begin)
    target.write(header)
    cipher, piece, number = AESGCM(made), source.read(PIECE), 0
    while True:
        following = source.read(PIECE)
        nonce = begin + struct.pack(">I?", number, not following)
        target.write(cipher.encrypt(nonce, piece, header))
        if not following:
            return
        piece, number = following, number + 1


def unseal(source: BinaryIO, target: BinaryIO, key: BackupKey) -> None:
    """Decrypt the whole stream; Refused for a wrong key and for a file that was changed."""
    header = source.read(HEADER.size)
    for piece in _opened(source, header, _cipher(header, key)):
        target.write(piece)


def _cipher(header: bytes, key: BackupKey) -> AESGCM:
    if len(header) != HEADER.size or not header.startswith(MARK):
        raise _damaged()
    _, version, kind, power, salt, check, _ = HEADER.unpack(header)
    if version != VERSION:
        raise Refused(N_("This backup was made by a newer version of the software: update first."))
    if kind not in (FROM_FILE, FROM_PASSPHRASE) or power > MOST_POWER:
        raise _damaged()
    if (kind == FROM_PASSPHRASE) != key.is_passphrase:
        raise Refused(
            N_("This backup is locked with a passphrase, not with a key file.")
            if kind == FROM_PASSPHRASE
            else N_("This backup is locked with a key file, not with a passphrase.")
        )
    made, own_check = _derive(key, kind, power, salt)
    if not hmac.compare_digest(check, own_check):
        raise Refused(N_("This key does not open the backup: it was locked with another one."))
    return AESGCM(made)


def _opened(source: BinaryIO, header: bytes, cipher: AESGCM) -> Iterator[bytes]:
    begin, number = header[-7:], 0
    piece = source.read(PIECE + TAG)
    while True:
        following = source.read(PIECE + TAG)
        nonce = begin + struct.pack(">I?", number, not following)
        try:
            yield cipher.decrypt(nonce, piece, header)
        except InvalidTag as error:
            raise _damaged() from error
        if not following:
            return
        piece, number = following, number + 1


def _derive(key: BackupKey, kind: int, power: int, salt: bytes) -> tuple[bytes, bytes]:
    """The file's own key and its check value."""
    if kind == FROM_PASSPHRASE:
        made = hashlib.scrypt(
            key.secret, salt=salt, n=1 << power, r=8, p=1, maxmem=(256 << power) * 8, dklen=64
        )
    else:
        made = hmac.digest(key.secret, b"backup" + salt, "sha512")
    return made[:32], made[32:40]


def _damaged() -> Refused:
    return Refused(N_("The backup is damaged: its content is not what was saved."))
