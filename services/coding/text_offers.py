"""What the text of a vacancy or of a CV names, offered for a person to tick.

The text is not stored, not logged and not kept in memory: what remains is what a person saves.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from db.queries.coding_labels import skill_names, skills_of_languages
from db.session import engine, reading, unit_of_work
from domain.enums import OfferKind
from domain.exceptions import InvalidInput
from domain.records.offers import Offer, TextOffers
from domain.records.officer import Officer
from domain.texts import N_
from matching.texts.extraction.clauses import clauses
from matching.texts.extraction.detection import detect_language
from matching.texts.extraction.findings import Certainty, Span, YearsFound
from matching.texts.extraction.languages import find_languages
from matching.texts.extraction.licences import find_licences
from matching.texts.extraction.skills import SkillFinder
from matching.texts.extraction.word_tables import LANGUAGES as LANGUAGES
from matching.texts.extraction.years import find_years
from services import audit
from services.coding.kept_indexes import kept_or_built
from services.coding.occupation_coding import likely_occupations
from services.permissions import Permission, check_can
from services.reference import Loaded, loaded_files, reference

LONGEST_TEXT = 20_000
MOST_SKILLS = 25
LEAST_LIKENESS = 0.7
"""A line of a CV less like a known job title is none."""
LEAST_MEANING = 0.3
"""As above, for the first line of an advertisement, which mostly is one."""
MOST_OCCUPATIONS, MOST_MEANINGS = 5, 2
LONGEST_HEADLINE = 10
LONGEST_TITLE = 6
"""Words of a line that may be a job title."""

_kept: WeakKeyDictionary[Engine, tuple[Loaded, dict[str, SkillFinder]]] = WeakKeyDictionary()
_guard = threading.Lock()
_PARTS = re.compile(r"[^,;:()–—|/\n]+")
_NUMBERS = re.compile(r"[\d.–-]{2,}")


def read_vacancy_text(*, text: str, language: str | None = None, by: Officer) -> TextOffers:
    """What an advertisement names: years, languages, licences, skills; each with its words.

    `language` is the text's own, found out where it is not given.
    """
    check_can(by, Permission.VACANCIES_EDIT)
    return _read(text, language, of_person=False)


def read_cv_text(*, text: str, language: str | None = None, by: Officer) -> TextOffers:
    """What a CV names: occupations with years, languages, licences, skills; each with its words."""
    check_can(by, Permission.JOBSEEKERS_EDIT)
    return _read(text, language, of_person=True)


def _read(text: str, language: str | None, *, of_person: bool) -> TextOffers:
    if len(text) > LONGEST_TEXT:
        raise InvalidInput(
            N_("The text is too long: at most {count} letters. Paste the part that matters."),
            count=LONGEST_TEXT,
        )
    lang = language if language in LANGUAGES else detect_language(text)
    if lang is None:
        return TextOffers(None)
    years = find_years(text, lang)
    found: list[Offer] = []
    if of_person:
        found += _occupations(text, lang, years)
    else:
        found += _title(text, lang)
        found += _years(text, years)
    found += _languages(text, lang, of_person=of_person)
    found += _licences(text, lang, of_person=of_person)
    found += _skills(text, lang, of_person=of_person)
    return TextOffers(lang, tuple(found))


def _quote(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split())


def _title(text: str, lang: str) -> Iterator[Offer]:
    """What the first line may mean, where it is short enough to be the job's title."""
    first = next((c for c in clauses(text, lang)), None)
    if first is None or len(first.text.split()) > LONGEST_HEADLINE:
        return
    quote = " ".join(first.text.split())
    for match in likely_occupations(quote, lang)[:MOST_MEANINGS]:
        if match.similarity >= LEAST_MEANING:
            yield Offer(
                kind=OfferKind.OCCUPATION,
                code=match.isco,
                quote=quote,
                start=first.start,
                score=match.similarity,
                label=match.label,
            )


def _years(text: str, found: Iterable[YearsFound]) -> Iterator[Offer]:
    """The first that is said outright, else the first that is likely."""
    best = min(found, key=lambda f: (f.certainty is Certainty.LIKELY, f.span), default=None)
    if best is not None:
        yield Offer(
            kind=OfferKind.YEARS,
            code="",
            quote=_quote(text, best.span),
            start=best.span.start,
            is_likely=best.certainty is Certainty.LIKELY,
            years=best.years,
            requirement=best.kind,
        )


def _languages(text: str, lang: str, *, of_person: bool) -> Iterator[Offer]:
    for found in find_languages(text, lang):
        yield Offer(
            kind=OfferKind.LANGUAGE,
            code=found.language,
            quote=_quote(text, found.span),
            start=found.span.start,
            is_likely=found.level is not None and found.certainty is Certainty.LIKELY,
            level=found.level,
            requirement=None if of_person else found.kind,
        )


def _licences(text: str, lang: str, *, of_person: bool) -> Iterator[Offer]:
    known = reference().names["licence"]
    for found in find_licences(text, lang):
        if found.licence in known:
            yield Offer(
                kind=OfferKind.LICENCE,
                code=found.licence,
                quote=_quote(text, found.span),
                start=found.span.start,
                is_likely=found.certainty is Certainty.LIKELY,
                requirement=None if of_person else found.kind,
            )


def _skills(text: str, lang: str, *, of_person: bool) -> Iterator[Offer]:
    # "German" in "good German" is a language, not one of our skills.
    named = [found.span for found in find_languages(text, lang)]
    for found in _finder(lang).find(text, lang, top=MOST_SKILLS):
        if any(span.start <= found.span.start and found.span.end <= span.end for span in named):
            continue
        yield Offer(
            kind=OfferKind.SKILL,
            code=found.skill,
            quote=_quote(text, found.span),
            start=found.span.start,
            score=found.score,
            label=found.label,
            requirement=None if of_person else found.kind,
        )


def _finder(lang: str) -> SkillFinder:
    current = engine()
    with _guard, reading() as session:
        loaded = loaded_files(session)
        if current not in _kept or _kept[current][0] != loaded:
            _kept[current] = (loaded, {})
        kept = _kept[current][1]
        if lang not in kept:
            # ESCO has languages among its skills: those are offered as languages, with their level.
            others = skills_of_languages(session)
            named = ((s, name) for s, name, _ in skill_names(session, lang) if s not in others)
            names = sorted(named)
            kept[lang] = kept_or_built(
                f"read-{lang}",
                map(repr, names),
                SkillFinder.of,
                SkillFinder.arrays,
                lambda: SkillFinder(names, lang),
            )
        return kept[lang]


def _occupations(text: str, lang: str, years: Iterable[YearsFound]) -> list[Offer]:
    """Short parts of a CV that are like a job title, with the years said in the same clause."""
    best: dict[str, Offer] = {}
    for clause in clauses(text, lang):
        end = clause.start + len(clause.text)
        said = [f for f in years if clause.start <= f.span.start < end]
        for part in _PARTS.finditer(clause.text):
            plain = _NUMBERS.sub(" ", part[0]).strip()
            if not plain or len(plain.split()) > LONGEST_TITLE:
                continue
            for match in likely_occupations(plain, lang)[:1]:
                known = best.get(match.isco)
                if match.similarity >= LEAST_LIKENESS and (
                    known is None or match.similarity > (known.score or 0)
                ):
                    best[match.isco] = Offer(
                        kind=OfferKind.OCCUPATION,
                        code=match.isco,
                        quote=" ".join(part[0].split()),
                        start=clause.start + part.start(),
                        score=match.similarity,
                        label=match.label,
                        years=said[0].years if said else None,
                    )
    ranked = sorted(best.values(), key=lambda offer: -(offer.score or 0))[:MOST_OCCUPATIONS]
    return sorted(ranked, key=lambda offer: offer.start)


def record_vacancy_choice(
    *, number: str | None, found: TextOffers, accepted: tuple[Offer, ...], by: Officer
) -> None:
    """Note in the audit which offers an officer took over from a vacancy's text, and which not.

    `number` None: the vacancy is new and not saved yet.
    """
    check_can(by, Permission.VACANCIES_EDIT)
    with unit_of_work() as work:
        audit.record(
            work.session,
            action="offers_chosen",
            entity="vacancy",
            entity_id=number,
            details=_choice(found, accepted),
            by=by,
        )
        work.commit()


def record_cv_choice(
    *, external_id: str | None, found: TextOffers, accepted: tuple[Offer, ...], by: Officer
) -> None:
    """Note in the audit which offers an officer took over from a CV, and which not.

    `external_id` None: the person is not registered yet, so only the counts are kept.
    """
    check_can(by, Permission.JOBSEEKERS_EDIT)
    choice = _choice(found, accepted)
    is_registered = external_id is not None
    details = {name: codes if is_registered else len(codes) for name, codes in choice.items()}
    with unit_of_work() as work:
        audit.record(
            work.session,
            action="offers_chosen",
            entity="jobseeker",
            subject=external_id,
            details=details,
            by=by,
        )
        work.commit()


def _choice(found: TextOffers, accepted: tuple[Offer, ...]) -> dict[str, list[str]]:
    taken = {offer.key for offer in accepted}
    return {
        "accepted": sorted(taken),
        "declined": sorted(offer.key for offer in found.offers if offer.key not in taken),
    }
