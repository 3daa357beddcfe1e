"""What a scheme's published terms mean for one vacancy; every rule with its clause and source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.enums import CriterionStatus
from domain.records.vacancy import PublishingCheck, SchemeRule, VacancyForm
from domain.texts import N_, Sentence, Term
from domain.values import months_after
from services.reference import Scheme, reference

GATES = {"age_at_departure": "scheme_age", "citizenship": "scheme_citizenship"}
"""Rules that the ranking applies by itself; the others are for an officer to check."""

RULE_TEXTS = {
    "citizenship": N_("Citizenship: {value}"),
    "months_without_schengen_travel": N_("Months without travel to the Schengen area: {min}"),
    "no_entry_ban": N_("No entry ban"),
    "healthy": N_("Healthy"),
    "education_min": N_("Education at least: {min}"),
    "licence_any_of": N_("One of these certificates: {value}"),
    "language_any_of": N_("One of these languages: {value}"),
    "no_criminal_record": N_("No criminal record"),
    "no_irregular_stay_in_country": N_("No irregular stay in the country before"),
    "no_close_family_in_country": N_("No parent, spouse or child living or working there"),
}
RULE_TERMS = {
    "citizenship": "country",
    "education_min": "education",
    "licence_any_of": "licence",
    "language_any_of": "language",
}


def scheme_of(form: VacancyForm) -> Scheme | None:
    """The chosen scheme, if any."""
    return reference().schemes.get(form.scheme_code) if form.scheme_code else None


def suggest_schemes(form: VacancyForm) -> tuple[Scheme, ...]:
    """The country's schemes, likeliest first: in force on the start date, then of its sector."""
    fitting = [s for s in reference().schemes.values() if s.country == form.country]
    return tuple(sorted(fitting, key=lambda s: (-_likeness(s, form), s.code)))


def _likeness(scheme: Scheme, form: VacancyForm) -> int:
    in_force = form.start_on is None or is_in_force(scheme, form.start_on)
    prefixes = tuple(scheme.terms.get("isco_groups") or ())
    same = bool(prefixes) and any(code.startswith(prefixes) for code in form.occupations)
    return (4 if in_force else 0) + (2 if same else 0) + (0 if prefixes and not same else 1)


def is_in_force(scheme: Scheme, on: date) -> bool:
    """Whether the day lies in the scheme's published time; an unknown end is open."""
    started = scheme.in_force_from is None or scheme.in_force_from <= on
    return started and (scheme.in_force_to is None or on <= scheme.in_force_to)


def scheme_rules(form: VacancyForm) -> tuple[SchemeRule, ...]:
    """The rules that the vacancy's scheme states about the person."""
    scheme = scheme_of(form)
    rules = scheme.terms.get("rules") or () if scheme else ()
    return tuple(
        SchemeRule(
            rule["rule"],
            GATES.get(rule["rule"]),
            _rule_sentence(rule),
            rule["clause"],
            rule["source"],
        )
        for rule in rules
    )


def scheme_education_min(form: VacancyForm) -> int | None:
    """The ISCED level that the scheme makes mandatory."""
    scheme = scheme_of(form)
    rules = scheme.terms.get("rules") or () if scheme else ()
    return next((r["min"] for r in rules if r["rule"] == "education_min"), None)


def _rule_sentence(rule: Mapping[str, Any]) -> Sentence:
    kind = rule["rule"]
    if kind == "age_at_departure":
        return _age_sentence(rule["min"], rule["max"])
    if kind not in RULE_TEXTS:
        return Sentence(N_("{clause}"), {"clause": rule["clause"]})
    return Sentence(
        RULE_TEXTS[kind],
        {"min": _named(kind, rule["min"]), "value": _named(kind, rule["value"])},
    )


def _age_sentence(youngest: int | None, oldest: int | None) -> Sentence:
    if oldest is None:
        return Sentence(N_("Age at departure: at least {min}"), {"min": youngest})
    if youngest is None:
        return Sentence(N_("Age at departure: at most {max}"), {"max": oldest})
    return Sentence(N_("Age at departure: {min} to {max}"), {"min": youngest, "max": oldest})


def _named(kind: str, value: object) -> object:
    if kind not in RULE_TERMS or value is None:
        return value
    if isinstance(value, list | tuple):
        return tuple(Term(RULE_TERMS[kind], str(part)) for part in value)
    return Term(RULE_TERMS[kind], str(value))


def scheme_checks(form: VacancyForm) -> tuple[PublishingCheck, ...]:
    """Scheme chosen and in force, weekly hours and length of stay within its terms."""
    scheme = scheme_of(form)
    if scheme is None and not form.country:
        return ()
    if scheme is None:
        if not suggest_schemes(form):
            text = N_("There is no scheme with this country: no rule of an agreement applies")
        else:
            text = N_("No scheme is chosen: no rule of an agreement applies")
        return (_check("scheme", CriterionStatus.UNKNOWN, text),)
    found = (_scheme_fits(scheme, form), _hours(scheme, form), _stay(scheme, form))
    return tuple(check for check in found if check is not None)


def _scheme_fits(scheme: Scheme, form: VacancyForm) -> PublishingCheck:
    named = Term("scheme", scheme.code)
    if scheme.country != form.country:
        return _check(
            "scheme",
            CriterionStatus.NOT_MET,
            N_("The scheme “{scheme}” is not with {country}"),
            scheme=named,
            country=Term("country", form.country),
        )
    if form.start_on is not None and not is_in_force(scheme, form.start_on):
        return _check(
            "scheme",
            CriterionStatus.NOT_MET,
            N_("The scheme “{scheme}” is not in force on {date}"),
            scheme=named,
            date=form.start_on,
        )
    return _check("scheme", CriterionStatus.MET, N_("Scheme: {scheme}"), scheme=named)


def _hours(scheme: Scheme, form: VacancyForm) -> PublishingCheck | None:
    least = scheme.terms.get("hours_week_min")
    if least is None:
        return None
    values = {"hours": form.hours_per_week, "min": least, "source": _stay_source(scheme)}
    if form.hours_per_week is None:
        text = N_("State the hours per week: the scheme asks for at least {min} ({source})")
        return _check("hours", CriterionStatus.NOT_MET, text, **values)
    if form.hours_per_week < least:
        text = N_("{hours} hours per week are fewer than the scheme's {min} ({source})")
        return _check("hours", CriterionStatus.NOT_MET, text, **values)
    text = N_("{hours} hours per week; the scheme asks for at least {min}")
    return _check("hours", CriterionStatus.MET, text, **values)


def _stay(scheme: Scheme, form: VacancyForm) -> PublishingCheck | None:
    days, months = scheme.terms.get("max_days"), scheme.terms.get("max_months")
    if days is None and months is None:
        return None
    longest = Sentence(N_("{count} days"), {"count": days}) if days is not None else None
    longest = longest or Sentence(N_("{count} months"), {"count": months})
    values = {"longest": longest, "source": _stay_source(scheme)}
    if form.start_on is None or form.end_on is None:
        text = N_("The end is not stated; the scheme allows at most {longest} ({source})")
        return _check("stay", CriterionStatus.UNKNOWN, text, **values)
    if days is not None:
        fits = (form.end_on - form.start_on).days + 1 <= days
    else:
        fits = form.end_on < months_after(form.start_on, months or 0)
    text = N_("The stay is longer than the scheme's {longest} ({source})")
    if fits:
        text = N_("The stay is within the scheme's {longest}")
    return _check("stay", CriterionStatus.MET if fits else CriterionStatus.NOT_MET, text, **values)


def _stay_source(scheme: Scheme) -> str:
    return scheme.terms.get("stay_source") or ""


def _check(name: str, status: CriterionStatus, text: str, **values: object) -> PublishingCheck:
    return PublishingCheck(name, status, Sentence(text, values))
