"""Agenda items in the minutes: the file, the vote, the decisions, dissent; and the annexes."""

from __future__ import annotations

from collections.abc import Sequence

from documents.paper import Block, Facts, Heading, Paragraph, Table
from documents.speech import Speech
from domain.enums import DecisionOutcome
from domain.records.minutes import MinutesCandidate, MinutesItem, MinutesRules, MinutesVote, Named
from domain.texts import N_, Term
from domain.values import PER_POINT

NAMED = (DecisionOutcome.APPROVED, DecisionOutcome.RESERVE)


def item_blocks(item: MinutesItem, rules: MinutesRules, say: Speech) -> list[Block]:
    """All that the minutes say of one item."""
    title = f"{item.order}. {item.title.of(say.language)}"
    blocks: list[Block] = [Heading(title), _about(item, say)]
    if not item.decided_at:
        blocks.append(Paragraph(say(N_("The session closed without a decision on this item."))))
        return blocks
    if not item.candidates:
        blocks.append(
            Paragraph(say(N_("All candidates had withdrawn: there was nobody to decide on.")))
        )
        return blocks
    blocks += [Heading(say(N_("Candidates and votes")), 2), _votes(item, say)]
    blocks += _ballot(item, rules, say)
    rule = " ".join(say.show(sentence) for sentence in item.rule)
    blocks += [Heading(say(N_("Decided")), 2), Paragraph(rule), _decisions(item, say)]
    blocks += _remarks(item, say)
    if item.agreement:
        blocks.append(Paragraph(say.show(item.agreement), is_quiet=True))
    for dissent in item.dissents:
        text = say(
            N_("Dissenting opinion of {name}, filed on {moment}: {text}"),
            name=dissent.name.of(say.language),
            moment=dissent.filed_at,
            text=dissent.text,
        )
        blocks.append(Paragraph(text))
    return blocks


def _about(item: MinutesItem, say: Speech) -> Facts:
    rows = [
        (say(N_("Vacancy")), f"{item.vacancy_number} · {say.show(item.country)}"),
        (say(N_("Occupation")), _occupation(item, say)),
        (
            say(N_("Positions")),
            say(
                N_("{positions}; up to {places} candidates may be approved"),
                positions=item.positions,
                places=item.places,
            ),
        ),
        (say(N_("Ranking")), _run(item, say)),
        (
            say(N_("Ballot")),
            say(N_("secret: only the tally is kept")) if item.is_secret else say(N_("open")),
        ),
        (
            say(N_("Quorum on this item")),
            say(
                N_("{present} of {members} members present, {needed} needed"),
                present=item.present,
                members=item.members,
                needed=item.needed,
            ),
        ),
        (say(N_("Recused")), _recused(item, say)),
    ]
    if item.hears_appeal:
        rows.insert(
            0, (say(N_("Appeal")), say(N_("appeal {number} is heard"), number=item.hears_appeal))
        )
    if item.decided_at:
        by = f" · {item.decided_by.of(say.language)}" if item.decided_by else ""
        rows.append((say(N_("Decided on")), f"{say.show(item.decided_at)}{by}"))
    return Facts(tuple(rows))


def _occupation(item: MinutesItem, say: Speech) -> str:
    if item.occupation is None:
        return say(N_("not stated"))
    return f"{say.show(item.occupation)} (ISCO-08 {item.occupation.code})"


def _run(item: MinutesItem, say: Speech) -> str:
    if item.run is None:
        return say(N_("without a ranking"))
    run = item.run
    return say(
        N_(
            "run {id} of {moment}, parameters {version}; {ranked} of {pool} people ranked; inputs "
            "SHA-256 {hash}"
        ),
        id=str(run.id),
        moment=run.made_at,
        version=run.parameters_version,
        ranked=run.ranked,
        pool=run.pool_size,
        hash=f"{run.inputs_sha256[:16]}…",
    )


def _recused(item: MinutesItem, say: Speech) -> str:
    if not item.recusals:
        return say(N_("nobody"))
    told = []
    for one in item.recusals:
        kind = (
            say.show(Term("ConflictKind", one.kind.value))
            if one.kind
            else say(N_("took part in the first decision"))
        )
        number = f", {one.declaration}" if one.declaration else ""
        told.append(f"{one.name.of(say.language)} ({kind}{number})")
    return "; ".join(told)


def score_of(one: MinutesCandidate, say: Speech) -> str:
    """The candidate's points, with their range where facts are unknown."""
    if one.points is None:
        return say(N_("no data"))
    points = say.show(round(one.points / PER_POINT))
    if one.low is None or one.high is None or one.low == one.high:
        return points
    return (
        f"{points} ({say.show(round(one.low / PER_POINT))}–{say.show(round(one.high / PER_POINT))})"
    )


def _votes(item: MinutesItem, say: Speech) -> Table:
    is_scored = any(one.tally.scored for one in item.candidates)
    heads = [N_("No."), N_("Register"), N_("Rank"), N_("Points (range)")]
    heads += [N_("Mean score")] if is_scored else [N_("For"), N_("Against")]
    heads += [N_("Abstained")]
    rows = []
    for one in item.candidates:
        row = [f"{one.number:02d}", one.register_id, say.show(one.rank), score_of(one, say)]
        mean = one.tally.score_mean
        if is_scored:
            row.append("–" if mean is None else say.show(round(float(mean), 2)))
        else:
            row += [
                _count(one, one.tally.votes_for, say),
                _count(one, one.tally.votes_against, say),
            ]
        rows.append((*row, _count(one, one.tally.votes_abstain, say)))
    count = len(heads)
    return Table(
        heads=tuple(say(head) for head in heads),
        rows=tuple(rows),
        widths=(1.0, 2, 1, 2.2, *([1.3] * (count - 4))),
        numbers=(0, 2, *range(3, count)),
    )


def _count(one: MinutesCandidate, votes: int, say: Speech) -> str:
    return "–" if one.outcome is None else say.show(votes)


def _ballot(item: MinutesItem, rules: MinutesRules, say: Speech) -> list[Block]:
    voters = list(dict.fromkeys(vote.name for one in item.candidates for vote in one.votes))
    blocks: list[Block] = []
    if voters and not item.is_secret:
        blocks = [
            Heading(say(N_("Open vote by name")), 2),
            Table(
                heads=(say(N_("No.")), *(name.of(say.language) for name in voters)),
                rows=tuple(_votes_on(one, voters, rules, say) for one in item.candidates),
                widths=(1.0, *([10 / len(voters)] * len(voters))),
                numbers=(0,),
            ),
            *_vote_reasons(item, say),
        ]
    withdrawn = sum(one.votes_withdrawn for one in item.candidates)
    if withdrawn:
        text = say(N_("Votes withdrawn before the count: {count}."), count=withdrawn)
        blocks.append(Paragraph(text))
    return blocks


def _votes_on(
    one: MinutesCandidate, voters: Sequence[Named], rules: MinutesRules, say: Speech
) -> tuple[str, ...]:
    names = {code: name.of(say.language) for code, name in rules.score_criteria}
    votes = {vote.name: _vote(vote, names, say) for vote in one.votes}
    return f"{one.number:02d}", *(votes.get(name, "–") for name in voters)


def _vote_reasons(item: MinutesItem, say: Speech) -> list[Block]:
    rows = tuple(
        (f"{one.number:02d}", vote.name.of(say.language), vote.reason)
        for one in item.candidates
        for vote in one.votes
        if vote.reason
    )
    if not rows:
        return []
    heads = (say(N_("No.")), say(N_("Member")), say(N_("Reason")))
    return [
        Heading(say(N_("Reasons given with the votes")), 2),
        Table(heads, rows, (1.0, 3, 7), numbers=(0,)),
    ]


def _vote(vote: MinutesVote, names: dict[str, str], say: Speech) -> str:
    if vote.value is not None:
        return say.show(Term("VoteValue", vote.value.value))
    return ", ".join(f"{names.get(code, code)}: {points}" for code, points in vote.scores)


def _decisions(item: MinutesItem, say: Speech) -> Table:
    heads = (N_("No."), N_("Register"), N_("Decision"), N_("Reason"))
    order = list(DecisionOutcome)
    ranked = sorted(
        (one for one in item.candidates if one.outcome),
        key=lambda one: (
            (order.index(one.outcome), one.reserve_order or 0, one.number)
            if one.outcome
            else (len(order), 0, one.number)
        ),
    )
    return Table(
        heads=tuple(say(head) for head in heads),
        rows=tuple(
            (f"{one.number:02d}", one.register_id, outcome_of(one, say), _reason(one, say))
            for one in ranked
        ),
        widths=(1.0, 2, 2.4, 5),
        numbers=(0,),
    )


def outcome_of(one: MinutesCandidate, say: Speech) -> str:
    """What was decided on the candidate."""
    if one.outcome is None:
        return say(N_("withdrew before the decision"))
    outcome = say.show(Term("DecisionOutcome", one.outcome.value))
    return f"{outcome}, {one.reserve_order}" if one.reserve_order else outcome


def _reason(one: MinutesCandidate, say: Speech) -> str:
    parts = []
    if one.reason_code:
        parts.append(say.show(Term("DecisionReason", one.reason_code.value)))
    if one.reason:
        parts.append(one.reason.of(say.language))
    told = ": ".join(parts)
    if one.by_casting:
        casting = say(N_("casting decision of the chair"))
        told = f"{told} ({casting})" if told else casting
    return told or "–"


def _remarks(item: MinutesItem, say: Speech) -> list[Block]:
    remarks = [
        Paragraph(
            say(
                N_("No. {number} was taken against the rank. The recruiter's reason: {reason}"),
                number=f"{one.number:02d}",
                reason=one.against_rank_reason,
            )
        )
        for one in item.candidates
        if one.against_rank_reason
    ]
    gone = [f"{one.number:02d}" for one in item.candidates if one.outcome is None]
    if gone:
        text = say(N_("Withdrew before the decision: No. {numbers}."), numbers=", ".join(gone))
        remarks.append(Paragraph(text))
    return list(remarks)
