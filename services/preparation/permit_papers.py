"""Where each paper of a permit file stands, written down one by one or several together."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from db.models import PermitFileRow, PermitPaperRow
from db.repositories import preparation as repository
from db.session import unit_of_work
from domain.enums import PermitPaperState
from domain.enums import PermitStatus as P
from domain.exceptions import InvalidInput, NotFound, Refused, StaleVersion
from domain.records.officer import Officer
from domain.records.preparation import PaperForm
from domain.texts import N_
from services import clock
from services.official_documents.attachments import checked_file, store_file
from services.permissions import Permission, check_can
from services.preparation.departures import NOT_PREPARING
from services.preparation.obstacles import BEFORE_DEPARTURE
from services.preparation.permits import Opened, locked_file, note_permit, tidy

CHANGED = N_("Somebody else has changed this paper in the meantime. Look at it again, then save.")


def record_paper(
    *,
    candidacy_id: int,
    code: str,
    form: PaperForm,
    version: int,
    upload: tuple[str, bytes] | None = None,
    by: Officer,
) -> None:
    """Write down where a paper stands; `upload` is its picture or PDF, name and content."""
    check_can(by, Permission.PREPARATION_EDIT)
    checked = checked_file(name=upload[0], content=upload[1]) if upload else None
    with unit_of_work() as work:
        opened = locked_file(work.session, candidacy_id)
        row = _write_paper(work.session, opened, code, form, version, by)
        if checked is not None:
            row.file_sha256 = store_file(work.session, checked, by)
            row.file_name = checked.name
        work.session.flush()
        details = {code: form.state.value, "file": row.file_sha256}
        note_permit(work.session, opened, "permit_paper_recorded", details, by)
        work.commit()


def record_papers(
    *, candidacy_id: int, forms: Mapping[str, tuple[PaperForm, int]], by: Officer
) -> None:
    """Write down several papers that came together: by code, what is known and the version seen."""
    check_can(by, Permission.PREPARATION_EDIT)
    with unit_of_work() as work:
        opened = locked_file(work.session, candidacy_id)
        for code, (form, version) in forms.items():
            _write_paper(work.session, opened, code, form, version, by)
        work.session.flush()
        details = {code: form.state.value for code, (form, _version) in forms.items()}
        note_permit(work.session, opened, "permit_paper_recorded", details, by)
        work.commit()


def _write_paper(
    session: Session, opened: Opened, code: str, form: PaperForm, version: int, by: Officer
) -> PermitPaperRow:
    _check_paper(form)
    _check_still_open(opened)
    row = _paper_row(session, opened.file, code)
    if row.version != version:
        raise StaleVersion(CHANGED, yours=form, theirs=paper_form(row))
    row.state, row.number, row.note = form.state, tidy(form.number), tidy(form.note)
    row.issued_on, row.valid_until = form.issued_on, form.valid_until
    row.updated_at, row.updated_by = clock.now(), by.id
    return row


def paper_form(row: PermitPaperRow) -> PaperForm:
    """A paper as it is kept, to be changed."""
    return PaperForm(row.state, row.number, row.issued_on, row.valid_until, row.note)


def _check_paper(form: PaperForm) -> None:
    today = clock.today()
    if form.issued_on and form.issued_on > today:
        raise InvalidInput(N_("A paper can't be issued in the future."))
    if form.issued_on and form.valid_until and form.valid_until < form.issued_on:
        raise InvalidInput(N_("The paper ends before it was issued: check both dates."))
    if form.state is PermitPaperState.UNFIT and not tidy(form.note):
        raise InvalidInput(N_("Write down what is wrong with the paper, so that it can be mended."))


def _check_still_open(opened: Opened) -> None:
    if opened.traveller.candidacy.status not in BEFORE_DEPARTURE:
        raise Refused(NOT_PREPARING)
    if opened.file.status in (P.REFUSED, P.CANCELLED):
        raise Refused(N_("This file is closed: nothing in it changes any more."))


def _paper_row(session: Session, file: PermitFileRow, code: str) -> PermitPaperRow:
    rows = repository.papers_of(session, [file.id]).get(file.id, [])
    row = next((row for row in rows if row.code == code), None)
    if row is None:
        raise NotFound(N_("This paper is not on the checklist."))
    return row
