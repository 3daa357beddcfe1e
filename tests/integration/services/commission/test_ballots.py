"""Points, withdrawals and secret ballots: what is kept, what is refused, what nobody can read."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Delete, Update, delete, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

import db.session
from db.base import Base
from db.models import CommissionSessionRow, SecretTallyRow, SecretVoterRow, VoteRow
from db.session import reading, unit_of_work
from db.settings import Settings
from db.types import UtcDateTime
from domain.enums import VoteValue
from domain.exceptions import InvalidInput, PermissionDenied, Refused
from domain.records.ballots import BallotPaper, Tally
from domain.records.officer import Officer
from services import clock
from services.commission import (
    cast_vote,
    choose_ballot,
    count_votes,
    end_secret_ballot,
    postpone_item,
    read_ballot,
    read_dossier,
    withdraw_vote,
)
from tests.integration.services.commission.race import vote
from tests.integration.services.commission.room import Room, candidacies, send_shortlist

FOR, AGAINST, ABSTAIN = VoteValue.FOR, VoteValue.AGAINST, VoteValue.ABSTAIN
BY_POINTS = {
    "decision": "score_threshold",
    "score_criteria": [
        {"code": "skill", "name_ka": "უნარები", "name_en": "Skills"},
        {"code": "language", "name_ka": "ენა", "name_en": "Language"},
    ],
    "score_threshold": "6",
}


def change_rules(number: str, changed: Mapping[str, object]) -> None:
    """The rules that were frozen into a session, as another commission would have them."""
    with unit_of_work() as work:
        row = work.session.query(CommissionSessionRow).filter_by(number=number).one()
        row.rules = row.rules | dict(changed)
        work.commit()


def voting(room: Room, *, secret: bool = False, candidates: int = 3) -> tuple[int, list[int]]:
    shortlist_id = send_shortlist(room.number, candidates)
    if secret:
        choose_ballot(shortlist_id=shortlist_id, is_secret=True, by=room.chair)
    room.open()
    room.declare(shortlist_id)
    return shortlist_id, candidacies(shortlist_id)


def withdraw(shortlist_id: int, candidacy_id: int, by: Officer, reason: str = "შევცდი") -> None:
    withdraw_vote(shortlist_id=shortlist_id, candidacy_id=candidacy_id, reason=reason, by=by)


def paper(shortlist_id: int, by: Officer) -> BallotPaper:
    return read_ballot(shortlist_id=shortlist_id, by=by)


# Withdrawal


def test_withdrawn_vote_is_kept_uncounted_and_replaced_once(room: Room) -> None:
    shortlist_id, (first, *_) = voting(room)
    vote(shortlist_id, first, room.ngo)()
    withdraw(shortlist_id, first, room.ngo)
    assert paper(shortlist_id, room.ngo).candidates[0].cast == 0
    vote(shortlist_id, first, room.ngo, value=AGAINST)()
    with reading() as session:
        kept = list(session.scalars(select(VoteRow).order_by(VoteRow.id)))
    assert [(v.value, v.attempt, v.withdrawn_by, v.withdrawal_reason) for v in kept] == [
        (FOR, 1, room.ngo.id, "შევცდი"),
        (AGAINST, 2, None, None),
    ]
    withdraw(shortlist_id, first, room.ngo)
    with pytest.raises(Refused, match="third vote"):
        vote(shortlist_id, first, room.ngo)()


def test_withdrawal_needs_a_reason_a_vote_and_an_undecided_item(quick_room: Room) -> None:
    room = quick_room
    shortlist_id, people = voting(room)
    with pytest.raises(Refused, match="no vote"):
        withdraw(shortlist_id, people[0], room.ngo)
    for one in people:
        room.vote(shortlist_id, one, "++++")
    with pytest.raises(InvalidInput, match="why you withdraw"):
        withdraw(shortlist_id, people[0], room.ngo, "  ")
    room.close(shortlist_id)
    with pytest.raises(Refused, match="decided"):
        withdraw(shortlist_id, people[0], room.ngo)
    refusal = paper(shortlist_id, room.ngo).candidates
    assert refusal == ()  # nobody stands any more


def test_chair_has_to_look_again_when_a_vote_was_withdrawn_and_cast_anew(room: Room) -> None:
    shortlist_id, people = voting(room)
    for one in people:
        room.vote(shortlist_id, one, "++++")
    seen = count_votes(shortlist_id=shortlist_id, by=room.chair)
    withdraw(shortlist_id, people[0], room.ngo)
    vote(shortlist_id, people[0], room.ngo, value=AGAINST)()
    again = count_votes(shortlist_id=shortlist_id, by=room.chair)
    assert seen.votes != again.votes


def test_request_sent_again_after_a_withdrawal_casts_nothing(room: Room) -> None:
    shortlist_id, (first, *_) = voting(room)
    cast = vote(shortlist_id, first, room.ngo, request_id="click")
    answer = cast()
    withdraw(shortlist_id, first, room.ngo)
    again = cast()
    assert again.cast_at == answer.cast_at and again.withdrawn_at is not None
    assert paper(shortlist_id, room.ngo).candidates[0].cast == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"value": AGAINST},
        {"reason": "other"},
        {"officer_id": 1},
        {"value": AGAINST, "withdrawn_at": clock.now()},
        {"withdrawn_at": None},
    ],
    ids=["value", "reason", "officer", "withdrawn with another value", "nothing"],
)
def test_database_itself_lets_a_vote_be_withdrawn_and_nothing_else(
    room: Room, changed: dict[str, object]
) -> None:
    shortlist_id, (first, *_) = voting(room)
    vote(shortlist_id, first, room.ngo)()
    with unit_of_work() as work, pytest.raises(DBAPIError, match="never changed"):
        work.session.execute(update(VoteRow).values(changed))


def test_database_itself_keeps_one_vote_in_force(room: Room) -> None:
    shortlist_id, (first, *_) = voting(room)
    vote(shortlist_id, first, room.ngo)()
    again = VoteRow(
        shortlist_id=shortlist_id,
        candidacy_id=first,
        officer_id=room.ngo.id,
        value=FOR,
        cast_at=clock.now(),
        attempt=2,
    )
    with unit_of_work() as work, pytest.raises(IntegrityError):
        work.session.add(again)
        work.session.flush()


# Reasons


def test_vote_far_down_the_rank_needs_a_reason_said_before_the_vote(quick_room: Room) -> None:
    room = quick_room
    shortlist_id, people = voting(room, candidates=5)
    said = [one.departure is not None for one in paper(shortlist_id, room.ngo).candidates]
    assert said == [False, False, False, False, True]  # one place, three more are free
    with pytest.raises(InvalidInput, match="number 5 on the list"):
        vote(shortlist_id, people[4], room.ngo)()
    cast_vote(
        shortlist_id=shortlist_id,
        candidacy_id=people[4],
        value=FOR,
        reason="იცნობს ამ მეურნეობას",
        by=room.ngo,
    )


# Points


def by_points(room: Room, *, secret: bool = False) -> tuple[int, list[int]]:
    change_rules(room.number, BY_POINTS)
    return voting(room, secret=secret)


@pytest.mark.parametrize("secret", [False, True], ids=["open", "secret"])
def test_points_are_summed_by_criterion_and_an_abstention_is_no_zero(
    room: Room, secret: bool
) -> None:
    shortlist_id, people = by_points(room, secret=secret)
    for one in people:
        vote(shortlist_id, one, room.chair, value=None, scores={"skill": 9, "language": 7})()
        vote(shortlist_id, one, room.agency, value=None, scores={"skill": 6, "language": 10})()
        vote(shortlist_id, one, room.ngo, value=ABSTAIN)()
    if secret:
        end_secret_ballot(shortlist_id=shortlist_id, by=room.chair)
    count = count_votes(shortlist_id=shortlist_id, by=room.chair)
    assert {str(one.tally) for one in count.candidates} == {
        str(Tally(votes_abstain=1, scored=2, score_sums={"language": 17, "skill": 15}))
    }
    assert count.candidates[0].tally.score_mean == 8


@pytest.mark.parametrize(
    ("value", "scores"),
    [
        (None, {}),
        (None, {"skill": 9}),
        (None, {"skill": 9, "language": 11}),
        (None, {"skill": 9, "language": -1}),
        (None, {"skill": 9, "looks": 9}),
        (FOR, {}),
        (ABSTAIN, {"skill": 9, "language": 9}),
    ],
)
def test_ballot_of_points_is_whole_or_an_abstention(
    quick_room: Room, value: VoteValue | None, scores: dict[str, int]
) -> None:
    shortlist_id, (first, *_) = by_points(quick_room)
    with pytest.raises(InvalidInput):
        vote(shortlist_id, first, quick_room.ngo, value=value, scores=scores)()


def test_mean_below_the_threshold_needs_a_reason(quick_room: Room) -> None:
    shortlist_id, (first, *_) = by_points(quick_room)
    low = {"skill": 6, "language": 5}
    with pytest.raises(InvalidInput, match="below 6 points"):
        vote(shortlist_id, first, quick_room.ngo, value=None, scores=low)()


def test_points_without_such_a_rule_are_refused(quick_room: Room) -> None:
    shortlist_id, (first, *_) = voting(quick_room)
    with pytest.raises(InvalidInput, match="for, against or abstain"):
        vote(shortlist_id, first, quick_room.ngo, value=None, scores={"skill": 9})()


# Secrecy


def test_secret_ballot_is_the_chairs_choice_before_the_voting(quick_room: Room) -> None:
    room = quick_room
    shortlist_id = send_shortlist(room.number)
    with pytest.raises(PermissionDenied):
        choose_ballot(shortlist_id=shortlist_id, is_secret=True, by=room.ngo)
    assert choose_ballot(shortlist_id=shortlist_id, is_secret=True, by=room.chair).is_secret
    assert not choose_ballot(shortlist_id=shortlist_id, is_secret=False, by=room.chair).is_secret
    room.open()
    room.declare(shortlist_id)
    vote(shortlist_id, candidacies(shortlist_id)[0], room.ngo)()
    with pytest.raises(Refused, match="voting has started"):
        choose_ballot(shortlist_id=shortlist_id, is_secret=True, by=room.chair)


def test_postponed_item_is_voted_on_openly_until_its_new_chair_chooses(room: Room) -> None:
    shortlist_id = send_shortlist(room.number)
    choose_ballot(shortlist_id=shortlist_id, is_secret=True, by=room.chair)
    target = room.plan(room.members).number
    postpone_item(shortlist_id=shortlist_id, to_number=target, by=room.chair)
    assert not paper(shortlist_id, room.chair).is_secret


def test_secret_ballot_needs_a_rule_that_allows_it(quick_room: Room) -> None:
    change_rules(quick_room.number, {"may_be_secret": False})
    shortlist_id = send_shortlist(quick_room.number)
    with pytest.raises(Refused, match="allow no secret ballot"):
        choose_ballot(shortlist_id=shortlist_id, is_secret=True, by=quick_room.chair)


def test_secret_tally_is_read_only_after_the_end_and_takes_no_vote_after_it(room: Room) -> None:
    shortlist_id, people = voting(room, secret=True)
    for one in people:
        room.vote(shortlist_id, one, "++0.")
    with pytest.raises(Refused, match="End the secret ballot first"):
        count_votes(shortlist_id=shortlist_id, by=room.chair)
    with pytest.raises(PermissionDenied):
        end_secret_ballot(shortlist_id=shortlist_id, by=room.ngo)
    end_secret_ballot(shortlist_id=shortlist_id, by=room.chair)
    with pytest.raises(Refused, match="ballot is ended"):
        room.vote(shortlist_id, people[0], "...+")
    room.close(shortlist_id)


def test_secret_vote_needs_no_reason_is_not_shown_and_not_withdrawn(quick_room: Room) -> None:
    room = quick_room
    shortlist_id, (first, *_) = voting(room, secret=True)
    answer = cast_vote(shortlist_id=shortlist_id, candidacy_id=first, value=AGAINST, by=room.ngo)
    mine = paper(shortlist_id, room.ngo).candidates[0]
    dossier = read_dossier(shortlist_id=shortlist_id, by=room.ngo)
    for seen in (answer, mine.my_vote, *dossier.my_votes):
        assert seen is not None and seen.is_secret
        assert (seen.value, seen.reason, seen.cast_at, dict(seen.scores)) == (None, None, None, {})
    assert mine.cast == 1 and mine.withdraw_refusal is not None
    with pytest.raises(Refused, match="secret vote can't be withdrawn"):
        withdraw(shortlist_id, first, room.ngo)


def test_secret_request_sent_twice_is_one_ballot_with_one_answer(room: Room) -> None:
    shortlist_id, (first, *_) = voting(room, secret=True)
    cast = vote(shortlist_id, first, room.ngo, request_id="click")
    assert cast() == cast()
    with pytest.raises(Refused, match="already voted"):
        vote(shortlist_id, first, room.ngo, request_id="another click")()
    assert paper(shortlist_id, room.ngo).candidates[0].cast == 1


def test_tally_that_does_not_fit_the_voters_decides_nothing(quick_room: Room) -> None:
    room = quick_room
    shortlist_id, people = voting(room, secret=True)
    for one in people:
        room.vote(shortlist_id, one, "++++")
    with unit_of_work() as work:  # a hand in the database adds a ballot
        more = update(SecretTallyRow).where(SecretTallyRow.candidacy_id == people[0])
        work.session.execute(more.values(votes_against=SecretTallyRow.votes_against + 1))
        work.commit()
    end_secret_ballot(shortlist_id=shortlist_id, by=room.chair)
    with pytest.raises(Refused, match="does not fit"):
        count_votes(shortlist_id=shortlist_id, by=room.chair)


@pytest.mark.parametrize(
    "statement",
    [
        update(SecretTallyRow).values(votes_for=SecretTallyRow.votes_for - 1),
        update(SecretTallyRow).values(votes_for=SecretTallyRow.votes_for + 2),
        update(SecretTallyRow).values(
            votes_for=SecretTallyRow.votes_for - 1, votes_against=SecretTallyRow.votes_against + 2
        ),
        update(SecretVoterRow).values(officer_id=1),
        delete(SecretVoterRow),
    ],
    ids=["one less", "two more", "moved", "voter changed", "voter removed"],
)
def test_database_itself_only_counts_up_one_ballot_at_a_time(
    room: Room, statement: Update | Delete
) -> None:
    shortlist_id, (first, *_) = voting(room, secret=True)
    vote(shortlist_id, first, room.ngo)()
    with unit_of_work() as work, pytest.raises(DBAPIError, match="never changed"):
        work.session.execute(statement.execution_options(synchronize_session=False))


def everything() -> dict[str, list[tuple[object, ...]]]:
    """All that the database holds, but for times, what is computed from them, and random ids."""
    found = {}
    with reading() as session:
        for table in Base.metadata.sorted_tables:
            columns = [
                column
                for column in table.columns
                if not isinstance(column.type, UtcDateTime)
                and column.name not in ("hash", "previous_hash", "name")
                and str(column) != "requests.id"
            ]
            found[table.name] = [tuple(row) for row in session.execute(select(*columns))]
    return found


def test_nothing_in_the_database_tells_who_voted_how(
    settings: Settings, sqlite_template: Path, tmp_path: Path
) -> None:
    """Two ballots with the same tally and exchanged voters leave the same database."""
    left = []
    for turn, hands in enumerate((("+-0+", "-++0"), ("-++0", "+-0+"))):
        path = tmp_path / f"{turn}.db"
        shutil.copyfile(sqlite_template, path)
        db.session.configure(replace(settings, database_url=f"sqlite:///{path}"))
        room = Room()
        shortlist_id, people = voting(room, secret=True)
        # The members come in the same order, and each votes the other way round.
        for one, how in zip(people[:2], hands, strict=True):
            room.vote(shortlist_id, one, how)
        left.append(everything())
    assert left[0] == left[1]
    assert len(left[0]["secret_voters"]) == 8 and left[0]["votes"] == []
    db.session.engine().dispose()
    db.session._engine = None
