"""Which column of the file is which of ours: proposed, changed by hand, kept under a name."""

from __future__ import annotations

import streamlit as st

from domain.records.imports import ColumnRule, ImportMapping, ImportPreview
from domain.records.officer import Officer
from services.importing.columns import COLUMNS, TargetColumn
from services.importing.history import list_mappings, save_mapping
from ui import messages
from ui.imports.upload import Upload
from ui.imports.words import column_label
from ui.language import _
from ui.messages import plain

NOTHING, SAME, AS_SAVED = "-", "=", "*"
COLUMN = "c:"


def chosen_mapping(upload: Upload) -> ImportMapping | None:
    """What the officer has decided for this file; None: as proposed."""
    found = st.session_state.get(f"{upload.key}.mapping")
    return found if isinstance(found, ImportMapping) else None


def edit(upload: Upload, preview: ImportPreview, officer: Officer) -> None:
    """The whole mapping, folded as long as nothing is missing."""
    title = _("Columns: {used} of {all} are read").format(
        used=len(preview.mapping.sources()), all=len([h for h in preview.headers if h])
    )
    if preview.mapping.name:
        title += " · " + _("mapping “{name}”").format(name=plain(preview.mapping.name))
    with st.expander(title, expanded=bool(preview.missing)):
        _choose_saved(upload, preview, officer)
        rules = _form(upload, preview)
        if rules is not None:
            _apply(upload, ImportMapping(preview.kind, rules))
        _save(upload, preview, officer)


def _apply(upload: Upload, mapping: ImportMapping) -> None:
    st.session_state[f"{upload.key}.mapping"] = mapping
    st.session_state[f"{upload.key}.edits"] = _edits(upload) + 1
    st.rerun()


def _edits(upload: Upload) -> int:
    """Counts the changes: the fields of the next mapping are new fields."""
    return int(st.session_state.get(f"{upload.key}.edits", 0))


def _choose_saved(upload: Upload, preview: ImportPreview, officer: Officer) -> None:
    fitting = {
        mapping.name: mapping
        for mapping in list_mappings(kind=preview.kind, by=officer)
        if mapping.name and mapping.sources() <= set(preview.headers)
    }
    if not fitting or set(fitting) == {preview.mapping.name}:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(
            _("Saved mapping"),
            list(fitting),
            index=None,
            placeholder=_("choose"),
            key=f"{upload.key}.{_edits(upload)}.saved",
            width=320,
        )
        if st.button(_("Use it"), key=f"{upload.key}.use", disabled=name is None) and name:
            _apply(upload, fitting[name])


def _form(upload: Upload, preview: ImportPreview) -> tuple[ColumnRule, ...] | None:
    """One field per column of ours; the rules once the officer has submitted them."""
    key = f"{upload.key}.{_edits(upload)}"
    with st.form(f"{key}.columns", border=False):
        found = []
        for start in range(0, len(COLUMNS[preview.kind]), 3):
            places = st.columns(3)
            for place, column in zip(
                places, COLUMNS[preview.kind][start : start + 3], strict=False
            ):
                with place:
                    found.append(_field(key, preview, column))
        submitted = st.form_submit_button(_("Read the file this way"))
    return tuple(rule for rule in found if rule) if submitted else None


def _field(key: str, preview: ImportPreview, column: TargetColumn) -> ColumnRule | None:
    rule = preview.mapping.rule(column.name)
    simple = rule is not None and rule == ColumnRule(column.name, rule.sources[:1])
    constant = rule is not None and not rule.sources
    options = [NOTHING, SAME, *(COLUMN + header for header in preview.headers if header)]
    current = NOTHING
    if rule is not None and constant:
        current = SAME
    elif rule is not None and simple:
        current = COLUMN + rule.sources[0]
    elif rule is not None:
        options.insert(1, AS_SAVED)
        current = AS_SAVED
    label = column_label(preview.kind, column.name) + (" *" if column.is_required else "")
    chosen = st.selectbox(
        label,
        options,
        index=options.index(current),
        format_func=lambda option: _option(option, rule),
        key=f"{key}.{column.name}",
    )
    value = (
        st.text_input(
            _("Value for every row"),
            value=rule.constant if rule and constant else "",
            key=f"{key}.{column.name}.constant",
            label_visibility="collapsed",
            placeholder=_("value for every row"),
        )
        if column.is_required or current == SAME
        else ""
    )
    if chosen == AS_SAVED:
        return rule
    if chosen == SAME:
        return ColumnRule(column.name, constant=(value or "").strip()) if value else None
    return ColumnRule(column.name, (chosen.removeprefix(COLUMN),)) if chosen != NOTHING else None


def _option(option: str, rule: ColumnRule | None) -> str:
    if option == NOTHING:
        return "–"
    if option == SAME:
        return _("the same for every row")
    if option == AS_SAVED and rule is not None:
        return _("{columns}, converted").format(columns=" + ".join(rule.sources))
    return option.removeprefix(COLUMN)


def _save(upload: Upload, preview: ImportPreview, officer: Officer) -> None:
    if preview.missing or preview.mapping.name:
        return
    row = st.form(f"{upload.key}.save", border=False)
    with row, st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            _("Keep for the next files of this kind, as"), key=f"{upload.key}.name", width=320
        )
        submitted = st.form_submit_button(_("Save mapping"))
    if submitted:
        with messages.refusals():
            saved = save_mapping(mapping=preview.mapping, name=name or "", by=officer)
            messages.success(_("Mapping saved: {name}").format(name=saved.name))
            _apply(upload, saved)
