"""Extracts of the register: what is asked for, what would go out, what was handed over."""

from __future__ import annotations

from datetime import timedelta
from operator import itemgetter

import streamlit as st

from domain.enums import RecipientKind
from domain.records.officer import Officer
from domain.records.sharing import RecipientRule, ShareForm, SharePreview, ShareRecord
from services import clock
from services.deployments import register, sharing
from services.exports import Export, ExportFormat
from ui import forms, layout, messages, tables
from ui.buttons import guarded_button
from ui.language import _, day, label, language, number, say, term_name
from ui.messages import plain

MADE = "data_shares.made"


def ask(officer: Officer) -> None:
    """The form from the recipient on, the preview, and the button that hands it over."""
    rules = {one.kind: one for one in sharing.recipient_rules(by=officer)}
    kind = forms.choose_member(
        _("Kind of organisation"), RecipientKind, key="data_shares.kind",
        value=RecipientKind.FOREIGN_MINISTRY,
    )  # fmt: skip
    if kind is None:
        messages.empty(_("Choose who receives the extract: then the allowed fields are shown."))
        return
    form = _form(rules[kind], officer)
    shown = sharing.preview_share(form=form, language=language(), by=officer)
    _preview(shown)
    _make(form, shown, officer)


def _form(rule: RecipientRule, officer: Officer) -> ShareForm:
    key = f"data_shares.{rule.kind.value}"
    st.caption(plain(_("Allowed by list {version}: {source}").format(
        version=rule.version, source=rule.source
    )))  # fmt: skip
    names = {name: _(sharing.FIELD_NAMES[name]) for name in rule.fields}
    chosen = st.multiselect(
        _("Fields"),
        list(rule.fields),
        default=list(rule.fields),
        format_func=names.__getitem__,
        key=f"{key}.fields",
        placeholder=_("choose"),
        select_all=False,
        help=_("Only fields of the dated list for this recipient can be chosen."),
    )
    countries = st.multiselect(
        _("Countries"),
        list(register.list_countries(by=officer)),
        format_func=lambda code: term_name("country", code),
        key=f"{key}.countries",
        placeholder=_("choose one") if rule.needs_one_country else _("all"),
        select_all=False,
    )
    everybody = st.toggle(_("Also those who are back"), key=f"{key}.everybody")
    recipient = st.text_input(
        _("Organisation and unit"), key=f"{key}.recipient", max_chars=200,
        placeholder=_("for example: Consular Department"),
    )  # fmt: skip
    purpose = st.text_input(_("What the data are needed for"), key=f"{key}.purpose", max_chars=300)
    with st.container(horizontal=True):
        basis = st.selectbox(_("Legal basis"), rule.bases, format_func=label, key=f"{key}.basis")
        basis_text = st.text_input(
            _("Article, agreement or consent"), key=f"{key}.basis_text", max_chars=300
        )
        today = clock.today()
        expires = forms.date_input(
            _("To be kept until"),
            today + timedelta(min(rule.keep_days_max, 30)),
            key=f"{key}.expires",
            earliest=today,
            latest=today + timedelta(rule.keep_days_max),
        )
    return ShareForm(
        rule.kind, recipient, purpose, basis, basis_text, tuple(chosen), expires or today,
        tuple(countries), is_current=not everybody,
    )  # fmt: skip


def _preview(shown: SharePreview) -> None:
    layout.part(_("What would go out"))
    st.caption(
        _("{count} people; the first rows, with numbers hidden here only.").format(
            count=number(shown.people)
        )
    )
    if shown.left_out:
        st.caption(
            _("{count} people are left out: they gave no consent to that country.").format(
                count=number(shown.left_out)
            )
        )
    if shown.rows and shown.headings:
        tables.table(
            shown.rows,
            [tables.Column(title, itemgetter(place)) for place, title in enumerate(shown.headings)],
            key="data_shares.preview",
            alt=_("First rows of the extract"),
        )


def _make(form: ShareForm, shown: SharePreview, officer: Officer) -> None:
    why_not = say(shown.refusal) if shown.refusal else None
    if why_not:
        st.caption(plain(why_not))
    with st.container(horizontal=True):
        for file_format in (ExportFormat.XLSX, ExportFormat.CSV):
            if guarded_button(
                _("Make the file ({format})").format(format=file_format.value.upper()),
                why_not,
                key=f"data_shares.make.{file_format.value}",
                type="primary" if file_format is ExportFormat.XLSX else "secondary",
            ):
                with messages.refusals():
                    st.session_state[MADE] = sharing.share(
                        form=form, language=language(), file_format=file_format, by=officer
                    )
                    messages.success(
                        _("The extract is written down. Save the file and hand it over.")
                    )
                    st.rerun()
    made = st.session_state.get(MADE)
    if isinstance(made, Export):
        st.download_button(
            _("Save {file}").format(file=made.name),
            made.content,
            made.name,
            made.mime,
            key="data_shares.save",
            on_click="ignore",
        )


def log(officer: Officer) -> None:
    """Every extract with its recipient, basis, fields, hash and the day until which it is kept."""
    found = sharing.list_shares(by=officer)
    tables.table(
        found,
        [
            tables.Column(_("Number"), "number", pinned=True),
            tables.Column(_("Handed over"), "shared_at", "moment"),
            tables.Column(_("To whom"), lambda one: f"{label(one.kind)}: {one.recipient}"),
            tables.Column(_("People"), "people", "number", width="small"),
            tables.Column(_("Legal basis"), lambda one: f"{label(one.basis)}: {one.basis_text}"),
            tables.Column(_("To be kept until"), _until),
            tables.Column(_("By whom"), lambda one: _officer(one)),
            tables.Column(_("What for"), "purpose"),
            tables.Column(_("Fields"), _fields),
            tables.Column("SHA-256", "sha256"),
        ],
        key="data_shares.log",
        row_id="number",
        empty=_("Nothing was handed over yet. What is made here is listed with its hash."),
        alt=_("Extracts that were handed over, the newest first"),
    )


def _until(one: ShareRecord) -> str:
    return f"{day(one.expires_on)} · {_('expired')}" if one.is_expired else day(one.expires_on)


def _officer(one: ShareRecord) -> str:
    return one.officer_ka if language() == "ka" else one.officer_en


def _fields(one: ShareRecord) -> str:
    return ", ".join(_(sharing.FIELD_NAMES[name]) for name in one.fields)
