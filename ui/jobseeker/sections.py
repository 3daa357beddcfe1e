"""The five parts of a file, each with how it is edited: forms in, changed fields out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from domain.enums import Sex
from domain.records.jobseeker import JobseekerForm
from domain.texts import N_
from services import clock
from services.jobseekers import registration
from ui import forms, layout
from ui.jobseeker import entries
from ui.jobseeker.inputs import Inputs
from ui.language import _
from ui.messages import plain

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the file."""

    name: str
    title: str
    tab: str
    """Shorter, so that all five stand in a row."""
    edit: Callable[[Inputs, JobseekerForm], Values]
    fields: frozenset[str]

    def holds(self, names: Iterable[str]) -> bool:
        """Whether one of these fields, or an entry of it (`languages.0`), stands here."""
        return any(name.split(".")[0] in self.fields for name in names)


def identity(inputs: Inputs, form: JobseekerForm) -> Values:
    """Who the person is and how to reach them."""
    values: Values = {}
    first_at, last_at = st.columns(2)
    with first_at:
        values["first_name_ka"] = inputs.text("first_name_ka", form.first_name_ka)
    with last_at:
        values["last_name_ka"] = inputs.text("last_name_ka", form.last_name_ka)
    first_at, last_at = st.columns(2)
    with first_at:
        values["first_name_lat"] = inputs.text("first_name_lat", form.first_name_lat)
    with last_at:
        values["last_name_lat"] = inputs.text("last_name_lat", form.last_name_lat)
    _suggest_latin(inputs, values)
    number_at, birth_at, sex_at, citizenship_at = st.columns(4)
    with number_at:
        values["personal_number"] = inputs.text(
            "personal_number", form.personal_number, max_chars=20
        )
    with birth_at:
        values["birth_date"] = inputs.day("birth_date", form.birth_date, latest=clock.today())
    with sex_at:
        values["sex"] = inputs.one_of(_sex, "sex", form.sex)
    with citizenship_at:
        values["citizenship"] = inputs.one_of(forms.country, "citizenship", form.citizenship)
    phone_at, email_at = st.columns(2)
    with phone_at:
        values["phone"] = inputs.text("phone", form.phone, placeholder="5XX XX XX XX")
    with email_at:
        values["email"] = inputs.text("email", form.email)
    region_at, municipality_at = st.columns(2)
    with region_at:
        values["region"] = inputs.one_of(forms.region, "region", form.region)
    with municipality_at:
        values["municipality"] = inputs.one_of(
            forms.municipality, "municipality", form.municipality, region=values["region"]
        )
    values["address"] = inputs.text("address", form.address)
    return values


def _sex(title: str, **options: Any) -> Sex | None:
    return forms.choose_member(title, Sex, **options)


def _suggest_latin(inputs: Inputs, values: Mapping[str, Any]) -> None:
    """Offer the national romanisation for empty Latin names; the officer confirms or edits."""
    offered = {
        field: registration.suggest_latin(values[source])
        for field, source in (
            ("first_name_lat", "first_name_ka"),
            ("last_name_lat", "last_name_ka"),
        )
        if values[source] and not values[field]
    }
    if not offered:
        return

    def accept() -> None:
        for field, suggestion in offered.items():
            st.session_state[inputs.key(field)] = suggestion

    st.button(
        _("Use the usual spelling: {name}").format(name=plain(" ".join(offered.values()))),
        key=inputs.key("suggest_latin"),
        on_click=accept,
        help=_("By the national romanisation of 2002. The passport decides: compare, and correct."),
    )


def work(inputs: Inputs, form: JobseekerForm) -> Values:
    """Education and work experience."""
    layout.part(_("Work experience"))
    occupations = inputs.rows(
        "occupations", form.occupations, entries.occupation, _("Add an occupation")
    )
    layout.part(_("Education"))
    level = inputs.one_of(
        forms.education, "education", None if form.education is None else str(form.education)
    )
    studies = inputs.rows(
        "education_entries", form.education_entries, entries.study, _("Add finished studies")
    )
    return {
        "occupations": occupations,
        "education": None if level is None else int(level),
        "education_entries": studies,
    }


def abilities(inputs: Inputs, form: JobseekerForm) -> Values:
    """Skills and languages."""
    layout.part(_("Languages"))
    languages = inputs.rows("languages", form.languages, entries.language, _("Add a language"))
    skills = entries.skills(inputs, form.skills, [o.isco for o in form.occupations])
    return {"languages": languages, "skills": skills}


def papers(inputs: Inputs, form: JobseekerForm) -> Values:
    """Documents and licences."""
    layout.part(_("Documents"))
    documents = inputs.rows("documents", form.documents, entries.document, _("Add a document"))
    layout.part(_("Licences"))
    licences = inputs.rows("licences", form.licences, entries.licence, _("Add a licence"))
    return {"documents": documents, "licences": licences}


def wishes(inputs: Inputs, form: JobseekerForm) -> Values:
    """Availability and wishes."""
    from_at, to_at = st.columns(2)
    with from_at:
        begin = inputs.day("available_from", form.available_from)
    with to_at:
        end = inputs.day("available_to", form.available_to)
    countries = inputs.several(forms.countries, "desired_countries", form.desired_countries)
    words = inputs.long_text("wishes", form.wishes, max_chars=2000)
    return {
        "available_from": begin,
        "available_to": end,
        "desired_countries": countries,
        "wishes": words,
    }


SECTIONS = (
    Section(
        "identity",
        N_("Identity and contacts"),
        N_("Identity"),
        identity,
        frozenset(
            {
                "first_name_ka",
                "last_name_ka",
                "first_name_lat",
                "last_name_lat",
                "personal_number",
                "birth_date",
                "sex",
                "citizenship",
                "phone",
                "email",
                "region",
                "municipality",
                "address",
            }
        ),
    ),
    Section(
        "work",
        N_("Education and work experience"),
        N_("Experience"),
        work,
        frozenset({"occupations", "education", "education_entries"}),
    ),
    Section(
        "abilities",
        N_("Skills and languages"),
        N_("Skills, languages"),
        abilities,
        frozenset({"skills", "languages"}),
    ),
    Section(
        "papers",
        N_("Documents and licences"),
        N_("Papers"),
        papers,
        frozenset({"documents", "licences"}),
    ),
    Section(
        "wishes",
        N_("Availability and wishes"),
        N_("Wishes"),
        wishes,
        frozenset({"available_from", "available_to", "desired_countries", "wishes"}),
    ),
)
