"""What the closed lists about contracts, extracts and ends of work abroad are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.EndReason: {
        "completed": N_("contract completed"),
        "resigned": N_("left by own wish"),
        "dismissed": N_("dismissed by the employer"),
        "employer_breach": N_("employer broke the contract"),
        "health": N_("health"),
        "family": N_("family reasons"),
        "absconded": N_("left without a word"),
        "death": N_("death"),
        "other": N_("other reason"),
    },
    enums.InsurancePayer: {
        "employer": N_("employer pays"),
        "worker": N_("worker pays"),
        "shared": N_("both pay a part"),
    },
    enums.RecipientKind: {
        "foreign_ministry": N_("Ministry of Foreign Affairs"),
        "interior_ministry": N_("Ministry of Internal Affairs"),
        "revenue_service": N_("Revenue Service"),
        "statistics_office": N_("National Statistics Office"),
        "labour_inspectorate": N_("Labour inspectorate"),
        "foreign_authority": N_("Authority of the country of work"),
    },
    enums.SharingBasis: {
        "law": N_("article of a law"),
        "agreement": N_("international agreement"),
        "consent": N_("consent of each person"),
    },
}
