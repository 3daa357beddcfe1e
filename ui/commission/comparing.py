"""Two to six candidates side by side, and what the recruiter changed against the rank."""

from __future__ import annotations

from html import escape

import streamlit as st

from domain.records.commission import BlindCandidate, Dossier, SeenRow
from domain.records.dossier import RankChange
from domain.values import PER_POINT
from ui import marks, requirements
from ui.commission import desk
from ui.commission.blindness import person_text
from ui.language import _, number, say
from ui.messages import plain

MOST, LEAST = 6, 2


def key_of(shortlist_id: int) -> str:
    """The widget that chooses who stands side by side."""
    return f"commission.compare.{shortlist_id}"


def is_open(shortlist_id: int) -> bool:
    """Whether candidates stand side by side now: the table then takes the ballot's column too."""
    return len(st.session_state.get(key_of(shortlist_id), ())) >= LEAST


def choose(dossier: Dossier) -> list[BlindCandidate]:
    """Who stands side by side: chosen one by one, or the first six at once."""
    numbers = [one.number for one in dossier.candidates]
    if len(numbers) < LEAST:
        return []
    key = key_of(dossier.shortlist_id)
    chosen = st.multiselect(
        _("Side by side (2 to 6 candidates)"),
        numbers,
        format_func=desk.named(numbers, desk.number_text),
        max_selections=MOST,
        key=key,
        placeholder=_("choose candidates"),
        select_all=False,
    )
    text = (
        _("All side by side")
        if len(numbers) <= MOST
        else _("The first {count} side by side").format(count=number(MOST))
    )
    with st.container(horizontal=True):
        st.button(
            text,
            key=f"{key}.all",
            on_click=_set,
            args=(key, numbers[:MOST]),
            disabled=chosen == numbers[:MOST],
        )
        if chosen:
            st.button(_("One by one"), key=f"{key}.none", on_click=_set, args=(key, []))
    shown = [one for one in dossier.candidates if one.number in chosen]
    return shown if len(shown) >= LEAST else []


def _set(key: str, numbers: list[int]) -> None:
    st.session_state[key] = numbers


def table(shown: list[BlindCandidate], dossier: Dossier) -> None:
    """A column for each candidate; on a phone the candidates stand beneath each requirement."""
    above: dict[str, list[str]] = {}
    if dossier.people:
        people = {one.candidacy_id: one for one in dossier.people}
        above[_("Person")] = [escape(person_text(people.get(one.candidacy_id))) for one in shown]
    above[_("Rank")] = [escape(number(one.rank)) for one in shown]
    above[_("Score, from worst to best case")] = [_score(one) for one in shown]
    above[_("Open questions")] = [_questions(one) for one in shown]
    if any(one.against_rank_reason or _change(one, dossier) for one in shown):
        above[_("Against the rank")] = [_against(one, dossier) for one in shown]
    above[_("My vote")] = [_vote(one, dossier) for one in shown]
    columns = {_heading(one): one.rows for one in shown}
    if st.toggle(_("Only where they differ"), key=f"{key_of(dossier.shortlist_id)}.differ"):
        columns = differing(columns)
    kind = f"compare beneath of{len(shown)}"
    st.html(requirements.side_by_side_html(columns, above, kind=kind))


def differing(columns: dict[str, tuple[SeenRow, ...]]) -> dict[str, tuple[SeenRow, ...]]:
    """Only the requirements in which these candidates are not alike."""
    seen: dict[tuple[str, str], list[object]] = {}
    for rows in columns.values():
        for row in rows:
            found = (row.status, say(row.has), row.points)
            seen.setdefault((row.criterion, say(row.asked)), []).append(found)
    alike = {
        key for key, found in seen.items() if len(found) == len(columns) and len(set(found)) == 1
    }
    return {
        name: tuple(row for row in rows if (row.criterion, say(row.asked)) not in alike)
        for name, rows in columns.items()
    }


def _heading(one: BlindCandidate) -> str:
    text = desk.number_text(one.number)
    return text if one.points is None else f"{text} · {number(round(one.points / PER_POINT))}"


def _score(one: BlindCandidate) -> str:
    if one.points is None:
        return escape(_("Not ranked."))
    score, low, high = (
        (value if value is not None else one.points) / PER_POINT
        for value in (one.points, one.low, one.high)
    )
    bar = marks.score_bar(score, low, high)
    if round(low) == round(high):
        return bar
    return f"{bar}<small>{escape(f'{number(round(low))} – {number(round(high))}')}</small>"


def _questions(one: BlindCandidate) -> str:
    return "<br>".join(escape(say(flag)) for flag in one.flags) or escape(_("none"))


def _change(one: BlindCandidate, dossier: Dossier) -> RankChange | None:
    changes = (c for c in dossier.rank_changes if c.candidacy_id == one.candidacy_id)
    return next(changes, None)


def _against(one: BlindCandidate, dossier: Dossier) -> str:
    change = _change(one, dossier)
    left_out = (
        _("ranked higher and left out: {count}").format(count=number(change.left_out))
        if change
        else ""
    )
    parts = (left_out, one.against_rank_reason)
    return "<br>".join(escape(part) for part in parts if part) or "–"


def _vote(one: BlindCandidate, dossier: Dossier) -> str:
    if one.is_withdrawn:
        return escape(_("withdrawn"))
    vote = desk.my_vote(dossier, one)
    return escape(desk.vote_text(vote)) if vote else "–"


def recruiter_changes(dossier: Dossier) -> None:
    """Who was put forward or taken off against the rank, how many were passed over, and why."""
    changes, taken_off = dossier.rank_changes, dossier.taken_off
    if not changes and not taken_off:
        st.caption(_("The recruiter followed the rank: nobody ranked higher was left out."))
        return
    lines = []
    for one in changes:
        lines.append(
            _(
                "**{candidate}** (rank {rank}): people ranked higher who are not on the list: "
                "{count}. Reason: {reason}"
            ).format(
                candidate=desk.number_text(one.number),
                rank=number(one.rank),
                count=number(one.left_out),
                reason=plain(one.reason) if one.reason else _("none written"),
            )
        )
    for off in taken_off:
        lines.append(
            _("Chosen first and taken off before sending (rank {rank}). Reason: {reason}").format(
                rank=number(off.rank) if off.rank else "–",
                reason=plain(off.reason) if off.reason else _("none written"),
            )
        )
    title = _("What the recruiter changed against the rank: {count}").format(
        count=number(len(lines))
    )
    with st.expander(title):
        st.markdown("\n".join(f"- {one}" for one in lines))
        st.caption(
            _(
                "Counted in the ranking from which the list was made. Whoever ranks higher may "
                "have been left out for a good reason: it stands beside the number."
            )
        )
