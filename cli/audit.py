"""The proof that nobody changed the audit log, and the anchors it is held against."""

from __future__ import annotations

from pathlib import Path

import click

from cli.database import check_writable, open_database, prepare_database, read_settings


@click.command("verify-audit")
@click.option(
    "--anchors",
    type=click.Path(exists=True, path_type=Path),
    help="File or folder of anchors; without it those of MIGRATION_AUDIT_ANCHOR_DIR.",
)
def verify_audit(anchors: Path | None) -> None:
    """Compute the whole audit chain again; exit 0 if it is whole, 1 at the first broken event."""
    from services import audit_log

    settings = read_settings()
    check_writable(settings.data_dir)
    prepare_database(settings, quietly=True)
    report = audit_log.verify_audit(anchors=anchors, by=None)
    held = f", held against {report.anchors:,} anchors" if report.anchors else ""
    if report.broken_seq is None:
        click.echo(f"Audit       whole: {report.events} events, none changed, none missing{held}")
        return
    click.echo(
        f"Audit       BROKEN at event {report.broken_seq}: {report.problem} "
        f"({report.events} events before it are whole{held})"
    )
    raise SystemExit(1)


@click.command("anchor-audit")
def anchor_audit() -> None:
    """Write the end of the audit chain into the file of anchors, and say it."""
    from services.audit_chain import anchoring

    open_database()
    made = anchoring.anchor_audit(by=None)
    click.echo(f"{made.seq} {made.hash}")
    if not made.is_written:
        raise click.ClickException(
            "It stands in no file: keep the line above elsewhere, or set a directory that can be "
            "written in MIGRATION_AUDIT_ANCHOR_DIR."
        )


@click.command("grant-role")
@click.argument("role")
def grant_role(role: str) -> None:
    """Print what the owner of a PostgreSQL database runs so that ROLE, the app, has its rights."""
    from db.roles import grants

    try:
        statements = grants(role)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    click.echo("".join(f"{statement};\n" for statement in statements), nl=False)
