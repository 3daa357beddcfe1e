"""ESCO beside our own skills

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FLAG = {"server_default": sa.false(), "nullable": False}


def upgrade() -> None:
    # Columns are added one by one: SQLite can't rebuild a table that others refer to.
    for table in ("skill_groups", "skills"):
        _replace_label_ka(table, nullable=True)
        op.add_column(table, sa.Column("source", sa.Text(), server_default="own", nullable=False))
        op.add_column(table, sa.Column("is_vanished", sa.Boolean(), **FLAG))
    op.add_column("skill_groups", sa.Column("ranks_as", sa.Text(), nullable=True))
    op.add_column("skills", sa.Column("concept_uri", sa.Text(), nullable=True))
    op.add_column("skills", sa.Column("label_lang", sa.Text(), server_default="en", nullable=False))
    op.create_index(op.f("ix_skills_concept_uri"), "skills", ["concept_uri"], unique=True)
    op.add_column(
        "skill_occupations", sa.Column("source", sa.Text(), server_default="own", nullable=False)
    )
    op.add_column(
        "occupation_labels",
        sa.Column("kind", sa.Text(), server_default="alternative", nullable=False),
    )
    _create_tables()
    _own_labels()


def _create_tables() -> None:
    op.create_table(
        "skill_labels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skills.id"], name=op.f("fk_skill_labels_skill_id_skills")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_labels")),
    )
    op.create_index(op.f("ix_skill_labels_skill_id"), "skill_labels", ["skill_id"])
    op.create_index(op.f("ix_skill_labels_lang"), "skill_labels", ["lang"])
    op.create_table(
        "esco_occupations",
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("isco", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("is_vanished", sa.Boolean(), **FLAG),
        sa.PrimaryKeyConstraint("uri", name=op.f("pk_esco_occupations")),
    )
    op.create_index(op.f("ix_esco_occupations_isco"), "esco_occupations", ["isco"])
    op.create_table(
        "esco_occupation_skills",
        sa.Column("occupation_uri", sa.Text(), nullable=False),
        sa.Column("skill_id", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["occupation_uri"],
            ["esco_occupations.uri"],
            name=op.f("fk_esco_occupation_skills_occupation_uri_esco_occupations"),
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skills.id"], name=op.f("fk_esco_occupation_skills_skill_id_skills")
        ),
        sa.PrimaryKeyConstraint(
            "occupation_uri", "skill_id", name=op.f("pk_esco_occupation_skills")
        ),
    )
    op.create_table(
        "esco_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("imported_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.Integer(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["imported_by"], ["officers.id"], name=op.f("fk_esco_imports_imported_by_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_esco_imports")),
    )


def _own_labels() -> None:
    for lang in ("en", "ka"):
        op.execute(
            "INSERT INTO skill_labels (skill_id, lang, label, kind, source) "
            f"SELECT id, '{lang}', label_{lang}, 'preferred', 'own' FROM skills "
            f"WHERE label_{lang} IS NOT NULL ORDER BY id"
        )


def _replace_label_ka(table: str, *, nullable: bool) -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column(table, "label_ka", existing_type=sa.Text(), nullable=nullable)
        return
    default = "" if nullable else " NOT NULL DEFAULT ''"
    op.execute(f"ALTER TABLE {table} ADD COLUMN label_new TEXT{default}")
    op.execute(f"UPDATE {table} SET label_new = coalesce(label_ka, label_en)")
    op.execute(f"ALTER TABLE {table} DROP COLUMN label_ka")
    op.execute(f"ALTER TABLE {table} RENAME COLUMN label_new TO label_ka")


def downgrade() -> None:
    for table in ("esco_imports", "esco_occupation_skills", "esco_occupations", "skill_labels"):
        op.drop_table(table)
    op.drop_column("occupation_labels", "kind")
    op.execute("DELETE FROM skill_occupations WHERE source <> 'own'")
    op.drop_column("skill_occupations", "source")
    op.drop_index(op.f("ix_skills_concept_uri"), "skills")
    op.drop_column("skills", "concept_uri")
    op.drop_column("skills", "label_lang")
    op.drop_column("skill_groups", "ranks_as")
    for table in ("skill_groups", "skills"):
        op.drop_column(table, "source")
        op.drop_column(table, "is_vanished")
        op.execute(f"UPDATE {table} SET label_ka = label_en WHERE label_ka IS NULL")
        _replace_label_ka(table, nullable=False)
