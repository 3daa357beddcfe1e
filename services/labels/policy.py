"""What the closed lists about versions of the ranking rules are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.ParametersStatus: {
        "draft": N_("draft"),
        "proposed": N_("proposed"),
        "approved": N_("approved"),
        "rejected": N_("refused"),
    },
    enums.VersionStanding: {
        "draft": N_("draft"),
        "proposed": N_("proposed"),
        "rejected": N_("refused"),
        "coming": N_("comes into force"),
        "in_force": N_("in force"),
        "superseded": N_("superseded"),
    },
}
