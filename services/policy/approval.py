"""Deciding on a proposed version: by a manager who did not make it and has seen the preview."""

from __future__ import annotations

from db.session import unit_of_work
from domain.enums import ParametersStatus, VersionStanding
from domain.exceptions import InvalidInput, Refused
from domain.records.officer import Officer
from domain.records.policy import ParametersVersion
from domain.texts import N_
from domain.transitions import PARAMETERS, check_can_move
from matching.parameters import parse
from services import audit, clock
from services.permissions import Permission, check_can
from services.policy.preview import find_preview
from services.policy.versions import document_of, find_row, record_of


def check_can_decide(version: ParametersVersion, by: Officer) -> None:
    """Raise unless this officer may say yes or no to this version now."""
    check_can(by, Permission.PARAMETERS_APPROVE)
    if version.standing is not VersionStanding.PROPOSED:
        raise Refused(N_("Only a proposed version is decided on."))
    makers = {step.by.id for step in (version.created, version.proposed) if step and step.by}
    if by.id in makers:
        raise Refused(N_("Whoever made a version can't decide on it: another manager has to."))


def check_can_approve(version: ParametersVersion, by: Officer) -> None:
    """Raise unless this officer may put this version into force now."""
    check_can_decide(version, by)
    if version.valid_from < clock.today():
        raise Refused(
            N_("Its first day has passed: the author has to take it back and choose a later one.")
        )
    preview = find_preview(version)
    if preview is None or by.id not in preview.seen_by:
        raise Refused(N_("Look at the preview first: whom this version moves on open shortlists."))


def approve_version(*, version: str, note: str = "", by: Officer) -> ParametersVersion:
    """Let a proposed version count from its first day on; it is never changed again."""
    return _decide(version, ParametersStatus.APPROVED, note, by)


def reject_version(*, version: str, note: str, by: Officer) -> ParametersVersion:
    """Refuse a proposed version, with the reason."""
    check_can(by, Permission.PARAMETERS_APPROVE)
    if not note.strip():
        raise InvalidInput(N_("Write why it is not approved: its author reads it."))
    return _decide(version, ParametersStatus.REJECTED, note, by)


def _decide(version: str, status: ParametersStatus, note: str, by: Officer) -> ParametersVersion:
    check_can(by, Permission.PARAMETERS_APPROVE)
    with unit_of_work() as work:
        row = find_row(work.session, version, lock=True)
        known = record_of(work.session, row)
        is_approval = status is ParametersStatus.APPROVED
        (check_can_approve if is_approval else check_can_decide)(known, by)
        parse(document_of(row))
        check_can_move(PARAMETERS, row.status, status)
        preview = find_preview(known)
        row.preview = preview.content.counts() if preview else None
        row.status, row.note = status, note.strip() or None
        row.decided_at, row.decided_by = clock.now(), by.id
        work.session.flush()
        audit.record(
            work.session,
            action="approved" if is_approval else "refused",
            entity="parameter_version",
            entity_id=row.version,
            details={"valid_from": row.valid_from, "preview": row.preview, "note": row.note},
            by=by,
        )
        work.commit()
        return record_of(work.session, row)
