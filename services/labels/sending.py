"""What the closed lists about consents and packages are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.ConsentPurpose: {
        "transfer_to_employer": N_("handing the CV to an employer"),
        "transfer_to_country": N_("handing personal data to a country"),
        "photo": N_("use of the photo"),
        "health_documents": N_("health documents"),
        "publication": N_("publication"),
        "marketing": N_("news and offers"),
        "research_follow_up": N_("questions for research after the return"),
    },
    enums.ConsentMethod: {
        "signed_paper": N_("signed on paper"),
        "in_person": N_("said in person, with an identity document"),
        "phone": N_("said by phone"),
        "message": N_("written message"),
    },
    enums.TransferBasis: {
        "adequate": N_("country on the adequacy list"),
        "permit": N_("permit"),
    },
    enums.PackageStatus: {
        "sent": N_("waits for the employer"),
        "answered": N_("employer has answered"),
        "expired": N_("ended without an answer"),
        "revoked": N_("called back"),
    },
    enums.PackageFileKind: {
        "letter": N_("covering letter"),
        "list": N_("list of candidates"),
    },
}
