"""Makes an extract of a session, and keeps it as what was published: no true number is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import CommissionRow, DecisionRow, ShortlistCandidateRow
from domain.enums import DecisionOutcome, DecisionReason
from domain.records.extracts import Extract, ExtractCounts, ExtractItem
from domain.records.minutes import Named
from domain.records.statistics import Figure, Hidden
from domain.texts import Term
from services import clock
from services.commission.decisions.decisions import agreement_of, decision_record
from services.commission.sessions.sitting import Item, Sitting
from services.official_documents.minutes_record import NO_COMMISSION, occupation_of
from services.official_documents.suppression import Counts, Shown, shown_item, shown_total
from services.small_numbers import hide_parts

Decided = Sequence[tuple[DecisionRow, ShortlistCandidateRow]]


def make_extract(session: Session, sitting: Sitting, edition: int, least: int) -> Extract:
    """The extract of a closed session, everything that tells of few people held back."""
    row = sitting.row
    commission = session.get(CommissionRow, row.commission_id) if row.commission_id else None
    decided = {item.shortlist.id: _decided(session, item) for item in sitting.items}
    counts = [_counts(decided[item.shortlist.id]) for item in sitting.items]
    return Extract(
        session_number=row.number,
        edition=edition,
        commission=Named(commission.name_ka, commission.name_en) if commission else NO_COMMISSION,
        held_on=clock.day_of(row.opened_at or row.planned_at),
        decision=Term("DecisionRule", sitting.rules.decision.value),
        least=least,
        items=tuple(
            _item(session, sitting, item, shown_item(true, least))
            for item, true in zip(sitting.items, counts, strict=True)
        ),
        total=_as_record(shown_total(counts, least)),
        agreement=_agreement(list(decided.values()), counts, least),
    )


def _decided(session: Session, item: Item) -> Decided:
    query = (
        select(DecisionRow, ShortlistCandidateRow)
        .join(
            ShortlistCandidateRow,
            (ShortlistCandidateRow.shortlist_id == DecisionRow.shortlist_id)
            & (ShortlistCandidateRow.candidacy_id == DecisionRow.candidacy_id),
        )
        .where(DecisionRow.shortlist_id == item.shortlist.id)
    )
    return [(row, seen) for row, seen in session.execute(query)]


def _counts(decided: Decided) -> Counts:
    rows = [row for row, _ in decided]
    refused = [row for row in rows if row.outcome is DecisionOutcome.NOT_APPROVED]
    return Counts(
        {outcome: sum(row.outcome is outcome for row in rows) for outcome in DecisionOutcome},
        {
            group: sum(row.reason_code is group for row in refused)
            for group in (*DecisionReason, None)
        },
    )


def _item(session: Session, sitting: Sitting, item: Item, shown: Shown) -> ExtractItem:
    return ExtractItem(
        order=item.shortlist.agenda_order,
        occupation=occupation_of(session, item.vacancy),
        country=Term("country", item.vacancy.country),
        positions=item.shortlist.positions,
        is_secret=item.ballots.is_secret,
        is_decided=item.shortlist.decided_at is not None,
        recused=sum(item.is_recused(seat.officer_id) for seat, _ in sitting.members),
        counts=_as_record(shown),
    )


def _as_record(shown: Shown) -> ExtractCounts:
    return ExtractCounts(
        shown.candidates, tuple(shown.outcomes.items()), tuple(shown.reasons.items())
    )


def _agreement(
    items: Sequence[Decided], counts: Sequence[Counts], least: int
) -> tuple[int, int] | None:
    """Of items whose counts are shown only, and only where both halves are large enough."""
    approved = same = 0
    for decided, true in zip(items, counts, strict=True):
        shown = shown_item(true, least)
        found = agreement_of([decision_record(row, seen) for row, seen in decided])
        if found and not isinstance(shown.outcomes[DecisionOutcome.APPROVED], Hidden):
            approved, same = approved + found.approved, same + found.same
    halves = hide_parts({"same": same, "other": approved - same}, least)
    return (approved, same) if approved and isinstance(halves["same"], int) else None


def to_content(extract: Extract) -> dict[str, Any]:
    """As it is stored with the publication."""
    return {
        "session_number": extract.session_number,
        "edition": extract.edition,
        "commission": [extract.commission.ka, extract.commission.en],
        "held_on": extract.held_on.isoformat(),
        "decision": extract.decision.code,
        "least": extract.least,
        "items": [
            {
                "order": item.order,
                "occupation": item.occupation.code if item.occupation else None,
                "country": item.country.code,
                "positions": item.positions,
                "is_secret": item.is_secret,
                "is_decided": item.is_decided,
                "recused": item.recused,
                "counts": _counts_to_content(item.counts),
            }
            for item in extract.items
        ],
        "total": _counts_to_content(extract.total),
        "agreement": list(extract.agreement) if extract.agreement else None,
    }


def _counts_to_content(counts: ExtractCounts) -> dict[str, Any]:
    return {
        "candidates": _figure(counts.candidates),
        "outcomes": {outcome.value: _figure(figure) for outcome, figure in counts.outcomes},
        "reasons": {
            group.value if group else "": _figure(figure) for group, figure in counts.reasons
        },
    }


def _figure(figure: Figure) -> int | str:
    return figure.value if isinstance(figure, Hidden) else figure


def from_content(stored: Mapping[str, Any]) -> Extract:
    """The extract that `to_content` stored."""
    return Extract(
        session_number=stored["session_number"],
        edition=stored["edition"],
        commission=Named(*stored["commission"]),
        held_on=date.fromisoformat(stored["held_on"]),
        decision=Term("DecisionRule", stored["decision"]),
        least=stored["least"],
        items=tuple(_item_from(item) for item in stored["items"]),
        total=_counts_from(stored["total"]),
        agreement=(stored["agreement"][0], stored["agreement"][1]) if stored["agreement"] else None,
    )


def _item_from(stored: Mapping[str, Any]) -> ExtractItem:
    code = stored["occupation"]
    return ExtractItem(
        order=stored["order"],
        occupation=Term("occupation", code) if code else None,
        country=Term("country", stored["country"]),
        positions=stored["positions"],
        is_secret=stored["is_secret"],
        is_decided=stored["is_decided"],
        recused=stored["recused"],
        counts=_counts_from(stored["counts"]),
    )


def _counts_from(stored: Mapping[str, Any]) -> ExtractCounts:
    outcomes, reasons = stored["outcomes"], stored["reasons"]
    return ExtractCounts(
        _read(stored["candidates"]),
        tuple((outcome, _read(outcomes[outcome.value])) for outcome in DecisionOutcome),
        (
            *((group, _read(reasons[group.value])) for group in DecisionReason),
            (None, _read(reasons[""])),
        ),
    )


def _read(stored: int | str) -> Figure:
    return Hidden(stored) if isinstance(stored, str) else stored
