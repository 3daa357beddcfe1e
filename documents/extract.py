"""A published extract as a paper, and as the rows of a table."""

from __future__ import annotations

from datetime import UTC, datetime, time

from documents.paper import Block, Facts, Heading, Paper, Paragraph, Table
from documents.speech import Speech
from domain.enums import DecisionOutcome, DecisionReason
from domain.records.extracts import Extract, ExtractCounts, ExtractItem
from domain.records.statistics import Figure, said
from domain.texts import N_, Term

ABOUT = N_(
    "Decisions of the session without names. Counts of fewer than {least} people are held back, "
    "and with them every count from which they could be computed: within an item all parts are "
    "shown or none."
)
AGREEMENT = N_(
    "Of {approved} approved, {same} were among the first of the ranking. The commission is free to "
    "decide otherwise: this figure is no target."
)
PARTS: tuple[tuple[str, tuple[int, int], tuple[float, ...]], ...] = (
    (N_("The jobs"), (1, 6), (4.2, 2, 1.8, 2, 2)),
    (N_("How was decided"), (6, 10), (2, 2, 2, 2)),
    (N_("Grounds of those not approved"), (10, 15), (2, 2, 2, 2, 2)),
)
"""Title, columns of `heads` (the number always first) and widths of the tables on paper."""
WORDS = frozenset({1, 2, 5})
"""Columns that hold no numbers."""
NOT_CODED = N_("not stated")


def extract_paper(extract: Extract, say: Speech, foot: str) -> Paper:
    """The whole paper. It knows the session's day and no finer time."""
    day = say.show(extract.held_on)
    title = say(N_("Extract of the decisions of session {session}"), session=extract.session_number)
    commission = extract.commission.of(say.language)
    return Paper(
        language=say.language,
        title=title,
        subtitle=f"{commission} · {day}",
        running_head=f"{commission} · {title} · {day}",
        page_of=say(N_("page {page} of {pages}"), page="{page}", pages="{pages}"),
        foot=foot,
        author=commission,
        moment=datetime.combine(extract.held_on, time(), UTC),
        blocks=tuple(_blocks(extract, say)),
    )


def _blocks(extract: Extract, say: Speech) -> list[Block]:
    blocks: list[Block] = [
        Paragraph(say(ABOUT, least=extract.least), is_quiet=True),
        Facts(facts(extract, say)),
    ]
    for title, table in tables(extract, say):
        blocks += [Heading(title), table]
    if extract.agreement:
        blocks.append(Paragraph(agreement(extract, say)))
    return blocks


def tables(extract: Extract, say: Speech) -> list[tuple[str, Table]]:
    """The items in three tables that fit a page's width, each with its title."""
    every, lines = heads(say), rows(extract, say)
    parts = []
    for title, columns, widths in PARTS:
        places = (0, *range(*columns))
        table = Table(
            heads=tuple(every[place] for place in places),
            rows=tuple(tuple(line[place] for place in places) for line in lines),
            widths=(1.1, *widths),
            numbers=tuple(at for at, place in enumerate(places) if place not in WORDS),
        )
        parts.append((say(title), table))
    return parts


def facts(extract: Extract, say: Speech) -> tuple[tuple[str, str], ...]:
    """What is said of the session as a whole."""
    total = extract.total
    return (
        (say(N_("Session")), extract.session_number),
        (say(N_("Held on")), say.show(extract.held_on)),
        (say(N_("Decided by")), say.show(extract.decision)),
        (say(N_("Candidates")), figure(total.candidates, extract.least, say)),
        *(
            (say.show(Term("DecisionOutcome", outcome.value)), figure(value, extract.least, say))
            for outcome, value in total.outcomes
        ),
    )


def agreement(extract: Extract, say: Speech) -> str:
    """The agreement figure in a sentence; nothing where it is held back."""
    if extract.agreement is None:
        return ""
    approved, same = extract.agreement
    return say(AGREEMENT, approved=approved, same=same)


def heads(say: Speech) -> list[str]:
    """Heads of the table of items: the job, what was decided, the grounds."""
    job = (N_("No."), N_("Occupation"), N_("Country"), N_("Positions"), N_("Recused members"))
    outcomes = (Term("DecisionOutcome", outcome.value) for outcome in DecisionOutcome)
    return [
        *(say(head) for head in job),
        say(N_("Ballot")),
        say(N_("Candidates")),
        *(say.show(outcome) for outcome in outcomes),
        *reason_heads(say),
    ]


def reason_heads(say: Speech) -> list[str]:
    """The groups of reasons, and those without one."""
    return [
        *(say.show(Term("DecisionReason", group.value)) for group in DecisionReason),
        say(NOT_CODED),
    ]


def rows(extract: Extract, say: Speech) -> list[list[str]]:
    """The items, one a row, under `heads`."""
    return [_row(item, extract.least, say) for item in extract.items]


def _row(item: ExtractItem, least: int, say: Speech) -> list[str]:
    occupation = (
        f"{say.show(item.occupation)} ({item.occupation.code})"
        if item.occupation
        else say(NOT_CODED)
    )
    ballot = say(N_("secret ballot")) if item.is_secret else say(N_("open ballot"))
    return [
        str(item.order),
        occupation,
        say.show(item.country),
        say.show(item.positions),
        say.show(item.recused),
        ballot if item.is_decided else say(N_("no decision")),
        figure(item.counts.candidates, least, say),
        *(figure(value, least, say) for _, value in item.counts.outcomes),
        *reason_figures(item.counts, least, say),
    ]


def reason_figures(counts: ExtractCounts, least: int, say: Speech) -> list[str]:
    """Counts by group of reasons, under `reason_heads`."""
    return [figure(value, least, say) for _, value in counts.reasons]


def figure(value: Figure, least: int, say: Speech) -> str:
    """A count, or that it is held back."""
    return say.show(said(value, least))
