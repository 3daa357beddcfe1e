"""Counting the votes on an item: what the rule makes of them, and what the chair has to add."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from db.repositories import decisions as repository
from db.session import reading
from domain.enums import DecisionOutcome, VoteValue
from domain.exceptions import InvalidInput
from domain.records.decisions import ChairRuling, Count, CountedCandidate
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services.commission.ballot.checks import check_can_count, check_tally_is_read
from services.commission.decisions.deciding import decide, needs_casting, rule_sentences
from services.commission.sessions.sitting import Item, Sitting, get_sitting_of
from services.permissions import Permission, check_can
from services.refusals import refusal


def count_votes(
    *, shortlist_id: int, casting: Mapping[int, bool] | None = None, by: Officer
) -> Count:
    """The votes on an item that can be closed, and what the rule makes of them.

    `casting` are the chair's intended decisions on ties, by candidacy.
    """
    check_can(by, Permission.VOTES_CAST)
    with reading() as session:
        sitting, item = get_sitting_of(session, shortlist_id)
        check_can_count(sitting, item, by)
        check_tally_is_read(sitting, item)
        return counted(session, sitting, item, casting or {})


def counted(session: Session, sitting: Sitting, item: Item, casting: Mapping[int, bool]) -> Count:
    """The count, as the caller's transaction has it."""
    standings, rules = item.standings(), sitting.rules
    all_places = item.shortlist.positions * item.shortlist.candidates_per_position
    places = max(all_places - repository.count_in_place(session, item.vacancy.id), 0)
    reserve = repository.last_reserve_order(
        session, item.vacancy.id, [one.candidacy_id for one in standings]
    )
    outcomes = decide(standings, places, casting, rules, reserve_before=reserve)
    candidates = []
    for one in standings:
        outcome = outcomes[one.candidacy_id]
        candidates.append(
            CountedCandidate(
                candidacy_id=one.candidacy_id,
                number=one.number,
                rank=one.rank,
                tally=one.tally,
                outcome=outcome[0] if outcome else None,
                reserve_order=outcome[1] if outcome else None,
                reasons_against=_reasons_against(item, one.candidacy_id),
                needs_casting=needs_casting(one.tally, rules),
            )
        )
    return Count(
        shortlist_id=item.shortlist.id,
        votes=item.ballots.happened,
        candidates=tuple(candidates),
        places=places,
        rule=rule_sentences(rules, places),
    )


def _reasons_against(item: Item, candidacy_id: int) -> tuple[str, ...]:
    return tuple(
        vote.reason
        for vote in item.votes
        if vote.candidacy_id == candidacy_id and vote.value is VoteValue.AGAINST and vote.reason
    )


def check_ruling(counted: CountedCandidate, ruling: ChairRuling) -> None:
    """Raise unless the chair said all that this candidate's outcome needs."""
    number = f"{counted.number:02d}"
    if counted.outcome is None:
        raise InvalidInput(
            N_("Candidate {number} has as many votes for as against: the chair has to decide."),
            number=number,
        )
    if counted.outcome is not DecisionOutcome.NOT_APPROVED or ruling.codes:
        return
    if ruling.reason_code is None or not (ruling.reason or "").strip():
        raise InvalidInput(
            N_("Candidate {number} is not approved: choose the reason from the list."),
            number=number,
        )


def confirm_refusal(count: Count, rulings: Mapping[int, ChairRuling]) -> Sentence | None:
    """Why the chair can't confirm the decisions yet; None when nothing is missing."""
    for one in count.candidates:
        said = refusal(check_ruling, one, rulings.get(one.candidacy_id, ChairRuling()))
        if said:
            return said
    return None
