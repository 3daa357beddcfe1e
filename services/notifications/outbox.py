"""Writing a message into the outbox, in the transaction of what gives rise to it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from sqlalchemy.orm import Session

from db.repositories.messages import add_message
from domain.enums import MessageStatus
from domain.records.messages import Recipient
from domain.records.officer import Officer
from domain.texts import Sentence, to_json
from services import clock
from services.notifications.templates import Template, is_secret, template


def queue_message(
    session: Session,
    *,
    template: str,
    to: Recipient,
    values: Mapping[str, object],
    key: str,
    by: Officer | None,
) -> int | None:
    """Queue a message in the caller's transaction; its id, or None if `key` was queued before.

    `values` are the template's placeholders: terms, dates and sentences are said in the recipient's
    language. `link` and `…_link` are personal links: never shown or logged, emptied once sent.
    """
    wording = _wording(template, to, values)
    facts = {name: value for name, value in values.items() if not is_secret(name)}
    secrets = {name: str(value) for name, value in values.items() if is_secret(name)}
    return add_message(
        session,
        public_id=str(uuid4()),
        key=key,
        template=wording.name,
        recipient_kind=to.kind,
        recipient_id=to.id,
        facts=to_json(Sentence("", facts))["values"],
        secrets=secrets or None,
        status=MessageStatus.WAITING,
        next_try_at=clock.now(),
        queued_at=clock.now(),
        queued_by=by.id if by else None,
    )


def _wording(name: str, to: Recipient, values: Mapping[str, object]) -> Template:
    """The template; ValueError where the values or the recipient are not what it needs."""
    found = template(name)
    if found.to is not to.kind:
        raise ValueError(f"{name} is written to the {found.to}, not to the {to.kind}")
    if set(values) != found.placeholders:
        differ = sorted(set(values) ^ found.placeholders)
        raise ValueError(f"{name} needs {sorted(found.placeholders)}: {differ} differ")
    return found
