"""What the closed lists about routes and signatures are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.StepKind: {
        "endorsement": N_("endorsement"),
        "mandatory_endorsement": N_("mandatory endorsement"),
        "signature": N_("signature"),
        "acquaintance": N_("acquaintance"),
    },
    enums.StepStatus: {
        "waiting": N_("not its turn yet"),
        "asked": N_("its turn"),
        "done": N_("done"),
        "returned": N_("returned with a remark"),
        "lapsed": N_("not given before the signature"),
        "reset": N_("on a former file"),
    },
    enums.StepCapacity: {
        "author": N_("author of the document"),
        "secretary": N_("secretary of the session"),
        "member": N_("member of the session"),
        "chair": N_("chair of the session"),
        "head": N_("head"),
    },
    enums.SignatureLevel: {
        "simple": N_("simple: password again"),
        "wet_ink": N_("signed on paper, scan kept"),
        "qualified": N_("qualified electronic signature"),
    },
    enums.SignatureFinding: {
        "valid": N_("the signature holds"),
        "altered": N_("the file is not the one that was signed"),
        "forged": N_("the signature was not made with this certificate"),
        "untrusted": N_("the certificate does not lead to a trusted authority"),
        "out_of_date": N_("the certificate was not valid when it was signed"),
        "not_for_signing": N_("the certificate is not meant for signing"),
        "other_person": N_("the certificate is somebody else's"),
        "unreadable": N_("the signature can't be read"),
        "not_kept": N_("the signed file is not kept any more"),
    },
    enums.AbsenceReason: {
        "leave": N_("leave"),
        "illness": N_("illness"),
        "business_trip": N_("business trip"),
        "other": N_("other reason"),
    },
}
