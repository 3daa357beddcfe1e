"""A person's consents: what is asked, in its own words; what was given; what a withdrawal stops."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from domain.enums import ConsentMethod, ConsentPurpose
from domain.records.consents import ConsentNeeded, ConsentRecord, ConsentText
from domain.records.jobseeker import JobseekerRecord
from domain.records.officer import Officer
from services.consents import consents
from services.official_documents.attachments import checked_file
from services.permissions import Permission, can
from ui import layout, marks, messages
from ui.buttons import guarded_button
from ui.language import _, day, label, moment, say, term_name
from ui.messages import plain


def draw_tab(file: JobseekerRecord, officer: Officer) -> None:
    """On the person's file."""
    draw(file.external_id, officer)


def draw(external_id: str, officer: Officer) -> None:
    """What is needed now first; then what was given, and the rest that may be asked."""
    st.caption(
        _(
            "Each purpose is asked by itself, in its own words. Saying no limits nothing else; "
            "what was given can be taken back at any time, and ends at once what it allowed."
        )
    )
    given = consents.list_consents(external_id=external_id, by=officer)
    may_record = can(officer, Permission.CONSENTS_RECORD)
    if may_record:
        _needed(external_id, officer)
    layout.section(_("Given and withdrawn"))
    if not given:
        messages.empty(_("This person has not been asked for any consent yet."))
    for one in given:
        _given(one, may_record, officer)
    if may_record:
        _general(external_id, given, officer)


def _needed(external_id: str, officer: Officer) -> None:
    needed = consents.list_needed(external_id=external_id, by=officer)
    if not needed:
        return
    layout.section(
        _("Needed to send the CV"),
        _("Without both, the CV stays here. Read each text out, or let the person read it."),
    )
    for one in needed:
        _ask(external_id, one.purpose, one, officer)


def _general(external_id: str, given: Sequence[ConsentRecord], officer: Officer) -> None:
    valid = {one.purpose for one in given if one.is_valid}
    with st.expander(_("Other purposes")):
        st.caption(_("Only if there is a reason to ask."))
        for purpose in consents.GENERAL:
            if purpose not in valid:
                _ask(external_id, purpose, None, officer)


def _ask(
    external_id: str, purpose: ConsentPurpose, needed: ConsentNeeded | None, officer: Officer
) -> None:
    employer_id = needed.employer_id if needed else None
    country = needed.country if needed else None
    key = f"consents.{purpose.value}.{employer_id or ''}.{country or ''}"
    text = consents.get_consent_text(
        purpose=purpose, employer_id=employer_id, country=country, by=officer
    )
    with st.container(border=True):
        layout.part(_title(purpose, needed.employer if needed else None, country))
        if needed:
            st.caption(_("for vacancy {number}").format(number=needed.vacancy))
        spoken = st.segmented_control(
            _("Language of the text"),
            ["ka", "en"],
            default="ka",
            format_func=lambda code: term_name("language", code),
            key=f"{key}.language",
        )
        reader = spoken or "ka"
        st.markdown("> " + plain(text.of(reader)))
        st.caption(_("Version of the text: {version}").format(version=plain(text.version)))
        _record(external_id, text, reader, key, employer_id, country, officer)


def _record(
    external_id: str,
    text: ConsentText,
    reader: str,
    key: str,
    employer_id: int | None,
    country: str | None,
    officer: Officer,
) -> None:
    method = st.selectbox(
        _("How the person agreed"),
        list(ConsentMethod),
        index=None,
        format_func=label,
        key=f"{key}.method",
        placeholder=_("Choose"),
    )
    paper = None
    if method is ConsentMethod.SIGNED_PAPER:
        paper = st.file_uploader(
            _("The signed paper (PDF, JPG or PNG)"), type=["pdf", "jpg", "png"], key=f"{key}.paper"
        )
    agreed = st.checkbox(_("The person has read or heard this text and agrees"), key=f"{key}.yes")
    said = _missing(method, agreed, has_paper=paper is not None)
    if guarded_button(_("Record the consent"), said, key=f"{key}.record", type="primary"):
        assert method is not None
        with messages.refusals():
            consents.give_consent(
                external_id=external_id,
                purpose=text.purpose,
                method=method,
                text=text,
                language=reader,
                employer_id=employer_id,
                country=country,
                paper=checked_file(name=paper.name, content=paper.getvalue()) if paper else None,
                by=officer,
            )
            messages.success(_("The consent is recorded."))
            st.rerun()


def _missing(method: ConsentMethod | None, agreed: bool, *, has_paper: bool) -> str | None:
    if method is None:
        return _("Choose how the person agreed.")
    if method is ConsentMethod.SIGNED_PAPER and not has_paper:
        return _("Attach the signed paper.")
    return None if agreed else _("Tick that the person agrees.")


def _title(purpose: ConsentPurpose, employer: str | None, country: str | None) -> str:
    about = employer or (term_name("country", country) if country else None)
    return plain(f"{label(purpose)}: {about}" if about else label(purpose))


def _given(one: ConsentRecord, may_record: bool, officer: Officer) -> None:
    with st.container(border=True):
        layout.part(_title(one.purpose, one.employer, one.country))
        marks.show(_standing(one), marks.tag(label(one.method)))
        st.caption(
            _("Given {moment}, text {version} in {language}.").format(
                moment=moment(one.given_at),
                version=one.text_version,
                language=term_name("language", one.text_language),
            )
        )
        if one.withdrawn_at is not None:
            st.caption(
                _("Withdrawn {moment} ({how}). What that stopped:").format(
                    moment=moment(one.withdrawn_at), how=label(one.withdrawn_how)
                )
            )
            st.markdown("\n".join(f"- {plain(say(sentence))}" for sentence in one.effect))
        elif may_record:
            _withdraw(one, officer)


def _standing(one: ConsentRecord) -> str:
    if one.withdrawn_at is not None:
        return marks.tag("✕ " + _("withdrawn"), "not_met")
    if not one.is_valid:
        return marks.tag("▽ " + _("ran out on {day}").format(day=day(one.valid_until)), "short")
    if one.valid_until is None:
        return marks.tag("✓ " + _("valid"), "met")
    return marks.tag("✓ " + _("valid until {day}").format(day=day(one.valid_until)), "met")


def _withdraw(one: ConsentRecord, officer: Officer) -> None:
    with st.popover(_("Withdraw")):
        st.caption(
            _(
                "Takes effect at once: links stop showing this CV, the files are made anew without "
                "it, and the person is free for other employers. It can't be undone; the person "
                "can agree again."
            )
        )
        how = st.selectbox(
            _("How the person said so"),
            list(ConsentMethod),
            index=None,
            format_func=label,
            key=f"consents.how.{one.id}",
            placeholder=_("Choose"),
        )
        said = None if how else _("Choose how the person said so.")
        title = _("Withdraw the consent")
        if guarded_button(title, said, key=f"consents.withdraw.{one.id}", type="primary"):
            assert how is not None
            with messages.refusals():
                consents.withdraw_consent(consent_id=one.id, how=how, by=officer)
                messages.success(_("Withdrawn. What that stopped stands beneath the consent."))
                st.rerun()
