"""What is sent stays: a CV at one redaction level, its files and hashes, for one candidacy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    FrozenCvFileRow,
    FrozenCvRow,
    VacancyRow,
)
from documents.cv import cv_paper
from documents.cv_europass import to_europass
from documents.docx import to_docx
from documents.pdf import to_pdf
from documents.speech import Speech
from domain.enums import CvLevel, CvSigner, CvStatus, FileFormat
from domain.exceptions import NotFound, Refused
from domain.records.cvs import (
    Coded,
    FrozenCv,
    FrozenCvFile,
    ShownCv,
    ShownLanguage,
    ShownLicence,
    ShownStudy,
    ShownWork,
)
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import audit, clock, texts
from services.cvs.rules import redaction
from services.cvs.shortfalls import EMPTY, is_empty
from services.cvs.showing import shown_cv
from services.cvs.standing import Standing, standing_by_id
from services.official_documents.attachments import CheckedFile, store_file
from services.official_documents.canonical import canonical

ENTITY = "cv"
"""What audit events call a CV."""
FORMATS = (FileFormat.PDF, FileFormat.DOCX, FileFormat.JSON)
CODE_LENGTH = 16


def cv_refusal(session: Session, candidacy_id: int) -> Sentence | None:
    """Why the CV for this candidacy can't be sent, saying what to do; None when it can."""
    candidacy = session.get(CandidacyRow, candidacy_id)
    if candidacy is None:
        return Sentence(N_("There is no such candidacy."))
    return why_not_sent(standing_by_id(session, candidacy.jobseeker_id))


def why_not_sent(standing: Standing) -> Sentence | None:
    """The first thing that hinders sending this CV."""
    if is_empty(standing.form):
        return EMPTY
    lacking = [one for one in standing.shortfalls() if one.is_must]
    if lacking:
        return lacking[0].sentence
    if standing.status is CvStatus.DRAFT:
        return Sentence(N_("The English CV is a draft: open it and ask for the sign-offs."))
    if standing.approval_of(CvSigner.TRANSLATOR) is None:
        return Sentence(N_("The translator has not signed off this content of the CV yet."))
    if standing.approval_of(CvSigner.CANDIDATE) is None:
        return Sentence(N_("The candidate has not approved this content of the CV yet."))
    return None


def freeze_cv(
    session: Session, *, candidacy_id: int, level: CvLevel, by: Officer | None
) -> FrozenCv:
    """Make and keep what the recipient is shown, in the caller's transaction; Refused if not final.

    The same content at the same level for the same candidacy is frozen once.
    """
    candidacy = session.get(CandidacyRow, candidacy_id)
    if candidacy is None:
        raise NotFound(N_("There is no such candidacy."))
    standing = standing_by_id(session, candidacy.jobseeker_id)
    refusal = why_not_sent(standing)
    if refusal is not None:
        raise Refused(refusal.text, **refusal.values)
    rule = redaction(level, clock.today())
    shown = shown_cv(
        standing.content,
        standing.form,
        rule=rule,
        language="en",
        reference=cv_reference(session, candidacy),
    )
    written = canonical(shown)
    sha256 = hashlib.sha256(written).hexdigest()
    known = _known(session, candidacy_id, sha256)
    if known is not None:
        return frozen_record(session, known)
    row = _new_row(standing, candidacy_id, rule.version, shown, sha256, by)
    session.add(row)
    session.flush()
    for form, content in cv_files(shown, code=sha256[:CODE_LENGTH], moment=row.frozen_at).items():
        _keep(session, row, form, content, shown, by)
    session.flush()
    audit.record(
        session,
        action="frozen",
        entity=ENTITY,
        entity_id=row.id,
        subject=standing.person.external_id,
        details={"candidacy": candidacy_id, "level": level.value, "sha256": sha256},
        by=by,
    )
    return frozen_record(session, row)


def cv_reference(session: Session, candidacy: CandidacyRow) -> str:
    """What a recipient calls the person by: the vacancy's number and the candidacy's."""
    return f"{session.get_one(VacancyRow, candidacy.vacancy_id).number}/{candidacy.id}"


def cv_files(shown: ShownCv, *, code: str | None, moment: datetime) -> dict[FileFormat, bytes]:
    """The three files; the same record, code and moment give the same bytes."""
    paper = cv_paper(shown, Speech(shown.language, texts.show), code=code, moment=moment)
    return {
        FileFormat.PDF: to_pdf(paper, "cv"),
        FileFormat.DOCX: to_docx(paper),
        FileFormat.JSON: to_europass(shown, moment),
    }


def _known(session: Session, candidacy_id: int, sha256: str) -> FrozenCvRow | None:
    query = select(FrozenCvRow).where(
        FrozenCvRow.candidacy_id == candidacy_id, FrozenCvRow.sha256 == sha256
    )
    return session.scalars(query.order_by(FrozenCvRow.id)).first()


def _new_row(
    standing: Standing,
    candidacy_id: int,
    version: str,
    shown: ShownCv,
    sha256: str,
    by: Officer | None,
) -> FrozenCvRow:
    translator = standing.approval_of(CvSigner.TRANSLATOR)
    candidate = standing.approval_of(CvSigner.CANDIDATE)
    assert standing.cv is not None and translator is not None and candidate is not None
    return FrozenCvRow(
        cv_id=standing.cv.id,
        candidacy_id=candidacy_id,
        level=shown.level,
        rules_version=version,
        content_sha256=standing.sha256,
        record=json.loads(canonical(shown)),
        sha256=sha256,
        translator_signoff_id=translator.id,
        candidate_signoff_id=candidate.id,
        frozen_at=clock.now(),
        frozen_by=by.id if by else None,
    )


def _keep(
    session: Session,
    row: FrozenCvRow,
    form: FileFormat,
    content: bytes,
    shown: ShownCv,
    by: Officer | None,
) -> None:
    name = file_name(shown, form)
    file = CheckedFile(name, form, content, hashlib.sha256(content).hexdigest())
    store_file(session, file, by)
    session.add(FrozenCvFileRow(frozen_cv_id=row.id, format=form, name=name, sha256=file.sha256))


def file_name(shown: ShownCv, form: FileFormat) -> str:
    """What a file is called: by the name where the level shows it, else by the reference."""
    named = f"CV-{shown.name()}".replace("/", "-").replace(" ", "-")
    return f"{named}.{form.value}"


def frozen_of(session: Session, frozen_id: int) -> FrozenCv:
    """A frozen CV by its id."""
    row = session.get(FrozenCvRow, frozen_id)
    if row is None:
        raise NotFound(N_("There is no such CV."))
    return frozen_record(session, row)


def frozen_record(session: Session, row: FrozenCvRow) -> FrozenCv:
    """The stored row with its files."""
    candidacy = session.get_one(CandidacyRow, row.candidacy_id)
    files = session.scalars(
        select(FrozenCvFileRow).where(FrozenCvFileRow.frozen_cv_id == row.id)
    ).all()
    return FrozenCv(
        id=row.id,
        candidacy_id=row.candidacy_id,
        vacancy_number=session.get_one(VacancyRow, candidacy.vacancy_id).number,
        level=row.level,
        sha256=row.sha256,
        content_sha256=row.content_sha256,
        frozen_at=row.frozen_at,
        shown=shown_from(row.record),
        files=tuple(
            FrozenCvFile(file.format, file.name, file.sha256)
            for file in sorted(files, key=lambda file: FORMATS.index(file.format))
        ),
    )


def shown_from(record: Mapping[str, Any]) -> ShownCv:
    """The record that was frozen, as it was."""
    if not record:  # the person's data are gone; that a CV was sent stays
        return ShownCv(language="en", level=CvLevel.NO_CONTACTS, reference="—")
    plain = dict(record)
    for name in ("birth_date", "available_from", "available_to"):
        plain[name] = _day(plain[name])
    for name in ("citizenship", "headline"):
        plain[name] = _coded(plain[name])
    plain["level"] = CvLevel(plain["level"])
    plain["work"] = tuple(
        ShownWork(**_with_codes(one, "occupation", "country")) for one in plain["work"]
    )
    plain["studies"] = tuple(
        ShownStudy(**_with_codes(one, "level", "country")) for one in plain["studies"]
    )
    plain["languages"] = tuple(
        ShownLanguage(**{part: Coded(**coded) for part, coded in one.items()})
        for one in plain["languages"]
    )
    plain["skills"] = tuple(Coded(**one) for one in plain["skills"])
    plain["licences"] = tuple(
        ShownLicence(Coded(**one["licence"]), _day(one["valid_until"])) for one in plain["licences"]
    )
    return ShownCv(**plain)


def _with_codes(stored: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {**stored, **{name: _coded(stored[name]) for name in names}}


def _coded(stored: Mapping[str, str] | None) -> Coded | None:
    return Coded(**stored) if stored else None


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
