"""Who is named in minutes, and how: members and the approved; nobody who was not approved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from db.models import (
    JobseekerRow,
    OfficerRow,
    OrganisationRow,
)
from domain.records.minutes import (
    MinutesDissent,
    MinutesVote,
    Named,
)
from services.commission.decisions.dissents import dissents_of
from services.commission.dossiers.hiding import hide_people
from services.commission.sessions.sitting import Item


def name_of(officer: OfficerRow) -> Named:
    """An officer as minutes name one."""
    return Named(officer.name_ka, officer.name_en)


def officer_named(session: Session, officer_id: int) -> Named:
    """The same, by id."""
    return name_of(session.get_one(OfficerRow, officer_id))


def person_named(person: JobseekerRow) -> Named:
    """Somebody whom the minutes may name: approved or on the reserve."""
    if person.depersonalised_at is not None:
        return Named(person.external_id, person.external_id)
    latin = " ".join(part for part in (person.first_name_lat, person.last_name_lat) if part)
    georgian = " ".join(part for part in (person.first_name_ka, person.last_name_ka) if part)
    return Named(georgian or latin, latin or georgian)


def votes_on(
    session: Session,
    item: Item,
    candidacy_id: int,
    officers: Mapping[int, OfficerRow],
    unnamed: Sequence[JobseekerRow],
) -> tuple[MinutesVote, ...]:
    """Votes with reasons, in which nobody is named who has no name in the minutes."""
    votes = [vote for vote in item.votes if vote.candidacy_id == candidacy_id]
    return tuple(
        MinutesVote(
            # A member who left the session's list meanwhile is still named by the vote.
            name=_voter(session, session.get_one(OfficerRow, vote.officer_id), officers),
            value=vote.value,
            scores=tuple(sorted(item.ballots.scores.get(vote.id, {}).items())),
            reason=hide_people(vote.reason, unnamed),
        )
        for vote in sorted(votes, key=lambda vote: vote.officer_id)
    )


def _voter(session: Session, officer: OfficerRow, officers: Mapping[int, OfficerRow]) -> Named:
    """The member's name, with the organisation where another member has the same name."""
    name = name_of(officer)
    others = [one for one in officers.values() if one.id != officer.id and name_of(one) == name]
    if not others:
        return name
    of = session.get_one(OrganisationRow, officer.organisation_code)
    number = f", {officer.id}" if any(o.organisation_code == of.code for o in others) else ""
    return Named(f"{name.ka} ({of.name_ka}{number})", f"{name.en} ({of.name_en}{number})")


def dissents_on(
    session: Session, shortlist_id: int, unnamed: Sequence[JobseekerRow]
) -> tuple[MinutesDissent, ...]:
    """Dissenting opinions, in which nobody is named who has no name in the minutes."""
    return tuple(
        MinutesDissent(
            Named(one.name_ka, one.name_en), hide_people(one.text, unnamed) or "", one.filed_at
        )
        for one in dissents_of(session, shortlist_id)
    )
