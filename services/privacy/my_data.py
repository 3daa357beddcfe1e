"""A person's own page, by a personal link: who looked at their data, and asking for more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from db.models import JobseekerRow, PrivacyRequestRow
from db.session import reading, unit_of_work
from domain.enums import (
    IdentityProof,
    LinkPurpose,
    PrivacyChannel,
    PrivacyRequestKind,
    PrivacyRequestStatus,
)
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.records.privacy import Access, RequestForm
from domain.texts import N_
from services import access_links, audit, clock
from services.notifications import Recipient, queue_message
from services.permissions import Permission, check_can
from services.privacy.accesses import accesses_of, person_by_number
from services.privacy.depersonalising import person_of
from services.privacy.requests import OPEN, identified, take_in
from services.privacy.rules import rules_on

PATH = "my-data"
TEMPLATE = "privacy.my_data"
MOST_OPEN = 5
"""Requests of one person that may wait at once: a link that got lost floods nobody."""


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """A request as its person sees it."""

    number: str
    kind: PrivacyRequestKind
    status: PrivacyRequestStatus
    due_on: date
    answer: str | None


@dataclass(frozen=True, slots=True)
class MyData:
    """What stands behind the link."""

    external_id: str
    open_until: date
    seen: tuple[Access, ...]
    requests: tuple[OwnRequest, ...]


def send_link(*, external_id: str, by: Officer) -> str:
    """Send a new link by the contact in the file; older ones end. The address, shown this once."""
    check_can(by, Permission.PRIVACY_REGISTER)
    with unit_of_work() as work:
        session = work.session
        row, _ = person_by_number(session, external_id)
        if row.depersonalised_at is not None:
            raise Refused(N_("This file is depersonalised already."))
        until = clock.today() + timedelta(rules_on(clock.today()).link_days)
        secret, link = access_links.renew_link(
            session, purpose=LinkPurpose.MY_DATA, subject_id=row.id, last_day=until, by=by
        )
        address = access_links.link_address(PATH, secret)
        queue_message(
            session,
            template=TEMPLATE,
            to=Recipient.jobseeker(row.id),
            values={"until": until, "link": address},
            key=f"my_data:{row.id}:{link.id}",
            by=by,
        )
        audit.record(
            session,
            action="data_link_sent",
            entity="jobseeker",
            entity_id=row.id,
            subject=row.external_id,
            details={"until": until},
            by=by,
        )
        work.commit()
        return address


def open_my_data(*, secret: str) -> MyData:
    """What the page behind the link says; NotFound or Refused where the link opens nothing."""
    link = access_links.open_link(secret=secret, purpose=LinkPurpose.MY_DATA)
    with reading() as session:
        row = session.get_one(JobseekerRow, link.subject_id)
        if row.depersonalised_at is not None:
            raise Refused(N_("Nothing is kept any more that says who you are."))
        query = select(PrivacyRequestRow).where(PrivacyRequestRow.jobseeker_id == row.id)
        rows = session.scalars(query.order_by(PrivacyRequestRow.id.desc())).all()
        return MyData(
            external_id=row.external_id,
            open_until=clock.day_of(link.expires_at - timedelta(seconds=1)),
            seen=accesses_of(session, person_of(session, row)),
            requests=tuple(
                OwnRequest(one.number, one.kind, one.status, one.due_on, one.answer) for one in rows
            ),
        )


def ask_by_link(*, secret: str, kind: PrivacyRequestKind | None, wish: str) -> str:
    """Take in a request of the person behind the link: the link is the proof who asks."""
    with unit_of_work() as work:
        session = work.session
        link = access_links.check_link(
            session, secret=secret, purpose=LinkPurpose.MY_DATA, lock=True
        )
        person = session.get_one(JobseekerRow, link.subject_id)
        waiting = select(PrivacyRequestRow.id).where(
            PrivacyRequestRow.jobseeker_id == person.id, PrivacyRequestRow.status.in_(OPEN)
        )
        if len(session.scalars(waiting).all()) >= MOST_OPEN:
            raise Refused(N_("Several requests of yours wait already: they are answered first."))
        form = RequestForm(person.external_id, kind, PrivacyChannel.LINK, wish)
        row = take_in(session, form, None)
        identified(session, row, IdentityProof.PERSONAL_LINK, "", None)
        work.commit()
        return row.number
