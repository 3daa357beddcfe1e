"""Whether personal data may go to a country: the dated adequacy list, or a permit number."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.models import AdequateCountryRow, TransferPermitRow
from db.session import reading, unit_of_work
from domain.enums import TransferBasis
from domain.exceptions import FieldProblem, InvalidInput, NotFound, Refused
from domain.records.officer import Officer
from domain.records.sending import CountryStanding, TransferPermit
from domain.texts import N_, Sentence, Term
from services import audit, clock
from services.permissions import Permission, check_can

LISTED = "listed"


def country_standing(session: Session, country: str) -> CountryStanding:
    """On what basis data may go there today; a country that is not known to be listed is not."""
    day = clock.today()
    listed = _entry(session, country, day)
    named = {"country": Term("country", country)}
    if listed is not None and listed.status == LISTED:
        sentence = Sentence(
            N_("{country} is on the list of countries with adequate safeguards since {day}."),
            named | {"day": listed.valid_from},
        )
        return _standing(country, TransferBasis.ADEQUATE, sentence, listed.source, None)
    permit = _permit(session, country, day)
    if permit is not None:
        sentence = Sentence(
            N_("{country} is not on the adequacy list; data go there under permit {number}."),
            named | {"number": permit.number},
        )
        return _standing(country, TransferBasis.PERMIT, sentence, None, permit)
    sentence = Sentence(
        N_(
            "{country} is not known to be on the list of countries with adequate safeguards, and "
            "there is no permit: a manager records its number under “Countries and permits”."
        ),
        named,
    )
    return _standing(country, None, sentence, listed.source if listed else None, None)


def _standing(
    country: str,
    basis: TransferBasis | None,
    sentence: Sentence,
    source: str | None,
    permit: TransferPermitRow | None,
) -> CountryStanding:
    return CountryStanding(
        country=country,
        basis=basis,
        permit_id=permit.id if permit else None,
        permit_number=permit.number if permit else None,
        sentence=sentence,
        source=source,
    )


def _entry(session: Session, country: str, day: date) -> AdequateCountryRow | None:
    query = (
        select(AdequateCountryRow)
        .where(
            AdequateCountryRow.country == country,
            AdequateCountryRow.valid_from <= day,
            or_(AdequateCountryRow.valid_to.is_(None), AdequateCountryRow.valid_to >= day),
        )
        .order_by(AdequateCountryRow.valid_from.desc())
    )
    return session.scalars(query).first()


def _permit(session: Session, country: str, day: date) -> TransferPermitRow | None:
    query = (
        select(TransferPermitRow)
        .where(
            TransferPermitRow.country == country,
            TransferPermitRow.issued_on <= day,
            TransferPermitRow.ended_at.is_(None),
            or_(TransferPermitRow.valid_until.is_(None), TransferPermitRow.valid_until >= day),
        )
        .order_by(TransferPermitRow.id.desc())
    )
    return session.scalars(query).first()


def list_countries(*, by: Officer) -> tuple[CountryStanding, ...]:
    """Every country that the list names, how it stands today, and where that is known from."""
    check_can(by, Permission.PACKAGES_READ)
    with reading() as session:
        listed = set(session.scalars(select(AdequateCountryRow.country)))
        permitted = set(session.scalars(select(TransferPermitRow.country)))
        return tuple(country_standing(session, one) for one in sorted(listed | permitted))


def list_permits(*, by: Officer) -> tuple[TransferPermit, ...]:
    """Every permit that was recorded, the newest first."""
    check_can(by, Permission.PACKAGES_READ)
    with reading() as session:
        rows = session.scalars(select(TransferPermitRow).order_by(TransferPermitRow.id.desc()))
        return tuple(_permit_record(row) for row in rows)


def record_permit(
    *,
    country: str,
    number: str,
    issued_on: date | None,
    valid_until: date | None = None,
    note: str | None = None,
    by: Officer,
) -> TransferPermit:
    """Note the number of a permit to send personal data to a country."""
    check_can(by, Permission.PERMITS_RECORD)
    problems = tuple(_problems(country, number, issued_on, valid_until))
    if problems or issued_on is None:
        raise InvalidInput(N_("The permit can't be recorded: see beside it."), problems)
    with unit_of_work() as work:
        row = TransferPermitRow(
            country=country,
            number=number.strip(),
            issued_on=issued_on,
            valid_until=valid_until,
            note=(note or "").strip() or None,
            recorded_at=clock.now(),
            recorded_by=by.id,
        )
        work.session.add(row)
        work.session.flush()
        _audit(work.session, "permit_recorded", row, by)
        work.commit()
        return _permit_record(row)


def _problems(
    country: str, number: str, issued_on: date | None, valid_until: date | None
) -> list[FieldProblem]:
    found = []
    if not country:
        found.append(FieldProblem("country", Sentence(N_("Choose the country."))))
    if not number.strip():
        found.append(FieldProblem("number", Sentence(N_("Write the number of the permit."))))
    if issued_on is None or issued_on > clock.today():
        found.append(
            FieldProblem("issued_on", Sentence(N_("The permit was issued today or before.")))
        )
    elif valid_until is not None and valid_until < issued_on:
        found.append(
            FieldProblem("valid_until", Sentence(N_("The permit ends after it was issued.")))
        )
    return found


def end_permit(*, permit_id: int, by: Officer) -> TransferPermit:
    """Note that a permit counts no more; what was sent under it stays as it was."""
    check_can(by, Permission.PERMITS_RECORD)
    with unit_of_work() as work:
        row = work.session.get(TransferPermitRow, permit_id, with_for_update=True)
        if row is None:
            raise NotFound(N_("There is no such permit."))
        if row.ended_at is not None:
            raise Refused(N_("This permit was ended already."))
        row.ended_at, row.ended_by = clock.now(), by.id
        _audit(work.session, "permit_ended", row, by)
        work.commit()
        return _permit_record(row)


def _audit(session: Session, action: str, row: TransferPermitRow, by: Officer) -> None:
    audit.record(
        session,
        action=action,
        entity="transfer_permit",
        entity_id=row.id,
        details={"country": row.country, "number": row.number, "valid_until": row.valid_until},
        by=by,
    )


def _permit_record(row: TransferPermitRow) -> TransferPermit:
    day = clock.today()
    runs = row.issued_on <= day and (row.valid_until is None or row.valid_until >= day)
    return TransferPermit(
        id=row.id,
        country=row.country,
        number=row.number,
        issued_on=row.issued_on,
        valid_until=row.valid_until,
        note=row.note,
        recorded_at=row.recorded_at,
        ended_at=row.ended_at,
        counts=runs and row.ended_at is None,
    )
