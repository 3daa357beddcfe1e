"""The inputs of what a vacancy asks, abroad or in Georgia."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from domain.enums import CefrLevel, RequirementKind
from domain.records.local_vacancies import LocalVacancyForm
from domain.records.officer import Officer
from domain.records.vacancy import LanguageWanted, VacancyForm
from ui import forms, skill_picker
from ui.language import _
from ui.vacancy.occupations import suggestions


def asked_inputs(
    saved: VacancyForm | LocalVacancyForm,
    labels: Mapping[str, str],
    key: str,
    *,
    title: str,
    country: str,
    by: Officer,
) -> dict:
    """Occupations, experience, education, languages, skills and licences, by field of the form."""
    found: dict = {}
    occupations = forms.occupations(
        labels["occupations"], key=f"{key}.occupations", value=saved.occupations
    )
    found["occupations"] = tuple(occupations)
    if not occupations and not saved.occupations:
        suggestions(title, country, f"{key}.occupations", by)
    left, right = st.columns(2)
    with left:
        found["experience_years_min"] = st.number_input(
            labels["experience_years_min"],
            min_value=0.0,
            max_value=60.0,
            step=0.5,
            value=saved.experience_years_min,
            key=f"{key}.experience",
            placeholder=_("not asked"),
        )
    with right:
        level = forms.education(
            labels["education_min"],
            key=f"{key}.education",
            value=None if saved.education_min is None else str(saved.education_min),
            placeholder=_("not asked"),
        )
        found["education_min"] = None if level is None else int(level)
    found["languages"] = _languages(saved, key)
    for name in ("skills_essential", "skills_optional"):
        found[name] = tuple(
            skill_picker.skills(
                labels[name],
                key=f"{key}.{name}",
                value=getattr(saved, name),
                occupations=occupations,
            )
        )
    left, right = st.columns(2, vertical_alignment="bottom")
    for place, name in ((left, "licences_required"), (right, "licences_preferred")):
        with place:
            found[name] = tuple(
                forms.licences(labels[name], key=f"{key}.{name}", value=getattr(saved, name))
            )
    return found


def _languages(saved: VacancyForm | LocalVacancyForm, key: str) -> tuple[LanguageWanted, ...]:
    """One line for each language, and an empty one for the next."""
    found: list[LanguageWanted] = []
    place, is_filled = 0, True
    while is_filled or place < len(saved.languages):
        known = saved.languages[place] if place < len(saved.languages) else None
        wanted = _language(known, f"{key}.language.{place}", is_first=place == 0)
        is_filled = wanted is not None
        if wanted is not None and wanted.language not in {one.language for one in found}:
            found.append(wanted)
        place += 1
    return tuple(found)


def _language(known: LanguageWanted | None, key: str, *, is_first: bool) -> LanguageWanted | None:
    shown = "visible" if is_first else "collapsed"
    left, middle, right = st.columns([2, 1, 1], vertical_alignment="bottom")
    with left:
        spoken = forms.spoken_language(
            _("Language"),
            key=key,
            value=known.language if known else None,
            label_visibility=shown,
            placeholder=_("add a language"),
        )
    with middle:
        level = forms.choose_member(
            _("Level"),
            CefrLevel,
            key=f"{key}.level",
            value=known.level if known else CefrLevel.A2,
            label_visibility=shown,
            disabled=spoken is None,
        )
    with right:
        kind = forms.choose_member(
            _("Must or preferred"),
            RequirementKind,
            key=f"{key}.kind",
            value=known.kind if known else RequirementKind.PREFERRED,
            label_visibility=shown,
            disabled=spoken is None,
        )
    if spoken is None:
        return None
    return LanguageWanted(spoken, level or CefrLevel.A2, kind or RequirementKind.PREFERRED)
