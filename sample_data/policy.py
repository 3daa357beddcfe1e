"""A version of the weights that a recruiter has proposed and that waits for a manager."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from domain.records.officer import Officer
from domain.records.policy import DraftForm
from services import clock
from services.policy import drafts

WEIGHTS = {"skills": Decimal("0.3"), "languages": Decimal("0.25")}
REASON = (
    "დამსაქმებლები წერენ, რომ მითითებების გაგება უსაფრთხოებას სჭირდება: ენა მეტს უნდა იწონიდეს."
)
REFERENCE = "სააგენტოს სანიმუშო ბრძანება, მუხლი 3 (გამოგონილი)"


def propose_weights(by: Officer) -> None:
    """More for languages, from the first day of the month after the next one on."""
    draft = drafts.start_draft(weights=WEIGHTS, by=by)
    values = {each.name: each.value for each in draft.values}
    form = DraftForm(month_after_next(clock.today()), REASON, REFERENCE, values)
    saved = drafts.save_draft(version=draft.version, form=form, edition=draft.edition, by=by)
    drafts.propose_version(version=saved.version, by=by)


def month_after_next(day: date) -> date:
    """Its first day."""
    following = (day.replace(day=1) + timedelta(32)).replace(day=1)
    return (following + timedelta(32)).replace(day=1)
