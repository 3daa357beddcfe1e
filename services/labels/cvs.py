"""What the closed lists about English CVs are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.CvStatus: {
        "draft": N_("CV in preparation"),
        "in_review": N_("CV waits for sign-off"),
        "final": N_("CV ready to send"),
    },
    enums.CvSigner: {"translator": N_("translator"), "candidate": N_("candidate")},
    enums.CvSignoffChannel: {
        "screen": N_("in this system"),
        "link": N_("by personal link"),
        "phone": N_("told by phone"),
        "in_person": N_("told in person"),
    },
    enums.CvLevel: {
        "full": N_("everything"),
        "no_contacts": N_("without contacts"),
        "anonymous": N_("anonymous"),
    },
}
