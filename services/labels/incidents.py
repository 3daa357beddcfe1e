"""What the closed lists about incidents, impact assessments and special categories are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.IncidentKind: {
        "security": N_("security"),
        "data": N_("data"),
        "availability": N_("availability"),
    },
    enums.IncidentStatus: {
        "open": N_("nobody has begun"),
        "in_work": N_("being worked on"),
        "contained": N_("contained"),
        "closed": N_("closed"),
    },
    enums.IncidentStep: {
        "opened": N_("registered"),
        "happened_again": N_("happened again"),
        "taken": N_("somebody has begun"),
        "noted": N_("note"),
        "assessed": N_("assessed"),
        "described": N_("described"),
        "notified": N_("authority notified"),
        "people_named": N_("people concerned named"),
        "people_told": N_("people told"),
        "contained": N_("contained"),
        "closed": N_("closed"),
        "reopened": N_("opened again"),
    },
    enums.BreachType: {
        "confidentiality": N_("data seen or taken by somebody who had no right"),
        "integrity": N_("data changed without right"),
        "loss": N_("data lost or destroyed"),
    },
    enums.Harm: {
        "likely": N_("significant harm is likely"),
        "possible": N_("significant harm is possible"),
        "least_likely": N_("significant harm is least likely"),
    },
    enums.BreachedData: {
        "identity": N_("names, personal numbers, birth dates"),
        "contact": N_("telephones, e-mails, addresses"),
        "documents": N_("documents and their numbers"),
        "experience": N_("experience, education, skills"),
        "ranking": N_("rankings, votes, decisions"),
        "financial": N_("pay and bank data"),
        "complaints": N_("complaints and cases"),
        "special": N_("special categories of data"),
        "accounts": N_("accounts and passwords"),
    },
    enums.BreachedPeople: {
        "jobseekers": N_("job-seekers"),
        "workers": N_("workers abroad"),
        "returnees": N_("people who returned"),
        "employers": N_("contacts of employers"),
        "complainants": N_("people who complained"),
        "officers": N_("officers"),
    },
    enums.TellPeople: {
        "undecided": N_("not decided yet"),
        "yes": N_("they are told"),
        "no": N_("they are not told"),
    },
    enums.AssessmentGround: {
        "automated_decisions": N_("decisions with significant effect by machine, or profiling"),
        "special_categories": N_("special categories of very many people"),
        "monitoring": N_("large systematic monitoring"),
        "new_technology": N_("new technology with high risk"),
        "own_decision": N_("the agency's own decision"),
    },
    enums.AssessmentStatus: {
        "draft": N_("draft"),
        "approved": N_("approved"),
        "replaced": N_("replaced"),
    },
    enums.RemainingRisk: {
        "low": N_("low"),
        "medium": N_("medium"),
        "high": N_("high"),
    },
    enums.SpecialKind: {
        "health": N_("health"),
        "disability": N_("disability"),
        "conviction": N_("convictions"),
        "trade_union": N_("trade union"),
        "religion": N_("religion or belief"),
        "other": N_("another special category"),
    },
    enums.SpecialBasis: {
        "law": N_("a law asks for it"),
        "consent": N_("the person's written consent"),
        "vital_interest": N_("the person's life or health"),
    },
    enums.NotificationClock: {
        "overdue": N_("72 hours are over"),
        "urgent": N_("the clock ends soon"),
        "running": N_("the clock runs"),
        "done": N_("authority notified"),
        "not_needed": N_("no notification needed"),
    },
}
