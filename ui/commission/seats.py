"""Who has a seat in a commission: members, substitutes, secretary, observers; giving and ending."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from domain.enums import SeatRole
from domain.records.commission import PossibleMember
from domain.records.commissions import CommissionRecord, Seat, SeatForm
from domain.records.officer import Officer
from services import clock, commission
from ui import forms, layout, messages, requirements
from ui.commission.desk import named, person_text
from ui.commission.register import term
from ui.language import _, label, language, number, say, term_name

ROLES = list(SeatRole)


def show(record: CommissionRecord, officer: Officer) -> None:
    """Seats of today, those to come and ended ones; below, changes for who may make them."""
    today = clock.today()
    held = [seat for seat in record.seats if seat.is_held(today)]
    coming = [seat for seat in record.seats if seat.seated_from > today]
    ended = [seat for seat in record.seats if seat not in held and seat not in coming]
    layout.section(
        _("Seats"),
        _(
            "Chair, deputies and members vote and count for the quorum; a substitute only while "
            "the member is absent; secretary and observers never."
        ),
    )
    if held:
        _table(record, held)
    else:
        messages.empty(_("Nobody has a seat yet. Seat the chair first, then the members."))
    if coming:
        layout.part(_("Seats to come"))
        _table(record, coming)
    if ended:
        with st.expander(_("Ended seats ({count})").format(count=number(len(ended)))):
            _table(record, ended)
    _give(record, [*held, *coming], officer)
    _end(record, [*held, *coming], officer)


def _table(record: CommissionRecord, seats: Sequence[Seat]) -> None:
    names = {seat.id: seat.name(language()) for seat in record.seats}
    body = ""
    for seat in sorted(seats, key=_order):
        role = label(seat.role)
        if seat.substitute_for_id is not None:
            role = _("substitute of {member}").format(member=names[seat.substitute_for_id])
        organisation = term_name("organisation", seat.organisation_code)
        facts = f"{label(seat.organisation_kind)} · {term(seat.seated_from, seat.seated_until)}"
        # Two columns, so that a phone shows the term too.
        body += (
            f'<tr><th scope="row">{escape(seat.name(language()))}<br><small>{escape(role)}</small>'
            f"</th><td>{escape(organisation)}<br><small>{escape(facts)}</small></td></tr>"
        )
    requirements.draw((_("Name"), _("Organisation")), body)


def _order(seat: Seat) -> tuple[int, bool, str, int]:
    of_its_own = seat.substitute_for_id is not None
    return ROLES.index(seat.role), of_its_own, seat.organisation_kind.value, seat.id


def _give(record: CommissionRecord, seats: Sequence[Seat], officer: Officer) -> None:
    if not record.i_may_found:
        return
    with st.expander(_("Give a seat"), expanded=not seats):
        people = {one.officer_id: one for one in commission.list_possible_members(by=officer)}
        taken = {seat.officer_id for seat in seats}
        free = [one for one in people if one not in taken]
        if not free:
            st.caption(_("Everybody who can take a seat has one. An administrator adds officers."))
            return
        with st.form("commissions.seat", border=False, clear_on_submit=False):
            wanted = _seat_inputs(record, people, free, seats)
            if not st.form_submit_button(_("Give the seat"), type="primary"):
                return
        with messages.refusals():
            commission.seat_officer(code=record.code, form=wanted, by=officer)
            messages.success(_("The seat is given."))
            st.rerun()


def _seat_inputs(
    record: CommissionRecord,
    people: dict[int, PossibleMember],
    free: list[int],
    seats: Sequence[Seat],
) -> SeatForm:
    who = st.selectbox(
        _("Officer"),
        free,
        format_func=named(free, lambda one: person_text(people[one])),
        key="commissions.seat.who",
    )
    role = st.selectbox(
        _("Seat"),
        ROLES,
        index=ROLES.index(SeatRole.MEMBER),
        format_func=named(ROLES, label),
        key="commissions.seat.role",
    )
    own = {one.id: one for one in seats if one.role.votes and one.substitute_for_id is None}
    choices = [0, *own]
    whom = st.selectbox(
        _("In place of (only for a substitute)"),
        choices,
        format_func=named(choices, lambda one: _seat_text(own.get(one))),
        key="commissions.seat.whom",
    )
    left, right = st.columns(2)
    first = max(clock.today(), record.term_from)
    with left:
        begins = forms.date_input(_("First day in the seat"), first, key="commissions.seat.from")
    with right:
        ends = forms.date_input(_("Last day (empty: without an end)"), key="commissions.seat.until")
    return SeatForm(who, SeatRole(role), begins or first, ends, whom or None)


def _seat_text(seat: Seat | None) -> str:
    if seat is None:
        return _("nobody: a seat of their own")
    return f"{seat.name(language())} · {label(seat.organisation_kind)}"


def _end(record: CommissionRecord, seats: Sequence[Seat], officer: Officer) -> None:
    possible = {seat.id: seat for seat in seats}
    if not record.i_may_found or not possible:
        return
    with st.expander(_("End a seat")):
        chosen = st.selectbox(
            _("Seat"),
            list(possible),
            format_func=named(possible, lambda one: _seat_text(possible[one])),
            key="commissions.end.seat",
        )
        last_day: date | None = forms.date_input(
            _("Last day"), clock.today(), key="commissions.end.day", earliest=clock.today()
        )
        refusal = possible[chosen].end_refusal
        said = say(refusal) if refusal else None
        st.caption(said or _("Substitutes of the seat end with it. Held sessions stay as held."))
        if st.button(_("End the seat"), disabled=refusal is not None, help=said):
            with messages.refusals():
                commission.end_seat(
                    code=record.code,
                    seat_id=chosen,
                    last_day=last_day or clock.today(),
                    by=officer,
                )
                messages.success(_("The seat has a last day."))
                st.rerun()
