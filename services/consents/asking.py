"""The texts that people are asked to agree to, and which consent of theirs counts on a day."""

from __future__ import annotations

import hashlib
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.models import ConsentRow, EmployerRow
from domain.enums import ConsentPurpose
from domain.exceptions import NotFound, Refused
from domain.records.consents import ConsentText
from domain.texts import N_, Term
from services import clock
from services.dated_rules import Entry, in_force, stored_rules
from services.texts import term

P = ConsentPurpose
TRANSFERS = (P.TRANSFER_TO_EMPLOYER, P.TRANSFER_TO_COUNTRY)


def rules_on(day: date) -> Entry:
    """The texts and the period in force on that day."""
    return in_force(stored_rules("consents"), day)


def consent_text(
    session: Session, purpose: ConsentPurpose, *, employer_id: int | None, country: str | None
) -> ConsentText:
    """Today's words for a purpose; Refused where the employer or the country is missing."""
    if (purpose is P.TRANSFER_TO_EMPLOYER) != (employer_id is not None) or (
        purpose is P.TRANSFER_TO_COUNTRY
    ) != (country is not None):
        raise Refused(N_("Say which employer or which country this consent is about."))
    employer = session.get(EmployerRow, employer_id) if employer_id else None
    if employer_id and employer is None:
        raise NotFound(N_("There is no such employer."))
    entry = rules_on(clock.today())
    said = {
        language: entry["texts"][purpose.value][language].format(
            employer=employer.name if employer else "",
            country=term(Term("country", country), language) if country else "",
        )
        for language in ("ka", "en")
    }
    return ConsentText(purpose, str(entry["version"]), said["ka"], said["en"])


def sha256_of(text: str) -> str:
    """Of the very words."""
    return hashlib.sha256(text.encode()).hexdigest()


def find_consent(
    session: Session,
    jobseeker_id: int,
    purpose: ConsentPurpose,
    *,
    employer_id: int | None = None,
    country: str | None = None,
    lock: bool = False,
) -> ConsentRow | None:
    """The consent that counts today: given, not withdrawn, not run out.

    `lock` holds it, so that a sending and a withdrawal of the same moment have an order.
    """
    query = (
        select(ConsentRow)
        .where(
            ConsentRow.jobseeker_id == jobseeker_id,
            ConsentRow.purpose == purpose,
            ConsentRow.withdrawn_at.is_(None),
            or_(ConsentRow.valid_until.is_(None), ConsentRow.valid_until >= clock.today()),
            ConsentRow.employer_id.is_(None)
            if employer_id is None
            else ConsentRow.employer_id == employer_id,
            ConsentRow.country.is_(None) if country is None else ConsentRow.country == country,
        )
        .order_by(ConsentRow.id.desc())
        .limit(1)
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).first()


def transfer_consents(
    session: Session, jobseeker_id: int, employer_id: int, country: str, *, lock: bool = False
) -> tuple[ConsentRow | None, ConsentRow | None]:
    """What a CV needs to go: consent to this employer, and to its country."""
    return (
        find_consent(
            session, jobseeker_id, P.TRANSFER_TO_EMPLOYER, employer_id=employer_id, lock=lock
        ),
        find_consent(session, jobseeker_id, P.TRANSFER_TO_COUNTRY, country=country, lock=lock),
    )
