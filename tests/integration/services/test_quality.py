"""How good is it? Small histories whose figures can be counted by hand."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from db.models import (
    CandidacyEventRow,
    CommissionSessionRow,
    DecisionRow,
    JobseekerRow,
    ShortlistCandidateRow,
    ShortlistRow,
)
from db.session import unit_of_work
from domain.enums import DecisionOutcome, Role, SessionStatus
from domain.exceptions import PermissionDenied
from domain.records.officer import Officer
from domain.records.quality import QualityBoard
from domain.records.statistics import Hidden, StatisticsFilter
from services import clock
from services.statistics.quality import get_quality
from services.statistics.quality_rules import Rules
from tests.factories.histories import at, candidacy, person, vacancy
from tests.factories.officers import officer

both = pytest.mark.usefixtures("database")
one = pytest.mark.usefixtures("sqlite_database")
APPROVED, REFUSED = DecisionOutcome.APPROVED, DecisionOutcome.NOT_APPROVED
YEAR = StatisticsFilter(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def manager() -> Officer:  # of whichever database the test asked for
    return officer(Role.MANAGER)


@pytest.fixture
def chair() -> Officer:
    return officer(Role.CHAIR)


@dataclass(frozen=True)
class Told:
    """A candidate of a list: the rank in the ranking, what was decided, and who went."""

    rank: int
    outcome: DecisionOutcome
    votes: tuple[int, int] = (3, 0)
    departed: bool = False
    reason: str | None = None


def shortlist(
    chair: Officer, day: str, *candidates: Told, positions: int = 1, published: str = "2026-02-01"
) -> None:
    """A list that was sent ten days after publishing and decided on that day."""
    farm = vacancy("DE", positions, published=published)
    with unit_of_work() as work:
        held = CommissionSessionRow(
            number=f"S-{farm}",
            planned_at=at(day),
            chair_id=chair.id,
            status=SessionStatus.CLOSED,
            rules={},
            created_at=at(day),
        )
        work.session.add(held)
        work.session.flush()
        row = ShortlistRow(
            vacancy_id=farm,
            session_id=held.id,
            agenda_order=1,
            positions=positions,
            candidates_per_position=2,
            sent_at=at(published) + timedelta(days=10),
            decided_at=at(day),
        )
        work.session.add(row)
        work.commit()
    for place, told in enumerate(candidates, 1):
        steps = [("preselected", "2026-02-05"), (told.outcome.value, day)]
        case = candidacy(person(), farm, *steps, *([("departed", day)] if told.departed else []))
        with unit_of_work() as work:
            work.session.add(
                ShortlistCandidateRow(
                    shortlist_id=row.id, candidacy_id=case, position=place, rank=told.rank, seen={}
                )
            )
            work.session.add(
                DecisionRow(
                    shortlist_id=row.id,
                    candidacy_id=case,
                    outcome=told.outcome,
                    votes_for=told.votes[0],
                    votes_against=told.votes[1],
                    votes_abstain=0,
                    decided_at=at(day),
                )
            )
            work.commit()


def counted(by: Officer, wanted: StatisticsFilter = YEAR) -> QualityBoard:
    return get_quality(wanted=wanted, by=by)


@both
def test_agreement_counts_the_approved_whom_the_engine_put_first(
    manager: Officer, chair: Officer
) -> None:
    yes, no = Told(1, APPROVED), Told(2, REFUSED, (0, 3))
    # Three of five approved, two of them among the first three; two of three, both first;
    # everybody approved: no choice, left out.
    shortlist(chair, "2026-03-01", yes, no, yes, yes, no)
    shortlist(chair, "2026-04-01", yes, yes, no)
    shortlist(chair, "2026-04-02", yes, yes)
    found = counted(manager).agreement
    assert found.share is not None
    assert (found.share.part, found.share.of) == (4, 5)
    assert found.share.low < 0.8 < found.share.high
    assert found.by_chance == pytest.approx((9 / 5 + 4 / 3) / 5)
    assert (found.items, found.left_out) == (2, 1)
    # A month of fewer than five approved is not told.
    assert found.months == ()


@one
def test_order_compares_votes_with_ranks(manager: Officer, chair: Officer) -> None:
    votes = [(3, 0), (1, 2), (2, 1), (0, 3)]
    shortlist(chair, "2026-03-01", *(Told(n, REFUSED, v) for n, v in enumerate(votes, 1)))
    # Of six pairs only the second and third are the other way round.
    found = counted(manager).order
    assert (found.same, found.pairs) == (5, 6)
    assert found.correlation == pytest.approx(4 / 6)
    assert (found.low, found.high) == (None, None), "one item has no interval"


@both
def test_positions_are_counted_by_who_filled_them(manager: Officer, chair: Officer) -> None:
    # Two positions, the top is the first four: one went from it, one from behind it.
    shortlist(
        chair,
        "2026-03-01",
        Told(1, APPROVED),
        Told(4, APPROVED, departed=True),
        Told(9, APPROVED, departed=True),
        positions=2,
    )
    # Three positions of which nobody has gone; more may go than there are positions.
    shortlist(chair, "2026-03-02", Told(1, APPROVED), positions=3)
    went = [Told(n, APPROVED, departed=True) for n in (1, 2)]
    shortlist(chair, "2026-03-03", *went, positions=1)
    found = counted(manager).filled
    assert (found.vacancies, found.positions) == (3, 6)
    assert (found.from_top, found.by_others) == (2, 1)
    assert (found.on_the_way, found.not_filled) == (0, 3)
    assert found.share is None, "three filled positions are too few for a share"


@both
def test_days_run_from_publishing_to_the_first_shortlist(manager: Officer, chair: Officer) -> None:
    shortlist(chair, "2026-03-01", Told(1, APPROVED), published="2026-02-01")
    shortlist(chair, "2026-03-02", Told(1, APPROVED), published="2026-02-10")
    found = counted(manager).time
    assert (found.median, found.vacancies) == (10, 2)
    assert [(one.month, one.vacancies) for one in found.months] == [("2026-02", 2)]
    assert "no data" in str(found.saved_finding), "no baseline was measured"


@one
@pytest.mark.parametrize(
    ("before", "said"), [(30.0, "saved: 20 days"), (7.5, "Longer by 2.5 days")]
)
def test_time_saved_needs_a_measured_baseline(
    manager: Officer,
    chair: Officer,
    monkeypatch: pytest.MonkeyPatch,
    before: float,
    said: str,
) -> None:
    shortlist(chair, "2026-03-01", Told(1, APPROVED))
    rules = Rules(5, 6, before, 0.95, 5)
    monkeypatch.setattr("services.statistics.quality.rules_on", lambda day: rules)
    assert said in str(counted(manager).time.saved_finding)


@both
def test_unknown_facts_are_counted_by_fact(manager: Officer) -> None:
    for _ in range(6):
        person(work=(("9211", None),), wishes=("DE",))
    person(work=(("9211", 2.0),), wishes=("DE",))
    found = counted(manager).unknown
    facts = dict(found.facts)
    assert found.people == found.incomplete == 7
    assert facts["years"] == 6
    assert facts["phone"] == 7
    assert facts["occupation"] == facts["desired_countries"] == 0


@one
def test_a_file_that_nobody_saved_for_half_a_year_is_stale(manager: Officer) -> None:
    now = clock.now()
    for months, people in ((1, 6), (4, 7), (8, 8), (30, 9)):
        for _ in range(people):
            whose = person()
            with unit_of_work() as work:
                work.session.execute(
                    update(JobseekerRow)
                    .where(JobseekerRow.id == whose)
                    .values(updated_at=now - timedelta(days=30.5 * months))
                )
                work.commit()
    found = counted(manager).stale
    assert [(age.first, age.last, age.people) for age in found.ages] == [
        (0, 3, 6),
        (3, 6, 7),
        (6, 12, 8),
        (12, None, 9),
    ]
    assert (found.stale, found.people) == (17, 30)


@one
def test_few_stale_files_are_not_told(manager: Officer) -> None:
    for _ in range(8):
        person()
    old = person()
    with unit_of_work() as work:
        work.session.execute(update(JobseekerRow).values(updated_at=clock.now()))
        stale = update(JobseekerRow).where(JobseekerRow.id == old)
        work.session.execute(stale.values(updated_at=at("2020-01-01")))
        work.commit()
    assert counted(manager).stale.stale is Hidden.FEW


@one
def test_reasons_against_the_rank_are_told_when_several_wrote_them(manager: Officer) -> None:
    farm = vacancy()
    reasons = [None] * 4 + ["Came back  last year"] * 3 + ["Came back last year"] * 2 + ["Once"]
    for reason in reasons:
        case = candidacy(person(), farm, ("preselected", "2026-03-03"))
        if reason:
            with unit_of_work() as work:
                # Steps are never changed; this one is written again with its reason.
                event = work.session.query(CandidacyEventRow).filter_by(candidacy_id=case).one()
                work.session.add(
                    CandidacyEventRow(
                        candidacy_id=case,
                        from_status=event.to_status,
                        to_status=event.to_status,
                        reason=reason,
                        happened_at=at("2026-03-04"),
                    )
                )
                work.commit()
    found = counted(manager).against
    assert found.share is not None
    assert (found.share.part, found.share.of) == (6, 16)
    assert found.reasons == (("Came back last year", 5),)
    assert found.other_reasons == 1
    assert [(m.month, m.part, m.of) for m in found.months] == [("2026-03", 6, 16)]


@one
def test_another_period_and_country_count_separately(manager: Officer, chair: Officer) -> None:
    shortlist(chair, "2026-03-01", Told(1, APPROVED))
    before = StatisticsFilter(date(2025, 1, 1), date(2025, 12, 31))
    elsewhere = StatisticsFilter(YEAR.since, YEAR.until, country="FR")
    for wanted in (before, elsewhere):
        found = counted(manager, wanted)
        assert found.filled.vacancies == found.time.vacancies == 0
        assert found.time.median is None


@one
def test_an_empty_system_has_no_data(manager: Officer) -> None:
    found = counted(manager)
    assert found.agreement.share is found.filled.share is found.against.share is None
    assert found.order.correlation is found.time.median is None
    assert found.unknown.people == 0


@one
def test_only_who_reads_statistics_may_ask(chair: Officer) -> None:
    with pytest.raises(PermissionDenied):
        counted(chair)
