"""The input for an answer: one for each fact, what the vacancies ask for first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from domain.enums import AskedFact, CefrLevel
from domain.exceptions import InvalidInput
from domain.records.jobseeker import LanguageEntry, LicenceEntry, OccupationEntry
from domain.records.questions import Answer, OpenedQuestion
from domain.texts import N_
from domain.values import NO_LICENCE
from services import clock
from ui import forms, skill_picker
from ui.jobseeker.titles import field_name
from ui.language import _, label, term_name

GEORGIAN = "ka"
NOT_SPOKEN = "not_spoken"
LEVELS = (NOT_SPOKEN, *(level.value for level in CefrLevel))


def answer(opened: OpenedQuestion, key: str) -> Callable[[], Answer]:
    """Draw the input; the answer is made when it is saved, and may be refused with a sentence."""
    return _INPUTS[opened.question.fact](opened, key)


def _ticked(title: str, wanted: Sequence[str], kind: str, key: str) -> list[str]:
    """What the vacancies ask for, to be ticked."""
    if not wanted:
        return []
    return st.pills(
        title,
        list(wanted),
        selection_mode="multi",
        format_func=forms.named(kind),
        key=f"{key}.wanted",
    )


def _occupations(opened: OpenedQuestion, key: str) -> Callable[[], Answer]:
    chosen = _ticked(_("Has worked as"), opened.wanted.occupations, "occupation", key)
    others = forms.occupations(_("Other work"), key=f"{key}.others")
    entries = [
        OccupationEntry(code, _years(term_name("occupation", code), f"{key}.{code}"))
        for code in dict.fromkeys((*chosen, *others))
    ]
    return lambda: Answer(occupations=tuple(entries))


def _years(title: str, key: str) -> float | None:
    return st.number_input(
        _("Years: {occupation}").format(occupation=title),
        min_value=0.0,
        max_value=60.0,
        step=0.5,
        value=None,
        format="%.1f",
        key=key,
    )


def _years_of_work(opened: OpenedQuestion, key: str) -> Callable[[], Answer]:
    stated = [
        entry
        if entry.years is not None
        else replace(entry, years=_years(term_name("occupation", entry.isco), f"{key}.{place}"))
        for place, entry in enumerate(opened.file.form.occupations)
    ]
    return lambda: Answer(occupations=tuple(stated))


def _skills(opened: OpenedQuestion, key: str) -> Callable[[], Answer]:
    chosen = _ticked(_("Can do"), opened.wanted.skills, "skill", key)
    others = skill_picker.skills(
        _("Other skills"), key=f"{key}.others", occupations=opened.wanted.occupations
    )
    return lambda: Answer(skills=tuple(dict.fromkeys((*chosen, *others))))


def _languages(opened: OpenedQuestion, key: str) -> Callable[[], Answer]:
    st.caption(_("Ask for each language; one that is not named counts as not spoken."))
    levels = {code: _level(code, f"{key}.{code}") for code in opened.wanted.languages}
    if GEORGIAN not in levels:
        levels[GEORGIAN] = _level(GEORGIAN, f"{key}.{GEORGIAN}", CefrLevel.NATIVE)
    left, right = st.columns(2)
    with left:
        other = forms.spoken_language(_("Another language"), key=f"{key}.other")
    with right:
        level = forms.choose_member(_("Its level"), CefrLevel, key=f"{key}.other_level")

    def made() -> Answer:
        if None in levels.values() or (other is None) != (level is None):
            raise InvalidInput(N_("Choose a level for each language, or that it is not spoken."))
        spoken = {code: CefrLevel(held) for code, held in levels.items() if held in set(CefrLevel)}
        if other and level:
            spoken[other] = level
        return Answer(languages=tuple(LanguageEntry(*each) for each in spoken.items()))

    return made


def _level(code: str, key: str, value: str | None = None) -> str | None:
    names = {NOT_SPOKEN: _("not spoken"), **{one.value: label(one) for one in CefrLevel}}
    return st.selectbox(
        term_name("language", code),
        LEVELS,
        index=LEVELS.index(value) if value else None,
        format_func=names.__getitem__,
        key=key,
        placeholder=_("choose"),
    )


def _licences(opened: OpenedQuestion, key: str) -> Callable[[], Answer]:
    chosen = _ticked(_("Has"), opened.wanted.licences, "licence", key)
    others = forms.licences(_("Other licences"), key=f"{key}.others")
    has_none = st.checkbox(_("Has no licence at all"), key=f"{key}.none")
    held = dict.fromkeys((*chosen, *others, *((NO_LICENCE,) if has_none else ())))
    return lambda: Answer(licences=tuple(map(LicenceEntry, held)))


def _education(opened: OpenedQuestion, key: str) -> Callable[[], Answer]:
    level = forms.education(field_name("education"), key=key)
    return lambda: Answer(education=None if level is None else int(level))


def _availability(opened: OpenedQuestion, key: str) -> Callable[[], Answer]:
    left, right = st.columns(2)
    with left:
        begin = forms.date_input(field_name("available_from"), key=f"{key}.from")
    with right:
        end = forms.date_input(field_name("available_to"), key=f"{key}.to")
    return lambda: Answer(available_from=begin, available_to=end)


def _countries(opened: OpenedQuestion, key: str) -> Callable[[], Answer]:
    chosen = _ticked(_("Would work in"), opened.wanted.countries, "country", key)
    others = forms.countries(_("Other countries"), key=f"{key}.others")
    return lambda: Answer(countries=tuple(dict.fromkeys((*chosen, *others))))


def _passport(opened: OpenedQuestion, key: str) -> Callable[[], Answer]:
    until = forms.date_input(_("Passport valid until"), key=key)
    return lambda: Answer(passport_until=until)


def _birth_date(opened: OpenedQuestion, key: str) -> Callable[[], Answer]:
    born = forms.date_input(field_name("birth_date"), key=key, latest=clock.today())
    return lambda: Answer(birth_date=born)


def _citizenship(opened: OpenedQuestion, key: str) -> Callable[[], Answer]:
    country = forms.country(field_name("citizenship"), key=key)
    return lambda: Answer(citizenship=country)


_INPUTS: Mapping[AskedFact, Callable[[OpenedQuestion, str], Callable[[], Answer]]] = {
    AskedFact.OCCUPATIONS: _occupations,
    AskedFact.YEARS: _years_of_work,
    AskedFact.SKILLS: _skills,
    AskedFact.LANGUAGES: _languages,
    AskedFact.LICENCES: _licences,
    AskedFact.EDUCATION: _education,
    AskedFact.AVAILABILITY: _availability,
    AskedFact.COUNTRIES: _countries,
    AskedFact.PASSPORT: _passport,
    AskedFact.BIRTH_DATE: _birth_date,
    AskedFact.CITIZENSHIP: _citizenship,
}
