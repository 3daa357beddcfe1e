"""What stands between a candidate's CV and the employer, each with what would help."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import CandidacyRow, EmployerRow, VacancyRow
from domain.enums import CandidacyStatus as C
from domain.enums import EmployerStatus, VacancyStatus
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.records.sending import CountryStanding, SendingBoard
from domain.texts import N_, Sentence, Term
from domain.transitions import WITH_EMPLOYER
from services.monitoring.suspensions import suspension_refusal
from services.permissions import Permission, check_can
from services.sending.limits import places_of

CLOSED = frozenset({VacancyStatus.DRAFT, VacancyStatus.CLOSED, VacancyStatus.CANCELLED})
WITH_A_PLACE = (WITH_EMPLOYER - {C.SENT, C.EMPLOYER_SELECTED}) | {C.RETURNED}
"""Confirmed or further on. Whoever is only selected may still decline: others may go meanwhile."""
ALL_TAKEN = N_("People have confirmed for all {positions} places: nobody else is sent for them.")
NOBODY = N_("Choose at least one approved person whose CV can go.")


def vacancy_refusal(
    session: Session, vacancy: VacancyRow, standing: CountryStanding
) -> Sentence | None:
    """Why nothing can be sent for this vacancy now, whoever it is; None when it can."""
    if vacancy.status in CLOSED:
        status = Term("VacancyStatus", vacancy.status.value)
        return Sentence(
            N_("Nothing is sent for this vacancy any more: it is “{status}”."), {"status": status}
        )
    if vacancy.employer_id is None:
        return Sentence(N_("The vacancy names no employer: enter who offers the work first."))
    refusal = employer_refusal(session, vacancy.employer_id)
    if refusal is not None:
        return refusal
    if _count(session, vacancy.id, WITH_A_PLACE) >= vacancy.positions:
        return Sentence(ALL_TAKEN, {"positions": vacancy.positions})
    return None if standing.basis is not None else standing.sentence


def employer_refusal(session: Session, employer_id: int) -> Sentence | None:
    """Why this employer gets no package now; None when it does."""
    employer = session.get_one(EmployerRow, employer_id)
    if employer.status is EmployerStatus.SUSPENDED:
        return Sentence(
            N_("The employer {name} is suspended: nobody is sent to it."), {"name": employer.name}
        )
    return suspension_refusal(session, employer_id)


def count_with_employer(session: Session, vacancy_id: int) -> int:
    """How many of the vacancy are sent, selected or further on."""
    return _count(session, vacancy_id, WITH_EMPLOYER)


def _count(session: Session, vacancy_id: int, statuses: frozenset[C]) -> int:
    query = select(func.count()).where(
        CandidacyRow.vacancy_id == vacancy_id, CandidacyRow.status.in_(statuses)
    )
    return session.scalar(query) or 0


def check_room(session: Session, vacancy: VacancyRow, more: int) -> None:
    """Refused if so many more would be beyond the candidates per position."""
    places, there = places_of(vacancy.positions), count_with_employer(session, vacancy.id)
    if there + more > places:
        raise Refused(
            N_(
                "At most {places} people may be with the employer for {positions} positions; "
                "{there} are. Choose {room} or fewer."
            ),
            places=places,
            positions=vacancy.positions,
            there=there,
            room=max(0, places - there),
        )


def check_can_create_package(board: SendingBoard, by: Officer) -> None:
    """Raise, with what would help, unless a package can go for this vacancy now."""
    check_can(by, Permission.PACKAGES_SEND)
    if board.refusal is not None:
        raise Refused(board.refusal)
    waiting = [one for one in board.people if one.status is C.APPROVED]
    if not any(one.is_ready for one in waiting):
        raise Refused(
            N_("Nobody can go yet: beside each person stands what is missing.")
            if waiting
            else N_("Nobody waits to be sent: the commission's approved people come here.")
        )
    if board.room == 0:
        raise Refused(
            N_("As many people as the positions allow are with the employer: wait for the answer.")
        )


def consent_missing(session: Session, vacancy: VacancyRow, employer: bool) -> Sentence:
    """Which of the two consents the person has to give first."""
    if employer:
        name = session.get_one(EmployerRow, vacancy.employer_id).name
        return Sentence(N_("Consent to hand the CV to {employer} is missing."), {"employer": name})
    return Sentence(
        N_("Consent to send personal data to {country} is missing."),
        {"country": Term("country", vacancy.country)},
    )
