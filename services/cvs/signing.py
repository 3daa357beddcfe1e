"""Sign-offs of a CV: the translator's and the candidate's, each for exactly one content."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from db.models import CvRow, CvSignoffRow, CvTextRow
from db.repositories.jobseekers import get_jobseeker
from db.session import unit_of_work
from domain.enums import CvSigner, CvSignoffChannel, CvStatus
from domain.exceptions import InvalidInput, Refused
from domain.records.officer import Officer
from domain.texts import N_
from services import audit, clock
from services.cvs.freezing import ENTITY
from services.cvs.shortfalls import EMPTY, is_empty
from services.cvs.standing import Standing, move_cv, standing_of
from services.permissions import Permission, check_can

LONGEST_NOTE = 1000
CHANGED = N_("The CV changed since you opened it. Read it as it stands now, then answer again.")
HEARD = (CvSignoffChannel.PHONE, CvSignoffChannel.IN_PERSON)


def ask_for_signoffs(*, external_id: str, by: Officer) -> None:
    """Ask translator and candidate for their sign-offs; Refused while something must be added."""
    check_can(by, Permission.CVS_EDIT)
    with unit_of_work() as work:
        session = work.session
        standing = standing_of(session, get_jobseeker(session, external_id, to_change=True))
        ask(session, standing, by)
        work.commit()


def ask(session: Session, standing: Standing, by: Officer) -> None:
    """The content goes to both signers, in the caller's transaction."""
    check_can_ask(standing)
    cv = _cv_of(standing)
    move_cv(cv, standing, CvStatus.IN_REVIEW)
    session.flush()
    audit.record(
        session,
        action="review_asked",
        entity=ENTITY,
        entity_id=cv.id,
        subject=standing.person.external_id,
        details={"content": [None, standing.sha256]},
        by=by,
    )


def check_can_ask(standing: Standing) -> None:
    """Raise unless the CV is a whole draft."""
    if is_empty(standing.form):
        raise Refused(EMPTY.text)
    for lacking in standing.shortfalls():
        if lacking.is_must:
            raise Refused(lacking.sentence.text, **lacking.sentence.values)
    if standing.status is not CvStatus.DRAFT:
        raise Refused(N_("The sign-offs are asked for already."))


def sign_as_translator(*, external_id: str, content_sha256: str, by: Officer) -> None:
    """The translator has read every text against its source and signs this content off."""
    check_can(by, Permission.CVS_SIGN)
    with unit_of_work() as work:
        session = work.session
        standing = standing_of(session, get_jobseeker(session, external_id, to_change=True))
        check_can_sign(standing, CvSigner.TRANSLATOR)
        _check_same(standing, content_sha256)
        sign_translation(session, standing, by)
        work.commit()


def sign_translation(session: Session, standing: Standing, by: Officer) -> None:
    """The translator's yes, in the caller's transaction: no text is a draft any more."""
    drafts = update(CvTextRow).where(CvTextRow.cv_id == _cv_of(standing).id)
    session.execute(drafts.values(is_draft=False))
    give_answer(session, standing, CvSigner.TRANSLATOR, True, CvSignoffChannel.SCREEN, None, by)


def record_candidate_answer(
    *,
    external_id: str,
    content_sha256: str,
    is_approved: bool,
    channel: CvSignoffChannel,
    note: str,
    by: Officer,
) -> None:
    """What the candidate said by phone or in person, after the CV was read out or shown."""
    check_can(by, Permission.CVS_EDIT)
    if channel not in HEARD:
        raise InvalidInput(N_("Say whether the candidate told you by phone or in person."))
    if not is_approved and not note.strip():
        raise InvalidInput(N_("Write down what the candidate wants changed."))
    with unit_of_work() as work:
        session = work.session
        standing = standing_of(session, get_jobseeker(session, external_id, to_change=True))
        check_can_sign(standing, CvSigner.CANDIDATE)
        _check_same(standing, content_sha256)
        give_answer(
            session, standing, CvSigner.CANDIDATE, is_approved, channel, note.strip() or None, by
        )
        work.commit()


def check_can_sign(standing: Standing, signer: CvSigner) -> None:
    """Raise unless this signer's answer to the content is awaited."""
    if standing.status is CvStatus.DRAFT:
        raise Refused(N_("The CV is a draft. Add what it lacks, then ask for the sign-offs."))
    if standing.approval_of(signer) is not None:
        raise Refused(N_("This content is signed off already. A change asks for it again."))


def _check_same(standing: Standing, content_sha256: str) -> None:
    if standing.sha256 != content_sha256:
        raise Refused(CHANGED)


def give_answer(
    session: Session,
    standing: Standing,
    signer: CvSigner,
    is_approved: bool,
    channel: CvSignoffChannel,
    note: str | None,
    by: Officer | None,
) -> None:
    """Note a yes or no in the caller's transaction: two yes make it final, a no a draft."""
    cv = _cv_of(standing)
    if note and len(note) > LONGEST_NOTE:
        raise InvalidInput(N_("At most {count} letters, please."), count=LONGEST_NOTE)
    session.add(
        CvSignoffRow(
            cv_id=cv.id,
            revision=cv.revision,
            content_sha256=standing.sha256,
            signer=signer,
            is_approved=is_approved,
            channel=channel,
            note=note,
            signed_at=clock.now(),
            signed_by=by.id if by else None,
        )
    )
    session.flush()
    now = standing_of(session, standing.person)
    both = all(now.approval_of(one) is not None for one in CvSigner)
    if not is_approved:
        move_cv(cv, now, CvStatus.DRAFT)
        # What was wrong has to be looked at: the same content is not simply asked for again.
        cv.revision += 1
    elif both:
        move_cv(cv, now, CvStatus.FINAL)
    session.flush()
    audit.record(
        session,
        action="signed_off" if is_approved else "sent_back",
        entity=ENTITY,
        entity_id=cv.id,
        subject=standing.person.external_id,
        details={
            "signer": [None, signer.value],
            "channel": [None, channel.value],
            "content": [None, standing.sha256],
        },
        by=by,
    )


def _cv_of(standing: Standing) -> CvRow:
    if standing.cv is None:
        raise Refused(N_("The CV is not begun: confirm the name first."))
    return standing.cv
