"""Writing a CV: the name as the passport prints it, and the texts in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import CvRow, CvTextRow
from db.repositories.jobseekers import get_jobseeker
from db.session import unit_of_work
from domain.enums import CvStatus
from domain.exceptions import InvalidInput, StaleVersion
from domain.records.cvs import CvTextForm, CvTextRecord
from domain.records.officer import Officer
from domain.texts import N_, Sentence, Term
from domain.values import tidy
from services import audit, clock
from services.cvs.content import (
    ABOUT,
    ADDITIONAL,
    EMPLOYER,
    FIELD,
    GEORGIAN,
    INSTITUTION,
    TASKS,
    latin_suggestion,
    study_places,
    work_places,
)
from services.cvs.freezing import ENTITY
from services.cvs.rules import CvLimits, cv_limits
from services.cvs.shortfalls import AS_PRINTED
from services.cvs.standing import Standing, standing_of
from services.permissions import Permission, check_can

NAME_LENGTH = 60


def confirm_name(*, external_id: str, given_names: str, surname: str, by: Officer) -> None:
    """Note how the passport prints the name: an officer has compared it letter by letter."""
    check_can(by, Permission.CVS_EDIT)
    given, last = _as_printed(given_names), _as_printed(surname)
    with unit_of_work() as work:
        person = get_jobseeker(work.session, external_id, to_change=True)
        keep_name(work.session, standing_of(work.session, person), given, last, by)
        work.commit()


def keep_name(session: Session, standing: Standing, given: str, last: str, by: Officer) -> None:
    """Note a name as printed, in the caller's transaction."""
    cv = _cv(session, standing, by)
    before = [cv.given_names, cv.surname]
    cv.given_names, cv.surname = given, last
    cv.name_confirmed_at, cv.name_confirmed_by = clock.now(), by.id
    _changed(cv, before != [given, last])
    session.flush()
    audit.record(
        session,
        action="name_confirmed",
        entity=ENTITY,
        entity_id=cv.id,
        subject=standing.person.external_id,
        details={"name": [" ".join(x or "" for x in before).strip(), f"{given} {last}"]},
        by=by,
    )


def _as_printed(name: str) -> str:
    tidied = (tidy(name) or "").upper()
    if not tidied:
        raise InvalidInput(N_("Write given names and surname as the passport prints them."))
    if len(tidied) > NAME_LENGTH or not AS_PRINTED.fullmatch(tidied):
        raise InvalidInput(
            N_("A passport prints names with the letters A to Z, at most {count} of them."),
            count=NAME_LENGTH,
        )
    return tidied


def write_texts(
    *, external_id: str, forms: Sequence[CvTextForm], seen_version: int | None, by: Officer
) -> int:
    """Keep what was written, as drafts; how many texts changed. Sign-offs fall with any change.

    `seen_version` is the CV's when it was opened: StaleVersion when somebody else wrote since.
    """
    check_can(by, Permission.CVS_EDIT)
    with unit_of_work() as work:
        session = work.session
        standing = standing_of(session, get_jobseeker(session, external_id, to_change=True))
        if standing.cv is not None and seen_version not in (None, standing.cv.version):
            raise StaleVersion(
                N_(
                    "Somebody else changed this CV in the meantime. Copy your text, load the page "
                    "again and enter it once more."
                ),
                yours=tuple(forms),
                theirs=text_records(standing),
            )
        changed = keep_texts(session, standing, forms, by)
        if changed:
            work.commit()
        return changed


def keep_texts(
    session: Session, standing: Standing, forms: Sequence[CvTextForm], by: Officer
) -> int:
    """Keep texts as drafts in the caller's transaction; how many of them changed."""
    cv = _cv(session, standing, by)
    stored = {row.place: row for row in _rows(session, cv)}
    known = {record.place: record for record in text_records(standing)}
    changed = [
        form.place
        for form in forms
        if form.place in known and _write(session, cv, known[form.place], form, stored, by)
    ]
    _changed(cv, bool(changed))
    if changed:
        session.flush()
        audit.record(
            session,
            action="updated",
            entity=ENTITY,
            entity_id=cv.id,
            subject=standing.person.external_id,
            details={"texts": [None, ", ".join(changed)]},
            by=by,
        )
    return len(changed)


def _rows(session: Session, cv: CvRow) -> Sequence[CvTextRow]:
    return session.scalars(select(CvTextRow).where(CvTextRow.cv_id == cv.id)).all()


def _write(
    session: Session,
    cv: CvRow,
    record: CvTextRecord,
    form: CvTextForm,
    stored: dict[str, CvTextRow],
    by: Officer,
) -> bool:
    source = None if record.is_from_file else _text(form.source_ka, record)
    english = _text(form.english, record)
    if record.is_suggested and english == record.english:
        return False
    row = stored.get(form.place)
    if row is None:
        if not (source or english):
            return False
        row = CvTextRow(cv_id=cv.id, place=form.place)
        session.add(row)
    elif (row.source_ka, row.english) == (source, english):
        return False
    row.source_ka, row.english, row.is_draft = source, english, True
    row.written_at, row.written_by = clock.now(), by.id
    return True


def _text(written: str, record: CvTextRecord) -> str | None:
    lines = [" ".join(line.split()) for line in written.strip().splitlines()]
    text = "\n".join(line for line in lines if line)
    if len(text) > record.longest:
        raise InvalidInput(
            N_("“{text}” is too long: {count} letters, at most {longest}."),
            text=record.about,
            count=len(text),
            longest=record.longest,
        )
    return text or None


def _cv(session: Session, standing: Standing, by: Officer) -> CvRow:
    """The person's CV, begun now where there is none."""
    if standing.cv is not None:
        return standing.cv
    row = CvRow(
        jobseeker_id=standing.person.id,
        status=CvStatus.DRAFT,
        revision=1,
        created_at=clock.now(),
        created_by=by.id,
    )
    session.add(row)
    session.flush()
    return row


def _changed(cv: CvRow, changed: bool) -> None:
    """Another revision: whatever was signed off before was signed off for other content."""
    if changed:
        cv.revision += 1
        cv.status, cv.content_sha256 = CvStatus.DRAFT, None


def text_records(standing: Standing) -> tuple[CvTextRecord, ...]:
    """Every free text of the CV, in the order in which it stands there."""
    limits = cv_limits(clock.today())
    about, additional = N_("About me"), N_("Additional information")
    found = [_record(standing, ABOUT, Sentence(about), limits.about_characters)]
    for place, work in work_places(standing.form):
        job = {"occupation": Term("occupation", work.isco)}
        if work.employer_name:
            text = Sentence(N_("Employer: {occupation}"), job)
            found.append(
                _from_file(standing, f"{place}.{EMPLOYER}", text, work.employer_name, limits)
            )
        text = Sentence(N_("Tasks: {occupation}"), job)
        found.append(_record(standing, f"{place}.{TASKS}", text, limits.tasks_characters))
    for place, study in study_places(standing.form):
        level = {"level": Term("education", str(study.level))}
        if study.institution:
            text = Sentence(N_("School or college: {level}"), level)
            found.append(
                _from_file(standing, f"{place}.{INSTITUTION}", text, study.institution, limits)
            )
        if study.field:
            text = Sentence(N_("Subject: {level}"), level)
            found.append(_from_file(standing, f"{place}.{FIELD}", text, study.field, limits))
    found.append(_record(standing, ADDITIONAL, Sentence(additional), limits.additional_characters))
    return tuple(found)


def _record(standing: Standing, place: str, about: Sentence, longest: int) -> CvTextRecord:
    written = standing.texts.get(place)
    source, english = (written.source_ka, written.english) if written else (None, None)
    is_draft = bool(written and written.is_draft and (source or english))
    return CvTextRecord(place, about, source or "", english or "", is_draft, False, False, longest)


def _from_file(
    standing: Standing, place: str, about: Sentence, source: str, limits: CvLimits
) -> CvTextRecord:
    written = standing.texts.get(place)
    own = written.english if written and written.english else None
    suggested = None
    if own is None and not place.endswith(FIELD):
        suggested = latin_suggestion(source)
    elif own is None and not GEORGIAN.search(source):
        suggested = source
    return CvTextRecord(
        place=place,
        about=about,
        source_ka=source,
        english=own or suggested or "",
        is_draft=bool(written and written.is_draft and own),
        is_from_file=True,
        is_suggested=own is None and suggested is not None,
        longest=limits.name_characters,
    )


def left_over(standing: Standing) -> tuple[CvTextRecord, ...]:
    """Texts of entries that the file has no more: nothing that was typed is lost."""
    known = {record.place for record in text_records(standing)}
    about = Sentence(N_("of an entry that the file has no more"))
    return tuple(
        CvTextRecord(place, about, text.source_ka or "", text.english or "", True, False, False, 0)
        for place, text in sorted(standing.texts.items())
        if place not in known and (text.source_ka or text.english)
    )
