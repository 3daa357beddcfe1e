"""Editing a draft: the weights with a live sum, the other numbers, why and from when."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from domain.records.officer import Officer
from domain.records.policy import DraftForm, ParametersVersion, Policy
from matching.parameters import MOST, WEIGHTS, scale
from services import clock
from services.policy import drafts
from ui import forms, layout, messages
from ui.buttons import guarded_button
from ui.language import _, number, say, term_name
from ui.messages import plain
from ui.policy import listing, preview, shown

MET, SHORT = ":green[✓]", ":orange[▽]"


def edit(draft: ParametersVersion, policy: Policy, officer: Officer) -> None:
    """The whole editor of one's own draft."""
    with st.container(border=True):
        layout.part(_("Draft {version}").format(version=plain(draft.version)))
        form = _inputs(draft, policy.in_force)
        problems = drafts.find_draft_problems(form)
        for problem in problems:
            st.markdown(f"{SHORT} {plain(say(problem.sentence))}")
        is_saved = form == _form_of(draft)
        _actions(draft, form, officer, is_saved=is_saved, is_right=not problems)
    if is_saved and not problems:
        preview.panel(draft, officer)
    else:
        st.caption(_("The preview of whom it moves comes once the draft is right and saved."))


def _form_of(draft: ParametersVersion) -> DraftForm:
    return DraftForm(
        draft.valid_from,
        draft.reason,
        draft.reference,
        {each.name: each.value for each in draft.values},
    )


def _inputs(draft: ParametersVersion, now: ParametersVersion) -> DraftForm:
    key = f"weights.draft.{draft.version}.{draft.edition}"
    left, right = layout.list_and_detail()
    with left:
        entered = _weights(draft, key)
        with st.expander(_("The other numbers: credits, unknown facts, days, candidates")):
            entered |= _others(draft, now, key)
    with right:
        shares = {name.removeprefix("weight_"): entered[name] for name in WEIGHTS}
        shown.weights(shares, now.weights, key=f"{key}.chart")
        shown.legend(now.version)
        first_day = forms.date_input(
            _("First day on which it counts"),
            draft.valid_from,
            key=f"{key}.valid_from",
            earliest=min(clock.today(), draft.valid_from),
        )
        reason = st.text_area(
            _("Reason for this version"), draft.reason, key=f"{key}.reason", max_chars=500
        )
        reference = st.text_input(
            _("Legal reference (order, article)"),
            draft.reference,
            key=f"{key}.reference",
            max_chars=300,
        )
    return DraftForm(first_day or draft.valid_from, reason.strip(), reference.strip(), entered)


def _weights(draft: ParametersVersion, key: str) -> dict[str, Decimal]:
    entered = {}
    for name in WEIGHTS:
        criterion = name.removeprefix("weight_")
        percent = st.number_input(
            _("{criterion}, % of the score").format(criterion=shown.criterion(criterion)),
            0.0,
            100.0,
            float(draft.value(name) * 100),
            step=1.0,
            format="%.1f",
            key=f"{key}.{name}",
        )
        entered[name] = (Decimal(str(round(percent, 1))) / 100).normalize()
    total = sum(entered.values(), Decimal(0))
    if total == 1:
        all_given = _("The weights add up to 100 %.")
        st.markdown(f"{MET} {all_given}")
    else:
        text = (
            _("Together {total}: {rest} are still to be given.")
            if total < 1
            else _("Together {total}: {rest} too much.")
        )
        rest = shown.percent(abs(1 - total))
        st.markdown(f"{SHORT} {plain(text.format(total=shown.percent(total), rest=rest))}")
    return entered


def _others(draft: ParametersVersion, now: ParametersVersion, key: str) -> dict[str, Decimal]:
    entered = {}
    units = {each.name: each.unit for each in now.values}
    others = [each for each in draft.values if each.name not in WEIGHTS]
    columns: Sequence[Any] = ()
    for place, each in enumerate(others):
        is_whole = scale(each.name) == 1
        columns = columns if place % 2 else st.columns(2)
        with columns[place % 2]:
            value = st.number_input(
                f"{term_name('parameter', each.name)} ({_(units[each.name])})",
                min_value=0 if is_whole else 0.0,
                max_value=MOST.get(each.name, 1) if is_whole else float(MOST.get(each.name, 1)),
                value=int(each.value) if is_whole else float(each.value),
                step=1 if is_whole else 0.05,
                format="%d" if is_whole else "%.3f",
                key=f"{key}.{each.name}",
                help=_("In force: {value}").format(value=number(now.value(each.name))),
            )
        entered[each.name] = Decimal(str(round(float(value), 3))).normalize()
    return entered


def _actions(
    draft: ParametersVersion, form: DraftForm, officer: Officer, *, is_saved: bool, is_right: bool
) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        nothing = _("Nothing was changed since it was saved.") if is_saved else None
        save = guarded_button(
            _("Save the draft"),
            nothing,
            key="weights.save",
            type="secondary" if is_saved else "primary",
        )
        why_not = None if is_right else _("First put right what is named above.")
        why_not = why_not or (None if is_saved else _("Save first: there are unsaved changes."))
        propose = guarded_button(
            _("Propose for approval"),
            why_not,
            key="weights.propose",
            type="primary" if is_saved and is_right else "secondary",
        )
        discard = st.button(_("Throw the draft away"), key="weights.discard", type="tertiary")
    with messages.refusals():
        if save:
            saved = drafts.save_draft(
                version=draft.version, form=form, edition=draft.edition, by=officer
            )
            listing.open_version(saved.version)
            messages.success(_("The draft is saved."))
            st.rerun()
        if propose:
            drafts.propose_version(version=draft.version, by=officer)
            messages.success(
                _("Version {version} is proposed: a manager who did not make it decides.").format(
                    version=draft.version
                )
            )
            st.rerun()
        if discard:
            drafts.discard_draft(version=draft.version, by=officer)
            listing.open_version(None)
            messages.success(_("The draft is thrown away."))
            st.rerun()
