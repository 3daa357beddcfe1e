"""The anchors of the audit chain: the last one, a new one, a copy to take away."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from services.audit_chain import anchoring
from services.audit_chain.anchors import FILE
from ui import layout, messages
from ui.language import _, moment, number


def panel(officer: Officer) -> None:
    """Behind a button: what fixes the chain outside the database."""
    with st.popover(_("Anchors"), icon="⚓"):
        st.caption(
            _(
                "An anchor is the number and the hash of the last event, kept outside the "
                "database: whoever cuts the end of the log or writes it anew is found by it. Keep "
                "a copy where nobody who runs this system can change it."
            )
        )
        if anchoring.anchor_folder() is None:
            st.warning(
                _(
                    "No directory for anchors is set (MIGRATION_AUDIT_ANCHOR_DIR): none is written "
                    "by itself. Take a copy here, and keep it elsewhere."
                )
            )
        anchors = anchoring.list_anchors(by=officer)
        if anchors:
            last = anchors[0]
            written = _("✓ written outside") if last.is_written else _("✗ in no file outside")
            layout.facts(
                {
                    _("Last anchor"): moment(last.made_at),
                    _("Event"): number(last.seq),
                    _("Hash"): last.hash[:16] + "…",
                    _("State"): written,
                }
            )
            st.download_button(
                _("Copy of the anchors shown"),
                data=anchoring.lines_of(anchors).encode(),
                file_name=FILE,
                mime="application/jsonl",
                key="audit_log.anchors",
                on_click="ignore",
            )
        if st.button(_("Anchor now"), key="audit_log.anchor"):
            with messages.refusals():
                anchoring.anchor_audit(by=officer)
                st.rerun()
