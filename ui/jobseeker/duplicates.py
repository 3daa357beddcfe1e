"""Likely duplicates beside what is being saved: open the existing file, or declare two people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from domain.records.jobseeker import JobseekerForm, JobseekerSummary, PossibleDuplicate
from domain.values import masked
from services.jobseekers.checks import tidied
from ui import layout
from ui.jobseeker.inputs import Inputs
from ui.jobseeker.titles import field_name
from ui.language import _, day, say, term_name
from ui.messages import plain
from ui.navigation import page_link

MOST = 3
ALIKE = ":orange[≈ {}]"


def keep(inputs: Inputs, found: Sequence[PossibleDuplicate]) -> None:
    """Show these until the form changes who it is about."""
    st.session_state[inputs.key("duplicates")] = tuple(found)


def compare(inputs: Inputs, form: JobseekerForm) -> None:
    """Side by side, with a declaration for each; draws nothing where nobody is alike."""
    found: Sequence[PossibleDuplicate] = st.session_state.get(inputs.key("duplicates"), ())
    if not found:
        return
    with st.container(border=True):
        layout.part(_("This person may already be registered"))
        st.caption(
            _("Compare. Open the existing file, or confirm that these are different people.")
        )
        columns = st.columns(1 + min(len(found), MOST))
        with columns[0]:
            _column(_("This form"), _of_form(tidied(form)), {})
        for column, duplicate in zip(columns[1:], found, strict=False):
            with column:
                _duplicate(inputs, duplicate, _of_form(tidied(form)))
        if len(found) > MOST:
            rest = ", ".join(d.record.external_id for d in found[MOST:])
            st.caption(_("Also alike: {files}").format(files=plain(rest)))


def _duplicate(inputs: Inputs, duplicate: PossibleDuplicate, mine: Mapping[str, str]) -> None:
    record = duplicate.record
    _column(record.external_id, _of_summary(record), mine)
    for reason in duplicate.reasons:
        st.markdown(ALIKE.format(plain(say(reason))))
    page_link("jobseeker", _("Open this file"), icon="📂", jobseeker=record.external_id)
    if duplicate.has_same_number:
        st.caption(_("A personal number belongs to one person: go on with the existing file."))
    else:
        st.checkbox(_("A different person"), key=inputs.key(f"different.{record.external_id}"))


def declared_different(inputs: Inputs) -> tuple[str, ...]:
    """External ids that the officer has declared to be other people."""
    found: Sequence[PossibleDuplicate] = st.session_state.get(inputs.key("duplicates"), ())
    shown = [d.record.external_id for d in found[:MOST]]
    if all(st.session_state.get(inputs.key(f"different.{one}")) for one in shown):
        return tuple(d.record.external_id for d in found)
    return tuple(one for one in shown if st.session_state.get(inputs.key(f"different.{one}")))


def _column(title: str, facts: Mapping[str, str], mine: Mapping[str, str]) -> None:
    lines = [
        f"{plain(name)}: **{plain(value) or '–'}**"
        + (" :green[=]" if mine and value and mine.get(name) == value else "")
        for name, value in facts.items()
    ]
    st.markdown(f"**{plain(title)}**\n\n" + "  \n".join(lines))


def _of_form(form: JobseekerForm) -> dict[str, str]:
    return _facts(
        form.name_ka(),
        form.name_lat(),
        masked(form.personal_number),
        day(form.birth_date),
        form.phone,
        form.region,
    )


def _of_summary(record: JobseekerSummary) -> dict[str, str]:
    return _facts(
        record.name_ka,
        record.name_lat,
        record.personal_number,
        day(record.birth_date),
        record.phone,
        record.region,
    )


def _facts(
    name_ka: str,
    name_lat: str,
    personal_number: str | None,
    born: str,
    phone: str | None,
    region: str | None,
) -> dict[str, str]:
    return {
        _("Name in Georgian"): name_ka,
        _("Name in Latin letters"): name_lat,
        field_name("personal_number"): personal_number or "",
        field_name("birth_date"): born,
        field_name("phone"): phone or "",
        field_name("region"): term_name("region", region) if region else "",
    }
