"""What the closed lists about commissions, votes and appeals are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.AppealStatus: {
        "received": N_("received"),
        "admitted": N_("waits for a hearing"),
        "refused_late": N_("came too late"),
        "scheduled": N_("on an agenda"),
        "upheld": N_("upheld"),
        "dismissed": N_("dismissed"),
        "withdrawn": N_("taken back"),
    },
    enums.AppealChannel: {
        "in_person": N_("in person"),
        "post": N_("by post"),
        "email": N_("by e-mail"),
        "online": N_("through the website"),
        "phone": N_("by telephone, written down"),
    },
    enums.SessionStatus: {
        "planned": N_("planned"),
        "open": N_("open"),
        "voting": N_("voting"),
        "closed": N_("closed"),
        "cancelled": N_("cancelled"),
    },
    enums.SessionMode: {"on_site": N_("on site"), "online": N_("online")},
    enums.SeatRole: {
        "chair": N_("chair"),
        "deputy": N_("deputy chair"),
        "member": N_("member"),
        "secretary": N_("secretary"),
        "observer": N_("observer"),
    },
    enums.InvitationAnswer: {
        "comes": N_("comes"),
        "does_not_come": N_("does not come"),
        "sends_substitute": N_("sends the substitute"),
    },
    enums.DecisionRule: {
        "simple_majority": N_("more votes for than against"),
        "two_thirds": N_("two thirds of the votes cast"),
        "score_threshold": N_("an average score from the threshold up"),
    },
    enums.TieRule: {
        "chair": N_("the chair decides"),
        "not_approved": N_("the candidate is not approved"),
    },
    enums.DeclarationStatus: {
        "draft": N_("draft"),
        "submitted": N_("submitted"),
        "amended": N_("amended by a later one"),
    },
    enums.ConflictKind: {
        "none": N_("no conflict"),
        "family": N_("family"),
        "friend": N_("friend"),
        "business": N_("business"),
        "employer": N_("employer"),
        "other": N_("other"),
    },
    enums.VoteValue: {"for": N_("for"), "against": N_("against"), "abstain": N_("abstain")},
    enums.DecisionOutcome: {
        "approved": N_("approved"),
        "reserve": N_("on reserve list"),
        "not_approved": N_("not approved"),
    },
    enums.DecisionReason: {
        "person": N_("the person"),
        "job": N_("the job"),
        "employer": N_("the employer"),
        "documents": N_("the documents"),
    },
}
