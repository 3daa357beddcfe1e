"""Who filled the positions, and how long a shortlist takes."""

from __future__ import annotations

from domain.records.quality import QualityBoard
from ui import charts
from ui.charts import BarRow, Part
from ui.dashboard.frame import Shown
from ui.language import _, month_name, number, say
from ui.quality.ranks import interval, percent


def filled(board: QualityBoard) -> Shown:
    """Positions of decided vacancies by who filled them."""
    found, shade = board.filled, charts.colours()
    parts = [
        (_("filled from the top"), found.from_top, shade["accent"], False),
        (_("filled by others"), found.by_others, shade["partly"], False),
        (_("on the way"), found.on_the_way, shade["accent"], True),
        (_("not filled"), found.not_filled, shade["quiet"], True),
    ]
    notes = [_("Vacancies: {count}.").format(count=number(found.vacancies))]
    if found.share is not None:
        share = percent(found.share.part / found.share.of)
        text = _("Of the filled positions {share} went to people from the top.")
        notes = [text.format(share=share), interval(found.share, board), *notes]
    rows = [
        BarRow(name, (Part(name, count, colour, is_hollow),), number(count))
        for name, count, colour, is_hollow in parts
    ]
    return Shown(
        key="quality.filled",
        topic=_("Positions filled from the top of the ranking"),
        finding=found.finding,
        drawing=charts.labelled_bars(rows) if found.positions else None,
        definition=_(
            "Vacancies decided in the period, as they stand now. Filled: somebody departed. The "
            "top: the first k of the ranking, k = positions × candidates for each position."
        ),
        headings=[_("Positions"), _("count")],
        rows=[(name, count) for name, count, _colour, _hollow in parts] if found.positions else [],
        notes=notes,
    )


def time(board: QualityBoard) -> Shown:
    """Days from publishing to the shortlist, and the time saved where it can be told."""
    found, accent = board.time, charts.colours()["accent"]
    rows = [
        BarRow(
            month_name(one.month),
            (Part("", one.median, accent, faint=0.4),),
            _("{days} days · {vacancies}").format(
                days=number(one.median), vacancies=number(one.vacancies)
            ),
        )
        for one in found.months
    ]
    notes = []
    if found.nine_of_ten is not None:
        notes.append(_("Nine of ten within {days} days.").format(days=number(found.nine_of_ten)))
    notes.append(say(found.saved_finding))
    return Shown(
        key="quality.time",
        topic=_("Time from publishing to the shortlist"),
        finding=found.finding,
        drawing=charts.labelled_bars(rows, room=1.5) if rows else None,
        definition=_(
            "Calendar days from publishing a vacancy to sending its first shortlist, of those sent "
            "in the period: the median of each month and how many. Time saved is the median before "
            "the system, a dated parameter, minus this one."
        ),
        headings=[_("Month"), _("median, days"), _("vacancies")],
        rows=[(month_name(one.month), one.median, one.vacancies) for one in found.months],
        notes=notes,
    )
