"""Vacancies for a person: the ranking the other way round, with honest odds (stage S07)."""

from __future__ import annotations

from collections.abc import Sequence

from db.models import JobseekerRow
from db.queries.pool import people_shown
from db.repositories.ranking import statuses_of
from db.session import unit_of_work
from domain.enums import CandidacyStatus, JobseekerStatus, Odds
from domain.records.officer import Officer
from domain.records.prospects import HelpfulChange, VacanciesForPerson, VacancyForPerson
from domain.records.ranking import WhatWouldRaise
from domain.records.vacancy import VacancyRecord
from domain.texts import N_, Sentence
from domain.values import PER_POINT
from matching.explanation import exclusion_reasons, requirement_table
from matching.gates import gate_sentence
from matching.outside import Outside, with_verdicts
from matching.parameters import Parameters, parameters_at
from matching.pool import Pool
from matching.prospects import Everywhere, Prospect, Prospects, prospects
from matching.types import Profile, Requirement, RequirementRow, Vocabulary
from services import audit, clock
from services.dated_rules import in_force, stored_rules
from services.jobseekers.files import get_row
from services.permissions import Permission, check_can
from services.rankings.batch import open_vacancies
from services.rankings.outside_gates import outside_gates_of
from services.rankings.pool import live_pool, vocabulary
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
    person, status, statuses = _opened(external_id, by)
    parameters = parameters_at(clock.today())
    live = live_pool()
    named = _named(person, external_id, parameters)
    if person not in live.pool:
        text = NOT_RANKED.get(status, N_("This file is in no ranking at present."))
        return VacanciesForPerson(*named, (), (), parameters.version, Sentence(text))
    records = open_vacancies(by)
    asked = [requirement(record) for record in records]
    outside = outside_gates_of(records, asked, live.registered)
    words, _ = vocabulary(parameters)
    found = prospects(live.pool, person, asked, words, parameters, outside=outside)
    told = _Told(live.pool, person, words, parameters)
    rows = [
        told.row(record, each, gates, prospect, statuses.get(record.id))
        for record, each, gates, prospect in zip(
            records, asked, outside, found.vacancies, strict=True
        )
    ]
    helpful = _helpful(rows, found, parameters)
    rows.sort(key=_nearest_first)
    return VacanciesForPerson(*named, tuple(rows), helpful, parameters.version)
