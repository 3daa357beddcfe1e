"""The board of a vacancy: where each person stands, and what each one waits for."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from domain.enums import CandidacyStatus as C
from domain.records.sending import BoardPerson, SendingBoard
from services import clock
from ui import layout, marks
from ui.language import _, day, language, number, say
from ui.messages import plain
from ui.navigation import page_link
from ui.sending.words import LEFT, consent_chips, status_tag

COLUMNS: tuple[tuple[C, ...], ...] = (
    (C.APPROVED,),
    (C.SENT,),
    (C.RESERVE, C.EMPLOYER_RESERVE),
    (C.EMPLOYER_SELECTED,),
    (
        C.CONFIRMED,
        C.ORIENTATION,
        C.PERMIT_PENDING,
        C.PERMIT_GRANTED,
        C.DEPARTED,
        C.WORKING,
        C.RETURNED,
    ),
    tuple(LEFT),
)
SHOWN_AT_FIRST = 12
"""People of one column; the others open beneath."""


def draw(board: SendingBoard) -> None:
    """Six columns in two rows; on a phone one beneath another."""
    titles = (
        (_("Approved, to send"), _("Nobody waits to be sent.")),
        (_("Sent to the employer"), _("Nobody is with the employer without an answer.")),
        (_("Reserve"), _("The reserve is empty: nobody follows if somebody leaves.")),
        (_("Selected"), _("The employer has selected nobody who has yet to confirm.")),
        (_("Confirmed and on the way"), _("Nobody has confirmed yet.")),
        (_("Left"), _("Nobody has left.")),
    )
    for first in (0, 3):
        for column, place in zip(st.columns(3, gap="small"), range(first, first + 3), strict=True):
            people = [one for one in board.people if one.status in COLUMNS[place]]
            with column, st.container(border=True):
                title, empty = titles[place]
                layout.part(f"{title} · {number(len(people))}")
                _people(people, empty, place)


def _people(people: Sequence[BoardPerson], empty: str, place: int) -> None:
    if not people:
        st.caption(empty)
        return
    for one in people[:SHOWN_AT_FIRST]:
        _person(one, place)
    if len(people) > SHOWN_AT_FIRST:
        more = _("{count} more").format(count=number(len(people) - SHOWN_AT_FIRST))
        with st.expander(more):
            for one in people[SHOWN_AT_FIRST:]:
                _person(one, place)


def _person(one: BoardPerson, place: int) -> None:
    page_link("jobseeker", shown_name(one), jobseeker=one.external_id)
    marks.show(*chips(one, place > 2))
    for sentence in notes(one):
        st.caption(plain(sentence))


def shown_name(one: BoardPerson) -> str:
    """The name in the reader's script and the number, safe for a label."""
    names = (one.name_ka, one.name_lat) if language() == "ka" else (one.name_lat, one.name_ka)
    found = next((name for name in names if name), None)
    return plain(f"{found} · {one.external_id}" if found else one.external_id)


def chips(one: BoardPerson, with_status: bool) -> list[str]:
    """What is there and what is missing, each with sign, word and colour."""
    found = [status_tag(one.status)] if with_status or one.status is C.EMPLOYER_RESERVE else []
    if one.is_next:
        found.append(marks.tag("→ " + _("next in line"), "accent"))
    elif one.status is C.RESERVE and one.reserve_order:
        order = _("place {place} of the reserve").format(place=number(one.reserve_order))
        found.append(marks.tag(order))
    if one.status in (C.APPROVED, C.RESERVE):
        ready = one.cv_refusal is None
        found.append(
            marks.tag("✓ " + _("CV final"), "met")
            if ready
            else marks.tag("✕ " + _("CV not final"), "not_met")
        )
        found += consent_chips(one.employer_consent, one.country_consent)
        if one.held_elsewhere is not None:
            found.append(marks.tag("✕ " + _("held for another employer"), "not_met"))
    elif one.status is C.SENT:
        found.append(marks.tag("◐ " + _("held for this employer"), "partly"))
    since = _("since {day}").format(day=day(clock.day_of(one.since)))
    return [*found, marks.tag(since)]


def notes(one: BoardPerson) -> list[str]:
    """Sentences beneath the chips: what to do, and why somebody is where they are."""
    found = [say(sentence) for sentence in one.obstacles]
    if one.package and one.status is C.SENT:
        found.append(_("package {number}").format(number=one.package))
    if one.because is not None:
        found.append(_("Moved up: {reason}").format(reason=say(one.because)))
    if one.status in LEFT and one.reason:
        found.append(one.reason)
    return found
