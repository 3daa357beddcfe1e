"""The permit file of one person: opened from the country pack, application, answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from db.models import PermitFileRow, PermitPaperRow
from db.repositories import preparation as repository
from db.repositories.preparation import Traveller
from db.session import unit_of_work
from domain.enums import (
    CandidacyStatus,
    DecisionReason,
    PermitPaperState,
    PermitRefusal,
    PermitStatus,
)
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.officer import Officer
from domain.records.preparation import PackPaper
from domain.texts import N_, Sentence
from domain.transitions import CANDIDACY, PERMIT, check_can_move
from services import audit, clock
from services.answers.following import fill_place
from services.candidacies import move_candidacy
from services.labels import BY_NAME
from services.permissions import Permission, check_can
from services.preparation.departures import NOT_PREPARING, locked_traveller, stay_of
from services.preparation.obstacles import BEFORE_DEPARTURE, listed
from services.preparation.packs import pack_on
from services.preparation.papers import open_sentence, paper_records
from services.preparation.rules import rules_on
from services.preparation.telling import tell_traveller

C, P = CandidacyStatus, PermitStatus
NO_FILE = N_("Open the file for the visa or permit first.")
REASONS = {
    PermitRefusal.CONDITIONS: DecisionReason.JOB,
    PermitRefusal.QUOTA: DecisionReason.JOB,
    PermitRefusal.EMPLOYER_WITHDREW: DecisionReason.EMPLOYER,
    PermitRefusal.ENTRY_BAN: DecisionReason.PERSON,
    PermitRefusal.EARLIER_STAY: DecisionReason.PERSON,
    PermitRefusal.RETURN_DOUBTED: DecisionReason.PERSON,
}
"""To which side a refusal counts in the statistics; every other one to the documents."""
TO_BE_PENDING = frozenset({C.CONFIRMED, C.ORIENTATION})


@dataclass(frozen=True, slots=True)
class Opened:
    """A permit file held against others, with its person."""

    traveller: Traveller
    file: PermitFileRow


def open_permit_file(*, candidacy_id: int, by: Officer) -> None:
    """Open the checklist of the vacancy's country; what the person's file holds is taken over."""
    check_can(by, Permission.PREPARATION_EDIT)
    with unit_of_work() as work:
        traveller = locked_traveller(work.session, candidacy_id)
        before = repository.lock_permit_file(work.session, candidacy_id)
        check_can_open(traveller, before, by)
        stay_of(work.session, traveller, by)
        if before is not None:
            _open_again(work.session, Opened(traveller, before), by)
            work.commit()
            return
        now = clock.now()
        pack = pack_on(traveller.vacancy.country, traveller.vacancy.scheme_code, clock.today())
        file = PermitFileRow(
            candidacy_id=candidacy_id,
            country=traveller.vacancy.country,
            pack_from=pack.valid_from,
            status=P.PREPARING,
            created_at=now,
            created_by=by.id,
            updated_at=now,
            updated_by=by.id,
        )
        work.session.add(file)
        work.session.flush()
        _add_checklist(work.session, Opened(traveller, file), pack.papers, by)
        details = {"country": file.country, "pack": file.pack_from}
        note_permit(work.session, Opened(traveller, file), "permit_file_opened", details, by)
        work.commit()


def _add_checklist(
    session: Session, opened: Opened, papers: Iterable[PackPaper], by: Officer
) -> None:
    """One line for each paper of the pack, with what the person's own file holds of it."""
    documents = repository.documents_of_person(session, opened.traveller.person.id)
    for paper in papers:
        kept = documents.get(paper.document_kind) if paper.document_kind else None
        session.add(
            PermitPaperRow(
                permit_file_id=opened.file.id,
                code=paper.code,
                state=PermitPaperState.RECEIVED if kept else PermitPaperState.MISSING,
                number=kept.number if kept else None,
                issued_on=kept.issued_on if kept else None,
                valid_until=kept.valid_until if kept else None,
                updated_at=opened.file.created_at,
                updated_by=by.id,
            )
        )
    session.flush()


def _open_again(session: Session, opened: Opened, by: Officer) -> None:
    """The file of somebody who withdrew and confirmed again: its papers as they were left."""
    file = opened.file
    _move_file(file, P.PREPARING, by)
    file.submitted_on = file.decided_on = file.valid_from = file.valid_until = None
    file.reference_number = file.permit_number = None
    session.flush()
    details = {"country": file.country, "pack": file.pack_from}
    note_permit(session, opened, "permit_file_opened", details, by)


def check_can_open(traveller: Traveller, file: PermitFileRow | None, by: Officer) -> None:
    """Raise unless this officer may now open a permit file for the person."""
    check_can(by, Permission.PREPARATION_EDIT)
    if traveller.candidacy.status not in BEFORE_DEPARTURE:
        raise Refused(NOT_PREPARING)
    if file is not None and file.status is not P.CANCELLED:
        raise Refused(N_("The file for the visa or permit is open already."))


def submit_application(
    *, candidacy_id: int, on: date, reference_number: str | None = None, by: Officer
) -> None:
    """Write down that the application went to the authority; the candidacy waits for it."""
    check_can(by, Permission.PREPARATION_EDIT)
    with unit_of_work() as work:
        opened = locked_file(work.session, candidacy_id)
        papers = repository.papers_of(work.session, [opened.file.id]).get(opened.file.id, [])
        check_can_submit(opened.traveller, opened.file, papers, by)
        _check_past(on)
        opened.file.submitted_on = on
        opened.file.reference_number = tidy(reference_number)
        _move_file(opened.file, P.SUBMITTED, by)
        candidacy = opened.traveller.candidacy
        if candidacy.status in TO_BE_PENDING:
            move_candidacy(work.session, candidacy, C.PERMIT_PENDING, by=by)
        work.session.flush()
        note_permit(work.session, opened, "permit_submitted", {"on": on}, by)
        work.commit()


def check_can_submit(
    traveller: Traveller, file: PermitFileRow | None, papers: list[PermitPaperRow], by: Officer
) -> None:
    """Raise unless the papers that the application needs are all in order; names each."""
    check_can(by, Permission.PREPARATION_EDIT)
    if file is None:
        raise Refused(NO_FILE)
    if traveller.candidacy.status not in BEFORE_DEPARTURE:
        raise Refused(NOT_PREPARING)
    check_can_move(PERMIT, file.status, P.SUBMITTED)
    missing = open_papers(traveller, file, papers, for_application=True)
    if missing:
        raise Refused(N_("The application needs more first. {reasons}"), reasons=listed(missing))


def open_papers(
    traveller: Traveller,
    file: PermitFileRow,
    papers: list[PermitPaperRow],
    *,
    for_application: bool,
) -> tuple[Sentence, ...]:
    """What is open among the papers of the application, or among all mandatory ones."""
    pack = pack_on(file.country, traveller.vacancy.scheme_code, file.pack_from)
    stay, today = traveller.deployment, clock.today()
    records = paper_records(
        pack,
        papers,
        departure_on=stay.planned_departure_on if stay else None,
        return_on=stay.planned_return_on if stay else None,
        passport_months=rules_on(today).passport_months_after_return,
        today=today,
    )
    wanted = [
        one
        for one in records
        if one.rule.is_mandatory and (one.rule.for_application or not for_application)
    ]
    return tuple(said for said in (open_sentence(pack, one) for one in wanted) if said)


def send_back_application(*, candidacy_id: int, reason: str, by: Officer) -> None:
    """The authority wants something more: the file is open again, the candidacy keeps waiting."""
    check_can(by, Permission.PREPARATION_EDIT)
    with unit_of_work() as work:
        opened = locked_file(work.session, candidacy_id)
        check_can_move(PERMIT, opened.file.status, P.PREPARING)
        why = _reason(reason)
        _move_file(opened.file, P.PREPARING, by)
        work.session.flush()
        note_permit(work.session, opened, "permit_sent_back", {"reason": why}, by)
        work.commit()


@dataclass(frozen=True, slots=True)
class Grant:
    """What stands in a visa or a permit."""

    decided_on: date
    permit_number: str | None
    valid_from: date | None
    valid_until: date | None


def grant_permit(*, candidacy_id: int, grant: Grant, by: Officer) -> None:
    """Write down the visa or permit that the authority gave."""
    check_can(by, Permission.PREPARATION_EDIT)
    with unit_of_work() as work:
        opened = locked_file(work.session, candidacy_id)
        check_can_decide(opened.traveller, opened.file, by)
        _check_decided(opened.file, grant.decided_on)
        if not tidy(grant.permit_number):
            raise InvalidInput(N_("Write down the number of the visa or permit."))
        if grant.valid_from is None or grant.valid_until is None:
            raise InvalidInput(N_("Write down from when until when the permit is valid."))
        if grant.valid_until < grant.valid_from:
            raise InvalidInput(N_("The permit ends before it begins: check both dates."))
        file = opened.file
        file.decided_on, file.permit_number = grant.decided_on, tidy(grant.permit_number)
        file.valid_from, file.valid_until = grant.valid_from, grant.valid_until
        _move_file(file, P.GRANTED, by)
        move_candidacy(work.session, opened.traveller.candidacy, C.PERMIT_GRANTED, by=by)
        work.session.flush()
        tell_traveller(
            work.session,
            opened.traveller.candidacy,
            "permit_granted",
            key=f"{file.id}:{file.decided_on}",
            by=by,
        )
        details = {"from": grant.valid_from, "until": grant.valid_until}
        note_permit(work.session, opened, "permit_granted", details, by)
        work.commit()


def refuse_permit(
    *, candidacy_id: int, decided_on: date, refusal: PermitRefusal, text: str, by: Officer
) -> None:
    """Write down the authority's refusal with its reason; the candidacy ends with it."""
    check_can(by, Permission.PREPARATION_EDIT)
    with unit_of_work() as work:
        opened = locked_file(work.session, candidacy_id)
        check_can_decide(opened.traveller, opened.file, by)
        _check_decided(opened.file, decided_on)
        if refusal is PermitRefusal.OTHER and not tidy(text):
            raise InvalidInput(N_("Write down which other reason the authority gave."))
        file = opened.file
        file.decided_on, file.refusal, file.refusal_text = decided_on, refusal, tidy(text)
        _move_file(file, P.REFUSED, by)
        reason = tidy(text) or BY_NAME["PermitRefusal"][refusal.value]
        move_candidacy(
            work.session,
            opened.traveller.candidacy,
            C.PERMIT_REFUSED,
            reason=reason,
            reason_code=REASONS.get(refusal, DecisionReason.DOCUMENTS),
            by=by,
        )
        work.session.flush()
        because = Sentence(N_("The visa or permit was refused."))
        fill_place(work.session, opened.traveller.candidacy, because, by=by)
        tell_traveller(
            work.session,
            opened.traveller.candidacy,
            "permit_refused",
            key=f"{file.id}:{file.decided_on}",
            by=by,
        )
        note_permit(work.session, opened, "permit_refused", {"reason": refusal.value}, by)
        work.commit()


def check_can_decide(traveller: Traveller, file: PermitFileRow | None, by: Officer) -> None:
    """Raise unless an answer of the authority can be written down now."""
    check_can(by, Permission.PREPARATION_EDIT)
    if file is None:
        raise Refused(NO_FILE)
    if file.status is P.PREPARING:
        raise Refused(N_("First write down when the application was submitted."))
    check_can_move(PERMIT, file.status, P.GRANTED)
    check_can_move(CANDIDACY, traveller.candidacy.status, C.PERMIT_GRANTED)


def _check_decided(file: PermitFileRow, on: date) -> None:
    _check_past(on)
    if file.submitted_on and on < file.submitted_on:
        raise InvalidInput(N_("The answer can't be older than the application."))


def _check_past(day: date) -> None:
    if day > clock.today():
        raise InvalidInput(N_("The day can't be in the future."))


def _move_file(file: PermitFileRow, after: PermitStatus, by: Officer) -> None:
    check_can_move(PERMIT, file.status, after)
    file.status = after
    file.updated_at, file.updated_by = clock.now(), by.id


def locked_file(session: Session, candidacy_id: int) -> Opened:
    """The person's permit file held against others; NotFound where none is open."""
    traveller = locked_traveller(session, candidacy_id)
    file = repository.lock_permit_file(session, candidacy_id)
    if file is None:
        raise NotFound(NO_FILE)
    return Opened(traveller, file)


def _reason(text: str) -> str:
    why = tidy(text)
    if why is None or len(why) < rules_on(clock.today()).reason_letters:
        raise InvalidInput(N_("Write in a sentence why."))
    return why


def tidy(text: str | None) -> str | None:
    """The text without blanks to spare; None where nothing is left."""
    return " ".join((text or "").split()) or None


def note_permit(
    session: Session, opened: Opened, action: str, details: Mapping[str, object], by: Officer
) -> None:
    """Keep what happened to the file in the audit log."""
    audit.record(
        session,
        action=action,
        entity="permit_file",
        entity_id=opened.file.id,
        subject=opened.traveller.person.external_id,
        details=details,
        by=by,
    )
