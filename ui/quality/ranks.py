"""Commission and engine: the same people, the same order, and who was taken against it."""

from __future__ import annotations

from collections.abc import Sequence

from domain.records.quality import MonthShare, QualityBoard, Share
from ui import charts
from ui.charts import BarRow, Part
from ui.dashboard.frame import Shown
from ui.language import _, month_name, number


def percent(value: float) -> str:
    """A share from 0 to 1 as "87 %"."""
    return _("{share} %").format(share=number(round(100 * value)))


def interval(share: Share, board: QualityBoard) -> str:
    """How sure a share is, in a sentence."""
    text = _("With {confidence} confidence between {low} and {high}; cases: {cases}.")
    return text.format(
        confidence=percent(board.confidence),
        low=percent(share.low),
        high=percent(share.high),
        cases=number(share.of),
    )


def month_rows(months: Sequence[MonthShare]) -> list[BarRow]:
    """A bar for each month."""
    accent = charts.colours()["accent"]
    return [
        BarRow(
            month_name(one.month),
            (Part("", one.part / one.of, accent, faint=0.4),),
            _("{share} · {cases}").format(share=percent(one.part / one.of), cases=number(one.of)),
        )
        for one in months
    ]


def month_table(months: Sequence[MonthShare]) -> list[tuple[object, ...]]:
    """The same as lines of the table."""
    return [(month_name(one.month), one.part, one.of, percent(one.part / one.of)) for one in months]


def agreement(board: QualityBoard) -> Shown:
    """Of the approved, whom the engine had put first."""
    found, shade = board.agreement, charts.colours()
    drawing, notes = None, []
    if found.share is not None:
        share = found.share.part / found.share.of
        rows = [BarRow(_("agreed"), (Part("", share, shade["accent"]),), percent(share))]
        if found.by_chance is not None:
            chance = (Part("", found.by_chance, shade["quiet"], is_hollow=True),)
            rows.append(BarRow(_("by chance alone"), chance, percent(found.by_chance)))
        drawing = charts.labelled_bars([*rows, *month_rows(found.months)])
        notes.append(interval(found.share, board))
        if found.by_chance is not None and found.by_chance >= found.share.low:
            notes.append(_("That is not distinguishable from chance."))
    notes.append(
        _("Agenda items with a choice: {items}; left out, all or none approved: {left}.").format(
            items=number(found.items), left=number(found.left_out)
        )
    )
    return Shown(
        key="quality.agreement",
        topic=_("Commission and engine: the same people"),
        finding=found.finding,
        drawing=drawing,
        definition=_(
            "If the commission approved n candidates of a list: how many of them are among the n "
            "ranked first on it. Members see points and order; the rank breaks ties of votes. A "
            "figure, not a target: the commission knows what no ranking knows."
        ),
        headings=[_("Month"), _("agreed"), _("approved"), _("share")],
        rows=month_table(found.months),
        notes=notes,
    )


def order(board: QualityBoard) -> Shown:
    """Whether more votes went to the higher ranked."""
    found, shade = board.order, charts.colours()
    opposite = found.pairs - found.same
    rows = [
        (_("votes as the rank"), found.same, shade["accent"]),
        (_("votes against the rank"), opposite, shade["short"]),
    ]
    told = found.correlation is not None
    notes = [_("Rank correlation: no data.")]
    if found.correlation is not None:
        notes = [_("Rank correlation: {value}.").format(value=_signed(found.correlation))]
        if found.low is not None and found.high is not None:
            text = _(
                "With {confidence} confidence between {low} and {high}; agenda items: {items}."
            )
            sure = text.format(
                confidence=percent(board.confidence),
                low=_signed(found.low),
                high=_signed(found.high),
                items=number(found.items),
            )
            notes.append(sure)
            if found.low <= 0 <= found.high:
                notes.append(_("That is not distinguishable from chance."))
        else:
            notes.append(_("Too few agenda items for an interval."))
    return Shown(
        key="quality.order",
        topic=_("Commission and engine: the same order"),
        finding=found.finding,
        drawing=charts.labelled_bars(
            [BarRow(name, (Part(name, n, colour),), number(n)) for name, n, colour in rows]
        )
        if told
        else None,
        definition=_(
            "All pairs of candidates of one list with different votes (for minus against). Rank "
            "correlation (Goodman and Kruskal): pairs in the same order minus pairs in the "
            "opposite one, as a share of both; 1 is the same order, 0 is chance."
        ),
        headings=[_("Pairs"), _("count")],
        rows=[(name, n) for name, n, _colour in rows] if told else [],
        notes=notes,
    )


def _signed(value: float) -> str:
    return number(round(value, 2))


def against(board: QualityBoard) -> Shown:
    """How often and why somebody was taken before better ranked people."""
    found = board.against
    rows = month_rows(found.months)
    reasons = [
        _("{reason} · {count}").format(reason=reason, count=number(count))
        for reason, count in found.reasons
    ]
    if found.other_reasons:
        reasons.append(
            _("Reasons written fewer than {least} times: {count} preselections.").format(
                least=number(board.least), count=number(found.other_reasons)
            )
        )
    return Shown(
        key="quality.against",
        topic=_("Preselected against the rank"),
        finding=found.finding,
        drawing=charts.labelled_bars(rows) if rows else None,
        definition=_(
            "Preselections that passed over somebody who ranked better and was not on the list, of "
            "all preselections; each has a reason that the commission reads."
        ),
        headings=[_("Month"), _("against the rank"), _("preselected"), _("share")],
        rows=month_table(found.months),
        notes=[*([interval(found.share, board)] if found.share else []), *reasons],
    )
