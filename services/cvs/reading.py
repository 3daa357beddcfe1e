"""Reading CVs: the list of those that are wanted, one CV with both languages, and its files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    CvSignoffRow,
    FrozenCvRow,
    JobseekerRow,
    OfficerRow,
    VacancyRow,
)
from db.repositories.jobseekers import WHOLE_FILE, get_jobseeker
from db.session import reading, unit_of_work
from documents.cv import cv_sections
from documents.speech import Speech
from domain.enums import CandidacyStatus as C
from domain.enums import CvLevel, CvSigner, CvStatus, FileFormat
from domain.exceptions import NotFound
from domain.records.cvs import (
    CvCandidacy,
    CvRecord,
    CvSection,
    CvSignoff,
    CvSummary,
    FrozenCv,
)
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import audit, clock, texts
from services.audit import Happening
from services.cvs.freezing import ENTITY, cv_files, frozen_of, frozen_record, why_not_sent
from services.cvs.rules import redaction
from services.cvs.showing import EVERYTHING, shown_cv
from services.cvs.signing import check_can_ask, check_can_sign
from services.cvs.standing import Standing, standing_of, standings_of
from services.cvs.writing import left_over, text_records
from services.official_documents.files import MadeFile, content_of
from services.once_a_day import log_once_a_day
from services.permissions import Permission, check_can
from services.refusals import refusal

WANTED = (C.APPROVED, C.RESERVE, C.SENT)
"""Whose CV is prepared or with an employer now."""


def list_cvs(*, by: Officer) -> tuple[CvSummary, ...]:
    """Everybody approved by a commission whose CV is wanted; what is missing most, first."""
    check_can(by, Permission.CVS_READ)
    with reading() as session:
        wanted = _wanted(session)
        people = _people(session, wanted)
        frozen = set(
            session.scalars(
                select(FrozenCvRow.candidacy_id).where(
                    FrozenCvRow.candidacy_id.in_(
                        [one.candidacy_id for several in wanted.values() for one in several]
                    )
                )
            )
        )
        found = [
            _summary(standing, wanted[standing.person.id], frozen)
            for standing in standings_of(session, people)
        ]
    order = {CvStatus.DRAFT: 0, CvStatus.IN_REVIEW: 1, CvStatus.FINAL: 2}
    return tuple(sorted(found, key=lambda x: (x.is_sent, order[x.status], x.external_id)))


def _wanted(session: Session, jobseeker_id: int | None = None) -> dict[int, list[CvCandidacy]]:
    query = (
        select(CandidacyRow, VacancyRow)
        .join(VacancyRow, VacancyRow.id == CandidacyRow.vacancy_id)
        .order_by(CandidacyRow.id.desc())
    )
    if jobseeker_id is None:
        query = query.where(CandidacyRow.status.in_(WANTED))
    else:
        query = query.where(CandidacyRow.jobseeker_id == jobseeker_id)
    found: dict[int, list[CvCandidacy]] = defaultdict(list)
    for candidacy, vacancy in session.execute(query):
        found[candidacy.jobseeker_id].append(
            CvCandidacy(
                candidacy_id=candidacy.id,
                vacancy_number=vacancy.number,
                title=vacancy.title,
                title_ka=vacancy.title_ka,
                country=vacancy.country,
                status=candidacy.status,
            )
        )
    return found


def _people(session: Session, ids: Iterable[int]) -> Sequence[JobseekerRow]:
    query = select(JobseekerRow).where(JobseekerRow.id.in_(list(ids))).options(*WHOLE_FILE)
    return session.scalars(query).all()


def _summary(standing: Standing, wanted: list[CvCandidacy], frozen: set[int]) -> CvSummary:
    return CvSummary(
        external_id=standing.person.external_id,
        name_ka=standing.form.name_ka(),
        name_lat=standing.form.name_lat(),
        status=standing.status,
        is_sent=all(one.candidacy_id in frozen for one in wanted),
        candidacies=tuple(wanted),
        shortfalls=standing.shortfalls(),
        next_step=why_not_sent(standing) or Sentence(N_("The CV can be sent to an employer.")),
    )


def read_cv(*, external_id: str, by: Officer) -> CvRecord:
    """One person's CV with its source; opening it is audited."""
    check_can(by, Permission.CVS_READ)
    with reading() as session:
        standing = standing_of(session, get_jobseeker(session, external_id))
        record = _record(session, standing)
        cv_id = standing.cv.id if standing.cv else None
    happening = Happening("read", ENTITY, cv_id, external_id)
    log_once_a_day(("cv", external_id), happening, by=by)
    return record


def _record(session: Session, standing: Standing) -> CvRecord:
    left, right = sections_of(standing)
    return CvRecord(
        external_id=standing.person.external_id,
        name_ka=standing.form.name_ka(),
        name_lat=standing.form.name_lat(),
        version=standing.cv.version if standing.cv else 0,
        status=standing.status,
        content_sha256=standing.sha256,
        names=standing.names,
        sections_ka=left,
        sections_en=right,
        texts=text_records(standing),
        left_over=left_over(standing),
        shortfalls=standing.shortfalls(),
        signoffs=_signoffs(session, standing),
        candidacies=tuple(_wanted(session, standing.person.id)[standing.person.id]),
        frozen=_frozen(session, standing),
        review_refusal=refusal(check_can_ask, standing),
        translator_refusal=refusal(check_can_sign, standing, CvSigner.TRANSLATOR),
        candidate_refusal=refusal(check_can_sign, standing, CvSigner.CANDIDATE),
    )


def sections_of(standing: Standing) -> tuple[tuple[CvSection, ...], tuple[CvSection, ...]]:
    """The whole CV in Georgian and in English, place by place."""
    left, right = (
        cv_sections(
            shown_cv(
                standing.content, standing.form, rule=EVERYTHING, language=language, reference=""
            ),
            Speech(language, texts.show),
        )
        for language in ("ka", "en")
    )
    return left, right


def _signoffs(session: Session, standing: Standing) -> tuple[CvSignoff, ...]:
    officers = {
        row.id: row
        for row in session.scalars(
            select(OfficerRow).where(OfficerRow.id.in_({x.signed_by for x in standing.signoffs}))
        )
    }
    return tuple(
        signoff_record(standing, row, officers.get(row.signed_by or 0)) for row in standing.signoffs
    )


def signoff_record(
    standing: Standing, row: CvSignoffRow, officer: OfficerRow | None = None
) -> CvSignoff:
    """An answer, and whether it was given to the content as it stands."""
    return CvSignoff(
        id=row.id,
        signer=row.signer,
        is_approved=row.is_approved,
        channel=row.channel,
        note=row.note,
        signed_at=row.signed_at,
        by_ka=officer.name_ka if officer else None,
        by_en=officer.name_en if officer else None,
        is_current=standing.counts(row),
    )


def _frozen(session: Session, standing: Standing) -> tuple[FrozenCv, ...]:
    if standing.cv is None:
        return ()
    rows = session.scalars(
        select(FrozenCvRow)
        .where(FrozenCvRow.cv_id == standing.cv.id)
        .order_by(FrozenCvRow.id.desc())
    )
    return tuple(frozen_record(session, row) for row in rows)


def preview_cv(*, external_id: str, level: CvLevel, form: FileFormat, by: Officer) -> MadeFile:
    """The CV as a recipient of that level would get it now, marked as a draft; audited."""
    check_can(by, Permission.CVS_READ)
    with unit_of_work() as work:
        standing = standing_of(work.session, get_jobseeker(work.session, external_id))
        shown = shown_cv(
            standing.content,
            standing.form,
            rule=redaction(level, clock.today()),
            language="en",
            reference=external_id,
        )
        audit.record(
            work.session,
            action="exported",
            entity=ENTITY,
            entity_id=standing.cv.id if standing.cv else None,
            subject=external_id,
            details={"level": [None, level.value], "format": [None, form.value]},
            by=by,
        )
        work.commit()
    moment = clock.beginning(clock.today())
    return MadeFile("en", form, cv_files(shown, code=None, moment=moment)[form])


def download_frozen(*, frozen_id: int, form: FileFormat, by: Officer) -> MadeFile:
    """A file of a CV as it was sent; audited."""
    check_can(by, Permission.CVS_READ)
    with unit_of_work() as work:
        frozen = frozen_of(work.session, frozen_id)
        file = next((one for one in frozen.files if one.format is form), None)
        if file is None:
            raise NotFound(N_("The CV has no file of this kind."))
        candidacy = work.session.get_one(CandidacyRow, frozen.candidacy_id)
        person = work.session.get_one(JobseekerRow, candidacy.jobseeker_id)
        content = content_of(work.session, file.sha256)
        audit.record(
            work.session,
            action="exported",
            entity=ENTITY,
            entity_id=frozen_id,
            subject=person.external_id,
            details={"level": [None, frozen.level.value], "format": [None, form.value]},
            by=by,
        )
        work.commit()
    return MadeFile("en", form, content)
