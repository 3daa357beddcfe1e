"""A candidate's appeal: in time or late, heard by others than those who refused, within places."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from db.models import (
    AppealRow,
    CandidacyRow,
    CommissionSeatRow,
    CommissionSessionRow,
    DecisionRow,
    ShortlistRow,
    VacancyRow,
)
from db.session import reading, unit_of_work
from domain.enums import (
    AppealChannel,
    AppealStatus,
    CandidacyStatus,
    ConflictKind,
    DecisionOutcome,
    ExecutionState,
    OrganisationKind,
    Role,
    SeatRole,
)
from domain.exceptions import InvalidInput, LabourMigrationError, PermissionDenied, Refused
from domain.records.appeals import AppealForm, AppealRecord
from domain.records.commission import ChairRuling
from domain.records.officer import Officer
from services import clock
from services.appeals import (
    admit_late_appeal,
    list_appeals,
    list_decisions_of,
    list_hearing_options,
    plan_hearing_session,
    read_hearing,
    register_appeal,
    schedule_appeal,
    withdraw_appeal,
)
from services.candidacies import move_candidacy
from services.commission import close_session, declare_conflict, get_session, list_decisions
from services.vacancies.vacancies import close_vacancy
from services.waiting import list_waiting
from tests.integration.services.commission.race import at_once
from tests.integration.services.commission.room import (
    Room,
    candidacies,
    officer,
    send_shortlist,
)

S = AppealStatus
REFUSE = ChairRuling(codes=("person.language",))


def decided_days_ago(case: "Case", days: int) -> None:
    """Let the decision have fallen so long ago."""
    with unit_of_work() as work:
        row = work.session.get_one(DecisionRow, (case.shortlist_id, case.refused))
        row.decided_at -= timedelta(days)
        work.commit()


@dataclass
class Case:
    """A vacancy of one place: the first approved, the second refused; and who else there is."""

    room: Room
    shortlist_id: int
    approved: int
    refused: int
    others: tuple[Officer, ...]
    manager: Officer

    def form(self, **changes: object) -> AppealForm:
        form = AppealForm(clock.today(), AppealChannel.POST, "საიდუმლოძე2 მაქვს B1 სერტიფიკატი.")
        return replace(form, **changes)  # type: ignore[arg-type]

    def register(self, **changes: object) -> AppealRecord:
        return register_appeal(
            shortlist_id=self.shortlist_id,
            candidacy_id=self.refused,
            form=self.form(**changes),
            by=self.room.recruiter,
        )

    def other_room(self, *members: Officer) -> Room:
        """A session of these members, or of the others; its chair is the first of them."""
        members = members or self.others
        chair, agency, international, ngo = (*members, *self.others)[:4]
        return Room([self.room.recruiter, chair, agency, international, ngo])

    def schedule(self, number: str, session: str) -> AppealRecord:
        return schedule_appeal(number=number, session_number=session, by=self.room.recruiter)


@pytest.fixture
def case(room: Room) -> Case:
    """Everybody approves the first; the second is refused; the session is closed."""
    return decided(room)


@pytest.fixture
def quick_case(quick_room: Room) -> Case:
    """The same on SQLite only."""
    return decided(quick_room)


def decided(room: Room) -> Case:
    shortlist_id = send_shortlist(room.number, 2, positions=1)
    room.open()
    room.declare(shortlist_id)
    first, second = candidacies(shortlist_id)
    room.vote(shortlist_id, first, "++++")
    room.vote(shortlist_id, second, "----")
    room.close(shortlist_id, {second: REFUSE})
    close_session(number=room.number, by=room.chair)
    others = (
        officer("chair.other", Role.CHAIR, OrganisationKind.MINISTRY),
        officer("agency.other", kind=OrganisationKind.AGENCY),
        officer("io.other", kind=OrganisationKind.INTERNATIONAL),
        officer("ngo.other", kind=OrganisationKind.NGO),
    )
    manager = officer("manager", Role.MANAGER, OrganisationKind.MINISTRY)
    return Case(room, shortlist_id, first, second, others, manager)


def status_of(candidacy_id: int) -> CandidacyStatus:
    with reading() as session:
        return session.get_one(CandidacyRow, candidacy_id).status


def hear(room: Room, hearing_id: int, votes: str) -> None:
    room.open()
    room.declare(hearing_id)
    (candidacy_id,) = candidacies(hearing_id)
    room.vote(hearing_id, candidacy_id, votes)
    is_refusal = votes.count("-") > votes.count("+")
    room.close(hearing_id, {candidacy_id: REFUSE} if is_refusal else {})


def test_other_panel_upholds_and_the_person_joins_the_reserve_when_no_place_is_free(
    case: Case,
) -> None:
    appeal = case.register()
    assert appeal.status is S.ADMITTED and not appeal.is_late
    other = case.other_room()
    scheduled = case.schedule(appeal.number, other.number)
    assert scheduled.status is S.SCHEDULED and len(scheduled.hearers) == 4
    assert status_of(case.refused) is CandidacyStatus.COMMISSION_REVIEW
    assert scheduled.hearing_id is not None
    hear(other, scheduled.hearing_id, "++++")
    (found,) = list_appeals(by=case.room.recruiter)
    assert found.status is S.UPHELD and found.outcome is DecisionOutcome.RESERVE
    assert found.days_left is None
    assert status_of(case.refused) is CandidacyStatus.RESERVE
    assert status_of(case.approved) is CandidacyStatus.APPROVED


def test_upheld_appeal_takes_the_place_that_became_free(case: Case) -> None:
    with unit_of_work() as work:
        row = work.session.get_one(CandidacyRow, case.approved)
        move_candidacy(work.session, row, CandidacyStatus.WITHDRAWN, by=None)
        work.commit()
    appeal, other = case.register(), case.other_room()
    scheduled = case.schedule(appeal.number, other.number)
    assert scheduled.hearing_id is not None
    hear(other, scheduled.hearing_id, "+++.")
    assert status_of(case.refused) is CandidacyStatus.APPROVED


def test_upheld_appeal_on_a_closed_vacancy_holds_nobody(case: Case) -> None:
    with unit_of_work() as work:
        vacancy_id = work.session.get_one(CandidacyRow, case.approved).vacancy_id
        number = work.session.get_one(VacancyRow, vacancy_id).number
    appeal, other = case.register(), case.other_room()
    scheduled = case.schedule(appeal.number, other.number)
    close_vacancy(number=number, by=case.room.recruiter)
    assert status_of(case.approved) is CandidacyStatus.WITHDRAWN
    assert scheduled.hearing_id is not None
    hear(other, scheduled.hearing_id, "++++")
    (found,) = list_appeals(by=case.room.recruiter)
    assert found.status is S.UPHELD
    assert status_of(case.refused) is CandidacyStatus.WITHDRAWN


def test_dismissed_appeal_leaves_the_refusal_and_is_not_heard_a_third_time(
    quick_case: Case,
) -> None:
    case = quick_case
    appeal, other = case.register(), case.other_room()
    scheduled = case.schedule(appeal.number, other.number)
    assert scheduled.hearing_id is not None
    hear(other, scheduled.hearing_id, "---+")
    (found,) = list_appeals(by=case.room.recruiter)
    assert found.status is S.DISMISSED
    assert status_of(case.refused) is CandidacyStatus.NOT_APPROVED
    with pytest.raises(Refused, match="already"):
        case.register()
    with pytest.raises(Refused, match="third time"):
        register_appeal(
            shortlist_id=scheduled.hearing_id,
            candidacy_id=case.refused,
            form=case.form(),
            by=case.room.recruiter,
        )


def test_last_day_is_in_time_and_the_day_after_is_not(quick_case: Case) -> None:
    decided_days_ago(quick_case, 30)
    assert quick_case.register().status is S.ADMITTED
    number = list_appeals(by=quick_case.room.recruiter)[0].number
    withdraw_appeal(number=number, reason="sent again", by=quick_case.room.recruiter)
    decided_days_ago(quick_case, 1)
    late = quick_case.register()
    assert late.status is S.REFUSED_LATE and late.is_late
    assert late.received_on - late.last_day == timedelta(1)
    assert late.schedule_refusal is not None and "too late" in str(late.schedule_refusal)
    assert status_of(quick_case.refused) is CandidacyStatus.NOT_APPROVED


def test_manager_lets_a_late_appeal_be_heard_with_a_reason(quick_case: Case) -> None:
    case = quick_case
    decided_days_ago(case, 40)
    late = case.register()
    with pytest.raises(PermissionDenied):
        admit_late_appeal(number=late.number, reason="ill", by=case.room.recruiter)
    with pytest.raises(InvalidInput):
        admit_late_appeal(number=late.number, reason=" ", by=case.manager)
    admitted = admit_late_appeal(number=late.number, reason="In hospital.", by=case.manager)
    assert admitted.status is S.ADMITTED and admitted.late_reason == "In hospital."
    assert case.schedule(late.number, case.other_room().number).status is S.SCHEDULED


def test_session_of_the_first_panel_is_refused_with_the_seats_named(quick_case: Case) -> None:
    case = quick_case
    appeal = case.register()
    same = Room([case.room.recruiter, *case.room.members])
    with pytest.raises(Refused, match="4 of the 4 members took part") as refused:
        case.schedule(appeal.number, same.number)
    kinds = [kind.code for kind in refused.value.sentence.values["kinds"]]  # type: ignore[attr-defined]
    assert kinds == ["ministry", "agency", "international", "ngo"]
    mixed = case.other_room(
        case.others[0], case.room.agency, case.room.international, case.room.ngo
    )
    with pytest.raises(Refused, match="1 may hear the appeal, at least 3"):
        case.schedule(appeal.number, mixed.number)
    no_agency = case.other_room(case.others[0], case.room.agency, *case.others[2:])
    with pytest.raises(Refused, match="missing"):
        case.schedule(appeal.number, no_agency.number)
    options = {
        one.session_number: one
        for one in list_hearing_options(number=appeal.number, by=case.room.recruiter)
    }
    assert all(options[room.number].refusal for room in (same, mixed, no_agency))
    assert status_of(case.refused) is CandidacyStatus.NOT_APPROVED


def test_member_of_the_first_vote_has_no_part_although_sitting_in_the_session(
    quick_case: Case,
) -> None:
    case = quick_case
    extra = officer("agency.third", kind=OrganisationKind.AGENCY)
    appeal = case.register()
    # The first panel's NGO member sits here beside four others.
    other = case.other_room(case.others[0], extra, case.others[2], case.room.ngo)
    with pytest.raises(Refused):  # ... of whom three kinds remain, but each kind must be there
        case.schedule(
            appeal.number,
            case.other_room(
                case.others[0], case.room.agency, case.others[2], case.others[3]
            ).number,
        )
    scheduled = case.schedule(appeal.number, other.number)
    hearing_id = scheduled.hearing_id
    assert hearing_id is not None
    assert case.room.ngo.name_en not in [one.name_en for one in scheduled.hearers]
    other.open()
    (item,) = get_session(number=other.number, by=case.room.ngo).items
    assert item.quorum.members == 3 and item.appeals == (appeal.number,)
    assert "first decision" in str(item.closed_to_me)
    with pytest.raises(Refused, match="first decision"):
        other.declare(hearing_id, case.room.ngo)
    (candidacy_id,) = candidacies(hearing_id)
    with pytest.raises(Refused, match="first decision"):
        other.vote(hearing_id, candidacy_id, "...+")
    with pytest.raises(Refused, match="first decision"):
        read_hearing(shortlist_id=hearing_id, by=case.room.ngo)
    with pytest.raises(Refused, match="first decision"):
        list_decisions(shortlist_id=hearing_id, by=case.room.ngo)


def test_those_who_hear_read_the_appeal_and_the_first_reasons_but_no_name(
    quick_case: Case,
) -> None:
    case = quick_case
    appeal, other = case.register(), case.other_room()
    scheduled = case.schedule(appeal.number, other.number)
    hearing_id = scheduled.hearing_id
    assert hearing_id is not None
    with pytest.raises(Refused, match="declare"):
        read_hearing(shortlist_id=hearing_id, by=other.ngo)
    other.declare(hearing_id, other.ngo)
    (told,) = read_hearing(shortlist_id=hearing_id, by=other.ngo)
    assert told.candidate == 1 and "B1 სერტიფიკატი" in told.text and "საიდუმლოძე" not in told.text
    assert told.report_texts is not None and "language" in told.report_texts["en"]
    (seen,) = [one for one in list_appeals(by=other.chair) if one.number == appeal.number]
    assert seen.external_id is None and "საიდუმლოძე" not in seen.text


def test_hearing_that_is_decided_stays_closed_to_strangers_and_to_whoever_was_recused(
    quick_case: Case,
) -> None:
    case = quick_case
    extra = officer("agency.third", kind=OrganisationKind.AGENCY)
    stranger = officer("elsewhere")
    appeal, other = case.register(), case.other_room(case.others[0], extra, *case.others[2:])
    hearing_id = case.schedule(appeal.number, other.number).hearing_id
    assert hearing_id is not None
    other.open()
    other.declare(hearing_id, other.chair, other.agency, other.international)
    declare_conflict(
        shortlist_id=hearing_id, kind=ConflictKind.FAMILY, explanation=None, by=other.ngo
    )
    other.vote(hearing_id, candidacies(hearing_id)[0], "+++.")
    other.close(hearing_id)
    with pytest.raises(Refused, match="conflict of interest"):
        read_hearing(shortlist_id=hearing_id, by=other.ngo)
    with pytest.raises(PermissionDenied):
        read_hearing(shortlist_id=hearing_id, by=stranger)
    assert read_hearing(shortlist_id=hearing_id, by=other.chair)


def test_chair_who_may_hear_a_late_appeal_reads_no_name_in_its_reasons(quick_case: Case) -> None:
    case = quick_case
    decided_days_ago(case, 40)
    late = case.register()
    admit_late_appeal(number=late.number, reason="საიდუმლოძე2 ავად იყო.", by=case.manager)
    withdraw_appeal(number=late.number, reason="საიდუმლოძე2 მუშაობს.", by=case.room.recruiter)
    (told,) = list_appeals(by=case.others[0])
    for text in (told.late_reason, told.withdrawn_reason):
        assert text is not None and "საიდუმლოძე" not in text


def test_too_few_of_the_other_panel_is_no_quorum_however_few_they_are(quick_case: Case) -> None:
    case = quick_case
    appeal, other = case.register(), case.other_room()
    hearing_id = case.schedule(appeal.number, other.number).hearing_id
    assert hearing_id is not None
    other.open()
    other.declare(hearing_id, other.chair, other.agency)
    for member in (other.international, other.ngo):
        declare_conflict(
            shortlist_id=hearing_id, kind=ConflictKind.FRIEND, explanation=None, by=member
        )
    (item,) = get_session(number=other.number, by=other.chair).items
    assert not item.quorum.holds and item.quorum.needed == 3


def test_appeal_that_is_taken_back_leaves_the_first_decision(case: Case) -> None:
    appeal, other = case.register(), case.other_room()
    case.schedule(appeal.number, other.number)
    back = withdraw_appeal(number=appeal.number, reason="Found work.", by=case.room.recruiter)
    assert back.status is S.WITHDRAWN and back.withdrawn_reason == "Found work."
    assert status_of(case.refused) is CandidacyStatus.NOT_APPROVED
    assert case.register().status is S.ADMITTED


def test_appeal_on_which_the_panel_votes_can_not_be_made_to_vanish(quick_case: Case) -> None:
    case = quick_case
    appeal, other = case.register(), case.other_room()
    hearing_id = case.schedule(appeal.number, other.number).hearing_id
    assert hearing_id is not None
    other.open()
    other.declare(hearing_id)
    other.vote(hearing_id, candidacies(hearing_id)[0], "+...")
    (seen,) = list_appeals(by=case.room.recruiter)
    assert "begun to vote" in str(seen.withdraw_refusal)
    with pytest.raises(Refused, match="begun to vote"):
        withdraw_appeal(number=appeal.number, reason="So she said.", by=case.room.recruiter)
    other.vote(hearing_id, candidacies(hearing_id)[0], ".++.")
    other.close(hearing_id)
    assert status_of(case.refused) is CandidacyStatus.RESERVE


def test_appeals_of_one_vacancy_are_heard_on_one_item(quick_room: Room) -> None:
    room = quick_room
    shortlist_id = send_shortlist(room.number, 3, positions=2)
    room.open()
    room.declare(shortlist_id)
    first, second, third = candidacies(shortlist_id)
    for one, votes in ((first, "++++"), (second, "----"), (third, "----")):
        room.vote(shortlist_id, one, votes)
    room.close(shortlist_id, {second: REFUSE, third: REFUSE})
    others = (
        officer("chair.other", Role.CHAIR, OrganisationKind.MINISTRY),
        officer("agency.other", kind=OrganisationKind.AGENCY),
        officer("io.other", kind=OrganisationKind.INTERNATIONAL),
        officer("ngo.other", kind=OrganisationKind.NGO),
    )
    other = Room([room.recruiter, *others])
    form = AppealForm(clock.today(), AppealChannel.EMAIL, "I disagree.")
    hearings = set()
    for one in (second, third):
        appeal = register_appeal(
            shortlist_id=shortlist_id, candidacy_id=one, form=form, by=room.recruiter
        )
        hearings.add(
            schedule_appeal(
                number=appeal.number, session_number=other.number, by=room.recruiter
            ).hearing_id
        )
    (hearing_id,) = hearings
    assert hearing_id is not None
    other.open()
    other.declare(hearing_id)
    other.vote(hearing_id, second, "++++")
    other.vote(hearing_id, third, "+++.")
    other.close(hearing_id)
    # Two places, one taken by the first decision: the better supported gets the last one.
    assert [status_of(one) for one in (first, second, third)] == [
        CandidacyStatus.APPROVED,
        CandidacyStatus.APPROVED,
        CandidacyStatus.RESERVE,
    ]


def test_decision_is_not_opened_again_without_an_appeal(quick_case: Case) -> None:
    with pytest.raises(Refused, match="only on an appeal"), unit_of_work() as work:
        row = work.session.get_one(CandidacyRow, quick_case.refused)
        move_candidacy(work.session, row, CandidacyStatus.COMMISSION_REVIEW, by=None)


def test_approved_candidates_have_nothing_to_appeal_against(quick_case: Case) -> None:
    with pytest.raises(Refused, match="not refused"):
        register_appeal(
            shortlist_id=quick_case.shortlist_id,
            candidacy_id=quick_case.approved,
            form=quick_case.form(),
            by=quick_case.room.recruiter,
        )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": "  "}, "Write down"),
        ({"received_on": datetime(2200, 1, 1, tzinfo=UTC).date()}, "future"),
        ({"received_on": datetime(2020, 1, 1, tzinfo=UTC).date()}, "before the decision"),
    ],
)
def test_form_that_can_not_be_is_refused_with_a_sentence(
    quick_case: Case, changes: dict[str, object], said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        quick_case.register(**changes)


def test_person_is_told_kindly_with_the_last_day_of_appeal(quick_case: Case) -> None:
    decisions = list_decisions_of(external_id="SECRET-EXT-2", by=quick_case.room.recruiter)
    (told,) = decisions
    assert told.outcome is DecisionOutcome.NOT_APPROVED
    assert told.candidate_texts is not None and "language" in told.candidate_texts["en"]
    assert told.last_day == clock.today() + timedelta(30) and told.days_left == 30
    assert told.appeal is None and told.appeal_refusal is None
    appeal = quick_case.register()
    (told,) = list_decisions_of(external_id="SECRET-EXT-2", by=quick_case.room.recruiter)
    assert told.appeal is not None and told.appeal.number == appeal.number
    assert told.appeal_refusal is not None


def test_two_appeals_against_one_decision_at_once_give_one(case: Case) -> None:
    answers = at_once(*[case.register] * 4)
    taken = [one for one in answers if isinstance(one, AppealRecord)]
    assert len(taken) == 1
    assert all(
        isinstance(one, Refused) and "already" in str(one) for one in answers if one not in taken
    )
    with reading() as session:
        assert len(session.scalars(select(AppealRow)).all()) == 1


def test_hearing_and_another_shortlist_closed_at_once_never_exceed_the_places(case: Case) -> None:
    room = case.room
    with unit_of_work() as work:
        row = work.session.get_one(CandidacyRow, case.approved)
        move_candidacy(work.session, row, CandidacyStatus.WITHDRAWN, by=None)
        work.commit()
    appeal, other = case.register(), case.other_room()
    hearing_id = case.schedule(appeal.number, other.number).hearing_id
    assert hearing_id is not None
    second = Room([room.recruiter, *room.members])
    rival = another_shortlist(case, second.number)
    for one, item, person in ((other, hearing_id, case.refused), (second, rival[0], rival[1])):
        one.open()
        one.declare(item)
        one.vote(item, person, "++++")
    answers = at_once(
        lambda: other.close(hearing_id),
        lambda: second.close(rival[0]),
    )
    assert not [
        one
        for one in answers
        if isinstance(one, Exception) and not isinstance(one, LabourMigrationError)
    ]
    found = sorted(status.value for status in (status_of(case.refused), status_of(rival[1])))
    assert found == ["approved", "reserve"]


def another_shortlist(case: Case, session_number: str) -> tuple[int, int]:
    """Somebody else sent for the same vacancy to another session."""
    shortlist_id = send_shortlist(session_number, 1, number="V-2")
    (candidacy_id,) = candidacies(shortlist_id)
    with unit_of_work() as work:
        session = work.session
        vacancy_id = session.get_one(CandidacyRow, case.refused).vacancy_id
        session.get_one(ShortlistRow, shortlist_id).vacancy_id = vacancy_id
        session.get_one(CandidacyRow, candidacy_id).vacancy_id = vacancy_id
        work.commit()
    return shortlist_id, candidacy_id


def test_recruiters_first_screen_says_that_an_appeal_waits_for_an_agenda(
    quick_case: Case,
) -> None:
    case = quick_case
    assert list_waiting(by=case.room.recruiter) == ()
    appeal = case.register()
    (line,) = list_waiting(by=case.room.recruiter)
    assert (line.page, line.query) == ("appeals", {"appeal": appeal.number})
    assert line.state is ExecutionState.OPEN
    case.schedule(appeal.number, case.other_room().number)
    assert list_waiting(by=case.room.recruiter) == ()


def test_session_for_the_hearing_is_planned_without_those_of_the_first_vote(
    quick_case: Case,
) -> None:
    """The chair's deputy and the agency's substitute sit there instead."""
    case = quick_case
    first = case.room
    with unit_of_work() as work:
        session = work.session
        row = session.scalars(select(CommissionSessionRow)).one()
        seats = session.scalars(
            select(CommissionSeatRow).where(CommissionSeatRow.commission_id == row.commission_id)
        )
        seat_of = {seat.officer_id: seat.id for seat in seats}
        add = [
            (case.others[0], SeatRole.DEPUTY, None),
            (case.others[1], SeatRole.MEMBER, seat_of[first.agency.id]),
            (case.others[3], SeatRole.MEMBER, seat_of[first.ngo.id]),
        ]
        session.add_all(
            CommissionSeatRow(
                commission_id=row.commission_id,
                officer_id=one.id,
                organisation_code=one.organisation_code,
                organisation_kind=one.organisation_kind,
                role=role,
                substitute_for_id=instead_of,
                seated_from=clock.today() - timedelta(1),
                seated_at=clock.now(),
            )
            for one, role, instead_of in add
        )
        work.commit()
    appeal = case.register()
    planned = plan_hearing_session(
        number=appeal.number,
        planned_at=datetime.now(UTC) + timedelta(days=2),
        place=None,
        by=first.recruiter,
    )
    assert {one.officer_id for one in planned.members} == {
        case.others[place].id for place in (0, 1, 3)
    }
    scheduled = case.schedule(appeal.number, planned.number)
    assert len(scheduled.hearers) == 3
