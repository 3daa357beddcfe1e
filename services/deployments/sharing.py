"""Extracts of the register for other organisations: listed fields, on a stated basis, logged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from db.models import (
    ConsentRow,
    DataSharePersonRow,
    DataShareRow,
    DeploymentRow,
    JobseekerRow,
    OfficerRow,
)
from db.queries import deployments as queries
from db.queries.deployments import OVER, Placed
from db.repositories.numbers import next_in_series
from db.session import reading, unit_of_work
from domain.enums import ConsentPurpose, EndReason, RecipientKind, SharingBasis
from domain.exceptions import InvalidInput, Refused
from domain.records.officer import Officer
from domain.records.sharing import RecipientRule, ShareForm, SharePreview, ShareRecord
from domain.texts import N_, Sentence, Term
from services import audit, clock, texts
from services.dated_rules import in_force, stored_rules
from services.exports import Export, ExportFormat, export_file
from services.permissions import Permission, check_can
from services.refusals import refusal
from services.sending.transfer import country_standing
from services.vacancies.minimum_wage import money

PREVIEWED = 5
MASKED = frozenset({"personal_number", "phone_abroad", "emergency_phone"})
SHORTEST_TEXT = 5

FIELD_NAMES: Mapping[str, str] = {
    "number": N_("Number of the stay"),
    "name_ka": N_("Name in Georgian"),
    "name_lat": N_("Name in Latin letters"),
    "birth_date": N_("Birth date"),
    "birth_year": N_("Year of birth"),
    "personal_number": N_("Personal number"),
    "sex": N_("Sex"),
    "region": N_("Region"),
    "country": N_("Country"),
    "employer": N_("Employer"),
    "work": N_("Work"),
    "workplace_address": N_("Address of the workplace"),
    "housing_address": N_("Address of the housing"),
    "phone_abroad": N_("Telephone abroad"),
    "emergency_name": N_("Whom to call in an emergency"),
    "emergency_phone": N_("Telephone in an emergency"),
    "status": N_("Status"),
    "starts_on": N_("First day of work"),
    "ends_on": N_("Last day of work"),
    "departed_on": N_("Departed"),
    "planned_return_on": N_("Planned return"),
    "returned_on": N_("Returned"),
    "end_reason": N_("Why the work ended"),
    "pay": N_("Pay before tax"),
    "hours": N_("Guaranteed hours a week"),
}
"""Every field that can stand in an extract; which of them may, says the dated list."""


def recipient_rules(*, by: Officer) -> tuple[RecipientRule, ...]:
    """What each kind of organisation may be given today."""
    check_can(by, Permission.DEPLOYMENTS_SHARE)
    return tuple(_rule(kind) for kind in RecipientKind)


def _rule(kind: RecipientKind) -> RecipientRule:
    entry = in_force(stored_rules("sharing"), clock.today())
    listed = entry["recipients"][kind.value]
    return RecipientRule(
        kind,
        entry["version"],
        tuple(SharingBasis(one) for one in listed["bases"]),
        tuple(listed["fields"]),
        listed["keep_days_max"],
        listed["needs_one_country"],
        listed["source"],
    )


def check_can_share(session: Session, form: ShareForm, by: Officer) -> None:
    """Raise, with a sentence, unless exactly this may be handed over."""
    check_can(by, Permission.DEPLOYMENTS_SHARE)
    rule = _rule(form.kind)
    if not form.fields:
        raise InvalidInput(N_("Choose at least one field."))
    beyond = [name for name in form.fields if name not in rule.fields]
    if beyond:
        raise Refused(
            N_("{recipient} may not be given: {fields}."),
            recipient=Term("RecipientKind", form.kind.value),
            fields=tuple(Sentence(FIELD_NAMES.get(name, name)) for name in beyond),
        )
    if form.basis not in rule.bases:
        raise Refused(N_("This basis does not allow data to go to that kind of organisation."))
    _check_texts(form)
    latest = clock.today() + timedelta(rule.keep_days_max)
    if not clock.today() <= form.expires_on <= latest:
        raise InvalidInput(
            N_("The recipient may keep the file until {latest} at the latest."), latest=latest
        )
    if rule.needs_one_country:
        if len(form.countries) != 1:
            raise InvalidInput(N_("Choose the one country whose authority receives the file."))
        standing = country_standing(session, form.countries[0])
        if standing.basis is None:
            raise Refused(standing.sentence)


def _check_texts(form: ShareForm) -> None:
    if len(form.recipient.strip()) < SHORTEST_TEXT:
        raise InvalidInput(N_("Name the organisation and its unit that receives the file."))
    if len(form.purpose.strip()) < SHORTEST_TEXT:
        raise InvalidInput(N_("Write what the recipient needs the data for."))
    if len(form.basis_text.strip()) < SHORTEST_TEXT:
        raise InvalidInput(N_("Name the article, the agreement or the text of the consent."))


def preview_share(*, form: ShareForm, language: str, by: Officer) -> SharePreview:
    """The first rows as they would go out, how many people, and what stops it."""
    check_can(by, Permission.DEPLOYMENTS_SHARE)
    form = _within(form)
    with reading() as session:
        people, left_out = _people(session, form)
        stop = refusal(check_can_share, session, form, by)
        if stop is None and not people:
            stop = Sentence(N_("Nobody is in this extract: choose other countries."))
        rows = tuple(_masked(one, form.fields, language) for one in people[:PREVIEWED])
    return SharePreview(len(people), _headings(form.fields, language), rows, left_out, stop)


def _within(form: ShareForm) -> ShareForm:
    """Only the listed fields, in the order of the list: nothing else is even read."""
    listed = _rule(form.kind).fields
    return replace(form, fields=tuple(name for name in listed if name in form.fields))


def share(*, form: ShareForm, language: str, file_format: ExportFormat, by: Officer) -> Export:
    """Make the file and write down who gave which fields of whom to whom, why and until when."""
    check_can(by, Permission.DEPLOYMENTS_SHARE)
    with unit_of_work() as work:
        check_can_share(work.session, form, by)
        form = _within(form)
        people, _ = _people(work.session, form)
        if not people:
            raise Refused(N_("Nobody is in this extract: choose other countries."))
        series = f"EXT-{clock.today().year}"
        number = f"{series}-{next_in_series(work.session, series):04d}"
        rows = [_row(one, form.fields, language) for one in people]
        file = export_file(number, _headings(form.fields, language), rows, file_format)
        row = _kept(form, number, file, people, by)
        work.session.add(row)
        work.session.flush()
        ids = sorted({one.person.id for one in people})
        work.session.add_all(DataSharePersonRow(share_id=row.id, jobseeker_id=id_) for id_ in ids)
        audit.record(
            work.session,
            action="shared",
            entity="data_share",
            entity_id=number,
            details={
                "recipient_kind": form.kind.value,
                "basis": form.basis.value,
                "fields": list(form.fields),
                "people": len(ids),
                "sha256": row.sha256,
                "expires_on": form.expires_on,
            },
            by=by,
        )
        work.commit()
    return file


def _kept(
    form: ShareForm, number: str, file: Export, people: list[Placed], by: Officer
) -> DataShareRow:
    return DataShareRow(
        number=number,
        recipient_kind=form.kind,
        recipient=form.recipient.strip(),
        purpose=form.purpose.strip(),
        basis=form.basis,
        basis_text=form.basis_text.strip(),
        rules_version=_rule(form.kind).version,
        fields=list(form.fields),
        filters={"countries": list(form.countries), "is_current": form.is_current},
        people=len({one.person.id for one in people}),
        file_name=file.name,
        sha256=hashlib.sha256(file.content).hexdigest(),
        expires_on=form.expires_on,
        shared_at=clock.now(),
        shared_by=by.id,
    )


def _people(session: Session, form: ShareForm) -> tuple[list[Placed], int]:
    """Who goes into the extract; how many are left out because they gave no consent."""
    conditions: list[ColumnElement[bool]] = [DeploymentRow.departed_on.is_not(None)]
    if form.countries:
        conditions.append(DeploymentRow.country.in_(form.countries))
    if form.is_current:
        conditions.append(DeploymentRow.status.not_in(OVER))
    found = queries.list_placed(session, *conditions)
    if form.basis is not SharingBasis.CONSENT:
        return found, 0
    agreed = _agreed(session)
    kept = [one for one in found if (one.person.id, one.row.country) in agreed]
    return kept, len(found) - len(kept)


def _agreed(session: Session) -> set[tuple[int, str | None]]:
    """Person and country of every consent to a transfer that stands today."""
    query = select(ConsentRow.jobseeker_id, ConsentRow.country).where(
        ConsentRow.purpose == ConsentPurpose.TRANSFER_TO_COUNTRY,
        ConsentRow.withdrawn_at.is_(None),
        or_(ConsentRow.valid_until.is_(None), ConsentRow.valid_until >= clock.today()),
    )
    return {(row[0], row[1]) for row in session.execute(query)}


def _headings(fields: tuple[str, ...], language: str) -> tuple[str, ...]:
    return tuple(texts.translate(FIELD_NAMES[name], language) for name in fields)


def _row(one: Placed, fields: tuple[str, ...], language: str) -> tuple[object, ...]:
    return tuple(READERS[name](one, language) for name in fields)


def _masked(one: Placed, fields: tuple[str, ...], language: str) -> tuple[object, ...]:
    """As it goes out, but for numbers that a look at the preview does not need."""
    found = _row(one, fields, language)
    return tuple(
        f"•••{str(value)[-2:]}" if name in MASKED and value else value
        for name, value in zip(fields, found, strict=True)
    )


def _term(kind: str, code: str | None, language: str) -> str | None:
    return texts.term(Term(kind, code), language) if code else None


def _name(one: JobseekerRow, script: str) -> str | None:
    parts = (getattr(one, f"first_name_{script}"), getattr(one, f"last_name_{script}"))
    return " ".join(filter(None, parts)) or None


def _pay(one: Placed, language: str) -> str | None:
    row = one.row
    if row.pay_amount is None:
        return None
    return texts.render(money(row.pay_amount, row.pay_currency, row.pay_period), language)


def _reason(one: Placed, language: str) -> str | None:
    code = one.row.end_reason
    return _term("EndReason", EndReason(code).value, language) if code else None


READERS: Mapping[str, Callable[[Placed, str], object]] = {
    "number": lambda one, _: one.row.number,
    "name_ka": lambda one, _: _name(one.person, "ka"),
    "name_lat": lambda one, _: _name(one.person, "lat"),
    "birth_date": lambda one, _: one.person.birth_date,
    "birth_year": lambda one, _: one.person.birth_date.year if one.person.birth_date else None,
    "personal_number": lambda one, _: one.person.personal_number,
    "sex": lambda one, lang: _term("Sex", one.person.sex, lang),
    "region": lambda one, lang: _term("region", one.person.region, lang),
    "country": lambda one, lang: _term("country", one.row.country, lang),
    "employer": lambda one, _: one.employer.name if one.employer else None,
    "work": lambda one, lang: (lang == "ka" and one.vacancy.title_ka) or one.vacancy.title,
    "workplace_address": lambda one, _: one.row.workplace_address,
    "housing_address": lambda one, _: one.row.housing_address,
    "phone_abroad": lambda one, _: one.row.phone_abroad,
    "emergency_name": lambda one, _: one.row.emergency_name,
    "emergency_phone": lambda one, _: one.row.emergency_phone,
    "status": lambda one, lang: _term("DeploymentStatus", one.row.status.value, lang),
    "starts_on": lambda one, _: one.row.starts_on,
    "ends_on": lambda one, _: one.row.ends_on,
    "departed_on": lambda one, _: one.row.departed_on,
    "planned_return_on": lambda one, _: one.row.planned_return_on,
    "returned_on": lambda one, _: one.row.returned_on,
    "end_reason": _reason,
    "pay": _pay,
    "hours": lambda one, _: one.row.guaranteed_hours_week,
}


def list_shares(*, by: Officer) -> tuple[ShareRecord, ...]:
    """Everything that was handed over, the newest first: no person stands in it."""
    check_can(by, Permission.DEPLOYMENTS_READ)
    query = (
        select(DataShareRow, OfficerRow)
        .join(OfficerRow, OfficerRow.id == DataShareRow.shared_by)
        .order_by(DataShareRow.id.desc())
    )
    with reading() as session:
        return tuple(_record(row, officer) for row, officer in session.execute(query))


def _record(row: DataShareRow, officer: OfficerRow) -> ShareRecord:
    return ShareRecord(
        number=row.number,
        kind=row.recipient_kind,
        recipient=row.recipient,
        purpose=row.purpose,
        basis=row.basis,
        basis_text=row.basis_text,
        rules_version=row.rules_version,
        fields=tuple(row.fields),
        countries=tuple(row.filters.get("countries", ())),
        people=row.people,
        file_name=row.file_name,
        sha256=row.sha256,
        expires_on=row.expires_on,
        is_expired=row.expires_on < clock.today(),
        shared_at=row.shared_at,
        officer_ka=officer.name_ka,
        officer_en=officer.name_en,
    )


def shares_of(session: Session, jobseeker_id: int) -> list[DataShareRow]:
    """Extracts in which a person stands: what they may ask about."""
    query = (
        select(DataShareRow)
        .join(DataSharePersonRow, DataSharePersonRow.share_id == DataShareRow.id)
        .where(DataSharePersonRow.jobseeker_id == jobseeker_id)
        .order_by(DataShareRow.id)
    )
    return list(session.scalars(query))
