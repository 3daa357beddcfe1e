"""Sign-offs: asking for them, the translator's, the candidate's, and all that were given."""

from __future__ import annotations

import streamlit as st

from domain.enums import CvSigner, CvSignoffChannel, CvStatus
from domain.records.cvs import CvRecord, CvSignoff
from domain.records.officer import Officer
from services.cvs import approval, signing
from ui import layout, marks, messages
from ui.buttons import guarded_button
from ui.language import _, day, label, language, moment, say
from ui.messages import plain

LINK = "cv.link"


def draw(record: CvRecord, officer: Officer) -> None:
    """The three steps in their order, then the history."""
    st.caption(
        _(
            "A sign-off belongs to exactly this content. Translator and candidate both have to "
            "give it before the CV can be sent."
        )
    )
    _ask(record, officer)
    _translator(record, officer)
    _candidate(record, officer)
    _history(record)


def wish(record: CvRecord) -> None:
    """What the candidate wants changed, while the CV is in preparation because of it."""
    last = record.signoffs[0] if record.signoffs else None
    if last and not last.is_approved and record.status is CvStatus.DRAFT:
        text = _("The candidate wants a change: {wish}")
        st.warning(text.format(wish=plain(last.note or "–")))


def _given(record: CvRecord, signer: CvSigner) -> CvSignoff | None:
    found = (x for x in record.signoffs if x.signer is signer and x.is_current and x.is_approved)
    return next(found, None)


def _state(record: CvRecord, signer: CvSigner) -> None:
    given = _given(record, signer)
    if given is None:
        marks.show(marks.tag("▽ " + _("not signed off"), "short"))
    else:
        told = f"✓ {moment(given.signed_at)} · {label(given.channel)}"
        marks.show(marks.tag(told, "met"))


def _ask(record: CvRecord, officer: Officer) -> None:
    with st.container(border=True):
        layout.part(_("1. Is it whole?"))
        refusal = say(record.review_refusal) if record.review_refusal else None
        if refusal:
            st.caption(plain(refusal))
        if guarded_button(
            _("It is whole: ask for the sign-offs"),
            refusal,
            key="cv.ask",
            type="secondary" if refusal else "primary",
            width="stretch",
        ):
            with messages.refusals():
                signing.ask_for_signoffs(external_id=record.external_id, by=officer)
                messages.success(_("Translator and candidate can sign off now."))
                st.rerun()


def _translator(record: CvRecord, officer: Officer) -> None:
    with st.container(border=True):
        layout.part(_("2. Translator"))
        _state(record, CvSigner.TRANSLATOR)
        if _given(record, CvSigner.TRANSLATOR):
            return
        refusal = say(record.translator_refusal) if record.translator_refusal else None
        st.caption(_("You have read every text against its source, and the English is right."))
        if guarded_button(
            _("I sign the translation off"), refusal, key="cv.translator", width="stretch"
        ):
            with messages.refusals():
                signing.sign_as_translator(
                    external_id=record.external_id,
                    content_sha256=record.content_sha256,
                    by=officer,
                )
                messages.success(_("The translation is signed off."))
                st.rerun()


def _candidate(record: CvRecord, officer: Officer) -> None:
    with st.container(border=True):
        layout.part(_("3. Candidate"))
        _state(record, CvSigner.CANDIDATE)
        if _given(record, CvSigner.CANDIDATE):
            return
        refusal = say(record.candidate_refusal) if record.candidate_refusal else None
        st.caption(_("The candidate reads it on a phone by a personal link, or tells you."))
        if guarded_button(
            _("Send the personal link"), refusal, key="cv.link.send", width="stretch"
        ):
            with messages.refusals():
                made = approval.send_approval_link(external_id=record.external_id, by=officer)
                st.session_state[LINK] = (record.external_id, made)
        _new_link(record)
        if refusal is None:
            _heard(record, officer)


def _new_link(record: CvRecord) -> None:
    kept = st.session_state.get(LINK)
    if kept is None or kept[0] != record.external_id:
        return
    text = _("The message with the link waits in the outbox. It opens until {day}.")
    st.markdown(":green[✓] " + plain(text.format(day=day(kept[1].last_day))))
    st.caption(_("To hand it over yourself, copy it now: it is not shown again."))
    st.code(kept[1].address, language=None)


def _heard(record: CvRecord, officer: Officer) -> None:
    with st.expander(_("The candidate told me")), st.form("cv.heard", border=False):
        answers = [_("Everything is right"), _("Something has to be changed")]
        said = st.radio(_("What the candidate said"), range(2), format_func=answers.__getitem__)
        channels = list(signing.HEARD)
        names = [label(one) for one in channels]
        how = st.radio(_("How"), range(2), format_func=names.__getitem__, horizontal=True)
        note = st.text_area(_("What has to be changed?"), max_chars=signing.LONGEST_NOTE, height=80)
        if st.form_submit_button(_("Note the answer"), width="stretch"):
            _record(record, said == 0, channels[how], note, officer)


def _record(
    record: CvRecord, is_approved: bool, channel: CvSignoffChannel, note: str, officer: Officer
) -> None:
    with messages.refusals():
        signing.record_candidate_answer(
            external_id=record.external_id,
            content_sha256=record.content_sha256,
            is_approved=is_approved,
            channel=channel,
            note=note,
            by=officer,
        )
        messages.success(
            _("The candidate's approval is noted.")
            if is_approved
            else _("Noted: change the CV, then ask again.")
        )
        st.rerun()


def _history(record: CvRecord) -> None:
    if not record.signoffs:
        return
    layout.part(_("All answers"))
    for one in record.signoffs:
        sign = "✓" if one.is_approved else "✕"
        who = one.by(language())
        parts = [moment(one.signed_at), label(one.signer), label(one.channel)]
        parts += [who] if who else []
        if not one.is_current:
            parts.append(_("of an earlier content"))
        st.markdown(f"{sign} {plain(' · '.join(parts))}")
        if one.note:
            st.caption(f"“{plain(one.note)}”")
