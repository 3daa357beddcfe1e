"""The ranking of a vacancy in Georgia: the same engine, without the gates of work abroad."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.models import DeploymentRow
from db.queries.pool import PersonFacts, people_shown, person_of
from db.repositories import local_vacancies as repository
from db.session import engine, reading
from domain.enums import LocalPool
from domain.exceptions import NotFound, Refused
from domain.records.local_vacancies import (
    Away,
    LocalExplanation,
    LocalRankedRow,
    LocalRanking,
    LocalVacancyRecord,
)
from domain.records.officer import Officer
from domain.records.ranking import Brief, CriterionBar, ExcludedGroup, Reason
from domain.texts import N_
from domain.values import PER_POINT
from matching.explanation import exclusion_reasons, requirement_table, strongest_reasons
from matching.gates import flag_sentence, gate_sentence
from matching.outside import Outside, with_verdicts
from matching.parameters import Parameters
from matching.pool import Pool
from matching.ranking import rank
from matching.reference import assess
from matching.types import Profile, Ranking, Requirement, Vocabulary
from services import clock
from services.audit import Happening
from services.local_vacancies.requirements import local_requirement
from services.local_vacancies.vacancies import get_local_vacancy
from services.once_a_day import log_once_a_day
from services.permissions import Permission, check_can
from services.policy.versions import parameters_at
from services.rankings.outside_gates import AWAY as LEFT
from services.rankings.pool import live_pool, vocabulary
from services.rankings.ranking import table_row
from services.rankings.scheme_gates import gate

KEPT = 16
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class LocalRun:
    """Everybody ranked for a vacancy in Georgia, and what it was made from."""

    vacancy: LocalVacancyRecord
    requirement: Requirement
    parameters: Parameters
    vocabulary: Vocabulary
    pool: Pool
    outside: Outside
    ranking: Ranking

    def profile(self, person: int) -> Profile:
        """One person as this ranking sees them."""
        return with_verdicts(self.pool.profile(person), self.outside)


_kept: OrderedDict[tuple[Engine, object], LocalRun] = OrderedDict()
_guard = threading.Lock()


def check_can_rank_local(vacancy: LocalVacancyRecord, by: Officer) -> None:
    """Raise Refused, saying what is missing, unless the vacancy asks for something rankable."""
    check_can(by, Permission.RETURNS_READ)
    if not vacancy.occupations:
        raise Refused(
            N_("Confirm an occupation for this vacancy first: without one there is no ranking.")
        )


def local_run(*, number: str, by: Officer) -> LocalRun:
    """Everybody ranked for a vacancy in Georgia on today's data, whoever is shown of them."""
    vacancy = get_local_vacancy(number=number, by=by)
    check_can_rank_local(vacancy, by)
    live, parameters = live_pool(), parameters_at(clock.today())
    asked = local_requirement(number, vacancy)
    words, words_sha256 = vocabulary(parameters)
    # The pool is one object as long as nobody's file changed; a kept run keeps it alive.
    key = (engine(), (asked, parameters.version, words_sha256, id(live.pool)))
    with _guard:
        if key in _kept:
            # What is not ranked by, such as the first day, may have changed.
            _kept[key] = replace(_kept[key], vacancy=vacancy)
            _kept.move_to_end(key)
            return _kept[key]
    people = live.registered
    outside = {"withdrawn": gate(people, np.isin(people.status, LEFT))}
    ranking = rank(live.pool, asked, words, parameters, explain_top=0, outside=outside)
    run = LocalRun(vacancy, asked, parameters, words, live.pool, outside, ranking)
    with _guard:
        _kept[key] = run
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return run


def rank_local_vacancy(
    *, number: str, among: LocalPool, offset: int = 0, limit: int = 50, by: Officer
) -> LocalRanking:
    """One page of the ranking among the chosen people; who looked is audited, once a day.

    Nobody's points depend on others: the returnees stand in the order of the whole register.
    """
    run = local_run(number=number, by=by)
    places = run.ranking.places
    with reading() as session:
        inside, excluded = places.person, places.excluded
        first_gate, chosen = places.first_gate, np.ones(len(places.person), bool)
        if among is LocalPool.RETURNEES:
            wanted = repository.returnees(session)
            chosen = np.isin(inside, wanted)
            first_gate = first_gate[np.isin(excluded, wanted)]
        fits = np.flatnonzero(chosen)
        shown = fits[offset : offset + limit]
        told = _Told(session, run, [int(person) for person in inside[shown]])
        rows = told.rows(shown, offset)
    groups = np.bincount(first_gate, minlength=len(places.gates))
    happening = Happening("ranked", "local_vacancy", number, None, {"among": among.value})
    log_once_a_day(("local_ranking", number, among), happening, by=by)
    return LocalRanking(
        vacancy=number,
        parameters=run.parameters.version,
        pool=among,
        people=len(fits) + len(first_gate),
        ranked=len(fits),
        excluded=tuple(
            ExcludedGroup(name, gate_sentence(name), int(count))
            for name, count in zip(places.gates, groups, strict=True)
            if count
        ),
        rows=rows,
    )


class _Told:
    """What is said of the people on one page."""

    def __init__(self, session: Session, run: LocalRun, people: Collection[int]) -> None:
        self.run = run
        self.facts = people_shown(session, list(people))
        self.away = repository.people_away(session, people)
        self.back = repository.people_back(session, people)
        self.held = repository.held_for(session, people)
        self.referred = repository.referral_statuses(session, run.vacancy.id)

    def rows(self, shown: Ints, offset: int) -> tuple[LocalRankedRow, ...]:
        """Lines of the list; ranks count the chosen people only."""
        return tuple(
            self._row(int(place), offset + position)
            for position, place in enumerate(shown, start=1)
        )

    def _row(self, place: int, position: int) -> LocalRankedRow:
        run, candidate = self.run, self.run.ranking.candidates[place]
        person = candidate.person
        facts = self.facts[person]
        criteria = assess(run.profile(person), run.requirement, run.vocabulary, run.parameters)
        away, back = away_of(self.away.get(person)), self.back.get(person)
        starts = run.vacancy.starts_on
        return LocalRankedRow(
            rank=position,
            external_id=facts.external_id,
            name_ka=facts.name_ka,
            name_lat=facts.name_lat,
            region=facts.region,
            score=candidate.points / PER_POINT,
            low=candidate.low / PER_POINT,
            high=candidate.high / PER_POINT,
            flags=tuple(flag_sentence(flag) for flag in candidate.flags),
            reasons=tuple(Reason(c.status, c.sentence) for c in strongest_reasons(criteria)),
            briefs=tuple(Brief(c.name, c.status, c.brief) for c in criteria),
            away=away,
            comes_after_start=bool(
                away and starts and (away.free_from is None or away.free_from > starts)
            ),
            returned_on=back.returned_on if back else None,
            in_process=None if away else self.held.get(person),
            referral=self.referred.get(person),
        )


def away_of(stay: DeploymentRow | None) -> Away | None:
    """From when somebody who is abroad is free; None: at home."""
    if stay is None:
        return None
    return Away(
        status=stay.status,
        country=stay.country,
        free_from=stay.planned_return_on or stay.ends_on,
    )


def explain_local_candidate(*, number: str, external_id: str, by: Officer) -> LocalExplanation:
    """The requirement table of one person, ranked or excluded; the reading is audited."""
    run = local_run(number=number, by=by)
    with reading() as session:
        person = person_of(session, external_id)
        if person is None or person not in run.pool:
            raise NotFound(N_("This person is not in the ranking."))
        facts = people_shown(session, [person])[person]
        stay = repository.people_away(session, [person]).get(person)
    explanation = _explained(run, person, facts, {person: stay} if stay else {})
    happening = Happening("read", "requirement_table", number, external_id)
    log_once_a_day(("local_table", number, external_id), happening, by=by)
    return explanation


def _explained(
    run: LocalRun, person: int, facts: PersonFacts, away: Mapping[int, DeploymentRow]
) -> LocalExplanation:
    profile = run.profile(person)
    asked = (run.requirement, run.vocabulary, run.parameters)
    criteria = assess(profile, *asked)
    place = run.ranking.places.place_of(person)
    candidate = None if place is None else run.ranking.candidates[place]
    return LocalExplanation(
        external_id=facts.external_id,
        name_ka=facts.name_ka,
        name_lat=facts.name_lat,
        region=facts.region,
        rank=candidate.rank if candidate else None,
        score=sum(c.points for c in criteria) / PER_POINT,
        low=sum(c.low for c in criteria) / PER_POINT,
        high=sum(c.high for c in criteria) / PER_POINT,
        excluded_by=exclusion_reasons(profile, *asked),
        questions=tuple(flag_sentence(flag) for flag in candidate.flags) if candidate else (),
        table=tuple(table_row(line) for line in requirement_table(profile, *asked)),
        bars=tuple(
            CriterionBar(
                c.name,
                c.status,
                c.points / PER_POINT,
                c.low / PER_POINT,
                c.high / PER_POINT,
                c.weight * 100,
                c.sentence,
            )
            for c in criteria
        ),
        away=away_of(away.get(person)),
    )
