"""What the closed lists about the season plan are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.PlanLayer: {
        "position": N_("for a position"),
        "candidate": N_("further candidate"),
        "reserve": N_("reserve"),
    },
    enums.PlannedState: {
        "free": N_("free"),
        "changed": N_("file changed since"),
        "here": N_("preselected here"),
        "elsewhere": N_("taken elsewhere since"),
        "gone": N_("not available any more"),
    },
    enums.PlacedBecause: {
        "best": N_("best vacancy of the person"),
        "taken": N_("best vacancy is taken"),
        "needed": N_("needed more here"),
    },
    enums.GapKind: {
        "language": N_("Language"),
        "licence": N_("Licence"),
        "skill": N_("Skill"),
    },
}
