"""Puts together what the minutes of a session tell, from what was frozen while it sat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.models import (
    AppealRow,
    CommissionRow,
    CommissionSeatRow,
    DecisionRow,
    JobseekerRow,
    OfficerRow,
    OrganisationRow,
    RankingRunRow,
    SessionMemberRow,
    ShortlistCandidateRow,
    VacancyOccupationRow,
    VacancyRow,
)
from db.repositories import sessions as repository
from domain.enums import DecisionOutcome, SeatRole
from domain.records.ballots import Tally
from domain.records.decisions import DecisionRecord
from domain.records.minutes import (
    MinutesCandidate,
    MinutesItem,
    MinutesLifting,
    MinutesMember,
    MinutesRecord,
    MinutesRecusal,
    MinutesRules,
    MinutesRun,
    MinutesVote,
    Named,
)
from domain.texts import N_, Sentence, Term
from matching.gates import flag_sentence
from services.commission.decisions.deciding import rule_sentences
from services.commission.decisions.decisions import agreement_of, decision_record
from services.commission.dossiers.dossiers import seen_row
from services.commission.dossiers.hiding import hide_people
from services.commission.sessions.sitting import Item, Sitting
from services.official_documents.minutes_people import (
    dissents_on,
    name_of,
    officer_named,
    person_named,
    votes_on,
)

NAMED = (DecisionOutcome.APPROVED, DecisionOutcome.RESERVE)
NO_COMMISSION = Named("კომისია", "Commission")


def minutes_record(session: Session, sitting: Sitting, number: str) -> MinutesRecord:
    """The record of a closed session's minutes with that document number."""
    row = sitting.row
    assert row.opened_at is not None and row.closed_at is not None
    officers = {officer.id: officer for _, officer in sitting.members}
    commission = session.get(CommissionRow, row.commission_id) if row.commission_id else None
    chair = officer_named(session, row.chair_id)
    presiding = officer_named(session, row.presiding_id) if row.presiding_id else chair
    members = _members(session, sitting.members)
    return MinutesRecord(
        number=number,
        session_number=row.number,
        commission=Named(commission.name_ka, commission.name_en) if commission else NO_COMMISSION,
        order_number=commission.order_number if commission else None,
        ordered_on=commission.ordered_on if commission else None,
        place=row.place,
        mode=row.mode,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        chair=chair,
        presiding=presiding,
        secretary=next((m.name for m in members if m.role is SeatRole.SECRETARY), None),
        members=members,
        quorum=sitting.quorum().sentence,
        rules=_rules(sitting),
        lifting=_lifting(sitting),
        items=tuple(_item(session, sitting, item, officers) for item in sitting.items),
        left_out=_left_out(session, sitting),
    )


def _left_out(session: Session, sitting: Sitting) -> tuple[Named, ...]:
    """Whoever plans a session chooses from the commission's seats: whom not stands on record."""
    seat, day, here = CommissionSeatRow, sitting.day, {one.officer_id for one, _ in sitting.members}
    query = (
        select(seat, OfficerRow)
        .join(OfficerRow, OfficerRow.id == seat.officer_id)
        .where(
            seat.commission_id == sitting.row.commission_id,
            seat.seated_from <= day,
            or_(seat.seated_until.is_(None), seat.seated_until >= day),
            seat.substitute_for_id.is_(None),
            seat.seated_at <= sitting.row.opened_at,
        )
        .order_by(seat.id)
    )
    return tuple(
        name_of(officer)
        for one, officer in session.execute(query)
        if one.role.votes and officer.id not in here
    )


def _members(
    session: Session, seats: Sequence[tuple[SessionMemberRow, OfficerRow]]
) -> tuple[MinutesMember, ...]:
    members = []
    for seat, officer in seats:
        organisation = session.get_one(OrganisationRow, seat.organisation_code)
        stood_in_for = seat.substitute_for_id
        members.append(
            MinutesMember(
                name=name_of(officer),
                organisation=Named(organisation.name_ka, organisation.name_en),
                kind=seat.organisation_kind,
                role=seat.role,
                attended_at=seat.attended_at,
                substitute_for=officer_named(session, stood_in_for) if stood_in_for else None,
            )
        )
    roles = list(SeatRole)
    members.sort(key=lambda one: (roles.index(one.role), one.kind.value, one.name.ka))
    return tuple(members)


def _rules(sitting: Sitting) -> MinutesRules:
    rules = sitting.rules
    return MinutesRules(
        version=rules.version,
        quorum_more_than=rules.quorum_more_than,
        decision=Term("DecisionRule", rules.decision.value),
        tie=Term("TieRule", rules.tie.value),
        score_criteria=tuple(
            (one.code, Named(one.name_ka, one.name_en)) for one in rules.score_criteria
        ),
        score_threshold=rules.score_threshold,
    )


def _lifting(sitting: Sitting) -> MinutesLifting | None:
    if sitting.lifted is None:
        return None
    row, officer = sitting.lifted
    return MinutesLifting(row.lifted_at, name_of(officer), row.reason)


def _item(
    session: Session, sitting: Sitting, item: Item, officers: Mapping[int, OfficerRow]
) -> MinutesItem:
    shortlist, vacancy = item.shortlist, item.vacancy
    quorum = sitting.quorum(item)
    rows = repository.list_candidates(session, shortlist.id)
    decided = _decided(session, shortlist.id, [seen for seen, _, _ in rows])
    people = [person for _, _, person in rows]
    unnamed = [
        person
        for seen, _, person in rows
        if seen.candidacy_id not in decided or decided[seen.candidacy_id].outcome not in NAMED
    ]
    by = session.get(OfficerRow, shortlist.decided_by) if shortlist.decided_by else None
    return MinutesItem(
        order=shortlist.agenda_order,
        vacancy_number=vacancy.number,
        title=Named(vacancy.title_ka or vacancy.title, vacancy.title),
        country=Term("country", vacancy.country),
        occupation=occupation_of(session, vacancy),
        positions=shortlist.positions,
        places=item.places,
        run=_run(session, shortlist.run_id),
        is_secret=item.ballots.is_secret,
        members=quorum.members,
        present=quorum.present,
        needed=quorum.needed,
        recusals=_recusals(item, officers),
        rule=rule_sentences(sitting.rules, item.places),
        candidates=tuple(
            _candidate(
                item,
                seen,
                person,
                decided.get(seen.candidacy_id),
                against_rank=hide_people(candidacy.against_rank_reason, people),
                votes=votes_on(session, item, seen.candidacy_id, officers, unnamed),
                unnamed=unnamed,
            )
            for seen, candidacy, person in rows
        ),
        decided_at=shortlist.decided_at,
        decided_by=name_of(by) if by else None,
        agreement=_agreement(list(decided.values())),
        dissents=dissents_on(session, shortlist.id, unnamed),
        hears_appeal=_appeals_heard(session, shortlist.id),
    )


def _appeals_heard(session: Session, shortlist_id: int) -> str | None:
    heard = AppealRow.hearing_id == shortlist_id
    numbers = session.scalars(select(AppealRow.number).where(heard).order_by(AppealRow.number))
    return ", ".join(numbers) or None


def occupation_of(session: Session, vacancy: VacancyRow) -> Term | None:
    """The first occupation that a vacancy asks for."""
    code = session.scalar(
        select(VacancyOccupationRow.isco)
        .where(VacancyOccupationRow.vacancy_id == vacancy.id)
        .order_by(VacancyOccupationRow.position)
        .limit(1)
    )
    return Term("occupation", code) if code else None


def _run(session: Session, run_id: int | None) -> MinutesRun | None:
    if run_id is None:
        return None
    row = session.get_one(RankingRunRow, run_id)
    return MinutesRun(
        id=row.id,
        made_at=row.created_at,
        parameters_version=row.parameters_version,
        inputs_sha256=row.inputs_sha256,
        pool_size=row.pool_size,
        ranked=row.ranked,
    )


def _recusals(item: Item, officers: Mapping[int, OfficerRow]) -> tuple[MinutesRecusal, ...]:
    recusals = []
    for id_, officer in sorted(officers.items()):
        if id_ in item.excluded:
            recusals.append(MinutesRecusal(name_of(officer), None, None))
        elif item.is_recused(id_):
            filed = item.declarations[id_]
            recusals.append(MinutesRecusal(name_of(officer), filed.kind, filed.number))
    return tuple(recusals)


def _decided(
    session: Session, shortlist_id: int, seen: Sequence[ShortlistCandidateRow]
) -> dict[int, DecisionRecord]:
    of_item = select(DecisionRow).where(DecisionRow.shortlist_id == shortlist_id)
    rows = {row.candidacy_id: row for row in session.scalars(of_item)}
    return {
        one.candidacy_id: decision_record(rows[one.candidacy_id], one)
        for one in seen
        if one.candidacy_id in rows
    }


def _candidate(
    item: Item,
    seen: ShortlistCandidateRow,
    person: JobseekerRow,
    decision: DecisionRecord | None,
    *,
    against_rank: str | None,
    votes: tuple[MinutesVote, ...],
    unnamed: Sequence[JobseekerRow],
) -> MinutesCandidate:
    outcome = decision.outcome if decision else None
    reason = decision.reason_texts if decision else None
    told = {key: hide_people(text, unnamed) or "" for key, text in (reason or {}).items()}
    return MinutesCandidate(
        number=seen.position,
        register_id=person.external_id,
        name=person_named(person) if outcome in NAMED else None,
        rank=seen.rank,
        points=seen.points,
        low=seen.low,
        high=seen.high,
        rows=tuple(seen_row(stored) for stored in seen.seen.get("rows", [])),
        flags=tuple(flag_sentence(flag) for flag in seen.seen.get("flags", [])),
        against_rank_reason=against_rank,
        tally=decision.tally if decision else Tally(),
        votes=votes,
        votes_withdrawn=sum(
            vote.candidacy_id == seen.candidacy_id for vote in item.ballots.withdrawn
        ),
        outcome=outcome,
        reserve_order=decision.reserve_order if decision else None,
        reason_code=decision.reason_code if decision else None,
        reason=Named(told["ka"], told["en"]) if told else None,
        by_casting=decision is not None and decision.by_chair,
    )


def _agreement(decided: Sequence[DecisionRecord]) -> Sentence | None:
    found = agreement_of(decided)
    if found is None:
        return None
    return Sentence(
        N_(
            "Of {approved} approved, {same} were among the first {approved} of the ranking. It is "
            "told for the record and is no target."
        ),
        {"approved": found.approved, "same": found.same},
    )
