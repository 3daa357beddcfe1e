"""A record that is none of one's business answers as one that isn't there."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from sqlalchemy import Engine, select

from db.models import (
    AbsenceRow,
    CommissionSessionRow,
    LetterFileRow,
    LetterRow,
    OfficerRow,
    OfficialDocumentRow,
    SessionMemberRow,
    ShortlistRow,
)
from db.session import reading
from domain.enums import InvitationAnswer, Role, VoteValue
from domain.exceptions import LabourMigrationError
from domain.records.officer import Officer
from services.commission.ballot.papers import read_ballot
from services.commission.ballot.votes import cast_vote
from services.commission.decisions.decisions import list_decisions
from services.commission.decisions.dissents import file_dissent, list_dissents
from services.commission.declarations.reading import list_declarations
from services.commission.dossiers.dossiers import read_dossier
from services.commission.dossiers.notes import list_notes, save_note
from services.commission.sessions.planning import answer_invitation, list_seated
from services.commission.sessions.sessions import get_session, mark_attendance
from services.correspondence.files import download_file
from services.officers import sign_in
from services.official_documents.absences import end_absence
from services.official_documents.documents import get_document, list_history
from services.official_documents.minutes import get_minutes
from services.official_documents.signatures import list_signatures
from services.permissions import Permission, can

NOBODYS = 999_999
MEMBERS = {Role.CHAIR, Role.COMMISSION_MEMBER}
OF_AN_ITEM: dict[str, Callable[[int, Officer], object]] = {
    "read_dossier": lambda item, by: read_dossier(shortlist_id=item, by=by),
    "list_notes": lambda item, by: list_notes(shortlist_id=item, by=by),
    "save_note": lambda item, by: save_note(shortlist_id=item, candidacy_id=None, text="x", by=by),
    "read_ballot": lambda item, by: read_ballot(shortlist_id=item, by=by),
    "cast_vote": lambda item, by: cast_vote(
        shortlist_id=item, candidacy_id=1, value=VoteValue.FOR, reason=None, by=by
    ),
    "list_decisions": lambda item, by: list_decisions(shortlist_id=item, by=by),
    "list_dissents": lambda item, by: list_dissents(shortlist_id=item, by=by),
    "file_dissent": lambda item, by: file_dissent(shortlist_id=item, text="I differ", by=by),
}
OF_A_BALLOT = {name: OF_AN_ITEM[name] for name in ("read_dossier", "list_notes", "cast_vote")}
OF_A_DOCUMENT: dict[str, Callable[[int, Officer], object]] = {
    "get_document": lambda document, by: get_document(document_id=document, by=by),
    "list_history": lambda document, by: list_history(document_id=document, by=by),
    "list_signatures": lambda document, by: list_signatures(document_id=document, by=by),
}
OF_A_SESSION: dict[str, Callable[[str, Officer], object]] = {
    "get_session": lambda number, by: get_session(number=number, by=by),
    "list_seated": lambda number, by: list_seated(number=number, by=by),
    "list_declarations": lambda number, by: list_declarations(number=number, by=by),
    "get_minutes": lambda number, by: get_minutes(number=number, by=by),
    "answer_invitation": lambda number, by: answer_invitation(
        number=number, answer=InvitationAnswer.COMES, by=by
    ),
    "mark_attendance": lambda number, by: mark_attendance(
        number=number, officer_id=by.id, is_present=True, by=by
    ),
}


def answer(ask: Callable[[Any, Officer], object], key: Any, by: Officer) -> str:
    """What the use case says to this officer."""
    try:
        ask(key, by)
    except LabourMigrationError as error:
        return f"{type(error).__name__}: {error.sentence.text}"
    return "done"


@pytest.fixture
def officers(sample_database: Engine) -> list[Officer]:
    with reading() as session:
        rows = session.scalars(select(OfficerRow).order_by(OfficerRow.id))
        known = [sign_in.officer_record(session, row) for row in rows]
    return [officer for officer in known if not officer.must_change_password]


def differing(
    asks: Mapping[str, Callable[[Any, Any], object]],
    foreign: Iterable[tuple[Any, Officer]],
    absent: Any,
) -> list[str]:
    return [
        f"{name} as {by.username}: {said}"
        for key, by in foreign
        for name, ask in asks.items()
        if (said := answer(ask, key, by)) != answer(ask, absent, by)
    ]


def test_member_learns_nothing_of_other_sessions(officers: list[Officer]) -> None:
    with reading() as session:
        seats = {
            (row.session_id, row.officer_id) for row in session.scalars(select(SessionMemberRow))
        }
        items = [(row.id, row.session_id) for row in session.scalars(select(ShortlistRow))]
        sessions = [(row.number, row.id) for row in session.scalars(select(CommissionSessionRow))]
    sitting = [officer for officer in officers if officer.role in MEMBERS]
    simple = [officer for officer in sitting if officer.role is Role.COMMISSION_MEMBER]
    of_items = outsiders(items, simple, seats)
    of_sessions = outsiders(sessions, simple, seats)
    assert len(of_items) > 10 and len(of_sessions) > 5
    assert differing(OF_AN_ITEM, of_items, NOBODYS) == []
    assert differing(OF_A_BALLOT, outsiders(items, sitting, seats), NOBODYS) == []
    assert differing(OF_A_SESSION, of_sessions, "COM-0000-000") == []


def outsiders(
    things: list[tuple[Any, int]], officers: list[Officer], seats: set[tuple[int, int]]
) -> list[tuple[Any, Officer]]:
    """Each thing of a session with two officers who have no seat in it."""
    return [
        (thing, by)
        for thing, held in things
        for by in [one for one in officers if (held, one.id) not in seats][:2]
    ]


def test_document_outside_ones_route_is_as_absent(officers: list[Officer]) -> None:
    with reading() as session:
        documents = list(session.scalars(select(OfficialDocumentRow.id)))
    closed = [
        (document, by)
        for document in documents
        for by in officers
        if answer(OF_A_DOCUMENT["get_document"], document, by) != "done"
    ]
    assert len(closed) > 10
    assert differing(OF_A_DOCUMENT, closed, NOBODYS) == []


def test_absence_of_somebody_else_is_as_absent(officers: list[Officer]) -> None:
    with reading() as session:
        absences = [(row.id, row.officer_id) for row in session.scalars(select(AbsenceRow))]
    foreign = [
        (absence, by)
        for absence, whose in absences
        for by in officers
        if whose != by.id and not can(by, Permission.ABSENCES_MANAGE)
    ]
    assert foreign
    ends = {"end_absence": lambda absence, by: end_absence(absence_id=absence, by=by)}
    assert differing(ends, foreign, NOBODYS) == []


def test_file_of_another_letter_is_as_absent(officers: list[Officer]) -> None:
    """The letter's own number opens no file of another one."""
    with reading() as session:
        files = [(row.letter_id, row.id) for row in session.scalars(select(LetterFileRow))]
        letters = list(session.scalars(select(LetterRow.id)))
    crossed = [
        ((letter, file), by)
        for holds, file in files
        for letter in letters[:2]
        if letter != holds
        for by in officers
        if can(by, Permission.LETTERS_READ)
    ]
    assert crossed
    takes = {
        "download_file": lambda key, by: download_file(letter_id=key[0], file_id=key[1], by=by)
    }
    for key, by in crossed:
        assert differing(takes, [(key, by)], (key[0], NOBODYS)) == []
