"""The route as a vertical line: who, what, on which file, and who is waited for."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

import streamlit as st

from domain.enums import StepStatus
from domain.records.signing import DocumentRecord, RouteStep
from ui import layout, marks, messages
from ui.language import _, label, language, moment, number
from ui.official_documents.words import DONE, SIGNS, TONES, acting, person, short_hash


def show(record: DocumentRecord) -> None:
    """The steps of the present file, and folded those of former ones."""
    layout.section(
        _("Route"),
        _(
            "Steps with one number run side by side. Without the mandatory endorsements of this "
            "very file nobody can sign it; an endorsement is not a signature."
        ),
    )
    if record.steps:
        st.html(_line(record.steps, record))
    else:
        messages.empty(_("There is no route yet. Lay it out by the template or add steps."))
    if record.former:
        with st.expander(_("On former files ({count})").format(count=number(len(record.former)))):
            st.caption(_("The file changed after these: they are kept and count no more."))
            st.html(_line(record.former, record))


def _line(steps: Sequence[RouteStep], record: DocumentRecord) -> str:
    groups = groupby(steps, key=lambda step: (step.round, step.place))
    rows = [
        f'<li><span class="place">{number(place)}</span><div class="steps">'
        + "".join(_step(step, record) for step in group)
        + "</div></li>"
        for (_round, place), group in groups
    ]
    return f'<ol class="route">{"".join(rows)}</ol>'


def _step(step: RouteStep, record: DocumentRecord) -> str:
    mark = _mark(step, record)
    who = escape(person(step.person))
    capacity = f" · {escape(label(step.capacity))}" if step.capacity else ""
    notes = "".join(f"<p>{escape(note)}</p>" for note in _notes(step, record))
    return (
        f'<div class="step {step.status.value}"><div><b>{escape(label(step.kind))}</b>{capacity} '
        f"{mark}</div><div>{who}</div>{notes}</div>"
    )


def _mark(step: RouteStep, record: DocumentRecord) -> str:
    """Colour, sign and word of where the step stands."""
    status = step.status
    word = _(DONE[step.kind]) if status is StepStatus.DONE else label(status)
    if status is StepStatus.ASKED and not record.may_act:
        status, word = StepStatus.WAITING, _("stopped by the return")
    return marks.tag(f"{SIGNS[status]} {word}", TONES[status])


def _notes(step: RouteStep, record: DocumentRecord) -> list[str]:
    notes = []
    if step.acted_by and step.acting_for:
        text = _("{name}, {acting}")
        notes.append(
            text.format(name=step.acted_by.name(language()), acting=acting(step.acting_for))
        )
    if step.acted_at and step.sha256:
        on = _("{moment}, on the file {hash}")
        notes.append(on.format(moment=moment(step.acted_at), hash=short_hash(step.sha256)))
        now = record.principal.sha256 if record.principal else None
        if step.status is StepStatus.DONE and step.sha256 != now:
            notes.append(_("! Another file than the present one: it does not count."))
    elif step.asked_at and step.status is StepStatus.ASKED and record.may_act:
        notes.append(_("asked {moment}").format(moment=moment(step.asked_at)))
    if step.remark:
        notes.append(f"„{step.remark}“")
    if step.absent:
        notes.append(_absent(step))
    return notes


def _absent(step: RouteStep) -> str:
    assert step.absent is not None
    if step.substitute:
        return _("Absent because of {reason}; {name} acts instead.").format(
            reason=label(step.absent.reason), name=step.substitute.name(language())
        )
    return _("Absent because of {reason}; nobody can act instead.").format(
        reason=label(step.absent.reason)
    )
