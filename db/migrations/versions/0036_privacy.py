"""Requests about one's own data, legal holds, and depersonalisation through what is never changed

Revision: 0036, after 0035
"""

import sqlalchemy as sa
from alembic import op

import db.types
from db.migrations import depersonalising as way
from db.migrations.checks import allow_values
from db.migrations.guards import FIXED

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

PURPOSES = ("employer_package", "candidate_answer", "cv_approval", "check_in", "exit_survey")
WAYS = {
    "candidacy_events": ("reason",),
    "case_events": ("details",),
    "conflict_declarations": ("explanation", "reason"),
    "cv_signoffs": ("note",),
    "deployment_events": ("note",),
    "employer_answers": ("note", "speaker"),
    "former_workplaces": ("workplace_address", "reason"),
    "frozen_cv_files": ("name",),
    "frozen_cvs": ("record",),
    "lifted_blindness": ("reason",),
    "local_referral_events": ("note",),
    "package_files": ("name",),
    "return_gains": ("detail", "evidence_note"),
}
"""Personal columns of records that are otherwise never changed."""


def upgrade() -> None:
    _legal_holds()
    _privacy_requests()
    _depersonalisations()
    _columns()
    allow_values("access_links", "linkpurpose", "purpose", (*PURPOSES, "my_data"))
    way.create_function()
    for table, personal in WAYS.items():
        way.open_way(table, personal)
    way.let_votes()
    _finished_ones_stay()


def _finished_ones_stay() -> None:
    """What was depersonalised is never taken back, nor changed once it is finished."""
    if way.is_sqlite():
        op.execute(
            "CREATE TRIGGER depersonalisations_on_update BEFORE UPDATE ON depersonalisations "
            f"WHEN OLD.opening IS NULL BEGIN SELECT RAISE(ABORT, '{FIXED}'); END"
        )
        op.execute(
            "CREATE TRIGGER depersonalisations_on_delete BEFORE DELETE ON depersonalisations "
            f"BEGIN SELECT RAISE(ABORT, '{FIXED}'); END"
        )
        return
    op.execute(
        "CREATE TRIGGER depersonalisations_on_update BEFORE UPDATE ON depersonalisations "
        "FOR EACH ROW WHEN (OLD.opening IS NULL) EXECUTE FUNCTION never_changed()"
    )
    op.execute(
        "CREATE TRIGGER depersonalisations_on_delete BEFORE DELETE ON depersonalisations "
        "FOR EACH ROW EXECUTE FUNCTION never_changed()"
    )


def _legal_holds() -> None:
    op.create_table(
        "legal_holds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("jobseeker_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("held_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("held_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "ended_by IS NULL OR ended_at IS NOT NULL",
            name=op.f("ck_legal_holds_ended_by_needs_ended_at"),
        ),
        sa.CheckConstraint(
            "held_by IS NULL OR held_at IS NOT NULL",
            name=op.f("ck_legal_holds_held_by_needs_held_at"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["officers.id"], name=op.f("fk_legal_holds_ended_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["held_by"], ["officers.id"], name=op.f("fk_legal_holds_held_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["jobseeker_id"], ["jobseekers.id"], name=op.f("fk_legal_holds_jobseeker_id_jobseekers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_holds")),
    )
    op.create_index(
        op.f("ix_legal_holds_jobseeker_id"), "legal_holds", ["jobseeker_id"], unique=False
    )
    op.create_index(
        "uq_legal_holds_open",
        "legal_holds",
        ["jobseeker_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _privacy_requests() -> None:
    op.create_table(
        "privacy_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("jobseeker_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "access",
                "port",
                "rectify",
                "erase",
                "restrict",
                "human_review",
                name="privacyrequestkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "received",
                "in_work",
                "answered",
                "taken_back",
                name="privacyrequeststatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "in_person",
                "phone",
                "letter",
                "email",
                "link",
                name="privacychannel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("wish", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column(
            "identity",
            sa.Enum(
                "identity_card",
                "known_contact",
                "personal_link",
                "representative",
                name="identityproof",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("identity_note", sa.Text(), nullable=True),
        sa.Column("identified_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("identified_by", sa.Integer(), nullable=True),
        sa.Column("extension_reason", sa.Text(), nullable=True),
        sa.Column("extended_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("extended_by", sa.Integer(), nullable=True),
        sa.Column(
            "review",
            sa.Enum(
                "confirmed",
                "facts_wrong",
                "ranked_again",
                name="reviewoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("outcome_note", sa.Text(), nullable=True),
        sa.Column("reviewed_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "granted",
                "partly",
                "refused",
                name="privacyoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("registered_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("registered_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answered_by IS NULL OR answered_at IS NOT NULL",
            name=op.f("ck_privacy_requests_answered_by_needs_answered_at"),
        ),
        sa.CheckConstraint(
            "extended_by IS NULL OR extended_at IS NOT NULL",
            name=op.f("ck_privacy_requests_extended_by_needs_extended_at"),
        ),
        sa.CheckConstraint(
            "identified_by IS NULL OR identified_at IS NOT NULL",
            name=op.f("ck_privacy_requests_identified_by_needs_identified_at"),
        ),
        sa.CheckConstraint(
            "registered_by IS NULL OR registered_at IS NOT NULL",
            name=op.f("ck_privacy_requests_registered_by_needs_registered_at"),
        ),
        sa.CheckConstraint(
            "reviewed_by IS NULL OR reviewed_at IS NOT NULL",
            name=op.f("ck_privacy_requests_reviewed_by_needs_reviewed_at"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["officers.id"], name=op.f("fk_privacy_requests_answered_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["extended_by"], ["officers.id"], name=op.f("fk_privacy_requests_extended_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["identified_by"],
            ["officers.id"],
            name=op.f("fk_privacy_requests_identified_by_officers"),
        ),
        sa.ForeignKeyConstraint(
            ["jobseeker_id"],
            ["jobseekers.id"],
            name=op.f("fk_privacy_requests_jobseeker_id_jobseekers"),
        ),
        sa.ForeignKeyConstraint(
            ["registered_by"],
            ["officers.id"],
            name=op.f("fk_privacy_requests_registered_by_officers"),
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["officers.id"], name=op.f("fk_privacy_requests_reviewed_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["ranking_runs.id"], name=op.f("fk_privacy_requests_run_id_ranking_runs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_requests")),
        sa.UniqueConstraint("number", name=op.f("uq_privacy_requests_number")),
    )
    op.create_index(
        op.f("ix_privacy_requests_jobseeker_id"), "privacy_requests", ["jobseeker_id"], unique=False
    )
    op.create_index(
        "ix_privacy_requests_status_due_on", "privacy_requests", ["status", "due_on"], unique=False
    )


def _depersonalisations() -> None:
    op.create_table(
        "depersonalisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("jobseeker_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("rules_version", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("done_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("opening", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "done_by IS NULL OR done_at IS NOT NULL",
            name=op.f("ck_depersonalisations_done_by_needs_done_at"),
        ),
        sa.CheckConstraint("id > 0", name=op.f("ck_depersonalisations_id_is_real")),
        sa.CheckConstraint(
            "opening IS NULL OR opening = 0",
            name=op.f("ck_depersonalisations_opening_is_none_or_zero"),
        ),
        sa.ForeignKeyConstraint(
            ["done_by"], ["officers.id"], name=op.f("fk_depersonalisations_done_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["jobseeker_id"],
            ["jobseekers.id"],
            name=op.f("fk_depersonalisations_jobseeker_id_jobseekers"),
        ),
        sa.ForeignKeyConstraint(
            ["opening"],
            ["depersonalisations.id"],
            name=op.f("fk_depersonalisations_opening_depersonalisations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["privacy_requests.id"],
            name=op.f("fk_depersonalisations_request_id_privacy_requests"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_depersonalisations")),
    )
    op.create_index(
        op.f("ix_depersonalisations_jobseeker_id"),
        "depersonalisations",
        ["jobseeker_id"],
        unique=False,
    )


def _columns() -> None:
    op.add_column(
        "jobseekers",
        sa.Column("depersonalised_at", db.types.UtcDateTime(timezone=True), nullable=True),
    )
    op.add_column(
        "stored_files", sa.Column("removed_at", db.types.UtcDateTime(timezone=True), nullable=True)
    )
    op.add_column("stored_files", sa.Column("replacement", sa.Text(), nullable=True))


def downgrade() -> None:
    way.close_votes()
    for table in WAYS:
        way.close_way(table)
    way.drop_function()
    for table in ("depersonalisations", "privacy_requests", "legal_holds"):
        op.drop_table(table)
    for table, column in (
        ("jobseekers", "depersonalised_at"),
        ("stored_files", "removed_at"),
        ("stored_files", "replacement"),
    ):
        op.drop_column(table, column)
    op.execute("DELETE FROM access_links WHERE purpose = 'my_data'")
    allow_values("access_links", "linkpurpose", "purpose", PURPOSES)
