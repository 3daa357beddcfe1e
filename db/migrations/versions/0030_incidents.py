"""Incidents, what the authority and people were told of them, and impact assessments

Revision: 0030, after 0029
"""

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _impact_assessments()
    _incidents()
    _incident_events()
    _incident_notifications()
    _incident_people()


def _impact_assessments() -> None:
    op.create_table(
        "impact_assessments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("processing", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            _one_of(
                (
                    "draft",
                    "approved",
                    "replaced",
                ),
                "assessmentstatus",
            ),
            nullable=False,
        ),
        sa.Column(
            "ground",
            _one_of(
                (
                    "automated_decisions",
                    "special_categories",
                    "monitoring",
                    "new_technology",
                    "own_decision",
                ),
                "assessmentground",
            ),
            nullable=False,
        ),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("necessity", sa.Text(), nullable=False),
        sa.Column("risks", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column(
            "remaining_risk",
            _one_of(
                (
                    "low",
                    "medium",
                    "high",
                ),
                "remainingrisk",
            ),
            nullable=False,
        ),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("written_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_at IS NOT NULL",
            name=op.f("ck_impact_assessments_approved_by_needs_approved_at"),
        ),
        sa.CheckConstraint(
            "written_by IS NULL OR written_at IS NOT NULL",
            name=op.f("ck_impact_assessments_written_by_needs_written_at"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"],
            ["officers.id"],
            name=op.f("fk_impact_assessments_approved_by_officers"),
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["officers.id"], name=op.f("fk_impact_assessments_written_by_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_assessments")),
        sa.UniqueConstraint(
            "processing", "edition", name=op.f("uq_impact_assessments_processing_edition")
        ),
    )
    op.create_index(op.f("ix_impact_assessments_status"), "impact_assessments", ["status"])


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            _one_of(
                (
                    "security",
                    "data",
                    "availability",
                ),
                "incidentkind",
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            _one_of(
                (
                    "open",
                    "in_work",
                    "contained",
                    "closed",
                ),
                "incidentstatus",
            ),
            nullable=False,
        ),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("sentence", sa.JSON(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("began_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("identified_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("notify_until", UtcDateTime(timezone=True), nullable=False),
        sa.Column("opened_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("is_breach", sa.Boolean(), nullable=True),
        sa.Column(
            "harm",
            _one_of(
                (
                    "likely",
                    "possible",
                    "least_likely",
                ),
                "harm",
            ),
            nullable=True,
        ),
        sa.Column("harm_reason", sa.Text(), nullable=True),
        sa.Column("assessed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("assessed_by", sa.Integer(), nullable=True),
        sa.Column("circumstances", sa.Text(), nullable=True),
        sa.Column("breach_types", sa.JSON(), nullable=True),
        sa.Column("data_categories", sa.JSON(), nullable=True),
        sa.Column("data_volume", sa.Text(), nullable=True),
        sa.Column("people_categories", sa.JSON(), nullable=True),
        sa.Column("people_count", sa.Integer(), nullable=True),
        sa.Column("consequences", sa.Text(), nullable=True),
        sa.Column("measures", sa.Text(), nullable=True),
        sa.Column(
            "tell_people",
            _one_of(
                (
                    "undecided",
                    "yes",
                    "no",
                ),
                "tellpeople",
            ),
            nullable=False,
        ),
        sa.Column("tell_people_on", sa.Date(), nullable=True),
        sa.Column("tell_people_reason", sa.Text(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("notified_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("lesson", sa.Text(), nullable=True),
        sa.Column("closed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "assessed_by IS NULL OR assessed_at IS NOT NULL",
            name=op.f("ck_incidents_assessed_by_needs_assessed_at"),
        ),
        sa.CheckConstraint(
            "closed_by IS NULL OR closed_at IS NOT NULL",
            name=op.f("ck_incidents_closed_by_needs_closed_at"),
        ),
        sa.CheckConstraint(
            "opened_by IS NULL OR opened_at IS NOT NULL",
            name=op.f("ck_incidents_opened_by_needs_opened_at"),
        ),
        sa.CheckConstraint("people_count >= 0", name=op.f("ck_incidents_people_count_not_below_0")),
        sa.CheckConstraint(
            "taken_by IS NULL OR taken_at IS NOT NULL",
            name=op.f("ck_incidents_taken_by_needs_taken_at"),
        ),
        sa.CheckConstraint(
            "title IS NOT NULL OR sentence IS NOT NULL", name=op.f("ck_incidents_says_what")
        ),
        sa.ForeignKeyConstraint(
            ["assessed_by"], ["officers.id"], name=op.f("fk_incidents_assessed_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["officers.id"], name=op.f("fk_incidents_closed_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["officers.id"], name=op.f("fk_incidents_opened_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["officers.id"], name=op.f("fk_incidents_owner_id_officers")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["officers.id"], name=op.f("fk_incidents_taken_by_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        sa.UniqueConstraint("number", name=op.f("uq_incidents_number")),
    )
    op.create_index(op.f("ix_incidents_notify_until"), "incidents", ["notify_until"])
    op.create_index(op.f("ix_incidents_owner_id"), "incidents", ["owner_id"])
    op.create_index(op.f("ix_incidents_status"), "incidents", ["status"])
    op.create_index(
        "uq_incidents_source_running",
        "incidents",
        ["source_key"],
        unique=True,
        sqlite_where=sa.text("status <> 'closed'"),
        postgresql_where=sa.text("status <> 'closed'"),
    )


def _incident_events() -> None:
    op.create_table(
        "incident_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            _one_of(
                (
                    "opened",
                    "happened_again",
                    "taken",
                    "noted",
                    "assessed",
                    "described",
                    "notified",
                    "people_named",
                    "people_told",
                    "contained",
                    "closed",
                    "reopened",
                ),
                "incidentstep",
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sentence", sa.JSON(), nullable=True),
        sa.Column("trace", sa.Text(), nullable=True),
        sa.Column("happened_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("happened_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "happened_by IS NULL OR happened_at IS NOT NULL",
            name=op.f("ck_incident_events_happened_by_needs_happened_at"),
        ),
        sa.ForeignKeyConstraint(
            ["happened_by"], ["officers.id"], name=op.f("fk_incident_events_happened_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_incident_events_incident_id_incidents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_events")),
    )
    op.create_index(op.f("ix_incident_events_incident_id"), "incident_events", ["incident_id"])


def _incident_notifications() -> None:
    op.create_table(
        "incident_notifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("late_reason", sa.Text(), nullable=True),
        sa.Column("sent_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "sent_by IS NULL OR sent_at IS NOT NULL",
            name=op.f("ck_incident_notifications_sent_by_needs_sent_at"),
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["incidents.id"],
            name=op.f("fk_incident_notifications_incident_id_incidents"),
        ),
        sa.ForeignKeyConstraint(
            ["sent_by"], ["officers.id"], name=op.f("fk_incident_notifications_sent_by_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_notifications")),
        sa.UniqueConstraint(
            "incident_id", "part", name=op.f("uq_incident_notifications_incident_id_part")
        ),
    )
    op.create_index(
        op.f("ix_incident_notifications_incident_id"), "incident_notifications", ["incident_id"]
    )


def _incident_people() -> None:
    op.create_table(
        "incident_people",
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("jobseeker_id", sa.Integer(), nullable=False),
        sa.Column("named_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("named_by", sa.Integer(), nullable=True),
        sa.Column("told_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "named_by IS NULL OR named_at IS NOT NULL",
            name=op.f("ck_incident_people_named_by_needs_named_at"),
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_incident_people_incident_id_incidents")
        ),
        sa.ForeignKeyConstraint(
            ["jobseeker_id"],
            ["jobseekers.id"],
            name=op.f("fk_incident_people_jobseeker_id_jobseekers"),
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_incident_people_message_id_messages")
        ),
        sa.ForeignKeyConstraint(
            ["named_by"], ["officers.id"], name=op.f("fk_incident_people_named_by_officers")
        ),
        sa.PrimaryKeyConstraint("incident_id", "jobseeker_id", name=op.f("pk_incident_people")),
    )


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    op.drop_table("incident_people")
    op.drop_table("incident_notifications")
    op.drop_table("incident_events")
    op.drop_table("incidents")
    op.drop_table("impact_assessments")
