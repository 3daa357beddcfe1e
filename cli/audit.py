"""The proof that nobody changed the audit log."""

from __future__ import annotations

import click

from cli.database import check_writable, prepare_database, read_settings


@click.command("verify-audit")
def verify_audit() -> None:
    """Compute the whole audit chain again; exit 0 if it is whole, 1 at the first broken event."""
    from services import audit_log

    settings = read_settings()
    check_writable(settings.data_dir)
    prepare_database(settings, quietly=True)
    report = audit_log.verify_audit(by=None)
    if report.broken_seq is None:
        click.echo(f"Audit       whole: {report.events} events, none changed, none missing")
        return
    click.echo(
        f"Audit       BROKEN at event {report.broken_seq}: {report.problem} "
        f"({report.events} events before it are whole)"
    )
    raise SystemExit(1)
