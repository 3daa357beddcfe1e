"""What is sent is whole, signed off by both, shows no more than its level, and never changes."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace

import pytest
from pypdf import PdfReader
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from db.models import StoredFileRow
from db.session import reading, unit_of_work
from domain.enums import CvLevel, CvStatus, DocumentKind, FileFormat
from domain.exceptions import Refused
from domain.records.cvs import FrozenCv
from domain.records.jobseeker import DocumentEntry, JobseekerForm
from domain.records.officer import Officer
from services import clock
from services.cvs import cv_files, cv_refusal, freeze_cv
from services.cvs import reading as cvs
from services.jobseekers.register import get_jobseeker
from services.jobseekers.registration import update_jobseeker
from tests.factories import cvs as factory
from tests.factories.officers import officer


@pytest.fixture
def recruiter(sqlite_database: Engine) -> Officer:
    return officer()


def refused(candidacy_id: int) -> str | None:
    with reading() as session:
        sentence = cv_refusal(session, candidacy_id)
    return str(sentence) if sentence else None


def freeze(candidacy_id: int, level: CvLevel, by: Officer) -> FrozenCv:
    with unit_of_work() as work:
        frozen = freeze_cv(work.session, candidacy_id=candidacy_id, level=level, by=by)
        work.commit()
    return frozen


def contents(frozen: FrozenCv) -> dict[FileFormat, bytes]:
    with reading() as session:
        return {
            file.format: session.get_one(StoredFileRow, file.sha256).content
            for file in frozen.files
        }


def everything_in(frozen: FrozenCv) -> str:
    """Every text that any of the three files holds, its metadata and its name too."""
    files = contents(frozen)
    pdf = PdfReader(io.BytesIO(files[FileFormat.PDF]))
    said = [page.extract_text() for page in pdf.pages] + [str(pdf.metadata)]
    with zipfile.ZipFile(io.BytesIO(files[FileFormat.DOCX])) as parts:
        said += [parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]
    said.append(files[FileFormat.JSON].decode())
    said += [file.name for file in frozen.files]
    with reading() as session:
        stored = text("SELECT record FROM frozen_cvs WHERE id = :id")
        said.append(str(session.execute(stored, {"id": frozen.id}).scalar_one()))
    return "\n".join(said)


def test_an_empty_profile_is_refused_with_what_to_add(recruiter: Officer) -> None:
    nobody = JobseekerForm(first_name_ka="ნინო", last_name_ka="ყიფიანი")
    candidacy = factory.approved(factory.somebody(recruiter, nobody))
    said = refused(candidacy)
    assert said is not None
    assert "occupation or skill" in said
    with pytest.raises(Refused):
        freeze(candidacy, CvLevel.FULL, recruiter)


def test_a_cv_is_sent_only_after_both_signed_off(recruiter: Officer) -> None:
    external_id = factory.somebody(recruiter)
    candidacy = factory.approved(external_id)
    assert "Compare the name with the passport" in str(refused(candidacy))
    factory.written(external_id, recruiter)
    assert "is a draft" in str(refused(candidacy))
    factory.signed(external_id, recruiter)
    assert refused(candidacy) is None
    frozen = freeze(candidacy, CvLevel.FULL, recruiter)
    said = everything_in(frozen)
    for told in ("KIPIANI", "Picking and sorting grapes", "Crop farm", "B1", "German"):
        assert told in said


def test_a_change_of_the_file_takes_both_signoffs_back(recruiter: Officer) -> None:
    external_id = factory.final(recruiter)
    candidacy = factory.approved(external_id)
    before = freeze(candidacy, CvLevel.FULL, recruiter)
    stored = get_jobseeker(external_id=external_id, by=recruiter)
    update_jobseeker(
        external_id=external_id,
        form=replace(stored.form, phone="+995555000999"),
        version=stored.version,
        by=recruiter,
    )
    record = cvs.read_cv(external_id=external_id, by=recruiter)
    assert record.status is CvStatus.DRAFT
    assert not any(one.is_current for one in record.signoffs)
    assert "is a draft" in str(refused(candidacy))
    assert contents(record.frozen[0]) == contents(before)


HIDDEN = {
    "phone": ("555000101", "555 00 01 01", "555-000-101", "+995 555 000 101"),
    "email": ("nino.kipiani@example.ge", "NINO.KIPIANI"),
    "personal_number": ("00000000101",),
    "passport": ("12AB34567",),
    "address": ("ერეკლეს", "Erekles"),
}
NAMES = ("ნინო", "ყიფიან", "Kipiani", "KIPIANI", "Qipiani", "Nino")
HOSTILE = (
    "მე ვარ ნინო ყიფიანი, ნინოს ყიფიანის, ერეკლეს ქუჩა 5, პასპორტი 12AB34567.",
    "I am Nino Kipiani (Qipiani), Erekles Kucha 5, passport 12AB34567.",
)


@pytest.mark.parametrize("level", list(CvLevel))
def test_no_level_gives_away_what_it_hides(recruiter: Officer, level: CvLevel) -> None:
    papers = (DocumentEntry(DocumentKind.PASSPORT, "12AB34567"),)
    form = replace(factory.WHOLE, documents=papers)
    external_id = factory.final(recruiter, form, about=HOSTILE, tasks=HOSTILE)
    said = everything_in(freeze(factory.approved(external_id), level, recruiter)).casefold()
    hidden = dict(HIDDEN)
    if level is CvLevel.FULL:
        hidden = {name: HIDDEN[name] for name in ("personal_number", "passport")}
    for field, spellings in hidden.items():
        for spelling in spellings:
            assert spelling.casefold() not in said, f"{field} at level {level.value}"
    names = NAMES if level is CvLevel.ANONYMOUS else ()
    for name in names:
        assert name.casefold() not in said, name
    assert ("1995" in said) == (level is not CvLevel.ANONYMOUS)


def test_the_same_content_gives_the_same_bytes(recruiter: Officer) -> None:
    external_id = factory.final(recruiter)
    first = freeze(factory.approved(external_id), CvLevel.NO_CONTACTS, recruiter)
    made = cv_files(first.shown, code=first.sha256[:16], moment=first.frozen_at)
    assert made == contents(first)
    for file in first.files:
        assert hashlib.sha256(made[file.format]).hexdigest() == file.sha256
    assert json.loads(made[FileFormat.JSON])["SkillsPassport"]["Locale"] == "en"


def test_what_was_sent_is_frozen_once(recruiter: Officer) -> None:
    candidacy = factory.approved(factory.final(recruiter))
    first = freeze(candidacy, CvLevel.FULL, recruiter)
    clock.move(3)
    assert freeze(candidacy, CvLevel.FULL, recruiter) == first


@pytest.mark.parametrize("table", ["frozen_cvs", "frozen_cv_files", "cv_signoffs"])
def test_what_was_sent_and_signed_never_changes(database: Engine, table: str) -> None:
    recruiter = officer()
    freeze(factory.approved(factory.final(recruiter)), CvLevel.FULL, recruiter)
    column = {"frozen_cvs": "sha256", "frozen_cv_files": "name", "cv_signoffs": "note"}[table]
    for change in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match="never changed"), unit_of_work() as work:
            work.session.execute(text(change))
