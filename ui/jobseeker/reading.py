"""The parts of a file as they are read: facts in sentences, each with how it is known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import streamlit as st

from domain.enums import Evidence
from domain.records.jobseeker import (
    DocumentEntry,
    EducationEntry,
    JobseekerForm,
    LanguageEntry,
    LicenceEntry,
    OccupationEntry,
)
from domain.values import masked
from services import clock
from ui import layout
from ui.jobseeker.titles import field_name
from ui.language import _, by_name, day, label, number, term_name
from ui.messages import plain

_BADGES = {
    Evidence.STATED: ":small[:gray[{}]]",
    Evidence.TESTED: ":blue-badge[◐ {}]",
    Evidence.CERTIFICATE: ":green-badge[✓ {}]",
}


def section(name: str, form: JobseekerForm) -> None:
    """Draw one part of the file."""
    {
        "identity": _identity,
        "work": _work,
        "abilities": _abilities,
        "papers": _papers,
        "wishes": _wishes,
    }[name](form)


def badge(how: Evidence) -> str:
    """How a fact is known: colour, sign and word."""
    return _BADGES[how].format(plain(label(how)))


def _identity(form: JobseekerForm) -> None:
    layout.facts(
        {
            _("Name in Georgian"): form.name_ka(),
            _("Name in Latin letters"): form.name_lat(),
            field_name("personal_number"): masked(form.personal_number) or "",
            field_name("birth_date"): day(form.birth_date),
            field_name("sex"): label(form.sex),
            field_name("citizenship"): term_name("country", form.citizenship),
            field_name("phone"): form.phone or "",
            field_name("email"): form.email or "",
            field_name("region"): term_name("region", form.region),
            field_name("municipality"): term_name("municipality", form.municipality),
            field_name("address"): form.address or "",
        }
    )


def _work(form: JobseekerForm) -> None:
    _titled(_("Work experience"), (_occupation(entry) for entry in form.occupations))
    level = None if form.education is None else str(form.education)
    education = [plain(term_name("education", level))] if level is not None else []
    _titled(_("Highest finished education"), education)
    if form.education_entries:
        _titled(_("Finished studies"), (_study(entry) for entry in form.education_entries))


def _occupation(entry: OccupationEntry) -> str:
    where = [
        entry.employer_name or "",
        term_name("country", entry.country) if entry.country else "",
    ]
    parts = [
        _("{years} years").format(years=number(entry.years))
        if entry.years is not None
        else _("years not stated"),
        ", ".join(part for part in where if part),
        _("last in {year}").format(year=entry.last_year) if entry.last_year else "",
    ]
    title = f"**{plain(term_name('occupation', entry.isco))}** ({entry.isco})"
    return f"{title} · {_dotted(parts)} {badge(entry.evidence)}"


def _study(entry: EducationEntry) -> str:
    parts = [
        entry.field or "",
        entry.institution or "",
        term_name("country", entry.country) if entry.country else "",
        str(entry.year_completed or ""),
    ]
    title = f"**{plain(term_name('education', str(entry.level)))}**"
    return " · ".join(part for part in (title, _dotted(parts)) if part)


def _abilities(form: JobseekerForm) -> None:
    _titled(_("Languages"), (_language(entry) for entry in form.languages))
    how = {skill.skill_id: skill.evidence for skill in form.skills}
    skills = (f"{plain(term_name('skill', x))} {badge(how[x])}" for x in by_name(how, "skill"))
    _titled(_("Skills"), skills)


def _language(entry: LanguageEntry) -> str:
    name = plain(term_name("language", entry.language))
    return f"**{name}** {plain(label(entry.level))} {badge(entry.evidence)}"


def _papers(form: JobseekerForm) -> None:
    _titled(_("Documents"), (_document(entry) for entry in form.documents))
    _titled(_("Licences"), (_licence(entry) for entry in form.licences))


def _document(entry: DocumentEntry) -> str:
    parts = [
        entry.number or _("number not stated"),
        _("issued on {day}").format(day=day(entry.issued_on)) if entry.issued_on else "",
    ]
    return (
        f"**{plain(label(entry.kind))}** · {_dotted(parts)} · {_validity(entry)}"
        f" {badge(entry.evidence)}"
    )


def _licence(entry: LicenceEntry) -> str:
    name = f"**{plain(term_name('licence', entry.licence))}**"
    validity = f" · {_validity(entry)}" if entry.valid_until else ""
    return f"{name}{validity} {badge(entry.evidence)}"


def _validity(entry: DocumentEntry | LicenceEntry) -> str:
    if entry.valid_until is None:
        return _("validity not stated")
    text = _("valid until {day}").format(day=day(entry.valid_until))
    if entry.valid_until < clock.today():
        return plain(text) + " :red-badge[✕ {}]".format(_("expired"))
    return plain(text)


def _wishes(form: JobseekerForm) -> None:
    layout.facts(
        {
            field_name("available_from"): day(form.available_from),
            field_name("available_to"): day(form.available_to),
            field_name("desired_countries"): ", ".join(
                term_name("country", c) for c in by_name(form.desired_countries, "country")
            ),
            field_name("wishes"): form.wishes or "",
        }
    )


def _dotted(parts: Iterable[str]) -> str:
    return " · ".join(plain(part) for part in parts if part)


def _titled(title: str, lines: Iterable[str]) -> None:
    """A heading and a list; an empty list says that nothing is known."""
    body = "\n".join(f"- {line}" for line in lines) or ":gray[{}]".format(_("not stated"))
    st.markdown(f"**{title}**\n\n{body}")


def in_words(field: str, form: JobseekerForm) -> str:
    """One field's value as markdown, for a comparison of two versions."""
    value = getattr(form, field)
    if value is None or value == ():
        return "–"
    match field:
        case "occupations":
            lines = [_occupation(entry) for entry in value]
        case "education_entries":
            lines = [_study(entry) for entry in value]
        case "languages":
            lines = [_language(entry) for entry in value]
        case "skills":
            lines = [f"{plain(term_name('skill', s.skill_id))} {badge(s.evidence)}" for s in value]
        case "documents":
            lines = [_document(entry) for entry in value]
        case "licences":
            lines = [_licence(entry) for entry in value]
        case "desired_countries":
            lines = [plain(term_name("country", code)) for code in value]
        case "citizenship":
            lines = [plain(term_name("country", value))]
        case "region" | "municipality" | "education":
            lines = [plain(term_name(field, str(value)))]
        case "sex":
            lines = [plain(label(value))]
        case "personal_number":
            lines = [plain(masked(value))]
        case _:
            lines = [plain(day(value) if isinstance(value, date) else value)]
    return "; ".join(lines)
