"""Making a version: drafted by one officer, checked, proposed; decided by another one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from db.models import ParameterVersionRow
from db.repositories import policy as repository
from db.session import reading, unit_of_work
from domain.enums import ParametersStatus
from domain.exceptions import FieldProblem, InvalidInput, Refused
from domain.records.officer import Officer
from domain.records.policy import DraftForm, ParametersVersion
from domain.texts import N_, Sentence
from domain.transitions import PARAMETERS, check_can_move
from matching.parameters import VALUE_NAMES, Document, find_problems, no_version
from services import audit, clock
from services.permissions import Permission, check_can
from services.policy.versions import (
    document_named,
    document_of,
    find_row,
    in_force_document,
    record_of,
)

ENTITY = "parameter_version"
TO_FILL_IN = "–"
PAST = N_("The first day lies in the past: choose today or a later day.")


def start_draft(
    *,
    base: str | None = None,
    weights: Mapping[str, Decimal] | None = None,
    by: Officer,
) -> ParametersVersion:
    """A draft with the values of the version in force, or of another one, for today.

    `weights` are shares by criterion that the draft begins with instead.
    """
    check_can(by, Permission.PARAMETERS_PROPOSE)
    with unit_of_work() as work:
        found = document_named(work.session, base) if base else in_force_document(work.session)
        values = {name: dict(entry) for name, entry in found["values"].items()}
        for criterion, share in (weights or {}).items():
            values[f"weight_{criterion}"]["value"] = str(share)
        today = clock.today()
        row = ParameterVersionRow(
            version=_free_name(work.session, f"{today:%Y-%m}"),
            valid_from=today,
            values=values,
            reason="",
            reference="",
            status=ParametersStatus.DRAFT,
            created_at=clock.now(),
            created_by=by.id,
        )
        work.session.add(row)
        work.session.flush()
        _note(work.session, row, "created", by, {"base": found["version"]})
        work.commit()
        return record_of(work.session, row)


def _free_name(session: Session, month: str) -> str:
    """Files are named by the month alone, so the names never meet."""
    taken = repository.names_beginning(session, f"{month}-")
    numbers = [int(found[1]) for name in taken if (found := re.search(r"-(\d+)$", name))]
    return f"{month}-{max(numbers, default=0) + 1}"


def save_draft(*, version: str, form: DraftForm, edition: int, by: Officer) -> ParametersVersion:
    """Keep what was entered, also where it is not right yet; a changed value takes the reasons."""
    check_can(by, Permission.PARAMETERS_PROPOSE)
    with unit_of_work() as work:
        row = _own_draft(work.session, version, by)
        if row.edition != edition:
            raise Refused(N_("This draft was changed in another window: open it again."))
        before = {name: entry["value"] for name, entry in row.values.items()}
        row.values = _values(in_force_document(work.session), form)
        row.valid_from = form.valid_from
        row.reason, row.reference = form.reason.strip(), form.reference.strip()
        if not row.version.startswith(month := f"{form.valid_from:%Y-%m}-"):
            row.version = _free_name(work.session, month[:-1])
        work.session.flush()
        changed = {
            name: [str(before[name]), str(entry["value"])]
            for name, entry in row.values.items()
            if Decimal(str(before[name])) != Decimal(str(entry["value"]))
        }
        _note(work.session, row, "saved", by, changed)
        work.commit()
        return record_of(work.session, row)


def _values(in_force: Document, form: DraftForm) -> dict[str, Any]:
    """Every value; whoever differs from the version in force has the new version's reason."""
    found = {}
    for name in VALUE_NAMES:
        entry = dict(in_force["values"][name])
        if Decimal(str(entry["value"])) != form.values[name]:
            entry["value"] = str(form.values[name])
            entry["reason"] = form.reason.strip() or TO_FILL_IN
            entry["reference"] = form.reference.strip() or TO_FILL_IN
        found[name] = entry
    return found


def find_draft_problems(form: DraftForm) -> tuple[FieldProblem, ...]:
    """Everything that stands between what is entered and a proposal."""
    with reading() as session:
        values = _values(in_force_document(session), form)
    head = {"reason": form.reason, "reference": form.reference, "valid_from": form.valid_from}
    return _problems({"version": TO_FILL_IN, **head, "values": values})


def _problems(document: Document) -> tuple[FieldProblem, ...]:
    found = [
        FieldProblem(str(problem.sentence.values["key"].code), problem.sentence)  # type: ignore[attr-defined]
        for problem in find_problems(document)
    ]
    if document["valid_from"] < clock.today():
        found.append(FieldProblem("valid_from", Sentence(PAST)))
    return tuple(found)


def propose_version(*, version: str, by: Officer) -> ParametersVersion:
    """Hand a draft over for a decision; InvalidInput names everything that is not right yet."""
    check_can(by, Permission.PARAMETERS_PROPOSE)
    with unit_of_work() as work:
        row = _own_draft(work.session, version, by)
        problems = _problems(document_of(row))
        if problems:
            raise InvalidInput(N_("This can't be proposed yet:"), problems)
        row.status = _moved(row, ParametersStatus.PROPOSED)
        row.proposed_at, row.proposed_by = clock.now(), by.id
        work.session.flush()
        _note(work.session, row, "proposed", by, {"valid_from": row.valid_from})
        work.commit()
        return record_of(work.session, row)


def take_back(*, version: str, by: Officer) -> ParametersVersion:
    """Make an undecided proposal a draft again, so that its author can change it."""
    check_can(by, Permission.PARAMETERS_PROPOSE)
    with unit_of_work() as work:
        row = _own(work.session, version, by)
        row.status = _moved(row, ParametersStatus.DRAFT)
        row.proposed_at = row.proposed_by = None
        work.session.flush()
        _note(work.session, row, "taken_back", by)
        work.commit()
        return record_of(work.session, row)


def discard_draft(*, version: str, by: Officer) -> None:
    """Throw a draft away."""
    check_can(by, Permission.PARAMETERS_PROPOSE)
    with unit_of_work() as work:
        row = _own_draft(work.session, version, by)
        work.session.delete(row)
        work.session.flush()
        _note(work.session, row, "discarded", by)
        work.commit()


def _own_draft(session: Session, version: str, by: Officer) -> ParameterVersionRow:
    row = _own(session, version, by)
    if row.status is not ParametersStatus.DRAFT:
        raise Refused(N_("Only a draft can be changed: start a new one from this version."))
    return row


def _own(session: Session, version: str, by: Officer) -> ParameterVersionRow:
    row = find_row(session, version, lock=True)
    if row.created_by != by.id:
        if row.status is ParametersStatus.DRAFT:
            raise no_version(version)
        raise Refused(N_("Only its author can do that: start a draft of your own from it."))
    return row


def _moved(row: ParameterVersionRow, after: ParametersStatus) -> ParametersStatus:
    check_can_move(PARAMETERS, row.status, after)
    return after


def _note(
    session: Session,
    row: ParameterVersionRow,
    action: str,
    by: Officer,
    details: Mapping[str, Any] | None = None,
) -> None:
    audit.record(
        session, action=action, entity=ENTITY, entity_id=row.version, details=details, by=by
    )
