"""The rows of a file's lists: experience, studies, skills, languages, licences, documents."""

from __future__ import annotations

from typing import Any

import streamlit as st

from domain.enums import CefrLevel, DocumentKind, Evidence
from domain.records.jobseeker import (
    DocumentEntry,
    EducationEntry,
    LanguageEntry,
    LicenceEntry,
    OccupationEntry,
    SkillEntry,
)
from domain.texts import N_, Sentence
from services import clock
from services.reference import reference
from ui import forms, skill_picker
from ui.jobseeker.inputs import Inputs, evidence
from ui.language import _

_KEPT: dict[str, Any] = {"persist_state": "session"}


def occupation(inputs: Inputs, field: str, entry: OccupationEntry | None) -> OccupationEntry | None:
    """An occupation, how long, where."""
    known = entry or OccupationEntry("")
    code = forms.occupation(
        _("Occupation"), key=inputs.key(f"{field}.isco"), value=known.isco or None, **_KEPT
    )
    years_at, last_at, evidence_at = st.columns(3)
    with years_at:
        years = st.number_input(
            _("Years"),
            min_value=0.0,
            max_value=60.0,
            step=0.5,
            value=known.years,
            format="%.1f",
            key=inputs.key(f"{field}.years"),
            **_KEPT,
        )
    with last_at:
        last_year = _year(inputs, f"{field}.last_year", _("Last year"), known.last_year)
    with evidence_at:
        how = evidence(inputs, field, known.evidence)
    employer_at, country_at = st.columns([2, 1])
    with employer_at:
        employer = st.text_input(
            _("Employer"), known.employer_name or "", key=inputs.key(f"{field}.employer"), **_KEPT
        )
    with country_at:
        country = forms.country(
            _("Country"), key=inputs.key(f"{field}.country"), value=known.country, **_KEPT
        )
    if code:
        return OccupationEntry(code, years, employer or None, country, last_year, how)
    if years is not None or employer or country or last_year:
        inputs.unfinished_row(field, Sentence(N_("Choose the occupation too.")))
    return None


def _year(inputs: Inputs, field: str, title: str, value: int | None) -> int | None:
    year = st.number_input(
        title,
        min_value=1940,
        max_value=clock.today().year,
        step=1,
        value=value,
        format="%d",
        key=inputs.key(field),
        **_KEPT,
    )
    return None if year is None else int(year)


def study(inputs: Inputs, field: str, entry: EducationEntry | None) -> EducationEntry | None:
    """A finished education."""
    level = forms.education(
        _("Level"),
        key=inputs.key(f"{field}.level"),
        value=str(entry.level) if entry else None,
        **_KEPT,
    )
    institution_at, field_at = st.columns(2)
    with institution_at:
        institution = st.text_input(
            _("Institution"),
            (entry and entry.institution) or "",
            key=inputs.key(f"{field}.institution"),
            **_KEPT,
        )
    with field_at:
        subject = st.text_input(
            _("Field of study"),
            (entry and entry.field) or "",
            key=inputs.key(f"{field}.field"),
            **_KEPT,
        )
    country_at, year_at = st.columns(2)
    with country_at:
        country = forms.country(
            _("Country"),
            key=inputs.key(f"{field}.country"),
            value=entry.country if entry else None,
            **_KEPT,
        )
    with year_at:
        done = entry.year_completed if entry else None
        year = _year(inputs, f"{field}.year", _("Year of completion"), done)
    if level is not None:
        return EducationEntry(int(level), institution or None, subject or None, country, year)
    if institution or subject or country or year:
        inputs.unfinished_row(field, Sentence(N_("Choose the level too.")))
    return None


def language(inputs: Inputs, field: str, entry: LanguageEntry | None) -> LanguageEntry | None:
    """A language and its level."""
    language_at, level_at, evidence_at = st.columns(3)
    with language_at:
        code = forms.spoken_language(
            _("Language"),
            key=inputs.key(f"{field}.language"),
            value=entry.language if entry else None,
            **_KEPT,
        )
    with level_at:
        level = forms.choose_member(
            _("Level"),
            CefrLevel,
            key=inputs.key(f"{field}.level"),
            value=entry.level if entry else None,
            **_KEPT,
        )
    with evidence_at:
        how = evidence(inputs, field, entry.evidence if entry else None)
    if code and level:
        return LanguageEntry(code, level, how)
    if code or level:
        inputs.unfinished_row(field, Sentence(N_("Choose both the language and its level.")))
    return None


def licence(inputs: Inputs, field: str, entry: LicenceEntry | None) -> LicenceEntry | None:
    """A licence and how long it is valid."""
    code = forms.choose(
        _("Licence"),
        reference().names["licence"],
        "licence",
        key=inputs.key(f"{field}.licence"),
        value=entry.licence if entry else None,
        ordered=True,
        **_KEPT,
    )
    until_at, evidence_at = st.columns(2)
    with until_at:
        until = forms.date_input(
            _("Valid until"),
            entry.valid_until if entry else None,
            key=inputs.key(f"{field}.valid_until"),
            **_KEPT,
        )
    with evidence_at:
        how = evidence(inputs, field, entry.evidence if entry else None)
    if code:
        return LicenceEntry(code, until, how)
    if until:
        inputs.unfinished_row(field, Sentence(N_("Choose the licence too.")))
    return None


def document(inputs: Inputs, field: str, entry: DocumentEntry | None) -> DocumentEntry | None:
    """A paper: what it is, its number and dates."""
    kind_at, number_at = st.columns(2)
    with kind_at:
        kind = forms.choose_member(
            _("Document"),
            DocumentKind,
            key=inputs.key(f"{field}.kind"),
            value=entry.kind if entry else None,
            **_KEPT,
        )
    with number_at:
        number = st.text_input(
            _("Number"), (entry and entry.number) or "", key=inputs.key(f"{field}.number"), **_KEPT
        )
    issued_at, until_at, evidence_at = st.columns(3)
    with issued_at:
        issued = forms.date_input(
            _("Issued on"),
            entry.issued_on if entry else None,
            key=inputs.key(f"{field}.issued_on"),
            **_KEPT,
        )
    with until_at:
        until = forms.date_input(
            _("Valid until"),
            entry.valid_until if entry else None,
            key=inputs.key(f"{field}.valid_until"),
            **_KEPT,
        )
    with evidence_at:
        how = evidence(inputs, field, entry.evidence if entry else None)
    if kind:
        return DocumentEntry(kind, number or None, issued, until, how)
    if number or issued or until:
        inputs.unfinished_row(field, Sentence(N_("Choose the kind of document too.")))
    return None


def skills(
    inputs: Inputs, entries: tuple[SkillEntry, ...], occupations: list[str]
) -> tuple[SkillEntry, ...]:
    """Skills, those of the person's occupations offered first; then which of them are proven."""
    chosen = skill_picker.skills(
        _("Skills"),
        key=inputs.key("skills"),
        value=[s.skill_id for s in entries],
        occupations=occupations,
        **_KEPT,
    )
    inputs.explain("skills")
    certified = _proven(
        inputs, _("… of these, proven by certificate"), Evidence.CERTIFICATE, chosen, entries
    )
    tested = _proven(inputs, _("… of these, tested"), Evidence.TESTED, chosen, entries)
    known = {
        **dict.fromkeys(tested, Evidence.TESTED),
        **dict.fromkeys(certified, Evidence.CERTIFICATE),
    }
    return tuple(SkillEntry(skill, known.get(skill, Evidence.STATED)) for skill in chosen)


def _proven(
    inputs: Inputs,
    title: str,
    how: Evidence,
    chosen: list[str],
    entries: tuple[SkillEntry, ...],
) -> list[str]:
    if not chosen:
        return []
    before = [s.skill_id for s in entries if s.evidence is how]
    key = inputs.key(f"skills.{how.value}")
    # A skill that was taken away can't stay proven: the widget would refuse the value.
    if key in st.session_state:
        st.session_state[key] = [s for s in st.session_state[key] if s in chosen]
    return st.multiselect(
        title,
        chosen,
        default=None if key in st.session_state else [s for s in before if s in chosen],
        format_func=forms.named("skill"),
        key=key,
        placeholder=_("none"),
        select_all=False,
        **_KEPT,
    )
