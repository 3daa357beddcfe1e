"""One event of the audit chain, and the list of a search as a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from domain.records.audit import AuditDetail, AuditQuery
from domain.records.officer import Officer
from domain.texts import N_, Term
from services import audit_log, clock
from services.exports import ExportFormat
from services.texts import show, term, translate
from ui import layout, tables
from ui.audit_words import action_name, entity_name
from ui.language import _, label, language, moment, number
from ui.messages import plain
from ui.tables import Column

HEADINGS = (
    "№",
    N_("When"),
    N_("Who"),
    N_("Role"),
    N_("Action"),
    N_("Concerning"),
    N_("Number"),
    N_("Person"),
)


def detail(event: AuditDetail) -> None:
    """Who, what, and the values before and after."""
    entry, own = event.entry, language()
    with st.container(border=True):
        layout.section(_("Event {number}").format(number=number(entry.seq)))
        layout.facts(
            {
                _("When"): moment(entry.happened_at),
                _("Who"): entry.actor(own) or _("the system"),
                _("Role"): label(entry.role),
                _("Action"): action_name(entry.action, own),
                _("Concerning"): entity_name(entry.entity, own),
                _("Number"): entry.entity_id or "",
                _("Person"): entry.subject or "",
            }
        )
        _values(event)
        st.caption(
            _("Fingerprint {own}, follows {previous}").format(
                own=event.hash[:12], previous=event.previous_hash[:12]
            )
        )


def _values(event: AuditDetail) -> None:
    if event.are_erased:
        st.caption(_("The values were erased by depersonalisation; the chain stays whole."))
    elif event.fields:
        st.caption(
            _("Changed: {fields}. The values are for the data protection officer.").format(
                fields=", ".join(plain(name) for name in event.fields)
            )
        )
    elif not event.details:
        st.caption(_("Nothing more was noted with this event."))
    else:
        rows = [(name, *_pair(value)) for name, value in event.details.items()]
        columns = [Column(_("Field"), lambda row: row[0])]
        if any(row[1] for row in rows):
            columns.append(Column(_("Before"), lambda row: row[1]))
        columns.append(Column(_("After"), lambda row: row[2]))
        tables.table(rows, columns, key=f"audit_log.values.{event.entry.seq}")


def _pair(value: Any) -> tuple[str, str]:
    """Before and after of a changed field; other values are of the event itself."""
    if isinstance(value, list) and len(value) == 2:
        return _text(value[0]), _text(value[1])
    return "", _text(value)


def _text(value: Any) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def export_buttons(wanted: AuditQuery, officer: Officer) -> None:
    """The whole list of the search; the file is made, and logged, at the click."""
    with st.popover(_("Export"), icon="⬇️"):
        st.caption(_("The file holds the whole list with these filters. The export is logged."))
        for form in (ExportFormat.XLSX, ExportFormat.CSV):
            st.download_button(
                {ExportFormat.XLSX: "Excel (XLSX)", ExportFormat.CSV: "CSV"}[form],
                data=_file(replace(wanted), form, language(), officer),
                file_name=f"audit-log-{clock.today().isoformat()}.{form.value}",
                key=f"audit_log.export.{form.value}",
                on_click="ignore",
                width="stretch",
            )


def _file(wanted: AuditQuery, form: ExportFormat, own: str, by: Officer) -> Callable[[], bytes]:
    def content() -> bytes:
        page = audit_log.find_events(wanted=wanted, limit=audit_log.MOST_EXPORTED, by=by)
        rows = [
            (
                row.seq,
                show(row.happened_at, own),
                row.actor(own) or translate(N_("the system"), own),
                term(Term("Role", row.role.value), own) if row.role else "",
                action_name(row.action, own),
                entity_name(row.entity, own),
                row.entity_id or "",
                row.subject or "",
            )
            for row in page.rows
        ]
        headings = [translate(heading, own) for heading in HEADINGS]
        return audit_log.export_events(headings=headings, rows=rows, form=form, by=by).content

    return content
