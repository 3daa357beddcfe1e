"""Where the letter is: divisions, their specialists, and who has how much in hand."""

from __future__ import annotations

from functools import partial

import streamlit as st

from domain.records.correspondence import DivisionShare, LetterRecord, Workload
from domain.records.officer import Officer
from services.correspondence import distribution
from ui import layout
from ui.correspondence.words import act, button, closed_way, names
from ui.language import _, language, moment, number, say
from ui.messages import plain


def draw(record: LetterRecord, officer: Officer) -> None:
    """Divisions that have it; beneath each its specialists."""
    if record.summary.number is None:
        return
    layout.section(_("Distribution"))
    if not record.shares:
        st.caption(_("No division has the letter."))
    loads = distribution.list_workloads(by=officer)
    for share in record.shares:
        with st.container(border=True, key=f"share_{share.division.id}"):
            _share(record, share, loads, officer)
    _distribute(record, officer)


def _share(
    record: LetterRecord,
    share: DivisionShare,
    loads: tuple[Workload, ...],
    officer: Officer,
) -> None:
    division = plain(share.division.name(language()))
    title = f"**{division}**  \n:small[:gray[{moment(share.distributed_at)}]]"
    st.markdown(title)
    st.markdown(
        _("Specialists: {names}").format(names=plain(names(share.specialists)))
        if share.specialists
        else _("No specialist has it yet.")
    )
    if share.refusals["assign"] is not None:
        st.caption(plain(say(share.refusals["assign"])))
        return
    _specialists(record, share, loads, officer)


def _specialists(
    record: LetterRecord,
    share: DivisionShare,
    loads: tuple[Workload, ...],
    officer: Officer,
) -> None:
    code = str(share.division.id)
    here = {int(one.officer.id): one for one in loads if code in one.departments}
    texts = {one: load_text(here[one]) for one in here}
    key = f"letter.assign.{record.summary.id}.{code}.{len(record.events)}"
    with st.expander(_("Specialists and return")):
        chosen = st.multiselect(
            _("Who works on it, with what they have in hand"),
            list(here),
            default=[int(one.id) for one in share.specialists if one.id in here],
            format_func=texts.__getitem__,
            key=key,
            placeholder=_("choose"),
            select_all=False,
        )
        reason = st.text_input(_("Reason"), key=f"{key}.reason", max_chars=500)
        st.caption(_("A reason is needed to take it from somebody and to return it."))
        with st.container(horizontal=True):
            if button(_("Save"), None, key=f"{key}.save", primary=True):
                act(
                    _("Saved: they see the letter now."),
                    partial(
                        distribution.assign_letter,
                        letter_id=record.summary.id,
                        department=code,
                        officer_ids=chosen,
                        reason=reason,
                        by=officer,
                    ),
                )
            if button(
                _("Return: not for this division"), share.refusals["return"], key=f"{key}.return"
            ):
                act(
                    _("The letter is returned."),
                    partial(
                        distribution.return_letter,
                        letter_id=record.summary.id,
                        department=code,
                        reason=reason,
                        by=officer,
                    ),
                )


def load_text(load: Workload) -> str:
    """Name and workload, as in "N. N. · 3 letters, 1 overdue"."""
    text = _("{name} · letters: {letters}, due soon: {due}, overdue: {overdue}")
    return text.format(
        name=load.officer.name(language()),
        letters=number(load.letters),
        due=number(load.due),
        overdue=number(load.overdue),
    )


def _distribute(record: LetterRecord, officer: Officer) -> None:
    refusal = record.refusals["distribute"]
    have = {share.division.id for share in record.shares}
    known = distribution.list_divisions(by=officer)
    options = {one.code: one.name(language()) for one in known if one.code not in have}
    if refusal is not None:
        closed_way(record, _("Distribute to a division"), refusal, key="letter.distribute.off")
        return
    if not options:
        return
    with st.expander(_("Distribute to a division"), expanded=not record.shares):
        key = f"letter.distribute.{record.summary.id}.{len(record.events)}"
        chosen = st.multiselect(
            _("Divisions"),
            list(options),
            format_func=options.__getitem__,
            key=key,
            placeholder=_("choose"),
            select_all=False,
        )
        remark = st.text_input(_("Remark"), key=f"{key}.remark", max_chars=500)
        if button(_("Distribute"), None, key=f"{key}.save", primary=True):
            act(
                _("Distributed: the heads of the divisions see it now."),
                partial(
                    distribution.distribute_letter,
                    letter_id=record.summary.id,
                    departments=chosen,
                    remark=remark,
                    by=officer,
                ),
            )
