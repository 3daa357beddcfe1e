"""What a CV still lacks, as sentences that say what to do. Only a must hinders sign-off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.records.cvs import CvContent, CvNames, CvShortfall, CvStudy, CvText, CvWork
from domain.records.jobseeker import JobseekerForm
from domain.texts import N_, Sentence, Term
from matching.names import fold
from services.cvs.leaks import has_contacts

AS_PRINTED = re.compile(r"[A-Z]+(?:[ '\-][A-Z]+)*")
EMPTY = Sentence(
    N_(
        "An empty profile can't become a CV. Add at least one occupation or skill to the person's "
        "file, and a language."
    )
)


def is_empty(form: JobseekerForm) -> bool:
    """Whether the file says nothing of what the person can do."""
    return not (form.occupations or form.skills or form.education_entries)


def shortfalls(form: JobseekerForm, content: CvContent, names: CvNames) -> tuple[CvShortfall, ...]:
    """Everything missing, what hinders first."""
    if is_empty(form):
        return (CvShortfall("work", EMPTY, True),)
    found = [*_name(form, names), *_facts(form), *_texts(content)]
    return tuple(sorted(found, key=lambda one: not one.is_must))


def _must(place: str, text: str, /, **values: object) -> CvShortfall:
    return CvShortfall(place, Sentence(text, values), True)


def _should(place: str, text: str, /, **values: object) -> CvShortfall:
    return CvShortfall(place, Sentence(text, values), False)


def _name(form: JobseekerForm, names: CvNames) -> Iterator[CvShortfall]:
    if not names.is_confirmed:
        yield _must("name", N_("Compare the name with the passport, correct it, and confirm it."))
        return
    spellings = [(form.first_name_lat, form.last_name_lat), (form.first_name_ka, form.last_name_ka)]
    known = [(fold(first), fold(last)) for first, last in spellings if first and last]
    if known and (fold(names.given_names), fold(names.surname)) not in known:
        yield _must(
            "name",
            N_(
                "The file has another name than the CV. Compare both with the passport, correct "
                "the wrong one, and confirm the name again."
            ),
        )


def _facts(form: JobseekerForm) -> Iterator[CvShortfall]:
    if not form.languages:
        yield _must("languages", N_("Add the languages to the person's file, with their levels."))
    if form.birth_date is None:
        yield _must("personal", N_("Add the birth date to the person's file."))
    if not form.citizenship:
        yield _must("personal", N_("Add the citizenship to the person's file."))
    if not (form.phone or form.email):
        yield _must("personal", N_("Add a phone number or an e-mail to the person's file."))
    if not form.occupations:
        yield _should("work", N_("The file names no work experience. Ask the person about it."))
    if not form.skills:
        yield _should("skills", N_("The file names no skills. Ask the person what they can do."))
    if not form.education_entries:
        yield _should("studies", N_("The file says nothing of school or training places."))


def _texts(content: CvContent) -> Iterator[CvShortfall]:
    about = Sentence(N_("About me"))
    yield from _text("about", about, content.about)
    if not (content.about.ka or content.about.en):
        yield _should("about", N_("Write two or three sentences about the person."))
    for work in content.work:
        yield from _work(work)
    for study in content.studies:
        yield from _study(study)
    yield from _text("additional", Sentence(N_("Additional information")), content.additional)


def _work(work: CvWork) -> Iterator[CvShortfall]:
    occupation = Term("occupation", work.isco)
    tasks = Sentence(N_("Tasks: {occupation}"), {"occupation": occupation})
    employer = Sentence(N_("Employer: {occupation}"), {"occupation": occupation})
    yield from _text(f"{work.place}.tasks", tasks, work.tasks)
    if not (work.tasks.ka or work.tasks.en):
        yield _should(
            f"{work.place}.tasks",
            N_("Say what the person did as: {occupation}."),
            occupation=occupation,
        )
    yield from _text(f"{work.place}.employer", employer, work.employer)


def _study(study: CvStudy) -> Iterator[CvShortfall]:
    level = {"level": Term("education", str(study.level))}
    school = Sentence(N_("School or college: {level}"), level)
    subject = Sentence(N_("Subject: {level}"), level)
    yield from _text(f"{study.place}.institution", school, study.institution)
    yield from _text(f"{study.place}.field", subject, study.field)


def _text(place: str, about: Sentence, text: CvText) -> Iterator[CvShortfall]:
    if text.ka and not text.en:
        yield _must(place, N_("“{text}” has no English yet: write it."), text=about)
    if text.en and not text.ka:
        yield _must(
            place,
            N_("“{text}” has no Georgian: write it, so that the candidate can read what it says."),
            text=about,
        )
    if any(has_contacts(part) for part in (text.ka, text.en) if part):
        yield _must(
            place,
            N_(
                "“{text}” holds a phone, an e-mail or another long number: take it out. Contacts "
                "stand in their own lines, and only where the recipient may see them."
            ),
            text=about,
        )
