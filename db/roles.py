"""What the app's own user may do on PostgreSQL, where another one owns the tables.

Triggers refuse to change what is never changed; their owner could drop them. A user who is not the
owner can't, and has no right to change or empty the audit events in the first place.
"""

from __future__ import annotations

import re

NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
APPEND_ONLY = ("audit_events",)
"""Only read and added to."""
NEVER_REMOVED = ("audit_head",)
READ_ONLY = ("alembic_version",)


def grants(role: str) -> tuple[str, ...]:
    """The statements that the owner runs, after each migration and each restore; ValueError."""
    if not NAME.fullmatch(role):
        raise ValueError(f"{role!r} is no name of a role: small letters, digits and _")
    tables = "SELECT, INSERT, UPDATE, DELETE"
    return (
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"REVOKE CREATE ON SCHEMA public FROM {role}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT {tables} ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        *(f"REVOKE UPDATE, DELETE, TRUNCATE ON {one} FROM {role}" for one in APPEND_ONLY),
        *(f"REVOKE DELETE, TRUNCATE ON {one} FROM {role}" for one in NEVER_REMOVED),
        *(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {one} FROM {role}" for one in READ_ONLY),
    )
