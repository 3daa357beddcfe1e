"""Recommending people to employers in Georgia: consent, the reply, hired or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from db.models import JobseekerRow, LocalReferralEventRow, LocalReferralRow, LocalVacancyRow
from db.queries.pool import person_of
from db.repositories import local_vacancies as repository
from db.repositories.returns import external_id_of
from db.session import reading, unit_of_work
from domain.enums import (
    ConsentGiven,
    LocalVacancyStatus,
    ReferralReason,
    ReferralStatus,
)
from domain.exceptions import FieldProblem, InvalidInput, NotFound, Refused, StaleVersion
from domain.records.local_vacancies import (
    LocalVacancyRecord,
    ReferralRecord,
    ReferralStep,
)
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from domain.transitions import REFERRAL, check_can_move
from domain.values import PER_POINT
from services import audit, clock
from services.local_vacancies.ranking import LocalRun, local_run
from services.local_vacancies.vacancies import take_step
from services.permissions import Permission, check_can

ENTITY = "referral"
NEEDS_REASON = frozenset(
    {ReferralStatus.NOT_INTERESTED, ReferralStatus.NOT_HIRED, ReferralStatus.WITHDRAWN}
)
R = ReferralStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyForm:
    """What became of a referral, as an officer enters it."""

    after: ReferralStatus
    on: date
    reason: ReferralReason | None = None
    note: str = ""


def check_can_refer(vacancy: LocalVacancyRecord, by: Officer) -> None:
    """Raise, with what would help, unless people can be recommended for this vacancy now."""
    check_can(by, Permission.RETURNS_EDIT)
    if vacancy.status is not LocalVacancyStatus.OPEN:
        raise Refused(N_("This vacancy is not open: open it again to recommend somebody."))
    if vacancy.closes_on is not None and vacancy.closes_on < clock.today():
        raise Refused(
            N_("Applications closed on {day}. Change the day if the employer still takes people."),
            day=vacancy.closes_on,
        )


def refer_person(
    *,
    number: str,
    external_id: str,
    consent: ConsentGiven,
    consented_on: date,
    by: Officer,
) -> ReferralRecord:
    """Recommend somebody to the employer, with their consent of that day.

    Somebody behind a mandatory requirement is not recommended; the sentence says which.
    """
    check_can(by, Permission.RETURNS_EDIT)
    run = local_run(number=number, by=by)
    check_can_refer(run.vacancy, by)
    _check_consent(consented_on)
    with unit_of_work() as work:
        vacancy = repository.find_vacancy(work.session, number, lock=True)
        person = person_of(work.session, external_id)
        if vacancy is None or person is None:
            raise NotFound(N_("This person is not in the ranking."))
        row = _new_row(work.session, run, vacancy, person, by)
        row.consent, row.consented_on = consent, consented_on
        work.session.add(row)
        work.session.flush()
        _note(work.session, row, number, ReplyForm(after=R.SENT, on=clock.today()), by)
        work.commit()
        return _record(work.session, row, vacancy)


def _check_consent(consented_on: date) -> None:
    if consented_on > clock.today():
        sentence = Sentence(N_("The day of the consent can't be in the future."))
        raise InvalidInput(sentence, (FieldProblem("consented_on", sentence),))


def _new_row(
    session: Session, run: LocalRun, vacancy: LocalVacancyRow, person: int, by: Officer
) -> LocalReferralRow:
    if person in repository.referral_statuses(session, vacancy.id):
        raise Refused(N_("This person was recommended for this vacancy already."))
    place = run.ranking.places.place_of(person)
    if place is None:
        raise Refused(
            N_("A mandatory requirement is not met: see the requirement table of this person.")
        )
    candidate = run.ranking.candidates[place]
    back = repository.people_back(session, [person]).get(person)
    now = clock.now()
    return LocalReferralRow(
        vacancy_id=vacancy.id,
        jobseeker_id=person,
        return_id=back.id if back else None,
        status=R.SENT,
        rank=candidate.rank,
        points=candidate.points,
        sent_at=now,
        sent_by=by.id,
        updated_at=now,
        updated_by=by.id,
    )


def check_can_reply(status: ReferralStatus, after: ReferralStatus, by: Officer) -> None:
    """Raise unless this referral may now get there."""
    check_can(by, Permission.RETURNS_EDIT)
    check_can_move(REFERRAL, status, after)


def record_reply(*, referral_id: int, form: ReplyForm, version: int, by: Officer) -> ReferralRecord:
    """Write down what the employer said, or that the person was hired or not.

    As many hired as there are positions: the vacancy is noted as filled.
    """
    check_can(by, Permission.RETURNS_EDIT)
    with unit_of_work() as work:
        row = repository.find_referral(work.session, referral_id, lock=True)
        if row is None:
            raise NotFound(N_("There is no such recommendation."))
        number = work.session.get_one(LocalVacancyRow, row.vacancy_id).number
        vacancy = repository.find_vacancy(work.session, number, lock=True)
        assert vacancy is not None
        if row.version != version:
            raise StaleVersion(
                N_("Somebody else wrote down a reply before you. Nothing was overwritten."),
                yours=form,
                theirs=_record(work.session, row, vacancy),
            )
        check_can_reply(row.status, form.after, by)
        _check_reply(row, form)
        if form.after is R.HIRED:
            _check_room(work.session, vacancy)
            row.hired_on = form.on
        row.status, row.reason = form.after, form.reason
        row.updated_at, row.updated_by = clock.now(), by.id
        work.session.flush()
        _note(work.session, row, number, form, by)
        if form.after is R.HIRED and _hired(work.session, vacancy.id) >= vacancy.positions:
            take_step(work.session, vacancy, LocalVacancyStatus.FILLED, by)
        work.commit()
        return _record(work.session, row, vacancy)


def _check_reply(row: LocalReferralRow, form: ReplyForm) -> None:
    problems = []
    if form.on > clock.today():
        text = N_("The day can't be in the future.")
        problems.append(FieldProblem("on", Sentence(text)))
    if form.on < clock.day_of(row.sent_at):
        text = N_("The day can't be before the recommendation on {day}.")
        problems.append(FieldProblem("on", Sentence(text, {"day": clock.day_of(row.sent_at)})))
    if form.after in NEEDS_REASON and form.reason is None:
        text = N_("Choose a reason: it says what to do better next time.")
        problems.append(FieldProblem("reason", Sentence(text)))
    if form.reason is ReferralReason.OTHER and not form.note.strip():
        problems.append(FieldProblem("note", Sentence(N_("Write the reason in a few words."))))
    if problems:
        raise InvalidInput(problems[0].sentence, tuple(problems))


def _check_room(session: Session, vacancy: LocalVacancyRow) -> None:
    if vacancy.status is not LocalVacancyStatus.OPEN:
        raise Refused(
            N_("All positions of this vacancy are filled. Open it again if there is one more.")
        )
    if _hired(session, vacancy.id) >= vacancy.positions:
        raise Refused(N_("Nobody more can be hired: all positions are taken."))


def _hired(session: Session, vacancy_id: int) -> int:
    return list(repository.referral_statuses(session, vacancy_id).values()).count(R.HIRED)


def _note(
    session: Session, row: LocalReferralRow, number: str, form: ReplyForm, by: Officer
) -> None:
    session.add(
        LocalReferralEventRow(
            referral_id=row.id,
            to_status=form.after,
            reason=form.reason,
            note=form.note.strip() or None,
            happened_on=form.on,
            happened_at=clock.now(),
            happened_by=by.id,
        )
    )
    session.flush()
    audit.record(
        session,
        action="referred" if form.after is R.SENT else "replied",
        entity=ENTITY,
        entity_id=number,
        subject=external_id_of(session, row.jobseeker_id),
        details={
            "status": form.after.value,
            "reason": form.reason.value if form.reason else None,
            "rank": row.rank,
            "consent": row.consent.value,
        },
        by=by,
    )


def list_referrals(*, number: str, by: Officer) -> tuple[ReferralRecord, ...]:
    """Everybody recommended for a vacancy in Georgia, the newest first."""
    check_can(by, Permission.RETURNS_READ)
    with reading() as session:
        vacancy = repository.find_vacancy(session, number)
        if vacancy is None:
            raise NotFound(N_("There is no vacancy in Georgia with this number."))
        found = repository.referrals_of_vacancy(session, vacancy.id)
        return tuple(_record(session, row, vacancy, person) for row, person in found)


def _record(
    session: Session,
    row: LocalReferralRow,
    vacancy: LocalVacancyRow,
    known: JobseekerRow | None = None,
) -> ReferralRecord:
    person = known or session.get_one(JobseekerRow, row.jobseeker_id)
    return ReferralRecord(
        id=row.id,
        vacancy=vacancy.number,
        title=vacancy.title,
        employer=vacancy.employer.name,
        external_id=person.external_id,
        name_ka=_full(person.first_name_ka, person.last_name_ka),
        name_lat=_full(person.first_name_lat, person.last_name_lat),
        status=row.status,
        rank=row.rank,
        score=None if row.points is None else row.points / PER_POINT,
        consent=row.consent,
        consented_on=row.consented_on,
        reason=row.reason,
        hired_on=row.hired_on,
        sent_on=clock.day_of(row.sent_at),
        is_returnee=row.return_id is not None,
        version=row.version,
        steps=tuple(
            ReferralStep(
                to_status=step.to_status,
                reason=step.reason,
                note=step.note,
                happened_on=step.happened_on,
            )
            for step in repository.steps_of(session, [row.id])
        ),
    )


def _full(first: str | None, last: str | None) -> str | None:
    return " ".join(part for part in (first, last) if part) or None
