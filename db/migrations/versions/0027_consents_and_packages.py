"""Consents, packages for employers, holds and who comes next in line

Revision: 0027, after 0026
"""

import sqlalchemy as sa
from alembic import op

import db.types
from db.migrations.guards import FIXED

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

HELD = (
    "sent",
    "employer_selected",
    "confirmed",
    "orientation",
    "permit_pending",
    "permit_granted",
    "departed",
    "working",
)


def upgrade() -> None:
    _reference()
    _consents()
    _packages()
    _lines()
    _never_changed("package_files")
    _hold_those_on_the_way()


def _reference() -> None:
    op.create_table(
        "adequate_countries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adequate_countries")),
    )
    op.create_index(
        op.f("ix_adequate_countries_country"), "adequate_countries", ["country"], unique=False
    )
    op.create_table(
        "transfer_permits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "ended_by IS NULL OR ended_at IS NOT NULL",
            name=op.f("ck_transfer_permits_ended_by_needs_ended_at"),
        ),
        sa.CheckConstraint(
            "recorded_by IS NULL OR recorded_at IS NOT NULL",
            name=op.f("ck_transfer_permits_recorded_by_needs_recorded_at"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["officers.id"], name=op.f("fk_transfer_permits_ended_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["officers.id"], name=op.f("fk_transfer_permits_recorded_by_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_permits")),
    )
    op.create_index(
        op.f("ix_transfer_permits_country"), "transfer_permits", ["country"], unique=False
    )


def _consents() -> None:
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("jobseeker_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "transfer_to_employer",
                "transfer_to_country",
                "photo",
                "health_documents",
                "publication",
                "marketing",
                "research_follow_up",
                name="consentpurpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("employer_id", sa.Integer(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("text_version", sa.Text(), nullable=False),
        sa.Column("text_language", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "signed_paper",
                "in_person",
                "phone",
                "message",
                name="consentmethod",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("given_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("paper_sha256", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column(
            "withdrawn_how",
            sa.Enum(
                "signed_paper",
                "in_person",
                "phone",
                "message",
                name="withdrawn_how",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("effect", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "(purpose = 'transfer_to_country') = (country IS NOT NULL)",
            name=op.f("ck_consents_country_where_asked"),
        ),
        sa.CheckConstraint(
            "(purpose = 'transfer_to_employer') = (employer_id IS NOT NULL)",
            name=op.f("ck_consents_employer_where_asked"),
        ),
        sa.CheckConstraint(
            "given_by IS NULL OR given_at IS NOT NULL",
            name=op.f("ck_consents_given_by_needs_given_at"),
        ),
        sa.CheckConstraint(
            "withdrawn_by IS NULL OR withdrawn_at IS NOT NULL",
            name=op.f("ck_consents_withdrawn_by_needs_withdrawn_at"),
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_consents_employer_id_employers")
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["officers.id"], name=op.f("fk_consents_given_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["jobseeker_id"], ["jobseekers.id"], name=op.f("fk_consents_jobseeker_id_jobseekers")
        ),
        sa.ForeignKeyConstraint(
            ["paper_sha256"],
            ["stored_files.sha256"],
            name=op.f("fk_consents_paper_sha256_stored_files"),
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["officers.id"], name=op.f("fk_consents_withdrawn_by_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_jobseeker_id"), "consents", ["jobseeker_id"], unique=False)


def _packages() -> None:
    op.create_table(
        "packages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "sent",
                "answered",
                "expired",
                "revoked",
                name="packagestatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "full",
                "no_contacts",
                "anonymous",
                name="cvlevel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "basis",
            sa.Enum(
                "adequate",
                "permit",
                name="transferbasis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("permit_id", sa.Integer(), nullable=True),
        sa.Column("answer_until", sa.Date(), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("reserve_moves_up", sa.Boolean(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("zip_sha256", sa.Text(), nullable=False),
        sa.Column("sent_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ended_by IS NULL OR ended_at IS NOT NULL",
            name=op.f("ck_packages_ended_by_needs_ended_at"),
        ),
        sa.CheckConstraint(
            "sent_by IS NULL OR sent_at IS NOT NULL", name=op.f("ck_packages_sent_by_needs_sent_at")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_packages_employer_id_employers")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["officers.id"], name=op.f("fk_packages_ended_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["permit_id"],
            ["transfer_permits.id"],
            name=op.f("fk_packages_permit_id_transfer_permits"),
        ),
        sa.ForeignKeyConstraint(
            ["sent_by"], ["officers.id"], name=op.f("fk_packages_sent_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancies.id"], name=op.f("fk_packages_vacancy_id_vacancies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packages")),
        sa.UniqueConstraint("number", name=op.f("uq_packages_number")),
    )
    op.create_index(op.f("ix_packages_employer_id"), "packages", ["employer_id"], unique=False)
    op.create_index(op.f("ix_packages_status"), "packages", ["status"], unique=False)
    op.create_index(op.f("ix_packages_vacancy_id"), "packages", ["vacancy_id"], unique=False)
    op.create_table(
        "package_files",
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "letter",
                "list",
                name="packagefilekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column(
            "format",
            sa.Enum(
                "pdf",
                "docx",
                "jpg",
                "png",
                "csv",
                "json",
                "zip",
                name="fileformat",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["package_id"], ["packages.id"], name=op.f("fk_package_files_package_id_packages")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_files.sha256"], name=op.f("fk_package_files_sha256_stored_files")
        ),
        sa.PrimaryKeyConstraint(
            "package_id", "edition", "kind", "language", "format", name=op.f("pk_package_files")
        ),
    )
    op.create_table(
        "package_candidates",
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("frozen_cv_id", sa.Integer(), nullable=False),
        sa.Column("employer_consent_id", sa.Integer(), nullable=False),
        sa.Column("country_consent_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        sa.Column("remove_reason", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "removed_by IS NULL OR removed_at IS NOT NULL",
            name=op.f("ck_package_candidates_removed_by_needs_removed_at"),
        ),
        sa.ForeignKeyConstraint(
            ["candidacy_id"],
            ["candidacies.id"],
            name=op.f("fk_package_candidates_candidacy_id_candidacies"),
        ),
        sa.ForeignKeyConstraint(
            ["country_consent_id"],
            ["consents.id"],
            name=op.f("fk_package_candidates_country_consent_id_consents"),
        ),
        sa.ForeignKeyConstraint(
            ["employer_consent_id"],
            ["consents.id"],
            name=op.f("fk_package_candidates_employer_consent_id_consents"),
        ),
        sa.ForeignKeyConstraint(
            ["package_id"], ["packages.id"], name=op.f("fk_package_candidates_package_id_packages")
        ),
        sa.ForeignKeyConstraint(
            ["frozen_cv_id"],
            ["frozen_cvs.id"],
            name=op.f("fk_package_candidates_frozen_cv_id_frozen_cvs"),
        ),
        sa.ForeignKeyConstraint(
            ["removed_by"], ["officers.id"], name=op.f("fk_package_candidates_removed_by_officers")
        ),
        sa.PrimaryKeyConstraint("package_id", "candidacy_id", name=op.f("pk_package_candidates")),
    )
    op.create_index(
        op.f("ix_package_candidates_candidacy_id"),
        "package_candidates",
        ["candidacy_id"],
        unique=False,
    )


def _lines() -> None:
    op.create_table(
        "holds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("jobseeker_id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("released_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "released_by IS NULL OR released_at IS NOT NULL",
            name=op.f("ck_holds_released_by_needs_released_at"),
        ),
        sa.CheckConstraint(
            "taken_by IS NULL OR taken_at IS NOT NULL",
            name=op.f("ck_holds_taken_by_needs_taken_at"),
        ),
        sa.ForeignKeyConstraint(
            ["candidacy_id"], ["candidacies.id"], name=op.f("fk_holds_candidacy_id_candidacies")
        ),
        sa.ForeignKeyConstraint(
            ["jobseeker_id"], ["jobseekers.id"], name=op.f("fk_holds_jobseeker_id_jobseekers")
        ),
        sa.ForeignKeyConstraint(
            ["released_by"], ["officers.id"], name=op.f("fk_holds_released_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["officers.id"], name=op.f("fk_holds_taken_by_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
    )
    op.create_index(op.f("ix_holds_candidacy_id"), "holds", ["candidacy_id"], unique=False)
    op.create_index(
        "uq_holds_one_open",
        "holds",
        ["jobseeker_id"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_index(
        op.f("ix_package_candidates_frozen_cv_id"),
        "package_candidates",
        ["frozen_cv_id"],
        unique=False,
    )
    op.create_table(
        "place_offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("left_id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("because", sa.JSON(), nullable=False),
        sa.Column("offered_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("offered_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "offered_by IS NULL OR offered_at IS NOT NULL",
            name=op.f("ck_place_offers_offered_by_needs_offered_at"),
        ),
        sa.ForeignKeyConstraint(
            ["candidacy_id"],
            ["candidacies.id"],
            name=op.f("fk_place_offers_candidacy_id_candidacies"),
        ),
        sa.ForeignKeyConstraint(
            ["left_id"], ["candidacies.id"], name=op.f("fk_place_offers_left_id_candidacies")
        ),
        sa.ForeignKeyConstraint(
            ["offered_by"], ["officers.id"], name=op.f("fk_place_offers_offered_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancies.id"], name=op.f("fk_place_offers_vacancy_id_vacancies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_offers")),
        sa.UniqueConstraint("left_id", name=op.f("uq_place_offers_left_id")),
    )
    op.create_index(
        op.f("ix_place_offers_candidacy_id"), "place_offers", ["candidacy_id"], unique=False
    )
    op.create_index(
        op.f("ix_place_offers_vacancy_id"), "place_offers", ["vacancy_id"], unique=False
    )


def _hold_those_on_the_way() -> None:
    """Whoever is with an employer already is held for the first of them."""
    listed = ", ".join(f"'{status}'" for status in HELD)
    op.execute(
        "INSERT INTO holds (jobseeker_id, candidacy_id, taken_at) "
        "SELECT c.jobseeker_id, c.id, COALESCE((SELECT MAX(e.happened_at) FROM candidacy_events e "
        "WHERE e.candidacy_id = c.id AND e.to_status = 'sent'), c.created_at) FROM candidacies c "
        f"WHERE c.status IN ({listed}) AND c.id = (SELECT MIN(o.id) FROM candidacies o "
        f"WHERE o.jobseeker_id = c.jobseeker_id AND o.status IN ({listed}))"
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
        "place_offers",
        "holds",
        "package_candidates",
        "package_files",
        "packages",
        "consents",
        "transfer_permits",
        "adequate_countries",
    ):
        op.drop_table(table)
