"""People who come back (stage S15): why, with what, to which work."""

from __future__ import annotations

from enum import StrEnum


class ReturnReason(StrEnum):
    """Why a stay abroad ended with the return."""

    SEASON_OVER = "season_over"
    OWN_WISH = "own_wish"
    FAMILY = "family"
    HEALTH = "health"
    NO_MORE_WORK = "no_more_work"
    DISMISSED = "dismissed"
    RIGHTS_VIOLATED = "rights_violated"
    OTHER = "other"


class ReturnNeed(StrEnum):
    """What somebody who is back asks help with."""

    JOB = "job"
    TRAINING = "training"
    CREDIT = "credit"
    HEALTH = "health"
    LEGAL_CLAIM = "legal_claim"


class GainKind(StrEnum):
    """What somebody brought back, as the file keeps it."""

    OCCUPATION = "occupation"
    SKILL = "skill"
    LANGUAGE = "language"
    LICENCE = "licence"


class ReminderState(StrEnum):
    """What became of a reminder before the end of a stay."""

    SENT = "sent"
    PASSED = "passed"
    """Its day had passed when the date became known: a nearer one was sent instead."""


class PayAsPromised(StrEnum):
    """Whether the pay was what the contract promised, as the worker says."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class WantsAgain(StrEnum):
    """Whether somebody wishes to go again."""

    SAME_EMPLOYER = "same_employer"
    OTHER_EMPLOYER = "other_employer"
    UNDECIDED = "undecided"
    NO = "no"


class FollowUpOutcome(StrEnum):
    """How somebody is, some months after the return."""

    EMPLOYED = "employed"
    SELF_EMPLOYED = "self_employed"
    STUDYING = "studying"
    LOOKING = "looking"
    ABROAD_AGAIN = "abroad_again"
    NOT_WORKING = "not_working"
    NOT_REACHED = "not_reached"


class LocalVacancyStatus(StrEnum):
    """The life of a vacancy in Georgia."""

    OPEN = "open"
    FILLED = "filled"
    CLOSED = "closed"


class LocalRequirementKind(StrEnum):
    """What a vacancy in Georgia asks for, one line each."""

    OCCUPATION = "occupation"
    SKILL = "skill"
    LANGUAGE = "language"
    LICENCE = "licence"


class LocalPool(StrEnum):
    """Among whom a vacancy in Georgia is ranked."""

    RETURNEES = "returnees"
    EVERYBODY = "everybody"


class ReferralStatus(StrEnum):
    """One person recommended to one employer in Georgia."""

    SENT = "sent"
    INTERESTED = "interested"
    NOT_INTERESTED = "not_interested"
    HIRED = "hired"
    NOT_HIRED = "not_hired"
    WITHDRAWN = "withdrawn"


class ReferralReason(StrEnum):
    """Why a referral did not end with work."""

    PLACE_TAKEN = "place_taken"
    SKILLS = "skills"
    EXPERIENCE = "experience"
    LANGUAGE = "language"
    PAY = "pay"
    DISTANCE = "distance"
    DID_NOT_COME = "did_not_come"
    PERSON_DECLINED = "person_declined"
    OTHER = "other"


class ConsentGiven(StrEnum):
    """How somebody agreed that their file goes to an employer in Georgia."""

    IN_WRITING = "in_writing"
    IN_PERSON = "in_person"
    BY_PHONE = "by_phone"


class FastTrackStep(StrEnum):
    """A step of the way abroad that a named request may or may never skip."""

    RANKING = "ranking"
    COMMISSION = "commission"
    CONSENT = "consent"
    CONTRACT_CHECK = "contract_check"
    PERMIT = "permit"
    EMPLOYER_INTERVIEW = "employer_interview"
    FULL_ORIENTATION = "full_orientation"
