"""What an answer could do, and did, in words."""

from __future__ import annotations

from collections.abc import Sequence

from domain.records.questions import AskedQuestion, PossibleMove, RankChange
from ui.language import _, label, number


def could(move: PossibleMove) -> str:
    """What an answer could do in one vacancy."""
    values = {
        "places": number(move.places),
        "vacancy": move.vacancy,
        "rank": number(move.rank),
        "best": number(move.best),
        "worst": number(move.worst),
    }
    if move.best == move.worst == move.rank:
        text = _("{vacancy}: rank {rank}, {places} places; the answer moves no place today")
    elif move.enters:
        text = _("{vacancy}: could enter the {places} places; now rank {rank}, {best} possible")
    elif move.worst is None:
        text = _("{vacancy}: has one of the {places} places, rank {rank}; could be excluded")
    else:
        text = _("{vacancy}: has one of the {places} places, rank {rank}; {worst} possible")
    return text.format(**values)


def possible(move: PossibleMove) -> str:
    """ "9–41": the ranks between which the answer decides; ✕ is excluded."""
    best, worst = ("✕" if rank is None else number(rank) for rank in (move.best, move.worst))
    return f"{best}–{worst}"


def likely(move: PossibleMove, said: int) -> str:
    """How often known answers would do that."""
    if move.share is None:
        return _("nobody in the register has an answer to compare with")
    text = _("{count} of {said} known answers would do that")
    return text.format(count=number(round(move.share * said)), said=number(said))


def could_briefly(moves: Sequence[PossibleMove]) -> str:
    """The likeliest of them, and how many more there are."""
    if not moves:
        return "–"
    more = len(moves) - 1
    if not more:
        return could(moves[0])
    return could(moves[0]) + " · " + _("{count} more").format(count=number(more))


def change(one: RankChange) -> str:
    """What an answer did in one vacancy."""
    if one.after is None and one.before is None:
        return _("{vacancy}: still excluded").format(vacancy=one.vacancy)
    values = {
        "vacancy": one.vacancy,
        "before": number(one.before),
        "after": number(one.after),
        "places": number(one.places),
    }
    if one.after is None:
        return _("{vacancy}: rank {before} → excluded").format(**values)
    if one.before == one.after:
        return _("{vacancy}: rank {after} as before").format(**values)
    text = _("{vacancy}: rank {before} → {after}")
    if one.after <= one.places < (one.before or one.places + 1):
        text = _("{vacancy}: rank {before} → {after}, among the {places} places now")
    elif one.before is not None and one.before <= one.places < one.after:
        text = _("{vacancy}: rank {before} → {after}, outside the {places} places now")
    return text.format(**values)


def came_of(question: AskedQuestion) -> str:
    """What a closed question came to."""
    if question.outcome is not None:
        text = _("{outcome}; may be asked again from {day} on")
        day = question.ask_again_on
        return text.format(
            outcome=label(question.outcome), day=day.strftime("%d.%m.%Y") if day else "–"
        )
    return " · ".join(map(change, question.came_of_it)) or "–"
