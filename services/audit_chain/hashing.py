"""How one link of the audit chain is computed; the same for writing and for verifying."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from json.encoder import encode_basestring

STREAM = "main"
FORMAT = "1"
GENESIS = "0" * 64


def event_hash(
    previous: str,
    seq: int,
    happened_at: datetime,
    actor_id: int | None,
    actor_role: str | None,
    action: str,
    entity: str,
    entity_id: str | None,
    subject: str | None,
    details_sha256: str | None,
) -> str:
    """SHA-256 over the format, the previous hash and the event's own fields.

    The body is the canonical JSON of the fields, put together by hand: a million are verified.
    """
    at = happened_at.astimezone(UTC).isoformat(timespec="microseconds")
    body = (
        f'{{"action":{_text(action)},"actor":{"null" if actor_id is None else actor_id},'
        f'"at":"{at}","details":{_text(details_sha256)},"entity":{_text(entity)},'
        f'"id":{_text(entity_id)},"role":{_text(actor_role)},"seq":{seq},'
        f'"subject":{_text(subject)}}}'
    )
    return sha256(f"{FORMAT}\n{STREAM}\n{previous}\n{body}")


def _text(value: str | None) -> str:
    return "null" if value is None else encode_basestring(value)


def sha256(text: str) -> str:
    """The hexadecimal SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(value: object) -> str:
    """One way to write a value down: sorted keys, no spaces, letters as they are."""
    return _ENCODER.encode(value)


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} can't stand in an audit event")


_ENCODER = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain
)
