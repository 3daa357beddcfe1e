"""The register: commissions by their order, seats by role and kind, rules that begin on a day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from sqlalchemy import Engine, select

from db.models import AuditEventRow, CommissionSessionRow
from db.session import reading
from domain.enums import DecisionRule, OrganisationKind, Role, SeatRole, TieRule
from domain.exceptions import InvalidInput, NotFound, PermissionDenied, Refused
from domain.records.commissions import CommissionForm, CommissionRecord, RulesForm, SeatForm
from domain.records.officer import Officer
from services import clock
from services.commission import (
    add_rules,
    end_seat,
    found_commission,
    get_commission,
    list_commissions,
    plan_session,
    seat_officer,
)
from tests.integration.services.commission.room import officer

K = OrganisationKind
TODAY = clock.today()
FORM = CommissionForm(
    "trial", "საცდელი", "Trial", "01-17", date(2026, 1, 5), "Shortlists", date(2026, 1, 12)
)
RULES = RulesForm(
    valid_from=TODAY + timedelta(days=10),
    quorum_more_than=Fraction(2, 3),
    kinds_min=2,
    required_kinds=(K.NGO,),
    decision=DecisionRule.TWO_THIRDS,
    score_criteria=(),
    score_threshold=None,
    tie=TieRule.NOT_APPROVED,
    may_be_secret=False,
    departure_places=None,
    appeal_days=14,
    source="Order 02-44",
    reason="One year of experience",
)


@pytest.fixture
def manager(sqlite_database: Engine) -> Officer:
    return officer("manager", Role.MANAGER, K.MINISTRY)


@pytest.fixture
def founded(manager: Officer) -> CommissionRecord:
    return found_commission(form=FORM, by=manager)


def give(manager: Officer, who: Officer, role: SeatRole, **more: object) -> CommissionRecord:
    form = replace(SeatForm(who.id, role, TODAY), **more)  # type: ignore[arg-type]
    return seat_officer(code="trial", form=form, by=manager)


def test_new_commission_has_the_rules_of_new_ones_and_no_composition(
    founded: CommissionRecord, manager: Officer
) -> None:
    (entry,) = founded.rules
    assert entry.is_in_force and entry.required_kinds == (K.MINISTRY, K.AGENCY)
    assert (entry.appeal_days, entry.departure_places, entry.may_be_secret) == (30, 3, True)
    assert not founded.is_composed and "chair's seat" in founded.composition.text
    assert [one.code for one in list_commissions(by=manager)] == ["trial"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "Trial 1"}, "small Latin letters"),
        ({"name_ka": " "}, "in Georgian and in English"),
        ({"order_number": ""}, "founding order"),
        ({"ordered_on": None}, "founding order"),
        ({"scope": ""}, "what the commission decides"),
        ({"term_from": None}, "the day from which"),
        ({"term_until": date(2025, 1, 1)}, "ends before it begins"),
    ],
)
def test_order_that_says_too_little_is_refused(
    manager: Officer, change: dict[str, object], said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        found_commission(form=replace(FORM, **change), by=manager)  # type: ignore[arg-type]


def test_only_managers_and_administrators_found_and_everybody_concerned_reads(
    founded: CommissionRecord,
) -> None:
    recruiter = officer("recruiter", Role.RECRUITER)
    with pytest.raises(PermissionDenied):
        found_commission(form=replace(FORM, code="other"), by=recruiter)
    with pytest.raises(PermissionDenied):
        add_rules(code="trial", form=RULES, by=recruiter)
    assert get_commission(code="trial", by=recruiter).name_en == "Trial"
    administrator = officer("admin", Role.ADMINISTRATOR)
    with pytest.raises(InvalidInput, match="already"):
        found_commission(form=FORM, by=administrator)
    with pytest.raises(NotFound):
        get_commission(code="none", by=administrator)


def test_seats_are_given_by_role_and_the_composition_becomes_complete(
    founded: CommissionRecord, manager: Officer
) -> None:
    chair = officer("chair", Role.CHAIR, K.MINISTRY)
    give(manager, chair, SeatRole.CHAIR)
    lacking = give(manager, officer("io", kind=K.INTERNATIONAL), SeatRole.MEMBER)
    assert not lacking.is_composed and "nobody has a seat" in lacking.composition.text
    done = give(manager, officer("agency", kind=K.AGENCY), SeatRole.MEMBER)
    assert done.is_composed and list_commissions(by=manager)[0].is_composed
    with pytest.raises(Refused, match="has a chair"):
        give(manager, officer("chair2", Role.CHAIR, K.MINISTRY), SeatRole.CHAIR)
    with pytest.raises(Refused, match="has a seat"):
        give(manager, chair, SeatRole.OBSERVER)
    with pytest.raises(InvalidInput, match="can't take the seat"):
        give(manager, officer("member", kind=K.NGO), SeatRole.DEPUTY)


def test_substitute_is_of_the_same_kind_and_for_a_seat_with_a_vote(
    founded: CommissionRecord, manager: Officer
) -> None:
    give(manager, officer("chair", Role.CHAIR, K.MINISTRY), SeatRole.CHAIR)
    member = officer("agency", kind=K.AGENCY)
    seats = give(manager, member, SeatRole.MEMBER).seats
    of = next(seat.id for seat in seats if seat.officer_id == member.id)
    with pytest.raises(InvalidInput, match="same kind"):
        give(manager, officer("ngo", kind=K.NGO), SeatRole.MEMBER, substitute_for_id=of)
    second = officer("agency2", kind=K.AGENCY)
    with pytest.raises(InvalidInput, match="sits as a member"):
        give(manager, second, SeatRole.OBSERVER, substitute_for_id=of)
    seats = give(manager, second, SeatRole.MEMBER, substitute_for_id=of).seats
    last_day = TODAY + timedelta(days=5)
    ended = end_seat(code="trial", seat_id=of, last_day=last_day, by=manager)
    untils = {seat.officer_id: seat.seated_until for seat in ended.seats}
    assert untils[member.id] == untils[second.id] == last_day, "the substitute goes too"


def test_seat_of_a_planned_session_ends_only_after_it_is_replaced(
    founded: CommissionRecord, manager: Officer
) -> None:
    chair = officer("chair", Role.CHAIR, K.MINISTRY)
    seat = give(manager, chair, SeatRole.CHAIR).seats[0]
    planned = plan_session(
        commission="trial", planned_at=datetime.now(UTC) + timedelta(days=3), place=None, by=chair
    )
    with pytest.raises(Refused, match=planned.number):
        end_seat(code="trial", seat_id=seat.id, last_day=TODAY, by=manager)
    later = TODAY + timedelta(days=30)
    assert end_seat(code="trial", seat_id=seat.id, last_day=later, by=manager)
    with pytest.raises(InvalidInput, match="today or later"):
        end_seat(code="trial", seat_id=seat.id, last_day=TODAY - timedelta(days=1), by=manager)


def test_rules_begin_on_their_day_and_sessions_keep_those_of_theirs(
    founded: CommissionRecord, manager: Officer
) -> None:
    chair = officer("chair", Role.CHAIR, K.MINISTRY)
    give(manager, chair, SeatRole.CHAIR)
    add_rules(code="trial", form=RULES, by=manager)
    later, now = get_commission(code="trial", by=chair).rules
    assert later.is_to_come and now.is_in_force
    assert (later.required_kinds, later.appeal_days) == ((K.NGO,), 14)

    def rules_in(days: int) -> dict[str, object]:
        at = datetime.now(UTC) + timedelta(days=days)
        number = plan_session(commission="trial", planned_at=at, place=None, by=chair).number
        with reading() as session:
            query = select(CommissionSessionRow.rules).where(CommissionSessionRow.number == number)
            return dict(session.scalars(query).one())

    assert rules_in(2)["decision"] == "simple_majority"
    assert rules_in(12)["decision"] == "two_thirds"
    with pytest.raises(Refused, match="never edited"):
        add_rules(code="trial", form=replace(RULES, kinds_min=1), by=manager)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"valid_from": TODAY - timedelta(days=1)}, "today or later"),
        ({"source": " "}, "legal ground"),
        ({"reason": ""}, "legal ground"),
        ({"quorum_more_than": Fraction(1)}, "less than all"),
        ({"decision": DecisionRule.SCORE_THRESHOLD}, "criteria and its threshold"),
        (
            {
                "decision": DecisionRule.SCORE_THRESHOLD,
                "score_criteria": (("c1", "უნარი", "Skill"),),
                "score_threshold": Fraction(11),
            },
            "from 0 to 10",
        ),
    ],
)
def test_rules_that_can_not_hold_are_refused(
    founded: CommissionRecord, manager: Officer, change: dict[str, object], said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        add_rules(code="trial", form=replace(RULES, **change), by=manager)  # type: ignore[arg-type]


def test_session_outside_the_term_or_without_a_chair_is_not_planned(
    manager: Officer,
) -> None:
    found_commission(form=replace(FORM, term_until=TODAY + timedelta(days=5)), by=manager)
    recruiter = officer("recruiter", Role.RECRUITER)

    def plan(days: int) -> None:
        at = datetime.now(UTC) + timedelta(days=days)
        plan_session(commission="trial", planned_at=at, place=None, by=recruiter)

    with pytest.raises(Refused, match="Nobody has the chair's seat"):
        plan(2)
    give(manager, officer("chair", Role.CHAIR, K.MINISTRY), SeatRole.CHAIR)
    plan(2)
    with pytest.raises(Refused, match="term does not cover"):
        plan(9)


def test_every_change_of_the_register_is_in_the_audit_log(
    founded: CommissionRecord, manager: Officer
) -> None:
    seat = give(manager, officer("chair", Role.CHAIR, K.MINISTRY), SeatRole.CHAIR).seats[0]
    add_rules(code="trial", form=RULES, by=manager)
    end_seat(code="trial", seat_id=seat.id, last_day=TODAY, by=manager)
    with reading() as session:
        query = select(AuditEventRow.action).where(AuditEventRow.entity == "commission")
        found = list(session.scalars(query.order_by(AuditEventRow.seq)))
    assert found == ["founded", "seated", "added_rules", "ended_seat"]
