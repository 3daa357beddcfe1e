"""The coded reasons of a refusal: a dated list with kind words for the candidate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from domain.enums import DecisionReason
from domain.exceptions import InvalidInput
from domain.records.decisions import CodedReason, ReasonTexts
from domain.texts import N_
from services import clock
from services.dated_rules import Entry, in_force, stored_rules

LANGUAGES = ("ka", "en")


def version_on(day: date) -> str:
    """The version of the list in force on a day."""
    return str(in_force(stored_rules("decision_reasons"), day)["version"])


def list_reasons(version: str | None = None) -> tuple[CodedReason, ...]:
    """The reasons of a version, in the order of the list; without one, those of today."""
    return tuple(_reasons(version or version_on(clock.today())).values())


@cache
def _reasons(version: str) -> Mapping[str, CodedReason]:
    entries: Sequence[Entry] = stored_rules("decision_reasons")
    entry = next(one for one in entries if str(one["version"]) == version)
    return {
        one["code"]: CodedReason(
            one["code"],
            DecisionReason(one["group"]),
            dict(one["name"]),
            dict(one["candidate"]),
            dict(one["report"]),
        )
        for one in entry["codes"]
    }


def reasons_of(codes: Sequence[str], version: str | None = None) -> tuple[CodedReason, ...]:
    """The reasons of these codes, in the order of the list; InvalidInput for an unknown code."""
    known = _reasons(version or version_on(clock.today()))
    if set(codes) - set(known):
        raise InvalidInput(N_("Choose the reasons from the list."))
    return tuple(reason for code, reason in known.items() if code in codes)


def candidate_texts(codes: Sequence[str], version: str | None = None) -> dict[str, str]:
    """What the candidate is told, by language."""
    found = reasons_of(codes, version)
    return {language: " ".join(one.candidate[language] for one in found) for language in LANGUAGES}


def report_texts(codes: Sequence[str], version: str | None = None) -> dict[str, str]:
    """What the report says, by language."""
    found = reasons_of(codes, version)
    return {language: " ".join(one.report[language] for one in found) for language in LANGUAGES}


def texts_of(codes: Sequence[str], version: str | None = None) -> ReasonTexts:
    """What these codes say to the candidate and in the report; nothing for no code."""
    if not codes:
        return ReasonTexts({}, {})
    return ReasonTexts(candidate_texts(codes, version), report_texts(codes, version))


def unless_edited(written: str | None, standard: Mapping[str, str]) -> str | None:
    """What the chair wrote, without needless spaces; None where it is the list's own text."""
    text = " ".join((written or "").split())
    return None if not text or text in standard.values() else (written or "").strip()


def in_both(written: str | None, standard: Mapping[str, str] | None) -> dict[str, str] | None:
    """By language: the chair's own words, else the list's; None where there is neither."""
    if written and (standard is None or written not in standard.values()):
        return dict.fromkeys(LANGUAGES, written)
    return dict(standard) if standard and any(standard.values()) else None
