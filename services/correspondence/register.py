"""The register: letters come in, are drafted, get their numbers, are filed or become void."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from db.models import LetterRow, OfficialDocumentRow
from db.repositories import correspondence as repository
from db.repositories.numbers import next_in_series
from db.session import reading, unit_of_work
from domain.enums import (
    ExecutionState,
    LetterDirection,
    LetterStatus,
    LetterStep,
    OfficialDocumentKind,
    OfficialDocumentStatus,
    StepStatus,
)
from domain.exceptions import StaleVersion
from domain.records.correspondence import (
    LetterFilter,
    LetterForm,
    LetterPage,
    LetterRecord,
    LetterSummary,
)
from domain.records.officer import Officer
from domain.texts import N_
from domain.transitions import OFFICIAL_DOCUMENT, check_can_move
from services import clock
from services.audit import Happening
from services.correspondence import checks
from services.correspondence.chains import Chain, load, note
from services.correspondence.desks import Desk, desk_of
from services.correspondence.forms import cleaned, columns
from services.correspondence.todo import Todo, todos
from services.correspondence.views import form_of, names_of, summary
from services.correspondence.work import Work, finish, letter_work, said
from services.official_documents.access import open_route
from services.official_documents.route import OPEN, move
from services.official_documents.route_loading import load_route
from services.official_documents.route_templates import lay_out
from services.official_documents.routes import start
from services.once_a_day import log_once_a_day
from services.permissions import Permission, check_can

SERIES = {
    LetterDirection.INCOMING: "IN",
    LetterDirection.OUTGOING: "OUT",
    LetterDirection.INTERNAL: "INT",
}


MOST = 300
"""Letters on one screen; who looks for an older one narrows the filters."""
EVERY = 1_000_000


def list_letters(
    *, wanted: LetterFilter, todo: Todo | None = None, by: Officer
) -> tuple[LetterSummary, ...]:
    """The newest letters that fit and that the officer may know of."""
    return find_letters(wanted=wanted, todo=todo, by=by).rows


def find_letters(*, wanted: LetterFilter, todo: Todo | None = None, by: Officer) -> LetterPage:
    """As `list_letters`, with how many there are."""
    check_can(by, Permission.LETTERS_READ)
    today = clock.today()
    log_once_a_day("letters", Happening("listed", "letter"), by=by)
    with reading() as session:
        desk = desk_of(session, by)
        reader = None if desk.sees_all else (by.id, desk.member_of)
        is_computed = todo is not None or wanted.state in COMPUTED
        most = EVERY if is_computed else MOST
        if todo is not None:
            wanted = replace(wanted, is_open=True)
        rows, total = repository.find_letters(session, wanted, reader, most)
        chains = load(session, rows)
        if is_computed:
            chains = [one for one in chains if _fits(one, wanted, todo, desk, today)]
            total = len(chains)
        chains = chains[:MOST]
        names = names_of(session, chains)
        return LetterPage(tuple(summary(one, desk, names, today) for one in chains), total)


COMPUTED = frozenset({ExecutionState.OVERDUE, ExecutionState.DUE, ExecutionState.OPEN})
"""States that only the letters which are not ended can have: few, whatever the register holds."""


def _fits(chain: Chain, wanted: LetterFilter, todo: Todo | None, desk: Desk, today: date) -> bool:
    if wanted.state is not None and chain.state(today) is not wanted.state:
        return False
    return todo is None or todo in todos(chain, desk)


def list_years(*, by: Officer) -> tuple[int, ...]:
    """Years that have numbers, the newest first; the present one always."""
    check_can(by, Permission.LETTERS_READ)
    with reading() as session:
        return tuple(sorted({clock.today().year, *repository.list_years(session)}, reverse=True))


def register_letter(*, form: LetterForm, by: Officer) -> LetterRecord:
    """Take in a letter and give it the next number of its year and direction."""
    check_can(by, Permission.LETTERS_REGISTER)
    form = cleaned(form)
    with unit_of_work() as work:
        desk = desk_of(work.session, by)
        checks.check_registrar(desk)
        made = _new(work.session, form, desk)
        _give_number(made)
        details = {"direction": form.direction.value, "kind": form.kind.value}
        return finish(made, action="registered", details=details, by=by)


def draft_letter(*, form: LetterForm, by: Officer) -> LetterRecord:
    """Write a draft; an outgoing one is an official document from its first word on."""
    check_can(by, Permission.LETTERS_READ)
    form = cleaned(form)
    with unit_of_work() as work:
        made = _new(work.session, form, desk_of(work.session, by))
        if form.direction is LetterDirection.OUTGOING:
            made.chain.row.document_id = _document(work.session, form, by)
        note(work.session, made.chain, LetterStep.DRAFTED, by)
        details = {"direction": form.direction.value, "kind": form.kind.value}
        return finish(made, action="created", details=details, by=by)


def _new(session: Session, form: LetterForm, desk: Desk) -> Work:
    row = LetterRow(
        **columns(session, form),
        status=LetterStatus.DRAFT,
        created_at=clock.now(),
        created_by=desk.officer.id,
    )
    session.add(row)
    session.flush()
    return Work(session, Chain(row), desk)


def _document(session: Session, form: LetterForm, by: Officer) -> int:
    row = OfficialDocumentRow(
        kind=OfficialDocumentKind.LETTER,
        title=form.subject,
        status=OfficialDocumentStatus.DRAFT,
        revision=1,
        created_at=clock.now(),
        created_by=by.id,
    )
    session.add(row)
    session.flush()
    return row.id


def _give_number(made: Work) -> None:
    """The series' row is locked until the commit: whoever fails gives the number back."""
    row, by = made.chain.row, made.desk.officer
    made.move(LetterStatus.REGISTERED)
    row.year = clock.today().year
    row.serial = next_in_series(made.session, f"{SERIES[row.direction]}-{row.year}")
    row.number = f"{SERIES[row.direction]}-{row.year}-{row.serial:04d}"
    row.dated_on = row.dated_on or clock.today()
    row.registered_at, row.registered_by = clock.now(), by.id
    note(made.session, made.chain, LetterStep.REGISTERED, by)


def register_draft(*, letter_id: int, by: Officer) -> LetterRecord:
    """Give a signed draft its number and send it out."""
    check_can(by, Permission.LETTERS_REGISTER)
    with letter_work(letter_id, by) as work:
        row = work.chain.row
        document = work.session.get(OfficialDocumentRow, row.document_id or 0)
        scans = repository.count_scans(work.session, letter_id)
        status = document.status if document else None
        checks.check_register(work.chain, work.desk, status, scans)
        _give_number(work)
        if document is not None and document.number is None:
            document.number = row.number
        return finish(
            work,
            action="registered",
            details={"direction": row.direction.value, "kind": row.kind.value},
            by=by,
        )


def send_for_endorsement(*, letter_id: int, by: Officer) -> LetterRecord:
    """Send an outgoing draft to its endorsers, by the template of letters."""
    with letter_work(letter_id, by) as work:
        document = work.session.get(OfficialDocumentRow, work.chain.row.document_id or 0)
        files = len(repository.list_files(work.session, letter_id))
        checks.check_endorse(work.chain, work.desk, document.status if document else None, files)
        assert document is not None
        lay_out(work.session, document, by)
        route = open_route(work.session, document.id, by, lock=True)
        route.check_can_send(by)
        start(work.session, route, by)
        note(work.session, work.chain, LetterStep.SENT_FOR_ENDORSEMENT, by)
        return finish(work, action="sent_into_route", details={"document": document.id}, by=by)


def save_letter(*, letter_id: int, form: LetterForm, version: int, by: Officer) -> LetterRecord:
    """Change a draft, or correct what was registered; the number stays.

    StaleVersion where somebody saved the letter meanwhile; then nothing is written.
    """
    check_can(by, Permission.LETTERS_READ)
    form = cleaned(form)
    with letter_work(letter_id, by) as work:
        row = work.chain.row
        checks.check_edit(work.chain, work.desk)
        if row.version != version:
            raise StaleVersion(
                N_("Somebody else saved this letter meanwhile. Nothing was overwritten."),
                yours=form,
                theirs=form_of(work.session, row),
            )
        changed = [
            name
            for name, value in columns(work.session, form).items()
            if name != "direction" and getattr(row, name) != value
        ]
        for name, value in columns(work.session, form).items():
            if name in changed:
                setattr(row, name, value)
        if row.status is not LetterStatus.DRAFT:
            note(work.session, work.chain, LetterStep.CORRECTED, by)
        return finish(work, action="updated", details={"fields": sorted(changed)}, by=by)


def close_letter(*, letter_id: int, remark: str | None = None, by: Officer) -> LetterRecord:
    """File a letter: nothing more is to be done."""
    with letter_work(letter_id, by) as work:
        checks.check_close(work.chain, work.desk)
        work.move(LetterStatus.CLOSED)
        work.chain.row.closed_at, work.chain.row.closed_by = clock.now(), by.id
        note(work.session, work.chain, LetterStep.CLOSED, by, text=(remark or "").strip() or None)
        return finish(work, action="closed", by=by)


def void_letter(*, letter_id: int, reason: str, by: Officer) -> LetterRecord:
    """Declare void what was registered by mistake: its number stays taken, with the reason."""
    check_can(by, Permission.LETTERS_READ)
    why = said(reason)
    with letter_work(letter_id, by) as work:
        checks.check_void(work.chain, work.desk)
        work.move(LetterStatus.VOID)
        row = work.chain.row
        row.void_reason, row.voided_at, row.voided_by = why, clock.now(), by.id
        if row.document_id is not None:
            _void_document(work.session, row.document_id)
        note(work.session, work.chain, LetterStep.VOIDED, by, text=why)
        return finish(work, action="voided", by=by)


def _void_document(session: Session, document_id: int) -> None:
    """Its route ends with the letter: nobody is asked any more. What is signed stays."""
    route = load_route(session, document_id, lock=True)
    if route.document.status is OfficialDocumentStatus.SIGNED:
        return
    check_can_move(OFFICIAL_DOCUMENT, route.document.status, OfficialDocumentStatus.VOID)
    route.document.status = OfficialDocumentStatus.VOID
    for step in route.steps:
        if step.status in OPEN:
            move(step, StepStatus.LAPSED)
