"""People abroad: where they stand, and what personal links are for."""

from __future__ import annotations

from enum import StrEnum


class DeploymentStatus(StrEnum):
    """One person's stay abroad on one contract (stages S12 to S15)."""

    PLANNED = "planned"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    WORKING = "working"
    TRANSFERRED = "transferred"
    LOST_CONTACT = "lost_contact"
    ENDED = "ended"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class LinkPurpose(StrEnum):
    """What a personal link opens for somebody without an account."""

    EMPLOYER_PACKAGE = "employer_package"
    CANDIDATE_ANSWER = "candidate_answer"
    CV_APPROVAL = "cv_approval"
    CHECK_IN = "check_in"
    EXIT_SURVEY = "exit_survey"
    MY_DATA = "my_data"
