"""The wizard: what can be done with an incident now, in the order in which it is done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from domain.enums import FileFormat, Harm, IncidentStatus
from domain.records.incidents import IncidentRecord
from domain.records.officer import Officer
from services import clock
from services.incidents import handling, notifying, people
from services.incidents.rules import authority_on
from services.permissions import Permission, can
from services.refusals import refusal
from services.texts import LANGUAGES
from ui import forms, layout, messages
from ui.buttons import guarded_button
from ui.incidents import describing
from ui.language import _, language, moment, say
from ui.messages import plain


def draw(record: IncidentRecord, officer: Officer) -> None:
    """Six steps; the one that is next stands open."""
    layout.section(_("Steps"))
    if not can(officer, Permission.INCIDENTS_HANDLE):
        st.caption(_("The data protection officer and administrators work on incidents."))
        return
    if record.summary.status is IncidentStatus.CLOSED:
        _reopen(record, officer)
        return
    if record.summary.status is IncidentStatus.OPEN:
        _take(record, officer)
    is_next = _next(record)
    for number, (title, part) in enumerate(PARTS, 1):
        with st.expander(f"{number}. {_(title)}", expanded=number == is_next):
            part(record, officer)


def _next(record: IncidentRecord) -> int:
    one = record.summary
    if one.status is IncidentStatus.OPEN:
        return 0
    if one.is_breach is None:
        return 1
    if one.is_breach and not record.form.measures:
        return 2
    if one.is_breach and one.notified_at is None and one.harm is not Harm.LEAST_LIKELY:
        return 3
    return 5 if one.status is IncidentStatus.IN_WORK else 6


def _key(record: IncidentRecord, name: str) -> str:
    """Of this incident alone: what is typed for one never stands in another's form."""
    return f"incident.{record.summary.number}.{name}"


def _why_not(record: IncidentRecord, officer: Officer) -> str | None:
    why = refusal(handling.check_can_work, record.summary, officer)
    return say(why) if why else None


def done(text: str, act: Callable[[], object]) -> None:
    """Do it and say so; a refusal stays where it was asked."""
    with messages.refusals():
        act()
        messages.success(text)
        st.rerun()


def _take(record: IncidentRecord, officer: Officer) -> None:
    number = record.summary.number
    why = refusal(handling.check_can_take, record.summary, officer)
    if guarded_button(
        _("Begin with this incident"),
        say(why) if why else None,
        key=_key(record, "take"),
        type="primary",
        width="stretch",
    ):
        done(
            _("The incident is yours. Say next whether personal data were reached."),
            lambda: handling.take_incident(number=number, by=officer),
        )


def _assess(record: IncidentRecord, officer: Officer) -> None:
    one = record.summary
    st.caption(
        _(
            "If personal data were seen, changed or lost without right, the authority is told "
            "within 72 hours, unless significant harm to people is least likely."
        )
    )
    answer = st.radio(
        _("Were personal data reached?"),
        [True, False],
        index=None if one.is_breach is None else int(not one.is_breach),
        format_func=lambda is_breach: _("Yes") if is_breach else _("No"),
        horizontal=True,
        key=_key(record, "breach"),
    )
    harm = None
    if answer:
        harm = forms.choose_member(
            _("Significant harm to people"), Harm, key=_key(record, "harm"), value=one.harm
        )
    reason = st.text_area(
        _("Why so"), record.harm_reason or "", key=_key(record, "why"), max_chars=4000
    )
    why = _why_not(record, officer) or (_("Answer the question first.") if answer is None else None)
    if guarded_button(_("Keep the assessment"), why, key=_key(record, "assess"), width="stretch"):
        done(
            _("The assessment stands."),
            lambda: handling.assess_incident(
                number=one.number, is_breach=bool(answer), harm=harm, reason=reason, by=officer
            ),
        )


def _describe(record: IncidentRecord, officer: Officer) -> None:
    describing.draw(record, officer, _why_not(record, officer), done)


def _notify(record: IncidentRecord, officer: Officer) -> None:
    number, authority = record.summary.number, authority_on(clock.today())
    st.caption(
        _("To: {authority}. What is not known yet may follow in further parts.").format(
            authority=plain(authority.name(language()))
        )
    )
    for sent in record.notifications:
        st.markdown(
            _("✓ Part {part} was sent on {moment}").format(
                part=sent.part, moment=plain(moment(sent.sent_at))
            )
        )
        _papers(number, sent.part, officer)
    why = refusal(notifying.check_can_notify, record, officer)
    layout.part(_("Next part: {part}").format(part=len(record.notifications) + 1))
    _papers(number, None, officer)
    reference = st.text_input(
        _("Number of the letter, or theirs"), key=_key(record, "reference"), max_chars=100
    )
    late = ""
    if record.summary.notified_at is None and clock.now() > record.summary.notify_until:
        late = st.text_area(_("Why later than 72 hours"), key=_key(record, "late"), max_chars=2000)
    if guarded_button(
        _("It was sent: keep it so"),
        say(why) if why else None,
        key=_key(record, "notify"),
        width="stretch",
    ):
        done(
            _("The notification is kept as it was sent; the clock stands."),
            lambda: notifying.notify_authority(
                number=number, reference=reference, late_reason=late, by=officer
            ),
        )


def _papers(number: str, part: int | None, officer: Officer) -> None:
    with st.container(horizontal=True):
        for code in LANGUAGES:
            for form in (FileFormat.PDF, FileFormat.DOCX):
                st.download_button(
                    f"{LANGUAGES[code]} · {form.value.upper()}",
                    partial(_paper, number, part, code, form, officer),
                    file_name=f"{number}-{part or 'draft'}-{code}.{form.value}",
                    key=f"incident.{number}.paper.{part}.{code}.{form.value}",
                    on_click="ignore",
                    icon="📄",
                )


def _paper(number: str, part: int | None, code: str, form: FileFormat, officer: Officer) -> bytes:
    return notifying.make_notice(number=number, part=part, language=code, form=form, by=officer)[1]


def _people(record: IncidentRecord, officer: Officer) -> None:
    number = record.summary.number
    st.caption(
        _("Named: {named}, told: {told}.").format(
            named=record.people_named, told=record.people_told
        )
    )
    pasted = st.text_area(
        _("Numbers of files, one a line"), key=_key(record, "people"), placeholder="JS-2026-00001"
    )
    if guarded_button(
        _("Add these people"), _why_not(record, officer), key=_key(record, "name"), width="stretch"
    ):
        wanted = people.file_numbers(pasted)
        done(
            _("They are named."),
            lambda: people.name_people(number=number, external_ids=wanted, by=officer),
        )
    text = st.text_area(
        _("What happened, and what they can do"), key=_key(record, "tell"), max_chars=people.LONGEST
    )
    why = refusal(people.check_can_tell, record, officer)
    if guarded_button(
        _("Tell everybody who waits"),
        say(why) if why else None,
        key=_key(record, "tell.go"),
        width="stretch",
    ):
        done(
            _("A message to each of them is queued."),
            lambda: people.tell_people(number=number, text=text, by=officer),
        )


def _contain(record: IncidentRecord, officer: Officer) -> None:
    number = record.summary.number
    note = st.text_area(_("What was done or found"), key=_key(record, "note"), max_chars=4000)
    why = _why_not(record, officer)
    with st.container(horizontal=True):
        if guarded_button(_("Write it down"), why, key=_key(record, "note.save")):
            done(
                _("It stands in the story."),
                lambda: handling.note_incident(number=number, note=note, by=officer),
            )
        if record.summary.status is IncidentStatus.IN_WORK and guarded_button(
            _("It does not go on any more"), why, key=_key(record, "contain")
        ):
            done(
                _("Contained. Close it when what is left is done."),
                lambda: handling.contain_incident(number=number, note=note, by=officer),
            )


def _close(record: IncidentRecord, officer: Officer) -> None:
    number = record.summary.number
    lesson = st.text_area(
        _("What is done so that it does not happen again"),
        key=_key(record, "lesson"),
        max_chars=4000,
    )
    why = refusal(handling.check_can_close, record.summary, officer)
    if guarded_button(
        _("Close the incident"),
        say(why) if why else None,
        key=_key(record, "close"),
        width="stretch",
    ):
        done(
            _("Closed. It stays on the register."),
            lambda: handling.close_incident(number=number, lesson=lesson, by=officer),
        )


def _reopen(record: IncidentRecord, officer: Officer) -> None:
    number = record.summary.number
    note = st.text_area(
        _("Why it is opened again"), key=_key(record, "reopen.note"), max_chars=1000
    )
    why = refusal(handling.check_can_reopen, record.summary, officer)
    if guarded_button(
        _("Open it again"), say(why) if why else None, key=_key(record, "reopen"), width="stretch"
    ):
        done(
            _("Open again."),
            lambda: handling.reopen_incident(number=number, note=note, by=officer),
        )


PARTS = (
    (describing.ASSESS, _assess),
    (describing.DESCRIBE, _describe),
    (describing.NOTIFY, _notify),
    (describing.PEOPLE, _people),
    (describing.CONTAIN, _contain),
    (describing.CLOSE, _close),
)
