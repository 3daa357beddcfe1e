"""The report of a rehearsal, to be filed: what came back, and how long it took."""

from __future__ import annotations

from domain.records.backups import DrillRecord
from domain.texts import N_
from services.texts import render, show, translate

STEPS = (
    ("backup", N_("making the backup")),
    ("open", N_("opening: decrypt, unpack, compare the hash of the file")),
    ("restore", N_("restoring into a fresh database")),
    ("compare", N_("comparing rows, hashes and the audit chain")),
)
COUNTS = (
    ("rows", N_("rows")),
    ("tables", N_("tables")),
    ("events", N_("events of the audit chain")),
)


def recovery_seconds(record: DrillRecord) -> float:
    """From the file to a proven database."""
    return sum(record.measured.get(step, 0.0) for step in ("open", "restore", "compare"))


def report_of(record: DrillRecord, language: str) -> str:
    """The report in Markdown, in one language."""

    def say(text: str) -> str:
        return translate(text, language)

    outcome = (
        say(N_("✓ Everything came back."))
        if record.problem is None
        else say(N_("✗ It did not come back: ")) + render(record.problem, language)
    )
    title, step, seconds = N_("Rehearsal of restoring"), N_("step"), N_("seconds")
    whole = say(N_("from the file to a proven database"))
    lines = [
        f"# {say(title)}",
        "",
        f"{show(record.started_at, language)} · `{record.file_name}`",
        "",
        outcome,
        "",
        f"| {say(step)} | {say(seconds)} |",
        "|---|---|",
    ]
    lines += [
        f"| {say(named)} | {record.measured[name]:.2f} |"
        for name, named in STEPS
        if name in record.measured
    ]
    lines.append(f"| **{whole}** | **{recovery_seconds(record):.2f}** |")
    lines.append("")
    lines += [
        f"- {say(named)}: {int(record.measured[count])}"
        for count, named in COUNTS
        if count in record.measured
    ]
    return "\n".join(lines) + "\n"
