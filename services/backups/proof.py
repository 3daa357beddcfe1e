"""What makes a backup good beyond its own words, and what a restoration leaves behind."""

from __future__ import annotations

from sqlalchemy import Engine, true, update

from db.models import AccountTokenRow
from db.session import unit_of_work
from domain.enums import IncidentKind
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from services import audit, clock
from services.audit_chain.anchoring import anchor_audit
from services.audit_chain.verifying import verify_chain
from services.incidents.opening import open_incident
from services.officers.sign_in import revoke
from services.permissions import Permission, check_can


def chain_is_whole(fresh: Engine) -> None:
    """Refuse a backup whose audit chain is broken."""
    report = verify_chain(fresh)
    if report.problem:
        raise Refused(
            N_("The audit chain in the backup is broken at event {seq}: {problem}."),
            seq=report.broken_seq,
            problem=Sentence(report.problem),
        )


def note_restored(*, made_at: str, audit_seq: int, by: Officer | None) -> None:
    """Write down that the database has come from a backup; `by` None is the terminal.

    What was done after the backup is gone: that is an incident, and earlier anchors of it are void.
    Browsers and invitations that were ended meanwhile would open again: everybody signs in anew.
    """
    if by is not None:
        check_can(by, Permission.BACKUPS_MANAGE)
    with unit_of_work() as work:
        revoke(work.session, true())
        work.session.execute(
            update(AccountTokenRow)
            .where(AccountTokenRow.used_at.is_(None))
            .values(used_at=clock.now())
        )
        audit.record(
            work.session,
            action="restored",
            entity="backup",
            details={"made_at": made_at, "audit_seq": audit_seq},
            by=by,
        )
        open_incident(
            work.session,
            kind=IncidentKind.AVAILABILITY,
            key=f"restored:{made_at}",
            sentence=Sentence(
                N_("The database was restored from the backup of {made_at}: later work is lost."),
                {"made_at": made_at},
            ),
            by=by,
        )
        work.commit()
    anchor_audit(restored_to=audit_seq, by=by)
