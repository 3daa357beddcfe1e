"""Triggers that bind every program to how many people a vacancy can take.

Nobody more is selected than the vacancy has positions, nor approved by a commission than the
shortlist that it decided on has places; and the positions never sink below the people who have
one. Each count is taken while the vacancy's row is held: on PostgreSQL by the trigger itself, on
SQLite by the one lock of whoever writes.
"""

from alembic import op

FULL = "no more people are selected than there are positions"
NO_PLACE = "no more people are approved than there are places"
HAVE_POSITION = (
    *("employer_selected", "confirmed", "orientation", "permit_pending", "permit_granted"),
    *("departed", "working", "returned"),
)
IN_PLACE = ("approved", "sent", *HAVE_POSITION)


def _listed(statuses: tuple[str, ...]) -> str:
    return ", ".join(f"'{one}'" for one in statuses)


OTHERS = (
    "(SELECT count(*) FROM candidacies c WHERE c.vacancy_id = NEW.vacancy_id "
    "AND c.id <> NEW.id AND c.status IN ({statuses}))"
)
TAKES_POSITION = (
    f"NEW.status IN ({_listed(HAVE_POSITION)}) AND OLD.status NOT IN ({_listed(HAVE_POSITION)})"
)
NO_POSITION_LEFT = (
    OTHERS.format(statuses=_listed(HAVE_POSITION))
    + " >= (SELECT v.positions FROM vacancies v WHERE v.id = NEW.vacancy_id)"
)
IS_APPROVED = "OLD.status = 'commission_review' AND NEW.status = 'approved'"
# An appeal puts a person on a second shortlist: the newest one is decided on.
NO_PLACE_LEFT = (
    OTHERS.format(statuses=_listed(IN_PLACE))
    + " >= (SELECT l.positions * l.candidates_per_position FROM shortlists l "
    "JOIN shortlist_candidates s ON s.shortlist_id = l.id "
    "WHERE s.candidacy_id = NEW.id ORDER BY l.id DESC LIMIT 1)"
)
SINKS = "NEW.positions < OLD.positions"
TOO_FEW = (
    "NEW.positions < (SELECT count(*) FROM candidacies c WHERE c.vacancy_id = NEW.id "
    f"AND c.status IN ({_listed(HAVE_POSITION)}))"
)
# Whoever writes a candidacy's step holds its vacancy first; here it is held at the latest.
HOLD = "PERFORM 1 FROM vacancies v WHERE v.id = NEW.vacancy_id FOR UPDATE;"

GUARDS = (
    ("candidacies_in_position", "candidacies", "status", TAKES_POSITION, HOLD, NO_POSITION_LEFT),
    ("candidacies_in_place", "candidacies", "status", IS_APPROVED, HOLD, NO_PLACE_LEFT),
    ("vacancies_keep_positions", "vacancies", "positions", SINKS, "", TOO_FEW),
)
"""Name, table, column, which change is looked at, what is held meanwhile, and what is too many."""


def create() -> None:
    """Create the guards on the database at hand."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, table, column, looked_at, hold, too_many in GUARDS:
        message = NO_PLACE if looked_at is IS_APPROVED else FULL
        if is_sqlite:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE UPDATE OF {column} ON {table} WHEN {looked_at} "
                f"BEGIN SELECT RAISE(ABORT, '{message}') WHERE {too_many}; END"
            )
            continue
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {hold} "
            f"IF {too_many} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation'; "
            f"END IF; RETURN NEW; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE OF {column} ON {table} FOR EACH ROW "
            f"WHEN ({looked_at}) EXECUTE FUNCTION {name}()"
        )


def drop() -> None:
    """Remove the guards."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, table, *_ in GUARDS:
        if is_sqlite:
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
