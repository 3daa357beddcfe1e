"""Who sits, who is there, whether the quorum holds: kept fresh while others come and vote."""

from __future__ import annotations

from html import escape

import streamlit as st

from domain.enums import OrganisationKind, SessionStatus
from domain.records.commission import AgendaItem, SessionMember, SessionRecord
from domain.records.officer import Officer
from services import commission
from services.permissions import Permission, can
from ui import marks, messages, session
from ui.commission.agenda import progress
from ui.commission.desk import named, person_text
from ui.language import _, label, language, number, say, term_name
from ui.messages import plain

EVERY = "4s"


def live_strip(record: SessionRecord, item: AgendaItem | None) -> None:
    """Quorum and progress; looks again every few seconds until the session is closed."""
    every = None if record.status is SessionStatus.CLOSED else EVERY
    st.fragment(_strip, run_every=every)(
        record.number, item.shortlist_id if item else None, _fingerprint(record)
    )


def _fingerprint(record: SessionRecord) -> tuple[object, ...]:
    """What makes the whole screen worth drawing again when it changes."""
    items = [(one.shortlist_id, one.decided_at, one.close_refusal is None) for one in record.items]
    return (
        record.status,
        record.lifted is None,
        record.open_refusal is None,
        record.i_attend,
        tuple(items),
    )


def _strip(session_number: str, shortlist_id: int | None, before: tuple[object, ...]) -> None:
    officer = session.current_officer()
    if officer is None:
        st.rerun()
    record = commission.get_session(number=session_number, by=officer)
    if _fingerprint(record) != before:
        st.rerun()
    item = next((one for one in record.items if one.shortlist_id == shortlist_id), None)
    quorum = item.quorum if item and not item.decided_at else record.quorum
    if record.status is SessionStatus.CLOSED:
        return
    tags = [
        marks.tag(
            f"{'✓' if quorum.holds else '✕'} {say(quorum.sentence)}",
            "met" if quorum.holds else "not_met",
        )
    ]
    tags += [kind_tag(kind, kind in record.quorum.kinds_present) for kind in seated(record)]
    if item and not item.decided_at:
        if record.status is SessionStatus.OPEN:
            tags.append(marks.tag(progress(item)))
        if item.recused:
            tags.append(marks.tag(_("recused: {count}").format(count=item.recused), "partly"))
    marks.show(*tags)


def seated(record: SessionRecord) -> list[OrganisationKind]:
    """The kinds of organisation that have a seat in this session."""
    kinds = {member.organisation_kind for member in record.members}
    return [kind for kind in OrganisationKind if kind in kinds]


def kind_tag(kind: OrganisationKind, is_present: bool) -> str:
    """A kind of organisation, present or awaited."""
    return marks.tag(
        f"{'✓' if is_present else '○'} {label(kind)}", "met" if is_present else "quiet"
    )


def show(record: SessionRecord, officer: Officer) -> None:
    """The members with their organisations; the reader's own attendance, the chair's list."""
    is_planned = record.status is SessionStatus.PLANNED
    title = _("Members: {present} of {all} present").format(
        present=number(record.quorum.present), all=number(len(record.members))
    )
    with st.expander(title, expanded=is_planned):
        lines = "".join(_line(member) for member in record.members)
        st.html(f'<div class="requirements"><table><tbody>{lines}</tbody></table></div>')
        if record.status is SessionStatus.CLOSED:
            return
        if record.i_attend:
            own_attendance(record, officer)
        if record.i_am_chair:
            _attendance_list(record, officer)
    if is_planned and can(officer, Permission.SESSIONS_PLAN):
        _change_members(record, officer)


def _line(member: SessionMember) -> str:
    sign = "✓" if member.attended_at else "○"
    name = member.name(language()) + (" · " + _("chair") if member.is_chair else "")
    organisation = escape(term_name("organisation", member.organisation_code), quote=True)
    kind = escape(label(member.organisation_kind))
    return (
        f'<tr title="{organisation}"><td>{sign}</td><td>{escape(name)}<br><small>{kind}</small>'
        "</td></tr>"
    )


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
    st.caption(_("The chair marks who is there:"))
    for member in record.members:
        is_present = member.attended_at is not None
        key = f"commission.present.{member.officer_id}.{is_present}"
        marked = st.checkbox(plain(member.name(language())), value=is_present, key=key)
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
        before = {m.officer_id for m in record.members if not m.is_chair}
        people = {p.officer_id: p for p in commission.list_possible_members(by=officer)}
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
