"""What is entered of a letter: a new one, a draft, a correction."""

from __future__ import annotations

from typing import Any

import streamlit as st

from domain.enums import LetterChannel, LetterDirection, LetterKind
from domain.records.correspondence import LetterForm, LetterRecord
from domain.records.officer import Officer
from services import clock
from services.correspondence import distribution, register
from services.correspondence.terms import due_day, term_in_words
from services.drafts.keeping import DraftOf
from ui import conflict, forms, layout, messages
from ui.correspondence.words import field_labels, keep
from ui.drafts import Drafts
from ui.language import _, day, label, say
from ui.navigation import open_page

ROUND = "correspondence.round"


def new_letter(officer: Officer, answered: LetterRecord | None = None) -> None:
    """Take in a letter (registry) or write a draft (everybody)."""
    is_registrar = any(
        one.is_registry and officer.id in {member.id for member in one.members}
        for one in distribution.list_divisions(by=officer)
    )
    title = _("New letter") if is_registrar else _("New draft")
    if answered is not None:
        title = _("Write an answer")
    key = f"correspondence.new.{st.session_state.setdefault(ROUND, 0)}"
    name = "letter.new"
    if answered is not None:
        key = name = f"letter.answer.{answered.summary.id}"
    drafts = Drafts(DraftOf(name), key, officer)
    with st.expander(title, expanded=drafts.begun() is not None):
        drafts.offer()
        direction = _direction(is_registrar and answered is None, key)
        form = _inputs(direction, None, key, answered)
        drafts.keep()
        if direction is not LetterDirection.INCOMING:
            st.caption(
                _(
                    "A draft has no number yet: attach its text, send it for endorsement; once it "
                    "is signed the registry gives the number."
                )
            )
        done = _("Register") if direction is LetterDirection.INCOMING else _("Save the draft")
        if st.button(done, type="primary", key=f"{key}.save"):
            with messages.refusals(field_labels()):
                _save(form, drafts, officer)


def _direction(may_register: bool, key: str) -> LetterDirection:
    options = [
        one for one in LetterDirection if may_register or one is not LetterDirection.INCOMING
    ]
    names = {one: label(one) for one in options}
    chosen = st.segmented_control(
        _("Direction"),
        options,
        default=options[0],
        format_func=names.__getitem__,
        key=f"{key}.direction",
        required=True,
    )
    return chosen or options[0]


def _save(form: LetterForm, drafts: Drafts, officer: Officer) -> None:
    if form.direction is LetterDirection.INCOMING:
        made = register.register_letter(form=form, by=officer)
        drafts.sent()
        said = _("Registered under the number {number}.").format(number=made.summary.number)
        st.session_state[ROUND] += 1
        next_step = _("Open the letter")
        messages.success(said, next_step, "letter", letter=made.summary.id)
        st.rerun()
    made = register.draft_letter(form=form, by=officer)
    drafts.sent()
    messages.success(_("The draft is saved. Attach its text next."))
    open_page("letter", letter=made.summary.id)


def edit(record: LetterRecord, officer: Officer) -> None:
    """Change a draft or correct the register; the number stays."""
    if record.refusals["edit"] is not None:
        return
    is_draft = record.summary.number is None
    direction, number = record.form.direction, record.summary.id

    def draw(form: LetterForm, key: str) -> LetterForm | None:
        typed = _inputs(direction, form, key, None)
        return typed if st.button(_("Save"), type="primary", key=f"{key}.save") else None

    def save(form: LetterForm, version: int) -> None:
        keep(register.save_letter(letter_id=number, form=form, version=version, by=officer))

    with (
        st.expander(_("Change the draft") if is_draft else _("Correct the entry")),
        messages.refusals(field_labels()),
    ):
        if conflict.edit(
            f"letter.edit.{number}",
            record.form,
            record.version,
            draw=draw,
            act=save,
            labels=field_labels(),
        ):
            messages.success(_("Saved; the number stays.") if not is_draft else _("Saved."))
            st.rerun()


def _inputs(
    direction: LetterDirection,
    form: LetterForm | None,
    key: str,
    answered: LetterRecord | None,
) -> LetterForm:
    known = form or _begun(direction, answered)
    kind = _kind(known, key)
    subject = st.text_input(_("Subject"), known.subject, key=f"{key}.subject", max_chars=300)
    sides = _sides(known, key)
    days = _days(direction, kind, known, key)
    text = st.text_area(
        _("Content in short"), known.text or "", key=f"{key}.text", max_chars=20_000
    )
    return LetterForm(
        direction=direction,
        kind=kind,
        subject=subject,
        text=text,
        reply_to_id=known.reply_to_id,
        **sides,
        **days,
        **_links(known, key),
    )


def _sides(known: LetterForm, key: str) -> dict[str, Any]:
    left, right = st.columns(2)
    return {
        "organisation": left.text_input(
            _("Organisation"), known.organisation or "", key=f"{key}.organisation", max_chars=300
        ),
        "person": right.text_input(
            _("Person"), known.person or "", key=f"{key}.person", max_chars=200
        ),
    }


def _days(
    direction: LetterDirection, kind: LetterKind, known: LetterForm, key: str
) -> dict[str, Any]:
    """When it came or went, what the other side wrote on it, and by when it has to be answered."""
    left, right = st.columns(2)
    is_incoming, today = direction is LetterDirection.INCOMING, clock.today()
    with left:
        title = _("Received on") if is_incoming else _("Date")
        dated_on = forms.date_input(title, known.dated_on, key=f"{key}.dated_on", latest=today)
        their_number = st.text_input(
            _("Their number"), known.their_number or "", key=f"{key}.their_number", max_chars=60
        )
    with right:
        channel = forms.choose_member(
            _("Channel"), LetterChannel, key=f"{key}.channel", value=known.channel
        )
        their_date = forms.date_input(
            _("Their date"), known.their_date, key=f"{key}.their_date", latest=today
        )
    due_on = forms.date_input(_("Answer by"), known.due_on, key=f"{key}.due_on")
    if direction is not LetterDirection.OUTGOING:
        start = dated_on or today
        usual = _("If the field stays empty: {day}.").format(day=day(due_day(kind, start)))
        st.caption(f"{messages.plain(say(term_in_words(kind, start)))} {usual}")
    return {
        "dated_on": dated_on,
        "their_number": their_number,
        "channel": channel,
        "their_date": their_date,
        "due_on": due_on,
    }


def _links(known: LetterForm, key: str) -> dict[str, Any]:
    layout.part(_("Belongs to"))
    one, two, three = st.columns(3)
    vacancy = one.text_input(
        _("Vacancy (number)"), known.vacancy or "", key=f"{key}.vacancy", max_chars=30
    )
    session = two.text_input(
        _("Session (number)"), known.session or "", key=f"{key}.session", max_chars=30
    )
    candidacy = three.number_input(
        _("Candidacy (number)"),
        min_value=1,
        value=known.candidacy_id,
        step=1,
        key=f"{key}.candidacy",
        placeholder="–",
    )
    return {
        "vacancy": vacancy.strip() or None,
        "session": session.strip() or None,
        "candidacy_id": int(candidacy) if candidacy else None,
    }


def _kind(known: LetterForm, key: str) -> LetterKind:
    kinds = forms.choose_member(_("Kind"), LetterKind, key=f"{key}.kind", value=known.kind)
    return kinds or known.kind


def _begun(direction: LetterDirection, answered: LetterRecord | None) -> LetterForm:
    """What is known of a new letter: of an answer, whom it answers."""
    is_internal = direction is LetterDirection.INTERNAL
    kind = LetterKind.MEMO if is_internal else LetterKind.LETTER
    today = clock.today() if direction is LetterDirection.INCOMING else None
    if answered is None:
        return LetterForm(direction, kind, "", dated_on=today)
    before = answered.form
    subject = _("Answer: {subject}").format(subject=before.subject)
    return LetterForm(
        direction,
        kind,
        subject[:300],
        organisation=before.organisation,
        person=before.person,
        channel=before.channel,
        vacancy=before.vacancy,
        session=before.session,
        candidacy_id=before.candidacy_id,
        reply_to_id=answered.summary.id,
    )
