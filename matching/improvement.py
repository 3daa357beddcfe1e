"""What would raise a person's score, or open a gate: one real change at a time, tried out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.enums import Evidence
from domain.texts import N_, Sentence, Term
from matching.criteria import experience, languages, readiness, skills
from matching.criteria.rows import level_term, plain_number
from matching.outside import NO_GATES, Outside, with_verdicts
from matching.parameters import Parameters
from matching.pool import Pool
from matching.reference import failed_gates
from matching.standing import Standing, stand
from matching.trials import Trials
from matching.types import (
    Improvement,
    LanguageAsked,
    OccupationHeld,
    Profile,
    Requirement,
    Verdict,
    Vocabulary,
)
from matching.vocabulary import likely_skills

TOGETHER = Sentence(N_("All of this together"))


@dataclass(frozen=True, slots=True)
class Change:
    """One change and the profile it would lead to."""

    sentence: Sentence
    profile: Profile
    opens_gate: str | None = None


def what_would_raise(
    pool: Pool,
    person: int,
    requirement: Requirement,
    vocabulary: Vocabulary,
    parameters: Parameters,
    *,
    outside: Outside = NO_GATES,
    standing: Standing | None = None,
) -> tuple[Improvement, ...]:
    """Changes that would gain most, with the score and the rank they would bring today.

    Of each kind (a language level, an answer to an unknown fact, a licence, a year of work, a
    paper) the best; as many as the parameters say. For an excluded person: for each failed gate,
    what would open it, and last, where several failed, all of that together. `standing`: that of
    the same ranking, where it is at hand.
    """
    profile = with_verdicts(pool.profile(person), outside)
    standing = standing or stand(pool, requirement, vocabulary, parameters, outside)
    trials = Trials(profile, requirement, vocabulary, parameters)
    return tuple(
        _try_out(change, standing, trials, requirement, parameters)
        for change in proposed_changes(profile, requirement, vocabulary, parameters, trials)
    )


def proposed_changes(
    profile: Profile,
    requirement: Requirement,
    vocabulary: Vocabulary,
    parameters: Parameters,
    trials: Trials | None = None,
) -> list[Change]:
    """The changes themselves, in the order of `what_would_raise`; `trials` where it is at hand."""
    failed = failed_gates(profile, requirement, parameters)
    if failed:
        opened = list(_openings(profile, failed, requirement, parameters))
        if len(failed) > 1 and len(opened) == len(failed):
            opened.append(_all_together(profile, failed, requirement, parameters))
        return opened
    trials = trials or Trials(profile, requirement, vocabulary, parameters)
    return _best_of_each_kind(trials, requirement, vocabulary, parameters)


def _try_out(
    change: Change,
    standing: Standing,
    trials: Trials,
    requirement: Requirement,
    parameters: Parameters,
) -> Improvement:
    points, low = trials.points_and_low(change.profile)
    is_out = bool(failed_gates(change.profile, requirement, parameters))
    rank = None if is_out else standing.rank_of(points, low, change.profile.person)
    return Improvement(change.sentence, points, rank, change.opens_gate)


def _best_of_each_kind(
    trials: Trials, requirement: Requirement, vocabulary: Vocabulary, parameters: Parameters
) -> list[Change]:
    """Of each kind the change that gains most, as many as are shown, largest gain first."""
    profile = trials.profile
    now, _ = trials.points_and_low(profile)
    best: list[tuple[int, Change]] = []
    for kind in (
        _languages(profile, requirement, parameters),
        _occupations(profile, requirement),
        _skills(profile, requirement, vocabulary),
        _licences(profile, requirement),
        _experience(profile, requirement),
        _passport(profile, requirement, parameters),
        _availability(profile, requirement, parameters),
    ):
        tried = [(trials.points_and_low(change.profile)[0], change) for change in kind]
        best.extend(sorted(tried, key=lambda trial: -trial[0])[:1])
    gaining = [trial for trial in best if trial[0] > now]
    gaining.sort(key=lambda trial: -trial[0])
    return [change for _, change in gaining[: parameters.improvements_shown]]


def _languages(
    profile: Profile, requirement: Requirement, parameters: Parameters
) -> Iterator[Change]:
    if requirement.languages and not profile.languages:
        reached = _reached(requirement.languages)
        named = tuple(_level(name, level) for name, (level, _) in reached.items())
        sentence = Sentence(N_("Ask about languages: if {languages}"), {"languages": named})
        yield Change(sentence, replace(profile, languages=reached))
        return
    for asked in requirement.languages:
        held, _ = profile.languages.get(asked.language, (0, Evidence.STATED))
        credit = languages.level_credit(held, asked.level, parameters)
        for level in range(held + 1, asked.level + 1):
            if languages.level_credit(level, asked.level, parameters) > credit:
                reached = {**profile.languages, asked.language: (level, Evidence.STATED)}
                sentence = Sentence(
                    N_("Reach {language}"), {"language": _level(asked.language, level)}
                )
                yield Change(sentence, replace(profile, languages=reached))
                break


def _reached(asked: Sequence[LanguageAsked]) -> dict[str, tuple[int, Evidence]]:
    """Each language at the highest level that is asked of it."""
    by_level = sorted(asked, key=lambda one: one.level)
    return {one.language: (one.level, Evidence.STATED) for one in by_level}


def _occupations(profile: Profile, requirement: Requirement) -> Iterator[Change]:
    if requirement.occupations and not profile.occupations:
        code, years = requirement.occupations[0], requirement.experience_years or 1.0
        values = {"occupation": Term("occupation", code), "years": plain_number(years)}
        sentence = Sentence(N_("Ask about work: if {occupation}, years: {years}"), values)
        yield Change(sentence, replace(profile, occupations=(OccupationHeld(code, years),)))


def _skills(profile: Profile, requirement: Requirement, vocabulary: Vocabulary) -> Iterator[Change]:
    asked = dict.fromkeys((*requirement.skills_essential, *requirement.skills_optional))
    missing = [skill for skill in asked if skill not in profile.skills]
    if asked and skills.all_unknown(profile):
        named = tuple(Term("skill", skill) for skill in missing)
        sentence = Sentence(N_("Ask about skills: if {skills}"), {"skills": named})
        yield Change(sentence, _with_skills(profile, missing))
        return
    likely = likely_skills(profile, vocabulary)
    for skill in missing:
        text = N_("Ask about the skill: {skill}")
        if skill in likely:
            text = N_("Ask about the likely skill: {skill}")
        sentence = Sentence(text, {"skill": Term("skill", skill)})
        yield Change(sentence, _with_skills(profile, [skill]))


def _with_skills(profile: Profile, added: list[str]) -> Profile:
    return replace(profile, skills={**profile.skills, **dict.fromkeys(added, Evidence.STATED)})


def _licences(profile: Profile, requirement: Requirement) -> Iterator[Change]:
    preferred = skills.preferred_licences(requirement)
    if preferred and not profile.licences:
        every = (*requirement.licences_required, *preferred)
        named = tuple(Term("licence", code) for code in every)
        sentence = Sentence(N_("Ask about licences: if {licences}"), {"licences": named})
        yield Change(sentence, _with_licences(profile, every))
        return
    for code in preferred:
        if code not in profile.licences:
            sentence = Sentence(N_("Obtain: {licence}"), {"licence": Term("licence", code)})
            yield Change(sentence, _with_licences(profile, (code,)))


def _with_licences(profile: Profile, added: tuple[str, ...]) -> Profile:
    held = {**profile.licences, **dict.fromkeys(added, Evidence.STATED)}
    return replace(profile, licences=held)


def _experience(profile: Profile, requirement: Requirement) -> Iterator[Change]:
    if not experience.is_asked(requirement):
        return
    required = requirement.experience_years or 0.0
    held = experience.counting(profile, requirement)
    if any(item.years is None for item in held):
        stated = tuple(
            replace(item, years=required) if item in held and item.years is None else item
            for item in profile.occupations
        )
        sentence = Sentence(
            N_("Ask about years of work: if {years}"), {"years": plain_number(required)}
        )
        yield Change(sentence, replace(profile, occupations=stated))
        return
    if not profile.occupations or not requirement.occupations:
        return
    code = requirement.occupations[0]
    code = held[0].code if held else code
    sentence = Sentence(
        N_("One more year of work as: {occupation}"), {"occupation": Term("occupation", code)}
    )
    yield Change(sentence, replace(profile, occupations=_one_year_more(profile, code)))


def _one_year_more(profile: Profile, code: str) -> tuple[OccupationHeld, ...]:
    longest = max(
        (item for item in profile.occupations if item.code == code),
        key=lambda item: item.years or 0.0,
        default=None,
    )
    if longest is None:
        return (*profile.occupations, OccupationHeld(code, 1.0))
    grown = replace(longest, years=(longest.years or 0.0) + 1.0)
    place = profile.occupations.index(longest)
    return (*profile.occupations[:place], grown, *profile.occupations[place + 1 :])


def _passport(
    profile: Profile, requirement: Requirement, parameters: Parameters
) -> Iterator[Change]:
    if not readiness.is_asked(requirement):
        return
    until = readiness.season(requirement, parameters).passport_until
    text = N_("Renew the passport: valid until {date}")
    if profile.passport_valid_until is None:
        text = N_("Ask for the passport: if valid until {date}")
    if (profile.passport_valid_until or 0) < until:
        sentence = Sentence(text, {"date": date.fromordinal(until)})
        yield Change(sentence, replace(profile, passport_valid_until=until))


def _availability(
    profile: Profile, requirement: Requirement, parameters: Parameters
) -> Iterator[Change]:
    if readiness.is_asked(requirement):
        yield _available(profile, requirement, parameters)


def _available(
    profile: Profile, requirement: Requirement, parameters: Parameters, gate: str | None = None
) -> Change:
    season = readiness.season(requirement, parameters)
    is_unknown = profile.available_from is None and profile.available_to is None
    values = {
        "start": date.fromordinal(season.start),
        "end": date.fromordinal(season.end),
    }
    text = (
        N_("Ask about availability: if {start} – {end}")
        if is_unknown
        else N_("Is available {start} – {end}")
    )
    begins = min(season.start, profile.available_from or season.start)
    ends = max(season.end, profile.available_to or season.end)
    changed = replace(profile, available_from=begins, available_to=ends)
    return Change(Sentence(text, values), changed, gate)


def _openings(
    profile: Profile, failed: tuple[str, ...], requirement: Requirement, parameters: Parameters
) -> Iterator[Change]:
    """For each failed gate the change that opens it, where the person or an officer can do it."""
    for gate in failed:
        if gate == "language_below_must":
            yield _reach_musts(profile, requirement)
        elif gate == "licence_missing":
            missing = [c for c in requirement.licences_required if c not in profile.licences]
            named = tuple(Term("licence", code) for code in missing)
            sentence = Sentence(N_("Obtain: {licence}"), {"licence": named})
            yield Change(sentence, _with_licences(profile, tuple(missing)), gate)
        elif gate == "education_below_min":
            level = Term("education", str(requirement.education_min))
            sentence = Sentence(N_("Prove education: {education}"), {"education": level})
            yield Change(sentence, replace(profile, education=requirement.education_min), gate)
        elif gate == "not_available":
            yield _available(profile, requirement, parameters, gate)
        elif gate == "country_not_wished":
            country = Term("country", requirement.country)
            sentence = Sentence(N_("Agrees to work in: {country}"), {"country": country})
            wished = profile.desired_countries | {requirement.country}
            yield Change(sentence, replace(profile, desired_countries=wished), gate)
        elif gate in OUTSIDE_OPENINGS:
            outside = {**profile.outside, gate: Verdict.MET}
            yield Change(Sentence(OUTSIDE_OPENINGS[gate]), replace(profile, outside=outside), gate)


def _all_together(
    profile: Profile, failed: tuple[str, ...], requirement: Requirement, parameters: Parameters
) -> Change:
    """Every change that opens a gate, one on top of the other."""
    for gate in failed:
        for change in _openings(profile, (gate,), requirement, parameters):
            profile = change.profile
    return Change(TOGETHER, profile)


def sealed_gates(
    profile: Profile, requirement: Requirement, parameters: Parameters
) -> tuple[str, ...]:
    """Failed gates that no change of the person or of the process opens: age and citizenship."""
    failed = failed_gates(profile, requirement, parameters)
    opened = {change.opens_gate for change in _openings(profile, failed, requirement, parameters)}
    return tuple(gate for gate in failed if gate not in opened)


OUTSIDE_OPENINGS = {
    "already_placed": N_("The present job abroad ends"),
    "held_elsewhere": N_("The other employer releases the person"),
    "withdrawn": N_("The person applies again"),
}
"""What opens a gate decided outside; nothing a person could do opens an age or citizenship."""


def _reach_musts(profile: Profile, requirement: Requirement) -> Change:
    short = [
        asked
        for asked in requirement.languages
        if asked.must and profile.languages.get(asked.language, (0, None))[0] < asked.level
    ]
    reached = _reached(short)
    named = tuple(_level(name, level) for name, (level, _) in reached.items())
    return Change(
        Sentence(N_("Reach {language}"), {"language": named}),
        replace(profile, languages={**profile.languages, **reached}),
        "language_below_must",
    )


def _level(language: str, level: int) -> Sentence:
    values = {"language": Term("language", language), "level": level_term(level)}
    return Sentence(N_("{language} {level}"), values)
