"""The authority is told: a paper with what law asks for; what is learnt later follows in parts."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import IncidentNotificationRow, OfficerRow, OrganisationRow
from db.session import reading, unit_of_work
from documents.docx import to_docx
from documents.incident_notice import notice_paper
from documents.pdf import to_pdf
from documents.speech import Speech
from domain.enums import (
    BreachedData,
    BreachedPeople,
    BreachType,
    FileFormat,
    Harm,
    IncidentStep,
    Role,
    TellPeople,
)
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.incidents import BreachForm, IncidentRecord, NotificationRecord
from domain.records.officer import Officer
from domain.texts import N_, Sentence, from_json, to_json
from services import audit, clock, texts
from services.incidents.handling import check_can_work, locked, write_step
from services.incidents.register import NO_INCIDENT, form_of, record_of
from services.incidents.rules import authority_of, authority_on
from services.permissions import Permission, check_can

NEEDED = ("circumstances", "measures", "contact")
"""Without these a notification says nothing; the rest may follow."""


def check_can_notify(record: IncidentRecord, by: Officer) -> None:
    """Raise unless the notification may be marked as sent now."""
    check_can(by, Permission.INCIDENTS_HANDLE)
    check_can_work(record.summary, by)
    if record.summary.is_breach is not True:
        raise Refused(N_("Only a breach of personal data is notified: assess the incident first."))
    if any(not (getattr(record.form, name) or "").strip() for name in NEEDED):
        raise Refused(
            N_("Describe circumstances, measures and the contact first; the rest may follow.")
        )


def suggested_contact(*, by: Officer) -> str:
    """Name and e-mail of the data protection officer, to begin the contact with."""
    check_can(by, Permission.INCIDENTS_HANDLE)
    with reading() as session:
        row = session.scalars(
            select(OfficerRow)
            .where(OfficerRow.role == Role.PRIVACY_OFFICER, OfficerRow.disabled_at.is_(None))
            .order_by(OfficerRow.id)
        ).first()
    if row is None:
        return ""
    return ", ".join(filter(None, (f"{row.name_ka} ({row.name_en})", row.email)))


def make_notice(
    *, number: str, part: int | None = None, language: str, form: FileFormat, by: Officer
) -> tuple[str, bytes]:
    """Name and content of the paper: of a part that was sent, or (None) as it would be now."""
    check_can(by, Permission.INCIDENTS_READ)
    with reading() as session:
        record = _record(session, number, part)
    with unit_of_work() as work:
        audit.record(
            work.session,
            action="exported",
            entity="incident",
            entity_id=record_id(work.session, number),
            details={"part": record.part, "format": form.value, "sent": record.is_sent},
            by=by,
        )
        work.commit()
    paper = notice_paper(record, Speech(language, texts.show))
    content = to_pdf(paper) if form is FileFormat.PDF else to_docx(paper)
    return f"{number}-{record.part}-{language}.{form.value}", content


def notify_authority(
    *, number: str, reference: str, late_reason: str, by: Officer
) -> IncidentRecord:
    """Mark the notification as sent: its content is frozen; late ones say why."""
    check_can(by, Permission.INCIDENTS_HANDLE)
    with unit_of_work() as work:
        row, one = locked(work.session, number)
        check_can_notify(record_of(work.session, number), by)
        now = clock.now()
        is_late = row.notified_at is None and now > row.notify_until
        if is_late and not late_reason.strip():
            raise InvalidInput(N_("The 72 hours are over: write why the notification is late."))
        authority, part = authority_on(clock.today()), _next_part(work.session, row.id)
        work.session.add(
            IncidentNotificationRow(
                incident_id=row.id,
                part=part,
                authority=authority.code,
                reference=reference.strip() or None,
                content=_frozen(form_of(row), one.title, row.harm, row.harm_reason),
                late_reason=late_reason.strip() or None,
                sent_at=now,
                sent_by=by.id,
            )
        )
        row.notified_at = row.notified_at or now
        write_step(
            work.session,
            row,
            IncidentStep.NOTIFIED,
            {"part": part, "authority": authority.code, "late": is_late},
            sentence=Sentence(
                N_("part {part}, {authority}"),
                {"part": part, "authority": f"{authority.ka} / {authority.en}"},
            ),
            note=late_reason.strip() or None,
            by=by,
        )
        work.commit()
        return record_of(work.session, number)


def record_id(session: Session, number: str) -> int:
    """The id of an incident, for the audit."""
    return record_of(session, number).summary.id


def _next_part(session: Session, incident_id: int) -> int:
    of_it = IncidentNotificationRow.incident_id == incident_id
    return (session.scalar(select(func.max(IncidentNotificationRow.part)).where(of_it)) or 0) + 1


def _record(session: Session, number: str, part: int | None) -> NotificationRecord:
    record = record_of(session, number)
    sent = next((one for one in record.notifications if one.part == part), None)
    if part is not None and sent is None:
        raise NotFound(NO_INCIDENT)
    frozen = _thawed(sent.content) if sent else None
    now = sent.sent_at if sent else clock.now()
    authority = authority_of(sent.authority) if sent else authority_on(clock.today())
    agency = session.scalars(
        select(OrganisationRow).where(OrganisationRow.code == "agency-employment")
    ).one_or_none()
    title, form, harm, why = frozen or (
        record.summary.title,
        record.form,
        record.summary.harm,
        record.harm_reason,
    )
    return NotificationRecord(
        number=number,
        part=sent.part if sent else len(record.notifications) + 1,
        is_sent=sent is not None,
        made_at=now,
        authority_ka=authority.ka,
        authority_en=authority.en,
        agency_ka=agency.name_ka if agency else "",
        agency_en=agency.name_en if agency else "",
        identified_at=record.summary.identified_at,
        notify_until=record.summary.notify_until,
        title=title,
        form=form,
        harm=harm,
        harm_reason=why,
        late_reason=sent.late_reason if sent else None,
    )


def _frozen(form: BreachForm, title: Sentence, harm: Any, why: str | None) -> dict[str, Any]:
    """What is told now, as JSON's own types."""
    said = {field.name: _stored(getattr(form, field.name)) for field in fields(form)}
    return {"title": to_json(title), "harm": harm.value if harm else None, "why": why, **said}


def _stored(value: object) -> Any:
    if isinstance(value, tuple):
        return [str(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _thawed(content: Any) -> tuple[Sentence, BreachForm, Any, str | None]:
    said = {field.name: content.get(field.name) for field in fields(BreachForm)}
    for name in ("began_at", "ended_at"):
        said[name] = datetime.fromisoformat(said[name]) if said[name] else None
    on = said["tell_people_on"]
    said["tell_people_on"] = date.fromisoformat(on) if on else None
    said["tell_people"] = TellPeople(said["tell_people"])
    for name, kind in (
        ("breach_types", BreachType),
        ("data_categories", BreachedData),
        ("people_categories", BreachedPeople),
    ):
        said[name] = tuple(kind(code) for code in said[name] or ())
    harm = Harm(content["harm"]) if content.get("harm") else None
    return from_json(content["title"]), BreachForm(**said), harm, content.get("why")
