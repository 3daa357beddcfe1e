"""Letters as records for screens, with why each act is or is not open to the reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    CommissionSessionRow,
    DeadlineExtensionRow,
    LetterDepartmentRow,
    LetterEventRow,
    LetterFileRow,
    LetterRow,
    OfficerRow,
    OfficialDocumentRow,
    VacancyRow,
)
from db.repositories import correspondence as repository
from domain.enums import OfficialDocumentStatus
from domain.records.correspondence import (
    DivisionShare,
    Extension,
    LetterEvent,
    LetterFile,
    LetterForm,
    LetterRecord,
    LetterSummary,
    Named,
    Reader,
    Resolution,
)
from domain.texts import Sentence
from services import clock
from services.correspondence import checks
from services.correspondence.chains import Chain, Order, ids_of
from services.correspondence.desks import Desk, divisions, named
from services.correspondence.todo import next_step
from services.correspondence.working_days import working_days_between
from services.refusals import refusal


@dataclass(frozen=True)
class Names:
    """Names of everybody and every division that a view mentions."""

    officers: Mapping[int, Named]
    departments: Mapping[str, Named]

    def officer(self, officer_id: int | None) -> Named | None:
        """The officer's name; None where nobody is meant."""
        return self.officers.get(officer_id) if officer_id is not None else None

    def department(self, code: str | None) -> Named | None:
        """The division's name; None where none is meant."""
        return self.departments.get(code) if code is not None else None


def names_of(session: Session, chains: Iterable[Chain], more: Iterable[int] = ()) -> Names:
    """The names that the chains need."""
    ids = ids_of(chains) | set(more)
    officers = session.scalars(select(OfficerRow).where(OfficerRow.id.in_(ids)))
    return Names(
        {row.id: named(row) for row in officers},
        {one.code: Named(one.code, one.name_ka, one.name_en) for one in divisions(session)},
    )


def summary(chain: Chain, desk: Desk, names: Names, today: date) -> LetterSummary:
    """One line of the register."""
    row = chain.row
    return LetterSummary(
        id=row.id,
        number=row.number,
        direction=row.direction,
        kind=row.kind,
        subject=row.subject,
        other_side=" · ".join(filter(None, (row.organisation, row.person))),
        dated_on=row.dated_on,
        due_on=chain.next_due(),
        status=row.status,
        state=chain.state(today),
        departments=tuple(
            names.departments[code] for code in chain.departments if code in names.departments
        ),
        specialists=tuple(names.officers[one] for one in chain.holders() if one in names.officers),
        waits=next_step(chain, desk),
    )


def record(session: Session, chain: Chain, desk: Desk) -> LetterRecord:
    """The whole letter."""
    row, today = chain.row, clock.today()
    events = repository.list_events(session, row.id)
    files = repository.list_files(session, row.id)
    concerned = {one for event in events for one in (event.officer_id, event.happened_by) if one}
    names = names_of(session, [chain], concerned | {one.attached_by or 0 for one, _ in files})
    document = session.get(OfficialDocumentRow, row.document_id) if row.document_id else None
    status = document.status if document else None
    reader = chain.reader(desk.officer.id)
    return LetterRecord(
        summary=summary(chain, desk, names, today),
        form=form_of(session, row),
        version=row.version,
        registered_at=row.registered_at,
        registered_by=names.officer(row.registered_by),
        created_by=names.officer(row.created_by),
        void_reason=row.void_reason,
        reply_to=_number(session, row.reply_to_id),
        replies=_replies(session, row.id),
        document_id=row.document_id,
        document_status=status,
        files=tuple(_file(one, size, names) for one, size in files),
        shares=_shares(chain, desk, names),
        resolutions=tuple(resolution(order, desk, names, today) for order in chain.orders),
        readers=_readers(chain, names),
        events=tuple(_event(event, names) for event in events),
        must_confirm=bool(reader and reader.asked_at and not reader.acquainted_at),
        refusals=_refusals(
            chain, desk, status, len(files), repository.count_scans(session, row.id)
        ),
    )


def form_of(session: Session, row: LetterRow) -> LetterForm:
    """What was entered."""
    vacancy = session.get(VacancyRow, row.vacancy_id) if row.vacancy_id else None
    sitting = session.get(CommissionSessionRow, row.session_id) if row.session_id else None
    return LetterForm(
        direction=row.direction,
        kind=row.kind,
        subject=row.subject,
        text=row.text,
        organisation=row.organisation,
        person=row.person,
        their_number=row.their_number,
        their_date=row.their_date,
        channel=row.channel,
        dated_on=row.dated_on,
        due_on=row.due_on,
        vacancy=vacancy.number if vacancy else None,
        session=sitting.number if sitting else None,
        candidacy_id=row.candidacy_id,
        reply_to_id=row.reply_to_id,
    )


def _number(session: Session, letter_id: int | None) -> str | None:
    found = repository.get_letter(session, letter_id) if letter_id else None
    return found.number if found else None


def _replies(session: Session, letter_id: int) -> tuple[tuple[int, str | None], ...]:
    query = select(LetterRow.id, LetterRow.number).where(LetterRow.reply_to_id == letter_id)
    return tuple((one, number) for one, number in session.execute(query.order_by(LetterRow.id)))


def _file(row: LetterFileRow, size: int, names: Names) -> LetterFile:
    return LetterFile(row.id, row.name, size, row.attached_at, names.officer(row.attached_by))


def _shares(chain: Chain, desk: Desk, names: Names) -> tuple[DivisionShare, ...]:
    return tuple(
        DivisionShare(
            names.departments[share.department_code],
            share.distributed_at,
            tuple(
                names.officers[one]
                for one in chain.holders(share.department_code)
                if one in names.officers
            ),
            {
                "assign": _share_refusal(checks.check_assign, chain, share, desk),
                "return": _share_refusal(checks.check_return, chain, share, desk),
            },
        )
        for share in chain.shares
        if share.ended_at is None and share.department_code in names.departments
    )


def _share_refusal(
    check: Callable[[Chain, str, Desk], None], chain: Chain, share: LetterDepartmentRow, desk: Desk
) -> Sentence | None:
    return refusal(lambda: check(chain, share.department_code, desk))


def resolution(order: Order, desk: Desk, names: Names, today: date) -> Resolution:
    """One resolution with its traffic light."""
    row = order.row
    acts: Mapping[str, Callable[[Order, Desk], None]] = {
        "report": checks.check_report,
        "extend": checks.check_extend,
        "answer": checks.check_answer,
        "accept": checks.check_accept,
        "cancel": checks.check_cancel,
    }
    return Resolution(
        id=row.id,
        text=row.text,
        due_on=row.due_on,
        is_controlled=row.is_controlled,
        status=row.status,
        state=order.state(today),
        working_days_left=working_days_between(today, row.due_on),
        resolved_by=names.officer(row.resolved_by),
        resolved_at=row.resolved_at,
        responsible=names.officers[order.responsible_id],
        co_executors=tuple(
            names.officers[one.officer_id] for one in order.executors if not one.is_responsible
        ),
        report=row.report,
        reported_at=row.reported_at,
        remark=row.remark,
        extensions=tuple(_extension(one, names) for one in order.extensions),
        refusals={name: _refusal_of(check, order, desk) for name, check in acts.items()},
    )


def _refusal_of(check: Callable[[Order, Desk], None], order: Order, desk: Desk) -> Sentence | None:
    return refusal(lambda: check(order, desk))


def _extension(row: DeadlineExtensionRow, names: Names) -> Extension:
    return Extension(
        row.id,
        row.before_on,
        row.wanted_on,
        row.reason,
        row.status,
        row.answer,
        row.asked_at,
        names.officer(row.asked_by),
        names.officer(row.answered_by),
    )


def _readers(chain: Chain, names: Names) -> tuple[Reader, ...]:
    return tuple(
        Reader(
            names.officers[one.officer_id],
            one.first_opened_at,
            one.last_opened_at,
            one.asked_at,
            one.acquainted_at,
        )
        for one in chain.readers
        if one.officer_id in names.officers
    )


def _event(row: LetterEventRow, names: Names) -> LetterEvent:
    return LetterEvent(
        row.step,
        row.happened_at,
        names.officer(row.happened_by),
        names.department(row.department_code),
        names.officer(row.officer_id),
        row.due_on,
        row.note,
    )


def _refusals(
    chain: Chain, desk: Desk, document: OfficialDocumentStatus | None, files: int, scans: int
) -> dict[str, Sentence | None]:
    return {
        "edit": refusal(lambda: checks.check_edit(chain, desk)),
        "register": refusal(lambda: checks.check_register(chain, desk, document, scans)),
        "endorse": refusal(lambda: checks.check_endorse(chain, desk, document, files)),
        "attach": refusal(lambda: checks.check_attach(chain, desk)),
        "distribute": refusal(lambda: checks.check_distribute(chain, desk)),
        "resolve": refusal(lambda: checks.check_resolve(chain, desk)),
        "circulate": refusal(lambda: checks.check_circulate(chain, desk)),
        "close": refusal(lambda: checks.check_close(chain, desk)),
        "void": refusal(lambda: checks.check_void(chain, desk)),
    }
