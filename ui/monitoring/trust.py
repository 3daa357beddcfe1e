"""An employer's trust file: each figure with its count and its meaning."""

from __future__ import annotations

from domain.records.monitoring import TrustFigure, TrustFile
from ui import layout, tables
from ui.language import _, label, moment, number, say
from ui.monitoring import words
from ui.navigation import open_page


def draw(file: TrustFile) -> None:
    """Figures, money recovered, cases."""
    # Not a table: its cells would cut off what each figure means.
    layout.facts({say(one.name): f"{_count(one)} · {_meaning(one)}" for one in file.figures})
    if file.recovered:
        layout.section(_("Money that workers got back"))
        layout.facts({currency: number(amount) for currency, amount in file.recovered})
    layout.section(_("Cases"))
    chosen = tables.table(
        file.cases,
        [
            tables.Column(_("Number"), "number", pinned=True),
            tables.Column(_("Opened"), lambda one: moment(one.opened_at)),
            tables.Column(_("About"), lambda one: label(one.category)),
            tables.Column(_("Status"), lambda one: words.signed(words.CASE, one.status)),
            tables.Column(_("Outcome"), lambda one: label(one.outcome) if one.outcome else "–"),
        ],
        key="employer_trust.cases",
        selection="single",
        row_id="number",
        empty=_("No case about this employer."),
        alt=_("Cases about this employer, the newest first"),
    )
    if chosen:
        open_page("case", case=chosen[0])


def _count(one: TrustFigure) -> str:
    if one.of is None:
        return number(one.count)
    if not one.of:
        return _("no data")
    text = _("{count} of {all}").format(count=number(one.count), all=number(one.of))
    few = _("few answers")
    return f"{text} · {few}" if one.is_small else text


def _meaning(one: TrustFigure) -> str:
    text = say(one.meaning)
    if one.is_small and one.of:
        text += " " + _("So few answers say little.")
    return text
