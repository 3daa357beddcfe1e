"""What the closed lists about employers' answers and candidates' replies are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.EmployerChoice: {
        "select": N_("we take this person"),
        "reserve": N_("keep in reserve"),
        "reject": N_("not this time"),
        "talk": N_("talk first"),
    },
    enums.RejectionReason: {
        "experience": N_("too little practice for this work"),
        "language": N_("the language is not enough yet"),
        "skills": N_("other skills are needed"),
        "licence": N_("a licence or certificate is missing"),
        "dates": N_("the dates do not fit"),
        "interview": N_("after the interview"),
        "filled": N_("others were chosen for the places"),
        "changed": N_("the need has changed"),
        "other": N_("another reason of the employer"),
    },
    enums.DeclineReason: {
        "family": N_("family reasons"),
        "health": N_("health"),
        "other_work": N_("has found other work"),
        "conditions": N_("the conditions of the work"),
        "dates": N_("the dates do not suit"),
        "documents": N_("papers will not be ready"),
        "other": N_("a reason of one's own"),
    },
    enums.ConfirmationStatus: {
        "asked": N_("waits for the candidate"),
        "confirmed": N_("the candidate goes"),
        "declined": N_("the candidate does not go"),
        "no_answer": N_("the candidate did not answer"),
        "taken_back": N_("not asked any more"),
    },
    enums.AnswerChannel: {
        "link": N_("through the personal link"),
        "phone": N_("by phone"),
        "email": N_("by e-mail"),
        "in_person": N_("in person"),
    },
}
