"""Long forms that outlive the process: kept at each rerun, offered again at the next visit.

The state of a screen dies with the process that holds it. A form that somebody types for a quarter
of an hour is therefore kept in the database, encrypted, for the officer alone.
"""

from __future__ import annotations

import streamlit as st

from domain.exceptions import LabourMigrationError
from domain.records.drafts import Draft
from domain.records.officer import Officer
from services import requests
from services.drafts import keeping
from services.drafts.keeping import DraftOf
from services.drafts.values import to_plain
from ui.language import _, moment


class Drafts:
    """One long form: `prefix` is what the keys of its fields begin with."""

    def __init__(self, of: DraftOf, prefix: str, officer: Officer) -> None:
        self.of, self.prefix, self.officer = of, f"{prefix}.", officer
        self.offered = f"drafts.offered.{of.form}"
        self.known = f"drafts.known.{of.form}"
        """What the fields held when they were last kept, or first drawn."""

    def begun(self) -> Draft | None:
        """What waits to be gone on with; looked for when the form is drawn for the first time."""
        if not to_plain(self._fields()):
            st.session_state[self.offered] = self._find()
            st.session_state.pop(self.known, None)
        found: Draft | None = st.session_state.get(self.offered)
        return found

    def offer(self) -> None:
        """Above the form: say that it was begun, and let the officer go on or give it up."""
        found = self.begun()
        if found is None:
            return
        with st.container(border=True):
            st.markdown(
                _("◐ You began this form on {moment} and did not send it.").format(
                    moment=moment(found.saved_at)
                )
            )
            st.caption(_("Until you choose, what you type below is not kept."))
            with st.container(horizontal=True):
                st.button(
                    _("Go on with it"),
                    type="primary",
                    key=f"drafts.go_on.{self.of.form}",
                    on_click=self._go_on,
                )
                st.button(_("Discard it"), key=f"drafts.discard.{self.of.form}", on_click=self.sent)

    def keep(self) -> None:
        """Below the form: what stands in the fields now, where it has changed."""
        fields = self._fields()
        typed = to_plain(fields)
        before = st.session_state.setdefault(self.known, typed)
        if typed == before or st.session_state.get(self.offered) is not None:
            return
        st.session_state[self.known] = typed
        try:
            with requests.without_request():
                keeping.save_draft(of=self.of, values=fields, by=self.officer)
        except LabourMigrationError:
            return  # no key to encrypt with: typing goes on, and administrators are told elsewhere

    def sent(self) -> None:
        """The form was saved, or is given up."""
        with requests.without_request():
            keeping.discard_draft(form=self.of.form, by=self.officer)
        for key in (self.offered, self.known):
            st.session_state.pop(key, None)

    def _find(self) -> Draft | None:
        try:
            found = keeping.find_draft(form=self.of.form, by=self.officer)
        except LabourMigrationError:
            return None
        # Over what somebody else has saved meanwhile, old words would be laid unseen.
        return found if found and found.version == self.of.version else None

    def _go_on(self) -> None:
        found: Draft | None = st.session_state.pop(self.offered, None)
        for name, value in found.values.items() if found else ():
            st.session_state[f"{self.prefix}{name}"] = value
        st.session_state[self.known] = to_plain(self._fields())

    def _fields(self) -> dict[str, object]:
        return {
            str(key).removeprefix(self.prefix): value
            for key, value in st.session_state.items()
            if str(key).startswith(self.prefix)
        }
