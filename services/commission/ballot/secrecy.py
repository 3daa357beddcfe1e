"""Whether an item is voted on secretly, and when a secret ballot ends.

While a secret ballot runs nobody can read its tally: from two readings with one vote between them
everybody would know how that vote went.
"""

from __future__ import annotations

from db.models import SecretBallotRow
from db.repositories import ballots as repository
from db.session import unit_of_work
from domain.enums import DecisionRule
from domain.records.ballots import BallotPaper
from domain.records.officer import Officer
from services import audit, clock
from services.commission.ballot.checks import check_can_choose_ballot, check_can_count
from services.commission.ballot.papers import ballot_paper
from services.commission.sessions.sitting import get_sitting_of
from services.permissions import Permission, check_can


def choose_ballot(*, shortlist_id: int, is_secret: bool, by: Officer) -> BallotPaper:
    """Let the members vote secretly on an item, or openly again, before the voting starts."""
    check_can(by, Permission.SESSIONS_CHAIR)
    with unit_of_work() as work:
        sitting, item = get_sitting_of(work.session, shortlist_id, lock=True)
        check_can_choose_ballot(sitting, item, by)
        if is_secret != item.ballots.is_secret:
            if is_secret:
                rules = sitting.rules
                by_points = rules.decision is DecisionRule.SCORE_THRESHOLD
                repository.add_secret_ballot(
                    work.session,
                    SecretBallotRow(
                        shortlist_id=shortlist_id, chosen_at=clock.now(), chosen_by=by.id
                    ),
                    [one.candidacy_id for one in item.candidates],
                    [one.code for one in rules.score_criteria] if by_points else [],
                )
            else:
                repository.remove_secret_ballot(work.session, shortlist_id)
            audit.record(
                work.session,
                action="chose_secret_ballot" if is_secret else "chose_open_ballot",
                entity="shortlist",
                entity_id=shortlist_id,
                by=by,
            )
            work.commit()
            sitting, item = get_sitting_of(work.session, shortlist_id)
        return ballot_paper(sitting, item, by)


def end_secret_ballot(*, shortlist_id: int, by: Officer) -> BallotPaper:
    """End the voting on a secret item, so that its tally can be read; nobody votes after that."""
    check_can(by, Permission.VOTES_CAST)
    with unit_of_work() as work:
        sitting, item = get_sitting_of(work.session, shortlist_id, lock=True)
        check_can_count(sitting, item, by)
        secret = item.ballots.secret
        if secret is not None and secret.ended_at is None:
            secret.ended_at, secret.ended_by = clock.now(), by.id
            audit.record(
                work.session,
                action="ended_secret_ballot",
                entity="shortlist",
                entity_id=shortlist_id,
                by=by,
            )
            work.commit()
        return ballot_paper(sitting, item, by)
