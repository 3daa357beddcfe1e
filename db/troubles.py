"""What the database refuses or fails at, as a sentence instead of its own words.

A deadlock, a failed serialization, a lost connection: whoever asked may ask again, and nothing
doubles because requests have ids. A limit that a trigger keeps: the state does not allow it.
"""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from domain.exceptions import LabourMigrationError, Refused, TryAgain
from domain.texts import N_

PASSING = frozenset(
    {
        "40001",  # serialization failure
        "40P01",  # deadlock
        "55P03",  # a lock was not to be had in time
        *("57P01", "57P02", "57P03"),  # the server goes down, has crashed, is starting
        *("08000", "08001", "08003", "08004", "08006", "08007"),  # the connection
        "53300",  # too many connections
    }
)
FULL, NO_PLACE = "selected than there are positions", "approved than there are places"
"""What the triggers of `db.migrations.place_guards` say."""
BUSY = ("database is locked", "database table is locked")


def is_passing(error: BaseException) -> bool:
    """Whether the same may succeed in a moment."""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    said = type(error.orig).__module__.partition(".")[0]
    if said == "psycopg":
        state = getattr(error.orig, "sqlstate", None)
        # The driver itself could not reach the server: there is no state without one.
        lost = state is None and type(error.orig).__name__ == "OperationalError"
        return lost or state in PASSING
    return any(words in str(error.orig) for words in BUSY)


def explained(error: BaseException, *, is_saving: bool = False) -> LabourMigrationError | None:
    """What to tell instead; None for what nobody expects. `is_saving`: the commit had begun."""
    if is_passing(error):
        return TryAgain(is_saving=is_saving)
    if not isinstance(error, DBAPIError):
        return None
    said = str(error.orig)
    if FULL in said:
        return Refused(
            N_(
                "Nothing was changed: all places of the vacancy are taken. Look again at who has "
                "one now."
            )
        )
    if NO_PLACE in said:
        return Refused(
            N_(
                "Nothing was changed: no more people can be approved than the shortlist has "
                "places. Look at the count again."
            )
        )
    return None
