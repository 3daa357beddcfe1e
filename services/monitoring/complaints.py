"""Complaints come in: by the worker's own link, anonymously by the public page, through an officer.

Only monitoring officers read what they say. Whoever complains without a name gets a number and a
secret, with which they can look at where the case stands.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import CheckInRow, EmployerRow, MonitoringCaseRow
from db.repositories.holding import get_held
from db.session import reading, unit_of_work
from domain.enums import (
    CaseCategory,
    CaseChannel,
    CaseStatus,
    CaseStep,
    CaseUrgency,
    LinkPurpose,
)
from domain.exceptions import InvalidInput, NotFound
from domain.records.monitoring import CaseForm, CaseLook
from domain.records.officer import Officer
from domain.texts import N_
from services import access_links, audit
from services.monitoring.answering import Photo, check_photos, keep_files
from services.monitoring.opening import NewCase, note_step, open_case
from services.monitoring.people import get_stay
from services.permissions import Permission, check_can

LONGEST_TEXT = 4_000
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
SECRET = re.compile(r"[A-Z2-9]{16}")
GRAVE = frozenset({CaseCategory.VIOLENCE, CaseCategory.TRAFFICKING, CaseCategory.DOCUMENTS})
WRITE = N_("Write in a few words what happened.")
TOO_LONG = N_("The text is too long: at most {limit} letters.")
NOT_FOUND = N_("There is no case with this number and secret. Compare both with what you noted.")


@dataclass(frozen=True, slots=True)
class Complaint:
    """What was registered: its number, and until when somebody begins."""

    look: CaseLook
    secret: str | None = None


def new_secret() -> str:
    """A secret of 80 bits that can be written down by hand."""
    return "".join(secrets.choice(ALPHABET) for _ in range(16))


def urgency_of(category: CaseCategory, *, in_danger: bool = False) -> CaseUrgency:
    """How urgent a complaint is before a monitoring officer has read it."""
    if in_danger or category in GRAVE:
        return CaseUrgency.RED
    return CaseUrgency.NORMAL


def complain_by_link(
    *, secret: str, category: CaseCategory, text: str, in_danger: bool, photos: Sequence[Photo]
) -> CaseLook:
    """The worker's own complaint; the same one sent twice is one, "in danger" needs no words."""
    text = _checked_text(text, needed=not in_danger)
    files = check_photos(photos)
    with unit_of_work() as work:
        link = access_links.check_link(
            work.session, secret=secret, purpose=LinkPurpose.CHECK_IN, lock=True
        )
        check_in = get_held(work.session, CheckInRow, link.subject_id)
        digest = _digest(check_in.deployment_id, category, in_danger, text)
        known = _open_with(work.session, check_in.deployment_id, digest)
        if known is not None:
            return _look(known)
        stay = get_stay(work.session, check_in.deployment_id)
        row = open_case(
            work.session,
            NewCase(
                channel=CaseChannel.LINK,
                category=category,
                urgency=urgency_of(category, in_danger=in_danger),
                deployment_id=check_in.deployment_id,
                employer_id=stay.deployment.employer_id,
                country=stay.deployment.country,
                text=text or None,
                text_sha256=digest,
                subject=stay.subject,
            ),
            by=None,
        )
        keep_files(work.session, files, case_id=row.id, by=None)
        work.commit()
        return _look(row)


def complain_publicly(
    *,
    secret: str,
    category: CaseCategory,
    text: str,
    country: str | None,
    employer: str,
    contact: str,
    in_danger: bool,
    photos: Sequence[Photo],
) -> Complaint:
    """A complaint without an account or a name. `secret` came with the form: sent again, the same
    form is the same case, and the secret that is shown still opens it."""
    if not SECRET.fullmatch(secret):
        raise InvalidInput(N_("The form did not arrive whole. Open the page again."))
    text = _checked_text(text, needed=True)
    files = check_photos(photos)
    with unit_of_work() as work:
        known = _by_secret(work.session, secret)
        if known is not None:
            return Complaint(_look(known), secret)
        named = employer.strip()
        row = open_case(
            work.session,
            NewCase(
                channel=CaseChannel.PUBLIC_FORM,
                category=category,
                urgency=urgency_of(category, in_danger=in_danger),
                employer_id=_employer_id(work.session, named),
                country=country or None,
                is_anonymous=True,
                complainant_contact=contact.strip()[:200] or None,
                text=f"{named}\n\n{text}" if named else text,
                secret_sha256=_hash(secret),
            ),
            by=None,
        )
        keep_files(work.session, files, case_id=row.id, by=None)
        work.commit()
        return Complaint(_look(row), secret)


def look_at_complaint(*, number: str, secret: str) -> CaseLook:
    """Where a case stands, for whoever has its number and secret; NotFound otherwise."""
    with reading() as session:
        row = _by_secret(session, secret.strip().replace("-", "").replace(" ", ""))
        if row is None or row.number.casefold() != number.strip().casefold():
            raise NotFound(NOT_FOUND)
        return _look(row)


def register_case(*, form: CaseForm, by: Officer) -> CaseLook:
    """A complaint that came by hotline, consul, e-mail or in person, taken down by an officer."""
    check_can(by, Permission.CASES_REGISTER)
    text = _checked_text(form.text, needed=True)
    with unit_of_work() as work:
        employer_id, country, subject = form.employer_id, form.country, None
        if form.deployment_id is not None:
            stay = get_stay(work.session, form.deployment_id)
            employer_id = employer_id or stay.deployment.employer_id
            country, subject = country or stay.deployment.country, stay.subject
        named = None if form.is_anonymous else (form.complainant_name or "").strip() or None
        row = open_case(
            work.session,
            NewCase(
                channel=form.channel,
                category=form.category,
                urgency=form.urgency,
                deployment_id=form.deployment_id,
                employer_id=employer_id,
                country=country,
                is_anonymous=form.is_anonymous,
                complainant_name=named,
                complainant_contact=(form.complainant_contact or "").strip() or None,
                text=text,
                subject=subject,
            ),
            by=by,
        )
        work.commit()
        return _look(row)


def tell_more(*, number: str, secret: str, text: str) -> CaseLook:
    """Whoever has number and secret adds something; the monitoring officer sees it in the case."""
    text = _checked_text(text, needed=True)
    look_at_complaint(number=number, secret=secret)
    with unit_of_work() as work:
        row = _by_secret(work.session, secret.strip().replace("-", "").replace(" ", ""))
        assert row is not None
        note_step(work.session, row, CaseStep.TOLD_AGAIN, note=text, by=None)
        audit.record(
            work.session, action="told_again", entity="monitoring_case", entity_id=row.id, by=None
        )
        work.commit()
        return _look(row)


def _checked_text(text: str, *, needed: bool) -> str:
    text = text.strip()
    if needed and not text:
        raise InvalidInput(WRITE)
    if len(text) > LONGEST_TEXT:
        raise InvalidInput(TOO_LONG, limit=LONGEST_TEXT)
    return text


def _digest(deployment_id: int, category: CaseCategory, in_danger: bool, text: str) -> str:
    told = f"{deployment_id}\n{category}\n{in_danger}\n{text}"
    return hashlib.sha256(told.encode()).hexdigest()


def _open_with(session: Session, deployment_id: int, digest: str) -> MonitoringCaseRow | None:
    query = select(MonitoringCaseRow).where(
        MonitoringCaseRow.deployment_id == deployment_id,
        MonitoringCaseRow.text_sha256 == digest,
        MonitoringCaseRow.status != CaseStatus.CLOSED,
    )
    return session.scalars(query).first()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _by_secret(session: Session, secret: str) -> MonitoringCaseRow | None:
    query = select(MonitoringCaseRow).where(MonitoringCaseRow.secret_sha256 == _hash(secret))
    return session.scalars(query).one_or_none()


def _employer_id(session: Session, name: str) -> int | None:
    """The employer of exactly that name; a guess would burden somebody else's trust file."""
    if not name:
        return None
    return session.scalars(select(EmployerRow.id).where(EmployerRow.name == name)).one_or_none()


def _look(row: MonitoringCaseRow) -> CaseLook:
    return CaseLook(
        row.number, row.status, row.opened_at, row.act_until, row.started_at, row.outcome
    )
