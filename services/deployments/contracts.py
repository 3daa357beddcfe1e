"""The contract and the contacts of a stay, saved by an officer; two of them never overwrite."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal

from sqlalchemy.orm import Session

from db.models import DeploymentRow, JobseekerRow
from db.queries.deployments import Placed, find_placed
from db.repositories.deployments import find_by_number, find_of_candidacy
from db.session import unit_of_work
from domain.enums import DeploymentStatus, InsurancePayer
from domain.exceptions import FieldProblem, InvalidInput, NotFound, Refused, StaleVersion
from domain.records.deployments import ContactForm, ContractCheck, ContractForm, DayCounter
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import audit, clock
from services.deployments.checks import contract_checks, counter_checks
from services.deployments.days import Planned, day_counters, days_of, stays_abroad
from services.permissions import Permission, check_can

D = DeploymentStatus
CLOSED = (D.RETURNED, D.CANCELLED)
AMOUNTS = (
    "pay_amount",
    "deduction_housing",
    "deduction_food",
    "deduction_transport",
    "deduction_other",
    "worker_fee",
)
MOST_HOURS = 7 * 24
LONGEST = 300
"""Letters of a line of text."""


def contract_of(row: DeploymentRow) -> ContractForm:
    """The contract as it is stored."""
    values = {f.name: getattr(row, f.name) for f in fields(ContractForm)}
    if row.insurance_payer is not None:
        values["insurance_payer"] = InsurancePayer(row.insurance_payer)
    return ContractForm(**values)


def contacts_of(row: DeploymentRow) -> ContactForm:
    """Workplace, housing and telephone numbers as they are stored."""
    return ContactForm(**{f.name: getattr(row, f.name) for f in fields(ContactForm)})


def counters_of(session: Session, placed: Placed) -> tuple[DayCounter, ...]:
    """The person's days abroad by each rule, this stay counted."""
    row = placed.row
    stays = stays_abroad(session, [row.jobseeker_id]).get(row.jobseeker_id, [])
    planned = Planned(row.country, placed.vacancy.scheme_code, days_of(row), row.number)
    return day_counters(stays, planned)


def contract_obstacles(session: Session, candidacy_id: int) -> tuple[Sentence, ...]:
    """What of contract and days abroad holds a departure back; empty when nothing does."""
    row = find_of_candidacy(session, candidacy_id)
    placed = find_placed(session, row.number) if row is not None else None
    if placed is None:
        return (Sentence(N_("There is no stay abroad yet: the candidate has not confirmed.")),)
    return tuple(one.sentence for one in checks_of(session, placed) if one.holds_back)


def checks_of(session: Session, placed: Placed) -> tuple[ContractCheck, ...]:
    """All checks of the contract and of the days abroad as they stand."""
    form, row = contract_of(placed.row), placed.row
    found = contract_checks(form, row.country, placed.vacancy.scheme_code)
    return (*found, *counter_checks(counters_of(session, placed)))


def check_can_save(status: DeploymentStatus, by: Officer) -> None:
    """Raise unless contract and contacts may be changed by this officer now."""
    check_can(by, Permission.DEPLOYMENTS_EDIT)
    if status is D.RETURNED:
        raise Refused(N_("The person is back: the contract stays as it was."))
    if status is D.CANCELLED:
        raise Refused(N_("The person will not depart: there is nothing to change."))


def save_contract(*, number: str, form: ContractForm, version: int, by: Officer) -> None:
    """Save the contract; InvalidInput where it is unlawful, StaleVersion if somebody saved first.

    What only holds a departure back may be saved: it is shown as still missing.
    """
    check_can(by, Permission.DEPLOYMENTS_EDIT)
    with unit_of_work() as work:
        row = get_locked(work.session, number)
        check_can_save(row.status, by)
        check_version(row, version, yours=form, theirs=contract_of(row))
        placed = find_placed(work.session, number)
        assert placed is not None
        _check_contract(form, row.country, placed.vacancy.scheme_code)
        _save(work.session, row, "saved_contract", _changes(row, form), by)
        work.commit()


def save_contacts(*, number: str, form: ContactForm, version: int, by: Officer) -> None:
    """Save workplace, housing and telephone numbers; StaleVersion if somebody saved first."""
    check_can(by, Permission.DEPLOYMENTS_EDIT)
    tidy = ContactForm(**{f.name: _line(getattr(form, f.name)) for f in fields(ContactForm)})
    with unit_of_work() as work:
        row = get_locked(work.session, number)
        check_can_save(row.status, by)
        check_version(row, version, yours=tidy, theirs=contacts_of(row))
        _save(work.session, row, "saved_contacts", _changes(row, tidy), by)
        work.commit()


def get_locked(session: Session, number: str) -> DeploymentRow:
    """The stay, held until the commit; NotFound where there is none."""
    row = find_by_number(session, number, lock=True)
    if row is None:
        raise NotFound(N_("There is no stay abroad with the number {number}."), number=number)
    return row


def check_version(row: DeploymentRow, version: int, *, yours: object, theirs: object) -> None:
    """StaleVersion unless this is the version that the officer had on the screen."""
    if row.version != version:
        raise StaleVersion(
            N_("Somebody else saved this stay before you. Nothing was overwritten: compare."),
            yours=yours,
            theirs=theirs,
        )


def _check_contract(form: ContractForm, country: str, scheme: str | None) -> None:
    problems = []
    for name in AMOUNTS:
        amount: Decimal | None = getattr(form, name)
        if amount is not None and (amount < 0 or amount >= Decimal(10) ** 9):
            problems.append(FieldProblem(name, Sentence(N_("An amount of 0 or more."))))
    hours = form.guaranteed_hours_week
    if hours is not None and not 0 < hours <= MOST_HOURS:
        text = Sentence(N_("Between 1 and {most} hours a week."), {"most": MOST_HOURS})
        problems.append(FieldProblem("guaranteed_hours_week", text))
    if form.contract_signed_on is not None and form.contract_signed_on > clock.today():
        text = Sentence(N_("The day can't be in the future."))
        problems.append(FieldProblem("contract_signed_on", text))
    if _is_before(form.planned_return_on, form.planned_departure_on):
        text = Sentence(N_("The return can't be before the departure."))
        problems.append(FieldProblem("planned_return_on", text))
    if problems:
        raise InvalidInput(N_("Some fields need another look: see beside them."), tuple(problems))
    unlawful = [one for one in contract_checks(form, country, scheme) if one.is_unlawful]
    if unlawful:
        raise InvalidInput(
            N_("This contract can't be saved: {why}"),
            tuple(FieldProblem("", one.sentence) for one in unlawful[1:]),
            why=unlawful[0].sentence,
        )


def _is_before(later: object, earlier: object) -> bool:
    return later is not None and earlier is not None and later < earlier  # type: ignore[operator]


def _line(text: str | None) -> str | None:
    return " ".join((text or "").split())[:LONGEST] or None


def _changes(row: DeploymentRow, form: ContractForm | ContactForm) -> dict[str, list[object]]:
    found = {}
    for field in fields(form):
        before, after = getattr(row, field.name), getattr(form, field.name)
        after = _line(after) if type(after) is str else after
        if before != after:
            found[field.name] = [before, after]
    return found


def _save(
    session: Session,
    row: DeploymentRow,
    action: str,
    changed: Mapping[str, list[object]],
    by: Officer,
) -> None:
    if not changed:
        return
    for name, (_, after) in changed.items():
        setattr(row, name, after)
    row.updated_at, row.updated_by = clock.now(), by.id
    session.flush()
    audit.record(
        session,
        action=action,
        entity="deployment",
        entity_id=row.number,
        subject=session.get_one(JobseekerRow, row.jobseeker_id).external_id,
        details=changed,
        by=by,
    )
