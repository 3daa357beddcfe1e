"""What the closed lists about the road abroad are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.RoadArea: {
        "register": N_("register"),
        "selection": N_("selection"),
        "commission": N_("commission"),
        "cv": N_("CV"),
        "employer": N_("employer"),
        "preparation": N_("preparation"),
        "abroad": N_("abroad"),
        "monitoring": N_("monitoring"),
        "return": N_("return"),
        "message": N_("message"),
    },
}
