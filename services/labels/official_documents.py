"""What the closed lists about official documents are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.OfficialDocumentKind: {
        "minutes": N_("minutes"),
        "letter": N_("letter"),
        "order": N_("order"),
        "other": N_("other document"),
    },
    enums.OfficialDocumentStatus: {
        "draft": N_("draft"),
        "in_route": N_("in its route"),
        "returned": N_("returned with a remark"),
        "signed": N_("signed"),
        "void": N_("void"),
    },
    enums.FileFormat: {
        "pdf": N_("PDF file"),
        "docx": N_("Word file"),
        "jpg": N_("JPEG picture"),
        "png": N_("PNG picture"),
        "csv": N_("CSV table"),
        "json": N_("JSON file"),
        "zip": N_("ZIP archive"),
    },
}
