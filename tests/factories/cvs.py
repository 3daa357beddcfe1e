"""A person whose English CV can be written, signed off and sent."""

from datetime import date

from db.models import JobseekerRow
from db.session import reading
from domain.enums import CefrLevel, CvSignoffChannel, Evidence
from domain.records.cvs import CvTextForm
from domain.records.jobseeker import (
    EducationEntry,
    JobseekerForm,
    LanguageEntry,
    LicenceEntry,
    OccupationEntry,
)
from domain.records.officer import Officer
from services.cvs import reading as cvs
from services.cvs import signing, writing
from services.jobseekers.registration import register_jobseeker
from tests.factories import histories
from tests.factories.jobseekers import person

WHOLE = person(
    email="nino.kipiani@example.ge",
    municipality="GE-KA-04",
    address="თელავი, ერეკლეს ქუჩა 5",
    occupations=(OccupationEntry("9211", 5.0, "შპს ალაზნის ვაზი", "GE", 2024),),
    education_entries=(EducationEntry(3, "თელავის მესამე სკოლა", "ზოგადი", "GE", 2013),),
    education=3,
    languages=(
        LanguageEntry("ka", CefrLevel.NATIVE),
        LanguageEntry("de", CefrLevel.B1, Evidence.CERTIFICATE),
    ),
    licences=(LicenceEntry("B", date(2031, 5, 1)),),
    available_from=date(2027, 4, 1),
    available_to=date(2027, 9, 30),
)
ABOUT = ("მიყვარს ბაღში მუშაობა.", "I like working in orchards.")
TASKS = ("ყურძნის კრეფა და დახარისხება.", "Picking and sorting grapes.")


def somebody(by: Officer, form: JobseekerForm = WHOLE) -> str:
    """The number of a registered person."""
    return register_jobseeker(form=form, by=by).external_id


def approved(external_id: str, vacancy_id: int | None = None) -> int:
    """The candidacy of that person, approved by the commission."""
    with reading() as session:
        found = session.query(JobseekerRow.id).filter_by(external_id=external_id).scalar()
    vacancy = vacancy_id or histories.vacancy()
    steps = (("preselected", "2026-02-03"), ("commission_review", "2026-02-05"))
    return histories.candidacy(found, vacancy, *steps, ("approved", "2026-02-09"))


def written(external_id: str, by: Officer, **texts: tuple[str, str]) -> None:
    """Confirm the name and write the texts that the file asks for."""
    record = cvs.read_cv(external_id=external_id, by=by)
    if not record.names.is_confirmed:
        names = record.names
        writing.confirm_name(
            external_id=external_id, given_names=names.given_names, surname=names.surname, by=by
        )
    told = {"about": ABOUT, "tasks": TASKS, "field": ("", "general"), **texts}
    forms = []
    for text in record.texts:
        source, english = told.get(text.place.rpartition(".")[2], (text.source_ka, text.english))
        forms.append(CvTextForm(text.place, source or text.source_ka, english))
    writing.write_texts(external_id=external_id, forms=forms, seen_version=None, by=by)


def signed(external_id: str, by: Officer) -> None:
    """Both sign-offs for the content as it stands."""
    signing.ask_for_signoffs(external_id=external_id, by=by)
    sha256 = cvs.read_cv(external_id=external_id, by=by).content_sha256
    signing.sign_as_translator(external_id=external_id, content_sha256=sha256, by=by)
    signing.record_candidate_answer(
        external_id=external_id,
        content_sha256=sha256,
        is_approved=True,
        channel=CvSignoffChannel.PHONE,
        note="",
        by=by,
    )


def final(by: Officer, form: JobseekerForm = WHOLE, **texts: tuple[str, str]) -> str:
    """A person whose CV can be sent."""
    external_id = somebody(by, form)
    written(external_id, by, **texts)
    signed(external_id, by)
    return external_id
