"""A CV in the parts of the Europass, as labels and texts of one language: for files and screens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from documents.paper import Block, Facts, Heading, Paper
from documents.speech import Speech
from domain.records.cvs import CvLine, CvSection, ShownCv, ShownLanguage, ShownStudy, ShownWork
from domain.texts import N_

EMPTY = "–"


def cv_sections(cv: ShownCv, say: Speech) -> tuple[CvSection, ...]:
    """Its parts that have something to show, in the order of the Europass."""
    parts = (
        ("personal", N_("Personal information"), _personal(cv, say)),
        ("about", N_("About me"), _text("about", cv.about)),
        ("work", N_("Work experience"), (_work(one, say) for one in cv.work)),
        ("studies", N_("Education and training"), (_study(one, say) for one in cv.studies)),
        ("languages", N_("Language skills"), (_language(one, say) for one in cv.languages)),
        ("skills", N_("Skills"), _skills(cv)),
        ("licences", N_("Licences and certificates"), _licences(cv, say)),
        ("additional", N_("Additional information"), _additional(cv, say)),
    )
    made = (CvSection(place, say(title), tuple(lines)) for place, title, lines in parts)
    return tuple(section for section in made if section.lines)


def _personal(cv: ShownCv, say: Speech) -> Iterator[CvLine]:
    # A hidden name leaves a reference; the whole CV names the person.
    if cv.surname or cv.given_names:
        yield CvLine("surname", say(N_("Surname")), cv.surname or EMPTY)
        yield CvLine("given_names", say(N_("Given names")), cv.given_names or EMPTY)
    elif cv.reference:
        yield CvLine("reference", say(N_("Reference")), cv.reference)
    if cv.birth_date:
        yield CvLine("birth_date", say(N_("Birth date")), say.show(cv.birth_date))
    if cv.citizenship:
        yield CvLine("citizenship", say(N_("Citizenship")), cv.citizenship.label)
    if cv.residence:
        yield CvLine("residence", say(N_("Place of residence")), cv.residence)
    if cv.address:
        yield CvLine("address", say(N_("Address")), cv.address)
    if cv.phone:
        yield CvLine("phone", say(N_("Phone")), cv.phone)
    if cv.email:
        yield CvLine("email", say(N_("E-mail")), cv.email)
    if cv.headline:
        yield CvLine("headline", say(N_("Occupation")), cv.headline.label)


def _text(place: str, text: str | None) -> Iterator[CvLine]:
    if text:
        yield CvLine(place, "", text)


def work_time(work: ShownWork, say: Speech) -> str:
    """How long and until when, as far as it is known."""
    parts = []
    if work.years == 1:
        parts.append(say(N_("1 year")))
    elif work.years is not None:
        parts.append(say(N_("{years} years"), years=work.years))
    if work.last_year:
        # A year is no number: it has no separators.
        parts.append(say(N_("until {year}"), year=str(work.last_year)))
    return ", ".join(parts)


def _work(work: ShownWork, say: Speech) -> CvLine:
    where = ", ".join(
        part for part in (work.employer, work.country.label if work.country else None) if part
    )
    told = "\n".join(part for part in (work.occupation.label, where, work.tasks) if part)
    return CvLine(work.place, work_time(work, say), told)


def _study(study: ShownStudy, say: Speech) -> CvLine:
    where = ", ".join(
        part for part in (study.institution, study.country.label if study.country else None) if part
    )
    told = "\n".join(part for part in (study.level.label, study.field, where) if part)
    year = str(study.year_completed) if study.year_completed else ""
    return CvLine(study.place, year, told)


def _language(one: ShownLanguage, say: Speech) -> CvLine:
    if one.level.code == "native":
        told = one.level.label
    else:
        told = say(
            N_("{level} (CEFR, overall; {evidence})"),
            level=one.level.label,
            evidence=one.evidence.label,
        )
    return CvLine(f"language.{one.language.code}", one.language.label, told)


def _skills(cv: ShownCv) -> Iterator[CvLine]:
    if cv.skills:
        yield CvLine("skills", "", "; ".join(skill.label for skill in cv.skills))


def _licences(cv: ShownCv, say: Speech) -> Iterator[CvLine]:
    for one in cv.licences:
        until = say(N_("valid until {day}"), day=one.valid_until) if one.valid_until else ""
        yield CvLine(f"licence.{one.licence.code}", until, one.licence.label)


def _additional(cv: ShownCv, say: Speech) -> Iterator[CvLine]:
    if cv.available_from or cv.available_to:
        period = f"{say.show(cv.available_from)} – {say.show(cv.available_to)}"
        yield CvLine("availability", say(N_("Available")), period)
    if cv.additional:
        yield CvLine("additional", "", cv.additional)


def cv_paper(cv: ShownCv, say: Speech, *, code: str | None, moment: datetime) -> Paper:
    """The CV as a paper; `code` names the version that is sent, None marks a draft."""
    name = cv.name()
    foot = (
        say(N_("Version {code} · signed off by translator and candidate"), code=code)
        if code
        else say(N_("Draft: not signed off, not for sending"))
    )
    return Paper(
        language=say.language,
        title=name,
        subtitle=cv.headline.label if cv.headline else say(N_("Curriculum vitae")),
        running_head=say(N_("Curriculum vitae · {name}"), name=name),
        page_of=say(N_("page {page} of {pages}"), page="{page}", pages="{pages}"),
        foot=foot,
        author=say(N_("Employment agency of Georgia")),
        moment=moment,
        blocks=tuple(_blocks(cv_sections(cv, say))),
    )


def _blocks(sections: tuple[CvSection, ...]) -> Iterator[Block]:
    for section in sections:
        yield Heading(section.title)
        yield Facts(tuple((line.label, line.text) for line in section.lines))
