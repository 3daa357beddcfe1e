"""The data protection officer's role

Revision: 0029, after 0028
"""

from db.migrations.checks import allow_values

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

FORMER = ("recruiter", "commission_member", "chair", "manager", "administrator", "inspector")


def upgrade() -> None:
    allow_values("officers", "role", "role", (*FORMER, "privacy_officer"))


def downgrade() -> None:
    allow_values("officers", "role", "role", FORMER)
