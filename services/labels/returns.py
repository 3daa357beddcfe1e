"""What the closed lists about returns and work in Georgia are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.ReturnReason: {
        "season_over": N_("the work was finished"),
        "own_wish": N_("came back earlier of their own wish"),
        "family": N_("family reasons"),
        "health": N_("illness or accident"),
        "no_more_work": N_("the employer had no more work"),
        "dismissed": N_("dismissed by the employer"),
        "rights_violated": N_("rights were violated"),
        "other": N_("another reason"),
    },
    enums.ReturnNeed: {
        "job": N_("work in Georgia"),
        "training": N_("training"),
        "credit": N_("credit or a grant for a business"),
        "health": N_("medical help"),
        "legal_claim": N_("help with a claim against the employer"),
    },
    enums.GainKind: {
        "occupation": N_("work experience"),
        "skill": N_("skill"),
        "language": N_("language"),
        "licence": N_("licence or certificate"),
    },
    enums.ReminderState: {
        "sent": N_("reminded"),
        "passed": N_("its day had passed; a later reminder was sent"),
    },
    enums.PayAsPromised: {
        "yes": N_("yes, all of it"),
        "partly": N_("only a part"),
        "no": N_("no, much less"),
    },
    enums.WantsAgain: {
        "same_employer": N_("yes, to the same employer"),
        "other_employer": N_("yes, but to another employer"),
        "undecided": N_("not decided yet"),
        "no": N_("does not want to go again"),
    },
    enums.FollowUpOutcome: {
        "employed": N_("employed in Georgia"),
        "self_employed": N_("self-employed"),
        "studying": N_("studying"),
        "looking": N_("looking for work"),
        "abroad_again": N_("abroad again"),
        "not_working": N_("not working and not looking"),
        "not_reached": N_("could not be reached"),
    },
    enums.LocalVacancyStatus: {
        "open": N_("open"),
        "filled": N_("filled"),
        "closed": N_("closed"),
    },
    enums.LocalRequirementKind: {
        "occupation": N_("occupation"),
        "skill": N_("skill"),
        "language": N_("language"),
        "licence": N_("licence or certificate"),
    },
    enums.LocalPool: {
        "returnees": N_("returnees and people still abroad"),
        "everybody": N_("the whole register"),
    },
    enums.ReferralStatus: {
        "sent": N_("recommended, no reply yet"),
        "interested": N_("the employer is interested"),
        "not_interested": N_("the employer is not interested"),
        "hired": N_("hired"),
        "not_hired": N_("not hired"),
        "withdrawn": N_("recommendation taken back"),
    },
    enums.ReferralReason: {
        "place_taken": N_("the place was taken"),
        "skills": N_("skills are missing"),
        "experience": N_("experience is missing"),
        "language": N_("a language is missing"),
        "pay": N_("no agreement on the pay"),
        "distance": N_("too far from home"),
        "did_not_come": N_("did not come to the interview"),
        "person_declined": N_("the person declined"),
        "other": N_("another reason"),
    },
    enums.FastTrackStep: {
        "ranking": N_("place in the ranking is shown"),
        "commission": N_("decision of the commission"),
        "consent": N_("the person's consent"),
        "contract_check": N_("check of the contract"),
        "permit": N_("visa or permit"),
        "employer_interview": N_("interview with the employer"),
        "full_orientation": N_("whole orientation course"),
    },
    enums.ConsentGiven: {
        "in_writing": N_("in writing"),
        "in_person": N_("in person"),
        "by_phone": N_("by phone"),
    },
}
