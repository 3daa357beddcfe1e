"""What a member has open in this browser: the item, the candidate, the file."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import TypeVar

import streamlit as st

from domain.records.commission import (
    AgendaItem,
    AgendaState,
    BlindCandidate,
    Dossier,
    MyVote,
    PossibleMember,
    SessionRecord,
)
from domain.records.officer import Officer
from services import commission
from ui import navigation
from ui.language import _, label, language, number

T = TypeVar("T")
WAITING = (AgendaState.TO_DECLARE, AgendaState.TO_VOTE)
NEXT = "commission.next_candidate"


def number_text(number: int) -> str:
    """How a blind candidate is called: "Candidate 07"."""
    return _("Candidate {number}").format(number=f"{number:02d}")


def named(values: Iterable[T], name: Callable[[T], str]) -> Callable[[T], str]:
    """Names looked up once, in this run's language: a `format_func` that needs no session."""
    return {value: name(value) for value in values}.__getitem__


def person_text(one: PossibleMember) -> str:
    """A possible member by name and kind of organisation."""
    return f"{one.name(language())} · {label(one.organisation_kind)}"


def vacancy_title(item: AgendaItem) -> str:
    """The vacancy's title in the reader's language, where there is one."""
    return item.title_ka if language() == "ka" and item.title_ka else item.title


def open_item(record: SessionRecord) -> AgendaItem | None:
    """The agenda item named in the address, else the first one that waits for the reader."""
    chosen = navigation.query_id("item")
    named = [item for item in record.items if item.shortlist_id == chosen]
    waiting = [item for item in record.items if item.state in WAITING]
    item = next(iter(named or waiting or record.items), None)
    navigation.keep_query(item=item.shortlist_id if item else None)
    return item


def read_file(item: AgendaItem, officer: Officer, *, is_lifted: bool) -> Dossier:
    """The item's file: read, and recorded as read, once per visit and not at every click.

    Read anew, and recorded anew, once blindness is lifted.
    """
    key = _file_key(item.shortlist_id)
    kept: Dossier | None = st.session_state.get(key)
    if kept is None or (is_lifted and kept.candidates and not kept.people):
        st.session_state[key] = commission.read_dossier(shortlist_id=item.shortlist_id, by=officer)
    dossier: Dossier = st.session_state[key]
    return dossier


def put_file_back(shortlist_id: int) -> None:
    """Read the file anew next time: something about it has changed."""
    st.session_state.pop(_file_key(shortlist_id), None)


def note_vote(dossier: Dossier, vote: MyVote) -> None:
    """Keep the vote with the open file and turn to the next candidate without one."""
    noted = dataclasses.replace(dossier, my_votes=(*dossier.my_votes, vote))
    st.session_state[_file_key(dossier.shortlist_id)] = noted
    voted = {one.candidacy_id for one in noted.my_votes}
    waiting = [
        candidate.number
        for candidate in noted.candidates
        if candidate.candidacy_id not in voted and not candidate.is_withdrawn
    ]
    if waiting:
        st.session_state[NEXT] = waiting[0]


def forget_vote(dossier: Dossier, candidacy_id: int) -> None:
    """Take a withdrawn vote out of the open file."""
    kept = tuple(one for one in dossier.my_votes if one.candidacy_id != candidacy_id)
    st.session_state[_file_key(dossier.shortlist_id)] = dataclasses.replace(dossier, my_votes=kept)


def candidate_key(shortlist_id: int) -> str:
    """The widget that chooses the open candidate; takes up what `note_vote` left."""
    key = f"commission.candidate.{shortlist_id}"
    if NEXT in st.session_state:
        st.session_state[key] = st.session_state.pop(NEXT)
    return key


def my_vote(dossier: Dossier, candidate: BlindCandidate) -> MyVote | None:
    """The reader's vote on the candidate, if there is one."""
    votes = (vote for vote in dossier.my_votes if vote.candidacy_id == candidate.candidacy_id)
    return next(votes, None)


def vote_text(vote: MyVote) -> str:
    """A vote in words: for, against, abstained, the mean of its points, or that it is secret."""
    if vote.is_secret:
        return _("voted secretly")
    if vote.value is not None or not vote.scores:
        return label(vote.value)
    mean = sum(vote.scores.values()) / len(vote.scores)
    return _("mean {points} of 10").format(points=number(round(mean, 1)))


def _file_key(shortlist_id: int) -> str:
    return f"commission.file.{shortlist_id}"
