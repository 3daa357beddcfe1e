"""What stops an employer's answer, as sentences: asked by the services and before the buttons."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

from db.models import CandidacyRow, ConfirmationRow, JobseekerRow, PackageRow
from domain.enums import (
    AnswerChannel,
    CandidacyStatus,
    ConfirmationStatus,
    EmployerChoice,
    JobseekerStatus,
    PackageStatus,
    RejectionReason,
)
from domain.exceptions import FieldProblem, InvalidInput, Refused
from domain.records.answers import AnswerForm, GivenAnswer, ProposedSlot, Said
from domain.records.officer import Officer
from domain.texts import N_, Sentence, Term
from services import clock
from services.answers.limits import limits_on
from services.permissions import Permission, check_can

C = CandidacyStatus
BECOMES = {
    EmployerChoice.SELECT: C.EMPLOYER_SELECTED,
    EmployerChoice.RESERVE: C.EMPLOYER_RESERVE,
    EmployerChoice.REJECT: C.EMPLOYER_REJECTED,
}
OPEN = frozenset({C.SENT, C.EMPLOYER_SELECTED, C.EMPLOYER_RESERVE, C.EMPLOYER_REJECTED})
"""Of these people the employer may say something, or something else, until the last day."""
OFF_REGISTER = frozenset({JobseekerStatus.WITHDRAWN, JobseekerStatus.MERGED})
GOING = frozenset(
    {
        C.CONFIRMED,
        C.ORIENTATION,
        C.PERMIT_PENDING,
        C.PERMIT_GRANTED,
        C.DEPARTED,
        C.WORKING,
        C.RETURNED,
    }
)
HAVE_A_PLACE = GOING | {C.EMPLOYER_SELECTED}


def check_can_record(package: PackageRow, by: Officer) -> None:
    """Raise unless this officer may write down the employer's answers to this package now."""
    check_can(by, Permission.PACKAGES_SEND)
    check_open(package)


def check_open(package: PackageRow) -> None:
    """Raise, with what would help, unless the package still takes answers."""
    if package.status is PackageStatus.REVOKED:
        raise Refused(
            N_("Package {number} was called back: nothing can be answered to it any more."),
            number=package.number,
        )
    if package.status is PackageStatus.EXPIRED or package.answer_until < clock.today():
        raise Refused(
            N_(
                "The last day for answers to package {number} was {day}. The agency can send a new "
                "package."
            ),
            number=package.number,
            day=package.answer_until,
        )


def settled(candidacy: CandidacyRow, person: JobseekerRow) -> Sentence | None:
    """Why an employer can't answer about this person any more; None while it can."""
    if candidacy.status in OPEN:
        if person.status in OFF_REGISTER:
            return Sentence(N_("This person looks for no work now."))
        return None
    if candidacy.status in GOING:
        return Sentence(
            N_(
                "This person has confirmed and counts on the place. To change that, call the "
                "agency."
            )
        )
    return Sentence(
        N_("Nothing is to be answered about this person: {status}."),
        {"status": Term("CandidacyStatus", candidacy.status.value)},
    )


def check_answers(
    given: Collection[GivenAnswer], people: Mapping[int, CandidacyRow], positions: Mapping[int, int]
) -> None:
    """Raise with every problem of a form, each at its person; nothing is looked up in vain."""
    if {one.candidacy_id for one in given} - set(people):
        raise InvalidInput(
            N_("The form names somebody who is not in this package. Open the link again.")
        )
    if len({one.candidacy_id for one in given}) != len(given):
        raise InvalidInput(N_("The form answers twice about one person. Open the link again."))
    letters = limits_on(clock.today()).note_letters
    problems = []
    for one in given:
        field = f"answer.{one.candidacy_id}"
        number = positions[one.candidacy_id]
        if one.choice is EmployerChoice.REJECT and one.reason is None:
            sentence = Sentence(N_("No {number}: choose the reason."), {"number": number})
            problems.append(FieldProblem(field, sentence))
        elif one.reason is RejectionReason.OTHER and not one.note:
            sentence = Sentence(
                N_("No {number}: say the other reason in a few words."), {"number": number}
            )
            problems.append(FieldProblem(field, sentence))
        if len(one.note or "") > letters:
            sentence = Sentence(
                N_("No {number}: a note may have {letters} letters at most."),
                {"number": number, "letters": letters},
            )
            problems.append(FieldProblem(field, sentence))
    if problems:
        raise InvalidInput(
            N_("Nothing was saved yet: something is missing. It stands at each person."),
            tuple(problems),
        )


def check_places(selected: int, going: int, positions: int) -> None:
    """Raise if more people are selected than the vacancy has places left."""
    if selected + going <= positions:
        return
    raise InvalidInput(
        N_(
            "Nothing was saved yet: {selected} people are selected, and {left} of the {positions} "
            "places are free. Keep the others in reserve."
        ),
        selected=selected,
        left=max(positions - going, 0),
        positions=positions,
    )


def check_slots(form: AnswerForm, free: int) -> None:
    """Raise with every time for an interview that can't be: past, too far, without a place."""
    now, limits = clock.now(), limits_on(clock.today())
    problems = [
        FieldProblem(f"slot.{place}", sentence)
        for place, slot in enumerate(form.slots, start=1)
        if (sentence := _slot_problem(slot, place)) is not None
    ]
    if problems:
        raise InvalidInput(
            N_("Nothing was saved yet: something is missing at the times for interviews."),
            tuple(problems),
        )
    ahead = now + timedelta(days=limits.slot_days_ahead)
    if any(slot.starts_at > ahead for slot in form.slots):
        raise InvalidInput(
            N_("An interview may be proposed for the next {days} days only."),
            days=limits.slot_days_ahead,
        )
    if free + len(form.slots) > limits.slots_free_max:
        raise InvalidInput(
            N_("At most {most} free times can be offered at once."), most=limits.slots_free_max
        )


def _slot_problem(slot: ProposedSlot, place: int) -> Sentence | None:
    if slot.starts_at <= clock.now():
        return Sentence(N_("Time {place}: it has passed already."), {"place": place})
    if not slot.place:
        return Sentence(
            N_("Time {place}: say where, or by which phone or meeting link."), {"place": place}
        )
    return None


def check_said(said: Said, package: PackageRow) -> None:
    """Raise unless a recruiter names who said it, how, and on a day on which it could be said."""
    if said.channel is AnswerChannel.LINK:
        raise InvalidInput(N_("Say how the answer reached you: by phone, by e-mail or in person."))
    if not said.speaker.strip():
        raise InvalidInput(N_("Say who of the employer's people gave the answer."))
    if not clock.day_of(package.sent_at) <= said.said_on <= clock.today():
        raise InvalidInput(
            N_("The answer can't have been given on {day}: the package was sent on {sent}."),
            day=said.said_on,
            sent=clock.day_of(package.sent_at),
        )


def check_can_confirm(candidacy: CandidacyRow, asked: ConfirmationRow | None) -> ConfirmationRow:
    """The open question, if it can be answered now; else Refused with what became of it."""
    if candidacy.status is C.CANCELLED or (
        asked is not None and asked.status is ConfirmationStatus.TAKEN_BACK
    ):
        raise Refused(
            N_(
                "The employer has taken this place back. You stay on the register, and the agency "
                "will call you."
            )
        )
    if asked is None or (
        asked.status is ConfirmationStatus.ASKED and candidacy.status is not C.EMPLOYER_SELECTED
    ):
        raise Refused(N_("Nobody has asked you to confirm yet: the employer has not chosen you."))
    if asked.status is not ConfirmationStatus.ASKED:
        raise Refused(
            N_("Your answer is noted already: {answer}. To change it, call the agency."),
            answer=Term("ConfirmationStatus", asked.status.value),
        )
    if asked.last_day < clock.today():
        raise Refused(
            N_(
                "The last day to answer was {day}. The place goes to the next person; call the "
                "agency if something prevented you."
            ),
            day=asked.last_day,
        )
    return asked
