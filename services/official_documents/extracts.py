"""Published extracts: anonymised decisions of a session, for anybody to read."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select

from db.models import CommissionSessionRow, PublishedExtractRow
from db.session import reading
from domain.records.extracts import ExtractSummary
from services.clock import TBILISI


def list_extracts() -> tuple[ExtractSummary, ...]:
    """The newest edition of every session's extract, the latest session first. Open to anybody."""
    newest = (
        select(PublishedExtractRow.session_id, func.max(PublishedExtractRow.edition).label("last"))
        .group_by(PublishedExtractRow.session_id)
        .subquery()
    )
    query = (
        select(PublishedExtractRow, CommissionSessionRow)
        .join(CommissionSessionRow, CommissionSessionRow.id == PublishedExtractRow.session_id)
        .join(
            newest,
            (newest.c.session_id == PublishedExtractRow.session_id)
            & (newest.c.last == PublishedExtractRow.edition),
        )
        .order_by(CommissionSessionRow.opened_at.desc(), CommissionSessionRow.id.desc())
    )
    with reading() as session:
        return tuple(
            ExtractSummary(
                held.number,
                _day(held.opened_at or held.planned_at),
                _day(extract.published_at),
                _day(extract.withdrawn_at) if extract.withdrawn_at else None,
            )
            for extract, held in session.execute(query)
        )


def _day(moment: datetime) -> date:
    return moment.astimezone(TBILISI).date()
