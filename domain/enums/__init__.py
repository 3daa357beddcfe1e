"""The closed lists of the domain. Values are what the database stores."""

from __future__ import annotations

from domain.enums.candidacies import (
    AskedFact,
    CandidacyStatus,
    CriterionStatus,
    Odds,
    QuestionOutcome,
    QuestionStatus,
)
from domain.enums.commission import (
    AppealChannel,
    AppealStatus,
    ConflictKind,
    DecisionOutcome,
    DecisionReason,
    DeclarationStatus,
    SessionStatus,
    VoteValue,
)
from domain.enums.jobseekers import (
    CefrLevel,
    DocumentKind,
    DuplicateStatus,
    Evidence,
    ImportKind,
    JobseekerStatus,
    OfferKind,
    Sex,
    Side,
)
from domain.enums.officers import (
    OrganisationKind,
    Role,
    Urgency,
)
from domain.enums.official_documents import (
    FileFormat,
    OfficialDocumentKind,
    OfficialDocumentStatus,
)
from domain.enums.policy import (
    ParametersStatus,
    VersionStanding,
)
from domain.enums.season import (
    GapKind,
    PlacedBecause,
    PlanLayer,
    PlannedState,
)
from domain.enums.signing import (
    AbsenceReason,
    SignatureLevel,
    StepCapacity,
    StepKind,
    StepStatus,
)
from domain.enums.statistics import (
    FunnelStage,
    Measure,
    RateVerdict,
    SelectionStep,
    Settlement,
    Trait,
)
from domain.enums.vacancies import (
    EmployerStatus,
    PayPeriod,
    ProtectedTopic,
    RequirementKind,
    VacancyStatus,
    WordsSettledBy,
)

__all__ = [
    "AbsenceReason",
    "AppealChannel",
    "AppealStatus",
    "AskedFact",
    "CandidacyStatus",
    "CefrLevel",
    "ConflictKind",
    "DeclarationStatus",
    "CriterionStatus",
    "DecisionOutcome",
    "DecisionReason",
    "DocumentKind",
    "DuplicateStatus",
    "EmployerStatus",
    "Evidence",
    "FileFormat",
    "FunnelStage",
    "GapKind",
    "ImportKind",
    "JobseekerStatus",
    "Measure",
    "Odds",
    "OfferKind",
    "OfficialDocumentKind",
    "OfficialDocumentStatus",
    "OrganisationKind",
    "ParametersStatus",
    "PayPeriod",
    "PlacedBecause",
    "PlanLayer",
    "PlannedState",
    "ProtectedTopic",
    "QuestionOutcome",
    "QuestionStatus",
    "RateVerdict",
    "RequirementKind",
    "Role",
    "SelectionStep",
    "SessionStatus",
    "Settlement",
    "Sex",
    "Side",
    "SignatureLevel",
    "StepCapacity",
    "StepKind",
    "StepStatus",
    "Trait",
    "Urgency",
    "VacancyStatus",
    "VersionStanding",
    "VoteValue",
    "WordsSettledBy",
]
