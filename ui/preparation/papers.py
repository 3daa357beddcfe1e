"""The checklist of one person's papers, and one of them to be written down."""

from __future__ import annotations

import streamlit as st

from domain.enums import PermitPaperState, PermitStatus
from domain.records.officer import Officer
from domain.records.preparation import PackPaper, PaperForm, PaperRecord, PreparationRecord
from services.permissions import Permission, can
from services.preparation.permit_papers import record_paper
from services.preparation.permits import open_permit_file
from ui import conflict, forms, layout, marks, messages
from ui.buttons import guarded_button
from ui.language import _, day, label, language, number, say
from ui.messages import plain
from ui.preparation.words import due, paper_standing
from ui.tables import Column, table

TABLE = "preparation.papers"


def draw(file: PreparationRecord, officer: Officer) -> None:
    """Every paper with who brings it, until when, and whether it lasts."""
    layout.section(_("Papers"), _rule(file))
    if file.permit is None:
        _not_opened(file, officer)
        return
    papers = {one.rule.code: one for one in file.permit.papers}
    chosen = table(
        list(papers.values()),
        [
            Column(_("Paper"), lambda one: one.rule.name(language()), pinned=True, width="medium"),
            Column(_("Standing"), paper_standing),
            Column(_("Due"), due, help=_("Counted back from the planned departure.")),
            Column(_("Needed"), _needed),
            Column(_("Brought by"), lambda one: label(one.rule.brought_by)),
            Column(_("Valid until"), lambda one: day(one.valid_until)),
            Column(_("Says who"), lambda one: _source(one.rule)),
        ],
        key=f"{TABLE}.{file.candidacy_id}",
        selection="single",
        row_id=lambda one: one.rule.code,
        alt=_("Papers of this person; select one to write down where it stands"),
    )
    if chosen:
        _edit(file, papers[chosen[0]], officer)
    else:
        messages.empty(_("Choose a paper to write down its number, dates and state."))


def _rule(file: PreparationRecord) -> str:
    return _(
        "Due days are counted back from the planned departure. A passport must be valid {months} "
        "months after the planned return."
    ).format(months=number(file.passport_months))


def _not_opened(file: PreparationRecord, officer: Officer) -> None:
    pack = file.pack
    with st.container(border=True):
        st.markdown(
            _(
                "The checklist has {count} papers. Opening the file takes over what is known."
            ).format(count=number(len(pack.papers)))
        )
        why_not = say(file.open_refusal) if file.open_refusal else None
        if guarded_button(
            _("Open the file for the visa or permit"),
            why_not,
            key="preparation.open",
            type="primary",
            width="stretch",
        ):
            with messages.refusals():
                open_permit_file(candidacy_id=file.candidacy_id, by=officer)
                messages.success(_("The file is open. Ask for what is missing."))
                st.rerun()
        with st.expander(_("Which papers these are, and who says so")):
            for paper in pack.papers:
                st.markdown(f"- {plain(paper.name(language()))} · {plain(_source(paper))}")


def _needed(one: PaperRecord) -> str:
    if not one.rule.is_mandatory:
        return _("desirable")
    return _("mandatory, for the application") if one.rule.for_application else _("mandatory")


def _source(paper: PackPaper) -> str:
    return paper.source or label(paper.standing)


def _edit(file: PreparationRecord, one: PaperRecord, officer: Officer) -> None:
    uploads: list[tuple[str, bytes]] = []

    def draw(form: PaperForm, key: str) -> PaperForm | None:
        return _form(file, one, form, key, uploads, officer)

    def act(form: PaperForm, version: int) -> None:
        record_paper(
            candidacy_id=file.candidacy_id,
            code=one.rule.code,
            form=form,
            version=version,
            upload=uploads[0] if uploads else None,
            by=officer,
        )

    saved = PaperForm(one.state, one.number, one.issued_on, one.valid_until, one.note)
    with messages.refusals():
        if conflict.edit(
            f"{TABLE}.{file.candidacy_id}.{one.rule.code}",
            saved,
            one.version,
            draw=draw,
            act=act,
            labels=_labels(),
        ):
            messages.success(_("The paper is written down."))
            st.rerun()


def _labels() -> dict[str, str]:
    return {
        "state": _("Standing"),
        "number": _("Number"),
        "issued_on": _("Issued on"),
        "valid_until": _("Valid until"),
        "note": _("Note"),
    }


def _form(
    file: PreparationRecord,
    one: PaperRecord,
    form: PaperForm,
    key: str,
    uploads: list[tuple[str, bytes]],
    officer: Officer,
) -> PaperForm | None:
    """The fields; what stands in them once the officer saves."""
    is_closed = file.permit is None or file.permit.status in (
        PermitStatus.REFUSED,
        PermitStatus.CANCELLED,
    )
    is_locked = is_closed or not can(officer, Permission.PREPARATION_EDIT)
    is_locked = is_locked or file.plan_refusal is not None
    with st.form(key, border=True):
        layout.part(plain(one.rule.name(language())))
        if one.problem is not None:
            marks.show(marks.tag(f"▽ {say(one.problem)}", "short"))
        state = forms.choose_member(
            _("Standing"),
            PermitPaperState,
            key=f"{key}.state",
            value=form.state,
            disabled=is_locked,
        )
        paper_number = st.text_input(
            _("Number"), form.number or "", key=f"{key}.number", max_chars=60, disabled=is_locked
        )
        first, second = st.columns(2)
        with first:
            issued = forms.date_input(
                _("Issued on"), form.issued_on, key=f"{key}.issued", disabled=is_locked
            )
        with second:
            until = forms.date_input(
                _("Valid until"), form.valid_until, key=f"{key}.until", disabled=is_locked
            )
        note = st.text_input(
            _("Note"), form.note or "", key=f"{key}.note", max_chars=300, disabled=is_locked
        )
        upload = st.file_uploader(
            _("Picture or PDF of it"),
            ["pdf", "jpg", "jpeg", "png"],
            key=f"{key}.file",
            disabled=is_locked,
            help=_("Checked and cleaned of hidden facts before it is kept."),
        )
        if one.file_name:
            st.caption(_("Kept: {name}").format(name=plain(one.file_name)))
        sent = st.form_submit_button(
            _("Save the paper"), type="primary", width="stretch", disabled=is_locked
        )
    if not sent:
        return None
    if upload:
        uploads.append((upload.name, upload.getvalue()))
    return PaperForm(state or one.state, paper_number, issued, until, note)
