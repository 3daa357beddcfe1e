"""What is unknown of the people who can be ranked, and whose files nobody has touched for long."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from db.queries import quality as queries
from domain.records.quality import AgeOfFiles, StaleFiles, UnknownFacts
from domain.records.statistics import Figure, Hidden, said
from domain.texts import N_, Sentence
from domain.values import months_after
from services import clock
from services.small_numbers import hide_few
from services.statistics.quality_rules import Rules


def _told(count: int, rules: Rules) -> Figure:
    """A count that stands by itself: nothing adds up to it."""
    return hide_few({"": count}, rules.least)[""]


def unknown(session: Session, rules: Rules) -> UnknownFacts:
    """People with a fact unknown, by fact; most frequent first."""
    people, incomplete, facts = queries.count_unknown(session)
    ordered = sorted(facts.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = _told(incomplete, rules)
    values = {"people": people, "incomplete": said(shown, rules.least)}
    if not people:
        finding = Sentence(N_("Nobody is registered who could be ranked"))
    elif not incomplete:
        finding = Sentence(N_("Of all {people} people everything is known"), values)
    else:
        text = N_("Something is unknown of {incomplete} of {people} people who can be ranked")
        finding = Sentence(text, values)
    told = tuple((fact, _told(count, rules)) for fact, count in ordered)
    return UnknownFacts(finding, people, shown, told)


def stale(session: Session, today: date, rules: Rules) -> StaleFiles:
    """Files by the months since they were last saved."""
    ends = (max(rules.stale_months // 2, 1), rules.stale_months, 2 * rules.stale_months)
    limits = [clock.beginning(months_after(today, -months)) for months in ends]
    counts = queries.count_by_age(session, limits)
    shown = hide_few(dict(enumerate(counts)), rules.least)
    ages = tuple(
        AgeOfFiles(first, last, shown[place])
        for place, (first, last) in enumerate(zip((0, *ends), (*ends, None), strict=True))
    )
    people, late = sum(counts), sum(counts[2:])
    figure = _told(late, rules)
    if any(isinstance(age.people, Hidden) for age in ages[2:]) and figure == late:
        figure = Hidden.PROTECTING
    values = {"stale": said(figure, rules.least), "people": people, "months": rules.stale_months}
    if not people:
        finding = Sentence(N_("Nobody is registered who could be ranked"))
    elif not late:
        finding = Sentence(N_("Every file was saved within {months} months"), values)
    else:
        text = N_("Nobody has touched {stale} of {people} files for {months} months")
        finding = Sentence(text, values)
    return StaleFiles(finding, people, figure, rules.stale_months, ages)
