"""How backups stand, the list of them, and the last rehearsal of restoring."""

from __future__ import annotations

import streamlit as st

from domain.records.backups import BackupRecord, BackupState, DrillRecord
from services.backups.reports import STEPS, recovery_seconds, report_of
from ui import layout, marks
from ui.language import _, label, language, moment, number, say
from ui.messages import plain
from ui.tables import Column, table

MEGABYTE = 1_000_000


def standing(state: BackupState) -> None:
    """In one glance: is there a good backup, how old, when is the next."""
    marks.show(*_chips(state))
    if not state.folder:
        st.warning(
            _(
                "No backups are made by schedule. The operator names a directory in "
                "MIGRATION_BACKUP_DIR, best also one on another host in "
                "MIGRATION_BACKUP_SECOND_DIR."
            )
        )
    elif state.is_late:
        st.error(
            _(
                "The last good backup is older than it may be. See below why, or make one now; "
                "if it fails again, call the operator."
            )
        )
    last = state.last
    layout.facts(
        {
            _("Last good backup"): moment(last.started_at) if last else _("none yet"),
            _("Its size"): size(last.size) if last else "–",
            _("Next one due"): moment(state.next_due) if state.next_due else "–",
            _("How often"): _("every {count} minutes").format(count=number(state.every_minutes)),
            _("Directory"): state.folder or _("not set"),
            _("Second directory"): state.second_folder or _("not set"),
        }
    )


def _chips(state: BackupState) -> list[str]:
    if not state.folder:
        chips = [marks.tag(_("✕ no schedule"), "not_met")]
    elif state.is_late:
        chips = [marks.tag(_("✕ late"), "not_met")]
    else:
        chips = [marks.tag(_("✓ in time"), "met")]
    if state.folder:
        chips.append(
            marks.tag(_("✓ encrypted"), "met")
            if state.is_encrypted
            else marks.tag(_("▽ not encrypted"), "short")
        )
        if not state.second_folder:
            chips.append(marks.tag(_("▽ no second directory"), "short"))
    if state.is_drill_late:
        chips.append(marks.tag(_("▽ rehearsal due"), "short"))
    return chips


def size(value: int | None) -> str:
    """Bytes as megabytes."""
    if value is None:
        return "–"
    return _("{count} MB").format(count=number(round(value / MEGABYTE, 1)))


def runs(state: BackupState) -> None:
    """The newest first, with what was wrong."""
    table(
        state.runs,
        [
            Column(_("When"), "started_at", kind="moment", width=140),
            Column(_("State"), _state, width=190),
            Column(
                _("Proven"), lambda one: _("✓ restored and compared") if one.verified_at else ""
            ),
            Column(_("Size"), lambda one: size(one.size), width=90),
            Column(_("Second copy"), _copy, width=110),
            Column(_("Backup file"), lambda one: one.file_name or ""),
            Column(_("What was wrong"), lambda one: say(one.problem) if one.problem else ""),
        ],
        key="backups.runs",
        empty=_("No backup was made yet."),
        alt=_("Backups"),
    )


def _state(one: BackupRecord) -> str:
    if one.removed_at:
        return _("– removed after its period")
    return label(one.status)


def _proven(one: BackupRecord) -> str:
    return _("✓ restored and compared") if one.verified_at else ""


def _copy(one: BackupRecord) -> str:
    return "–" if one.is_copied is None else _("✓ yes") if one.is_copied else _("✗ missing")


def drill(record: DrillRecord | None, days: int) -> None:
    """The last rehearsal and its report."""
    layout.section(
        _("Rehearsal of restoring"),
        _(
            "The newest backup is restored into a fresh database and compared row by row; the "
            "running one is not touched. Once in {count} days at least."
        ).format(count=number(days)),
    )
    if record is None:
        st.info(_("Restoring was never rehearsed: nobody knows how long it would take."))
        return
    with st.container(border=True):
        if record.problem is None:
            text = _("Everything came back in {seconds} s.")
            seconds = number(round(recovery_seconds(record), 1))
            marks.show(marks.tag("✓ " + text.format(seconds=seconds), "met"))
        else:
            marks.show(marks.tag(_("✕ it did not come back"), "not_met"))
            st.markdown(plain(say(record.problem)))
        layout.facts(
            {
                _("When"): moment(record.started_at),
                _("Backup file"): record.file_name,
                **{
                    _(title): _("{seconds} s").format(seconds=number(record.measured[step]))
                    for step, title in STEPS
                    if step in record.measured
                },
            }
        )
        st.download_button(
            _("Report (Markdown)"),
            data=report_of(record, language()).encode(),
            file_name=f"restore-drill-{record.id}.md",
            mime="text/markdown",
            key="backups.report",
            on_click="ignore",
        )
