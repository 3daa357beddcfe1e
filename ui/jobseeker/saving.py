"""From what was typed to a stored file: problems beside fields, duplicates, others' saves."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import cast

import streamlit as st

from domain.exceptions import InvalidInput, StaleVersion
from domain.records.jobseeker import JobseekerForm, JobseekerRecord
from domain.records.officer import Officer
from services.duplicates.of_form import LikelyDuplicates
from services.jobseekers import registration
from services.jobseekers.checks import find_doubts, tidied
from ui import conflict, messages
from ui.jobseeker import duplicates, opened, reading
from ui.jobseeker.inputs import Inputs
from ui.jobseeker.sections import SECTIONS, Section, Values
from ui.jobseeker.titles import field_name
from ui.language import _, say
from ui.messages import plain
from ui.navigation import open_page

DOUBT = ":orange[◐ {}: {}]"


def register(inputs: Inputs, form: JobseekerForm, officer: Officer) -> None:
    """Open a new file, or say what hinders it; what was typed stays."""

    def save() -> JobseekerRecord:
        return registration.register_jobseeker(
            form=form,
            confirmed_not_duplicates=duplicates.declared_different(inputs),
            by=officer,
        )

    saved = _attempt(inputs, form, save, officer)
    if saved is None:
        return
    inputs.clear()
    text = _("Registered as {file}. The next ranking counts this person in.")
    messages.success(text.format(file=saved.external_id), _("Register another person"), "jobseeker")
    opened.keep(saved)
    open_page("jobseeker", jobseeker=saved.external_id)


def update(
    inputs: Inputs, file: JobseekerRecord, section: Section, values: Values, officer: Officer
) -> None:
    """Save one part of the file; the others stay as they are."""
    form = replace(file.form, **values)

    def save() -> JobseekerRecord:
        return registration.update_jobseeker(
            external_id=file.external_id,
            form=form,
            version=file.version,
            confirmed_not_duplicates=duplicates.declared_different(inputs),
            by=officer,
        )

    saved = _attempt(inputs, form, save, officer, file.external_id, values)
    if saved is None:
        return
    inputs.clear()
    opened.forget_edits()
    opened.keep(saved)
    if saved.version == file.version:
        messages.success(_("Nothing was changed: the file says this already."))
    else:
        messages.success(
            _("Saved: {part}. Rankings use it from now on.").format(part=_(section.title))
        )
    st.rerun()


def _attempt(
    inputs: Inputs,
    form: JobseekerForm,
    save: Callable[[], JobseekerRecord],
    officer: Officer,
    external_id: str | None = None,
    values: Values | None = None,
) -> JobseekerRecord | None:
    """The saved file; or None, with the reasons kept for the next run."""
    inputs.keep_problems(inputs.unfinished)
    try:
        if not inputs.unfinished:
            return save()
        registration.check_form(form)
    except InvalidInput as error:
        inputs.keep_problems([*inputs.unfinished, *error.problems])
    except LikelyDuplicates:
        found = registration.find_possible_duplicates(
            form=form, external_id=external_id, by=officer
        )
        duplicates.keep(inputs, found)
    except StaleVersion as error:
        st.session_state[inputs.key("stale")] = values or {}
        opened.keep(cast(JobseekerRecord, error.theirs))
    st.rerun()
    return None


def summary(inputs: Inputs) -> None:
    """Above the save button: how many fields need another look, and in which parts."""
    count = sum(len(sentences) for sentences in inputs.problems.values())
    if count:
        text = _("Not saved yet: {count} to correct, each named beside its field.")
        parts = [_(section.title) for section in SECTIONS if section.holds(inputs.problems)]
        st.error("  \n".join((text.format(count=count), " · ".join(parts))))


def doubts(form: JobseekerForm, fields: Collection[str]) -> None:
    """What deserves a second look in these fields, and hinders nothing."""
    for doubt in find_doubts(tidied(form)):
        field = doubt.field.split(".")[0]
        if field not in fields:
            continue
        st.markdown(DOUBT.format(plain(field_name(field)), plain(say(doubt.sentence))))


def stale(inputs: Inputs, file: JobseekerRecord, section: Section, officer: Officer) -> bool:
    """Both versions, after somebody else saved first; False where there is nothing to settle."""
    kept = st.session_state.get(inputs.key("stale"))
    if kept is None:
        return False
    before = st.session_state[inputs.key("open")]
    mine = tidied(replace(file.form, **kept))
    pressed, together = conflict.compare(
        f"{section.name}.{file.version}",
        {name: getattr(before, name) for name in kept},
        {name: getattr(file.form, name) for name in kept},
        {name: getattr(mine, name) for name in kept},
        labels={name: field_name(name) for name in kept},
        show=lambda name, value: reading.in_words(name, replace(file.form, **{name: value})),
    )
    if pressed == "drop":
        opened.forget_edits()
        st.rerun()
    if together is not None:
        update(inputs, file, section, together, officer)
    return True
