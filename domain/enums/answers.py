"""What employers answer about the people they were sent, and what the candidates answer them."""

from __future__ import annotations

from enum import StrEnum


class EmployerChoice(StrEnum):
    """What an employer says of one person."""

    SELECT = "select"
    RESERVE = "reserve"
    REJECT = "reject"
    TALK = "talk"
    """An interview first; the answer proper is still to come."""


class RejectionReason(StrEnum):
    """Why an employer does not take somebody."""

    EXPERIENCE = "experience"
    LANGUAGE = "language"
    SKILLS = "skills"
    LICENCE = "licence"
    DATES = "dates"
    INTERVIEW = "interview"
    FILLED = "filled"
    CHANGED = "changed"
    OTHER = "other"


class DeclineReason(StrEnum):
    """Why somebody who was selected does not go."""

    FAMILY = "family"
    HEALTH = "health"
    OTHER_WORK = "other_work"
    CONDITIONS = "conditions"
    DATES = "dates"
    DOCUMENTS = "documents"
    OTHER = "other"


class ConfirmationStatus(StrEnum):
    """The life of the question whether somebody who was selected goes."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"
    TAKEN_BACK = "taken_back"
    """By the employer, or because the candidacy ended otherwise."""


class AnswerChannel(StrEnum):
    """How an answer came."""

    LINK = "link"
    PHONE = "phone"
    EMAIL = "email"
    IN_PERSON = "in_person"
