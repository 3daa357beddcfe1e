"""A letter's way: divisions, specialists, resolution, later deadline, report, done."""

import hashlib
import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfWriter
from sqlalchemy import select

from db.models import (
    AbsenceRow,
    AbsenceSubstituteRow,
    AuditDetailsRow,
    AuditEventRow,
    LetterRow,
    StoredFileRow,
)
from db.session import reading, unit_of_work
from domain.enums import (
    AbsenceReason,
    ExecutionState,
    ExtensionStatus,
    LetterDirection,
    LetterStatus,
    OfficialDocumentStatus,
    ResolutionStatus,
    StepStatus,
)
from domain.exceptions import InvalidInput, NotFound, PermissionDenied, Refused
from domain.records.correspondence import LetterFilter, LetterRecord
from domain.records.officer import Officer
from domain.records.waiting import WaitingPaper
from services import clock
from services.correspondence import distribution, files, readers, register, resolutions
from services.correspondence.chains import load
from services.correspondence.desks import desk_of
from services.correspondence.todo import Todo
from services.official_documents.attachments import CheckedFile
from services.official_documents.documents import get_document
from services.official_documents.inspection import inspected
from services.official_documents.limits import limits_on
from services.waiting import list_waiting
from tests.factories.correspondence import Office, distributed, in_days, letter_form, registered


def resolved(at: Office, days: int = 5) -> LetterRecord:
    letter = distributed(at)
    return resolutions.give_resolution(
        letter_id=letter.summary.id,
        text="Prepare an answer",
        responsible_id=at.first.id,
        co_executor_ids=[at.second.id],
        due_on=in_days(days),
        is_controlled=True,
        by=at.head,
    )


def ids(letter: LetterRecord) -> dict[str, Any]:
    return {"letter_id": letter.summary.id, "resolution_id": letter.resolutions[0].id}


def lines(by: Officer) -> dict[str, WaitingPaper]:
    return {str(paper.what).split(":")[0]: paper for paper in list_waiting(by=by)}


def test_the_whole_chain_leads_to_done(at: Office) -> None:
    letter = resolved(at)
    assert letter.summary.status is LetterStatus.IN_PROGRESS
    assert [one.id for one in letter.summary.specialists] == [at.first.id, at.second.id]
    resolutions.report_execution(**ids(letter), report="The answer is out", by=at.first)
    back = resolutions.return_report(**ids(letter), remark="Which answer?", by=at.head)
    assert back.resolutions[0].status is ResolutionStatus.OPEN
    assert "Reports that came back to you" in lines(at.first)
    resolutions.report_execution(**ids(letter), report="OUT-1", by=at.first)
    done = resolutions.accept_report(**ids(letter), by=at.head)
    assert done.summary.status is LetterStatus.DONE
    assert done.summary.state is ExecutionState.DONE
    filed = register.close_letter(letter_id=letter.summary.id, by=at.registrar)
    assert [event.step.value for event in filed.events] == [
        "registered",
        "distributed",
        "assigned",
        "assigned",
        "resolved",
        "reported",
        "report_returned",
        "reported",
        "accepted",
        "closed",
    ]


def test_each_waits_for_the_next_one(at: Office) -> None:
    letter = registered(at)
    assert list(lines(at.manager)) == ["Letters to distribute to divisions"]
    assert list_waiting(by=at.head) == ()
    distribution.distribute_letter(
        letter_id=letter.summary.id, departments=["selection"], by=at.manager
    )
    assert list_waiting(by=at.manager) == ()
    (paper,) = list_waiting(by=at.head)
    assert (paper.page, paper.query) == ("letter", {"letter": letter.summary.id})
    distribution.assign_letter(
        letter_id=letter.summary.id, department="selection", officer_ids=[at.first.id], by=at.head
    )
    assert list(lines(at.head)) == ["Letters of your division without a resolution"]
    assert list_waiting(by=at.stranger) == ()


def test_several_letters_are_one_line_that_leads_to_the_list(at: Office) -> None:
    for _ in range(3):
        registered(at)
    (paper,) = list_waiting(by=at.manager)
    assert str(paper.what) == "Letters to distribute to divisions: 3"
    assert (paper.page, paper.query) == ("correspondence", {"todo": "distribute"})
    rows = register.list_letters(wanted=LetterFilter(), todo=Todo.DISTRIBUTE, by=at.manager)
    assert len(rows) == 3


def test_taking_a_letter_from_a_specialist_needs_a_reason(at: Office) -> None:
    letter = distributed(at).summary.id
    give: dict[str, Any] = {"letter_id": letter, "department": "selection", "by": at.head}
    distribution.assign_letter(**give, officer_ids=[at.first.id])
    with pytest.raises(InvalidInput):
        distribution.assign_letter(**give, officer_ids=[at.second.id])
    moved = distribution.assign_letter(**give, officer_ids=[at.second.id], reason="On leave")
    assert [one.id for one in moved.summary.specialists] == [at.second.id]
    assert moved.events[-2].note == "On leave"
    with pytest.raises(InvalidInput):
        distribution.assign_letter(**give, officer_ids=[at.stranger.id], reason="Elsewhere")
    loads = {one.officer.id: one.letters for one in distribution.list_workloads(by=at.head)}
    assert loads[at.second.id] == 1
    assert loads[at.first.id] == 0


def test_a_letter_that_is_not_theirs_goes_back(at: Office) -> None:
    letter = distributed(at).summary.id
    back = distribution.return_letter(
        letter_id=letter, department="selection", reason="Not ours", by=at.head
    )
    assert back.summary.status is LetterStatus.RETURNED
    assert list(lines(at.manager)) == ["Letters to distribute to divisions"]


def test_a_later_deadline_is_granted_or_refused_with_a_reason(at: Office) -> None:
    letter = resolved(at)
    first = letter.resolutions[0].due_on
    ask: dict[str, Any] = {
        **ids(letter),
        "wanted_on": in_days(8),
        "reason": "Waiting for the employer",
    }
    with pytest.raises(PermissionDenied):
        resolutions.ask_extension(**ask, by=at.second)
    with pytest.raises(InvalidInput):
        resolutions.ask_extension(**{**ask, "wanted_on": first}, by=at.first)
    resolutions.ask_extension(**ask, by=at.first)
    with pytest.raises(Refused):
        resolutions.ask_extension(**ask, by=at.first)
    assert "Later deadlines that you are asked for" in lines(at.head)
    with pytest.raises(InvalidInput):
        resolutions.answer_extension(**ids(letter), is_approved=False, by=at.head)
    resolutions.answer_extension(**ids(letter), is_approved=False, answer="No", by=at.head)
    resolutions.ask_extension(**ask, by=at.first)
    after = resolutions.answer_extension(**ids(letter), is_approved=True, by=at.head)
    (resolution,) = after.resolutions
    assert resolution.due_on == in_days(8)
    assert [(one.status, one.before_on) for one in resolution.extensions] == [
        (ExtensionStatus.REFUSED, first),
        (ExtensionStatus.APPROVED, first),
    ]


def test_deadlines_are_working_days_that_come(at: Office) -> None:
    letter = distributed(at).summary.id
    give: dict[str, Any] = {
        "letter_id": letter,
        "text": "Answer",
        "responsible_id": at.first.id,
        "by": at.head,
    }
    for day in (date(2020, 1, 10), date(clock.today().year + 1, 1, 7)):
        with pytest.raises(InvalidInput):
            resolutions.give_resolution(**give, due_on=day)


def test_reported_in_time_is_not_overdue_while_the_head_reads(at: Office) -> None:
    letter = resolved(at, days=1)
    resolutions.report_execution(**ids(letter), report="Done", by=at.first)
    (paper,) = list_waiting(by=at.head)
    assert "have to accept" in str(paper.what)


def test_who_has_no_part_in_a_letter_does_not_know_of_it(at: Office) -> None:
    letter = distributed(at, person="Ketevan Somebody").summary.id
    with pytest.raises(NotFound):
        readers.open_letter(letter_id=letter, by=at.stranger)
    assert register.list_letters(wanted=LetterFilter(), by=at.stranger) == ()
    for by in (at.manager, at.registrar, at.head, at.first):
        assert len(register.list_letters(wanted=LetterFilter(), by=by)) == 1
    readers.ask_to_read(letter_id=letter, officer_ids=[at.stranger.id], by=at.head)
    assert list(lines(at.stranger)) == ["Letters that you are asked to read"]
    assert readers.open_letter(letter_id=letter, by=at.stranger).must_confirm
    confirmed = readers.confirm_reading(letter_id=letter, by=at.stranger)
    assert not confirmed.must_confirm
    (reader,) = [one for one in confirmed.readers if one.officer.id == at.stranger.id]
    assert reader.first_opened_at
    assert reader.acquainted_at
    assert list_waiting(by=at.stranger) == ()


def test_buttons_say_why_not(at: Office) -> None:
    letter = resolved(at)
    seen = readers.open_letter(letter_id=letter.summary.id, by=at.second)
    assert str(seen.refusals["distribute"]) == "The manager distributes letters to divisions."
    assert str(seen.resolutions[0].refusals["report"]) == "The responsible executor reports on it."
    assert seen.refusals["attach"] is None
    closing = readers.open_letter(letter_id=letter.summary.id, by=at.manager).refusals["close"]
    assert str(closing) == "A resolution on it is not executed yet."


def test_what_letters_say_of_people_is_not_in_the_audit(at: Office) -> None:
    letter = distributed(at, person="Ketevan Somebody", subject="On Ketevan's passport").summary.id
    readers.open_letter(letter_id=letter, by=at.head)
    distribution.return_letter(
        letter_id=letter, department="selection", reason="Ketevan moved", by=at.head
    )
    with reading() as session:
        details = json.dumps(list(session.scalars(select(AuditDetailsRow.details))))
        actions = set(session.scalars(select(AuditEventRow.action)))
    assert {"registered", "distributed", "read", "returned"} <= actions
    assert "Ketevan" not in details


def checked(name: str, content: bytes) -> CheckedFile:
    """What the check makes of a file, without the guard around it."""
    form, kept = inspected(name, content, limits_on(clock.today()))
    return CheckedFile(name, form, kept, hashlib.sha256(kept).hexdigest())


def scan() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (30, 20), "white").save(written, "PNG")
    return written.getvalue()


def test_a_file_is_checked_kept_once_and_its_download_audited(at: Office) -> None:
    letter = registered(at).summary.id
    again_the_same = checked("a.png", scan())
    with pytest.raises(PermissionDenied):
        files.attach_checked(letter_id=letter, file=again_the_same, by=at.manager)
    kept = files.attach_file(letter_id=letter, name="სკანი.png", content=scan(), by=at.registrar)
    (file,) = kept.files
    again = files.download_file(letter_id=letter, file_id=file.id, by=at.manager)
    assert (again.name, again.mime) == ("სკანი.png", "image/png")
    with pytest.raises(InvalidInput):
        files.attach_checked(letter_id=letter, file=again_the_same, by=at.registrar)
    other = registered(at).summary.id
    files.attach_checked(letter_id=other, file=again_the_same, by=at.registrar)
    with pytest.raises(NotFound):
        files.download_file(letter_id=other, file_id=file.id, by=at.registrar)
    with reading() as session:
        assert len(session.scalars(select(StoredFileRow.sha256)).all()) == 1
        assert "downloaded" in set(session.scalars(select(AuditEventRow.action)))


def test_a_signed_scan_lets_an_outgoing_letter_out(at: Office) -> None:
    form = letter_form(direction=LetterDirection.OUTGOING, dated_on=None)
    draft = register.draft_letter(form=form, by=at.first).summary.id
    files.attach_checked(letter_id=draft, file=checked("signed.png", scan()), by=at.first)
    sent = register.register_draft(letter_id=draft, by=at.registrar)
    assert sent.summary.status is LetterStatus.REGISTERED
    assert sent.document_status is OfficialDocumentStatus.DRAFT


def pdf(pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 300)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def test_a_draft_goes_to_its_endorsers_and_gets_no_number_meanwhile(at: Office) -> None:
    form = letter_form(direction=LetterDirection.OUTGOING, dated_on=None)
    draft = register.draft_letter(form=form, by=at.first)
    letter, document = draft.summary.id, draft.document_id
    assert "PDF or Word" in str(draft.refusals["endorse"])
    attach: dict[str, Any] = {"letter_id": letter, "is_text": True, "by": at.first}
    files.attach_checked(**attach, file=checked("letter.pdf", pdf()))
    with pytest.raises(Refused) as caught:
        register.register_draft(letter_id=letter, by=at.registrar)
    assert "Nothing signed is there" in str(caught.value)  # its text is no signed scan
    sent = register.send_for_endorsement(letter_id=letter, by=at.first)
    assert sent.document_status is OfficialDocumentStatus.IN_ROUTE
    with pytest.raises(Refused) as caught:
        register.register_draft(letter_id=letter, by=at.registrar)
    assert "endorsement is under way" in str(caught.value)
    changed = files.attach_checked(**attach, file=checked("better.pdf", pdf(2)))
    assert (changed.document_id, changed.document_status) == (
        document,
        OfficialDocumentStatus.DRAFT,
    )


def test_nobody_is_asked_to_endorse_a_letter_that_became_void(at: Office) -> None:
    form = letter_form(direction=LetterDirection.OUTGOING, dated_on=None)
    draft = register.draft_letter(form=form, by=at.first)
    letter, document_id = draft.summary.id, draft.document_id
    assert document_id is not None
    files.attach_checked(letter_id=letter, is_text=True, by=at.first, file=checked("a.pdf", pdf()))
    register.send_for_endorsement(letter_id=letter, by=at.first)
    assert list_waiting(by=at.first)
    register.void_letter(letter_id=letter, reason="Not needed any more", by=at.first)
    assert list_waiting(by=at.first) == ()
    document = get_document(document_id=document_id, by=at.first)
    assert document.status is OfficialDocumentStatus.VOID
    assert {step.status for step in document.steps} == {StepStatus.LAPSED}


def test_who_stands_in_for_an_absent_head_gives_resolutions(at: Office) -> None:
    letter = distributed(at).summary.id
    today = clock.today()
    with unit_of_work() as work:
        absence = AbsenceRow(
            officer_id=at.head.id,
            from_on=today,
            until_on=today,
            reason=AbsenceReason.LEAVE,
            recorded_at=clock.now(),
        )
        work.session.add(absence)
        work.session.flush()
        work.session.add(
            AbsenceSubstituteRow(absence_id=absence.id, place=1, officer_id=at.first.id)
        )
        work.commit()
    assert list(lines(at.first)) == ["Letters of your division without a specialist"]
    resolutions.give_resolution(
        letter_id=letter,
        text="Answer",
        responsible_id=at.second.id,
        due_on=in_days(3),
        by=at.first,
    )
    with reading() as session:
        query = (
            select(AuditDetailsRow.details)
            .join(AuditEventRow, AuditEventRow.seq == AuditDetailsRow.seq)
            .where(AuditEventRow.action == "resolved")
        )
        assert session.scalars(query).one()["acting_for"] == [at.head.id]


def test_the_register_shows_exactly_what_each_may_open(at: Office) -> None:
    resolved(at)
    distributed(at)
    registered(at)
    asked = registered(at).summary.id
    readers.ask_to_read(letter_id=asked, officer_ids=[at.second.id], by=at.manager)
    draft = letter_form(direction=LetterDirection.INTERNAL, dated_on=None)
    register.draft_letter(form=draft, by=at.stranger)
    for by in (at.manager, at.registrar, at.head, at.first, at.second, at.stranger):
        with reading() as session:
            desk = desk_of(session, by)
            chains = load(session, session.scalars(select(LetterRow)).all())
            may_open = {chain.row.id for chain in chains if chain.is_open_to(desk)}
        page = register.find_letters(wanted=LetterFilter(), by=by)
        assert {row.id for row in page.rows} == may_open
        assert page.total == len(may_open)


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (LetterFilter(text="beispielhof 0001"), ["0001"]),
        (LetterFilter(text="100%"), []),
        (LetterFilter(direction=LetterDirection.OUTGOING), []),
        (LetterFilter(status=LetterStatus.DISTRIBUTED), ["0002"]),
        (LetterFilter(department="selection"), ["0002", "0001"]),
        (LetterFilter(state=ExecutionState.OVERDUE), []),
        (LetterFilter(state=ExecutionState.OPEN), ["0003", "0002", "0001"]),
        (LetterFilter(state=ExecutionState.DONE), []),
        (LetterFilter(year=1999), ["0003", "0002", "0001"]),
    ],
)
def test_filters_answer_what_they_ask(at: Office, wanted: LetterFilter, numbers: list[str]) -> None:
    resolved(at)
    distributed(at)
    registered(at)
    rows = register.list_letters(wanted=wanted, by=at.manager)
    assert [(row.number or "").rpartition("-")[2] for row in rows] == numbers


def test_what_is_late_reaches_who_ordered_it_and_under_control_the_manager(at: Office) -> None:
    now = clock.now()
    with clock.at(now - timedelta(60)):
        letter = resolved(at, days=2).summary
    assert {"Resolutions that you have to execute"} == set(lines(at.second))
    for by in (at.head, at.manager):
        late = lines(by)["Resolutions under your control, not executed in time"]
        assert late.state is ExecutionState.OVERDUE
        assert late.query == {"letter": letter.id}
    shown = readers.open_letter(letter_id=letter.id, by=at.first)
    assert shown.summary.state is ExecutionState.OVERDUE
    assert shown.resolutions[0].working_days_left < 0
