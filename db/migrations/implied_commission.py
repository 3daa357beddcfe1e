"""The commission that sessions of old imply: its seats are their members, its rules were theirs."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Connection

import db.types

MOMENT = db.types.UtcDateTime(timezone=True)
TBILISI = ZoneInfo("Asia/Tbilisi")
CODE, NAME_KA, NAME_EN = "agency", "სააგენტოს კომისია", "Commission of the agency"
SOURCE = "The rules frozen into the sessions that were planned before the register of commissions."
REASON = "Sessions went on as they were planned."


def _table(name: str, *columns: str | sa.ColumnClause[Any]) -> sa.TableClause:
    made = [sa.column(each) if isinstance(each, str) else each for each in columns]
    return sa.table(name, *made)


def _at(name: str) -> sa.ColumnClause[datetime]:
    return sa.column(name, MOMENT)


def _on(name: str) -> sa.ColumnClause[date]:
    return sa.column(name, sa.Date())


COMMISSIONS = _table(
    "commissions", "id", "code", "name_ka", "name_en", _on("term_from"), _at("created_at")
)
RULES = _table(
    "commission_rules",
    "commission_id",
    "source",
    "reason",
    sa.column("rules", sa.JSON()),
    _on("valid_from"),
    _at("made_at"),
)
SEATS = _table(
    "commission_seats",
    "commission_id",
    "officer_id",
    "organisation_code",
    "organisation_kind",
    "role",
    _on("seated_from"),
    _at("seated_at"),
)
SESSIONS = _table(
    "commission_sessions",
    "id",
    "commission_id",
    "chair_id",
    "presiding_id",
    "status",
    "rules",
    "opened_by",
    "voting_by",
    _at("planned_at"),
    _at("created_at"),
    _at("opened_at"),
    _at("voting_at"),
)
MEMBERS = _table(
    "session_members",
    "session_id",
    "officer_id",
    "organisation_code",
    "organisation_kind",
    "role",
)


def found_implied_commission(connection: Connection) -> None:
    """Give all sessions that belong to none a commission; nothing without sessions."""
    held = connection.execute(
        sa.select(SESSIONS).order_by(SESSIONS.c.planned_at, SESSIONS.c.id)
    ).all()
    if not held:
        return
    begun: datetime = min(each.created_at for each in held)
    day = _day(min(begun, held[0].planned_at))
    connection.execute(
        sa.insert(COMMISSIONS).values(
            code=CODE, name_ka=NAME_KA, name_en=NAME_EN, term_from=day, created_at=begun
        )
    )
    commission = connection.scalar(sa.select(COMMISSIONS.c.id).where(COMMISSIONS.c.code == CODE))
    _keep_rules(connection, commission, day, [_read(each.rules) for each in held], begun)
    _give_seats(connection, commission, held)
    _move_on(connection, commission)


def _read(stored: Any) -> dict[str, Any]:
    rules = json.loads(stored) if isinstance(stored, str) else stored
    return dict(rules or {})


def _day(moment: datetime) -> date:
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(TBILISI).date()


def _keep_rules(
    connection: Connection,
    commission: int | None,
    day: date,
    stored: list[dict[str, Any]],
    begun: datetime,
) -> None:
    known = [rules for rules in stored if "version" in rules]
    if known:
        connection.execute(
            sa.insert(RULES).values(
                commission_id=commission,
                valid_from=day,
                rules=known[-1],
                source=SOURCE,
                reason=REASON,
                made_at=begun,
            )
        )


def _give_seats(connection: Connection, commission: int | None, held: Any) -> None:
    """One seat for everybody who sat, as in the last session; the last chair is the chair."""
    chair, chairs = held[-1].chair_id, {each.chair_id for each in held}
    by_id = {each.id: each for each in held}
    first: dict[int, Any] = {}
    last: dict[int, Any] = {}
    order = {each.id: place for place, each in enumerate(held)}
    members = connection.execute(sa.select(MEMBERS)).all()
    for member in sorted(members, key=lambda each: (order[each.session_id], each.officer_id)):
        first.setdefault(member.officer_id, by_id[member.session_id])
        last[member.officer_id] = member
    for officer, member in last.items():
        role = "chair" if officer == chair else "deputy" if officer in chairs else "member"
        session = first[officer]
        connection.execute(
            sa.insert(SEATS).values(
                commission_id=commission,
                officer_id=officer,
                organisation_code=member.organisation_code,
                organisation_kind=member.organisation_kind,
                role=role,
                seated_from=_day(min(session.created_at, session.planned_at)),
                seated_at=session.created_at,
            )
        )


def _move_on(connection: Connection, commission: int | None) -> None:
    """What was open took votes: it is voting. Who chaired, presided."""
    of, member = SESSIONS.c, MEMBERS.c
    connection.execute(sa.update(SESSIONS).values(commission_id=commission))
    begun = sa.update(SESSIONS).where(of.opened_at.is_not(None))
    connection.execute(
        begun.values(presiding_id=of.chair_id, voting_at=of.opened_at, voting_by=of.opened_by)
    )
    connection.execute(sa.update(SESSIONS).where(of.status == "open").values(status="voting"))
    chairs = sa.exists().where(of.id == member.session_id, of.chair_id == member.officer_id)
    connection.execute(sa.update(MEMBERS).where(chairs).values(role="chair"))
