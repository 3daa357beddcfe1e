"""Coming back: reminders, returns, surveys, employers in Georgia and their vacancies

Revision: 0026, after 0025
"""

import sqlalchemy as sa
from alembic import op

import db.types
from db.migrations.guards import FIXED

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

MOMENT = db.types.UtcDateTime(timezone=True)
FIXED_TABLES = ("return_reminders", "return_gains", "local_referral_events")
TABLES = (
    "local_employers",
    "local_vacancies",
    "local_vacancy_requirements",
    "named_requests",
    "return_reminders",
    "returns",
    "exit_surveys",
    "local_referrals",
    "return_gains",
    "follow_ups",
    "local_referral_events",
)


def upgrade() -> None:
    op.create_table(
        "local_employers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("id_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("municipality", sa.Text(), nullable=True),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("contact_name", sa.Text(), nullable=True),
        sa.Column("contact_phone", sa.Text(), nullable=True),
        sa.Column("contact_email", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["officers.id"], name=op.f("fk_local_employers_created_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["updated_by"], ["officers.id"], name=op.f("fk_local_employers_updated_by_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_employers")),
        sa.UniqueConstraint("id_code", name=op.f("uq_local_employers_id_code")),
    )
    op.create_table(
        "local_vacancies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("municipality", sa.Text(), nullable=True),
        sa.Column("positions", sa.Integer(), nullable=False),
        sa.Column("education_min", sa.Integer(), nullable=True),
        sa.Column("experience_years_min", sa.Double(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("hours_per_week", sa.Double(), nullable=True),
        sa.Column("pay_amount", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column(
            "pay_period",
            sa.Enum(
                "hour",
                "month",
                name="payperiod",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "filled",
                "closed",
                name="localvacancystatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "positions >= 1", name=op.f("ck_local_vacancies_positions_at_least_one")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["officers.id"], name=op.f("fk_local_vacancies_created_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"],
            ["local_employers.id"],
            name=op.f("fk_local_vacancies_employer_id_local_employers"),
        ),
        sa.ForeignKeyConstraint(
            ["updated_by"], ["officers.id"], name=op.f("fk_local_vacancies_updated_by_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_vacancies")),
        sa.UniqueConstraint("number", name=op.f("uq_local_vacancies_number")),
    )
    op.create_index(op.f("ix_local_vacancies_employer_id"), "local_vacancies", ["employer_id"])
    op.create_index(op.f("ix_local_vacancies_status"), "local_vacancies", ["status"])

    op.create_table(
        "local_vacancy_requirements",
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "occupation",
                "skill",
                "language",
                "licence",
                name="localrequirementkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "A1",
                "A2",
                "B1",
                "B2",
                "C1",
                "C2",
                "native",
                name="cefrlevel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("is_must", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["vacancy_id"],
            ["local_vacancies.id"],
            name=op.f("fk_local_vacancy_requirements_vacancy_id_local_vacancies"),
        ),
        sa.PrimaryKeyConstraint(
            "vacancy_id", "kind", "code", name=op.f("pk_local_vacancy_requirements")
        ),
    )
    op.create_table(
        "named_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("jobseeker_id", sa.Integer(), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by_name", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("skipped", sa.JSON(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "recorded_by IS NULL OR recorded_at IS NOT NULL",
            name=op.f("ck_named_requests_recorded_by_needs_recorded_at"),
        ),
        sa.ForeignKeyConstraint(
            ["candidacy_id"],
            ["candidacies.id"],
            name=op.f("fk_named_requests_candidacy_id_candidacies"),
        ),
        sa.ForeignKeyConstraint(
            ["deployment_id"],
            ["deployments.id"],
            name=op.f("fk_named_requests_deployment_id_deployments"),
        ),
        sa.ForeignKeyConstraint(
            ["jobseeker_id"],
            ["jobseekers.id"],
            name=op.f("fk_named_requests_jobseeker_id_jobseekers"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["officers.id"], name=op.f("fk_named_requests_recorded_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancies.id"], name=op.f("fk_named_requests_vacancy_id_vacancies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_named_requests")),
        sa.UniqueConstraint("candidacy_id", name=op.f("uq_named_requests_candidacy_id")),
        sa.UniqueConstraint(
            "vacancy_id", "jobseeker_id", name=op.f("uq_named_requests_vacancy_id_jobseeker_id")
        ),
    )
    op.create_index(op.f("ix_named_requests_jobseeker_id"), "named_requests", ["jobseeker_id"])
    op.create_index(op.f("ix_named_requests_vacancy_id"), "named_requests", ["vacancy_id"])

    op.create_table(
        "return_reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "sent",
                "passed",
                name="reminderstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("settled_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_id"],
            ["deployments.id"],
            name=op.f("fk_return_reminders_deployment_id_deployments"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_reminders")),
        sa.UniqueConstraint(
            "deployment_id",
            "expected_on",
            "days_before",
            name=op.f("uq_return_reminders_deployment_id_expected_on_days_before"),
        ),
    )
    op.create_index(
        op.f("ix_return_reminders_deployment_id"), "return_reminders", ["deployment_id"]
    )

    op.create_table(
        "returns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("jobseeker_id", sa.Integer(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("is_on_time", sa.Boolean(), nullable=True),
        sa.Column(
            "reason",
            sa.Enum(
                "season_over",
                "own_wish",
                "family",
                "health",
                "no_more_work",
                "dismissed",
                "rights_violated",
                "other",
                name="returnreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason_note", sa.Text(), nullable=True),
        sa.Column("border_point", sa.Text(), nullable=True),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("needs_note", sa.Text(), nullable=True),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "recorded_by IS NULL OR recorded_at IS NOT NULL",
            name=op.f("ck_returns_recorded_by_needs_recorded_at"),
        ),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["deployments.id"], name=op.f("fk_returns_deployment_id_deployments")
        ),
        sa.ForeignKeyConstraint(
            ["jobseeker_id"], ["jobseekers.id"], name=op.f("fk_returns_jobseeker_id_jobseekers")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["officers.id"], name=op.f("fk_returns_recorded_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["updated_by"], ["officers.id"], name=op.f("fk_returns_updated_by_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returns")),
        sa.UniqueConstraint("deployment_id", name=op.f("uq_returns_deployment_id")),
    )
    op.create_index(op.f("ix_returns_jobseeker_id"), "returns", ["jobseeker_id"])

    op.create_table(
        "exit_surveys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("fee_paid", sa.Boolean(), nullable=True),
        sa.Column("fee_amount", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("fee_currency", sa.Text(), nullable=True),
        sa.Column("fee_to", sa.Text(), nullable=True),
        sa.Column(
            "pay_as_promised",
            sa.Enum(
                "yes",
                "partly",
                "no",
                name="payaspromised",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("recommends", sa.Integer(), nullable=True),
        sa.Column(
            "wants_again",
            sa.Enum(
                "same_employer",
                "other_employer",
                "undecided",
                "no",
                name="wantsagain",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "answered_by IS NULL OR answered_at IS NOT NULL",
            name=op.f("ck_exit_surveys_answered_by_needs_answered_at"),
        ),
        sa.CheckConstraint(
            "recommends BETWEEN 0 AND 10", name=op.f("ck_exit_surveys_recommends_0_to_10")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["officers.id"], name=op.f("fk_exit_surveys_answered_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["return_id"], ["returns.id"], name=op.f("fk_exit_surveys_return_id_returns")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exit_surveys")),
        sa.UniqueConstraint("return_id", name=op.f("uq_exit_surveys_return_id")),
    )
    op.create_table(
        "local_referrals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("jobseeker_id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "sent",
                "interested",
                "not_interested",
                "hired",
                "not_hired",
                "withdrawn",
                name="referralstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column(
            "consent",
            sa.Enum(
                "in_writing",
                "in_person",
                "by_phone",
                name="consentgiven",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("consented_on", sa.Date(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "place_taken",
                "skills",
                "experience",
                "language",
                "pay",
                "distance",
                "did_not_come",
                "person_declined",
                "other",
                name="referralreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("hired_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("updated_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "sent_by IS NULL OR sent_at IS NOT NULL",
            name=op.f("ck_local_referrals_sent_by_needs_sent_at"),
        ),
        sa.ForeignKeyConstraint(
            ["jobseeker_id"],
            ["jobseekers.id"],
            name=op.f("fk_local_referrals_jobseeker_id_jobseekers"),
        ),
        sa.ForeignKeyConstraint(
            ["return_id"], ["returns.id"], name=op.f("fk_local_referrals_return_id_returns")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by"], ["officers.id"], name=op.f("fk_local_referrals_sent_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["updated_by"], ["officers.id"], name=op.f("fk_local_referrals_updated_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"],
            ["local_vacancies.id"],
            name=op.f("fk_local_referrals_vacancy_id_local_vacancies"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_referrals")),
        sa.UniqueConstraint(
            "vacancy_id", "jobseeker_id", name=op.f("uq_local_referrals_vacancy_id_jobseeker_id")
        ),
    )
    op.create_index(op.f("ix_local_referrals_jobseeker_id"), "local_referrals", ["jobseeker_id"])
    op.create_index(op.f("ix_local_referrals_status"), "local_referrals", ["status"])
    op.create_index(op.f("ix_local_referrals_vacancy_id"), "local_referrals", ["vacancy_id"])

    op.create_table(
        "return_gains",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "occupation",
                "skill",
                "language",
                "licence",
                name="gainkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column(
            "evidence",
            sa.Enum(
                "stated",
                "tested",
                "certificate",
                name="evidence",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("evidence_note", sa.Text(), nullable=True),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "recorded_by IS NULL OR recorded_at IS NOT NULL",
            name=op.f("ck_return_gains_recorded_by_needs_recorded_at"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["officers.id"], name=op.f("fk_return_gains_recorded_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["return_id"], ["returns.id"], name=op.f("fk_return_gains_return_id_returns")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_gains")),
    )
    op.create_index(op.f("ix_return_gains_return_id"), "return_gains", ["return_id"])

    op.create_table(
        "follow_ups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=True),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "employed",
                "self_employed",
                "studying",
                "looking",
                "abroad_again",
                "not_working",
                "not_reached",
                name="followupoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(return_id IS NULL) <> (referral_id IS NULL)", name=op.f("ck_follow_ups_of_one_thing")
        ),
        sa.CheckConstraint(
            "done_by IS NULL OR done_at IS NOT NULL",
            name=op.f("ck_follow_ups_done_by_needs_done_at"),
        ),
        sa.ForeignKeyConstraint(
            ["done_by"], ["officers.id"], name=op.f("fk_follow_ups_done_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["local_referrals.id"],
            name=op.f("fk_follow_ups_referral_id_local_referrals"),
        ),
        sa.ForeignKeyConstraint(
            ["return_id"], ["returns.id"], name=op.f("fk_follow_ups_return_id_returns")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
        sa.UniqueConstraint("referral_id", "months", name=op.f("uq_follow_ups_referral_id_months")),
        sa.UniqueConstraint("return_id", "months", name=op.f("uq_follow_ups_return_id_months")),
    )
    op.create_index(op.f("ix_follow_ups_due_on"), "follow_ups", ["due_on"])

    op.create_table(
        "local_referral_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column(
            "to_status",
            sa.Enum(
                "sent",
                "interested",
                "not_interested",
                "hired",
                "not_hired",
                "withdrawn",
                name="referralstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "place_taken",
                "skills",
                "experience",
                "language",
                "pay",
                "distance",
                "did_not_come",
                "person_declined",
                "other",
                name="step_reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("happened_at", MOMENT, nullable=False),
        sa.Column("happened_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["happened_by"],
            ["officers.id"],
            name=op.f("fk_local_referral_events_happened_by_officers"),
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["local_referrals.id"],
            name=op.f("fk_local_referral_events_referral_id_local_referrals"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_referral_events")),
    )
    op.create_index(
        op.f("ix_local_referral_events_referral_id"), "local_referral_events", ["referral_id"]
    )
    for table in FIXED_TABLES:
        _never_changed(table)


def _never_changed(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{FIXED}'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION never_changed()"
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
