"""What the closed lists about personal data are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.PrivacyRequestKind: {
        "access": N_("a copy of my data"),
        "port": N_("my data for another service"),
        "rectify": N_("correction"),
        "erase": N_("erasure"),
        "restrict": N_("blocking"),
        "human_review": N_("a human look at a ranking"),
    },
    enums.PrivacyRequestStatus: {
        "received": N_("received"),
        "in_work": N_("in work"),
        "answered": N_("answer given"),
        "taken_back": N_("taken back"),
    },
    enums.PrivacyChannel: {
        "in_person": N_("in person"),
        "phone": N_("by phone"),
        "letter": N_("by letter"),
        "email": N_("by e-mail"),
        "link": N_("by personal link"),
    },
    enums.IdentityProof: {
        "identity_card": N_("identity card or passport"),
        "known_contact": N_("called back or written to at the contact in the file"),
        "personal_link": N_("personal link"),
        "representative": N_("representative with a power of attorney"),
    },
    enums.PrivacyOutcome: {
        "granted": N_("granted"),
        "partly": N_("granted in part"),
        "refused": N_("refused"),
    },
    enums.ReviewOutcome: {
        "confirmed": N_("the ranking is right"),
        "facts_wrong": N_("the file was wrong: it was corrected"),
        "ranked_again": N_("the ranking was at fault: the vacancy is ranked again"),
    },
}
