"""The packages of a vacancy: what went, who opened it, a new link, calling it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import streamlit as st

from domain.records.officer import Officer
from domain.records.sending import PackageCandidate, PackageRecord, SendingBoard
from services import clock
from services.refusals import refusal
from services.sending.ending import call_package_back, check_can_call_back
from services.sending.handing_over import check_can_send_again, send_package_again
from services.sending.limits import limits_on
from services.sending.packages_read import read_package_zip
from ui import layout, marks, messages
from ui.buttons import guarded_button
from ui.language import _, day, label, language, moment, number, say
from ui.messages import plain
from ui.sending.composing import keep_address
from ui.sending.words import package_tag
from ui.tables import Column, table


def draw(board: SendingBoard, officer: Officer) -> None:
    """The newest first."""
    if not board.packages:
        messages.empty(_("No package has gone for this vacancy yet."))
        return
    for package in board.packages:
        with st.container(border=True):
            _package(package, officer)


def _package(package: PackageRecord, officer: Officer) -> None:
    layout.part(plain(package.number))
    marks.show(package_tag(package.status), marks.tag(label(package.level)))
    st.caption(_next_step(package))
    basis = label(package.basis)
    layout.facts(
        {
            _("Sent"): moment(package.sent_at),
            _("Last day for the answer"): day(package.answer_until),
            _("Basis of the transfer"): f"{basis} · {package.permit_number}"
            if package.permit_number
            else basis,
            _("Link"): _link(package),
            _("Opened"): _opened(package),
            _("Edition"): number(package.edition),
            "SHA-256 (ZIP)": package.zip_sha256,
        }
    )
    table(
        package.candidates,
        [
            Column("#", "position", "number", width="small"),
            Column(_("Person"), _name, pinned=True),
            Column(_("Number"), "external_id"),
            Column(_("Status"), "status"),
            Column(_("Taken out"), "removed_at", "moment"),
            Column(_("Why"), lambda one: say(one.remove_reason) if one.remove_reason else None),
        ],
        key=f"sending.people.{package.number}",
        row_id="candidacy_id",
        alt=_("People of the package"),
    )
    with st.container(horizontal=True):
        if package.within:
            st.download_button(
                _("ZIP as the employer gets it"),
                data=_zip(package.number, officer),
                file_name=f"{package.number}-{package.edition}.zip",
                mime="application/zip",
                key=f"sending.zip.{package.number}",
                on_click="ignore",
            )
        _again(package, officer)
        _call_back(package, officer)


def _zip(package_number: str, officer: Officer) -> Callable[[], bytes]:
    return lambda: read_package_zip(number=package_number, by=officer)[1]


def _next_step(package: PackageRecord) -> str:
    return {
        "sent": _(
            "The employer can answer until {day}; without an answer everybody is free again."
        ),
        "answered": _("The employer has answered; who was selected now has to confirm."),
        "expired": _(
            "Nobody answered in time: the people are approved again and can be sent anew."
        ),
        "revoked": _("The link opens nothing any more; who was not answered about is free again."),
    }[package.status.value].format(day=day(package.answer_until))


def _name(one: PackageCandidate) -> str | None:
    names = (one.name_ka, one.name_lat) if language() == "ka" else (one.name_lat, one.name_ka)
    return next((name for name in names if name), None)


def _link(package: PackageRecord) -> str:
    if package.link_expires_at is None:
        return _("closed")
    return _("open until {moment}").format(moment=moment(package.link_expires_at))


def _opened(package: PackageRecord) -> str:
    if package.last_opened_at is None:
        return _("not yet")
    times = _("{count} times, last on {moment}")
    return times.format(count=number(package.openings), moment=moment(package.last_opened_at))


def _again(package: PackageRecord, officer: Officer) -> None:
    why_not = refusal(check_can_send_again, package.status, officer)
    if why_not is not None:
        guarded_button(_("New link"), say(why_not), key=f"sending.again.{package.number}")
        return
    with st.popover(_("New link")):
        st.caption(_("The former link closes; the employer gets the new one."))
        today = clock.today()
        until = st.date_input(
            _("Last day for the answer"),
            value=max(package.answer_until, today),
            min_value=max(package.answer_until, today),
            max_value=max(
                package.answer_until,
                today + timedelta(days=limits_on(today).answer_days_max),
            ),
            format="DD.MM.YYYY",
            key=f"sending.again.until.{package.number}",
        )
        if st.button(_("Send again"), type="primary", key=f"sending.again.{package.number}"):
            with messages.refusals({"answer_until": _("Last day for the answer")}):
                gone = send_package_again(number=package.number, answer_until=until, by=officer)
                keep_address(gone)
                st.rerun()


def _call_back(package: PackageRecord, officer: Officer) -> None:
    why_not = refusal(check_can_call_back, package.status, officer)
    if why_not is not None:
        guarded_button(_("Call back"), say(why_not), key=f"sending.back.{package.number}")
        return
    with st.popover(_("Call back")):
        st.caption(
            _(
                "The link closes at once. Whoever the employer has not answered about is free "
                "again; who was selected stays selected."
            )
        )
        reason = st.text_area(
            _("Why it is called back"),
            key=f"sending.back.reason.{package.number}",
            max_chars=500,
            height=80,
        )
        said = None if reason.strip() else _("Write the reason first: it is kept.")
        title = _("Call the package back")
        if guarded_button(title, said, key=f"sending.back.{package.number}", type="primary"):
            with messages.refusals():
                call_package_back(number=package.number, reason=reason, by=officer)
                messages.success(
                    _("Package {number} is called back.").format(number=package.number)
                )
                st.rerun()
