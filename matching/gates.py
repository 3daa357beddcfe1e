"""Gates: facts that the vacancy or the agreement makes mandatory, and what is unknown of them.

A failed gate excludes with a sentence; an unknown fact does not exclude: it flags and asks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.enums import CriterionStatus
from domain.texts import N_, Sentence, Term
from matching.criteria import experience, occupation, readiness, skills
from matching.criteria.rows import gate_row, known_as
from matching.parameters import Parameters
from matching.types import Profile, Requirement, RequirementRow, Verdict

GateCheck = Callable[[Profile, Requirement, Parameters], Verdict | None]

GATE_SENTENCES: Mapping[str, str] = {
    "language_below_must": N_("A required language level is not reached"),
    "licence_missing": N_("A required licence is missing"),
    "education_below_min": N_("Education below the required level"),
    "not_available": N_("Not available for the season"),
    "country_not_wished": N_("Does not wish to work in this country"),
    "scheme_age": N_("Outside the age limits of the agreement"),
    "scheme_citizenship": N_("Citizenship not covered by the agreement"),
    "already_placed": N_("Already placed in a job abroad"),
    "held_elsewhere": N_("Held for another employer"),
    "withdrawn": N_("Has withdrawn"),
}
"""What a failed gate means, as the heading over the people it excludes."""

FLAG_SENTENCES: Mapping[str, str] = {
    "occupations_unknown": N_("Occupations not stated"),
    "years_unknown": N_("Years of work not stated"),
    "skills_unknown": N_("Skills not stated"),
    "languages_unknown": N_("Languages not stated"),
    "licences_unknown": N_("Licences not stated"),
    "education_unknown": N_("Education not stated"),
    "availability_unknown": N_("Availability not stated"),
    "countries_unknown": N_("Desired countries not stated"),
    "passport_unknown": N_("Passport not stated"),
    "scheme_age_unknown": N_("Age not stated"),
    "scheme_citizenship_unknown": N_("Citizenship not stated"),
}
"""What to ask the person, by flag."""


def gate_sentence(gate: str) -> Sentence:
    """The sentence of a gate by its name."""
    text = GATE_SENTENCES.get(gate)
    return Sentence(text) if text else Sentence(N_("Rule not met: {rule}"), {"rule": gate})


def flag_sentence(flag: str) -> Sentence:
    """The sentence of a flag by its name."""
    text = FLAG_SENTENCES.get(flag)
    return Sentence(text) if text else Sentence(N_("Not known: {rule}"), {"rule": flag})


def language_below_must(
    profile: Profile, requirement: Requirement, parameters: Parameters
) -> Verdict | None:
    """Every language that is a must has the asked level."""
    must = [asked for asked in requirement.languages if asked.must]
    if not must:
        return None
    if not profile.languages:
        return Verdict.UNKNOWN
    reached = all(
        profile.languages.get(asked.language, (0, None))[0] >= asked.level for asked in must
    )
    return Verdict.MET if reached else Verdict.FAILED


def licence_missing(
    profile: Profile, requirement: Requirement, parameters: Parameters
) -> Verdict | None:
    """Every required licence is held."""
    if not requirement.licences_required:
        return None
    if not profile.licences:
        return Verdict.UNKNOWN
    held = all(code in profile.licences for code in requirement.licences_required)
    return Verdict.MET if held else Verdict.FAILED


def education_below_min(
    profile: Profile, requirement: Requirement, parameters: Parameters
) -> Verdict | None:
    """The highest ISCED level reaches the required one."""
    if requirement.education_min is None:
        return None
    if profile.education is None:
        return Verdict.UNKNOWN
    return Verdict.MET if profile.education >= requirement.education_min else Verdict.FAILED


def not_available(
    profile: Profile, requirement: Requirement, parameters: Parameters
) -> Verdict | None:
    """The person is there for the season, but for the tolerance at either end."""
    if not readiness.is_asked(requirement):
        return None
    return readiness.availability_verdict(profile, requirement, parameters)


def country_not_wished(
    profile: Profile, requirement: Requirement, parameters: Parameters
) -> Verdict | None:
    """The person wishes to work in the vacancy's country."""
    if not requirement.country:
        return None
    if not profile.desired_countries:
        return Verdict.UNKNOWN
    return Verdict.MET if requirement.country in profile.desired_countries else Verdict.FAILED


def outside_verdict(profile: Profile, gate: str) -> Verdict:
    """A gate that was decided outside the engine; what is not mentioned is met."""
    return profile.outside.get(gate, Verdict.MET)


def flags(profile: Profile, requirement: Requirement, parameters: Parameters) -> tuple[str, ...]:
    """Facts that this vacancy needs and nobody has stated, in the order of `FLAG_SENTENCES`."""
    dates = readiness.is_asked(requirement)
    no_dates = profile.available_from is None and profile.available_to is None
    licences = requirement.licences_required or requirement.licences_preferred
    unknown = {
        "occupations_unknown": not profile.occupations
        and (occupation.is_asked(requirement) or experience.is_asked(requirement)),
        "years_unknown": experience.is_asked(requirement)
        and _years_missing(profile, requirement, parameters),
        "skills_unknown": bool(requirement.skills_essential or requirement.skills_optional)
        and skills.all_unknown(profile),
        "languages_unknown": bool(requirement.languages) and not profile.languages,
        "licences_unknown": bool(licences) and not profile.licences,
        "education_unknown": requirement.education_min is not None and profile.education is None,
        "availability_unknown": dates and no_dates,
        "countries_unknown": bool(requirement.country) and not profile.desired_countries,
        "passport_unknown": dates and profile.passport_valid_until is None,
    }
    outside = [
        f"{gate}_unknown"
        for gate in requirement.outside_gates
        if outside_verdict(profile, gate) is Verdict.UNKNOWN
    ]
    return (*(flag for flag, is_unknown in unknown.items() if is_unknown), *outside)


def _years_missing(profile: Profile, requirement: Requirement, parameters: Parameters) -> bool:
    """Whether years are missing of an occupation that counts for this vacancy."""
    return any(
        held.years is None
        and (
            not requirement.occupations
            or any(
                occupation.kinship(held.code, asked, parameters)
                for asked in requirement.occupations
            )
        )
        for held in profile.occupations
    )


_STATUS = {
    Verdict.MET: CriterionStatus.MET,
    Verdict.UNKNOWN: CriterionStatus.UNKNOWN,
    Verdict.FAILED: CriterionStatus.NOT_MET,
}


def licence_rows(
    profile: Profile, requirement: Requirement, parameters: Parameters
) -> tuple[RequirementRow, ...]:
    """One row for each required licence."""
    rows = []
    for code in requirement.licences_required:
        has, verdict, known = Sentence(N_("Not held")), Verdict.FAILED, "stated"
        if not profile.licences:
            has, verdict = Sentence(N_("Licences not stated")), Verdict.UNKNOWN
            known = "unknown"
        elif code in profile.licences:
            has, verdict = Sentence(N_("Has it")), Verdict.MET
            known = known_as(profile.licences[code])
        asked = Sentence(N_("{licence}"), {"licence": Term("licence", code)})
        rows.append(gate_row("licence_missing", asked, has, _STATUS[verdict], known))
    return tuple(rows)


def education_rows(
    profile: Profile, requirement: Requirement, parameters: Parameters
) -> tuple[RequirementRow, ...]:
    """The row of the required education."""
    verdict = education_below_min(profile, requirement, parameters)
    if verdict is None:
        return ()
    asked = Sentence(
        N_("{education} or higher"),
        {"education": Term("education", str(requirement.education_min))},
    )
    has, known = Sentence(N_("Education not stated")), "unknown"
    if profile.education is not None:
        level = Term("education", str(profile.education))
        has, known = Sentence(N_("{education}"), {"education": level}), "stated"
    return (gate_row("education_below_min", asked, has, _STATUS[verdict], known),)


def country_rows(
    profile: Profile, requirement: Requirement, parameters: Parameters
) -> tuple[RequirementRow, ...]:
    """The row of the country the person has to wish for."""
    verdict = country_not_wished(profile, requirement, parameters)
    if verdict is None:
        return ()
    asked = Sentence(
        N_("Wishes to work in: {country}"), {"country": Term("country", requirement.country)}
    )
    has, known = Sentence(N_("Desired countries not stated")), "unknown"
    if profile.desired_countries:
        wished = tuple(Term("country", code) for code in sorted(profile.desired_countries))
        has, known = Sentence(N_("Wishes: {countries}"), {"countries": wished}), "stated"
    return (gate_row("country_not_wished", asked, has, _STATUS[verdict], known),)


OUTSIDE_ASKED: Mapping[str, str] = {
    "scheme_age": N_("Age within the limits of the agreement"),
    "scheme_citizenship": N_("Citizenship covered by the agreement"),
    "already_placed": N_("Not placed in a job abroad"),
    "held_elsewhere": N_("Not held for another employer"),
    "withdrawn": N_("Takes part in the scheme"),
}

_OUTSIDE_HAS = {
    Verdict.MET: N_("Yes"),
    Verdict.UNKNOWN: N_("Not known"),
    Verdict.FAILED: N_("No"),
}


def outside_rows(
    profile: Profile, requirement: Requirement, parameters: Parameters
) -> tuple[RequirementRow, ...]:
    """One row for each gate decided outside the engine."""
    rows = []
    for gate in requirement.outside_gates:
        verdict = outside_verdict(profile, gate)
        text = OUTSIDE_ASKED.get(gate)
        asked = Sentence(text) if text else Sentence(N_("Rule: {rule}"), {"rule": gate})
        known = "unknown" if verdict is Verdict.UNKNOWN else "computed"
        has = Sentence(_OUTSIDE_HAS[verdict])
        rows.append(gate_row(gate, asked, has, _STATUS[verdict], known))
    return tuple(rows)
