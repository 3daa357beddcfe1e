"""No more people selected or approved than there are places, whoever writes

Revision: 0038, after 0037
"""

from db.migrations import place_guards

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    place_guards.create()


def downgrade() -> None:
    place_guards.drop()
