"""What the screens of stage S11 show: orientation, permit files, obstacles to a departure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.enums import (
    Attendance,
    BroughtBy,
    CandidacyStatus,
    DocumentKind,
    ObstaclePlace,
    OrientationMode,
    OrientationStatus,
    PermitPaperState,
    PermitRefusal,
    PermitStatus,
    RuleStanding,
)
from domain.texts import Sentence


@dataclass(frozen=True, slots=True)
class PackPaper:
    """A paper that a country pack asks for."""

    code: str
    name_en: str
    name_ka: str
    brought_by: BroughtBy
    is_mandatory: bool
    for_application: bool
    days_before: int
    document_kind: DocumentKind | None
    months_after_return: bool
    lasts_until: str | None
    """`departure` or `return`: how long a paper with an end must be valid."""
    standing: RuleStanding
    source: str | None

    def name(self, language: str) -> str:
        """What it is called in that language."""
        return self.name_ka if language == "ka" else self.name_en


@dataclass(frozen=True, slots=True)
class PermitRule:
    """The visa or permit of a country pack; None is "no data"."""

    kind: str | None
    name_en: str
    name_ka: str
    is_visa_needed: bool | None
    applicant: BroughtBy | None
    authority_en: str | None
    authority_ka: str | None
    standing: RuleStanding
    source: str | None
    decision_days: int | None

    def name(self, language: str) -> str:
        """What it is called in that language."""
        return self.name_ka if language == "ka" else self.name_en

    def authority(self, language: str) -> str | None:
        """Who decides; None is "no data"."""
        return self.authority_ka if language == "ka" else self.authority_en


@dataclass(frozen=True, slots=True)
class CountryPack:
    """What a country asks for from a day on; `country` None: nothing is known of this one."""

    country: str | None
    scheme: str | None
    """Whose vacancies it is for; None: every other one of the country."""
    valid_from: date
    permit: PermitRule
    papers: tuple[PackPaper, ...]

    def paper(self, code: str) -> PackPaper | None:
        """The paper with that code."""
        return next((paper for paper in self.papers if paper.code == code), None)


@dataclass(frozen=True, slots=True)
class Topic:
    """A part of the curriculum."""

    code: str
    title_en: str
    title_ka: str
    hours: float

    def title(self, language: str) -> str:
        """Its title in that language."""
        return self.title_ka if language == "ka" else self.title_en


@dataclass(frozen=True, slots=True)
class Curriculum:
    """What orientation teaches from a day on, and what the quiz must show."""

    valid_from: date
    topics: tuple[Topic, ...]
    pass_percent: int
    capacity: int
    capacity_max: int
    source: str

    @property
    def hours(self) -> float:
        """All topics together."""
        return sum(topic.hours for topic in self.topics)


@dataclass(frozen=True, slots=True)
class QuizQuestion:
    """A question with its answers; exactly one is right."""

    code: str
    text_en: str
    text_ka: str
    answers: tuple[tuple[str, str, str], ...]
    """(code, English, Georgian)"""
    right: str

    def text(self, language: str) -> str:
        """The question in that language."""
        return self.text_ka if language == "ka" else self.text_en

    def answer(self, code: str, language: str) -> str:
        """An answer in that language."""
        return next((ka if language == "ka" else en) for key, en, ka in self.answers if key == code)


@dataclass(frozen=True, slots=True)
class Quiz:
    """The questions that are asked from a day on."""

    valid_from: date
    questions: tuple[QuizQuestion, ...]
    source: str


@dataclass(frozen=True, slots=True)
class QuizResult:
    """One go at the quiz."""

    attempt: int
    right_count: int
    question_count: int
    is_passed: bool
    taken_on: date


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of orientation as it was issued."""

    number: str
    code: str
    issued_on: date
    session_number: str


@dataclass(frozen=True, slots=True)
class OrientationPlace:
    """One person at a session."""

    place_id: int
    candidacy_id: int
    external_id: str
    name_ka: str
    name_lat: str
    vacancy_number: str
    candidacy_status: CandidacyStatus
    attendance: Attendance
    results: tuple[QuizResult, ...]
    certificate: Certificate | None
    quiz_refusal: Sentence | None
    certificate_refusal: Sentence | None

    @property
    def best(self) -> QuizResult | None:
        """The go with most right answers."""
        return max(self.results, key=lambda one: one.right_count, default=None)


@dataclass(frozen=True, slots=True)
class OrientationForm:
    """What an officer enters to plan a session."""

    starts_at: datetime | None = None
    mode: OrientationMode = OrientationMode.ON_SITE
    place: str = ""
    trainer: str = ""
    language: str = "ka"
    country: str | None = None
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class OrientationSummary:
    """A session's line in the list."""

    number: str
    status: OrientationStatus
    country: str | None
    mode: OrientationMode
    place: str
    starts_at: datetime
    capacity: int
    invited: int
    attended: int
    certified: int

    @property
    def seats_left(self) -> int:
        """Seats that nobody has yet."""
        return self.capacity - self.invited


@dataclass(frozen=True, slots=True)
class Invitable:
    """Somebody who has no place in a session yet."""

    candidacy_id: int
    external_id: str
    name_ka: str
    name_lat: str
    vacancy_number: str
    country: str
    status: CandidacyStatus
    departs_on: date | None


@dataclass(frozen=True, slots=True)
class OrientationRecord:
    """A session as its screen shows it."""

    summary: OrientationSummary
    trainer: str
    language: str
    curriculum: Curriculum
    quiz: Quiz
    cancel_reason: str | None
    places: tuple[OrientationPlace, ...]
    version: int
    invite_refusal: Sentence | None
    attendance_refusal: Sentence | None
    cancel_refusal: Sentence | None


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """A paper of a permit file with its rule, its due day and what is wrong with it."""

    rule: PackPaper
    state: PermitPaperState
    number: str | None
    issued_on: date | None
    valid_until: date | None
    note: str | None
    file_name: str | None
    version: int
    due_on: date | None
    days_left: int | None
    """Until it is due; None: not dated yet, or no longer open."""
    problem: Sentence | None
    """Why it does not count although it is there: expired, too short."""

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.state is PermitPaperState.CHECKED and self.problem is None


@dataclass(frozen=True, slots=True)
class PaperForm:
    """What an officer enters about a paper."""

    state: PermitPaperState
    number: str | None = None
    issued_on: date | None = None
    valid_until: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class PermitRecord:
    """A permit file as the screen shows it."""

    id: int
    status: PermitStatus
    pack: CountryPack
    submitted_on: date | None
    reference_number: str | None
    decided_on: date | None
    permit_number: str | None
    valid_from: date | None
    valid_until: date | None
    refusal: PermitRefusal | None
    refusal_text: str | None
    papers: tuple[PaperRecord, ...]
    version: int
    submit_refusal: Sentence | None
    decide_refusal: Sentence | None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands between a person and departure, and which part of the file clears it."""

    place: ObstaclePlace
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class DeparturePlan:
    """When a person goes and comes back, and whom to call in need."""

    departure_on: date | None = None
    return_on: date | None = None
    emergency_name: str | None = None
    emergency_phone: str | None = None


@dataclass(frozen=True, slots=True)
class PreparationSummary:
    """A person's line in the list of those who prepare to depart."""

    candidacy_id: int
    external_id: str
    name_ka: str
    name_lat: str
    vacancy_number: str
    country: str
    status: CandidacyStatus
    departure_on: date | None
    days_left: int | None
    is_oriented: bool
    permit: PermitStatus | None
    papers_open: int | None
    """Mandatory papers that are not in order; None: no file was opened."""
    papers_late: int
    next_step: Sentence


@dataclass(frozen=True, slots=True)
class PreparationRecord:
    """One person's departure file."""

    candidacy_id: int
    status: CandidacyStatus
    external_id: str
    name_ka: str
    name_lat: str
    vacancy_number: str
    vacancy_title: str
    vacancy_title_ka: str | None
    employer: str | None
    country: str
    start_on: date | None
    end_on: date | None
    deployment_number: str | None
    plan: DeparturePlan
    proposed: DeparturePlan
    """Dates that follow from the vacancy's, to begin with."""
    orientation: OrientationPlace | None
    orientation_session: OrientationSummary | None
    permit: PermitRecord | None
    pack: CountryPack
    passport_months: int
    obstacles: tuple[Obstacle, ...]
    open_refusal: Sentence | None
    plan_refusal: Sentence | None
    depart_refusal: Sentence | None
    no_show_refusal: Sentence | None
    next_step: Sentence
