"""The same people ranked with one requirement removed: an explanation, which changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from domain.enums import SelectionStep, Trait
from domain.records.fairness import FairnessRules, Group
from domain.records.vacancy import SchemeRule, VacancyRecord
from domain.texts import N_, Sentence, Term
from matching.engine.kernel import GONE
from matching.outside import Outside
from matching.parameters import Parameters
from matching.pool import Pool
from matching.ranking_rules import gate_names, points_by_criterion
from matching.standing import Standing, stand
from matching.types import LanguageAsked, Requirement, Vocabulary
from matching.vocabulary import group_of
from services.fairness.groups import Groups, Ints
from services.fairness.rates import Compared, compare
from services.vacancies.requirements import PROCESS_GATES
from services.vacancies.scheme_terms import scheme_education_min, scheme_rules

RANKED_STEPS = (SelectionStep.GATE, SelectionStep.RANK)
Effects = Mapping[tuple[SelectionStep, Trait], Mapping[Group, Compared]]


@dataclass(frozen=True, slots=True)
class Without:
    """What the vacancy would ask without one requirement."""

    removed: Sentence
    requirement: Requirement
    clause: Sentence | None = None


def without_each(
    asked: Requirement, vacancy: VacancyRecord, words: Vocabulary, parameters: Parameters
) -> list[Without]:
    """Each requirement taken away alone; whatever is left must be rankable."""
    found = [
        *_gates(asked),
        *_education(asked, vacancy),
        *_points(asked, words),
        *_scheme(asked, vacancy),
    ]
    return [each for each in found if points_by_criterion(each.requirement, parameters)]


def _gates(asked: Requirement) -> Iterator[Without]:
    for one in asked.languages:
        others = tuple(other for other in asked.languages if other != one)
        yield Without(_language(one), replace(asked, languages=others))
    for code in asked.licences_required:
        rest = tuple(other for other in asked.licences_required if other != code)
        named = Sentence(N_("Licence, must: {licence}"), {"licence": Term("licence", code)})
        yield Without(named, replace(asked, licences_required=rest))
    if asked.start is not None or asked.end is not None:
        named = Sentence(N_("Available for the season, with a valid passport"))
        yield Without(named, replace(asked, start=None, end=None))
    if asked.country:
        country = Term("country", asked.country)
        named = Sentence(N_("Wishes to work in: {country}"), {"country": country})
        yield Without(named, replace(asked, country=""))


def _education(asked: Requirement, vacancy: VacancyRecord) -> Iterator[Without]:
    if asked.education_min is None:
        return
    level = Term("education", str(asked.education_min))
    named = Sentence(N_("{education} or higher"), {"education": level})
    rules = [rule for rule in scheme_rules(vacancy) if rule.rule == "education_min"]
    is_scheme_s = scheme_education_min(vacancy) == asked.education_min
    clause = _clause(rules[0]) if rules and is_scheme_s else None
    yield Without(named, replace(asked, education_min=None), clause)


def _language(asked: LanguageAsked) -> Sentence:
    text = N_("{language} {level}, must") if asked.must else N_("{language} {level}, preferred")
    level = Term("level", ("A1", "A2", "B1", "B2", "C1", "C2", "native")[asked.level - 1])
    return Sentence(text, {"language": Term("language", asked.language), "level": level})


def _points(asked: Requirement, words: Vocabulary) -> Iterator[Without]:
    if asked.experience_years:
        named = Sentence(N_("Experience in years: {years}"), {"years": asked.experience_years})
        yield Without(named, replace(asked, experience_years=None))
    if asked.occupations:
        worked = tuple(Term("occupation", code) for code in asked.occupations)
        named = Sentence(N_("Worked as: {occupations}"), {"occupations": worked})
        yield Without(named, replace(asked, occupations=()))
    for code in asked.licences_preferred:
        rest = tuple(other for other in asked.licences_preferred if other != code)
        named = Sentence(N_("Licence, preferred: {licence}"), {"licence": Term("licence", code)})
        yield Without(named, replace(asked, licences_preferred=rest))
    by_group: dict[str, list[str]] = {}
    for skill in dict.fromkeys((*asked.skills_essential, *asked.skills_optional)):
        by_group.setdefault(group_of(skill, words) or "", []).append(skill)
    for skills in by_group.values():
        named = Sentence(
            N_("Skills: {skills}"), {"skills": tuple(Term("skill", code) for code in skills)}
        )
        rest_of = [
            tuple(code for code in codes if code not in skills)
            for codes in (asked.skills_essential, asked.skills_optional)
        ]
        yield Without(
            named, replace(asked, skills_essential=rest_of[0], skills_optional=rest_of[1])
        )


def _scheme(asked: Requirement, vacancy: VacancyRecord) -> Iterator[Without]:
    for rule in scheme_rules(vacancy):
        if rule.gate in asked.outside_gates:
            rest = tuple(gate for gate in asked.outside_gates if gate != rule.gate)
            yield Without(rule.sentence, replace(asked, outside_gates=rest), _clause(rule))


def _clause(rule: SchemeRule) -> Sentence:
    return Sentence(N_("{clause} ({source})"), {"clause": rule.clause, "source": rule.source})


@dataclass(frozen=True, eq=False)
class Ranked:
    """What a ranking is made from: today's, or that of an old run."""

    vacancy: VacancyRecord
    requirement: Requirement
    vocabulary: Vocabulary
    parameters: Parameters
    pool: Pool
    outside: Outside


@dataclass(frozen=True, eq=False)
class Stood:
    """Who is considered for a vacancy, who meets its requirements, who is within the places."""

    considered: Ints
    """Ids of everybody who is free: not placed, held elsewhere or withdrawn."""
    eligible: Ints
    within: Ints

    def joined(self, other: Stood) -> Stood:
        """Who is among them in either."""
        return Stood(
            np.union1d(self.considered, other.considered),
            np.union1d(self.eligible, other.eligible),
            np.union1d(self.within, other.within),
        )


def stood(ranked: Ranked, asked: Requirement) -> Stood:
    """The three groups under these requirements."""
    standing = stand(ranked.pool, asked, ranked.vocabulary, ranked.parameters, ranked.outside)
    places = ranked.vacancy.positions * ranked.parameters.candidates_per_position
    return divided(standing, asked, places)


def divided(standing: Standing, asked: Requirement, places: int) -> Stood:
    """The three groups of a ranking; facts of the process are no requirements."""
    names = gate_names(asked)
    busy = sum(1 << place for place, name in enumerate(names) if name in PROCESS_GATES)
    free = (standing.failed < GONE) & (standing.failed & busy == 0)
    eligible = standing.person[standing.order]
    return Stood(standing.person[free], eligible, eligible[:places])


def came(found: Stood, groups: Groups) -> dict[SelectionStep, tuple[Ints, Ints]]:
    """The first two steps as rows of the groups."""
    eligible = groups.rows(found.eligible)
    return {
        SelectionStep.GATE: (groups.rows(found.considered), eligible),
        SelectionStep.RANK: (eligible, groups.rows(found.within)),
    }


def effects_of(
    ranked: Ranked, asked: Requirement, groups: Groups, rules: FairnessRules
) -> tuple[int, Effects]:
    """How many would meet these requirements, and how the groups would compare."""
    found = stood(ranked, asked)
    rows = came(found, groups)
    return len(found.eligible), {
        (step, trait): compare(groups.count(trait, *rows[step]), rules)
        for step in RANKED_STEPS
        for trait in Trait
    }
