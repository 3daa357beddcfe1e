"""What the closed lists about check-ins, cases and visits are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.CheckInStatus: {
        "planned": N_("planned"),
        "asked": N_("asked"),
        "answered": N_("answered"),
        "missed": N_("missed"),
        "cancelled": N_("cancelled"),
    },
    enums.PayReceived: {
        "yes": N_("received the pay"),
        "not_due": N_("not due yet"),
        "no": N_("not received"),
    },
    enums.PaidFor: {
        "week": N_("a week"),
        "two_weeks": N_("two weeks"),
        "month": N_("a month"),
    },
    enums.HousingTold: {
        "as_agreed": N_("as agreed"),
        "other": N_("other than agreed"),
        "none": N_("no housing given"),
    },
    enums.DocumentsKept: {
        "worker": N_("the worker"),
        "employer": N_("the employer"),
        "somebody_else": N_("somebody else"),
    },
    enums.SafetyTold: {
        "safe": N_("feels safe"),
        "not_safe": N_("does not feel safe"),
        "in_danger": N_("is in danger"),
    },
    enums.PromiseTerm: {
        "pay": N_("Pay for an hour"),
        "pay_on_time": N_("Pay on time"),
        "hours": N_("Hours a week"),
        "deductions": N_("Deductions"),
        "housing": N_("Housing"),
        "documents": N_("Documents"),
        "safety": N_("Safety"),
    },
    enums.PromiseVerdict: {
        "kept": N_("promise kept"),
        "small": N_("small difference"),
        "broken": N_("not kept"),
        "unknown": N_("unknown"),
    },
    enums.CaseUrgency: {
        "red": N_("life or freedom at risk"),
        "high": N_("high"),
        "normal": N_("normal"),
    },
    enums.CaseStatus: {
        "open": N_("waits for somebody"),
        "in_work": N_("being worked on"),
        "referred": N_("with an authority"),
        "closed": N_("closed"),
    },
    enums.CaseChannel: {
        "check_in": N_("check-in"),
        "missed": N_("check-ins missed"),
        "link": N_("complaint by personal link"),
        "public_form": N_("public form"),
        "hotline": N_("hotline"),
        "consul": N_("consul"),
        "ngo": N_("non-governmental organisation"),
        "email": N_("e-mail"),
        "social_media": N_("social network"),
        "in_person": N_("in person"),
    },
    enums.CaseCategory: {
        "wage": N_("pay"),
        "hours": N_("hours of work"),
        "housing": N_("housing"),
        "food": N_("food"),
        "safety": N_("safety at work"),
        "documents": N_("documents taken away"),
        "violence": N_("violence or harassment"),
        "trafficking": N_("signs of trafficking"),
        "discrimination": N_("discrimination"),
        "fee": N_("fee for the job"),
        "insurance": N_("insurance"),
        "contract_substitution": N_("another contract"),
        "no_contact": N_("no contact"),
        "other": N_("something else"),
    },
    enums.CaseStep: {
        "opened": N_("case opened"),
        "taken": N_("work begun"),
        "owner_changed": N_("given to somebody"),
        "noted": N_("note written"),
        "classified": N_("category or urgency changed"),
        "referred": N_("handed to an authority"),
        "referral_answered": N_("authority answered"),
        "remedied": N_("money got back"),
        "escalated": N_("clock ran out: managers told"),
        "told_again": N_("told again"),
        "closed": N_("case closed"),
        "reopened": N_("case opened again"),
    },
    enums.CaseOutcome: {
        "founded": N_("founded"),
        "partly": N_("partly founded"),
        "unfounded": N_("unfounded"),
        "withdrawn": N_("withdrawn"),
    },
    enums.AuthorityKind: {
        "consul": N_("consul"),
        "labour_inspectorate": N_("labour inspectorate"),
        "police": N_("police"),
        "ngo": N_("non-governmental organisation"),
        "union": N_("trade union"),
        "other": N_("another authority"),
    },
    enums.VisitKind: {
        "on_site": N_("on site"),
        "remote": N_("remotely"),
        "joint": N_("together with an authority"),
    },
    enums.VisitStatus: {
        "planned": N_("planned"),
        "carried_out": N_("carried out"),
        "closed": N_("all put right"),
        "cancelled": N_("cancelled"),
    },
}
