"""Recording an employer's answers: through the package's link, or as a recruiter was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from db.models import CandidacyRow, EmployerAnswerRow, InterviewSlotRow, PackageRow
from db.repositories import answers as repository
from db.session import unit_of_work
from domain.enums import AnswerChannel, EmployerChoice, LinkPurpose, PackageStatus
from domain.exceptions import NotFound, Refused
from domain.records.answers import AnswerForm, AnswerOutcome, GivenAnswer, Said
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from domain.transitions import PACKAGE, check_can_move
from services import audit, clock
from services.access_links import check_link
from services.answers.checks import (
    GOING,
    HAVE_A_PLACE,
    check_answers,
    check_can_record,
    check_open,
    check_places,
    check_said,
    check_slots,
)
from services.answers.effects import (
    apply_answer,
    check_still_open,
    is_same,
    note_answers,
    tidy,
)
from services.answers.following import fill_place
from services.permissions import Permission, check_can
from services.sending.checks import employer_refusal

TALK = EmployerChoice.TALK
Numbers = Mapping[int, int]
NOT_TAKEN = Sentence(N_("The employer did not take the person before."))


def answer_by_link(*, secret: str, form: AnswerForm) -> AnswerOutcome:
    """Take the form of an employer's page. All of it is saved, or nothing.

    A link called back while the form was being filled in is seen here; a form sent twice says
    nothing new the second time.
    """
    with unit_of_work() as work:
        link = check_link(work.session, secret=secret, purpose=LinkPurpose.EMPLOYER_PACKAGE)
        package = repository.lock_package(work.session, link.subject_id)
        # Held last, as by whoever calls it back: package, then link.
        check_link(work.session, secret=secret, purpose=LinkPurpose.EMPLOYER_PACKAGE, lock=True)
        check_open(package)
        outcome = _take(work.session, package, form, None, link_id=link.id, by=None)
        work.commit()
    return outcome


def record_answers(
    *, package_number: str, form: AnswerForm, said: Said, by: Officer
) -> AnswerOutcome:
    """Write down what an employer said by phone, by e-mail or in person: who, and on which day."""
    check_can(by, Permission.PACKAGES_SEND)
    with unit_of_work() as work:
        package = repository.package_by_number(work.session, package_number, lock=True)
        if package is None:
            raise NotFound(N_("There is no package {number}."), number=package_number)
        check_can_record(package, by)
        check_said(said, package)
        outcome = _take(work.session, package, form, said, link_id=None, by=by)
        work.commit()
    return outcome


def _take(
    session: Session,
    package: PackageRow,
    form: AnswerForm,
    said: Said | None,
    *,
    link_id: int | None,
    by: Officer | None,
) -> AnswerOutcome:
    vacancy = repository.lock_vacancy(session, package.vacancy_id)
    people = repository.people_of(session, package.id, lock=True)
    numbers = {candidacy.id: one.position for one, candidacy, _ in people}
    rows = {candidacy.id: candidacy for _, candidacy, _ in people}
    persons = {candidacy.id: person for _, candidacy, person in people}
    given = [tidy(one) for one in form.answers]
    check_answers(given, rows, numbers)
    # What was answered to an earlier package says nothing about this one.
    answers = repository.answers_of(session, list(rows), since=package.sent_at)
    newest = {key: found[0] for key, found in answers.items()}
    fresh = [one for one in given if not is_same(newest.get(one.candidacy_id), one)]
    for one in fresh:
        check_still_open(
            rows[one.candidacy_id], persons[one.candidacy_id], numbers[one.candidacy_id], one.choice
        )
    _check_may_choose(session, package, fresh)
    _check_places(session, package, rows, fresh, vacancy.positions)
    slots = _propose(session, package, form, by)
    package.reserve_moves_up = form.reserve_moves_up
    changed = _write(session, rows, numbers, fresh, form, said, link_id, by)
    note_answers(session, changed, by=by)
    answered = {key: row.choice for key, row in newest.items()}
    answered |= {one.candidacy_id: one.choice for one in fresh}
    is_complete = all(answered.get(key, TALK) is not TALK for key in rows)
    _note_package(session, package, is_complete, len(fresh), len(slots), by)
    return AnswerOutcome(len(fresh), len(slots), is_complete)


def _check_may_choose(session: Session, package: PackageRow, fresh: Sequence[GivenAnswer]) -> None:
    """A suspended employer may still let people go, so that they are free, but chooses nobody."""
    if not any(one.choice is EmployerChoice.SELECT for one in fresh):
        return
    refusal = employer_refusal(session, package.employer_id)
    if refusal is not None:
        raise Refused(refusal)


def _check_places(
    session: Session,
    package: PackageRow,
    rows: Mapping[int, CandidacyRow],
    fresh: Sequence[GivenAnswer],
    positions: int,
) -> None:
    """No more people may be selected than the vacancy has places, over all of its packages."""
    if not any(one.choice is EmployerChoice.SELECT for one in fresh):
        return
    said = {one.candidacy_id: one.choice for one in fresh}
    going = repository.count_in(session, package.vacancy_id, HAVE_A_PLACE, but=list(rows))
    going += sum(row.status in GOING for row in rows.values())
    selected = sum(
        said.get(key) is EmployerChoice.SELECT
        or (key not in said and row.status in HAVE_A_PLACE - GOING)
        for key, row in rows.items()
    )
    check_places(selected, going, positions)


def _write(
    session: Session,
    rows: Mapping[int, CandidacyRow],
    numbers: Numbers,
    fresh: Sequence[GivenAnswer],
    form: AnswerForm,
    said: Said | None,
    link_id: int | None,
    by: Officer | None,
) -> list[tuple[CandidacyRow, GivenAnswer]]:
    """Whoever is let go first, then the others, each in the order of the people's ids: two
    employers who choose the same people wait for each other without deadlock."""
    changed, let_go = [], []
    for one in sorted(fresh, key=lambda a: (_holds(a), rows[a.candidacy_id].jobseeker_id)):
        row = EmployerAnswerRow(
            candidacy_id=one.candidacy_id,
            choice=one.choice,
            reason=one.reason,
            note=one.note,
            may_follow=form.reserve_moves_up and one.choice is EmployerChoice.RESERVE,
            channel=said.channel if said else AnswerChannel.LINK,
            link_id=link_id,
            speaker=said.speaker.strip() if said else None,
            said_on=said.said_on if said else clock.today(),
            answered_at=clock.now(),
            answered_by=by.id if by else None,
        )
        session.add(row)
        session.flush()
        candidacy = rows[one.candidacy_id]
        if apply_answer(session, candidacy, row, number=numbers[one.candidacy_id], by=by):
            let_go.append(candidacy)
        changed.append((candidacy, one))
    for candidacy in let_go:
        fill_place(session, candidacy, NOT_TAKEN, by=by)
    return changed


def _holds(one: GivenAnswer) -> bool:
    return one.choice is EmployerChoice.SELECT


def _propose(
    session: Session, package: PackageRow, form: AnswerForm, by: Officer | None
) -> list[InterviewSlotRow]:
    known = repository.slots_of(session, package.vacancy_id)
    times = {slot.starts_at for slot in known}
    fresh = {slot.starts_at: slot for slot in form.slots if slot.starts_at not in times}
    new = AnswerForm((), tuple(fresh.values()))
    now = clock.now()
    check_slots(new, sum(slot.candidacy_id is None and slot.starts_at > now for slot in known))
    rows = [
        InterviewSlotRow(
            vacancy_id=package.vacancy_id,
            starts_at=slot.starts_at,
            place=slot.place,
            proposed_at=now,
            proposed_by=by.id if by else None,
        )
        for slot in new.slots
    ]
    session.add_all(rows)
    session.flush()
    return rows


def _note_package(
    session: Session,
    package: PackageRow,
    is_complete: bool,
    answers: int,
    slots: int,
    by: Officer | None,
) -> None:
    if is_complete and package.status is PackageStatus.SENT:
        check_can_move(PACKAGE, package.status, PackageStatus.ANSWERED)
        package.status = PackageStatus.ANSWERED
    session.flush()
    if answers or slots:
        audit.record(
            session,
            action="package_answered",
            entity="package",
            entity_id=package.number,
            details={"answers": answers, "times": slots, "complete": is_complete},
            by=by,
        )
