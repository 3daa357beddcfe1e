"""Who read the letter, and everything that happened with it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from domain.records.correspondence import LetterEvent, LetterRecord, Reader
from domain.records.officer import Officer
from services.correspondence import distribution
from services.correspondence import readers as use_cases
from ui import layout
from ui.correspondence.words import act, button, closed_way, name
from ui.language import _, day, label, language, moment, number
from ui.messages import plain


def readers(record: LetterRecord, officer: Officer) -> None:
    """Read receipts and the acquaintance list."""
    with st.container(border=True, key="letter_readers"):
        layout.part(_("Who read it"))
        for reader in record.readers:
            st.markdown(_line(reader))
        refusal = record.refusals["circulate"]
        if refusal is not None:
            closed_way(record, _("Ask somebody to read it"), refusal, key="letter.circulate.off")
            return
        known = distribution.list_divisions(by=officer)
        asked = {one.officer.id for one in record.readers if one.asked_at}
        people = {
            int(member.id): member.name(language())
            for division in known
            for member in division.members
            if member.id not in asked
        }
        key = f"letter.circulate.{record.summary.id}.{len(record.events)}"
        chosen = st.multiselect(
            _("Ask to read and confirm"),
            list(people),
            format_func=people.__getitem__,
            key=key,
            placeholder=_("choose"),
            select_all=False,
        )
        if chosen and button(_("Send to read"), None, key=f"{key}.save"):
            act(
                _("Sent: they are asked to confirm."),
                partial(
                    use_cases.ask_to_read,
                    letter_id=record.summary.id,
                    officer_ids=chosen,
                    by=officer,
                ),
            )


def _line(reader: Reader) -> str:
    who = plain(name(reader.officer))
    if reader.acquainted_at:
        state = "✓ " + _("confirmed {when}").format(when=moment(reader.acquainted_at))
    elif reader.asked_at and not reader.first_opened_at:
        state = "○ " + _("asked {when}, not opened yet").format(when=moment(reader.asked_at))
    elif reader.asked_at:
        state = "◐ " + _("opened {when}, not confirmed").format(when=moment(reader.first_opened_at))
    else:
        state = _("opened {when}").format(when=moment(reader.first_opened_at))
    return f"{who}  \n:small[:gray[{plain(state)}]]"


def draw(record: LetterRecord) -> None:
    """The chain, the last step first."""
    with st.expander(_("History: {count}").format(count=number(len(record.events)))):
        for event in reversed(record.events):
            st.markdown(_event(event))


def _event(event: LetterEvent) -> str:
    concerned = [name(one) for one in (event.department, event.officer) if one is not None]
    if event.due_on is not None:
        concerned.append(_("until {day}").format(day=day(event.due_on)))
    text = f"**{plain(label(event.step))}**"
    if concerned:
        text += ": " + plain(", ".join(concerned))
    if event.note:
        text += f"  \n{plain(event.note)}"
    return f"{text}  \n:small[:gray[{moment(event.happened_at)} · {plain(name(event.by))}]]"
