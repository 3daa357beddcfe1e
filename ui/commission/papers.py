"""What a session leaves on paper: its minutes in four files, and the extract that anybody reads."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from domain.enums import FileFormat, SessionStatus
from domain.records.commission import SessionRecord
from domain.records.extracts import SessionExtract
from domain.records.minutes import PaperFileName, SessionMinutes
from domain.records.officer import Officer
from services.official_documents import extracts, minutes
from services.official_documents.attachments import MIME
from ui import marks, messages, navigation
from ui.buttons import guarded_button
from ui.language import _, day, label, number, say, term_name
from ui.messages import plain

WITH_PAPERS = frozenset({SessionStatus.OPEN, SessionStatus.VOTING, SessionStatus.CLOSED})


def show(record: SessionRecord, officer: Officer) -> None:
    """Minutes and extract of a session that was opened; buttons that can't be used say why."""
    if record.status not in WITH_PAPERS:
        return
    made = minutes.get_minutes(number=record.number, by=officer)
    if record.status is not SessionStatus.CLOSED and not made.may_generate:
        return
    with st.container(border=True, key="commission.papers"):
        _minutes(made, officer)
        _extract(extracts.get_session_extract(number=record.number, by=officer), officer)


def _minutes(sheet: SessionMinutes, officer: Officer) -> None:
    st.markdown("**" + _("Minutes") + "**")
    if sheet.document_id is not None and sheet.status is not None:
        about = _("{number}, revision {revision}").format(
            number=sheet.number, revision=number(sheet.revision)
        )
        marks.show(marks.tag(about), marks.tag(label(sheet.status)))
        st.caption(plain(_("Verification code {code}").format(code=sheet.code)))
        _files(sheet, officer)
        navigation.page_link(
            "document", _("Endorsement and signature"), icon="🖋️", document=sheet.document_id
        )
    is_first = sheet.document_id is None
    if not sheet.may_generate and not is_first:
        return
    refusal = say(sheet.generate_refusal) if sheet.generate_refusal else None
    st.caption(
        plain(refusal)
        if refusal
        else _("Georgian and English, PDF and Word, from what the session recorded.")
        if is_first
        else _("If something was added to the session since, a new revision is made.")
    )
    if sheet.may_generate and guarded_button(
        _("Make the minutes") if is_first else _("Make them anew"),
        refusal,
        key="commission.minutes",
        type="primary" if is_first and not refusal else "secondary",
        width="stretch",
    ):
        _generate(sheet, officer)


def _generate(sheet: SessionMinutes, officer: Officer) -> None:
    with messages.refusals(), st.spinner(_("The four files are being made …")):
        made = minutes.generate_minutes(number=sheet.session_number, by=officer)
        if made.revision == sheet.revision:
            messages.success(_("Nothing has changed: the minutes stay as they are."))
        else:
            text = _("Minutes {number}, revision {revision}, are made.")
            messages.success(text.format(number=made.number, revision=number(made.revision)))
        st.rerun()


def _files(sheet: SessionMinutes, officer: Officer) -> None:
    with st.container(horizontal=True):
        for file in sheet.files:
            st.download_button(
                f"{file.format.value.upper()} · {term_name('language', file.language)}",
                data=_content(sheet.session_number, file, officer),
                file_name=file.name,
                mime=MIME[file.format],
                on_click="ignore",
                key=f"commission.minutes.{file.language}.{file.format.value}",
            )


def _content(session_number: str, file: PaperFileName, officer: Officer) -> Callable[[], bytes]:
    """Reads the file at the click; outside a run, so it asks the service only."""
    language, form = file.language, FileFormat(file.format)

    def content() -> bytes:
        return minutes.download_minutes(
            number=session_number, language=language, form=form, by=officer
        ).content

    return content


def _extract(sheet: SessionExtract, officer: Officer) -> None:
    st.markdown("**" + _("Public extract") + "**")
    published = sheet.published
    if published and published.withdrawn_on:
        text = _("Withdrawn on {day}: {reason}")
        st.caption(
            plain(text.format(day=day(published.withdrawn_on), reason=published.withdrawal_reason))
        )
    elif published:
        text = _("Published on {day}, edition {edition}. Verification code {code}")
        st.caption(
            plain(
                text.format(
                    day=day(published.published_on),
                    edition=number(published.extract.edition),
                    code=published.code,
                )
            )
        )
        address = f"/public/decisions/{sheet.session_number}"
        st.link_button(_("What anybody reads"), address, icon="🌐", width="stretch")
        _withdraw(sheet, officer)
        return
    refusal = say(sheet.publish_refusal) if sheet.publish_refusal else None
    if not sheet.may_publish:
        if published is None:
            st.caption(_("Not published yet."))
        return
    st.caption(
        plain(refusal)
        if refusal
        else _("Counts by job without names; small numbers are held back. Anybody can read it.")
    )
    if guarded_button(_("Publish the extract"), refusal, key="commission.publish", width="stretch"):
        with messages.refusals():
            extracts.publish_extract(number=sheet.session_number, by=officer)
            messages.success(_("The extract is published: anybody can read it now."))
            st.rerun()


def _withdraw(sheet: SessionExtract, officer: Officer) -> None:
    if sheet.withdraw_refusal is not None:
        return
    with st.popover(_("Withdraw the extract"), width="stretch"):
        reason = st.text_area(
            _("Why it is withdrawn (published in its place)"),
            max_chars=500,
            key="commission.withdraw_reason",
        )
        if st.button(_("Withdraw"), key="commission.withdraw", width="stretch"):
            with messages.refusals():
                extracts.withdraw_extract(number=sheet.session_number, reason=reason, by=officer)
                messages.success(_("The extract is withdrawn; its reason stands in its place."))
                st.rerun()
