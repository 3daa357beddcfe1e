"""Which version of the ranking rules counts on a day: the one place that knows.

Built-in versions are files, others were made and approved on screen. The last one that has begun
counts; of two that begin on one day, the one that was approved last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from db.models import OfficerRow, ParameterVersionRow
from db.repositories import policy as repository
from db.session import reading
from domain.enums import ParametersStatus, VersionStanding
from domain.records.officer import Officer
from domain.records.policy import ParametersVersion, ParameterValue, Policy, Step
from matching import parameters as built_in
from matching.parameters import Document, Parameters, last_begun, no_version
from services import clock
from services.officers.sign_in import officer_record
from services.permissions import Permission, check_can

STANDING_OF = {
    ParametersStatus.DRAFT: VersionStanding.DRAFT,
    ParametersStatus.PROPOSED: VersionStanding.PROPOSED,
    ParametersStatus.REJECTED: VersionStanding.REJECTED,
}


def parameters_at(day: date) -> Parameters:
    """The version in force on a day, built in or approved."""
    with reading() as session:
        return last_begun(_counting(session), day)


def parameters_of(version: str) -> Parameters:
    """A version that people may be ranked with, by its name: built in or approved."""
    with reading() as session:
        for parameters in reversed(_counting(session)):
            if parameters.version == version:
                return parameters
    raise no_version(version)


def _counting(session: Session) -> list[Parameters]:
    own = [built_in.parse(document_of(row)) for row in repository.approved(session)]
    return [*built_in.all_versions(), *own]


def document_of(row: ParameterVersionRow) -> Document:
    """A version made on screen in the shape of the built-in files."""
    return {
        "version": row.version,
        "valid_from": row.valid_from,
        "reason": row.reason,
        "reference": row.reference,
        "values": row.values,
    }


def get_policy(*, by: Officer) -> Policy:
    """All versions, the newest first; drafts of others are theirs alone."""
    check_can(by, Permission.RANKING_READ)
    day = clock.today()
    with reading() as session:
        counting = _counting(session)
        rows = repository.all_versions(session)
        officers = repository.officers_of(session, rows)
        own = {row.version for row in rows}
        spans = _spans(counting, day)
        records = [
            _record(session, row, officers, *spans.get(row.version, (None, None)))
            for row in rows
            if row.status is not ParametersStatus.DRAFT or row.created_by == by.id
        ]
    files = [
        _of_document(
            built_in.document(parameters.version), is_built_in=True, standing=span[0], until=span[1]
        )
        for parameters in counting
        if parameters.version not in own and (span := spans[parameters.version])
    ]
    versions = sorted([*files, *records], key=lambda each: each.valid_from, reverse=True)
    now = last_begun(counting, day).version
    return Policy(next(each for each in versions if each.version == now), tuple(versions))


def get_version(*, version: str, by: Officer) -> ParametersVersion:
    """One version; NotFound for names that nobody gave, and for others' drafts."""
    for known in get_policy(by=by).versions:
        if known.version == version:
            return known
    raise no_version(version)


def _spans(
    counting: Sequence[Parameters], day: date
) -> dict[str, tuple[VersionStanding, date | None]]:
    """By version: where it stands on a day, and its last day where another one follows."""
    in_order = sorted(counting, key=lambda each: each.valid_from)
    now = last_begun(counting, day)
    found: dict[str, tuple[VersionStanding, date | None]] = {}
    for place, each in enumerate(in_order):
        following = in_order[place + 1].valid_from if place + 1 < len(in_order) else None
        if each is now:
            standing = VersionStanding.IN_FORCE
        elif each.valid_from > day and following != each.valid_from:
            standing = VersionStanding.COMING
        else:
            standing = VersionStanding.SUPERSEDED
        found[each.version] = (standing, following - timedelta(1) if following else None)
    return found


def find_row(session: Session, version: str, *, lock: bool = False) -> ParameterVersionRow:
    """The row of a version made on screen, or NotFound."""
    row = repository.find_version(session, version, lock=lock)
    if row is None:
        raise no_version(version)
    return row


def record_of(session: Session, row: ParameterVersionRow) -> ParametersVersion:
    """The record of a row as it stands today."""
    spans = _spans(_counting(session), clock.today())
    officers = repository.officers_of(session, [row])
    return _record(session, row, officers, *spans.get(row.version, (None, None)))


def _record(
    session: Session,
    row: ParameterVersionRow,
    officers: Mapping[int, OfficerRow],
    standing: VersionStanding | None,
    until: date | None,
) -> ParametersVersion:
    def step(at: Any, who: int | None) -> Step | None:
        officer = officers.get(who) if who is not None else None
        return Step(at, officer_record(session, officer) if officer else None) if at else None

    return _of_document(
        document_of(row),
        is_built_in=False,
        standing=standing or STANDING_OF[row.status],
        until=until,
        note=row.note,
        created=step(row.created_at, row.created_by),
        proposed=step(row.proposed_at, row.proposed_by),
        decided=step(row.decided_at, row.decided_by),
        preview=row.preview,
        edition=row.edition,
    )


def _of_document(
    document: Document,
    *,
    is_built_in: bool,
    standing: VersionStanding,
    until: date | None,
    **more: Any,
) -> ParametersVersion:
    return ParametersVersion(
        version=document["version"],
        standing=standing,
        is_built_in=is_built_in,
        valid_from=document["valid_from"],
        valid_until=until,
        reason=document["reason"].strip(),
        reference=document["reference"].strip(),
        values=tuple(
            ParameterValue(
                name,
                Decimal(str(entry["value"])),
                entry["unit"],
                entry["reason"],
                entry["reference"],
            )
            for name, entry in document["values"].items()
        ),
        **more,
    )


def in_force_document(session: Session) -> Document:
    """The version in force today as it is written, with the reasons of its values."""
    now = last_begun(_counting(session), clock.today()).version
    row = repository.find_version(session, now)
    return document_of(row) if row is not None else built_in.document(now)


def document_named(session: Session, version: str) -> Document:
    """Any version as it is written, built in or made on screen."""
    row = repository.find_version(session, version)
    return document_of(row) if row is not None else built_in.document(version)
