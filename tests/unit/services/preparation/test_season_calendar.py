"""The season calendar counts back from the first day of work and says what can still be kept."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.enums import SeasonMark, SeasonStep
from domain.records.season_calendar import SeasonCalendar, StepProgress
from services.preparation.season_calendar import days_of, make_calendar
from services.preparation.season_rules import durations_on

TODAY = date(2026, 11, 22)
DURATIONS = durations_on(TODAY)
ORDER = list(SeasonStep)
WORSE = {SeasonMark.DONE: 0, SeasonMark.IN_TIME: 1, SeasonMark.TIGHT: 2, SeasonMark.LATE: 3}

countries = st.sampled_from(["DE", "IL", "BG", "PL", "XX"])
ahead = st.integers(-30, 400)


@st.composite
def done(draw: st.DrawFn) -> dict[SeasonStep, StepProgress]:
    """The first few steps are done, each not before the one before it and not after today."""
    days = sorted(draw(st.lists(st.integers(0, 120), max_size=len(ORDER))), reverse=True)
    return {
        step: StepProgress(TODAY - timedelta(day)) for step, day in zip(ORDER, days, strict=False)
    }


def calendar(
    start: date, country: str = "DE", progress: dict[SeasonStep, StepProgress] | None = None
) -> SeasonCalendar:
    return make_calendar(
        start_on=start,
        country=country,
        progress=progress or {},
        today=TODAY,
        durations=DURATIONS,
    )


@given(ahead, st.integers(0, 200), countries, done())
def test_a_later_start_never_makes_a_step_less_possible(
    days: int, later: int, country: str, progress: dict[SeasonStep, StepProgress]
) -> None:
    first = calendar(TODAY + timedelta(days), country, progress)
    second = calendar(TODAY + timedelta(days + later), country, progress)
    for before, after in zip(first.steps, second.steps, strict=True):
        assert after.last_on - before.last_on == timedelta(later)
        assert WORSE[after.mark] <= WORSE[before.mark]


@given(ahead, countries, done())
def test_the_earliest_start_is_the_first_one_that_is_possible(
    days: int, country: str, progress: dict[SeasonStep, StepProgress]
) -> None:
    told = calendar(TODAY + timedelta(days), country, progress)
    if all(step in progress for step in ORDER):
        return
    at_best = calendar(told.earliest_start_on, country, progress)
    assert at_best.is_possible
    assert not calendar(told.earliest_start_on - timedelta(1), country, progress).is_possible
    assert told.is_possible == (told.start_on >= told.earliest_start_on)


@given(ahead, countries, done())
def test_steps_come_in_order_and_never_before_today(
    days: int, country: str, progress: dict[SeasonStep, StepProgress]
) -> None:
    told = calendar(TODAY + timedelta(days), country, progress)
    by_step = {one.step: one for one in told.steps}
    assert [one.step for one in told.steps] == ORDER
    for one in told.steps:
        if one.step not in progress:
            assert one.earliest_on >= TODAY
    departure = by_step[SeasonStep.DEPARTURE]
    for one in (by_step[SeasonStep.ORIENTATION], by_step[SeasonStep.PERMIT]):
        assert one.last_on < departure.last_on


@given(done(), countries)
def test_more_done_never_means_later(
    progress: dict[SeasonStep, StepProgress], country: str
) -> None:
    start = TODAY + timedelta(90)
    fewer = dict(list(progress.items())[:-1])
    before, after = calendar(start, country, fewer), calendar(start, country, progress)
    assert after.earliest_start_on <= before.earliest_start_on


def test_the_days_add_up_from_publishing_to_the_first_day_of_work() -> None:
    told = calendar(date(2027, 4, 15))
    whole = 14 + 14 + 7 + 14 + 5 + 30 + 4 + 1
    assert told.steps[0].last_on == date(2027, 4, 15) - timedelta(whole)
    assert told.earliest_start_on == TODAY + timedelta(whole)


def test_too_late_says_so_and_names_the_step() -> None:
    told = calendar(TODAY + timedelta(30))
    assert not told.is_possible
    assert told.mark is SeasonMark.LATE
    assert told.next_step is not None
    assert told.next_step.step is SeasonStep.VACANCY
    assert told.next_step.spare_days < 0


def test_a_country_without_days_of_its_own_takes_the_general_ones() -> None:
    assert days_of(SeasonStep.PERMIT, "XX", DURATIONS) == DURATIONS.permit_days["other"]
