"""What a redaction level shows of a CV, in one language: nothing else reaches a file."""

from __future__ import annotations

from dataclasses import dataclass

from domain.enums import CvLevel
from domain.records.cvs import (
    Coded,
    CvContent,
    CvStudy,
    CvText,
    CvWork,
    ShownCv,
    ShownLanguage,
    ShownLicence,
    ShownStudy,
    ShownWork,
)
from domain.records.jobseeker import JobseekerForm
from domain.texts import Term
from services import texts
from services.cvs.leaks import Secrets, secrets_of, without
from services.cvs.rules import FIELDS, Redaction

EVERYTHING = Redaction("", CvLevel.FULL, FIELDS)
"""For the person and the officers who work on the CV."""


@dataclass(frozen=True, slots=True)
class Showing:
    """One showing: language, rule, and what free texts may not give away."""

    language: str
    rule: Redaction
    secrets: Secrets

    def coded(self, kind: str, code: str) -> Coded:
        """The code named by the reference tables."""
        return Coded(code, texts.term(Term(kind, code), self.language))

    def if_shown(self, field: str, kind: str, code: str | None) -> Coded | None:
        """The same for a field that may be hidden or unknown."""
        return self.coded(kind, code) if code and field in self.rule else None

    def text(self, field: str, text: CvText) -> str | None:
        """A free text, cleared of what the level hides."""
        return without(text.of(self.language), self.secrets) if field in self.rule else None


def shown_cv(
    content: CvContent, form: JobseekerForm, *, rule: Redaction, language: str, reference: str
) -> ShownCv:
    """The CV as this rule shows it in this language."""
    places = (("municipality", content.municipality), ("region", content.region))
    shown = ("ka", "en")
    known = [texts.term(Term(kind, code), one) for kind, code in places if code for one in shown]
    showing = Showing(language, rule, secrets_of(form, content, rule, tuple(known)))
    given, surname = content.given_names, content.surname
    if language == "ka":
        given, surname = form.first_name_ka or given, form.last_name_ka or surname
    is_named = "name" in rule
    return ShownCv(
        language=language,
        level=rule.level,
        reference=reference,
        given_names=given if is_named else None,
        surname=surname if is_named else None,
        birth_date=content.birth_date if "birth_date" in rule else None,
        citizenship=showing.if_shown("citizenship", "country", content.citizenship),
        residence=_residence(content, showing),
        address=content.address.of(language) if "address" in rule else None,
        phone=content.phone if "phone" in rule else None,
        email=content.email if "email" in rule else None,
        headline=showing.if_shown("headline", "occupation", content.headline),
        about=showing.text("about", content.about),
        work=tuple(_work(one, showing) for one in content.work) if "work" in rule else (),
        studies=tuple(_study(x, showing) for x in content.studies) if "studies" in rule else (),
        languages=_languages(content, showing) if "languages" in rule else (),
        skills=_skills(content, showing) if "skills" in rule else (),
        licences=_licences(content, showing) if "licences" in rule else (),
        available_from=content.available_from if "availability" in rule else None,
        available_to=content.available_to if "availability" in rule else None,
        additional=showing.text("additional", content.additional),
    )


def _residence(content: CvContent, showing: Showing) -> str | None:
    if "residence" not in showing.rule:
        return None
    places = (("municipality", content.municipality), ("region", content.region))
    named = [texts.term(Term(kind, code), showing.language) for kind, code in places if code]
    return ", ".join(dict.fromkeys(named)) or None


def _work(work: CvWork, showing: Showing) -> ShownWork:
    has_years = "work_years" in showing.rule
    return ShownWork(
        place=work.place,
        occupation=showing.coded("occupation", work.isco),
        employer=showing.text("employers", work.employer),
        country=showing.coded("country", work.country) if work.country else None,
        years=work.years if has_years else None,
        last_year=work.last_year if has_years else None,
        tasks=showing.text("work", work.tasks),
    )


def _study(study: CvStudy, showing: Showing) -> ShownStudy:
    return ShownStudy(
        place=study.place,
        level=showing.coded("education", str(study.level)),
        institution=showing.text("institutions", study.institution),
        field=showing.text("studies", study.field),
        country=showing.if_shown("institutions", "country", study.country),
        year_completed=study.year_completed if "study_years" in showing.rule else None,
    )


def _languages(content: CvContent, showing: Showing) -> tuple[ShownLanguage, ...]:
    return tuple(
        ShownLanguage(
            showing.coded("language", one.language),
            showing.coded("level", one.level.value),
            showing.coded("Evidence", one.evidence.value),
        )
        for one in content.languages
    )


def _skills(content: CvContent, showing: Showing) -> tuple[Coded, ...]:
    return tuple(showing.coded("skill", skill) for skill in content.skills)


def _licences(content: CvContent, showing: Showing) -> tuple[ShownLicence, ...]:
    return tuple(
        ShownLicence(showing.coded("licence", one.licence), one.valid_until)
        for one in content.licences
    )
