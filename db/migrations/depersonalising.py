"""The one way through the triggers of records that are never changed: depersonalisation.

While a row of `depersonalisations` is open (`opening` is 0), personal columns of such a record may
become empty, a dash, or an empty JSON; nothing else may change, and no row goes. An open row points
to a row that never exists, by a foreign key that is checked at the end: no transaction that leaves
one open can be committed, so that nobody else ever sees one.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.migrations.guards import FIXED

IS_OPEN = "EXISTS (SELECT 1 FROM depersonalisations WHERE opening = 0)"
POSTGRES = f"""
CREATE FUNCTION changed_by_depersonalising_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE personal text;
BEGIN
  IF TG_OP <> 'UPDATE' OR NOT {IS_OPEN}
     OR to_jsonb(NEW) - TG_ARGV <> to_jsonb(OLD) - TG_ARGV THEN
    RAISE EXCEPTION '{FIXED}';
  END IF;
  FOREACH personal IN ARRAY TG_ARGV LOOP
    IF to_jsonb(NEW) -> personal <> to_jsonb(OLD) -> personal
       AND to_jsonb(NEW) -> personal NOT IN ('null', '"—"', '{{}}', '[]') THEN
      RAISE EXCEPTION '{FIXED}';
    END IF;
  END LOOP;
  RETURN NEW;
END $$
"""


def is_sqlite() -> bool:
    """Which of the two databases the migration runs on."""
    return op.get_bind().dialect.name == "sqlite"


def create_function() -> None:
    """What PostgreSQL's triggers call; SQLite's say it themselves."""
    if not is_sqlite():
        op.execute(POSTGRES)


def drop_function() -> None:
    """When no trigger calls it any more."""
    if not is_sqlite():
        op.execute("DROP FUNCTION changed_by_depersonalising_only()")


def open_way(table: str, personal: Sequence[str]) -> None:
    """Let depersonalisation empty these columns of a table that is otherwise never changed."""
    if is_sqlite():
        let_sqlite(f"{table}_no_update", table, personal)
        return
    named = ", ".join(f"'{column}'" for column in personal)
    op.execute(f"DROP TRIGGER {table}_never_changed ON {table}")
    op.execute(
        f"CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION changed_by_depersonalising_only({named})"
    )


def close_way(table: str) -> None:
    """As it was before: never changed at all."""
    if is_sqlite():
        close_sqlite(f"{table}_no_update")
        return
    op.execute(f"DROP TRIGGER {table}_never_changed ON {table}")
    op.execute(
        f"CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION never_changed()"
    )


def let_sqlite(trigger: str, table: str, personal: Sequence[str]) -> None:
    """Make an existing trigger of SQLite look away while depersonalising."""
    before = _sql_of(trigger)
    head, body = before.split("BEGIN", 1)
    op.execute(f"DROP TRIGGER {trigger}")
    op.execute(f"{head} WHEN NOT ({_only_personal(table, personal)})\nBEGIN{body}")


def close_sqlite(trigger: str) -> None:
    """Make it look at everything again."""
    head, rest = _sql_of(trigger).split(" WHEN NOT (", 1)
    op.execute(f"DROP TRIGGER {trigger}")
    op.execute(f"{head} BEGIN{rest.split('BEGIN', 1)[1]}")


def let_votes() -> None:
    """Votes have a trigger of their own: the reasons may go, and nothing else."""
    personal = ("reason", "withdrawal_reason")
    if is_sqlite():
        let_sqlite("votes_on_update", "votes", personal)
        return
    named = ", ".join(f"'{column}'" for column in personal)
    named = f"ARRAY[{named}]"
    allowed = (
        f"IF {IS_OPEN} AND to_jsonb(NEW) - {named} = to_jsonb(OLD) - {named} AND "
        "COALESCE(NEW.reason, '—') IN ('—', OLD.reason) AND "
        "COALESCE(NEW.withdrawal_reason, '—') IN ('—', OLD.withdrawal_reason) "
        "THEN RETURN NEW; END IF;\n"
    )
    _rewrite_votes("BEGIN\n", f"BEGIN\n{allowed}")


def close_votes() -> None:
    """As before."""
    if is_sqlite():
        close_sqlite("votes_on_update")
        return
    source = _votes_source()
    first = source.index(f"IF {IS_OPEN}")
    last = source.index("END IF;\n", first) + len("END IF;\n")
    _rewrite_votes(source[first:last], "")


def _rewrite_votes(old: str, new: str) -> None:
    source = _votes_source().replace(old, new, 1)
    op.execute(
        sa.text(
            "CREATE OR REPLACE FUNCTION votes_on_update() RETURNS trigger LANGUAGE plpgsql AS "
            f"$body${source}$body$".replace(":", "\\:")
        )
    )


def _votes_source() -> str:
    query = sa.text("SELECT prosrc FROM pg_proc WHERE proname = 'votes_on_update'")
    return str(op.get_bind().execute(query).scalar_one())


def _sql_of(trigger: str) -> str:
    query = sa.text("SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = :name")
    return str(op.get_bind().execute(query, {"name": trigger}).scalar_one())


def _only_personal(table: str, personal: Sequence[str]) -> str:
    columns = [column["name"] for column in sa.inspect(op.get_bind()).get_columns(table)]
    same = [f"NEW.{column} IS OLD.{column}" for column in columns if column not in personal]
    emptied = [
        f"(NEW.{column} IS OLD.{column} OR NEW.{column} IS NULL"
        f" OR NEW.{column} IN ('—', '{{}}', '[]'))"
        for column in personal
    ]
    return " AND ".join((IS_OPEN, *same, *emptied))
