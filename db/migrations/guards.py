"""Triggers that bind every program on the database, also one that is not ours.

A vote is cast only while its session is open, and is never changed or removed; audit events are
append-only. On PostgreSQL the vote takes the session row FOR SHARE, against the chair's FOR UPDATE.
"""

from alembic import op

CLOSED = "the session is not open for voting"
FIXED = "this record is never changed"
APPEND_ONLY = ("votes", "audit_events", "candidacy_events")

SQLITE_VOTE = f"""
CREATE TRIGGER votes_only_while_open BEFORE INSERT ON votes
WHEN (SELECT s.status FROM commission_sessions s JOIN shortlists l ON l.session_id = s.id
      WHERE l.id = NEW.shortlist_id) IS NOT 'open'
BEGIN SELECT RAISE(ABORT, '{CLOSED}'); END
"""

POSTGRES_VOTE = f"""
CREATE FUNCTION votes_only_while_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE current_status text;
BEGIN
  SELECT s.status INTO current_status FROM commission_sessions s
    JOIN shortlists l ON l.session_id = s.id WHERE l.id = NEW.shortlist_id FOR SHARE OF s;
  IF current_status IS DISTINCT FROM 'open' THEN RAISE EXCEPTION '{CLOSED}'; END IF;
  RETURN NEW;
END $$
"""


def create() -> None:
    """Create the guards on the database at hand."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SQLITE_VOTE)
        for table in APPEND_ONLY:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{FIXED}'); END"
                )
        return
    op.execute(POSTGRES_VOTE)
    op.execute(
        "CREATE TRIGGER votes_only_while_open BEFORE INSERT ON votes "
        "FOR EACH ROW EXECUTE FUNCTION votes_only_while_open()"
    )
    op.execute(
        f"CREATE FUNCTION never_changed() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{FIXED}'; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION never_changed()"
        )


def drop() -> None:
    """Remove the guards."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER votes_only_while_open")
        for table in APPEND_ONLY:
            for verb in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{verb}")
        return
    op.execute("DROP TRIGGER votes_only_while_open ON votes")
    op.execute("DROP FUNCTION votes_only_while_open()")
    for table in APPEND_ONLY:
        op.execute(f"DROP TRIGGER {table}_never_changed ON {table}")
    op.execute("DROP FUNCTION never_changed()")
