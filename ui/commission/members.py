"""Who sits, who is there, whether the quorum holds: kept fresh while others come and vote."""

from __future__ import annotations

from html import escape

import streamlit as st

from domain.enums import OrganisationKind, SeatRole, SessionStatus
from domain.records.commission import AgendaItem, SessionMember, SessionRecord
from domain.records.officer import Officer
from services import commission
from ui import marks, messages, session
from ui.commission.agenda import progress
from ui.commission.desk import named, person_text
from ui.language import _, label, language, number, say, term_name
from ui.messages import plain

EVERY = "4s"
OVER = (SessionStatus.CLOSED, SessionStatus.CANCELLED)


def live_strip(record: SessionRecord, item: AgendaItem | None) -> None:
    """Quorum and progress; looks again every few seconds until the session is closed."""
    every = None if record.status in OVER else EVERY
    st.fragment(_strip, run_every=every)(
        record.number, item.shortlist_id if item else None, _fingerprint(record)
    )


def _fingerprint(record: SessionRecord) -> tuple[object, ...]:
    """What makes the whole screen worth drawing again when it changes."""
    items = [
        (one.shortlist_id, one.decided_at, one.close_refusal is None, one.vote_refusal)
        for one in record.items
    ]
    steps = (
        record.lifted is None,
        record.open_refusal,
        record.voting_refusal,
        record.close_refusal,
    )
    return record.status, record.presiding_id, steps, record.i_attend, tuple(items)


def _strip(session_number: str, shortlist_id: int | None, before: tuple[object, ...]) -> None:
    officer = session.current_officer()
    if officer is None:
        st.rerun()
    record = commission.get_session(number=session_number, by=officer)
    if _fingerprint(record) != before:
        st.rerun()
    item = next((one for one in record.items if one.shortlist_id == shortlist_id), None)
    quorum = item.quorum if item and not item.decided_at else record.quorum
    if record.status in OVER:
        return
    is_voting = record.status is SessionStatus.VOTING
    is_stopped = is_voting and not record.quorum.holds
    quorum = quorum if is_voting and not is_stopped else record.quorum
    tags = [
        marks.tag(
            f"{'✓' if quorum.holds else '✕'} {say(quorum.sentence)}",
            "met" if quorum.holds else "not_met",
        )
    ]
    if is_stopped:
        tags.append(marks.tag(_("votes and count wait until the quorum holds"), "not_met"))
    tags += [kind_tag(record, kind) for kind in seated(record)]
    if item and not item.decided_at:
        if record.status is SessionStatus.VOTING:
            tags.append(marks.tag(progress(item)))
        if item.recused:
            tags.append(marks.tag(_("recused: {count}").format(count=item.recused), "partly"))
    marks.show(*tags)


def seated(record: SessionRecord) -> list[OrganisationKind]:
    """The kinds of organisation that have a seat in this session."""
    kinds = {member.organisation_kind for member in record.members}
    return [kind for kind in OrganisationKind if kind in kinds]


def kind_tag(record: SessionRecord, kind: OrganisationKind) -> str:
    """A kind of organisation: present, awaited, or missing although the rules name it."""
    if kind in record.quorum.kinds_present:
        return marks.tag(f"✓ {label(kind)}", "met")
    if kind in record.quorum.kinds_missing:
        return marks.tag(f"✕ {label(kind)}", "not_met")
    return marks.tag(f"○ {label(kind)}", "quiet")


def show(record: SessionRecord, officer: Officer) -> None:
    """The members with their organisations; the reader's own attendance, the chair's list."""
    is_planned = record.status is SessionStatus.PLANNED
    title = _("Members: {present} of {all} present").format(
        present=number(record.quorum.present), all=number(record.quorum.members)
    )
    with st.expander(title, expanded=is_planned):
        if record.status not in OVER and record.agenda_refusal is None:
            _attendance_list(record, officer)
        else:
            lines = "".join(_line(record, member) for member in record.members)
            st.html(f'<div class="requirements"><table><tbody>{lines}</tbody></table></div>')
        if record.status in OVER:
            return
        if record.i_attend:
            own_attendance(record, officer)
    if record.plan_refusal is None and record.commission_code is not None:
        _change_members(record, officer)


def _line(record: SessionRecord, member: SessionMember) -> str:
    sign = "✓" if member.attended_at else "○"
    name = member.name(language())
    if member.role is not SeatRole.MEMBER:
        name += " · " + label(member.role)
    organisation = escape(term_name("organisation", member.organisation_code), quote=True)
    return (
        f'<tr title="{organisation}"><td>{sign}</td><td>{escape(name)}<br>'
        f"<small>{escape(' · '.join(_facts(record, member)))}</small></td></tr>"
    )


def _facts(record: SessionRecord, member: SessionMember) -> list[str]:
    """What stands under the name: the kind of organisation, then notes."""
    return [label(member.organisation_kind), *_notes(record, member)]


def _notes(record: SessionRecord, member: SessionMember) -> list[str]:
    """For whom a substitute sits and whether it counts, who chairs, what was answered."""
    notes = []
    names = {one.officer_id: one.name(language()) for one in record.members}
    if member.substitute_for_id is not None:
        whom = names.get(member.substitute_for_id, _("a member who is not invited"))
        counts = _("votes now") if member.has_vote and member.attended_at else _("does not count")
        notes += [_("substitute of {member}").format(member=whom), counts]
    elif not member.role.votes:
        notes.append(_("no vote"))
    if member.is_chair and record.presiding_id != record.chair_id:
        notes.append(_("chairs now"))
    if member.answer and record.status is SessionStatus.PLANNED:
        notes.append(_("answered: {answer}").format(answer=label(member.answer)))
    return notes


def own_attendance(record: SessionRecord, officer: Officer) -> None:
    """The member's own word on being there or leaving."""
    text = _("I am leaving") if record.i_attend else _("I attend")
    if st.button(
        text,
        key="commission.attend",
        type="tertiary" if record.i_attend else "primary",
        width="stretch",
    ):
        with messages.refusals():
            commission.mark_attendance(
                number=record.number,
                officer_id=officer.id,
                is_present=not record.i_attend,
                by=officer,
            )
            st.rerun()


def _attendance_list(record: SessionRecord, officer: Officer) -> None:
    st.caption(_("The chair or the secretary marks who is there:"))
    for member in record.members:
        is_present = member.attended_at is not None
        key = f"commission.present.{member.officer_id}.{is_present}"
        with st.container(gap=None):
            marked = st.checkbox(plain(member.name(language())), value=is_present, key=key)
            role = [] if member.role is SeatRole.MEMBER else [label(member.role)]
            st.caption(plain(" · ".join([*role, *_facts(record, member)])))
        if marked != is_present:
            with messages.refusals():
                commission.mark_attendance(
                    number=record.number,
                    officer_id=member.officer_id,
                    is_present=marked,
                    by=officer,
                )
                st.rerun()


def _change_members(record: SessionRecord, officer: Officer) -> None:
    with st.expander(_("Change members")), st.form("commission.members", border=False):
        before = {m.officer_id for m in record.members if m.officer_id != record.chair_id}
        seated = commission.list_seated(number=record.number, by=officer)
        people = {person.officer_id: person for person in seated}
        chosen = st.multiselect(
            _("Members besides the chair"),
            [one for one in people if one != record.chair_id],
            default=[one for one in people if one in before],
            format_func=named(people, lambda one: person_text(people[one])),
            placeholder=_("choose or type"),
            select_all=False,
        )
        if st.form_submit_button(_("Save members")):
            with messages.refusals():
                for one in sorted(set(chosen) - before):
                    commission.add_member(number=record.number, officer_id=one, by=officer)
                for one in sorted(before - set(chosen)):
                    commission.remove_member(number=record.number, officer_id=one, by=officer)
                st.rerun()
