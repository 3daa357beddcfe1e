"""Registration numbers have no gaps and no doubles, whoever registers at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from db.models import LetterRow, OfficialDocumentRow
from db.session import reading, unit_of_work
from domain.enums import LetterDirection, LetterKind, LetterStatus, OfficialDocumentStatus
from domain.exceptions import InvalidInput, LabourMigrationError, PermissionDenied, Refused
from services import clock
from services.correspondence import register
from services.waiting import list_waiting
from tests.factories.correspondence import Office, letter_form, office, registered

ATTEMPTS, CLERKS = 24, 6


def test_clerks_at_the_same_moment_leave_no_gap(database: Engine) -> None:
    """24 attempts of 6 connections, a quarter of which fail: 18 numbers, 0 gaps, 0 doubles."""
    at = office()

    def attempt(place: int) -> str | None:
        answered = 999_999 if place % 4 == 0 else None  # a letter that is not there
        direction = list(LetterDirection)[place % 2]
        form = letter_form(subject=f"Letter {place}", direction=direction, reply_to_id=answered)
        try:
            return register.register_letter(form=form, by=at.registrar).summary.number
        except InvalidInput:
            return None

    with ThreadPoolExecutor(CLERKS) as pool:
        numbers = list(pool.map(attempt, range(ATTEMPTS)))
    given = [number for number in numbers if number is not None]
    assert len(numbers) == ATTEMPTS
    assert len(given) == ATTEMPTS * 3 // 4
    assert len(set(given)) == len(given)
    for series in ("IN", "OUT"):
        serials = sorted(int(n.rpartition("-")[2]) for n in given if n.startswith(f"{series}-"))
        assert serials == list(range(1, len(serials) + 1))
    assert {n.split("-")[0] for n in given} == {"IN", "OUT"}


def test_what_fails_after_its_number_gives_it_back(at: Office) -> None:
    registered(at)
    with pytest.raises(RuntimeError), unit_of_work() as work:
        from db.repositories.numbers import next_in_series

        assert next_in_series(work.session, f"IN-{clock.today().year}") == 2
        raise RuntimeError("the disk is full")
    number = registered(at).summary.number
    assert number == f"IN-{clock.today().year}-0002"


def test_a_void_letter_keeps_its_number(at: Office) -> None:
    first = registered(at)
    with pytest.raises(InvalidInput):
        register.void_letter(letter_id=first.summary.id, reason="  ", by=at.registrar)
    void = register.void_letter(letter_id=first.summary.id, reason="Came twice", by=at.registrar)
    assert void.summary.status is LetterStatus.VOID
    assert void.void_reason == "Came twice"
    assert void.summary.number == first.summary.number
    assert registered(at).summary.number != first.summary.number


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("subject", {"subject": " "}),
        ("organisation", {"organisation": None, "person": None}),
        ("dated_on", {"dated_on": None}),
        ("dated_on", {"dated_on": clock.today() + timedelta(2)}),
        ("due_on", {"due_on": clock.today() - timedelta(400)}),
        ("vacancy", {"vacancy": "V-1999-001"}),
        ("subject", {"subject": "x" * 301}),
    ],
)
def test_what_is_missing_is_named(at: Office, field: str, changed: dict[str, object]) -> None:
    with pytest.raises(InvalidInput) as caught:
        registered(at, **changed)
    assert [problem.field for problem in caught.value.problems] == [field]


def test_only_the_registry_gives_numbers(at: Office) -> None:
    with pytest.raises(PermissionDenied):
        register.register_letter(form=letter_form(), by=at.first)
    with pytest.raises(PermissionDenied):
        register.register_letter(form=letter_form(), by=at.manager)


def test_an_outgoing_letter_is_an_official_document_and_needs_something_signed(at: Office) -> None:
    draft = register.draft_letter(
        form=letter_form(direction=LetterDirection.OUTGOING, dated_on=None), by=at.first
    )
    assert draft.summary.number is None
    assert draft.document_status is OfficialDocumentStatus.DRAFT
    with pytest.raises(Refused) as caught:
        register.register_draft(letter_id=draft.summary.id, by=at.registrar)
    assert "Nothing signed is there" in str(caught.value)
    with unit_of_work() as work:
        document = work.session.scalars(select(OfficialDocumentRow)).one()
        document.status = OfficialDocumentStatus.SIGNED
        work.commit()
    waiting = [paper for paper in list_waiting(by=at.registrar) if "number" in str(paper.what)]
    assert [paper.query for paper in waiting] == [{"letter": draft.summary.id}]
    sent = register.register_draft(letter_id=draft.summary.id, by=at.registrar)
    assert not [paper for paper in list_waiting(by=at.registrar) if "number" in str(paper.what)]
    assert sent.summary.number == f"OUT-{clock.today().year}-0001"
    assert sent.summary.dated_on == clock.today()
    with reading() as session:
        assert session.scalars(select(OfficialDocumentRow.number)).one() == sent.summary.number


def test_a_correction_keeps_the_number_and_tells_of_itself(at: Office) -> None:
    letter = registered(at)
    form = letter_form(subject="Places for the spring", kind=LetterKind.LETTER)
    kept = register.save_letter(
        letter_id=letter.summary.id, form=form, version=letter.version, by=at.registrar
    )
    assert (kept.summary.subject, kept.summary.number) == (form.subject, letter.summary.number)
    assert [event.step.value for event in kept.events] == ["registered", "corrected"]
    with pytest.raises(LabourMigrationError):
        register.save_letter(
            letter_id=letter.summary.id, form=form, version=letter.version, by=at.registrar
        )
    with reading() as session:
        assert session.scalars(select(LetterRow.subject)).one() == form.subject
