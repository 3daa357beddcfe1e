"""The way to departure: orientation, permits and their papers, the season's calendar."""

from __future__ import annotations

from enum import StrEnum


class OrientationStatus(StrEnum):
    """A session of pre-departure orientation (stage S11)."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class OrientationMode(StrEnum):
    """Where people come together."""

    ON_SITE = "on_site"
    ONLINE = "online"


class Attendance(StrEnum):
    """One person at one session of orientation."""

    INVITED = "invited"
    ATTENDED = "attended"
    ABSENT = "absent"
    TAKEN_OFF = "taken_off"


class PermitStatus(StrEnum):
    """One person's papers for a country: from the checklist to the authority's answer."""

    PREPARING = "preparing"
    SUBMITTED = "submitted"
    GRANTED = "granted"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class PermitPaperState(StrEnum):
    """Where one paper of the checklist stands."""

    MISSING = "missing"
    ASKED = "asked"
    RECEIVED = "received"
    CHECKED = "checked"
    UNFIT = "unfit"


class PermitRefusal(StrEnum):
    """Why an authority refused, as it said itself."""

    PAPER_MISSING = "paper_missing"
    PAPER_INVALID = "paper_invalid"
    CONDITIONS = "conditions"
    QUOTA = "quota"
    ENTRY_BAN = "entry_ban"
    EARLIER_STAY = "earlier_stay"
    STAY_TOO_LONG = "stay_too_long"
    RETURN_DOUBTED = "return_doubted"
    EMPLOYER_WITHDREW = "employer_withdrew"
    NOT_STATED = "not_stated"
    OTHER = "other"


class SeasonStep(StrEnum):
    """What has to be done before work can start, in the order of doing it."""

    VACANCY = "vacancy"
    RANKING = "ranking"
    COMMISSION = "commission"
    CV = "cv"
    CHOICE = "choice"
    CONFIRMATION = "confirmation"
    ORIENTATION = "orientation"
    PERMIT = "permit"
    DEPARTURE = "departure"


class SeasonMark(StrEnum):
    """How a step stands to its last day."""

    DONE = "done"
    IN_TIME = "in_time"
    TIGHT = "tight"
    LATE = "late"


class BroughtBy(StrEnum):
    """Who brings a paper, or applies for a permit."""

    WORKER = "worker"
    EMPLOYER = "employer"
    AGENCY = "agency"


class RuleStanding(StrEnum):
    """How sure a line of a country pack is."""

    SOURCE = "source"
    PROPOSAL = "proposal"


class ObstaclePlace(StrEnum):
    """Which part of a departure file clears an obstacle."""

    ORIENTATION = "orientation"
    PERMIT = "permit"
    PAPERS = "papers"
    PLAN = "plan"
    CONTRACT = "contract"
