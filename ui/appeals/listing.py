"""All appeals, those that wait on top, with the days left to hear them."""

from __future__ import annotations

from collections.abc import Sequence

from domain.records.appeals import AppealRecord
from ui import marks, navigation
from ui.language import _, day, number
from ui.tables import Column, table

TABLE = "appeals.table"


def choose(found: Sequence[AppealRecord]) -> AppealRecord | None:
    """Draw the list; the appeal that is open."""
    waiting = [one for one in found if one.days_left is not None]
    if found:
        marks.counters(
            {
                _("wait for a hearing"): len(waiting),
                _("overdue"): sum(1 for one in waiting if (one.days_left or 0) < 0),
                _("settled"): len(found) - len(waiting),
            }
        )
    opened = navigation.query("appeal")
    chosen = table(
        found,
        [
            Column(_("Number"), "number", pinned=True),
            Column(_("Status"), "status"),
            Column(_("Hear by"), _hear_by, help=_("By the dated limit, from the day of receipt.")),
            Column(_("Vacancy"), "vacancy_number"),
            Column(_("Heard in"), lambda one: one.hearing_session or "–"),
        ],
        key=TABLE,
        selection="single",
        row_id="number",
        selected=[opened] if opened else [],
        empty=_(
            "There is no appeal. One is registered on the person's file, beside the decision that "
            "it is made against."
        ),
        alt=_("Appeals, those that wait for a hearing first; select one to open it"),
    )
    navigation.keep_query(appeal=chosen[0] if chosen else None)
    return next((one for one in found if chosen and one.number == chosen[0]), None)


def _hear_by(one: AppealRecord) -> str:
    if one.days_left is None:
        return "–"
    return f"{day(one.hear_by)} · {days_left(one.days_left)}"


def days_left(days: int) -> str:
    """How long still, in words."""
    if days < 0:
        return _("overdue by {days} days").format(days=number(-days))
    if days == 0:
        return _("today")
    return _("{days} days left").format(days=number(days))
