"""What was decided on an item: approved, the reserve in its order, not approved and why."""

from __future__ import annotations

from html import escape

from domain.enums import DecisionOutcome
from domain.records.commission import AgendaItem, DecisionRecord
from domain.records.officer import Officer
from services import commission
from ui import marks, messages, requirements
from ui.commission import agreement, dissents
from ui.language import _, label, language, moment, number

TONES = {
    DecisionOutcome.APPROVED: ("✓", "met"),
    DecisionOutcome.RESERVE: ("◐", "partly"),
    DecisionOutcome.NOT_APPROVED: ("✕", "not_met"),
}


def show(item: AgendaItem, officer: Officer) -> None:
    """The decisions of one item."""
    decisions = commission.list_decisions(shortlist_id=item.shortlist_id, by=officer)
    if not decisions:
        messages.empty(_("Nobody was left to decide on: all candidates had withdrawn."))
        return
    outcomes = [one.outcome for one in decisions]
    marks.counters(
        {label(outcome): outcomes.count(outcome) for outcome in DecisionOutcome}
        | {_("places"): item.places}
    )
    heads = (
        _("Candidate"),
        _("Decision"),
        _("Rank"),
        _("For"),
        _("Against"),
        _("Abstained"),
        _("Reason"),
    )
    requirements.draw(heads, "".join(_line(one) for one in decisions), numbers=(2, 3, 4, 5))
    marks.show(marks.tag(_("decided {moment}").format(moment=moment(item.decided_at))))
    agreement.show(decisions)
    dissents.show(item, officer)


def _line(one: DecisionRecord) -> str:
    sign, tone = TONES[one.outcome]
    place = f" · {number(one.reserve_order)}" if one.reserve_order else ""
    reasons = [label(one.reason_code)] if one.reason_code else []
    reasons += [one.reason_texts[language()]] if one.reason_texts else []
    reasons += [_("casting decision of the chair")] if one.by_chair else []
    return (
        f'<tr><th scope="row">{one.number:02d}</th>'
        f"<td>{marks.tag(f'{sign} {label(one.outcome)}{place}', tone)}</td>"
        f'<td class="number">{number(one.rank)}</td>'
        f'<td class="number">{one.tally.votes_for}</td>'
        f'<td class="number">{one.tally.votes_against}</td>'
        f'<td class="number">{one.tally.votes_abstain}</td>'
        f"<td>{escape(': '.join(reasons)) or '–'}</td></tr>"
    )
