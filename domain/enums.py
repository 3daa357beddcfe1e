"""The closed lists of the domain. Values are what the database stores."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What an officer comes for; the permission matrix is in `services.permissions`."""

    RECRUITER = "recruiter"
    COMMISSION_MEMBER = "commission_member"
    CHAIR = "chair"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


class OrganisationKind(StrEnum):
    """Who may be represented in a commission (footnote 1 of the state model)."""

    MINISTRY = "ministry"
    AGENCY = "agency"
    INTERNATIONAL = "international"
    NGO = "ngo"


class Sex(StrEnum):
    """As in the identity document; statistics only, never a ranking input."""

    FEMALE = "f"
    MALE = "m"


class Evidence(StrEnum):
    """How a fact about a person is known, weakest first."""

    STATED = "stated"
    TESTED = "tested"
    CERTIFICATE = "certificate"


class CefrLevel(StrEnum):
    """Common European Framework of Reference levels, and the mother tongue above them."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"
    NATIVE = "native"

    @property
    def order(self) -> int:
        """1 for A1 … 6 for C2, 7 for the mother tongue."""
        return list(CefrLevel).index(self) + 1


class DocumentKind(StrEnum):
    """Papers in a job-seeker's file."""

    PASSPORT = "passport"
    IDENTITY_CARD = "identity_card"
    MEDICAL_CERTIFICATE = "medical_certificate"
    CRIMINAL_RECORD_CERTIFICATE = "criminal_record_certificate"
    DIPLOMA = "diploma"


class JobseekerStatus(StrEnum):
    """Where the person's registration stands."""

    DRAFT = "draft"
    ACTIVE = "active"
    PLACED = "placed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    """The file was united with another one and leads there; the person goes on in that file."""


class DuplicateStatus(StrEnum):
    """What became of two files that may be of one person."""

    OPEN = "open"
    MERGED = "merged"
    DIFFERENT = "different"


class Side(StrEnum):
    """From which of two files a field is taken when they are united; lists may take both."""

    KEPT = "kept"
    OTHER = "other"
    BOTH = "both"


class EmployerStatus(StrEnum):
    """How far the employer has been checked."""

    NEW = "new"
    VERIFIED = "verified"
    SUSPENDED = "suspended"


class VacancyStatus(StrEnum):
    """The life of a vacancy (stages S06 to S10)."""

    DRAFT = "draft"
    PUBLISHED = "published"
    IN_COMMISSION = "in_commission"
    DECIDED = "decided"
    FILLED = "filled"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class PayPeriod(StrEnum):
    """What one payment of `pay_amount` covers."""

    HOUR = "hour"
    MONTH = "month"


class CandidacyStatus(StrEnum):
    """One job-seeker on one vacancy, from preselection to return (stages S07 to S15)."""

    PRESELECTED = "preselected"
    COMMISSION_REVIEW = "commission_review"
    APPROVED = "approved"
    RESERVE = "reserve"
    NOT_APPROVED = "not_approved"
    SENT = "sent"
    EMPLOYER_SELECTED = "employer_selected"
    EMPLOYER_REJECTED = "employer_rejected"
    ORIENTATION = "orientation"
    PERMIT_PENDING = "permit_pending"
    PERMIT_REFUSED = "permit_refused"
    DEPARTED = "departed"
    WORKING = "working"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Odds(StrEnum):
    """How near a person stands to being taken for a vacancy, in a word."""

    WITHIN = "within"
    EDGE = "edge"
    FAR = "far"
    EXCLUDED = "excluded"


class SessionStatus(StrEnum):
    """The life of a commission session."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class ConflictKind(StrEnum):
    """What a commission member declares before reading an agenda item."""

    NONE = "none"
    FAMILY = "family"
    FRIEND = "friend"
    BUSINESS = "business"
    EMPLOYER = "employer"
    OTHER = "other"


class VoteValue(StrEnum):
    """A member's vote on one candidate."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class DecisionOutcome(StrEnum):
    """What the commission decided about one candidate."""

    APPROVED = "approved"
    RESERVE = "reserve"
    NOT_APPROVED = "not_approved"


class DecisionReason(StrEnum):
    """Coded reason of a negative decision or of a move against the rank."""

    PERSON = "person"
    JOB = "job"
    EMPLOYER = "employer"
    DOCUMENTS = "documents"


class RequirementKind(StrEnum):
    """Whether the vacancy insists or prefers."""

    MUST = "must"
    PREFERRED = "preferred"


class CriterionStatus(StrEnum):
    """Verdict on one criterion or requirement of a candidate."""

    MET = "met"
    PARTLY = "partly"
    SHORT = "short"
    UNKNOWN = "unknown"
    NOT_MET = "not_met"


class ImportKind(StrEnum):
    """What a file of the import holds, one row each."""

    JOBSEEKERS = "jobseekers"
    VACANCIES = "vacancies"


class FunnelStage(StrEnum):
    """How far people have come, in the words of the state model."""

    REGISTERED = "registered"
    PRESELECTED = "preselected"
    COMMISSION = "commission"
    APPROVED = "approved"
    SENT = "sent"
    SELECTED = "selected"
    DEPARTED = "departed"
    RETURNED = "returned"


class Measure(StrEnum):
    """What the dashboard compares from month to month."""

    REGISTERED = "registered"
    VACANCIES = "vacancies"
    POSITIONS = "positions"
    PRESELECTED = "preselected"
    COMMISSION = "commission"
    APPROVED = "approved"
    SENT = "sent"
    SELECTED = "selected"
    DEPARTED = "departed"
    RETURNED = "returned"
    DROPPED = "dropped"


class Urgency(StrEnum):
    """How much a task of today's list presses."""

    LATE = "late"
    DUE = "due"
    LATER = "later"


class OfferKind(StrEnum):
    """What can be taken over from a text."""

    OCCUPATION = "occupation"
    YEARS = "years"
    LANGUAGE = "language"
    LICENCE = "licence"
    SKILL = "skill"


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


class ParametersStatus(StrEnum):
    """How far a version of the ranking rules made on screen has come."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"


class VersionStanding(StrEnum):
    """Where a version of the ranking rules stands on a day: what follows from status and dates."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    REJECTED = "rejected"
    COMING = "coming"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"


class PlanLayer(StrEnum):
    """What a season plan takes a person for; positions come first."""

    POSITION = "position"
    CANDIDATE = "candidate"
    RESERVE = "reserve"


class PlacedBecause(StrEnum):
    """Why a season plan puts a person here and not where they fit best."""

    BEST = "best"
    TAKEN = "taken"
    NEEDED = "needed"


class GapKind(StrEnum):
    """What a course can give."""

    LANGUAGE = "language"
    LICENCE = "licence"
    SKILL = "skill"


class Trait(StrEnum):
    """What groups are compared by; statistics only, never a ranking input."""

    SEX = "sex"
    AGE = "age"
    REGION = "region"
    SETTLEMENT = "settlement"


class Settlement(StrEnum):
    """The one thing a file says about town or country: which kind of municipality it is."""

    CITY = "city"
    MUNICIPALITY = "municipality"


class SelectionStep(StrEnum):
    """Where people are told apart, in the order of the process."""

    GATE = "gate"
    RANK = "rank"
    PRESELECTION = "preselection"
    DECISION = "decision"


class RateVerdict(StrEnum):
    """How a group's rate stands to the highest one."""

    HIGHEST = "highest"
    NEAR = "near"
    ALERT = "alert"
    UNSURE = "unsure"
    NOT_COMPARED = "not_compared"


class ProtectedTopic(StrEnum):
    """What a vacancy may not ask for unless an agreement says so."""

    AGE = "age"
    SEX = "sex"
    LOOKS = "looks"
    FAMILY = "family"
    ORIGIN = "origin"


class WordsSettledBy(StrEnum):
    """Why words about such a topic do not stop a vacancy."""

    CLAUSE = "clause"
    NO_REQUIREMENT = "no_requirement"


class PlannedState(StrEnum):
    """Whether somebody can still be taken as a season plan has it."""

    FREE = "free"
    CHANGED = "changed"
    HERE = "here"
    ELSEWHERE = "elsewhere"
    GONE = "gone"
