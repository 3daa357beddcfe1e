"""Departure files as their screens show them: the list of those who prepare, and one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from db.models import PermitFileRow, PermitPaperRow
from db.repositories import preparation as repository
from db.repositories.preparation import Traveller
from db.session import reading
from domain.enums import PermitStatus
from domain.records.officer import Officer
from domain.records.preparation import (
    CountryPack,
    DeparturePlan,
    Obstacle,
    PaperRecord,
    PermitRecord,
    PreparationRecord,
    PreparationSummary,
)
from domain.texts import N_, Sentence
from services import clock
from services.audit import Happening
from services.once_a_day import log_once_a_day
from services.permissions import Permission, check_can
from services.preparation.departures import (
    check_can_confirm,
    check_can_plan,
    check_can_record_no_show,
    planned,
)
from services.preparation.obstacles import (
    BEFORE_DEPARTURE,
    find_obstacles,
    get_traveller,
    obstacles_of,
)
from services.preparation.packs import pack_on
from services.preparation.papers import paper_records
from services.preparation.permits import check_can_decide, check_can_open, check_can_submit
from services.preparation.rules import rules_on
from services.preparation.season_rules import durations_on
from services.preparation.sessions import name_ka, name_lat, places_shown, summary
from services.refusals import refusal

NOTHING_LEFT = N_("Everything is in hand: confirm the departure on the day.")
GONE = N_("Nothing more is to be prepared.")


def list_preparations(*, by: Officer) -> tuple[PreparationSummary, ...]:
    """Everybody who prepares to depart, the earliest departure first, then those without a day."""
    check_can(by, Permission.PREPARATION_READ)
    with reading() as session:
        found = summaries(session, repository.list_travellers(session, statuses=BEFORE_DEPARTURE))
    return tuple(sorted(found, key=lambda one: (one.departure_on or date.max, one.candidacy_id)))


def summaries(session: Session, travellers: Sequence[Traveller]) -> list[PreparationSummary]:
    """The lines of these people, in few queries whatever their number."""
    today = clock.today()
    people = [one.candidacy.id for one in travellers]
    certificates = repository.certificates_of(session, people)
    files = repository.permit_files_of(session, people)
    papers = repository.papers_of(session, [file.id for file in files.values()])
    found = []
    for one in travellers:
        file = files.get(one.candidacy.id)
        if file is not None and _is_to_open_again(one, file):
            file = None
        rows = papers.get(file.id, []) if file else []
        certificate = certificates.get(one.candidacy.id)
        obstacles = find_obstacles(one, certificate, file, rows, today)
        found.append(_summary(one, certificate is not None, file, rows, obstacles, today))
    return found


def _is_to_open_again(traveller: Traveller, file: PermitFileRow) -> bool:
    """Whoever withdrew and confirmed again has a file, and it is closed."""
    status = traveller.candidacy.status
    return file.status is PermitStatus.CANCELLED and status in BEFORE_DEPARTURE


def _summary(
    traveller: Traveller,
    is_oriented: bool,
    file: PermitFileRow | None,
    rows: Sequence[PermitPaperRow],
    obstacles: Sequence[Obstacle],
    today: date,
) -> PreparationSummary:
    plan = planned(traveller.deployment)
    records = _papers(_pack(traveller, file, today), rows, plan, today) if file else ()
    still_open = [one for one in records if one.rule.is_mandatory and not one.is_settled]
    return PreparationSummary(
        candidacy_id=traveller.candidacy.id,
        external_id=traveller.person.external_id,
        name_ka=name_ka(traveller),
        name_lat=name_lat(traveller),
        vacancy_number=traveller.vacancy.number,
        country=traveller.vacancy.country,
        status=traveller.candidacy.status,
        departure_on=plan.departure_on,
        days_left=(plan.departure_on - today).days if plan.departure_on else None,
        is_oriented=is_oriented,
        permit=file.status if file else None,
        papers_open=len(still_open) if file else None,
        papers_late=sum(one.days_left is not None and one.days_left < 0 for one in still_open),
        next_step=_next_step(obstacles),
    )


def _next_step(obstacles: Sequence[Obstacle]) -> Sentence:
    return obstacles[0].sentence if obstacles else Sentence(NOTHING_LEFT)


def _pack(traveller: Traveller, file: PermitFileRow | None, today: date) -> CountryPack:
    vacancy = traveller.vacancy
    if file is None:
        return pack_on(vacancy.country, vacancy.scheme_code, today)
    return pack_on(file.country, vacancy.scheme_code, file.pack_from)


def _papers(
    pack: CountryPack, rows: Sequence[PermitPaperRow], plan: DeparturePlan, today: date
) -> tuple[PaperRecord, ...]:
    return paper_records(
        pack,
        rows,
        departure_on=plan.departure_on,
        return_on=plan.return_on,
        passport_months=rules_on(today).passport_months_after_return,
        today=today,
    )


def get_preparation(*, candidacy_id: int, by: Officer) -> PreparationRecord:
    """One person's departure file; the reading is recorded."""
    check_can(by, Permission.PREPARATION_READ)
    with reading() as session:
        traveller = get_traveller(session, candidacy_id)
        record = _record(session, traveller, by)
    happening = Happening("read", "departure_file", candidacy_id, record.external_id)
    log_once_a_day(("departure_file", candidacy_id), happening, by=by)
    return record


def _record(session: Session, traveller: Traveller, by: Officer) -> PreparationRecord:
    today = clock.today()
    candidacy, vacancy = traveller.candidacy, traveller.vacancy
    file = repository.permit_files_of(session, [candidacy.id]).get(candidacy.id)
    rows = repository.papers_of(session, [file.id]).get(file.id, []) if file else []
    places = repository.places_of_people(session, [candidacy.id])
    shown = places_shown(session, places, by)
    employer = repository.find_employer(session, vacancy.employer_id)
    obstacles = obstacles_of(session, traveller)
    is_preparing = candidacy.status in BEFORE_DEPARTURE
    current = None if file and _is_to_open_again(traveller, file) else file
    last = shown[-1] if shown else None
    with_certificate = next((one for one in shown if one.certificate), last)
    held = next(
        (
            row
            for place, row in places
            if with_certificate and place.id == with_certificate.place_id
        ),
        None,
    )
    plan = planned(traveller.deployment)
    return PreparationRecord(
        candidacy_id=candidacy.id,
        status=candidacy.status,
        external_id=traveller.person.external_id,
        name_ka=name_ka(traveller),
        name_lat=name_lat(traveller),
        vacancy_number=vacancy.number,
        vacancy_title=vacancy.title,
        vacancy_title_ka=vacancy.title_ka,
        employer=employer.name if employer else None,
        country=vacancy.country,
        start_on=vacancy.start_on,
        end_on=vacancy.end_on,
        deployment_number=traveller.deployment.number if traveller.deployment else None,
        plan=plan,
        proposed=_proposed(traveller, plan, today),
        orientation=with_certificate,
        orientation_session=summary(held, {}, 0) if held else None,
        permit=_permit(traveller, current, rows, plan, today, by) if current else None,
        pack=_pack(traveller, current, today),
        passport_months=rules_on(today).passport_months_after_return,
        obstacles=obstacles,
        open_refusal=refusal(check_can_open, traveller, file, by),
        plan_refusal=refusal(check_can_plan, traveller, by),
        depart_refusal=refusal(check_can_confirm, session, traveller, by),
        no_show_refusal=refusal(check_can_record_no_show, traveller, by),
        next_step=_next_step(obstacles) if is_preparing else Sentence(GONE),
    )


def _proposed(traveller: Traveller, plan: DeparturePlan, today: date) -> DeparturePlan:
    start = traveller.vacancy.start_on
    ahead = durations_on(today).arrival_days
    departs = start - timedelta(ahead) if start else None
    return DeparturePlan(
        departure_on=plan.departure_on or departs,
        return_on=plan.return_on or traveller.vacancy.end_on,
        emergency_name=plan.emergency_name,
        emergency_phone=plan.emergency_phone,
    )


def _permit(
    traveller: Traveller,
    file: PermitFileRow,
    rows: list[PermitPaperRow],
    plan: DeparturePlan,
    today: date,
    by: Officer,
) -> PermitRecord:
    pack = _pack(traveller, file, today)
    return PermitRecord(
        id=file.id,
        status=file.status,
        pack=pack,
        submitted_on=file.submitted_on,
        reference_number=file.reference_number,
        decided_on=file.decided_on,
        permit_number=file.permit_number,
        valid_from=file.valid_from,
        valid_until=file.valid_until,
        refusal=file.refusal,
        refusal_text=file.refusal_text,
        papers=_papers(pack, rows, plan, today),
        version=file.version,
        submit_refusal=refusal(check_can_submit, traveller, file, rows, by),
        decide_refusal=refusal(check_can_decide, traveller, file, by),
    )
