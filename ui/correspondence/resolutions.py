"""Resolutions on a letter: how they stand, what the executor and the head can do."""

from __future__ import annotations

from functools import partial

import streamlit as st

from domain.enums import ExtensionStatus, ResolutionStatus
from domain.records.correspondence import LetterRecord, Resolution
from domain.records.officer import Officer
from services import clock
from services.correspondence import distribution, resolutions
from services.correspondence.terms import usual_day
from services.correspondence.working_days import add_working_days, next_working_day
from ui import forms, layout, marks
from ui.correspondence.distribution import load_text
from ui.correspondence.words import act, button, closed_way, days_left, light_chip, name, names
from ui.language import _, day, label, moment
from ui.messages import plain


def draw(record: LetterRecord, officer: Officer) -> None:
    """All resolutions, then a new one."""
    if record.summary.number is None:
        return
    layout.section(_("Resolutions"))
    if not record.resolutions:
        st.caption(_("There is no resolution on it yet."))
    for resolution in record.resolutions:
        with st.container(border=True, key=f"resolution_{resolution.id}"):
            _resolution(record, resolution, officer)
    _new(record, officer)


def _resolution(record: LetterRecord, resolution: Resolution, officer: Officer) -> None:
    chips = [light_chip(resolution.state), marks.tag(label(resolution.status))]
    if resolution.is_controlled:
        chips.append(marks.tag("⚑ " + _("under control"), "short"))
    marks.show(*chips)
    st.markdown(f"**{plain(resolution.text)}**")
    is_open = resolution.status is ResolutionStatus.OPEN
    until = day(resolution.due_on) + (f" · {days_left(resolution)}" if is_open else "")
    layout.facts(
        {
            _("Responsible"): name(resolution.responsible),
            **(
                {_("Co-executors"): names(resolution.co_executors)}
                if resolution.co_executors
                else {}
            ),
            _("Until"): until,
            _(
                "Resolution by"
            ): f"{name(resolution.resolved_by)} · {moment(resolution.resolved_at)}",
            **({_("Report"): resolution.report} if resolution.report else {}),
            **({_("Remark"): resolution.remark} if resolution.remark else {}),
        }
    )
    _extensions(resolution)
    if resolution.status in (ResolutionStatus.OPEN, ResolutionStatus.REPORTED):
        _acts(record, resolution, officer)


def _extensions(resolution: Resolution) -> None:
    for one in resolution.extensions:
        text = _("Later deadline {wanted} instead of {before}: {status}. Reason: {reason}").format(
            wanted=day(one.wanted_on),
            before=day(one.before_on),
            status=label(one.status),
            reason=plain(one.reason),
        )
        if one.answer:
            text += " " + _("Answer: {answer}").format(answer=plain(one.answer))
        sign = "◐ " if one.status is ExtensionStatus.ASKED else ""
        st.caption(f"{sign}{text} ({plain(name(one.asked_by))})")


def _acts(record: LetterRecord, resolution: Resolution, officer: Officer) -> None:
    """The executor's acts, then the head's; where none is open, one line says why."""
    key = f"letter.resolution.{resolution.id}.{len(record.events)}"
    target = {"letter_id": record.summary.id, "resolution_id": resolution.id}
    refusals = resolution.refusals
    if refusals["report"] is None or refusals["extend"] is None:
        _executor(resolution, key, target, officer)
    if refusals["cancel"] is None:
        _head(resolution, key, target, officer)
    if refusals["report"] is not None and refusals["cancel"] is not None:
        with st.container(horizontal=True):
            button(_("Report on execution"), refusals["report"], key=f"{key}.report.off")
            button(_("Accept"), refusals["accept"], key=f"{key}.accept.off")


def _executor(resolution: Resolution, key: str, target: dict[str, int], officer: Officer) -> None:
    with st.expander(_("Report on execution")):
        report = st.text_area(_("What was done"), key=f"{key}.report", max_chars=4000)
        if button(
            _("Report"), resolution.refusals["report"], key=f"{key}.report.save", primary=True
        ):
            act(
                _("Reported: the head accepts it or sends it back."),
                partial(resolutions.report_execution, **target, report=report, by=officer),
            )
    with st.expander(_("Ask for a later deadline")):
        earliest = next_working_day(add_working_days(max(resolution.due_on, clock.today()), 1))
        wanted = forms.date_input(
            _("New day"), earliest, key=f"{key}.wanted", earliest=clock.today()
        )
        reason = st.text_area(_("Reason"), key=f"{key}.reason", max_chars=1000)
        refusal = resolution.refusals["extend"]
        if button(_("Ask"), refusal, key=f"{key}.extend", primary=True) and wanted:
            act(
                _("Asked: the head answers."),
                partial(
                    resolutions.ask_extension, **target, wanted_on=wanted, reason=reason, by=officer
                ),
            )


def _head(resolution: Resolution, key: str, target: dict[str, int], officer: Officer) -> None:
    refusals = resolution.refusals
    words = st.text_input(_("Remark or reason"), key=f"{key}.remark", max_chars=1000)
    with st.container(horizontal=True):
        if refusals["answer"] is None:
            if button(_("Grant the later day"), None, key=f"{key}.grant", primary=True):
                act(
                    _("The deadline is extended."),
                    partial(
                        resolutions.answer_extension,
                        **target,
                        is_approved=True,
                        answer=words,
                        by=officer,
                    ),
                )
            if button(_("Refuse the later day"), None, key=f"{key}.refuse"):
                act(
                    _("The deadline stays."),
                    partial(
                        resolutions.answer_extension,
                        **target,
                        is_approved=False,
                        answer=words,
                        by=officer,
                    ),
                )
        can_accept = refusals["accept"] is None
        if button(_("Accept"), refusals["accept"], key=f"{key}.accept", primary=can_accept):
            act(
                _("Accepted: it is done."),
                partial(resolutions.accept_report, **target, by=officer),
            )
        if button(_("Return the report"), refusals["accept"], key=f"{key}.back"):
            act(
                _("Returned: the executor sees the remark."),
                partial(resolutions.return_report, **target, remark=words, by=officer),
            )
        if button(_("Cancel the resolution"), refusals["cancel"], key=f"{key}.cancel"):
            act(
                _("The resolution is cancelled."),
                partial(resolutions.cancel_resolution, **target, reason=words, by=officer),
            )


def _new(record: LetterRecord, officer: Officer) -> None:
    refusal = record.refusals["resolve"]
    if refusal is not None:
        closed_way(record, _("Give a resolution"), refusal, key="letter.resolve.off")
        return
    today = clock.today()
    wanted = record.summary.due_on
    usual = wanted if wanted and wanted >= today else usual_day(today)
    key = f"letter.resolve.{record.summary.id}.{len(record.events)}"
    with st.expander(_("Give a resolution"), expanded=not record.resolutions):
        text = st.text_area(_("What is to be done"), key=f"{key}.text", max_chars=2000)
        responsible, others = _executors(record, key, officer)
        due_on = forms.date_input(_("Until"), usual, key=f"{key}.due", earliest=today)
        st.caption(_("A working day in Georgia: holidays and weekends are refused."))
        controlled = st.checkbox(_("Under control"), key=f"{key}.control")
        is_whole = responsible is not None and due_on is not None
        if (
            st.button(
                _("Give the resolution"),
                type="primary",
                key=f"{key}.save",
                disabled=not is_whole,
                help=None if is_whole else _("Choose the responsible executor and the day."),
            )
            and responsible is not None
            and due_on is not None
        ):
            act(
                _("The resolution is given: the executors see it now."),
                partial(
                    resolutions.give_resolution,
                    letter_id=record.summary.id,
                    text=text,
                    responsible_id=responsible,
                    co_executor_ids=others,
                    due_on=due_on,
                    is_controlled=controlled,
                    by=officer,
                ),
            )


def _executors(record: LetterRecord, key: str, officer: Officer) -> tuple[int | None, list[int]]:
    """Who is responsible and who helps, of the divisions that have the letter."""
    codes = {share.division.id for share in record.shares}
    loads = [one for one in distribution.list_workloads(by=officer) if codes & set(one.departments)]
    texts = {int(one.officer.id): load_text(one) for one in loads}
    responsible = st.selectbox(
        _("Responsible executor, with what everybody has in hand"),
        list(texts),
        index=None,
        format_func=texts.__getitem__,
        key=f"{key}.responsible",
        placeholder=_("choose"),
    )
    others = st.multiselect(
        _("Co-executors"),
        [one for one in texts if one != responsible],
        format_func=texts.__getitem__,
        key=f"{key}.others",
        placeholder=_("choose"),
        select_all=False,
    )
    return responsible, others
