"""Votes are taken only while the session votes, no longer from its opening on

Revision: 0019, after 0018
"""

from db.migrations import ballot_guards

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    ballot_guards.drop()
    ballot_guards.create(("voting",))


def downgrade() -> None:
    ballot_guards.drop()
    ballot_guards.create(("open", "voting"))
