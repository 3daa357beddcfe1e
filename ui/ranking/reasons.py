"""Why somebody stands above the next one, what would raise them, and the points as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from domain.records.ranking import (
    AboveNext,
    CandidateExplanation,
    CriterionBar,
    WhatWouldRaise,
)
from domain.texts import N_
from domain.values import PER_POINT
from ui import requirements
from ui.language import _, language, number, say

CRITERIA: Mapping[str, str] = {
    "occupation": N_("Occupation"),
    "skills": N_("Skills"),
    "languages": N_("Languages"),
    "experience": N_("Experience"),
    "readiness": N_("Readiness"),
}


def block(title: str, texts: Sequence[str]) -> str:
    """A small heading and lines under it."""
    return _listed(title, [escape(text) for text in texts])


def _listed(title: str, lines: Sequence[str]) -> str:
    items = "".join(f"<li>{line}</li>" for line in lines)
    return f'<div class="why"><span>{escape(title)}</span><ul>{items}</ul></div>'


def above_next(shown: CandidateExplanation) -> str:
    """The lines that tell a person from the next one; nothing for the last one."""
    if shown.following is None or not shown.above_next:
        return ""
    title = _("Why above the next one: {name}, rank {rank}").format(
        name=shown.following.name(language()), rank=number(shown.following.rank)
    )
    return _listed(title, _differences(shown.above_next))


def below_the_last(shown: CandidateExplanation) -> str:
    """For somebody below all who go to the employer: what the last of those has more, and less."""
    last = shown.last_taken
    if last is None:
        return ""
    title = _("Why not among the {count} who go to the employer").format(count=number(last.places))
    return _listed(title, _differences(last.lines))


def _differences(lines: Sequence[AboveNext]) -> list[str]:
    told = [
        f"{_arrow(line.points)} {escape(say(line.sentence))}{_gain(line.points)}" for line in lines
    ]
    if len(told) > 1:
        lead = _signed(sum(line.points for line in lines))
        told.append(escape(_("Together: {points}")).format(points=lead))
    return told


def _arrow(points: int) -> str:
    return "=" if not points else "↑" if points > 0 else "↓"


def _gain(points: int) -> str:
    return f" ({_signed(points)})" if points else ""


def _signed(points: int) -> str:
    """Points per million as points of a hundred with their sign, nothing rounded."""
    return ("+" if points > 0 else "−") + requirements.exact(abs(points))


def bars(criteria: Sequence[CriterionBar]) -> str:
    """Points per criterion: solid is certain, hatched is unknown, empty is missing."""
    rows = "".join(
        f'<div class="bar" title="{escape(say(c.sentence), quote=True)}">'
        f"<span>{escape(_(CRITERIA[c.name]))}</span>"
        f'<span class="track {c.status.value}">'
        f'<span class="solid" style="width:{_part(c.low, c.points_max)}%"></span>'
        f'<span class="range" style="left:{_part(c.low, c.points_max)}%;'
        f'width:{_part(c.high - c.low, c.points_max)}%"></span></span>'
        f"<span>{points(c.points)} / {points(c.points_max)}</span></div>"
        for c in criteria
    )
    told = _("Points per criterion") + ": " + "; ".join(_in_words(c) for c in criteria)
    return (
        f'<div class="bars" role="img" aria-label="{escape(told, quote=True)}">{rows}'
        f"{_key(criteria)}</div>"
    )


def _in_words(bar: CriterionBar) -> str:
    text = _("{criterion} {points} of {most}").format(
        criterion=_(CRITERIA[bar.name]), points=points(bar.points), most=points(bar.points_max)
    )
    if bar.high > bar.low:
        text += ", " + _("{points} of them unknown").format(points=points(bar.high - bar.low))
    return text


def _key(criteria: Sequence[CriterionBar]) -> str:
    """What solid and hatched mean, as far as they occur."""
    shown = [("solid", _("certain"))]
    if any(c.high > c.low for c in criteria):
        shown.append(("range", _("unknown: an answer decides")))
    shown.append(("", _("missing")))
    keys = "".join(
        f'<span class="key"><span class="track"><span class="{kind}" style="width:100%"></span>'
        f"</span>{escape(text)}</span>"
        for kind, text in shown
    )
    return f'<div class="legend">{keys}</div>'


def _part(value: float, whole: float) -> str:
    return f"{100 * value / whole:.1f}" if whole else "0"


def points(value: float) -> str:
    """Points of a hundred with one decimal."""
    return number(round(value, 1))


def raises(shown: CandidateExplanation) -> str:
    """What would raise the score or open a gate, each with the score and rank it would bring."""
    title = _("What would raise it") if shown.rank else _("What would open the way")
    if not shown.raises:
        nothing = _("Everything that is asked is met: nothing would raise the score.")
        if not shown.rank:
            nothing = _("Nothing a person or an officer can change opens the way.")
        return block(title, [nothing])
    heads = (_("Change"), _("Score"), _("Rank"))
    rows = "".join(
        f'<tr><th scope="row">{_change(one)}</th>'
        f'<td class="number">{_score(one, shown)}</td>'
        f'<td class="number">{escape(_rank(one, shown))}</td></tr>'
        for one in shown.raises
    )
    table = requirements.table_of(heads, rows, numbers=(1, 2), kind="raises")
    return f'<div class="why"><span>{escape(title)}</span></div>{table}'


def _change(one: WhatWouldRaise) -> str:
    text = escape(say(one.change))
    if one.opens is not None:
        opens = _("opens: {gate}").format(gate=say(one.opens))
        text += f"<br><small>{escape(opens)}</small>"
    return text


def _score(one: WhatWouldRaise, shown: CandidateExplanation) -> str:
    gain = round((one.score - shown.score) * PER_POINT)
    more = f"<br><small>{_signed(gain)}</small>" if gain else ""
    return points(one.score) + more


def _rank(one: WhatWouldRaise, shown: CandidateExplanation) -> str:
    if one.rank is None:
        return _("still excluded")
    if shown.rank is None:
        return number(one.rank)
    if one.rank == shown.rank:
        return _("stays {rank}").format(rank=number(one.rank))
    return f"{number(shown.rank)} → {number(one.rank)}"
