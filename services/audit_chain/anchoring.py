"""Taking the end of the audit chain out of the database, on demand and hourly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import AuditAnchorRow, AuditEventRow, AuditHeadRow
from db.session import reading, settings, unit_of_work
from domain.records.backups import AnchorRecord
from domain.records.officer import Officer
from services import audit, clock
from services.audit_chain.anchors import FILE, Anchor, append
from services.audit_chain.hashing import GENESIS, STREAM
from services.dated_rules import limits_in_force
from services.permissions import Permission, check_can

SHOWN = 20


@dataclass(frozen=True)
class AuditLimits:
    """How often the chain is anchored and walked through."""

    anchor_minutes: int
    verify_hours: int


def anchor_folder() -> Path | None:
    """Where anchors go, if a directory is configured."""
    configured = settings().audit_anchor_dir
    return Path(configured) if configured else None


def anchor_of_head() -> Anchor:
    """The end of the chain at this moment."""
    with reading() as session:
        return _anchor(session)


def _anchor(session: Session, restored_to: int | None = None) -> Anchor:
    head = session.get(AuditHeadRow, STREAM)
    seq, own_hash = (head.seq, head.hash) if head else (0, GENESIS)
    return Anchor(seq, own_hash, clock.now().isoformat(), restored_to)


def anchor_audit(*, restored_to: int | None = None, by: Officer | None) -> AnchorRecord:
    """Write the end of the chain into the file outside; `by` None: the system or the terminal.

    `restored_to` is the last event of a backup that was restored: what followed it is gone.
    """
    if by is not None:
        check_can(by, Permission.AUDIT_READ)
    with unit_of_work() as work:
        anchor = _anchor(work.session, restored_to)
        row = AuditAnchorRow(
            seq=anchor.seq,
            hash=anchor.hash,
            made_at=clock.now(),
            made_by=by.id if by else None,
            is_written=_is_written(anchor),
        )
        work.session.add(row)
        audit.record(
            work.session,
            action="anchored",
            entity="audit_log",
            entity_id=anchor.seq,
            details={"hash": anchor.hash, "written": row.is_written},
            by=by,
        )
        work.commit()
        return _record(row)


def _is_written(anchor: Anchor) -> bool:
    folder = anchor_folder()
    if folder is None:
        return False
    try:
        append(folder, anchor)
    except OSError:
        return False  # shown beside the anchor; the next one is tried in an hour
    return True


def anchor_when_due() -> int:
    """An anchor each hour in which something happened, where a directory is set: due work."""
    if anchor_folder() is None:
        return 0
    limits = limits_in_force(AuditLimits, "audit", clock.today())
    with reading() as session:
        head = session.get(AuditHeadRow, STREAM)
        last = session.scalars(
            select(AuditAnchorRow).order_by(AuditAnchorRow.made_at.desc()).limit(1)
        ).first()
        if head is None or head.seq == 0:
            return 0
        if last is not None:
            soon = last.made_at + timedelta(minutes=limits.anchor_minutes)
            # One event more is the anchor's own.
            if clock.now() < soon or head.seq <= last.seq + 1:
                return 0
    anchor_audit(by=None)
    return 1


def verify_when_due() -> int:
    """A walk through the whole chain each day, held against the anchors: due work."""
    from services.audit_log import verify_audit

    hours = limits_in_force(AuditLimits, "audit", clock.today()).verify_hours
    event = AuditEventRow
    with reading() as session:
        last = session.scalar(
            select(event.happened_at)
            .where(event.action == "verified", event.entity == "audit_log")
            .order_by(event.seq.desc())
            .limit(1)
        )
        if session.get(AuditHeadRow, STREAM) is None:
            return 0
    if last is not None and clock.now() < last + timedelta(hours=hours):
        return 0
    verify_audit(by=None)
    return 1


def list_anchors(*, by: Officer) -> tuple[AnchorRecord, ...]:
    """The newest anchors."""
    check_can(by, Permission.AUDIT_READ)
    with reading() as session:
        query = select(AuditAnchorRow).order_by(AuditAnchorRow.made_at.desc()).limit(SHOWN)
        return tuple(_record(row) for row in session.scalars(query))


def _record(row: AuditAnchorRow) -> AnchorRecord:
    return AnchorRecord(row.seq, row.hash, row.made_at, row.is_written)


def kept_anchors() -> Path | None:
    """The file of anchors, if there is one yet."""
    folder = anchor_folder()
    return folder / FILE if folder and (folder / FILE).exists() else None


def lines_of(anchors: Sequence[AnchorRecord]) -> str:
    """The anchors as a file that `verify-audit --anchors` reads, the oldest first."""
    lines = [Anchor(one.seq, one.hash, one.made_at.isoformat()).line() for one in anchors]
    return "\n".join(reversed(lines)) + "\n"
