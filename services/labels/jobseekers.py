"""What the closed lists about job-seekers and their papers are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
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
    enums.ImportKind: {"jobseekers": N_("job-seekers"), "vacancies": N_("vacancies")},
    enums.OfferKind: {
        "occupation": N_("Occupation"),
        "years": N_("Years of experience"),
        "language": N_("Language"),
        "licence": N_("Licence"),
        "skill": N_("Skill"),
    },
}
