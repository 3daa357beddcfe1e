"""Who it is, how much is known, what happened, and who looked."""

from __future__ import annotations

import streamlit as st

from domain.enums import JobseekerStatus
from domain.exceptions import InvalidTransition
from domain.records.jobseeker import HistoryEntry, JobseekerRecord
from domain.records.officer import Officer
from domain.transitions import JOBSEEKER, check_can_move
from domain.values import masked, years_between
from services import clock
from services.jobseekers import registration
from services.permissions import Permission, can
from ui import layout, marks, messages
from ui.jobseeker import opened
from ui.jobseeker.titles import field_name
from ui.language import _, day, label, language, moment, number, say, term_name
from ui.messages import plain

SHOWN = "jobseeker.shown"
TONES = {
    JobseekerStatus.DRAFT: "partly",
    JobseekerStatus.ACTIVE: "met",
    JobseekerStatus.PLACED: "accent",
    JobseekerStatus.SUSPENDED: "short",
    JobseekerStatus.WITHDRAWN: "quiet",
    JobseekerStatus.MERGED: "quiet",
}
SIGNS = {
    JobseekerStatus.DRAFT: "◐",
    JobseekerStatus.ACTIVE: "✓",
    JobseekerStatus.PLACED: "→",
    JobseekerStatus.SUSPENDED: "‖",
    JobseekerStatus.WITHDRAWN: "✕",
    JobseekerStatus.MERGED: "⇒",
}
LINES = 12


def heading(file: JobseekerRecord) -> None:
    """The name in the reader's script, the other one beneath, the file's number and status."""
    lang = language()
    name = file.name(lang)
    other = file.form.name_lat() if lang == "ka" else file.form.name_ka()
    beneath = " · ".join(plain(part) for part in (other, file.external_id) if part and part != name)
    layout.header(plain(name), _("S07 · Registration, identification, primary selection"), beneath)
    marks.show(marks.tag(f"{SIGNS[file.status]} {label(file.status)}", TONES[file.status]))


def person(file: JobseekerRecord, officer: Officer) -> None:
    """What identifies the person; the personal number in full only after an audited click."""
    form = file.form
    shown = st.session_state.get(SHOWN) == file.external_id
    number_text = form.personal_number if shown else masked(form.personal_number)
    age = years_between(form.birth_date, clock.today()) if form.birth_date else None
    born = day(form.birth_date)
    layout.facts(
        {
            field_name("personal_number"): number_text or "",
            field_name("birth_date"): born if age is None else f"{born} ({number(age)})",
            field_name("phone"): form.phone or "",
            field_name("municipality"): term_name("municipality", form.municipality),
            field_name("registered_on"): day(file.registered_on),
        }
    )
    if (
        form.personal_number
        and not shown
        and st.button(
            _("Show the personal number"),
            key="jobseeker.reveal",
            help=_("It is recorded that you looked."),
        )
    ):
        reveal(file, officer)
        st.rerun()


def reveal(file: JobseekerRecord, officer: Officer) -> None:
    """Show the number from now on, and record that the officer looked; once a visit."""
    if file.form.personal_number and st.session_state.get(SHOWN) != file.external_id:
        registration.reveal_personal_number(external_id=file.external_id, by=officer)
        st.session_state[SHOWN] = file.external_id


def completeness(file: JobseekerRecord) -> None:
    """How much of the file is known, and what to ask for next."""
    known = file.completeness
    st.progress(
        known.percent,
        text=_("{known} of {total} facts known").format(
            known=number(known.known), total=number(known.total)
        ),
    )
    if known.missing:
        missing = ", ".join(field_name(fact) for fact in known.missing)
        st.caption(_("Still to ask: {facts}").format(facts=missing))


def history(file: JobseekerRecord, officer: Officer) -> None:
    """The timeline, and who looked at the file."""
    told = registration.list_history(external_id=file.external_id, by=officer)
    layout.part(_("What happened"))
    _lines([entry for entry in told if entry.kind != "read"])
    with st.expander(_("Who looked at this file")):
        _lines([entry for entry in told if entry.kind == "read"])


def _lines(told: list[HistoryEntry]) -> None:
    if not told:
        st.caption(_("nothing yet"))
        return
    st.markdown("\n".join(_line(entry) for entry in told[:LINES]))
    if len(told) > LINES:
        with st.expander(_("{count} earlier").format(count=number(len(told) - LINES))):
            st.markdown("\n".join(_line(entry) for entry in told[LINES:]))


def _line(entry: HistoryEntry) -> str:
    who = entry.by(language()) or _("the system")
    return f"- :gray[{moment(entry.happened_at)}] {plain(say(entry.sentence))} · {plain(who)}"


def status_actions(file: JobseekerRecord, officer: Officer) -> None:
    """Take the person off the register, or back on; with a reason."""
    is_merged = file.status is JobseekerStatus.MERGED
    if is_merged or not can(officer, Permission.JOBSEEKERS_EDIT):
        return
    leaving = file.status is not JobseekerStatus.WITHDRAWN
    after = JobseekerStatus.WITHDRAWN if leaving else JobseekerStatus.ACTIVE
    try:
        check_can_move(JOBSEEKER, file.status, after)
    except InvalidTransition:
        return
    with st.popover(
        _("Withdraw from the register…") if leaving else _("Put back on the register…")
    ):
        st.caption(
            _("The person is no longer ranked. The file stays, and can be put back.")
            if leaving
            else _("The person is ranked again from now on.")
        )
        reason = st.text_area(
            _("Reason for the change"), key="jobseeker.edit.reason", max_chars=500
        )
        refusal_at = st.container()
        moved = st.button(
            _("Withdraw") if leaving else _("Put back"), key="jobseeker.move", type="primary"
        )
        if moved:
            with refusal_at:
                _move(file, reason, leaving, officer)


def _move(file: JobseekerRecord, reason: str, leaving: bool, officer: Officer) -> None:
    with messages.refusals():
        move = registration.withdraw_jobseeker if leaving else registration.reactivate_jobseeker
        saved = move(external_id=file.external_id, reason=reason, version=file.version, by=officer)
        opened.forget_edits()
        opened.keep(saved)
        messages.success(
            _("Withdrawn: the person is in no ranking from now on.")
            if leaving
            else _("Back on the register: the next ranking counts the person in.")
        )
        st.rerun()
