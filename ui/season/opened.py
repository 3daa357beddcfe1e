"""One vacancy of a plan: why positions stay empty, its people, and adopting it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from domain.records.officer import Officer
from domain.records.season import SeasonPerson, SeasonPlan, SeasonVacancy
from services import season
from services.texts import render
from ui import exports, layout, messages
from ui.buttons import guarded_button
from ui.language import _, label, language, moment, number, say, term_name
from ui.messages import plain
from ui.navigation import page_link
from ui.season.vacancies import state
from ui.tables import Column, table
from ui.vacancy.actions import refusal


def draw(plan: SeasonPlan, one: SeasonVacancy | None, officer: Officer) -> None:
    """The card beside the list."""
    if one is None:
        messages.empty(_("Choose a vacancy to see its people and to adopt the plan for it."))
        return
    layout.part(f"{plain(one.number)} · {plain(one.title_in(language()))}")
    st.caption(plain(_line(one)))
    for sentence in one.why_empty:
        st.markdown(f"▽ {plain(say(sentence))}")
    _warnings(one)
    people = season.list_planned_people(plan_id=plan.head.id, vacancy_number=one.number, by=officer)
    _adopt(plan, one, officer)
    _people(plan, one, people, officer)
    page_link("ranking", _("Open ranking"), icon="🏅", vacancy=one.number)


def _line(one: SeasonVacancy) -> str:
    parts = [
        term_name("country", one.country),
        _("{filled} of {positions} positions").format(
            filled=number(one.plan.filled), positions=number(one.positions)
        ),
        _("pass: {count}").format(count=number(one.eligible)),
        state(one),
    ]
    if one.taken:
        parts.insert(1, _("in the process before: {count}").format(count=number(one.taken)))
    return " · ".join(parts)


def _warnings(one: SeasonVacancy) -> None:
    if one.adopted_at is not None:
        text = _("Adopted {moment} by {officer}: {count} people preselected.")
        st.success(
            plain(
                text.format(
                    moment=moment(one.adopted_at),
                    officer=one.adopted_by.name(language()) if one.adopted_by else "–",
                    count=number(one.adopted_people),
                )
            )
        )
        return
    stale = []
    if one.is_changed:
        stale.append(_("The vacancy was changed, or is not open any more: make a new plan."))
    elif one.has_other_rules:
        stale.append(_("The ranking rules have changed since the plan was made: make a new plan."))
    if one.lost:
        text = _("Taken elsewhere or not available any more: {count}; they would be left out.")
        stale.append(text.format(count=number(one.lost)))
    if one.changed:
        text = _("Files changed since the plan: {count}; adopting ranks them anew.")
        stale.append(text.format(count=number(one.changed)))
    if stale:
        st.warning("  \n".join(plain(text) for text in stale))


def _adopt(plan: SeasonPlan, one: SeasonVacancy, officer: Officer) -> None:
    if one.adopted_at is not None or not one.people:
        return
    why_not = refusal(season.check_can_adopt, one, officer)
    reason = st.text_area(
        _("Reason, as the commission will read it"),
        value=render(season.adoption_reason(plan.head.id), language()),
        key=f"season.reason.{plan.head.id}.{one.number}.{language()}",
        disabled=why_not is not None,
        max_chars=500,
    )
    count = number(one.people - one.lost)
    st.caption(
        _(
            "{count} people are put on the shortlist in the making of this vacancy, positions "
            "first. Nobody is sent to the commission yet; each can be taken off again."
        ).format(count=count)
    )
    if guarded_button(_("Adopt for this vacancy"), why_not, key="season.adopt", type="primary"):
        with messages.refusals():
            done = season.adopt_vacancy(
                plan_id=plan.head.id, vacancy_number=one.number, reason=reason, by=officer
            )
            text = _("{count} people preselected for {vacancy}; left out: {left}.").format(
                count=number(len(done.taken)), vacancy=one.number, left=number(len(done.left_out))
            )
            left = [f"{each.external_id}: {say(each.why)}" for each in done.left_out[:3]]
            messages.success(
                " ".join([text, *left]), _("Open ranking"), "ranking", vacancy=one.number
            )
            st.rerun()


def _people(
    plan: SeasonPlan, one: SeasonVacancy, people: Sequence[SeasonPerson], officer: Officer
) -> None:
    table(
        people,
        [
            Column(_("Person"), lambda each: each.name(language()), width="medium"),
            Column(_("Score"), "score", "number", format="%.1f", width=70),
            Column(_("Why here"), lambda each: say(each.why), width="large"),
            Column(_("As"), lambda each: label(each.layer)),
            Column(_("Picking in turn"), lambda each: _in_turn(each, one)),
            Column(_("Now"), lambda each: label(each.state)),
            Column(_("File"), "external_id"),
        ],
        key=f"season.people.{plan.head.id}.{one.number}",
        empty=_("The plan has nobody for this vacancy."),
        alt=_("People of the plan for this vacancy, with score and reason"),
    )
    if people:
        _export(plan, one, people, officer)


def _in_turn(each: SeasonPerson, one: SeasonVacancy) -> str:
    if each.in_turn is None:
        return _("nowhere")
    return _("here") if each.in_turn == one.number else each.in_turn


def _export(
    plan: SeasonPlan, one: SeasonVacancy, people: Sequence[SeasonPerson], officer: Officer
) -> None:
    rows = [
        [
            each.external_id,
            each.name(language()),
            each.score,
            label(each.layer),
            say(each.why),
            _in_turn(each, one),
            label(each.state),
        ]
        for each in people
    ]
    headings = [
        _("File"),
        _("Person"),
        _("Score"),
        _("As"),
        _("Why here"),
        _("Picking in turn"),
        _("Now"),
    ]
    name = f"season-plan-{plan.head.id}-{one.number}"
    exports.download(name, headings, lambda: rows, key="season.export.people", by=officer)
