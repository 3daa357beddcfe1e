"""What the members of the closed lists are called: English messages for the catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from domain import enums
from domain.texts import N_

LABELS: Mapping[type[StrEnum], Mapping[str, str]] = {
    enums.Role: {
        "recruiter": N_("recruiter"),
        "commission_member": N_("commission member"),
        "chair": N_("commission chair"),
        "manager": N_("manager"),
        "administrator": N_("administrator"),
    },
    enums.OrganisationKind: {
        "ministry": N_("ministry"),
        "agency": N_("state agency"),
        "international": N_("international organisation"),
        "ngo": N_("non-governmental organisation"),
    },
    enums.Sex: {"f": N_("female"), "m": N_("male")},
    enums.Evidence: {
        "stated": N_("stated"),
        "tested": N_("tested"),
        "certificate": N_("certificate"),
    },
    enums.CefrLevel: {
        "A1": "A1",
        "A2": "A2",
        "B1": "B1",
        "B2": "B2",
        "C1": "C1",
        "C2": "C2",
        "native": N_("mother tongue"),
    },
    enums.DocumentKind: {
        "passport": N_("passport"),
        "identity_card": N_("identity card"),
        "medical_certificate": N_("medical certificate"),
        "criminal_record_certificate": N_("criminal-record certificate"),
        "diploma": N_("diploma"),
    },
    enums.JobseekerStatus: {
        "draft": N_("draft"),
        "active": N_("active"),
        "placed": N_("placed"),
        "suspended": N_("suspended"),
        "withdrawn": N_("withdrawn"),
        "merged": N_("merged"),
    },
    enums.DuplicateStatus: {
        "open": N_("to look at"),
        "merged": N_("merged"),
        "different": N_("different people"),
    },
    enums.Side: {
        "kept": N_("the kept file"),
        "other": N_("the other file"),
        "both": N_("both files"),
    },
    enums.EmployerStatus: {
        "new": N_("new"),
        "verified": N_("verified"),
        "suspended": N_("suspended"),
    },
    enums.VacancyStatus: {
        "draft": N_("draft"),
        "published": N_("published"),
        "in_commission": N_("in commission"),
        "decided": N_("decided"),
        "filled": N_("filled"),
        "closed": N_("closed"),
        "cancelled": N_("cancelled"),
    },
    enums.PayPeriod: {"hour": N_("per hour"), "month": N_("per month")},
    enums.CandidacyStatus: {
        "preselected": N_("preselected"),
        "commission_review": N_("under commission review"),
        "approved": N_("approved by commission"),
        "reserve": N_("on reserve list"),
        "not_approved": N_("not approved by commission"),
        "sent": N_("sent to employer"),
        "employer_selected": N_("selected by employer"),
        "employer_rejected": N_("rejected by employer"),
        "orientation": N_("in orientation"),
        "permit_pending": N_("permit pending"),
        "permit_refused": N_("permit refused"),
        "departed": N_("departed"),
        "working": N_("working"),
        "returned": N_("returned"),
        "withdrawn": N_("withdrawn"),
    },
    enums.SessionStatus: {
        "planned": N_("planned"),
        "open": N_("open"),
        "closed": N_("closed"),
    },
    enums.ConflictKind: {
        "none": N_("no conflict"),
        "family": N_("family"),
        "friend": N_("friend"),
        "business": N_("business"),
        "employer": N_("employer"),
        "other": N_("other"),
    },
    enums.VoteValue: {"for": N_("for"), "against": N_("against"), "abstain": N_("abstain")},
    enums.DecisionOutcome: {
        "approved": N_("approved"),
        "reserve": N_("on reserve list"),
        "not_approved": N_("not approved"),
    },
    enums.DecisionReason: {
        "person": N_("the person"),
        "job": N_("the job"),
        "employer": N_("the employer"),
        "documents": N_("the documents"),
    },
    enums.RequirementKind: {"must": N_("must"), "preferred": N_("preferred")},
    enums.CriterionStatus: {
        "met": N_("met"),
        "partly": N_("partly"),
        "short": N_("short"),
        "unknown": N_("unknown"),
        "not_met": N_("not met"),
    },
    enums.ImportKind: {"jobseekers": N_("job-seekers"), "vacancies": N_("vacancies")},
    enums.FunnelStage: {
        "registered": N_("Registered"),
        "preselected": N_("Preselected"),
        "commission": N_("Sent to the commission"),
        "approved": N_("Approved by the commission"),
        "sent": N_("Sent to the employer"),
        "selected": N_("Selected by the employer"),
        "departed": N_("Departed"),
        "returned": N_("Returned"),
    },
    enums.Measure: {
        "registered": N_("People registered"),
        "vacancies": N_("Vacancies published"),
        "positions": N_("Positions published"),
        "preselected": N_("People preselected"),
        "commission": N_("Sent to the commission"),
        "approved": N_("Approved by the commission"),
        "sent": N_("Sent to the employer"),
        "selected": N_("Selected by the employer"),
        "departed": N_("Departed"),
        "returned": N_("Returned"),
        "dropped": N_("Dropped out"),
    },
    enums.OfferKind: {
        "occupation": N_("Occupation"),
        "years": N_("Years of experience"),
        "language": N_("Language"),
        "licence": N_("Licence"),
        "skill": N_("Skill"),
    },
    enums.Urgency: {"late": N_("Late"), "due": N_("This week"), "later": N_("Later")},
}

BY_NAME: Mapping[str, Mapping[str, str]] = {kind.__name__: names for kind, names in LABELS.items()}
