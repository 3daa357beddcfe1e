"""Vacancies for a person: the ranking the other way round, with honest odds (stage S07)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.queries.pool import PersonFacts, people_shown
from db.repositories.jobseekers import get_jobseeker as get_row
from db.repositories.ranking import statuses_of
from db.session import unit_of_work
from domain.enums import CandidacyStatus, JobseekerStatus, Odds
from domain.records.officer import Officer
from domain.records.prospects import HelpfulChange, VacanciesForPerson, VacancyForPerson
from domain.records.vacancy import VacancyRecord
from domain.texts import N_, Sentence
from domain.values import PER_POINT
from matching.explanation import exclusion_reasons, requirement_table
from matching.outside import Outside, with_verdicts
from matching.parameters import Parameters
from matching.prospects import Everywhere, Prospect, Prospects, prospects
from matching.types import Profile, Requirement, RequirementRow, Vocabulary
from services import audit, clock
from services.dated_rules import in_force, stored_rules
from services.permissions import Permission, check_can
from services.policy.versions import parameters_at
from services.rankings.batch import open_vacancies
from services.rankings.outside_gates import outside_gates_of
from services.rankings.pool import live_pool, vocabulary
from services.rankings.told import raises_told
from services.vacancies.requirements import requirement

ENTITY = "vacancies_for_person"
MOST_MISSING = 3
REACHED = (Odds.WITHIN, Odds.EDGE)
ORDER = list(Odds)

NOT_RANKED = {
    JobseekerStatus.DRAFT: N_(
        "The registration is not finished: whoever is a draft is in no ranking. Finish it, and "
        "the vacancies appear here."
    ),
    JobseekerStatus.MERGED: N_(
        "This file was merged into another one: look for vacancies in the file that was kept."
    ),
}


def vacancies_for(*, external_id: str, by: Officer) -> VacanciesForPerson:
    """Every open vacancy for one person, by today's ranking of each; the reading is audited.

    Score, range, rank and promised changes are to the point those of the vacancy's own ranking.
    """
    check_can(by, Permission.JOBSEEKERS_READ)
    check_can(by, Permission.RANKING_READ)
    facts, status, statuses = _opened(external_id, by)
    person, named = facts.id, (external_id, facts.name_ka, facts.name_lat)
    parameters = parameters_at(clock.today())
    live = live_pool()
    if person not in live.pool:
        text = NOT_RANKED.get(status, N_("This file is in no ranking at present."))
        return VacanciesForPerson(*named, (), (), parameters.version, Sentence(text))
    records = open_vacancies(by)
    asked = [requirement(record) for record in records]
    outside = outside_gates_of(records, asked, live.registered)
    words, _ = vocabulary(parameters)
    found = prospects(live.pool, person, asked, words, parameters, outside=outside)
    told = _Told(live.pool.profile(person), words, parameters)
    rows = [
        told.row(record, each, gates, prospect, statuses.get(record.id))
        for record, each, gates, prospect in zip(
            records, asked, outside, found.vacancies, strict=True
        )
    ]
    helpful = _helpful(rows, found, parameters)
    rows.sort(key=_nearest_first)
    return VacanciesForPerson(*named, tuple(rows), helpful, parameters.version)


def _opened(
    external_id: str, by: Officer
) -> tuple[PersonFacts, JobseekerStatus, Mapping[int, CandidacyStatus]]:
    """Whose file it is, and where in the process of which vacancy; who looked is audited."""
    with unit_of_work() as work:
        row = get_row(work.session, external_id)
        status, statuses = row.status, statuses_of(work.session, row.id)
        facts = people_shown(work.session, [row.id])[row.id]
        audit.record(
            work.session,
            action="read",
            entity=ENTITY,
            entity_id=row.id,
            subject=external_id,
            by=by,
        )
        work.commit()
        return facts, status, statuses


@dataclass(frozen=True)
class _Told:
    """Says of one person what each vacancy asks."""

    known: Profile
    words: Vocabulary
    parameters: Parameters

    def row(
        self,
        record: VacancyRecord,
        asked: Requirement,
        outside: Outside,
        prospect: Prospect,
        status: CandidacyStatus | None,
    ) -> VacancyForPerson:
        """One vacancy, with the odds and what is missing."""
        rules = (with_verdicts(self.known, outside), asked, self.words, self.parameters)
        candidates = record.positions * self.parameters.candidates_per_position
        return VacancyForPerson(
            number=record.number,
            title=record.title,
            title_ka=record.title_ka,
            country=record.country,
            town=record.town,
            start_on=record.start_on,
            closes_on=record.closes_on,
            positions=record.positions,
            candidates=candidates,
            score=prospect.points / PER_POINT,
            low=prospect.low / PER_POINT,
            high=prospect.high / PER_POINT,
            rank=prospect.rank,
            ranked=prospect.ranked,
            odds=odds_of(prospect.rank, record.positions, candidates),
            excluded_by=exclusion_reasons(*rules),
            missing=_missing(requirement_table(*rules)),
            raises=raises_told(prospect.raises),
            status=status,
        )


def odds_of(rank: int | None, positions: int, candidates: int) -> Odds:
    """The word for how near somebody stands, by the thresholds in force today."""
    if rank is None:
        return Odds.EXCLUDED
    rules = in_force(stored_rules("odds"), clock.today())
    if rank - 1 < rules["within_positions"] * positions:
        return Odds.WITHIN
    return Odds.EDGE if rank - 1 < rules["edge_candidates"] * candidates else Odds.FAR


def _missing(table: Sequence[RequirementRow]) -> tuple[Sentence, ...]:
    """What loses most points: what is asked, and what the person has instead."""
    short = [row for row in table if row.points < row.points_max]
    short.sort(key=lambda row: row.points - row.points_max)
    return tuple(
        Sentence(N_("{has}; asked: {asked}"), {"has": row.has, "asked": row.asked})
        for row in short[:MOST_MISSING]
    )


def _helpful(
    rows: Sequence[VacancyForPerson], found: Prospects, parameters: Parameters
) -> tuple[HelpfulChange, ...]:
    """The changes that bring most vacancies within reach; the most positions first."""
    changes = [_over_all(rows, change) for change in found.changes]
    useful = [change for change in changes if change.reached or change.opened]
    useful.sort(key=lambda change: (-len(change.reached), -change.positions, -change.opened))
    return tuple(useful[: parameters.improvements_shown])


def _over_all(rows: Sequence[VacancyForPerson], change: Everywhere) -> HelpfulChange:
    reached = [
        row
        for row, rank in zip(rows, change.ranks, strict=True)
        if row.odds not in REACHED and odds_of(rank, row.positions, row.candidates) in REACHED
    ]
    opened = sum(
        row.rank is None and rank is not None for row, rank in zip(rows, change.ranks, strict=True)
    )
    numbers = tuple(row.number for row in reached)
    return HelpfulChange(change.change, numbers, sum(row.positions for row in reached), opened)


def _nearest_first(row: VacancyForPerson) -> tuple[object, ...]:
    ahead = 0 if row.ahead is None else row.ahead
    return (
        ORDER.index(row.odds),
        len(row.excluded_by),
        ahead / max(row.candidates, 1),
        -row.score,
        row.number,
    )
