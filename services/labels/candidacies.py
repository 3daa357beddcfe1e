"""What the closed lists about candidacies and their criteria are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.CandidacyStatus: {
        "preselected": N_("preselected"),
        "commission_review": N_("under commission review"),
        "approved": N_("approved by commission"),
        "reserve": N_("on reserve list"),
        "not_approved": N_("not approved by commission"),
        "sent": N_("sent to employer"),
        "employer_selected": N_("selected by employer"),
        "employer_reserve": N_("kept in reserve by employer"),
        "employer_rejected": N_("rejected by employer"),
        "confirmed": N_("confirmed by the candidate"),
        "declined": N_("declined by the candidate"),
        "no_answer": N_("no answer in time"),
        "orientation": N_("in orientation"),
        "permit_pending": N_("permit pending"),
        "permit_granted": N_("permit granted"),
        "permit_refused": N_("permit refused"),
        "no_show": N_("did not depart"),
        "departed": N_("departed"),
        "working": N_("working"),
        "returned": N_("returned"),
        "withdrawn": N_("withdrawn"),
        "cancelled": N_("place taken back by employer"),
    },
    enums.Odds: {
        "within": N_("within the positions"),
        "edge": N_("on the edge"),
        "far": N_("far"),
        "excluded": N_("excluded"),
    },
    enums.CriterionStatus: {
        "met": N_("met"),
        "partly": N_("partly"),
        "short": N_("short"),
        "unknown": N_("unknown"),
        "not_met": N_("not met"),
    },
    enums.AskedFact: {
        "occupations": N_("Work experience"),
        "years": N_("Years of work"),
        "skills": N_("Skills"),
        "languages": N_("Languages"),
        "licences": N_("Licences"),
        "education": N_("Highest finished education"),
        "availability": N_("Availability"),
        "countries": N_("Desired countries"),
        "passport": N_("Passport"),
        "birth_date": N_("Birth date"),
        "citizenship": N_("Citizenship"),
    },
    enums.QuestionStatus: {
        "open": N_("to ask"),
        "answered": N_("answered"),
        "no_answer": N_("no answer"),
        "not_needed": N_("not needed any more"),
    },
    enums.QuestionOutcome: {
        "not_reached": N_("not reached"),
        "does_not_know": N_("does not know"),
        "has_none": N_("has none"),
        "does_not_say": N_("does not want to say"),
    },
}
