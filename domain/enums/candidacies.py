"""A job-seeker on one vacancy: ranked, in the process, asked."""

from __future__ import annotations

from enum import StrEnum


class CandidacyStatus(StrEnum):
    """One job-seeker on one vacancy, from preselection to return (stages S07 to S15)."""

    PRESELECTED = "preselected"
    COMMISSION_REVIEW = "commission_review"
    APPROVED = "approved"
    RESERVE = "reserve"
    NOT_APPROVED = "not_approved"
    SENT = "sent"
    EMPLOYER_SELECTED = "employer_selected"
    EMPLOYER_RESERVE = "employer_reserve"
    EMPLOYER_REJECTED = "employer_rejected"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"
    ORIENTATION = "orientation"
    PERMIT_PENDING = "permit_pending"
    PERMIT_GRANTED = "permit_granted"
    PERMIT_REFUSED = "permit_refused"
    NO_SHOW = "no_show"
    DEPARTED = "departed"
    WORKING = "working"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    """The employer took the place back."""


class Odds(StrEnum):
    """How near a person stands to being taken for a vacancy, in a word."""

    WITHIN = "within"
    EDGE = "edge"
    FAR = "far"
    EXCLUDED = "excluded"


class CriterionStatus(StrEnum):
    """Verdict on one criterion or requirement of a candidate."""

    MET = "met"
    PARTLY = "partly"
    SHORT = "short"
    UNKNOWN = "unknown"
    NOT_MET = "not_met"


class AskedFact(StrEnum):
    """A fact of a person's file that a ranking needs and that may be unknown."""

    OCCUPATIONS = "occupations"
    YEARS = "years"
    SKILLS = "skills"
    LANGUAGES = "languages"
    LICENCES = "licences"
    EDUCATION = "education"
    AVAILABILITY = "availability"
    COUNTRIES = "countries"
    PASSPORT = "passport"
    BIRTH_DATE = "birth_date"
    CITIZENSHIP = "citizenship"


class QuestionStatus(StrEnum):
    """The life of a question that somebody is asked."""

    OPEN = "open"
    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    NOT_NEEDED = "not_needed"


class QuestionOutcome(StrEnum):
    """Why a question ended without a fact for the file."""

    NOT_REACHED = "not_reached"
    DOES_NOT_KNOW = "does_not_know"
    HAS_NONE = "has_none"
    DOES_NOT_SAY = "does_not_say"
