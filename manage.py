#!/usr/bin/env python3
"""The command line: `python manage.py --help`. Commands live in `cli/`."""

from typing import Any

import click

from cli import (
    accounts,
    audit,
    backup,
    coding,
    database,
    dependencies,
    docs,
    due,
    duplicates,
    health,
    imports,
    keys,
    ranking,
    ranking_batch,
    runs,
    sample,
    serve,
)
from domain.exceptions import LabourMigrationError


class Commands(click.Group):
    """Shows what the system refuses as a sentence, not as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except LabourMigrationError as refused:
            problems = [f"{p.field}: {p.sentence}" for p in getattr(refused, "problems", ())]
            raise click.ClickException("\n  ".join([str(refused), *problems])) from refused


@click.group(cls=Commands)
def main() -> None:
    """Temporary lawful employment abroad: run and look after the system."""


for command in (
    database.migrate,
    sample.load_sample,
    serve.serve,
    accounts.create_user,
    accounts.list_users,
    imports.import_,
    audit.verify_audit,
    audit.anchor_audit,
    audit.grant_role,
    duplicates.find_duplicates,
    ranking.rank,
    ranking_batch.rank_all,
    runs.prune_runs,
    coding.code,
    coding.train_coder,
    backup.backup,
    backup.verify_backup,
    backup.restore,
    health.health,
    keys.make_keys,
    keys.check_keys,
    keys.rotate_keys,
    backup.drill,
    due.run_due,
    due.move_clock,
    dependencies.audit_dependencies,
    docs.docs,
):
    main.add_command(command)

if __name__ == "__main__":
    main()
