"""What stands behind the items of the minutes: the people, and what the members saw."""

from __future__ import annotations

from collections.abc import Sequence

from documents.minutes_items import NAMED, outcome_of, score_of
from documents.paper import Block, Heading, Paragraph, Table
from documents.speech import Speech
from domain.records.minutes import MinutesCandidate, MinutesItem
from domain.texts import N_, Term
from domain.values import PER_POINT


def annex_of_people(items: Sequence[MinutesItem], say: Speech) -> list[Block]:
    """Annex 1: names of those whose résumés go to the employer; of nobody else."""
    rows = [
        (
            item.vacancy_number,
            f"{one.number:02d}",
            one.register_id,
            one.name.of(say.language),
            outcome_of(one, say),
        )
        for item in items
        for one in item.candidates
        if one.outcome in NAMED and one.name
    ]
    if not rows:
        return []
    heads = (N_("Vacancy"), N_("No."), N_("Register"), N_("Name"), N_("Decision"))
    note = say(
        N_(
            "Names of the approved and of the reserve, because their résumés go to the employer. "
            "Others stay without a name."
        )
    )
    return [
        Heading(say(N_("Annex 1. Approved and reserve by name")), on_new_page=True),
        Paragraph(note, is_quiet=True),
        Table(tuple(say(head) for head in heads), tuple(rows), (2, 1.0, 2, 4, 2.6), numbers=(1,)),
    ]


def annex_of_tables(items: Sequence[MinutesItem], say: Speech) -> list[Block]:
    """Annex 2: the criteria of each candidate as the commission saw them."""
    blocks: list[Block] = []
    for item in items:
        for one in item.candidates:
            if one.rows:
                blocks += _seen(item, one, say)
    if not blocks:
        return []
    note = say(N_("As it was frozen when the shortlist was sent: what members read and voted on."))
    first = Heading(say(N_("Annex 2. What the commission saw")), on_new_page=True)
    return [first, Paragraph(note, is_quiet=True), *blocks]


def _seen(item: MinutesItem, one: MinutesCandidate, say: Speech) -> list[Block]:
    heads = (N_("Asked"), N_("Has"), N_("Verdict"), N_("Points"))
    title = say(
        N_("Item {order}, No. {number}: rank {rank}, points {points}"),
        order=item.order,
        number=f"{one.number:02d}",
        rank=say.show(one.rank),
        points=score_of(one, say),
    )
    rows = tuple(
        (
            say.show(row.asked),
            say.show(row.has),
            say.show(Term("CriterionStatus", row.status.value)),
            _points(row.points, row.points_max, say),
        )
        for row in one.rows
    )
    table = Table(tuple(say(head) for head in heads), rows, (4, 4, 1.6, 1.4), numbers=(3,))
    blocks: list[Block] = [Heading(title, 2), table]
    if one.flags:
        asked = "; ".join(say.show(flag) for flag in one.flags)
        blocks.append(Paragraph(say(N_("Open questions: {questions}"), questions=asked)))
    return blocks


def _points(points: int, most: int, say: Speech) -> str:
    if not most:
        return "–"
    return f"{say.show(round(points / PER_POINT, 1))} / {say.show(round(most / PER_POINT, 1))}"
