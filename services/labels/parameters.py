"""What the numbers of the ranking rules are called."""

from __future__ import annotations

from collections.abc import Mapping

from domain.texts import N_

PARAMETERS: Mapping[str, str] = {
    "valid_from": N_("First day"),
    "reason": N_("Reason"),
    "reference": N_("Legal reference"),
    "weight_*": N_("Weights of the criteria"),
    "readiness_*": N_("Parts of readiness"),
    "weight_occupation": N_("Weight: occupation"),
    "weight_skills": N_("Weight: skills"),
    "weight_languages": N_("Weight: languages"),
    "weight_experience": N_("Weight: experience"),
    "weight_readiness": N_("Weight: readiness"),
    "occupation_same_minor_group": N_("Occupation of the same minor group"),
    "occupation_same_sub_major_group": N_("Occupation of the same sub-major group"),
    "occupation_same_major_group": N_("Occupation of the same major group"),
    "skill_related": N_("Related or likely skill"),
    "skill_same_broader_group": N_("Skill of the same broader group"),
    "skill_optional_weight": N_("Preferred skill against a required one"),
    "licence_preferred_weight": N_("Preferred licence among the skills"),
    "skill_rarity_base": N_("What a common skill counts at least"),
    "language_step": N_("Credit lost per language level"),
    "unknown_credit": N_("What an unknown fact counts"),
    "readiness_passport": N_("Readiness: passport"),
    "readiness_availability": N_("Readiness: dates"),
    "passport_margin_days": N_("Passport valid after the work"),
    "availability_tolerance_days": N_("Tolerance at either end of the season"),
    "season_days_if_open": N_("Season where only one date is stated"),
    "candidates_per_position": N_("Candidates per position"),
    "improvements_shown": N_("Changes shown per person"),
}
