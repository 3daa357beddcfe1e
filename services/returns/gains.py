"""What somebody brought back goes into the file: skills, languages, licences, work experience."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    CandidacyRow,
    DeploymentRow,
    EmployerRow,
    ReturnGainRow,
    ReturnRow,
    VacancyOccupationRow,
    VacancySkillRow,
)
from db.repositories import jobseekers
from db.repositories import returns as repository
from db.session import reading, unit_of_work
from domain.enums import CefrLevel, Evidence, GainKind
from domain.exceptions import InvalidInput, NotFound, Refused
from domain.records.jobseeker import (
    JobseekerForm,
    LanguageEntry,
    LicenceEntry,
    OccupationEntry,
    SkillEntry,
)
from domain.records.officer import Officer
from domain.records.returns import GainForm
from domain.texts import N_, Term
from services import audit, clock
from services.jobseekers.files import form_of
from services.jobseekers.registration import change_file, check_form
from services.permissions import Permission, check_can

STRENGTH = list(Evidence)
DAYS_A_YEAR = 365.25
MOST_YEARS = 60


def check_can_add_gain(is_recorded: bool, by: Officer) -> None:
    """Raise, with what would help, unless something brought back can be written down now."""
    check_can(by, Permission.RETURNS_EDIT)
    check_can(by, Permission.JOBSEEKERS_EDIT)
    if not is_recorded:
        raise Refused(N_("Record the return first: then write what was learned into the file."))


def add_gain(*, deployment_number: str, gain: GainForm, by: Officer) -> None:
    """Write something brought back into the person's file, with how it is known.

    InvalidInput where the file says as much already: nothing known better is overwritten.
    """
    check_can(by, Permission.RETURNS_EDIT)
    check_can(by, Permission.JOBSEEKERS_EDIT)
    with unit_of_work() as work:
        stay = repository.find_stay(work.session, deployment_number)
        back = repository.find_return(work.session, stay.id, lock=True) if stay else None
        check_can_add_gain(back is not None, by)
        if stay is None or back is None:
            raise NotFound(N_("There is no stay abroad with this number."))
        jobseekers.lock_register(work.session)
        external_id = repository.external_id_of(work.session, stay.jobseeker_id)
        person = jobseekers.get_jobseeker(work.session, external_id, to_change=True)
        before = form_of(person)
        after = check_form(_with(before, gain, stay, back, _employer(work.session, stay)))
        if not change_file(work.session, person, after, person.version, (), by):
            raise InvalidInput(N_("The file says this already: nothing was changed."))
        _keep(work.session, back, gain, by)
        audit.record(
            work.session,
            action="gained",
            entity="return",
            entity_id=stay.number,
            subject=external_id,
            details={"kind": gain.kind.value, "code": gain.code, "evidence": gain.evidence.value},
            by=by,
        )
        work.commit()


def _with(
    form: JobseekerForm,
    gain: GainForm,
    stay: DeploymentRow,
    back: ReturnRow,
    employer: str | None,
) -> JobseekerForm:
    """The file with what was brought back."""
    match gain.kind:
        case GainKind.SKILL:
            return replace(form, skills=_skills(form, gain))
        case GainKind.LANGUAGE:
            return replace(form, languages=_languages(form, gain))
        case GainKind.LICENCE:
            return replace(form, licences=_licences(form, gain))
        case GainKind.OCCUPATION:
            entry = OccupationEntry(
                gain.code,
                _years(gain.detail),
                employer_name=employer,
                country=stay.country,
                last_year=back.returned_on.year,
                evidence=gain.evidence,
            )
            return replace(form, occupations=(*form.occupations, entry))


def _skills(form: JobseekerForm, gain: GainForm) -> tuple[SkillEntry, ...]:
    known = next((entry for entry in form.skills if entry.skill_id == gain.code), None)
    if known is not None and _strength(known.evidence) >= _strength(gain.evidence):
        raise InvalidInput(
            N_("The file has this skill already: {what}."), what=Term("skill", gain.code)
        )
    others = tuple(entry for entry in form.skills if entry.skill_id != gain.code)
    return (*others, SkillEntry(gain.code, gain.evidence))


def _languages(form: JobseekerForm, gain: GainForm) -> tuple[LanguageEntry, ...]:
    level = _level(gain.detail)
    known = next((entry for entry in form.languages if entry.language == gain.code), None)
    if known is not None and _is_no_less(known, level, gain.evidence):
        raise InvalidInput(
            N_("The file says {language} {level} already, known at least as well."),
            language=Term("language", gain.code),
            level=Term("level", known.level.value),
        )
    others = tuple(entry for entry in form.languages if entry.language != gain.code)
    return (*others, LanguageEntry(gain.code, level, gain.evidence))


def _is_no_less(known: LanguageEntry, level: CefrLevel, evidence: Evidence) -> bool:
    """Whether the file knows the level, or a higher one, at least as well."""
    if known.level.order != level.order:
        return known.level.order > level.order
    return _strength(known.evidence) >= _strength(evidence)


def _licences(form: JobseekerForm, gain: GainForm) -> tuple[LicenceEntry, ...]:
    known = next((entry for entry in form.licences if entry.licence == gain.code), None)
    entry = LicenceEntry(gain.code, gain.valid_until, gain.evidence)
    if known is not None and (known == entry or _lasts_longer(known, gain.valid_until)):
        raise InvalidInput(
            N_("The file has this licence already: {what}."), what=Term("licence", gain.code)
        )
    # Who has a licence no longer says to have none.
    others = tuple(e for e in form.licences if e.licence not in {gain.code, "none"})
    return (*others, entry)


def _lasts_longer(known: LicenceEntry, until: date | None) -> bool:
    if known.valid_until is None:
        return True
    return until is not None and known.valid_until > until


def _level(text: str) -> CefrLevel:
    try:
        return CefrLevel(text)
    except ValueError:
        raise InvalidInput(N_("Choose the level of the language.")) from None


def _years(text: str) -> float | None:
    if not text.strip():
        return None
    try:
        years = round(float(text.replace(",", ".")), 1)
    except ValueError:
        raise InvalidInput(N_("Write the years of work as a number, for example 0.5.")) from None
    if not 0 <= years <= MOST_YEARS:
        raise InvalidInput(N_("Years of experience lie between 0 and 60."))
    return years


def _strength(evidence: Evidence) -> int:
    return STRENGTH.index(evidence)


def _keep(session: Session, back: ReturnRow, gain: GainForm, by: Officer) -> None:
    session.add(
        ReturnGainRow(
            return_id=back.id,
            kind=gain.kind,
            code=gain.code,
            detail=gain.detail.strip() or None,
            valid_until=gain.valid_until,
            evidence=gain.evidence,
            evidence_note=gain.evidence_note.strip() or None,
            recorded_at=clock.now(),
            recorded_by=by.id,
        )
    )


def _employer(session: Session, stay: DeploymentRow) -> str | None:
    row = session.get(EmployerRow, stay.employer_id) if stay.employer_id else None
    return row.name if row else None


def suggest_gains(*, deployment_number: str, by: Officer) -> tuple[GainForm, ...]:
    """What the work abroad makes likely and the file lacks: to be confirmed one by one."""
    check_can(by, Permission.RETURNS_READ)
    with reading() as session:
        stay = repository.find_stay(session, deployment_number)
        if stay is None:
            raise NotFound(N_("There is no stay abroad with this number."))
        vacancy = session.get_one(CandidacyRow, stay.candidacy_id).vacancy_id
        external_id = repository.external_id_of(session, stay.jobseeker_id)
        form = form_of(jobseekers.get_jobseeker(session, external_id))
        occupations = session.scalars(
            select(VacancyOccupationRow.isco)
            .where(VacancyOccupationRow.vacancy_id == vacancy)
            .order_by(VacancyOccupationRow.position)
        ).all()
        skills = session.scalars(
            select(VacancySkillRow.skill_id)
            .where(VacancySkillRow.vacancy_id == vacancy)
            .order_by(VacancySkillRow.is_essential.desc(), VacancySkillRow.skill_id)
        ).all()
    return (*_work_done(stay, occupations[:1], form), *_skills_lacking(skills, form))


def _work_done(
    stay: DeploymentRow, occupations: Sequence[str], form: JobseekerForm
) -> tuple[GainForm, ...]:
    first = stay.arrived_on or stay.departed_on or stay.starts_on
    last = stay.ended_on or stay.returned_on
    if first is None or last is None or last <= first:
        return ()
    years = max(round((last - first).days / DAYS_A_YEAR, 1), 0.1)
    return tuple(
        GainForm(kind=GainKind.OCCUPATION, code=isco, detail=str(years))
        for isco in occupations
        if not any(
            entry.isco == isco and entry.country == stay.country and entry.last_year == last.year
            for entry in form.occupations
        )
    )


def _skills_lacking(skills: Sequence[str], form: JobseekerForm) -> tuple[GainForm, ...]:
    known = {entry.skill_id for entry in form.skills}
    return tuple(GainForm(kind=GainKind.SKILL, code=code) for code in skills if code not in known)
