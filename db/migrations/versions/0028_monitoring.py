"""Monitoring of people abroad: check-ins, the promise ledger, cases, visits, suspensions

Revision: 0028, after 0027
"""

import sqlalchemy as sa
from alembic import op

from db.migrations.checks import allow_values
from db.migrations.guards import FIXED
from db.types import UtcDateTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ROLES = ("recruiter", "commission_member", "chair", "manager", "administrator")
NEVER_CHANGED = ("check_in_answers", "promise_comparisons", "case_events")


def upgrade() -> None:
    allow_values("officers", "role", "role", (*ROLES, "inspector"))
    _check_ins()
    _check_in_answers()
    _promise_comparisons()
    _monitoring_cases()
    _case_events()
    _case_referrals()
    _case_remedies()
    _monitoring_visits()
    _visit_findings()
    _case_files()
    _employer_suspensions()
    for table in NEVER_CHANGED:
        _never_changed(table)


def _check_ins() -> None:
    op.create_table(
        "check_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            _one_of(
                (
                    "planned",
                    "asked",
                    "answered",
                    "missed",
                    "cancelled",
                ),
                "checkinstatus",
            ),
            nullable=False,
        ),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("missed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _key("check_ins", "deployment_id", "deployments.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_ins")),
        sa.UniqueConstraint(
            "deployment_id", "due_on", name=op.f("uq_check_ins_deployment_id_due_on")
        ),
    )
    op.create_index(op.f("ix_check_ins_deployment_id"), "check_ins", ["deployment_id"])
    op.create_index(op.f("ix_check_ins_due_on"), "check_ins", ["due_on"])
    op.create_index(op.f("ix_check_ins_status"), "check_ins", ["status"])


def _check_in_answers() -> None:
    op.create_table(
        "check_in_answers",
        sa.Column("check_in_id", sa.Integer(), nullable=False),
        sa.Column(
            "pay_received",
            _one_of(
                (
                    "yes",
                    "not_due",
                    "no",
                ),
                "payreceived",
            ),
            nullable=True,
        ),
        sa.Column("paid_amount", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("paid_currency", sa.Text(), nullable=True),
        sa.Column(
            "paid_for",
            _one_of(
                (
                    "week",
                    "two_weeks",
                    "month",
                ),
                "paidfor",
            ),
            nullable=True,
        ),
        sa.Column("paid_hours", sa.Double(), nullable=True),
        sa.Column("deducted", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("hours_week", sa.Double(), nullable=True),
        sa.Column(
            "housing",
            _one_of(
                (
                    "as_agreed",
                    "other",
                    "none",
                ),
                "housingtold",
            ),
            nullable=True,
        ),
        sa.Column(
            "documents",
            _one_of(
                (
                    "worker",
                    "employer",
                    "somebody_else",
                ),
                "documentskept",
            ),
            nullable=True,
        ),
        sa.Column(
            "safety",
            _one_of(
                (
                    "safe",
                    "not_safe",
                    "in_danger",
                ),
                "safetytold",
            ),
            nullable=True,
        ),
        sa.Column("wants_call", sa.Boolean(), nullable=False),
        sa.Column("told", sa.Text(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        _needs("check_in_answers", "answered"),
        _key("check_in_answers", "answered_by", "officers.id"),
        _key("check_in_answers", "check_in_id", "check_ins.id"),
        sa.PrimaryKeyConstraint("check_in_id", name=op.f("pk_check_in_answers")),
    )


def _promise_comparisons() -> None:
    op.create_table(
        "promise_comparisons",
        sa.Column("check_in_id", sa.Integer(), nullable=False),
        sa.Column(
            "term",
            _one_of(
                (
                    "pay",
                    "pay_on_time",
                    "hours",
                    "deductions",
                    "housing",
                    "documents",
                    "safety",
                ),
                "promiseterm",
            ),
            nullable=False,
        ),
        sa.Column(
            "verdict",
            _one_of(
                (
                    "kept",
                    "small",
                    "broken",
                    "unknown",
                ),
                "promiseverdict",
            ),
            nullable=False,
        ),
        sa.Column("promised", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("told", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("sentence", sa.JSON(), nullable=False),
        sa.Column(
            "urgency",
            _one_of(
                (
                    "red",
                    "high",
                    "normal",
                ),
                "caseurgency",
            ),
            nullable=True,
        ),
        sa.Column("rules_from", sa.Date(), nullable=False),
        _key("promise_comparisons", "check_in_id", "check_ins.id"),
        sa.PrimaryKeyConstraint("check_in_id", "term", name=op.f("pk_promise_comparisons")),
    )


def _monitoring_cases() -> None:
    op.create_table(
        "monitoring_cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=True),
        sa.Column("employer_id", sa.Integer(), nullable=True),
        sa.Column("check_in_id", sa.Integer(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column(
            "channel",
            _one_of(
                (
                    "check_in",
                    "missed",
                    "link",
                    "public_form",
                    "hotline",
                    "consul",
                    "ngo",
                    "email",
                    "social_media",
                    "in_person",
                ),
                "casechannel",
            ),
            nullable=False,
        ),
        sa.Column(
            "category",
            _one_of(
                (
                    "wage",
                    "hours",
                    "housing",
                    "food",
                    "safety",
                    "documents",
                    "violence",
                    "trafficking",
                    "discrimination",
                    "fee",
                    "insurance",
                    "contract_substitution",
                    "no_contact",
                    "other",
                ),
                "casecategory",
            ),
            nullable=False,
        ),
        sa.Column(
            "urgency",
            _one_of(
                (
                    "red",
                    "high",
                    "normal",
                ),
                "caseurgency",
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            _one_of(
                (
                    "open",
                    "in_work",
                    "referred",
                    "closed",
                ),
                "casestatus",
            ),
            nullable=False,
        ),
        sa.Column("is_anonymous", sa.Boolean(), nullable=False),
        sa.Column("complainant_name", sa.Text(), nullable=True),
        sa.Column("complainant_contact", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("text_sha256", sa.Text(), nullable=True),
        sa.Column("secret_sha256", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("act_until", UtcDateTime(timezone=True), nullable=False),
        sa.Column("started_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("started_by", sa.Integer(), nullable=True),
        sa.Column("escalated_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            _one_of(
                (
                    "founded",
                    "partly",
                    "unfounded",
                    "withdrawn",
                ),
                "caseoutcome",
            ),
            nullable=True,
        ),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("closed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _needs("monitoring_cases", "closed"),
        _needs("monitoring_cases", "opened"),
        _needs("monitoring_cases", "started"),
        _key("monitoring_cases", "check_in_id", "check_ins.id"),
        _key("monitoring_cases", "closed_by", "officers.id"),
        _key("monitoring_cases", "deployment_id", "deployments.id"),
        _key("monitoring_cases", "employer_id", "employers.id"),
        _key("monitoring_cases", "opened_by", "officers.id"),
        _key("monitoring_cases", "owner_id", "officers.id"),
        _key("monitoring_cases", "started_by", "officers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monitoring_cases")),
        sa.UniqueConstraint("check_in_id", name=op.f("uq_monitoring_cases_check_in_id")),
        sa.UniqueConstraint("number", name=op.f("uq_monitoring_cases_number")),
        sa.UniqueConstraint("secret_sha256", name=op.f("uq_monitoring_cases_secret_sha256")),
    )
    op.create_index(op.f("ix_monitoring_cases_act_until"), "monitoring_cases", ["act_until"])
    op.create_index(
        op.f("ix_monitoring_cases_deployment_id"), "monitoring_cases", ["deployment_id"]
    )
    op.create_index(op.f("ix_monitoring_cases_employer_id"), "monitoring_cases", ["employer_id"])
    op.create_index(op.f("ix_monitoring_cases_owner_id"), "monitoring_cases", ["owner_id"])
    op.create_index(op.f("ix_monitoring_cases_status"), "monitoring_cases", ["status"])
    op.create_index(op.f("ix_monitoring_cases_urgency"), "monitoring_cases", ["urgency"])


def _case_events() -> None:
    op.create_table(
        "case_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            _one_of(
                (
                    "opened",
                    "taken",
                    "owner_changed",
                    "noted",
                    "classified",
                    "referred",
                    "referral_answered",
                    "remedied",
                    "escalated",
                    "told_again",
                    "closed",
                    "reopened",
                ),
                "casestep",
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=True),
        sa.Column("happened_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("happened_by", sa.Integer(), nullable=True),
        _needs("case_events", "happened"),
        _key("case_events", "case_id", "monitoring_cases.id"),
        _key("case_events", "happened_by", "officers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_events")),
    )
    op.create_index(op.f("ix_case_events_case_id"), "case_events", ["case_id"])


def _case_referrals() -> None:
    op.create_table(
        "case_referrals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            _one_of(
                (
                    "consul",
                    "labour_inspectorate",
                    "police",
                    "ngo",
                    "union",
                    "other",
                ),
                "authoritykind",
            ),
            nullable=False,
        ),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("referred_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("referred_by", sa.Integer(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("replied_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("replied_by", sa.Integer(), nullable=True),
        _needs("case_referrals", "referred"),
        _needs("case_referrals", "replied"),
        _key("case_referrals", "case_id", "monitoring_cases.id"),
        _key("case_referrals", "referred_by", "officers.id"),
        _key("case_referrals", "replied_by", "officers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_referrals")),
    )
    op.create_index(op.f("ix_case_referrals_case_id"), "case_referrals", ["case_id"])


def _case_remedies() -> None:
    op.create_table(
        "case_remedies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_case_remedies_amount_is_positive")),
        _needs("case_remedies", "recorded"),
        _key("case_remedies", "case_id", "monitoring_cases.id"),
        _key("case_remedies", "recorded_by", "officers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_remedies")),
    )
    op.create_index(op.f("ix_case_remedies_case_id"), "case_remedies", ["case_id"])


def _monitoring_visits() -> None:
    op.create_table(
        "monitoring_visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("workplace", sa.Text(), nullable=True),
        sa.Column(
            "kind",
            _one_of(
                (
                    "on_site",
                    "remote",
                    "joint",
                ),
                "visitkind",
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            _one_of(
                (
                    "planned",
                    "carried_out",
                    "closed",
                    "cancelled",
                ),
                "visitstatus",
            ),
            nullable=False,
        ),
        sa.Column("inspectors", sa.Text(), nullable=False),
        sa.Column("checklist_from", sa.Date(), nullable=False),
        sa.Column("visit_on", sa.Date(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("planned_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("planned_by", sa.Integer(), nullable=True),
        sa.Column("carried_out_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("carried_out_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _needs("monitoring_visits", "carried_out"),
        _needs("monitoring_visits", "planned"),
        _key("monitoring_visits", "carried_out_by", "officers.id"),
        _key("monitoring_visits", "employer_id", "employers.id"),
        _key("monitoring_visits", "planned_by", "officers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monitoring_visits")),
        sa.UniqueConstraint("number", name=op.f("uq_monitoring_visits_number")),
    )
    op.create_index(op.f("ix_monitoring_visits_employer_id"), "monitoring_visits", ["employer_id"])
    op.create_index(op.f("ix_monitoring_visits_status"), "monitoring_visits", ["status"])


def _visit_findings() -> None:
    op.create_table(
        "visit_findings",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=True),
        sa.Column("correct_until", sa.Date(), nullable=True),
        sa.Column("corrected_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("corrected_by", sa.Integer(), nullable=True),
        _needs("visit_findings", "corrected"),
        sa.CheckConstraint(
            "severity BETWEEN 0 AND 4", name=op.f("ck_visit_findings_severity_0_to_4")
        ),
        _key("visit_findings", "corrected_by", "officers.id"),
        _key("visit_findings", "visit_id", "monitoring_visits.id"),
        sa.PrimaryKeyConstraint("visit_id", "line", name=op.f("pk_visit_findings")),
    )


def _case_files() -> None:
    op.create_table(
        "case_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_in_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "check_in_id IS NOT NULL OR case_id IS NOT NULL OR visit_id IS NOT NULL",
            name=op.f("ck_case_files_of_something"),
        ),
        _needs("case_files", "created"),
        _key("case_files", "case_id", "monitoring_cases.id"),
        _key("case_files", "check_in_id", "check_ins.id"),
        _key("case_files", "created_by", "officers.id"),
        _key("case_files", "sha256", "stored_files.sha256"),
        _key("case_files", "visit_id", "monitoring_visits.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_files")),
    )
    op.create_index(op.f("ix_case_files_case_id"), "case_files", ["case_id"])
    op.create_index(op.f("ix_case_files_check_in_id"), "case_files", ["check_in_id"])
    op.create_index(op.f("ix_case_files_sha256"), "case_files", ["sha256"])
    op.create_index(op.f("ix_case_files_visit_id"), "case_files", ["visit_id"])


def _employer_suspensions() -> None:
    op.create_table(
        "employer_suspensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("suspended_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("suspended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        _needs("employer_suspensions", "ended"),
        _needs("employer_suspensions", "suspended"),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= from_on",
            name=op.f("ck_employer_suspensions_until_after_from"),
        ),
        _key("employer_suspensions", "case_id", "monitoring_cases.id"),
        _key("employer_suspensions", "employer_id", "employers.id"),
        _key("employer_suspensions", "ended_by", "officers.id"),
        _key("employer_suspensions", "suspended_by", "officers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_suspensions")),
    )
    op.create_index(
        op.f("ix_employer_suspensions_employer_id"), "employer_suspensions", ["employer_id"]
    )
    op.create_index(
        "uq_employer_suspensions_running",
        "employer_suspensions",
        ["employer_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    other = target.split(".")[0]
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}_{other}"))


def _needs(table: str, verb: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(
        f"{verb}_by IS NULL OR {verb}_at IS NOT NULL",
        name=op.f(f"ck_{table}_{verb}_by_needs_{verb}_at"),
    )


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
    for table in (
        "employer_suspensions",
        "case_files",
        "visit_findings",
        "monitoring_visits",
        "case_remedies",
        "case_referrals",
        "case_events",
        "monitoring_cases",
        "promise_comparisons",
        "check_in_answers",
        "check_ins",
    ):
        op.drop_table(table)
    allow_values("officers", "role", "role", ROLES)
