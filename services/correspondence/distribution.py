"""Two levels: the manager gives a letter to divisions, their heads give it to specialists."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from db.models import LetterDepartmentRow, LetterSpecialistRow
from db.repositories import correspondence as repository
from db.session import reading
from domain.enums import ExecutionState, LetterStatus, LetterStep
from domain.exceptions import InvalidInput
from domain.records.correspondence import Division, LetterRecord, Workload
from domain.records.officer import Officer
from domain.texts import N_
from services import clock
from services.correspondence import checks
from services.correspondence.chains import note
from services.correspondence.desks import divisions
from services.correspondence.terms import state_of
from services.correspondence.work import Work, finish, letter_work, said
from services.permissions import Permission, check_can


def list_divisions(*, by: Officer) -> tuple[Division, ...]:
    """All divisions with head and members."""
    check_can(by, Permission.LETTERS_READ)
    with reading() as session:
        return divisions(session)


def list_workloads(*, by: Officer) -> tuple[Workload, ...]:
    """What every specialist has in hand, who has least first."""
    check_can(by, Permission.LETTERS_READ)
    today = clock.today()
    with reading() as session:
        letters = repository.count_open(session)
        deadlines = repository.list_open_deadlines(session)
        known = divisions(session)
    states: dict[int, list[ExecutionState]] = {}
    for officer_id, due_on in deadlines:
        states.setdefault(officer_id, []).append(state_of(due_on, today))
    members = {member.id: member for one in known for member in one.members}
    loads = [
        Workload(
            member,
            tuple(one.code for one in known if member in one.members),
            letters.get(int(member.id), 0),
            states.get(int(member.id), []).count(ExecutionState.DUE),
            states.get(int(member.id), []).count(ExecutionState.OVERDUE),
        )
        for member in members.values()
    ]
    return tuple(sorted(loads, key=lambda one: (one.letters, one.overdue, one.officer.id)))


def distribute_letter(
    *, letter_id: int, departments: Sequence[str], remark: str | None = None, by: Officer
) -> LetterRecord:
    """Give a letter to further divisions; those that have it keep it."""
    with letter_work(letter_id, by) as work:
        checks.check_distribute(work.chain, work.desk)
        known = {one.code for one in divisions(work.session)}
        new = [code for code in dict.fromkeys(departments) if code not in work.chain.departments]
        if not new or not set(new) <= known:
            raise InvalidInput(N_("Choose a division that does not have the letter yet."))
        for code in new:
            share = LetterDepartmentRow(
                letter_id=letter_id,
                department_code=code,
                distributed_at=clock.now(),
                distributed_by=by.id,
            )
            work.session.add(share)
            work.chain.shares.append(share)
            words = (remark or "").strip() or None
            note(work.session, work.chain, LetterStep.DISTRIBUTED, by, department=code, text=words)
        if work.chain.row.status in (LetterStatus.REGISTERED, LetterStatus.RETURNED):
            work.move(LetterStatus.DISTRIBUTED)
        return finish(work, action="distributed", details={"departments": new}, by=by)


def return_letter(*, letter_id: int, department: str, reason: str, by: Officer) -> LetterRecord:
    """Give a letter back that is not for this division; without any other it waits again."""
    check_can(by, Permission.LETTERS_READ)
    why = said(reason)
    with letter_work(letter_id, by) as work:
        checks.check_return(work.chain, department, work.desk)
        _end_specialists(work, department, work.chain.holders(department))
        for share in work.chain.shares:
            if share.department_code == department and share.ended_at is None:
                share.ended_at, share.ended_by = clock.now(), by.id
        if not work.chain.departments:
            work.move(LetterStatus.RETURNED)
        note(work.session, work.chain, LetterStep.RETURNED, by, department=department, text=why)
        return finish(work, action="returned", details={"department": department}, by=by)


def assign_letter(
    *,
    letter_id: int,
    department: str,
    officer_ids: Collection[int],
    reason: str | None = None,
    by: Officer,
) -> LetterRecord:
    """Say which specialists of a division have the letter; taking it from one needs a reason."""
    with letter_work(letter_id, by) as work:
        checks.check_assign(work.chain, department, work.desk)
        division = next(one for one in divisions(work.session) if one.code == department)
        if not officer_ids or not set(officer_ids) <= {member.id for member in division.members}:
            raise InvalidInput(N_("Choose specialists of the division."))
        before = work.chain.holders(department)
        gone = [one for one in before if one not in officer_ids]
        why = said(reason) if gone else None
        _check_free(work, gone)
        _end_specialists(work, department, gone, why)
        added = [one for one in officer_ids if one not in before]
        give_to(work, department, added)
        if work.chain.row.status is LetterStatus.DISTRIBUTED:
            work.move(LetterStatus.IN_PROGRESS)
        return finish(
            work,
            action="assigned",
            details={"department": department, "to": added, "from": gone},
            by=by,
        )


def give_to(work: Work, department: str, officer_ids: Collection[int]) -> None:
    """Further specialists of the division have the letter from now on."""
    for officer_id in officer_ids:
        row = LetterSpecialistRow(
            letter_id=work.chain.row.id,
            department_code=department,
            officer_id=officer_id,
            assigned_at=clock.now(),
            assigned_by=work.desk.officer.id,
        )
        work.session.add(row)
        work.chain.specialists.append(row)
        by = work.desk.officer
        step = LetterStep.ASSIGNED
        note(work.session, work.chain, step, by, department=department, officer_id=officer_id)


def _check_free(work: Work, gone: Collection[int]) -> None:
    for order in work.chain.orders:
        if order.is_pending and order.responsible_id in gone:
            raise InvalidInput(
                N_("Who is responsible for a resolution keeps the letter: cancel that one first.")
            )


def _end_specialists(
    work: Work, department: str, gone: Collection[int], why: str | None = None
) -> None:
    by = work.desk.officer
    for one in work.chain.specialists:
        here = one.department_code == department and one.ended_at is None
        if here and one.officer_id in gone:
            one.ended_at, one.ended_by = clock.now(), by.id
            note(
                work.session,
                work.chain,
                LetterStep.REASSIGNED,
                by,
                department=department,
                officer_id=one.officer_id,
                text=why,
            )
