"""The candidate reads the CV behind a personal link, and approves it or says what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import CvRow, JobseekerRow
from db.repositories.jobseekers import get_jobseeker
from db.session import reading, unit_of_work
from domain.enums import CvSigner, CvSignoffChannel, CvStatus, LinkPurpose
from domain.exceptions import InvalidInput, Refused
from domain.records.cvs import CvForCandidate
from domain.records.messages import Recipient
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import audit, clock
from services.access_links import (
    check_link,
    issue_link,
    link_address,
    open_link,
    revoke_links,
)
from services.cvs.freezing import ENTITY
from services.cvs.reading import sections_of, signoff_record
from services.cvs.rules import cv_limits
from services.cvs.signing import CHANGED, check_can_sign, give_answer
from services.cvs.standing import Standing, standing_by_id, standing_of
from services.notifications.outbox import queue_message
from services.permissions import Permission, check_can
from services.refusals import refusal

PATH = "cv"
PURPOSE = LinkPurpose.CV_APPROVAL


@dataclass(frozen=True, slots=True)
class ApprovalLink:
    """A new link: the address is seen this once, and by the candidate."""

    address: str
    last_day: date


def send_approval_link(*, external_id: str, by: Officer) -> ApprovalLink:
    """A new personal link to the CV, written to the candidate; the one before it ends."""
    check_can(by, Permission.CVS_EDIT)
    with unit_of_work() as work:
        session = work.session
        standing = standing_of(session, get_jobseeker(session, external_id, to_change=True))
        check_can_sign(standing, CvSigner.CANDIDATE)
        assert standing.cv is not None  # only a CV that is begun is in review
        cv_id = standing.cv.id
        revoke_links(session, purpose=PURPOSE, subject_id=cv_id, reason="a newer link", by=by)
        last_day = clock.today() + timedelta(days=cv_limits(clock.today()).link_days)
        secret, link = issue_link(
            session,
            purpose=PURPOSE,
            subject_id=cv_id,
            expires_at=clock.beginning(last_day + timedelta(days=1)),
            by=by,
        )
        address = link_address(PATH, secret)
        queue_message(
            session,
            template="cv.please_approve",
            to=Recipient.jobseeker(standing.person.id),
            values={"until": last_day, "link": address},
            key=f"cv-approval-{link.id}",
            by=by,
        )
        audit.record(
            session,
            action="link_issued",
            entity=ENTITY,
            entity_id=cv_id,
            subject=external_id,
            details={"until": [None, last_day]},
            by=by,
        )
        work.commit()
    return ApprovalLink(address, last_day)


def read_cv_by_link(*, secret: str) -> CvForCandidate:
    """The CV in both languages; NotFound or Refused as the link says. Opening is written down."""
    link = open_link(secret=secret, purpose=PURPOSE)
    with reading() as session:
        return _for_candidate(_standing(session, link.subject_id))


def answer_by_link(
    *, secret: str, content_sha256: str, is_approved: bool, note: str
) -> CvForCandidate:
    """The candidate's own yes or no; Refused when the CV changed since it was read."""
    with unit_of_work() as work:
        session = work.session
        link = check_link(session, secret=secret, purpose=PURPOSE)
        # The file before the link, as an officer's steps take them: nobody waits for the other.
        standing = _standing(session, link.subject_id, to_change=True)
        check_link(session, secret=secret, purpose=PURPOSE, lock=True)
        if _is_told_already(standing, content_sha256, is_approved):
            return _for_candidate(standing)
        if standing.sha256 != content_sha256:
            raise Refused(CHANGED)
        refused = _why_no_answer(standing)
        if refused is not None:
            raise Refused(refused.text, **refused.values)
        if not is_approved and not note.strip():
            raise InvalidInput(N_("Write what has to be changed, in your own words."))
        give_answer(
            session,
            standing,
            CvSigner.CANDIDATE,
            is_approved,
            CvSignoffChannel.LINK,
            note.strip() or None,
            None,
        )
        after = _for_candidate(_standing(session, link.subject_id))
        work.commit()
        return after


def _is_told_already(standing: Standing, content_sha256: str, is_approved: bool) -> bool:
    """Whether this very answer came before: a form that is sent twice is one answer."""
    told = [one for one in standing.signoffs if one.signer is CvSigner.CANDIDATE][:1]
    return any(
        one.content_sha256 == content_sha256
        and one.channel is CvSignoffChannel.LINK
        and one.is_approved is is_approved
        and (not is_approved or standing.counts(one))
        and (is_approved or standing.status is CvStatus.DRAFT)
        for one in told
    )


def _why_no_answer(standing: Standing) -> Sentence | None:
    """Why nothing can be answered now, in words for the candidate."""
    if standing.status is CvStatus.DRAFT:
        return Sentence(
            N_("The agency is working on this CV. You are asked again when it is ready.")
        )
    return refusal(check_can_sign, standing, CvSigner.CANDIDATE)


def _standing(session: Session, cv_id: int, *, to_change: bool = False) -> Standing:
    whose = select(CvRow.jobseeker_id).where(CvRow.id == cv_id)
    jobseeker_id = session.scalars(whose).one()
    if to_change:
        file = select(JobseekerRow.id).where(JobseekerRow.id == jobseeker_id)
        session.execute(file.with_for_update()).one()
    return standing_by_id(session, jobseeker_id)


def _for_candidate(standing: Standing) -> CvForCandidate:
    left, right = sections_of(standing)
    assert standing.cv is not None
    answer = standing.answer_of(CvSigner.CANDIDATE)
    return CvForCandidate(
        cv_id=standing.cv.id,
        content_sha256=standing.sha256,
        name=standing.form.name_ka() or standing.form.name_lat(),
        sections_ka=left,
        sections_en=right,
        can_answer=_why_no_answer(standing),
        answered=signoff_record(standing, answer) if answer else None,
    )
