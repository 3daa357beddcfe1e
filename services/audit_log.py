"""Reading the audit log, which is an event of its own; proving that its chain is whole."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import IntegrityError

from db.queries import audit as queries
from db.session import reading, unit_of_work
from domain.enums import IncidentKind
from domain.exceptions import NotFound
from domain.records.audit import Actor, AuditDetail, AuditPage, AuditQuery
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import audit, clock
from services.audit import ChainReport, Happening
from services.audit_chain.anchoring import kept_anchors
from services.audit_chain.anchors import read_anchors
from services.exports import Export, ExportFormat, export_file
from services.incidents.opening import open_incident
from services.once_a_day import log_once_a_day
from services.permissions import Permission, can, check_can

MOST_EXPORTED = 50_000
OPEN_VALUES = frozenset(
    {
        "audit_event",
        "audit_log",
        "backup",
        "classification",
        "coder_version",
        "commission",
        "list",
        "officer",
        "parameter_version",
        "ranking_log",
        "season_plan",
    }
)
"""What an event about one of these changed is no personal data of the people whom we serve."""


def find_events(
    *, wanted: AuditQuery, before: int | None = None, limit: int = 100, by: Officer
) -> AuditPage:
    """Events of a search, newest first, those before an event; asking is logged once a day."""
    check_can(by, Permission.AUDIT_READ)
    begin, end = _moments(wanted)
    asked = {name: str(value) for name, value in asdict(wanted).items() if value}
    _log_reading("audit_log", wanted, asked, by)
    with reading() as session:
        return queries.list_events(session, wanted, begin, end, before=before, limit=limit)


def _moments(wanted: AuditQuery) -> tuple[datetime | None, datetime | None]:
    begin = clock.beginning(wanted.since) if wanted.since else None
    return begin, clock.beginning(wanted.until + timedelta(1)) if wanted.until else None


def get_event(*, seq: int, by: Officer) -> AuditDetail:
    """One event with its details; opening it is logged once a day.

    Values before and after are for who may read them; others see which fields changed.
    """
    check_can(by, Permission.AUDIT_READ)
    with reading() as session:
        found = queries.find_event(session, seq)
        if found is None:
            raise NotFound(N_("There is no event with this number."))
        event, details, name_ka, name_en = found
        entry = queries.entry_of(event, name_ka, name_en)
        values = details.details if details else None
        is_open = entry.subject is None and entry.entity in OPEN_VALUES
        may_see = is_open or can(by, Permission.AUDIT_VALUES_READ)
        made = AuditDetail(
            entry=entry,
            details=values if may_see else None,
            fields=() if may_see or values is None else tuple(values),
            are_erased=event.details_sha256 is not None and details is None,
            hash=event.hash,
            previous_hash=event.previous_hash,
        )
    _log_reading("audit_event", seq, {"event": seq}, by, made.entry.subject)
    return made


def _log_reading(
    entity: str,
    what: Hashable,
    details: Mapping[str, object],
    by: Officer,
    subject: str | None = None,
) -> None:
    happening = Happening("read", entity, details.get("event"), subject, dict(details))
    log_once_a_day((entity, what), happening, by=by)


def list_actors(*, by: Officer) -> tuple[Actor, ...]:
    """Officers whose events can be asked for, also disabled ones."""
    check_can(by, Permission.AUDIT_READ)
    with reading() as session:
        return queries.list_actors(session)


def export_events(
    *,
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    form: ExportFormat,
    by: Officer,
) -> Export:
    """The list of a search as a file; the export is an event too."""
    check_can(by, Permission.AUDIT_READ)
    with unit_of_work() as work:
        audit.record(
            work.session,
            action="exported",
            entity="audit_log",
            details={"rows": len(rows), "format": form.value},
            by=by,
        )
        work.commit()
    return export_file("audit-log", headings, rows, form)


def verify_audit(*, anchors: Path | None = None, by: Officer | None) -> ChainReport:
    """Walk the whole chain; `by` None is the system or the command line. That it was is logged.

    `anchors` is a file or a folder of anchors; None = those that this system wrote outside.
    """
    if by is not None:
        check_can(by, Permission.AUDIT_READ)
    place = anchors or kept_anchors()
    report = audit.verify_chain(anchors=read_anchors(place) if place else ())
    try:
        _note_verified(report, by)
    except IntegrityError:
        if report.problem is None:
            raise
        # A chain so broken that no event can follow: what was found is said all the same.
    return report


def _note_verified(report: ChainReport, by: Officer | None) -> None:
    with unit_of_work() as work:
        audit.record(
            work.session,
            action="verified",
            entity="audit_log",
            details={
                "events": report.events,
                "anchors": report.anchors,
                "broken": report.broken_seq,
            },
            by=by,
        )
        if report.problem:
            open_incident(
                work.session,
                kind=IncidentKind.DATA,
                key="audit-chain",
                sentence=Sentence(
                    N_("The audit chain is broken at event {seq}: {problem}."),
                    {"seq": report.broken_seq, "problem": Sentence(report.problem)},
                ),
                by=by,
            )
        work.commit()
