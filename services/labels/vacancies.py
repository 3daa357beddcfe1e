"""What the closed lists about employers and vacancies are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
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
    enums.RequirementKind: {"must": N_("must"), "preferred": N_("preferred")},
    enums.ProtectedTopic: {
        "age": N_("age"),
        "sex": N_("sex"),
        "looks": N_("looks"),
        "family": N_("family status"),
        "origin": N_("origin"),
    },
    enums.WordsSettledBy: {
        "clause": N_("a clause of the agreement is cited"),
        "no_requirement": N_("it is no requirement"),
    },
}
