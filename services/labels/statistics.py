"""What the closed lists about statistics and fairness are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
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
    enums.Trait: {
        "sex": N_("Sex"),
        "age": N_("Age"),
        "region": N_("Region"),
        "settlement": N_("Settlement"),
    },
    enums.Settlement: {
        "city": N_("Self-governing city"),
        "municipality": N_("Other municipality"),
    },
    enums.SelectionStep: {
        "gate": N_("Requirements met"),
        "rank": N_("Within the places"),
        "preselection": N_("Preselected"),
        "decision": N_("Approved by the commission"),
    },
    enums.RateVerdict: {
        "highest": N_("highest rate"),
        "near": N_("at least four fifths"),
        "alert": N_("below four fifths"),
        "unsure": N_("not enough people to tell"),
        "not_compared": N_("not compared"),
    },
}
