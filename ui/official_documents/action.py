"""What the reader is asked for: endorse, sign, get acquainted, or return with a remark."""

from __future__ import annotations

import streamlit as st

from domain.enums import SignatureLevel, StepKind, StepStatus
from domain.records.officer import Officer
from domain.records.signing import DocumentFile, DocumentRecord, RouteStep, SignatureForm
from domain.texts import N_
from services.official_documents import endorsements, signatures
from ui import messages
from ui.buttons import guarded_button
from ui.language import _, label, language, say
from ui.messages import plain
from ui.official_documents.words import ASKED, acting, short_hash

VERBS = {
    StepKind.ENDORSEMENT: N_("Endorse"),
    StepKind.MANDATORY_ENDORSEMENT: N_("Endorse"),
    StepKind.SIGNATURE: N_("Sign"),
    StepKind.ACQUAINTANCE: N_("I have read it"),
}
FOLLOWS = {
    StepKind.ENDORSEMENT: N_(
        "You say that you agree with this file. The document goes on without it, too."
    ),
    StepKind.MANDATORY_ENDORSEMENT: N_(
        "You say that you agree with this file. It can be signed only when all mandatory "
        "endorsements stand; if the file changes, you will be asked again."
    ),
    StepKind.SIGNATURE: N_(
        "After the last signature the document is final: its files can't be changed any more."
    ),
    StepKind.ACQUAINTANCE: N_(
        "You say that you have read it. That is neither consent nor refusal."
    ),
}
LEVELS = {
    SignatureLevel.SIMPLE: N_("Your password proves that it is you; failures lock the account."),
    SignatureLevel.WET_INK: N_(
        "Print the principal file, sign it by hand, and add the scan: PDF, JPG or PNG. The scan "
        "is kept beside the file."
    ),
    SignatureLevel.QUALIFIED: N_(
        "A certificate signs the principal file byte for byte. In this demonstration it is made "
        "here, has no legal force, and asks for your password."
    ),
}


def show(record: DocumentRecord, officer: Officer) -> None:
    """The reader's step, with what follows from it; one that can't be done now says why."""
    step = record.my_step or _coming(record, officer)
    if step is None or record.principal is None:
        return
    with st.container(border=True, key="document_action"):
        st.markdown(f"**{_(ASKED[step.kind])}**")
        if step.person.officer_id != officer.id and step.absent:
            st.info(
                _("You are {acting}. The paper will say so.").format(
                    acting=plain(acting(step.absent))
                )
            )
        st.caption(plain(say(step.refusal)) if step.refusal else _(FOLLOWS[step.kind]))
        if step.kind is StepKind.SIGNATURE:
            _sign(record, record.principal, step, officer)
        else:
            _endorse(record, record.principal, step, officer)
    if step.kind is not StepKind.ACQUAINTANCE and record.my_step:
        _return(record, record.principal, step, officer)


def _coming(record: DocumentRecord, officer: Officer) -> RouteStep | None:
    """The reader's own step whose turn will come."""
    return next(
        (
            step
            for step in record.steps
            if step.person.officer_id == officer.id
            and step.status in {StepStatus.WAITING, StepStatus.ASKED}
            and record.may_act
        ),
        None,
    )


def _endorse(record: DocumentRecord, file: DocumentFile, step: RouteStep, officer: Officer) -> None:
    if not guarded_button(
        _(VERBS[step.kind]),
        say(step.refusal) if step.refusal else None,
        type="primary",
        key="document.do",
        width="stretch",
    ):
        return
    with messages.refusals():
        if step.kind is StepKind.ACQUAINTANCE:
            endorsements.acknowledge(
                document_id=record.id, step_id=step.id, sha256=file.sha256, by=officer
            )
            messages.success(_("Noted: you have read it."))
        else:
            endorsements.endorse(
                document_id=record.id, step_id=step.id, sha256=file.sha256, by=officer
            )
            messages.success(
                _("Endorsed on the file {hash}.").format(hash=short_hash(file.sha256)),
                _("What else waits for me"),
                "documents",
            )
        st.rerun()


def _sign(record: DocumentRecord, file: DocumentFile, step: RouteStep, officer: Officer) -> None:
    names = {level: label(level) for level in record.levels}
    level = st.radio(
        _("How you sign"),
        list(record.levels),
        format_func=names.__getitem__,
        key="document.level",
        disabled=step.refusal is not None,
    )
    st.caption(_(LEVELS[level]))
    with st.form("document.sign", border=False, clear_on_submit=True):
        password, scan = "", None
        if level is SignatureLevel.WET_INK:
            scan = st.file_uploader(
                _("Scan of the signed paper"), type=["pdf", "jpg", "jpeg", "png"]
            )
        else:
            password = st.text_input(
                _("Password again"),
                type="password",
                autocomplete="current-password",
                disabled=step.refusal is not None,
            )
        pressed = st.form_submit_button(
            _("Sign"),
            type="primary",
            key="document.sign_now",
            width="stretch",
            disabled=step.refusal is not None,
            help=say(step.refusal) if step.refusal else None,
        )
    if not pressed:
        return
    form = SignatureForm(
        level, password, scan.getvalue() if scan else None, scan.name if scan else ""
    )
    with messages.refusals({"password": _("Password again")}):
        signatures.sign_document(
            document_id=record.id, step_id=step.id, sha256=file.sha256, form=form, by=officer
        )
        messages.success(
            _("Signed. The signature stands on the file {hash}.").format(
                hash=short_hash(file.sha256)
            ),
            _("What else waits for me"),
            "documents",
        )
        st.rerun()


def _return(record: DocumentRecord, file: DocumentFile, step: RouteStep, officer: Officer) -> None:
    with st.expander(_("Return with a remark")), st.form("document.return", border=False):
        st.caption(
            _(
                "The document goes back to its author. It needs a new revision, and whoever has "
                "endorsed is asked again."
            )
        )
        remark = st.text_area(_("Remark"), max_chars=endorsements.REMARK_MAX, height=100)
        if not st.form_submit_button(_("Return it"), width="stretch", key="document.return_now"):
            return
        with messages.refusals({"remark": _("Remark")}):
            endorsements.return_document(
                document_id=record.id,
                step_id=step.id,
                sha256=file.sha256,
                remark=remark,
                by=officer,
            )
            author = record.author.name(language()) if record.author else ""
            messages.success(_("Returned to {name} with your remark.").format(name=author))
            st.rerun()
