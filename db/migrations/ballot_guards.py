"""Triggers that bind every program to how votes are cast, withdrawn and counted.

An open vote is cast and withdrawn only while its session is voting and its item is undecided, is
otherwise never changed and never removed. A secret ballot's counters only grow, by one ballot at a
time, and only until the ballot is ended; who has voted is never changed.
"""

from alembic import op

CLOSED = "the session is not open for voting"
FIXED = "this record is never changed"

IS_VOTING = """
SELECT 1 FROM commission_sessions s JOIN shortlists l ON l.session_id = s.id
 WHERE l.id = NEW.shortlist_id AND s.status IN ({statuses}) AND l.decided_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM secret_ballots b
                    WHERE b.shortlist_id = l.id AND b.ended_at IS NOT NULL)
"""
SAME_VOTE = " AND ".join(
    f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}"
    for column in (
        *("id", "shortlist_id", "candidacy_id", "officer_id", "value", "reason", "cast_at"),
        *("attempt", "request_id"),
    )
)
IS_WITHDRAWAL = f"OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL AND {SAME_VOTE}"
ONE_BALLOT = """
NEW.shortlist_id = OLD.shortlist_id AND NEW.candidacy_id = OLD.candidacy_id
AND NEW.votes_for >= OLD.votes_for AND NEW.votes_against >= OLD.votes_against
AND NEW.votes_abstain >= OLD.votes_abstain AND NEW.scored >= OLD.scored
AND NEW.votes_for + NEW.votes_against + NEW.votes_abstain + NEW.scored
  = OLD.votes_for + OLD.votes_against + OLD.votes_abstain + OLD.scored + 1
"""
MORE_POINTS = """
NEW.shortlist_id = OLD.shortlist_id AND NEW.candidacy_id = OLD.candidacy_id
AND NEW.criterion = OLD.criterion AND NEW.total BETWEEN OLD.total AND OLD.total + 10
"""
FORMER_SQLITE = ("votes_only_while_open", "votes_no_update", "votes_no_delete")
FORMER_POSTGRES = ("votes_only_while_open", "votes_never_changed")

CHECKS = (
    ("votes", "INSERT", "TRUE", True),
    ("votes", "UPDATE", IS_WITHDRAWAL, True),
    ("votes", "DELETE", "FALSE", False),
    ("vote_scores", "UPDATE", "FALSE", False),
    ("vote_scores", "DELETE", "FALSE", False),
    ("secret_voters", "INSERT", "TRUE", True),
    ("secret_voters", "UPDATE", "FALSE", False),
    ("secret_voters", "DELETE", "FALSE", False),
    ("secret_tallies", "UPDATE", ONE_BALLOT, True),
    ("secret_scores", "UPDATE", MORE_POINTS, True),
)
"""Table, act, what it has to be like, and whether only while the item is voted on."""


def drop_former() -> None:
    """Take away the guards that knew no withdrawal."""
    if op.get_bind().dialect.name == "sqlite":
        for name in FORMER_SQLITE:
            op.execute(f"DROP TRIGGER {name}")
        return
    for name in FORMER_POSTGRES:
        op.execute(f"DROP TRIGGER {name} ON votes")
    op.execute("DROP FUNCTION votes_only_while_open()")


def create(statuses: tuple[str, ...]) -> None:
    """Create the guards on the database at hand; votes are taken in sessions of these statuses."""
    allowed = ", ".join(f"'{status}'" for status in statuses)
    voting = IS_VOTING.format(statuses=allowed)
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, verb, condition, while_voting in CHECKS:
        name = f"{table}_on_{verb.lower()}"
        while_open = voting if while_voting else None
        if is_sqlite:
            op.execute(_sqlite(name, table, verb, condition, while_open))
        else:
            op.execute(_postgres(name, verb, condition, while_open))
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )


def _sqlite(name: str, table: str, verb: str, condition: str, voting: str | None) -> str:
    steps = ""
    if condition != "TRUE":
        steps += f"SELECT RAISE(ABORT, '{FIXED}') WHERE NOT ({condition});\n"
    if voting:
        steps += f"SELECT RAISE(ABORT, '{CLOSED}') WHERE NOT EXISTS ({voting});\n"
    return f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN\n{steps}END"


def _postgres(name: str, verb: str, condition: str, voting: str | None) -> str:
    steps = ""
    if condition != "TRUE":
        steps += f"IF NOT ({condition}) THEN RAISE EXCEPTION '{FIXED}'; END IF;\n"
    if voting:
        # First the lock against the chair's closing, then a look at what holds since.
        steps += (
            "PERFORM 1 FROM commission_sessions s JOIN shortlists l ON l.session_id = s.id "
            "WHERE l.id = NEW.shortlist_id FOR SHARE OF s;\n"
            f"IF NOT EXISTS ({voting}) THEN RAISE EXCEPTION '{CLOSED}'; END IF;\n"
        )
    row = "OLD" if verb == "DELETE" else "NEW"
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        f"BEGIN\n{steps}RETURN {row};\nEND $$"
    )


def drop() -> None:
    """Remove the guards; those on tables that go with them go by themselves on SQLite."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, verb, _, _ in CHECKS:
        name = f"{table}_on_{verb.lower()}"
        if is_sqlite:
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")


def restore_former() -> None:
    """Bring back the guards of before, on a vote table that knows no withdrawal."""
    from db.migrations import guards

    if op.get_bind().dialect.name == "sqlite":
        op.execute(guards.SQLITE_VOTE)
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER votes_no_{verb.lower()} BEFORE {verb} ON votes "
                f"BEGIN SELECT RAISE(ABORT, '{FIXED}'); END"
            )
        return
    op.execute(guards.POSTGRES_VOTE)
    op.execute(
        "CREATE TRIGGER votes_only_while_open BEFORE INSERT ON votes "
        "FOR EACH ROW EXECUTE FUNCTION votes_only_while_open()"
    )
    op.execute(
        "CREATE TRIGGER votes_never_changed BEFORE UPDATE OR DELETE ON votes "
        "FOR EACH ROW EXECUTE FUNCTION never_changed()"
    )
