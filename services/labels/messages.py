"""What the closed lists about messages are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.AddresseeKind: {
        "jobseeker": N_("job-seeker"),
        "employer": N_("employer"),
        "officer": N_("officer"),
    },
    enums.MessageChannel: {
        "email": N_("e-mail"),
        "sms": N_("SMS"),
        "screen": N_("on the screen"),
    },
    enums.MessageStatus: {
        "waiting": N_("waits to be sent"),
        "sending": N_("is being sent"),
        "sent": N_("sent out"),
        "kept": N_("kept in the outbox"),
        "failed": N_("not sent"),
        "cancelled": N_("cancelled"),
    },
}
