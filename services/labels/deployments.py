"""What the closed lists about stays abroad and personal links are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.DeploymentStatus: {
        "planned": N_("departure planned"),
        "departed": N_("departed"),
        "arrived": N_("arrived"),
        "working": N_("working"),
        "transferred": N_("moved to another workplace"),
        "lost_contact": N_("contact lost"),
        "ended": N_("work ended"),
        "returned": N_("returned"),
        "cancelled": N_("will not depart"),
    },
    enums.LinkPurpose: {
        "employer_package": N_("package for an employer"),
        "candidate_answer": N_("candidate's answer"),
        "cv_approval": N_("approval of a CV"),
        "check_in": N_("check-in from abroad"),
        "exit_survey": N_("survey after the return"),
        "my_data": N_("one's own data"),
    },
}
