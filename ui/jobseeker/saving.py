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
from ui import layout, messages
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
        theirs = cast(JobseekerRecord, error.theirs)
        st.session_state[inputs.key("stale")] = (values or {}, theirs.form)
        opened.keep(theirs)
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


def stale(inputs: Inputs) -> None:
    """Both versions, after somebody else saved first."""
    kept = st.session_state.get(inputs.key("stale"))
    if kept is None:
        return
    values, theirs = kept
    mine = tidied(replace(theirs, **values))
    with st.container(border=True):
        layout.part("◐ " + _("Somebody else saved this file while you were editing"))
        st.caption(
            _("Nothing was overwritten. Saving again puts your version of this part over theirs.")
        )
        for field in values:
            if getattr(theirs, field) != getattr(mine, field):
                lines = (
                    f"**{plain(field_name(field))}**",
                    _("saved: {value}").format(value=reading.in_words(field, theirs)),
                    _("yours: {value}").format(value=reading.in_words(field, mine)),
                )
                st.markdown("  \n".join(lines))
