"""What the closed lists about officers and their day are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.Role: {
        "recruiter": N_("recruiter"),
        "commission_member": N_("commission member"),
        "chair": N_("commission chair"),
        "manager": N_("manager"),
        "administrator": N_("administrator"),
        "inspector": N_("monitoring officer"),
        "privacy_officer": N_("data protection officer"),
    },
    enums.AccountState: {
        "in_use": N_("in use"),
        "invited": N_("invited, no password yet"),
        "password_to_change": N_("password to be changed"),
        "not_yet": N_("not valid yet"),
        "expired": N_("no longer valid"),
        "disabled": N_("disabled"),
    },
    enums.AccountTokenPurpose: {
        "invitation": N_("invitation to choose a password"),
        "second_step": N_("second step of signing in"),
    },
    enums.OrganisationKind: {
        "ministry": N_("ministry"),
        "agency": N_("state agency"),
        "international": N_("international organisation"),
        "ngo": N_("non-governmental organisation"),
    },
    enums.Urgency: {"late": N_("Late"), "due": N_("This week"), "later": N_("Later")},
}
