"""What the closed lists about orientation, permits and departure are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.OrientationStatus: {
        "planned": N_("planned"),
        "held": N_("held"),
        "cancelled": N_("cancelled"),
    },
    enums.OrientationMode: {"on_site": N_("on site"), "online": N_("online")},
    enums.Attendance: {
        "invited": N_("invited to the session"),
        "attended": N_("was there"),
        "absent": N_("was not there"),
        "taken_off": N_("taken off the list"),
    },
    enums.PermitStatus: {
        "preparing": N_("papers are being prepared"),
        "submitted": N_("application submitted"),
        "granted": N_("permit granted"),
        "refused": N_("permit refused"),
        "cancelled": N_("given up"),
    },
    enums.PermitPaperState: {
        "missing": N_("missing"),
        "asked": N_("asked for"),
        "received": N_("received, to be checked"),
        "checked": N_("checked and in order"),
        "unfit": N_("not usable"),
    },
    enums.PermitRefusal: {
        "paper_missing": N_("a paper was missing"),
        "paper_invalid": N_("a paper was not valid"),
        "conditions": N_("pay, hours or housing are not as the law wants them"),
        "quota": N_("the quota is used up"),
        "entry_ban": N_("entry ban"),
        "earlier_stay": N_("an earlier stay broke the rules"),
        "stay_too_long": N_("the stay would be too long"),
        "return_doubted": N_("doubt that the person would return"),
        "employer_withdrew": N_("the employer took the application back"),
        "not_stated": N_("no reason was stated"),
        "other": N_("another reason"),
    },
    enums.BroughtBy: {
        "worker": N_("the person"),
        "employer": N_("the employer"),
        "agency": N_("the agency"),
    },
    enums.RuleStanding: {"source": N_("from a source"), "proposal": N_("proposal")},
    enums.ObstaclePlace: {
        "orientation": N_("Orientation"),
        "permit": N_("Visa or permit"),
        "papers": N_("Papers"),
        "plan": N_("Plan of departure"),
        "contract": N_("Contract"),
    },
    enums.SeasonStep: {
        "vacancy": N_("Vacancy published"),
        "ranking": N_("Ranking and list for the commission"),
        "commission": N_("Commission's decision"),
        "cv": N_("English CVs sent to the employer"),
        "choice": N_("Employer's choice"),
        "confirmation": N_("Candidates' confirmation"),
        "orientation": N_("Orientation held"),
        "permit": N_("Visa or permit in hand"),
        "departure": N_("Departure"),
    },
    enums.SeasonMark: {
        "done": N_("done"),
        "in_time": N_("in time"),
        "tight": N_("time is short"),
        "late": N_("too late"),
    },
}
