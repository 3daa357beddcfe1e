"""What stands between a person and departure: every mandatory thing that is still open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from db.models import OrientationCertificateRow, PermitFileRow, PermitPaperRow
from db.repositories import preparation as repository
from db.repositories.preparation import Traveller
from domain.enums import CandidacyStatus, ObstaclePlace, PermitStatus
from domain.exceptions import NotFound
from domain.records.preparation import Obstacle
from domain.texts import N_, Sentence, Term
from services import clock
from services.deployments.checks import contract_checks, counter_checks
from services.deployments.contracts import contract_of
from services.deployments.days import Planned, day_counters, days_of, stays_abroad
from services.preparation.packs import pack_on
from services.preparation.papers import open_sentence, paper_records
from services.preparation.rules import rules_on
from services.sending.checks import employer_refusal

C, At = CandidacyStatus, ObstaclePlace
BEFORE_DEPARTURE = (C.CONFIRMED, C.ORIENTATION, C.PERMIT_PENDING, C.PERMIT_GRANTED)
NO_SUCH_CANDIDACY = N_("There is no such candidacy.")


def departure_obstacles(session: Session, candidacy_id: int) -> tuple[Sentence, ...]:
    """Every reason why the departure can't be confirmed now; empty when it can."""
    return tuple(
        one.sentence for one in obstacles_of(session, get_traveller(session, candidacy_id))
    )


def listed(reasons: Sequence[Sentence]) -> Sentence:
    """Several sentences as one."""
    texts = " ".join(f"{{r{place}}}" for place in range(len(reasons)))
    return Sentence(texts, {f"r{place}": reason for place, reason in enumerate(reasons)})


def get_traveller(session: Session, candidacy_id: int) -> Traveller:
    """The candidacy with its person, vacancy and stay; NotFound if there is none."""
    found = repository.find_traveller(session, candidacy_id)
    if found is None:
        raise NotFound(NO_SUCH_CANDIDACY)
    return found


def obstacles_of(session: Session, traveller: Traveller) -> tuple[Obstacle, ...]:
    """The same with the part of the file that clears each."""
    ids = [traveller.candidacy.id]
    file = repository.permit_files_of(session, ids).get(traveller.candidacy.id)
    papers = repository.papers_of(session, [file.id]).get(file.id, []) if file else []
    certificate = repository.certificates_of(session, ids).get(traveller.candidacy.id)
    found = find_obstacles(traveller, certificate, file, papers, clock.today())
    more = (*_of_employer(session, traveller), *day_obstacles(session, traveller))
    return (*found, *(Obstacle(At.CONTRACT, one) for one in more))


def _of_employer(session: Session, traveller: Traveller) -> tuple[Sentence, ...]:
    """Nobody leaves for an employer that is suspended: wait, or free the person for others."""
    stay = traveller.deployment
    employer_id = (stay.employer_id if stay else None) or traveller.vacancy.employer_id
    if employer_id is None or traveller.candidacy.status not in BEFORE_DEPARTURE:
        return ()
    refusal = employer_refusal(session, employer_id)
    return () if refusal is None else (refusal,)


def day_obstacles(session: Session, traveller: Traveller) -> tuple[Sentence, ...]:
    """Limits of days abroad that the scheme keeps to and the stay would pass."""
    stay = traveller.deployment
    if stay is None or traveller.candidacy.status not in BEFORE_DEPARTURE:
        return ()
    stays = stays_abroad(session, [stay.jobseeker_id]).get(stay.jobseeker_id, [])
    planned = Planned(stay.country, traveller.vacancy.scheme_code, days_of(stay), stay.number)
    found = counter_checks(day_counters(stays, planned))
    return tuple(one.sentence for one in found if one.holds_back)


def find_obstacles(
    traveller: Traveller,
    certificate: OrientationCertificateRow | None,
    file: PermitFileRow | None,
    papers: Sequence[PermitPaperRow],
    today: date,
) -> tuple[Obstacle, ...]:
    """The obstacles of a person whose rows are loaded."""
    status = traveller.candidacy.status
    if status not in BEFORE_DEPARTURE:
        text = N_("This person does not prepare a departure: the candidacy is “{status}”.")
        return (_at(At.PLAN, text, status=Term("CandidacyStatus", status.value)),)
    return (
        *_of_plan(traveller),
        *_of_orientation(certificate),
        *_of_permit(traveller, file),
        *_of_papers(traveller, file, papers, today),
        *_of_contract(traveller),
    )


def _at(place: ObstaclePlace, text: str, **values: object) -> Obstacle:
    return Obstacle(place, Sentence(text, values))


def _of_plan(traveller: Traveller) -> list[Obstacle]:
    stay = traveller.deployment
    found = []
    if stay is None or stay.planned_departure_on is None:
        found.append(_at(At.PLAN, N_("The day of departure is not planned.")))
    if stay is None or stay.planned_return_on is None:
        found.append(_at(At.PLAN, N_("The day of return is not planned.")))
    if stay is None or not (stay.emergency_name and stay.emergency_phone):
        text = N_("Nobody is named who can be called in an emergency.")
        found.append(_at(At.PLAN, text))
    return found


def _of_contract(traveller: Traveller) -> list[Obstacle]:
    stay = traveller.deployment
    if stay is None:
        return []  # the plan is missing, and says so
    checks = contract_checks(contract_of(stay), stay.country, traveller.vacancy.scheme_code)
    return [Obstacle(At.CONTRACT, one.sentence) for one in checks if one.holds_back]


def _of_orientation(certificate: OrientationCertificateRow | None) -> list[Obstacle]:
    if certificate is not None:
        return []
    text = N_("There is no certificate of orientation: the session and its quiz come first.")
    return [_at(At.ORIENTATION, text)]


def _of_permit(traveller: Traveller, file: PermitFileRow | None) -> list[Obstacle]:
    if file is None:
        return [_at(At.PERMIT, N_("No file for the visa or permit was opened."))]
    if file.status is not PermitStatus.GRANTED:
        text = N_("The visa or permit is not granted: {status}.")
        return [_at(At.PERMIT, text, status=Term("PermitStatus", file.status.value))]
    stay = traveller.deployment
    departure = stay.planned_departure_on if stay else None
    back = stay.planned_return_on if stay else None
    found = []
    if file.valid_from and departure and file.valid_from > departure:
        text = N_("The permit begins on {begins}, after the planned departure on {departs}.")
        found.append(_at(At.PERMIT, text, begins=file.valid_from, departs=departure))
    if file.valid_until and back and file.valid_until < back:
        text = N_("The permit ends on {ends}, before the planned return on {returns}.")
        found.append(_at(At.PERMIT, text, ends=file.valid_until, returns=back))
    return found


def _of_papers(
    traveller: Traveller,
    file: PermitFileRow | None,
    papers: Sequence[PermitPaperRow],
    today: date,
) -> list[Obstacle]:
    if file is None:
        return []
    pack = pack_on(file.country, traveller.vacancy.scheme_code, file.pack_from)
    stay = traveller.deployment
    records = paper_records(
        pack,
        papers,
        departure_on=stay.planned_departure_on if stay else None,
        return_on=stay.planned_return_on if stay else None,
        passport_months=rules_on(today).passport_months_after_return,
        today=today,
    )
    opened = [open_sentence(pack, record) for record in records if record.rule.is_mandatory]
    return [Obstacle(At.PAPERS, sentence) for sentence in opened if sentence is not None]
