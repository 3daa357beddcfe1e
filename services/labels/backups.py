"""What the closed lists about backups are called."""

from __future__ import annotations

from domain import enums
from domain.texts import N_
from services.labels.kinds import Labels

LABELS: Labels = {
    enums.BackupKind: {
        "scheduled": N_("by schedule"),
        "manual": N_("on demand"),
    },
    enums.BackupStatus: {
        "running": N_("⏳ being made"),
        "done": N_("✓ made"),
        "failed": N_("✗ failed"),
    },
}
