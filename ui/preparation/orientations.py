"""All orientation sessions, the latest first."""

from __future__ import annotations

from collections.abc import Sequence

from domain.enums import OrientationStatus
from domain.records.preparation import OrientationSummary
from ui import marks
from ui.language import _, label, moment, number, term_name
from ui.preparation.words import ORIENTATION, signed
from ui.tables import Column, table

TABLE = "orientations.table"


def choose(found: Sequence[OrientationSummary]) -> str | None:
    """Draw the list; the number of the session that was clicked."""
    if found:
        planned = [one for one in found if one.status is OrientationStatus.PLANNED]
        marks.counters(
            {
                _("sessions to come"): len(planned),
                _("seats left in them"): sum(one.seats_left for one in planned),
                _("certificates issued"): sum(one.certified for one in found),
            }
        )
    chosen = table(
        found,
        [
            Column(_("Number"), "number", pinned=True),
            Column(_("Begins"), lambda one: moment(one.starts_at)),
            Column(_("Status"), lambda one: signed(ORIENTATION[one.status], label(one.status))),
            Column(_("For whom"), _country),
            Column(_("Invited"), lambda one: f"{number(one.invited)} / {number(one.capacity)}"),
            Column(_("Attended"), _attended),
            Column(_("Certificates"), "certified", "number"),
            Column(_("Where"), lambda one: one.place),
        ],
        key=TABLE,
        selection="single",
        row_id="number",
        empty=_("No session was planned yet. Plan the first one beside this list."),
        alt=_("Orientation sessions, the latest first; select one to open it"),
    )
    return str(chosen[0]) if chosen else None


def _country(one: OrientationSummary) -> str:
    return term_name("country", one.country) if one.country else _("every country")


def _attended(one: OrientationSummary) -> str:
    return number(one.attended) if one.status is OrientationStatus.HELD else "–"
