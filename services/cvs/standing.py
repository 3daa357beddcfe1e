"""Where a CV stands: its content with its hash, its sign-offs that still count, its status."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import CvRow, CvSignoffRow, CvTextRow, JobseekerRow
from db.repositories.jobseekers import WHOLE_FILE
from domain.enums import CvSigner, CvStatus
from domain.records.cvs import CvContent, CvNames, CvShortfall
from domain.records.jobseeker import JobseekerForm
from domain.transitions import CV, check_can_move
from services.cvs.content import Written, cv_content, cv_names, written_texts
from services.cvs.shortfalls import shortfalls
from services.jobseekers.files import form_of
from services.official_documents.canonical import record_sha256


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's CV as it is in this transaction."""

    person: JobseekerRow
    form: JobseekerForm
    cv: CvRow | None
    texts: dict[str, Written]
    content: CvContent
    sha256: str
    """Of the content."""
    signoffs: tuple[CvSignoffRow, ...]
    """All that were ever given, the newest first."""

    @property
    def names(self) -> CvNames:
        """The name as the passport prints it, or a suggestion."""
        return cv_names(self.form, self.cv)

    @property
    def status(self) -> CvStatus:
        """A status belongs to one content: any other is a draft."""
        if self.cv is None or self.cv.content_sha256 != self.sha256:
            return CvStatus.DRAFT
        return self.cv.status

    def shortfalls(self) -> tuple[CvShortfall, ...]:
        """What it lacks, what hinders first."""
        return shortfalls(self.form, self.content, self.names)

    def counts(self, row: CvSignoffRow) -> bool:
        """Whether an answer was given to the content as it stands now."""
        return (
            self.cv is not None
            and row.revision == self.cv.revision
            and row.content_sha256 == self.sha256
        )

    def answer_of(self, signer: CvSigner) -> CvSignoffRow | None:
        """The signer's last answer that counts."""
        return next((x for x in self.signoffs if x.signer is signer and self.counts(x)), None)

    def approval_of(self, signer: CvSigner) -> CvSignoffRow | None:
        """The signer's yes, unless they said no since."""
        answer = self.answer_of(signer)
        return answer if answer is not None and answer.is_approved else None


def standing_of(session: Session, person: JobseekerRow) -> Standing:
    """The CV of a person whose whole file is loaded."""
    return standings_of(session, [person])[0]


def standing_by_id(session: Session, jobseeker_id: int) -> Standing:
    """The CV of a person by the id of the file."""
    query = select(JobseekerRow).where(JobseekerRow.id == jobseeker_id).options(*WHOLE_FILE)
    return standing_of(session, session.scalars(query).one())


def standings_of(session: Session, people: Iterable[JobseekerRow]) -> list[Standing]:
    """The CVs of many people, in three reads."""
    people = list(people)
    ids = [person.id for person in people]
    cvs = {
        row.jobseeker_id: row
        for row in session.scalars(select(CvRow).where(CvRow.jobseeker_id.in_(ids)))
    }
    cv_ids = [row.id for row in cvs.values()]
    written: dict[int, list[CvTextRow]] = {}
    for text in session.scalars(select(CvTextRow).where(CvTextRow.cv_id.in_(cv_ids))):
        written.setdefault(text.cv_id, []).append(text)
    signed: dict[int, list[CvSignoffRow]] = {}
    answers = select(CvSignoffRow).where(CvSignoffRow.cv_id.in_(cv_ids))
    for answer in session.scalars(answers.order_by(CvSignoffRow.id.desc())):
        signed.setdefault(answer.cv_id, []).append(answer)
    found = []
    for person in people:
        cv = cvs.get(person.id)
        form = form_of(person)
        texts = written_texts(written.get(cv.id, [])) if cv else {}
        content = cv_content(form, cv, texts)
        answered = tuple(signed.get(cv.id, [])) if cv else ()
        found.append(Standing(person, form, cv, texts, content, record_sha256(content), answered))
    return found


def move_cv(cv: CvRow, standing: Standing, after: CvStatus) -> None:
    """Take the step for the content as it stands; what belonged to another one is a draft first."""
    before = standing.status
    if before is not after:
        check_can_move(CV, before, after)
    cv.status, cv.content_sha256 = after, standing.sha256
