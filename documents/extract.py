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
GROUNDS = N_("Grounds of those not approved")
BEFORE_REASONS = 10
"""Columns of the table of items before the grounds."""
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
        Heading(say(N_("Decisions by job"))),
        Table(
            tuple(heads(say)[:BEFORE_REASONS]),
            tuple(tuple(row[:BEFORE_REASONS]) for row in rows(extract, say)),
            (0.8, 3.2, 1.7, 1.5, 1.6, 1.6, 1.6, 1.6, 1.5, 1.6),
            numbers=(0, 3, 4, 5, 6, 7, 8),
        ),
        Heading(say(GROUNDS)),
        Table(
            (say(N_("No.")), *reason_heads(say)),
            tuple(
                (str(item.order), *reason_figures(item.counts, extract.least, say))
                for item in extract.items
            ),
            (0.8, *([2.0] * len(reason_heads(say)))),
            numbers=tuple(range(len(reason_heads(say)) + 1)),
        ),
    ]
    if extract.agreement:
        blocks.append(Paragraph(agreement(extract, say)))
    return blocks


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
    """Heads of the table of items, the grounds last."""
    own = (N_("No."), N_("Occupation"), N_("Country"), N_("Positions"), N_("Candidates"))
    outcomes = (Term("DecisionOutcome", outcome.value) for outcome in DecisionOutcome)
    rest = (N_("Recused members"), N_("Ballot"))
    return [
        *(say(head) for head in own),
        *(say.show(outcome) for outcome in outcomes),
        *(say(head) for head in rest),
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
        figure(item.counts.candidates, least, say),
        *(figure(value, least, say) for _, value in item.counts.outcomes),
        say.show(item.recused),
        ballot if item.is_decided else say(N_("no decision")),
        *reason_figures(item.counts, least, say),
    ]


def reason_figures(counts: ExtractCounts, least: int, say: Speech) -> list[str]:
    """Counts by group of reasons, under `reason_heads`."""
    return [figure(value, least, say) for _, value in counts.reasons]


def figure(value: Figure, least: int, say: Speech) -> str:
    """A count, or that it is held back."""
    return say.show(said(value, least))
