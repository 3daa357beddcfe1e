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
        st.caption(
            _("Choose the file's column for each of ours, or type a value that all rows get.")
        )
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
    options = [NOTHING, *(COLUMN + header for header in preview.headers if header)]
    current = NOTHING
    if rule == ColumnRule(column.name, rule.sources[:1] if rule else ()):
        current = COLUMN + rule.sources[0]
    elif rule is not None:
        # Anything that is more than one column as it stands: kept until another choice is made.
        current = SAME + (rule.constant or "") if not rule.sources else AS_SAVED
        options.insert(1, current)
    chosen = st.selectbox(
        column_label(preview.kind, column.name) + (" *" if column.is_required else ""),
        options,
        index=options.index(current),
        format_func=lambda option: _option(option, rule),
        key=f"{key}.{column.name}",
        accept_new_options=True,
    )
    return _chosen_rule(column.name, chosen or NOTHING, rule)


def _chosen_rule(target: str, chosen: str, rule: ColumnRule | None) -> ColumnRule | None:
    if chosen == NOTHING:
        return None
    if chosen == AS_SAVED:
        return rule
    if chosen.startswith(COLUMN):
        return ColumnRule(target, (chosen.removeprefix(COLUMN),))
    return ColumnRule(target, constant=chosen.removeprefix(SAME).strip())


def _option(option: str, rule: ColumnRule | None) -> str:
    if option == NOTHING:
        return "–"
    if option == AS_SAVED and rule is not None:
        return _("{columns}, converted").format(columns=" + ".join(rule.sources))
    if option.startswith(COLUMN):
        return option.removeprefix(COLUMN)
    return _("everywhere: {value}").format(value=option.removeprefix(SAME))


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
